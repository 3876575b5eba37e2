"""The mind trained on the shipped phrases, and a small shop."""

from pathlib import Path

import pytest

from core.asks import Phrase
from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from core.understanding import Mind, Model
from sheets.phrases import load
from tests import understood


@pytest.fixture(scope="session")
def shipped() -> tuple[Phrase, ...]:
    return load(understood.PHRASES).book.phrases


@pytest.fixture(scope="session")
def model(understanding: Path) -> Model:
    return understood.model_in(understanding)


def variant(
    sku: str, title: str, name: str = "", *, aliases: tuple[str, ...] = (), english: Wording | None = None
) -> Variant:
    return Variant(sku, Wording(title, name), Money(5900, "CNY"), 3, aliases=aliases, english=english)


@pytest.fixture(scope="session")
def goods() -> Catalogue:
    return Catalogue(
        (
            variant("CASE-15-BK", "iPhone 15 手机壳 磨砂", "黑色"),
            variant("CASE-15-BL", "iPhone 15 手机壳 磨砂", "蓝色"),
            variant("CASE-14-BK", "iPhone 14 手机壳 磨砂", "黑色"),
            variant("CUP-W", "保温杯 500ml", "白色", aliases=("水杯",), english=Wording("Thermos 500ml", "white")),
            variant("BAG", "北欧风帆布袋", aliases=("托特包",)),
            variant("EAR", "蓝牙耳机 Air3"),
            variant("CLOTH-G", "棉麻桌布", "灰色"),
            variant("CLOTH-B", "棉麻桌布", "米色"),
            variant("RUN-W42", "Running shoes Zoom", "white 42"),
            variant("RUN-W43", "Running shoes Zoom", "white 43"),
        )
    )


@pytest.fixture(scope="session")
def shop(mind: Mind, goods: Catalogue) -> Mind:
    return mind.with_catalogue(goods)

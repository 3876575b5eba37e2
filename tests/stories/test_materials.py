"""A material is asked for: what there is of it is told, and where there is none, that is said plainly."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.understanding import Mind
from tests.made_shop import Good, in_language, make_shop
from tests.play import LANGUAGES, Play, open_play


def case(sku: str, title: str, title_en: str, material: str, material_en: str) -> Good:
    return Good(sku, title, title_en, "本白", "natural", 68, "44", "枕套", "48 × 74", material, material_en)


@pytest.fixture
async def shop(mind: Mind, tmp_path: Path) -> AsyncIterator[Play]:
    goods = (
        case("P-1", "亚麻枕套", "Linen Pillowcase", "亚麻", "linen"),
        case("P-2", "绣花枕套", "Embroidered Pillowcase", "纯棉", "pure cotton"),
    )
    play = await open_play(mind, tmp_path / "shop", made=replace(make_shop(), more=goods))
    yield play
    await play.close()


async def test_none_of_the_material(shop: Play) -> None:
    """Silk is denied in words, what there is of the kind is named with what it is made of, and a tap tells more of it."""
    for language in LANGUAGES:
        buyer = shop.buyer(language)
        words = in_language(language, "有没有真丝枕套", "do you have silk pillowcases?")
        heard = await shop.ask(buyer, words)
        said = in_language(language, "真丝的我们这儿没有", "nothing in silk")
        for one in (
            said,
            in_language(language, "亚麻枕套", "Linen Pillowcase"),
            in_language(language, "纯棉", "cotton"),
        ):
            assert one in heard.text, heard.text
        assert len(heard.buttons) == 2, heard.buttons
        await buyer.taps(heard.buttons[1][0])
        assert "44" in (await buyer.hears()).text


async def test_the_one_that_is_of_the_material(shop: Play) -> None:
    """The one named is of something else: the one of its kind that is of the material asked for is told."""
    for language in LANGUAGES:
        words = in_language(language, "绣花枕套有亚麻的吗", "does the embroidered pillowcase come in linen?")
        heard = await shop.ask(shop.buyer(language), words)
        assert in_language(language, "亚麻枕套", "Linen Pillowcase") in heard.text, heard.text
        assert in_language(language, "有货", "44") in heard.text, heard.text

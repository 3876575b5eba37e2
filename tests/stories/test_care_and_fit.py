"""How a thing is looked after, which size goes with what the buyer has, and how two things differ: only what is on file."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.understanding import Mind
from tests.made_shop import Good, in_language, make_shop
from tests.play import LANGUAGES, Play, open_play


def bed_sheet(sku: str, size: str, stock: str, price: int) -> Good:
    return Good(
        sku, "床笠", "Fitted Sheet", f"{size} × 2.0 m 床", f"{size} × 2.0 m bed", price, stock, "床品",
        f"{size} × 2.0 m", "纯棉", "cotton",
    )  # fmt: skip


def curtain(sku: str, title: str, title_en: str, material: str, material_en: str) -> Good:
    return Good(sku, title, title_en, "本白", "natural", 168, "44", "窗帘", "140 × 260", material, material_en)


BLANKET = Good(
    "K-1", "披肩毯", "Shawl Blanket", "驼色", "camel", 228, "44", "毯子", "70 × 180", "羊毛", "wool",
    not_for="不能机洗，请干洗", not_for_en="Dry clean only",
)  # fmt: skip
CARE = """
[policies.care]
zh = "棉麻类用冷水轻柔洗。"
en = "Wash cotton and linen gently in cold water."
"""


@pytest.fixture
async def shop(mind: Mind, tmp_path: Path) -> AsyncIterator[Play]:
    goods = (
        bed_sheet("B-15", "1.5", "41", 99),
        bed_sheet("B-18", "1.8", "43", 109),
        curtain("W-1", "亚麻透光窗帘", "Linen Sheer Curtain", "亚麻", "linen"),
        curtain("W-2", "全遮光窗帘", "Blackout Curtain", "涤纶", "polyester"),
        BLANKET,
    )
    play = await open_play(mind, tmp_path / "shop", made=replace(make_shop(), more=goods, extra=CARE))
    yield play
    await play.close()


async def test_the_size_that_goes_with_a_bed(shop: Play) -> None:
    """Which one for a bed of 1.8 m: the one whose size it is, and whether it is there."""
    for language in LANGUAGES:
        words = in_language(language, "1米8的床用哪个", "which one for a 1.8 m bed?")
        heard = await shop.ask(shop.buyer(language), words)
        assert in_language(language, "1.8 × 2.0 m 床", "1.8 × 2.0 m bed") in heard.text, heard.text
        assert in_language(language, "1.5 × 2.0 m 床", "1.5 × 2.0 m bed") not in heard.text.splitlines()[1], heard.text
        assert "43" in heard.text, heard.text


async def test_a_size_that_there_is_not_goes_to_a_person(shop: Play) -> None:
    """Nothing has that size: nothing is said to fit."""
    await shop.cards()
    await shop.ask(shop.buyer(), "2米4的床用哪个")
    assert await shop.cards()


async def test_two_kinds_named_by_a_word_each(shop: Play) -> None:
    """The linen one and the blackout one are the two curtains."""
    for language in LANGUAGES:
        words = in_language(
            language, "亚麻的和全遮光的有什么区别", "what is the difference between linen and blackout?"
        )
        heard = await shop.ask(shop.buyer(language), words)
        assert in_language(language, "亚麻透光窗帘", "Linen Sheer Curtain") in heard.text, heard.text
        assert in_language(language, "全遮光窗帘", "Blackout Curtain") in heard.text, heard.text


async def test_how_cotton_is_washed_is_not_told_of_wool(shop: Play) -> None:
    """What the file says of the blanket itself is told; what the shop says of cotton and linen is not."""
    for language in LANGUAGES:
        words = in_language(language, "披肩毯怎么洗", "how do I wash the shawl blanket?")
        heard = await shop.ask(shop.buyer(language), words)
        assert in_language(language, "请干洗", "Dry clean") in heard.text, heard.text
        assert in_language(language, "冷水", "cold water") not in heard.text


async def test_how_cotton_is_washed_is_told_of_cotton_and_not_of_polyester(shop: Play) -> None:
    """The policy names the fibres that it is for."""
    for language in LANGUAGES:
        words = in_language(language, "床笠怎么洗", "how do I wash the fitted sheet?")
        heard = await shop.ask(shop.buyer(language), words)
        assert in_language(language, "冷水", "cold water") in heard.text, heard.text
        words = in_language(language, "全遮光窗帘怎么洗", "how do I wash the blackout curtain?")
        heard = await shop.ask(shop.buyer(language), words)
        assert in_language(language, "冷水", "cold water") not in heard.text, heard.text

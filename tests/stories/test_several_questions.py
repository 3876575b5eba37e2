"""Several questions about one thing: what is on file is told, and what is not is openly asked of a person."""

import pytest

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers
from tests.stories.goods import asks_for


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_not_on_file_is_not_passed_over(play: Play, language: str) -> None:
    """The size is told; whether there is a zip, nobody has written down."""
    buyer, good = play.buyer(language), play.made.plenty
    await asks_for(play, buyer, good, language)
    await play.cards()
    heard = await play.ask(
        buyer, in_language(language, "多大？有拉链吗？", "how big is it and does it come with a zip?")
    )
    assert good.size in heard.text
    assert in_language(language, "另外您问的我拿不准", "not sure about the rest") in heard.text
    assert in_language(language, "拉链", "zip") in (await play.card()).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_same_ask_behind_another_one(play: Play, language: str) -> None:
    """Size, postage, material: the material is not lost behind the postage."""
    buyer, good = play.buyer(language), play.made.plenty
    await asks_for(play, buyer, good, language)
    heard = await play.ask(
        buyer, in_language(language, "多大？包邮吗？什么材质", "how big is it? is shipping free? what material is it?")
    )
    assert good.size in heard.text
    assert in_language(language, good.material, good.material_en) in heard.text


async def test_goods_of_a_line_in_doubt_are_spoken_of(play: Play) -> None:
    """A line that was asked back about names the goods that the next one is about."""
    buyer, good = play.buyer(), play.made.plenty
    await play.ask(buyer, f"{good.title}那个{good.variant}的到底咋整的呀")
    assert good.size in (await play.ask(buyer, "尺寸多大")).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whether_it_may_be_sooner(play: Play, language: str) -> None:
    """So long, can it be faster? is about days on the way, and no haggling: they are told as they are on file."""
    words = in_language(language, "要一个月才到吗，能快点吗", "does it take a month? can it be any faster?")
    heard = await play.ask(play.buyer(language), words)
    assert set(play.made.transit) <= set(numbers(heard.text)), heard.text
    assert not heard.buttons, heard.text

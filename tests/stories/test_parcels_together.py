"""Several parcels of one order: what is due together is one message, however the parcels were found to stand."""

from datetime import datetime

import pytest

from core.tracking.following import Mode
from sandbox import Person
from tests.made_shop import in_language
from tests.play import LANGUAGES, SHANGHAI, OpenShop, Play
from tests.stories.parcels import an_order

FIRST, SECOND = "SB12345671", "SB12345672"
BOTH = (FIRST, SECOND)


async def shipped(play: Play, language: str = "zh", *numbers: str) -> Person:
    """An order that left in so many parcels."""
    buyer = play.buyer(language)
    await an_order(play, buyer)
    carrier = "圆通" if numbers and numbers[0].startswith("YT") else play.made.carrier[1]
    await play.command(f"/ship 1001 {carrier} {' '.join(numbers or BOTH)}")
    return buyer


async def modes(play: Play) -> list[Mode]:
    return [one.mode for one in await play.store.parcels.of_order("1001")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_step_is_one_message(open_shop: OpenShop, language: str) -> None:
    """From leaving to arriving each message names both numbers; the buttons and the problem concern both."""
    play = await open_shop(has_sandbox_carrier=True, quiet_hours=None)
    buyer = await shipped(play, language)
    left = await play.only(buyer)
    assert in_language(language, "2 个包裹", "2 parcels") in left.text
    assert sorted(left.links.values()) == sorted(BOTH)
    seen = [left]
    for _ in range(4):
        await play.pass_time(hours=12)
        seen.append(await play.only(buyer))
    for told in seen:
        assert all(number in told.text for number in BOTH), told.text
    assert in_language(language, "都", "2 parcels of your order") in seen[-1].text
    await play.cards()
    await buyer.taps(0, on=seen[-1])
    await play.only(buyer)
    assert any(all(number in one.text for number in BOTH) for one in await play.cards())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_buttons_are_for_all_of_them(open_shop: OpenShop, language: str) -> None:
    """[stop] under the message of both stops both."""
    play = await open_shop(has_sandbox_carrier=True, quiet_hours=None)
    buyer = await shipped(play, language)
    await play.only(buyer)
    await play.pass_time(hours=12)
    news = await play.only(buyer)
    await buyer.taps(2, on=news)
    assert "1001" in (await play.only(buyer)).text
    assert await modes(play) == [Mode.NONE, Mode.NONE]
    await play.pass_time(hours=12)
    await buyer.hears_nothing()


async def test_what_differs_is_told_apart(open_shop: OpenShop) -> None:
    """One parcel is out, the other still on its way: two things, two messages; each once."""
    play = await open_shop(quiet_hours=None)
    buyer = await shipped(play, "zh", "YT1234567890123", "YT1234567890124")
    await buyer.hears_all()
    await play.command("/parcel YT1234567890123 派送中")
    out = await play.only(buyer)
    assert "YT1234567890123" in out.text
    assert "YT1234567890124" not in out.text
    await play.command("/parcel YT1234567890124 派送中")
    assert "YT1234567890124" in (await play.only(buyer)).text


async def test_the_night_brings_them_together(open_shop: OpenShop) -> None:
    """Two parcels go out for delivery at different hours of the night: in the morning one message tells of both; and where
    one of them moves on, the other is not forgotten."""
    play = await open_shop()
    buyer = await shipped(play, "zh", "YT1234567890123", "YT1234567890124", "YT1234567890125")
    await buyer.hears_all()
    await play.set_time(datetime(2026, 11, 20, 23, 0, tzinfo=SHANGHAI))
    for number in ("YT1234567890123", "YT1234567890124", "YT1234567890125"):
        await play.command(f"/parcel {number} 派送中")
        await play.pass_time(hours=1)
    await play.command("/parcel YT1234567890124 delivered")
    await buyer.hears_nothing()
    await play.set_time(datetime(2026, 11, 21, 8, 0, 1, tzinfo=SHANGHAI))
    await play.pass_time(seconds=1)
    told = await buyer.hears_all(timeout=20)
    assert len(told) == 2, [one.text for one in told]
    out = next(one.text for one in told if "正在" in one.text or "派送" in one.text)
    arrived = next(one.text for one in told if "签收" in one.text)
    assert "YT1234567890123" in out
    assert "YT1234567890125" in out
    assert "YT1234567890124" not in out
    assert "YT1234567890124" in arrived


async def test_a_second_parcel_on_its_own(open_shop: OpenShop) -> None:
    """Shipped later, it is named as one more of the order; what was shipped already is not told again."""
    play = await open_shop(has_sandbox_carrier=True, quiet_hours=None)
    buyer = await shipped(play, "zh", FIRST)
    assert FIRST in (await play.only(buyer)).text
    await play.command(f"/ship 1001 {play.made.carrier[1]} {FIRST} {SECOND}")
    more = await play.only(buyer)
    assert SECOND in more.text
    assert FIRST not in more.text
    assert "这一个包裹" in more.text

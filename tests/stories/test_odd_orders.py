"""What goes wrong around orders in a shop's day: out of turn, twice, by two people, for the wrong person."""

import asyncio

import pytest

from core.orders import Order
from tests.made_shop import in_language
from tests.play import LANGUAGES, Play
from tests.stories.orders import met, ordered, paid, stock
from tests.stories.promises import at

NUMBER, OTHER = "AB12345678901", "AB12345678902"


async def order_of(play: Play, number: str) -> Order:
    found = await play.store.orders.get(number)
    assert found is not None
    return found


@pytest.mark.parametrize("language", LANGUAGES)
async def test_shipped_before_it_was_paid(play: Play, language: str) -> None:
    """The payment comes after the parcel has left: the buyer is thanked and promised no leaving; [undo] gives the goods back."""
    left = await stock(play)
    buyer = await met(play, language)
    number = await ordered(play, buyer)
    await play.command(f"/ship {number} {play.made.carrier[1]} {NUMBER}")
    await buyer.hears_all()
    done = await play.command(f"/order {number} paid")
    assert "已经发出" in done.text
    thanks = await play.only(buyer)
    assert in_language(language, "已经在路上", "on its way to you already") in thanks.text
    assert in_language(language, "今天发出", "leaves today") not in thanks.text
    assert ((await order_of(play, number)).state, await stock(play)) == ("shipped", left - 1)
    assert [one for one in await play.store.promises.of_order(number) if one.is_open] == []
    await play.owner.taps("撤销", on=done)
    await play.only(buyer)
    assert ((await order_of(play, number)).state, await stock(play)) == ("placed", left)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_missing_piece_after_it_was_delivered(play: Play, language: str) -> None:
    """Left out, told, sent after delivery, or even after the order is done: the promise of it is kept and no apology follows."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    await play.command(f"/ship {number} {play.made.carrier[1]} {NUMBER}")
    await play.command(f"/parcel {NUMBER} 签收")
    for state, more in (("delivered", OTHER), ("done", "AB12345678903")):
        if state == "done":
            await play.command(f"/order {number} done")
            assert "没有" in (await play.command(f"/ship {number} {play.made.carrier[1]} {more}")).text
        await play.command(f"/short {number} {play.made.plenty.sku}")
        await buyer.hears_all()
        await play.command(f"/ship {number} {play.made.carrier[1]} {more}")
        assert more in (await play.only(buyer)).text
        assert (await order_of(play, number)).state == state
    assert [one.outcome for one in await play.store.promises.of_order(number) if one.what == "resend"] == [
        "kept",
        "kept",
    ]
    assert all(one.closed_at is not None for one in await play.store.mistakes.of_order(number))
    await at(play, 0, 0, 5, day=21)
    assert [
        one for one in await buyer.hears_all() if in_language(language, "真对不起", "truly sorry") in one.text
    ] == []


@pytest.mark.parametrize("seller", ["zh", "en"])
async def test_a_number_of_another_buyers_parcel(play: Play, seller: str) -> None:
    """One buyer never hears of another's parcel: the number is refused until the wrong one is ended."""
    await play.command(f"/lang {seller}")
    first, second = await met(play), await met(play)
    mine, theirs = await paid(play, first), await paid(play, second)
    await play.command(f"/ship {mine} {play.made.carrier[1]} {NUMBER}")
    await first.hears_all()
    refused = await play.command(f"/ship {theirs} {play.made.carrier[1]} {NUMBER}")
    assert mine in refused.text
    assert in_language(seller, "另一位买家", "another buyer") in refused.text
    await second.hears_nothing()
    assert (await order_of(play, theirs)).state == "paid"
    await play.command(f"/parcel {NUMBER} done")
    await play.command(f"/ship {theirs} {play.made.carrier[1]} {NUMBER}")
    assert NUMBER in (await play.only(second)).text
    await play.command(f"/parcel {NUMBER} 派送中")
    assert NUMBER in (await play.only(second)).text
    await first.hears_nothing()


async def test_two_orders_of_one_buyer_in_one_parcel(play: Play) -> None:
    """The same number for both: the buyer hears of each order once, and of the parcel's way once."""
    buyer = await met(play)
    one, two = await paid(play, buyer), await paid(play, buyer)
    for number in (one, two):
        await play.command(f"/ship {number} {play.made.carrier[1]} {NUMBER}")
    await buyer.hears_all()
    await play.command(f"/parcel {NUMBER} 签收")
    assert len([heard for heard in await buyer.hears_all() if NUMBER in heard.text]) == 1
    assert [(await order_of(play, number)).state for number in (one, two)] == ["delivered", "delivered"]


async def test_delivered_twice_thanks_once(play: Play) -> None:
    """The carrier, or the seller, says it again: nothing is told again, the order's day of delivery stays."""
    buyer = await met(play)
    number = await paid(play, buyer)
    await play.command(f"/ship {number} {play.made.carrier[1]} {NUMBER}")
    await buyer.hears_all()
    await play.command(f"/parcel {NUMBER} delivered")
    await play.only(buyer)
    delivered_at = (await order_of(play, number)).delivered_at
    await play.pass_time(hours=1)
    await play.command(f"/parcel {NUMBER} delivered")
    await buyer.hears_nothing()
    assert (await order_of(play, number)).delivered_at == delivered_at


@pytest.mark.parametrize("seller", ["zh", "en"])
async def test_cancelled_after_it_has_left(play: Play, seller: str) -> None:
    """It cannot be cancelled any more, by command or by the buyer's wish that was asked before; the stock stays as it is."""
    await play.command(f"/lang {seller}")
    buyer = await met(play)
    number = await paid(play, buyer)
    await play.cards()
    await buyer.says("取消订单")
    await play.settled()
    wish = next(one for one in await play.cards() if number in one.text and len(one.buttons[0]) == 2)
    await play.command(f"/ship {number} {play.made.carrier[1]} {NUMBER}")
    left = await stock(play)
    refused = await play.command(f"/order {number} cancel")
    assert in_language(seller, "取消不了", "cannot be cancelled") in refused.text
    await play.owner.taps(0, on=wish)
    await play.settled()
    assert ((await order_of(play, number)).state, await stock(play)) == ("shipped", left)


async def test_two_people_at_one_order(play: Play) -> None:
    """The same order paid by two taps and a command at once: the stock falls once, the buyer is thanked once."""
    left = await stock(play)
    buyer = await met(play)
    number = await ordered(play, buyer)
    await buyer.hears_all()
    await play.cards()
    await play.owner.says(f"/order {number}")
    await play.owner.says(f"/order {number}")
    shown = [one for one in await play.cards() if "到账了" in str(one.buttons)]
    await asyncio.gather(
        *(play.owner.taps("到账了", on=one) for one in shown), play.owner.says(f"/order {number} paid")
    )
    await play.settled()
    assert len(shown) == 2
    assert await stock(play) == left - 1
    assert len([one for one in await buyer.hears_all() if number in one.text]) == 1


async def test_the_shelf_is_empty_when_the_money_comes(play: Play) -> None:
    """Sold elsewhere meanwhile: the tap says what is lacking, the order waits, and is paid once there is stock again."""
    buyer = await met(play)
    number = await ordered(play, buyer)
    await buyer.hears_all()
    card = await play.command(f"/order {number}")
    await play.command(f"/stock {play.made.plenty.sku} 0")
    await play.owner.taps("到账了", on=card)
    assert "货不够" in (await play.card()).text
    await buyer.hears_nothing()
    assert (await order_of(play, number)).state == "placed"
    await play.command(f"/stock {play.made.plenty.sku} 3")
    await play.command(f"/order {number} paid")
    assert number in (await play.only(buyer)).text
    assert await stock(play) == 2


@pytest.mark.parametrize("seller", ["zh", "en"])
async def test_said_again_what_is_done(play: Play, seller: str) -> None:
    """Done twice, or a time for what has arrived: a sentence that fits, and nothing changes."""
    await play.command(f"/lang {seller}")
    buyer = await met(play)
    number = await paid(play, buyer)
    await play.command(f"/order {number} done")
    again = await play.command(f"/order {number} done")
    assert in_language(seller, "不用再点一次", "done again") in again.text
    assert number in (await play.command(f"/late {number} 11-26")).text
    await buyer.hears_nothing()


async def test_a_number_copied_with_its_marks(play: Play) -> None:
    """ "#1001", "（1001）" and "订单1001" are order 1001, in every command that names one."""
    buyer = await met(play)
    number = await paid(play, buyer)
    for written in (f"#{number}", f"（{number}）", f"订单{number}", f"【{number}】"):
        assert number in (await play.command(f"/order {written}")).text
        assert "没有订单" not in (await play.command(f"/order {written}")).text
    assert "11月26日" in (await play.command(f"/late #{number} 11-26")).text
    await play.command(f"/ship #{number} {play.made.carrier[1]} {NUMBER}")
    assert (await order_of(play, number)).state == "shipped"


async def test_the_night_is_the_buyers_own(play: Play) -> None:
    """Noon in the shop is night in New York: the news waits until eight there; the shop's own night does not hold it up."""
    buyer = await met(play, "en")
    number = await paid(play, buyer)
    await play.store.write([play.store.buyers.set_field(buyer.id, "timezone", "America/New_York")])
    await play.command(f"/ship {number} {play.made.carrier[1]} {NUMBER}")
    await play.restart()
    await buyer.hears_all()
    await at(play, 12, 30)
    await play.command(f"/parcel {NUMBER} collected")
    await buyer.hears_nothing()
    await at(play, 20, 59)
    await buyer.hears_nothing()
    await at(play, 21, 0, 5)
    assert "collected" in (await play.only(buyer)).text
    await at(play, 23, 30)
    await play.command(f"/parcel {NUMBER} out")
    assert "out for delivery" in (await play.only(buyer)).text

"""What was sent off, finished or paid by mistake is taken back: order, parcel, promises and what the buyer believes."""

from datetime import datetime

import pytest

from core.orders import Order, State
from sandbox import Heard, Person
from tests.made_shop import in_language
from tests.play import LANGUAGES, SHANGHAI, Play

NUMBER, OTHER = "73123456789012", "73123456789013"
UNDO = "撤销"


async def an_order(play: Play, language: str = "zh") -> tuple[Person, str]:
    """A paid order of a buyer who has heard of the payment."""
    buyer = play.buyer(language)
    await play.ask(buyer, in_language(language, "在吗", "hello"))
    order_no = await another(play, buyer)
    await buyer.hears_all()
    return buyer, order_no


async def another(play: Play, buyer: Person) -> str:
    """One more paid order of this buyer's."""
    before = {one.order_no for one in await play.store.orders.of_buyer(buyer.id)}
    await play.command(f"/order new {buyer.id} {play.made.plenty.sku} 1")
    (order,) = [one for one in await play.store.orders.of_buyer(buyer.id) if one.order_no not in before]
    await play.command(f"/order {order.order_no} paid")
    return order.order_no


async def order_of(play: Play, order_no: str) -> Order:
    order = await play.store.orders.get(order_no)
    assert order is not None
    return order


async def owed(play: Play, order_no: str) -> list[str]:
    """What is promised of this order and still to be done."""
    return [one.what.value for one in await play.store.promises.of_order(order_no) if one.is_open and one.is_binding]


async def undone(play: Play, told: Heard) -> str:
    await play.cards()
    await play.owner.taps(UNDO, on=told)
    return (await play.card()).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_parcel_noted_by_mistake_is_taken_back(play: Play, language: str) -> None:
    """The order waits to be sent again, the day it leaves is owed again, and the buyer hears one honest line. A second tap
    does nothing."""
    buyer, order_no = await an_order(play, language)
    before = await order_of(play, order_no)
    shipped = await play.command(f"/ship {order_no} 中通 {NUMBER}")
    assert NUMBER in (await play.only(buyer)).text
    assert await owed(play, order_no) == []
    told = await undone(play, shipped)
    assert order_no in told
    assert "待发货" in told
    assert NUMBER in told
    corrected = await play.only(buyer)
    assert order_no in corrected.text
    assert NUMBER in corrected.text
    assert in_language(language, "还没有发出", "has not left yet") in corrected.text
    after = await order_of(play, order_no)
    assert (after.state, after.shipped_at, after.ship_by, after.due_at) == (
        State.PAID, None, before.ship_by, before.due_at,
    )  # fmt: skip
    assert await owed(play, order_no) == ["ship"]
    assert await play.store.parcels.of_order(order_no) == []
    assert "没有" in (await play.command(f"/parcel {NUMBER}")).text
    await play.owner.taps(UNDO, on=shipped)
    assert await play.cards() == []
    assert await buyer.hears_all() == []


async def test_what_was_taken_back_can_be_sent_again(play: Play) -> None:
    """With the same number, for this order or for the one it was meant for: the buyer hears of it anew."""
    buyer, order_no = await an_order(play)
    other_no = await another(play, buyer)
    await buyer.hears_all()
    for sent in (order_no, other_no, order_no):
        shipped = await play.command(f"/ship {sent} 中通 {NUMBER}")
        heard = await play.only(buyer)
        assert sent in heard.text
        assert NUMBER in heard.text
        (parcel,) = await play.store.parcels.of_number(NUMBER)
        assert (parcel.order_no, parcel.is_live) == (sent, True)
        await undone(play, shipped)
        await play.only(buyer)
        assert (await order_of(play, sent)).state is State.PAID


async def test_a_parcel_on_the_road_is_told_of_no_more(play: Play) -> None:
    """The carrier has it, but it is not this order's: what it reports concerns nobody any more."""
    buyer, order_no = await an_order(play)
    shipped = await play.command(f"/ship {order_no} 中通 {NUMBER}")
    await play.command(f"/parcel {NUMBER} 揽收 已揽收")
    await buyer.hears_all()
    assert "待发货" in await undone(play, shipped)
    assert "还没有发出" in (await play.only(buyer)).text
    assert "没有" in (await play.command(f"/parcel {NUMBER} 签收")).text
    assert await buyer.hears_all() == []
    assert (await order_of(play, order_no)).state is State.PAID
    assert NUMBER not in (await play.ask(buyer, f"订单{order_no}到哪了")).text


async def test_what_has_arrived_is_not_taken_back(play: Play) -> None:
    """Delivered, or changed in any way since: the undo comes too late and says so."""
    buyer, order_no = await an_order(play)
    shipped = await play.command(f"/ship {order_no} 中通 {NUMBER}")
    await play.command(f"/parcel {NUMBER} 签收")
    await buyer.hears_all()
    assert "不能撤销" in await undone(play, shipped)
    assert await buyer.hears_all() == []
    assert (await order_of(play, order_no)).state is State.DELIVERED


async def test_nobody_is_corrected_who_was_not_told(play: Play) -> None:
    """An order whose buyer has not come yet: nothing was said, so nothing is explained."""
    made = await play.command(f"/order new - {play.made.plenty.sku} 1")
    (order,) = [one for one in await play.store.orders.open() if one.order_no in made.text]
    await play.command(f"/order {order.order_no} paid")
    shipped = await play.command(f"/ship {order.order_no} 中通 {NUMBER}")
    assert "不用解释" in await undone(play, shipped)
    assert (await order_of(play, order.order_no)).state is State.PAID


async def test_a_second_parcel_leaves_the_first_alone(play: Play) -> None:
    """Only the one noted by mistake is withdrawn, the order stays sent, and what was left out is to be sent again."""
    buyer, order_no = await an_order(play)
    await play.command(f"/ship {order_no} 中通 {NUMBER}")
    await play.command(f"/short {order_no} {play.made.plenty.sku}")
    await buyer.hears_all()
    assert await owed(play, order_no) == ["resend"]
    second = await play.command(f"/ship {order_no} 中通 {OTHER}")
    await buyer.hears_all()
    assert await owed(play, order_no) == []
    assert "已发货" in await undone(play, second)
    corrected = (await play.only(buyer)).text
    assert OTHER in corrected
    assert "这个包裹还没有发出" in corrected
    assert await owed(play, order_no) == ["resend"]
    assert [one.number for one in await play.store.parcels.of_order(order_no)] == [NUMBER]
    assert [one.closed_at for one in await play.store.mistakes.of_order(order_no)] == [None]


async def test_what_waits_of_another_parcel_is_told_in_the_morning(play: Play) -> None:
    """Two parcels were to be told of in one message; one is taken back in the night: the other's news comes alone."""
    buyer, order_no = await an_order(play)
    await play.command(f"/ship {order_no} 中通 {NUMBER}")
    second = await play.command(f"/ship {order_no} 中通 {OTHER}")
    await play.set_time(datetime(2026, 11, 20, 23, 30, tzinfo=SHANGHAI))
    for number in (NUMBER, OTHER):
        await play.command(f"/parcel {number} 派送中")
    await buyer.hears_all()
    assert "已发货" in await undone(play, second)
    assert OTHER in (await play.only(buyer)).text
    await play.set_time(datetime(2026, 11, 21, 9, 0, tzinfo=SHANGHAI))
    await play.running.schedule.run_due()
    heard = "".join(one.text for one in await buyer.hears_all())
    assert NUMBER in heard
    assert OTHER not in heard


async def test_a_named_carrier_has_its_undo_too(play: Play) -> None:
    """Where the seller was asked who carries it, the answer is taken back in the same way."""
    buyer, order_no = await an_order(play)
    shipped = await play.command(f"/ship {order_no} 773123456789012")
    if shipped.buttons != [[UNDO]]:  # unless only one of the shop's own carriers writes such numbers
        await play.cards()
        await play.owner.taps(0, on=shipped)
        shipped = await play.card()
    await buyer.hears_all()
    assert "待发货" in await undone(play, shipped)
    assert (await order_of(play, order_no)).state is State.PAID


async def test_an_order_finished_by_mistake_owes_again(play: Play) -> None:
    """[undo] under done: the day it leaves is to be kept as before."""
    _, order_no = await an_order(play)
    finished = await play.command(f"/order {order_no} done")
    assert await owed(play, order_no) == []
    await undone(play, finished)
    assert (await order_of(play, order_no)).state is State.PAID
    assert await owed(play, order_no) == ["ship"]


async def test_a_time_told_before_a_payment_outlives_its_undo(play: Play) -> None:
    """Who was told a day, paid, and is found not to have paid, is held to that day when the money comes."""
    buyer = play.buyer()
    heard = await play.ask(buyer, "什么时候发货")
    assert "今天" in heard.text
    await play.command(f"/order new {buyer.id} {play.made.plenty.sku} 1")
    (order,) = await play.store.orders.of_buyer(buyer.id)
    (told,) = [one for one in await play.store.promises.told_to(buyer.id) if one.what == "ship"]
    paid = await play.command(f"/order {order.order_no} paid")
    assert [one.id for one in await play.store.promises.of_order(order.order_no)] == [told.id]
    await undone(play, paid)
    assert await play.store.promises.of_order(order.order_no) == []
    (waits,) = [one for one in await play.store.promises.told_to(buyer.id) if one.what == "ship"]
    assert (waits.id, waits.is_binding, waits.order_no) == (told.id, False, None)
    await play.command(f"/order {order.order_no} paid")
    assert [one.id for one in await play.store.promises.of_order(order.order_no)] == [told.id]


async def test_a_parcel_that_was_not_delivered_after_all(play: Play) -> None:
    """Set back to on its way, its order is on its way too, and is delivered once it really is."""
    buyer, order_no = await an_order(play)
    await play.command(f"/ship {order_no} 中通 {NUMBER}")
    await play.command(f"/parcel {NUMBER} 签收")
    assert (await order_of(play, order_no)).state is State.DELIVERED
    await play.command(f"/parcel {NUMBER} 运输中 签收有误")
    order = await order_of(play, order_no)
    assert (order.state, order.delivered_at, order.due_at) == (State.SHIPPED, None, None)
    await play.pass_time(days=8)
    assert (await order_of(play, order_no)).state is State.SHIPPED
    await play.command(f"/parcel {NUMBER} 签收")
    order = await order_of(play, order_no)
    assert (order.state, order.delivered_at is None) == (State.DELIVERED, False)
    await buyer.hears_all()


async def test_an_order_of_two_parcels_waits_for_both(play: Play) -> None:
    """One called delivered and set back does not count as arrived when the other one is."""
    _, order_no = await an_order(play)
    await play.command(f"/ship {order_no} 中通 {NUMBER} {OTHER}")
    await play.command(f"/parcel {NUMBER} 签收")
    await play.command(f"/parcel {NUMBER} 运输中 签收有误")
    await play.command(f"/parcel {OTHER} 签收")
    assert (await order_of(play, order_no)).state is State.SHIPPED
    await play.command(f"/parcel {NUMBER} 签收")
    assert (await order_of(play, order_no)).state is State.DELIVERED


async def test_what_comes_back_from_its_buyer_was_delivered(play: Play) -> None:
    """A parcel on its way back after it had arrived takes no delivery back."""
    _, order_no = await an_order(play)
    await play.command(f"/ship {order_no} 中通 {NUMBER}")
    await play.command(f"/parcel {NUMBER} 签收")
    await play.command(f"/parcel {NUMBER} 退回 买家退货")
    assert (await order_of(play, order_no)).state is State.DELIVERED

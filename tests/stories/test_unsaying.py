"""What the seller said of a parcel by mistake is taken back: the parcel, its order, and what the buyer believes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.orders import State
from core.tracking.values import Status
from handlers.parcels.telling import CORRECTS
from sandbox import Heard, Person
from store.outbox import Kind, Outgoing
from store.outbox import Status as Fate
from tests.made_shop import in_language
from tests.play import LANGUAGES, SHANGHAI, Play

NUMBER, OTHER = "73123456789012", "73123456789013"
UNDO = "撤销"


async def shipped(play: Play, language: str = "zh", number: str = NUMBER) -> tuple[Person, str]:
    """A buyer whose order has left, and who has heard of it."""
    buyer = play.buyer(language)
    await play.ask(buyer, in_language(language, "在吗", "hello"))
    await play.command(f"/order new {buyer.id} {play.made.plenty.sku} 1")
    (order,) = await play.store.orders.of_buyer(buyer.id)
    await play.command(f"/order {order.order_no} paid")
    await play.command(f"/ship {order.order_no} 中通 {number}")
    await buyer.hears_all()
    return buyer, order.order_no


async def status_of(play: Play, number: str = NUMBER) -> Status:
    return (await play.store.parcels.of_number(number))[-1].status


async def state_of(play: Play, order_no: str) -> State:
    order = await play.store.orders.get(order_no)
    assert order is not None
    return order.state


async def undone(play: Play, told: Heard) -> str:
    await play.cards()
    await play.owner.taps(UNDO, on=told)
    return (await play.card()).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_status_said_by_mistake_is_taken_back(play: Play, language: str) -> None:
    """The parcel and its order stand as before, the line is gone from its history, the buyer hears one honest line. A second
    tap does nothing, and said again it counts again."""
    buyer, order_no = await shipped(play, language)
    await play.command(f"/parcel {NUMBER} 运输中 到了转运中心")
    await buyer.hears_all()
    said = await play.command(f"/parcel {NUMBER} 签收 放门口了")
    await play.only(buyer)
    assert await state_of(play, order_no) is State.DELIVERED
    told = await undone(play, said)
    assert "运输中" in told
    assert "更正" in told
    corrected = await play.only(buyer)
    assert NUMBER in corrected.text
    assert in_language(language, "还在路上", "still on its way") in corrected.text
    assert await status_of(play) is Status.TRANSIT
    assert await state_of(play, order_no) is State.SHIPPED
    shown = await play.command(f"/parcel {NUMBER}")
    assert "到了转运中心" in shown.text
    assert "放门口了" not in shown.text
    await play.owner.taps(UNDO, on=said)
    assert await play.cards() == []
    await play.wait(60)
    await play.command(f"/parcel {NUMBER} 签收 放门口了")
    await play.only(buyer)
    assert await state_of(play, order_no) is State.DELIVERED


async def test_a_delivery_taken_back_by_mistake_stands_again(play: Play) -> None:
    """Set back to on its way, and that undone: the order is delivered, at the time it first was."""
    buyer, order_no = await shipped(play)
    await play.command(f"/parcel {NUMBER} 签收")
    before = await play.store.orders.get(order_no)
    await play.pass_time(hours=1)
    said = await play.command(f"/parcel {NUMBER} 运输中 签收有误")
    assert await state_of(play, order_no) is State.SHIPPED
    assert "已签收" in await undone(play, said)
    after = await play.store.orders.get(order_no)
    assert before is not None
    assert after is not None
    assert (after.state, after.delivered_at, after.due_at) == (State.DELIVERED, before.delivered_at, before.due_at)
    assert await status_of(play) is Status.DELIVERED
    await buyer.hears_all()


async def test_nobody_is_corrected_who_was_not_told(play: Play) -> None:
    """In the night the news waits for the morning: taken back it is never sent, and what it replaced is told instead."""
    buyer, _ = await shipped(play)
    await play.set_time(datetime(2026, 11, 20, 23, 30, tzinfo=SHANGHAI))
    await play.command(f"/parcel {NUMBER} 派送中 今晚不送了")
    said = await play.command(f"/parcel {NUMBER} 签收")
    assert "不用解释" in await undone(play, said)
    assert await buyer.hears_all() == []
    await play.set_time(datetime(2026, 11, 21, 9, 0, tzinfo=SHANGHAI))
    await play.running.schedule.run_due()
    heard = (await play.only(buyer)).text
    assert "今晚不送了" in heard
    assert "签收" not in heard


async def test_what_came_after_is_not_overwritten(play: Play) -> None:
    """Something newer is known of the parcel, or its order went on: the undo comes too late and says so."""
    buyer, order_no = await shipped(play)
    first = await play.command(f"/parcel {NUMBER} 运输中 到了杭州")
    last = await play.command(f"/parcel {NUMBER} 签收")
    assert "不能撤销" in await undone(play, first)
    await play.command(f"/order {order_no} done")
    assert "不能撤销" in await undone(play, last)
    assert await status_of(play) is Status.DELIVERED
    assert await state_of(play, order_no) is State.DONE
    await buyer.hears_all()


async def test_the_digits_of_a_phone_are_taken_back(play: Play) -> None:
    """The digits from before are there again, unless others were given since."""
    await shipped(play)
    first = await play.command(f"/parcel {NUMBER} phone 1234")
    second = await play.command(f"/parcel {NUMBER} phone 5678")
    assert "不能撤销" in await undone(play, first)
    assert "1234" in await undone(play, second)
    (parcel,) = await play.store.parcels.of_number(NUMBER)
    assert parcel.phone == "1234"


async def test_a_correction_follows_only_what_was_said(play: Play) -> None:
    """Taken back in the very moment it is due, a message may or may not go out: its correction waits to see, and is said only
    behind one that really was."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    now = play.clock.now()

    def row(key: str, text: str, **more: Any) -> Outgoing:
        payload = {"text": text}
        return Outgoing(key, f":{buyer.id}", buyer.id, "sendMessage", payload, Kind.PUSH, now, **more)

    def correction(key: str) -> Outgoing:
        return row(f"undo {key}", f"{key} was wrong", guard={"to": "buyer", "by": "staff", CORRECTS: [key]})

    put, cancel = play.store.outbox.put, play.store.outbox.cancel_key
    soon = now + timedelta(seconds=30)
    await play.store.write([put(row("said", "said")), put(row("late", "late", not_before=soon))])
    await play.store.write([put(row("stopped", "stopped", not_before=soon)), cancel("stopped", "it was taken back")])
    assert [one.text for one in await buyer.hears_all()] == ["said"]
    await play.store.write([put(correction(key)) for key in ("stopped", "never", "late", "said")])
    assert [one.text for one in await buyer.hears_all()] == ["said was wrong"]
    await play.pass_time(minutes=1)
    await play.pass_time(minutes=1)
    assert [one.text for one in await buyer.hears_all()] == ["late", "late was wrong"]
    for key in ("stopped", "never"):
        found = await play.store.outbox.by_key(f"undo {key}")
        assert found is not None
        assert found.status is Fate.SKIPPED

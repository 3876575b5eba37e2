"""Orders, promises and mistakes as they are remembered."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.catalogue import Variant, Wording
from core.money import Money
from core.orders import Order, OrderLine, State
from core.promises import Outcome, Promise, Rates, What
from store import RowRefused, Store, new_id
from store.conversations import Conversation
from store.mistakes import Mistake
from store.orders import Change
from store.stock import give_back, take

HOUR = timedelta(hours=1)


def order(now: datetime, order_no: str = "X-1", buyer: int | None = 7, token: str = "secret") -> Order:
    lines = (OrderLine("A-1", 2, Money(4990, "CNY")), OrderLine("A-2"))
    return Order(order_no, buyer, State.PLACED, now, token, lines, amount=Money(9980, "CNY"), due_at=now + HOUR)


async def test_an_order_comes_back_as_it_was_kept(store: Store, now: datetime, chat: Conversation) -> None:
    """By number, capitals or not; by token; by buyer; when due."""
    kept = order(now)
    await store.write(store.orders.add(kept, "owner:1", now))
    for found in (await store.orders.get("x-1"), await store.orders.by_token("secret")):
        assert found == kept
    assert await store.orders.of_buyer(7) == [kept]
    assert await store.orders.due(now) == []
    assert await store.orders.due(now + HOUR) == await store.orders.late(now + HOUR) == [kept]
    assert await store.orders.get("X-2") is None
    assert [step.what for step in await store.orders.steps("X-1")] == ["placed"]


async def test_two_who_change_one_order_are_told_apart(store: Store, now: datetime, chat: Conversation) -> None:
    """The second saw what is no longer so: nothing of what he writes stands."""
    kept = order(now)
    await store.write(store.orders.add(kept, "owner:1", now))
    paid = replace(kept, state=State.PAID, paid_at=now)
    await store.write(store.orders.save(paid, "paid", "owner:1", now))
    with pytest.raises(RowRefused):
        await store.write(store.orders.save(replace(kept, state=State.CANCELLED), "cancelled", "owner:2", now))
    assert await store.orders.get("X-1") == replace(paid, version=1)
    with pytest.raises(RowRefused):
        await store.write(store.orders.add(kept, "owner:1", now))


async def test_the_lines_of_an_order_can_change(store: Store, now: datetime, chat: Conversation) -> None:
    """They are replaced as a whole."""
    kept = order(now)
    await store.write(store.orders.add(kept, "owner:1", now))
    changed = replace(kept, lines=(OrderLine("B-1", 3),))
    unit = [*store.orders.save(changed, "items", "owner:1", now), *store.orders.set_lines(changed)]
    await store.write(unit)
    found = await store.orders.get("X-1")
    assert found is not None
    assert found.lines == (OrderLine("B-1", 3),)


async def test_a_wish_is_decided_once(store: Store, now: datetime, chat: Conversation) -> None:
    """The first answer stays."""
    await store.write(store.orders.add(order(now), "owner:1", now))
    wish = Change("X-1", "address", "改成杭州", now, chat.id)
    await store.write([store.orders.ask_change(wish)])
    assert await store.orders.changes("X-1") == [wish]
    await store.write([store.orders.decide_change(wish.id, "refused", now)])
    await store.write([store.orders.decide_change(wish.id, "accepted", now + HOUR)])
    assert await store.orders.changes("X-1") == []
    assert await store.orders.change(wish.id) == replace(wish, decision="refused", decided_at=now)


async def test_a_promise_is_kept_late_or_lapses(store: Store, now: datetime, chat: Conversation) -> None:
    """Kept by its time, late after it; what was told without an order lapses."""
    await store.write(store.orders.add(order(now), "owner:1", now))
    soon = Promise(new_id(), 7, What.SHIP, "今天发出", "bot", now, now + HOUR, order_no="X-1")
    later = replace(soon, id=new_id(), due_at=now + 3 * HOUR)
    told = replace(soon, id=new_id(), order_no=None, is_binding=False)
    await store.write([store.promises.add(one) for one in (soon, later, told)])
    assert await store.promises.open(now + HOUR) == [soon]
    assert await store.promises.told_to(7) == [soon, told, later]
    at = now + 2 * HOUR
    await store.write([*store.promises.done("X-1", [What.SHIP], at), store.promises.lapse(at)])
    ends = {one.id: one.outcome for one in await store.promises.of_order("X-1")}
    assert ends == {soon.id: Outcome.LATE, later.id: Outcome.KEPT}
    assert await store.promises.rates(now, at) == Rates(kept=1, late=1)
    still = replace(later, id=new_id(), due_at=at - HOUR / 2)
    await store.write([store.promises.add(still)])
    assert await store.promises.rates(now, at) == Rates(kept=1, late=2)
    assert await store.promises.rates(now, now + HOUR) == Rates(late=1)
    lapsed = await store.promises.get(told.id)
    assert lapsed is not None
    assert lapsed.outcome is Outcome.LAPSED


async def test_a_mistake_is_a_task_until_it_is_put_right(store: Store, now: datetime, chat: Conversation) -> None:
    """With the time it took to tell."""
    mistake = Mistake(7, "short", now, "owner:1", cause="漏装", told_at=now + HOUR, due_at=now + 2 * HOUR)
    await store.write([store.mistakes.add(mistake)])
    assert mistake.time_to_tell == HOUR
    assert await store.mistakes.open(now + HOUR) == []
    assert await store.mistakes.open(now + 2 * HOUR) == [mistake]
    await store.write([store.mistakes.close(mistake.id, now)])
    assert await store.mistakes.open(now + 9 * HOUR) == []


async def stock_of(store: Store, sku: str) -> int | None:
    found = (await store.catalogue.load()).get(sku)
    assert found is not None
    return found.stock


async def test_stock_falls_and_comes_back_and_never_below_nought(
    store: Store, now: datetime, chat: Conversation
) -> None:
    """Each change is logged with the order; what is not counted is left alone; too many is refused as a whole."""
    price = Money(4990, "CNY")
    shelf = [Variant("A-1", Wording("包"), price, 5), Variant("A-2", Wording("伞"), price, None)]
    await store.write(store.catalogue.put(shelf, "import", "import", now))
    kept = order(now)
    await store.write([*store.orders.add(kept, "owner:1", now), *take(kept, "owner:1", now)])
    held = await store.orders.get("X-1")
    assert held is not None
    assert [line.taken for line in held.lines] == [2, 0]
    assert (await stock_of(store, "A-1"), await stock_of(store, "A-2")) == (3, None)
    change = (await store.stock_history.of("A-1"))[0]
    assert (change.before, change.after, change.cause) == (5, 3, "order:X-1")
    greedy = Order("X-2", 7, State.PLACED, now, "other", (OrderLine("A-1", 4),))
    with pytest.raises(RowRefused):
        await store.write([*store.orders.add(greedy, "owner:1", now), *take(greedy, "owner:1", now)])
    assert await store.orders.get("X-2") is None
    assert await stock_of(store, "A-1") == 3
    await store.write(give_back(held, "owner:1", now))
    assert await stock_of(store, "A-1") == 5
    again = await store.orders.get("X-1")
    assert again is not None
    assert [line.taken for line in again.lines] == [0, 0]

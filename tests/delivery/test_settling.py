"""What becomes of a message that was sent: recorded at once, or with the next commit where nothing forbids more in doubt."""

import asyncio

import pytest

from delivery.limits import TELEGRAM
from delivery.outcomes import Outcome
from sandbox import Fault
from store import writing
from store.marks import Marks
from store.outbox import Outgoing, Status
from store.writing import Unit
from tests.delivery.conftest import Shop, outgoing
from tests.delivery.running import runs, until
from tests.delivery.watching import customer, settles, status_of, texts


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for another commit waits until there is one."""
    monkeypatch.setattr(writing, "PATIENCE", 3600.0)


async def test_without_a_limit_it_joins_the_next_commit(shop: Shop) -> None:
    """The buyer has it, and the next message of the same chat goes; both are settled by whatever is written next."""
    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.put(outgoing("push:1", buyer.id, "first"))
        await until(lambda: texts(shop, buyer.id) == ["first"])
        await asyncio.sleep(0.05)  # time enough for the answer to be here
        assert await status_of(shop, "push:1") is Status.SENDING
        await shop.put(outgoing("push:2", buyer.id, "second"))
        await settles(shop, "push:1", Status.SENT)
        await until(lambda: texts(shop, buyer.id) == ["first", "second"])
        await shop.store.write([Marks.set("anything", "1", shop.clock.now())])
        await settles(shop, "push:2", Status.SENT)


async def test_with_telegrams_limits_it_is_recorded_at_once(shop: Shop) -> None:
    """Few are under way at once then, so that few are in doubt after a kill."""
    shop.rates = TELEGRAM
    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.put(outgoing("push:1", buyer.id, "first"))
        await settles(shop, "push:1", Status.SENT)


async def test_what_something_follows_from_is_recorded_at_once(shop: Shop) -> None:
    """A file's id, a topic, a card: the next line may rest on it."""

    def after(row: Outgoing, status: Status, outcome: Outcome) -> Unit:
        return [Marks.set("followed", row.key, shop.clock.now())]

    shop.after = after
    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.put(outgoing("push:1", buyer.id, "first"))
        await settles(shop, "push:1", Status.SENT)
        assert await Marks(shop.store.reader).get("followed") == "push:1"


async def test_what_was_refused_is_recorded_at_once(shop: Shop) -> None:
    async with runs(shop, polls=False):
        buyer = customer(shop)
        shop.sandbox.breaks("sendMessage", Fault.BLOCKED)
        await shop.put(outgoing("push:1", buyer.id, "first"))
        await settles(shop, "push:1", Status.SKIPPED)

"""Watching the way out: who is written to, what they saw, and what the table says became of it."""

import asyncio
from datetime import timedelta

from sandbox import Person
from sandbox.bell import PATIENCE
from store.outbox import Outgoing, Status
from tests.delivery.conftest import Shop


def customer(shop: Shop, name: str = "小林") -> Person:
    """Somebody who has pressed START some time ago."""
    person = shop.sandbox.person(name)
    person.chat.opened = True
    return person


async def status_of(shop: Shop, key: str) -> Status:
    row = await shop.store.outbox.by_key(key)
    assert row is not None
    return row.status


async def settles(shop: Shop, key: str, *wanted: Status, seconds: float = PATIENCE) -> Outgoing:
    """Wait until a row has one of these states."""
    for _ in range(int(seconds / 0.02)):
        row = await shop.store.outbox.by_key(key)
        if row is not None and row.status in wanted:
            return row
        await asyncio.sleep(0.02)
    raise AssertionError(f"{key} is {row.status if row else 'not there'}")


def texts(shop: Shop, chat: int) -> list[str]:
    return [str(call.params["text"]) for call in shop.sandbox.calls.sent(chat) if "text" in call.params]


async def keep_moving(shop: Shop, seconds: float = 5.0) -> None:
    while True:
        await asyncio.sleep(0.02)
        shop.clock.move(timedelta(seconds=seconds))

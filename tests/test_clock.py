"""The clock everything sleeps on."""

import asyncio
from datetime import datetime, timedelta

import pytest

from clock import Clock
from sandbox import MovableClock
from sandbox.bell import PATIENCE


class Set(Clock):
    """A clock on a machine whose own is set back by somebody, without a word to anybody."""

    back = timedelta()

    def now(self) -> datetime:
        return super().now() - self.back


async def test_row_32_a_machine_set_back_by_hours_holds_up_no_sleeper() -> None:
    """How long somebody sleeps is a matter of seconds that only grow."""
    clock = Set()
    sleeper = asyncio.create_task(clock.sleep(0.05))
    await asyncio.sleep(0)
    clock.back = timedelta(hours=8)
    await asyncio.wait_for(sleeper, PATIENCE)


@pytest.mark.parametrize("kind", [Clock, MovableClock])
@pytest.mark.parametrize("turns", range(4))
async def test_who_is_cancelled_while_the_clock_moves_wakes_cancelled(
    kind: type[Clock] | type[MovableClock], turns: int
) -> None:
    """Whichever comes first: a program that was stopped must not go on because the clock has just moved."""
    clock = kind()
    sleeper = asyncio.create_task(clock.sleep_until(clock.now() + timedelta(hours=1)))
    for _ in range(5):
        await asyncio.sleep(0)
    clock.move(timedelta(seconds=1))
    for _ in range(turns):
        await asyncio.sleep(0)
    sleeper.cancel()
    for _ in range(5):
        await asyncio.sleep(0)
    assert sleeper.cancelled()

"""The clock that can be moved, and waiting until all is quiet."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot

from sandbox import MovableClock, Sandbox

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


async def test_moving_wakes_who_waits() -> None:
    """Those whose moment has come, and nobody else."""
    clock = MovableClock(MONDAY, running=False)
    soon = asyncio.ensure_future(clock.sleep_until(MONDAY + timedelta(hours=1)))
    late = asyncio.ensure_future(clock.sleep_until(MONDAY + timedelta(hours=3)))
    await asyncio.wait([soon, late], timeout=0)
    clock.move(timedelta(hours=2))
    await soon
    assert not late.done()
    late.cancel()


async def test_a_running_clock_runs() -> None:
    """It starts where it is told and goes on by itself."""
    clock = MovableClock(MONDAY)
    await clock.sleep_until(clock.now() + timedelta(milliseconds=20))
    assert timedelta(0) < clock.now() - MONDAY < timedelta(seconds=10)


async def test_messages_carry_the_clocks_date(sandbox: Sandbox, bot: Bot, clock: MovableClock) -> None:
    """Dates are the clock's, not the wall's."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    clock.move(timedelta(days=3))
    assert (await bot.send_message(buyer.id, "x")).date == MONDAY + timedelta(days=3)


async def test_settled_waits_for_updates_and_for_the_bot(sandbox: Sandbox, bot: Bot) -> None:
    """Not before every update is confirmed and `idle` has returned with nothing new said since."""
    buyer = sandbox.person("小林")
    rounds: list[int] = []

    async def idle() -> None:
        if not rounds:
            await bot.send_message(buyer.id, "spät")
        rounds.append(1)

    sandbox.idle = idle
    await buyer.says("hi")
    with pytest.raises(TimeoutError, match="1 updates wait"):
        await sandbox.settled(timeout=0.01)
    await bot.get_updates(offset=(await bot.get_updates())[-1].update_id + 1)
    assert [heard.text for heard in await buyer.hears_all()] == ["spät"]
    assert len(rounds) == 2
    await buyer.hears_nothing()

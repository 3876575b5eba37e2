"""Every HAGGLER_INTERVAL: conversations that changed are judged, marks are set with one card, and lifted when they run out.

While buyers write, a look waits for a calm moment, or stops and goes on in one; not for longer than another interval.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.haggling.marking import LOOK_BACK, lift
from handlers import haggling

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.hagglers import Changed

LOOKED = "haggling:looked"
"""The mark that keeps when the last look was, and up to when what changed has been seen."""
AT_ONCE = 3
"""Conversations a step: a long talk takes a millisecond or two, and buyers may be waiting."""
MOST = 2000
OVERLAP = timedelta(minutes=1)
"""A conversation may be written down a little later than another that began after it."""


async def judge_changed(desk: Desk) -> int:
    """Look, where a look is due. Returns how many conversations were judged."""
    now = desk.clock.now()
    kept = await desk.store.marks.get(LOOKED) or {}
    at, seen = _moment(kept.get("at")), _moment(kept.get("seen"))
    if (at is not None and now - at < timedelta(seconds=desk.haggler_interval)) or not _may_look(desk, now):
        return 0
    await desk.shelf.fresh()
    await _lift(desk, now)
    since = max(now - LOOK_BACK, (seen - OVERLAP) if seen is not None else now - LOOK_BACK)
    changed = await desk.store.hagglers.changed(since, MOST)
    line_of_marking = await haggling.threshold(desk)
    done = 0
    while done < len(changed) and _may_look(desk, now):
        step = changed[done : done + AT_ONCE]
        await _judge(desk, step, line_of_marking, now)
        done += len(step)
        await desk.give_way()
    is_all = done == len(changed) < MOST
    if is_all:
        desk.look_waits_since = None
    if done or is_all:
        seen = changed[done - 1].last_inbound_at if done else seen or now
        looked = {"at": now.isoformat() if is_all else None, "seen": seen.isoformat()}
        await desk.store.write([desk.store.marks.set(LOOKED, looked, now)])
    return done


def _may_look(desk: Desk, now: datetime) -> bool:
    """Whether nobody waits for an answer, or the look has waited long enough for that."""
    if not desk.is_busy():
        return True
    desk.look_waits_since = desk.look_waits_since or now
    return now - desk.look_waits_since >= timedelta(seconds=desk.haggler_interval)


async def _judge(desk: Desk, changed: list[Changed], line_of_marking: float, now: datetime) -> None:
    """Judge some, and write down how they stand. Each is a unit of its own, a new mark with its card; the writer commits
    them together."""
    units = []
    for one in await haggling.judged(desk, changed, line_of_marking, now):
        if one.before is not None and one.before.is_marked:
            continue
        if one.judgement.is_haggler:
            units.append(haggling.mark(desk, one, one.changed.name, now))
        else:
            units.append([desk.store.hagglers.save(one.stands(now))])
    await asyncio.gather(*(desk.store.write(unit) for unit in units))


async def _lift(desk: Desk, now: datetime) -> None:
    """Marks that an order or quiet has made out of date."""
    marked = await desk.store.hagglers.marked()
    bought = await desk.store.hagglers.bought([one.haggling.buyer_id for one in marked])
    for one in marked:
        orders = bought.get(one.haggling.buyer_id)
        assert one.haggling.marked_at is not None
        why = lift(one.haggling.marked_at, one.last_inbound_at, orders.last_at if orders else None, now)
        if why is not None:
            await desk.store.write(haggling.lifted(desk, one.haggling, why, now))


def _moment(kept: object) -> datetime | None:
    return datetime.fromisoformat(kept) if isinstance(kept, str) else None

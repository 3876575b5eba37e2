"""Seeing how the shop does: /stats and its reports. Each report is a function in REPORTS; what it says is a template."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from telegram import Update

from core.charts import Bars, Chart
from core.money import Money
from core.reporting import Day, Wait, days, share, speed, waits
from handlers.ask_names import label
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked
from handlers.seller.reports.mistakes import mistakes
from handlers.seller.reports.time_spent import time_spent
from templates import Voice

LENGTH, LONGEST = 7, 90
"""Days a report looks back, unless the seller says how many, and at most."""
MOST_ASKS = 8
COURTESIES = frozenset({"greeting", "thanks_bye", "other"})
"""Answered, but not asked for."""
MOMENT = timedelta(microseconds=1)
USAGE = ("/stats [{}] [DAYS]", "/stats speed 30")


async def on_stats(update: Update, context: Context) -> None:
    """/stats: the last week at a glance, with a picture; /stats REPORT [DAYS] one thing in detail."""
    command = asked(update, context)
    words = [re.sub(r"^(\d+)(?:天|d|days?)$", r"\1", word.casefold()) for word in command.words]
    length = next((int(word[:9]) for word in words if word.isdecimal()), LENGTH)
    names = [CALLED.get(word, word) for word in words if not word.isdecimal()]
    usage = (USAGE[0].format("|".join(name for name in REPORTS if name)), USAGE[1])
    if len(names) > 1 or (names and names[0] not in REPORTS):
        return await command.misused("stats_wrong", *usage, why="name", said=" ".join(names))
    if not 1 <= length <= LONGEST:
        return await command.misused("stats_wrong", *usage, why="days", most=LONGEST)
    return await REPORTS[names[0] if names else ""](command, length)


def beginning(desk: Desk, now: datetime, length: int) -> datetime:
    """The first moment of the local day `length - 1` days ago, so that today counts as a day."""
    zone = desk.shelf.now.shop.timezone
    first = now.astimezone(zone).date() - timedelta(days=length - 1)
    return datetime.combine(first, time(), zone).astimezone(UTC)


async def glance(desk: Desk, since: datetime, until: datetime) -> tuple[dict[str, Any], list[Day]]:
    """What `stats` and the digest say of a span of time, and its days for the picture."""
    figures, zone = desk.store.figures, desk.shelf.now.shop.timezone
    turns = [one for one in await figures.turns(since) if one[0] < until]
    found, is_partial = await waited(desk, since, until)
    by_bot, by_people = _parted(found)
    rates = await desk.store.promises.rates(since, until)
    counts = {name: sum(outcome == name for _, outcome in turns) for name in ("answered", "handed_over")}
    asks = await figures.asks(since)
    values = {
        "since": since,
        "alone": counts["answered"],
        "passed_on": counts["handed_over"],
        "share": share(counts["answered"], sum(counts.values())),
        "bot": speed([one for one in by_bot if one.is_first]),
        "people": speed(by_people),
        "is_partial": is_partial,
        "new_buyers": await figures.new_buyers(since),
        "waiting": await figures.waiting_now(),
        "missed": await figures.missed(),
        "kept": rates.kept,
        "late": rates.late,
        "wanted": [{"sku": sku, "count": count} for sku, count in await figures.wanted(since)],
        "asks": [(ask, count) for ask, count in asks.most_common() if ask not in COURTESIES][:MOST_ASKS],
    }
    last = (until - MOMENT).astimezone(zone).date()
    return values, days(turns, zone, since.astimezone(zone).date(), last)


def titled(desk: Desk, values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The same figures, with the goods called as a seller of this language reads them."""
    catalogue = desk.shelf.now.catalogue
    found = [(each, catalogue.get(each["sku"])) for each in values["wanted"]]
    return {
        **values,
        "wanted": [{**each, "title": one.words(language).title if one else each["sku"]} for each, one in found],
    }


async def waited(desk: Desk, since: datetime, until: datetime) -> tuple[list[Wait], bool]:
    """Every answer of a span of time with how long it took, and whether there were too many lines to look at them all."""
    lines, is_partial = await desk.store.figures.lines(since)
    found = await asyncio.to_thread(waits, lines)
    return [one for one in found if one.asked_at < until], is_partial


async def _overview(command: Asked, length: int) -> None:
    desk, voice = command.desk, command.desk.voice(command.owner)
    values, by_day = await glance(desk, beginning(desk, command.now, length), command.now + MOMENT)
    values = titled(desk, values, voice.language)
    html = desk.speech.seller("stats", voice, length=length, **values)
    chart = _chart(desk, voice, by_day, values["asks"])
    english = _chart(desk, Voice("en", "", voice.now, voice.zone), by_day, values["asks"])
    picture = await desk.draw(chart, english) if desk.draw is not None and any(map(_is_busy, by_day)) else None
    if picture is None:
        return await command.say("stats", length=length, **values)
    return await command.show("stats.png", picture, html)


async def _speed(command: Asked, length: int) -> None:
    found, is_partial = await waited(command.desk, beginning(command.desk, command.now, length), command.now + MOMENT)
    by_bot, by_people = _parted(found)
    names = {one.user_id: one.name for one in await command.desk.store.staff.ever()}
    hands = [
        {"name": names.get(who) or str(who), **_speeds([one for one in by_people if one.staff_id == who])}
        for who in sorted({one.staff_id for one in by_people if one.staff_id is not None})
    ]
    await command.say("stats_speed", length=length, bot=_speeds(by_bot), hands=hands, is_partial=is_partial)


async def _sources(command: Asked, length: int) -> None:
    found = await command.desk.store.figures.sources(beginning(command.desk, command.now, length))
    rows = [{"name": one.name, "buyers": one.buyers, "bought": one.bought} for one in found]
    await command.say("stats_sources", length=length, sources=rows)


async def _value(command: Asked, length: int) -> None:
    since = beginning(command.desk, command.now, length)
    bought, again = await command.desk.store.figures.bought(since)
    rows = [
        {
            "grade": one.grade,
            "buyers": one.buyers,
            "orders": one.orders,
            "total": Money(one.minor, one.currency),
            "each": Money(one.minor // one.orders, one.currency),
        }
        for one in await command.desk.store.figures.value(since)
    ]
    await command.say("stats_value", length=length, grades=rows, bought=bought, again=again, share=share(again, bought))


def _chart(desk: Desk, voice: Voice, by_day: list[Day], asks: list[tuple[str, int]]) -> Chart:
    def said(name: str) -> str:
        return desk.speech.seller("chart_words", voice, word=name)

    labels = tuple(f"{one.date.month}/{one.date.day}" for one in by_day)
    done = (
        (said("alone"), tuple(float(one.alone) for one in by_day)),
        (said("passed_on"), tuple(float(one.passed_on) for one in by_day)),
    )
    panels = [Bars(said("questions"), labels, done)]
    if asks:
        names = tuple(label(desk, ask, voice) for ask, _ in asks)
        panels.append(Bars(said("asks"), names, (("", tuple(float(count) for _, count in asks)),), is_lying=True))
    return Chart(tuple(panels))


def _is_busy(day: Day) -> bool:
    return bool(day.alone or day.passed_on)


def _parted(found: list[Wait]) -> tuple[list[Wait], list[Wait]]:
    """The bot's answers, and people's."""
    return [one for one in found if one.staff_id is None], [one for one in found if one.staff_id is not None]


def _speeds(found: list[Wait]) -> dict[str, Any]:
    return {"first": speed([one for one in found if one.is_first]), "all": speed(found)}


REPORTS: dict[str, Callable[[Asked, int], Awaitable[None]]] = {
    "": _overview,
    "speed": _speed,
    "sources": _sources,
    "value": _value,
    "time": time_spent,
    "mistakes": mistakes,
}
"""/stats NAME → what tells it: (command, days). "" is /stats alone."""
CALLED = {
    "速度": "speed", "来源": "sources", "价值": "value", "等级": "value", "时间": "time", "差错": "mistakes", "失误": "mistakes",
}  # fmt: skip
"""What the reports are called in Chinese."""

"""/diary: what each of the shop's people did on a day, put together from the audit. Nobody has to keep it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from telegram import Update

from handlers import access
from handlers.desk import Context
from handlers.seller.asking import asked
from handlers.seller.reports import deeds
from handlers.seller.staff.roles import number
from store.audit import Entry
from store.staff import Role

USAGE = ("/diary [DAY] [ID]", "/diary 2026-11-20")
DAYS = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "前天": 2}
MOST_LINES = 15


async def on_diary(update: Update, context: Context) -> None:
    """/diary [DAY] [ID]: today's, or that day's; one's own, and for a manager everybody's or one person's."""
    command = asked(update, context)
    desk = command.desk
    zone = desk.shelf.now.shop.timezone
    day, who = command.now.astimezone(zone).date(), None
    for word in command.words:
        if word.lower() in DAYS:
            day -= timedelta(days=DAYS[word.lower()])
        elif (found := _date(word)) is not None:
            day = found
        elif (id := number(word)) is not None:
            who = id
        else:
            return await command.misused("diary_wrong", *USAGE, said=word)
    if not access.may(desk, command.owner, Role.MANAGER):
        who = command.owner
    start = datetime.combine(day, time(), zone)
    entries = await desk.store.audit.between(start, datetime.combine(day + timedelta(days=1), time(), zone))
    people: dict[int, list[Entry]] = {}
    for one in entries:
        role, _, id_ = one.who.partition(":")
        if role not in tuple(Role) or not id_.isdecimal() or who not in (None, int(id_)):
            continue
        people.setdefault(int(id_), []).append(one)
    told = []
    for person, done in people.items():
        lines = [one for one in done if one.about != "command"]
        told.append(
            {
                "name": desk.people.name_of(person),
                "replies": sum(one.what == "reply" for one in done),
                "buyers": len({one.about for one in done if one.about.startswith("buyer:")}),
                "lines": await deeds.told(desk, command.owner, lines[:MOST_LINES]),
                "more": max(0, len(lines) - MOST_LINES),
            }
        )
    return await command.say("diary", day=day, name="" if who is None else desk.people.name_of(who), people=told)


def _date(word: str) -> date | None:
    try:
        return date.fromisoformat(re.sub(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$", _iso, word))
    except ValueError:
        return None


def _iso(match: re.Match[str]) -> str:
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"

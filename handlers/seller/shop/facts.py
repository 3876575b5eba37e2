"""The shop's facts changed in chat: /fact, /hours, /holiday and /bundle. An agent's change waits for a manager."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from telegram import Update

from core.answering.bundling import names
from core.closed_days import dates_in, dates_shown, rows_of
from core.facts import fact, stated, worded
from core.shop import Shop
from core.unreadable import Unreadable
from handlers.desk import Context
from handlers.seller.asking import Asked, asked
from handlers.seller.shop.factnames import companion, companion_meant, in_words, known, label, meant
from handlers.seller.staff.approvals import change

LONGEST_IN_LIST = 60
"""Characters of a value in the list of facts."""
NONE = ("none", "-", "无", "清空")
AWAY = ("rm", "remove", "delete", "cancel", "取消", "不放", "删", "删除", "去掉")
RESET = ("reset", "恢复")
FACT_USAGE = ("/fact [NAME [VALUE|none]]", "/fact policy.return.zh 签收后七天内没用过可以退换。")
BUNDLE_USAGE = ("/bundle [ASK [ASK …|none]]", "/bundle ship_when carrier ship_eta")


async def on_fact(update: Update, context: Context) -> None:
    """/fact lists what is on file, /fact NAME shows it, /fact NAME VALUE sets it, /fact NAME none takes it away."""
    command = asked(update, context)
    desk = command.desk
    shop = (await desk.shelf.fresh()).shop
    if not command.words:
        voice = desk.voice(command.owner)
        facts = [
            {
                "key": key,
                "label": label(desk, key, voice),
                "value": shortened(in_words(desk, command.owner, "fact", key, said=said)["said"]),
            }
            for key, said in stated(shop)
        ]
        return await command.say("facts", facts=facts, missing=[label(desk, key, voice) for key in _missing(shop)])
    return await _change(command, command.words[0], _rest(command, 2), FACT_USAGE)


async def on_hours(update: Update, context: Context) -> None:
    """/hours shows the opening hours, /hours 09:00-12:00 13:30-22:00 sets them, days apart too."""
    command = asked(update, context)
    return await _change(
        command, "hours", _rest(command, 1), ("/hours [TIMES]", "/hours mon-fri 09:00-18:00; sat 10:00-16:00")
    )


async def on_holiday(update: Update, context: Context) -> None:
    """/holiday shows the closed days, /holiday 2月6日到2月9日 adds them, /holiday rm DATE takes them away."""
    command = asked(update, context)
    usage = ("/holiday [DATE|FROM..TO|rm DATE]", "/holiday 2027-02-06..2027-02-09")
    shop = (await command.desk.shelf.fresh()).shop
    if not command.words:
        return await _change(command, "closed", "", usage)
    closed = shop.hours.closed if shop.hours else frozenset()
    if len(command.words) == 1 and command.words[0].lower() in NONE:
        return await _change(command, "closed", "none", usage)
    takes_away = command.words[0].lower() in AWAY
    try:
        today = command.now.astimezone(shop.timezone).date()
        days = dates_in(" ".join(command.words[1 if takes_away else 0 :]), today)
    except Unreadable as why:
        return await command.unreadable(why, *usage)
    if not takes_away and max(days) < today:
        return await command.misused("holiday_wrong", *usage, past=min(days))
    wanted = closed - days if takes_away else closed | days
    voice = command.desk.voice(command.owner)
    understood = command.desk.speech.seller(
        "closed_days", voice, adds=not takes_away, rows=rows_of(days), count=len(days)
    )
    return await _change(command, "closed", dates_shown(frozenset(wanted)) or "none", usage, understood)


async def on_bundle(update: Update, context: Context) -> None:
    """/bundle shows what is answered together, /bundle ASK with names sets it, none leaves the ask alone."""
    command = asked(update, context)
    desk, voice = command.desk, command.desk.voice(command.owner)
    snapshot = await desk.shelf.fresh()
    own = dict(snapshot.shop.bundles)

    def row(ask: str) -> dict[str, Any]:
        brought = [companion(desk, one, voice) for one in snapshot.graph.get(ask, ())]
        return {"key": ask, "ask": companion(desk, ask, voice), "with": brought, "own": ask in own}

    if not command.words:
        return await command.say("bundles", bundles=[row(ask) for ask in sorted(snapshot.graph)])
    words = [word if word.lower() in (*NONE, *RESET) else companion_meant(desk, word) for word in command.words]
    wrong = next((written for written, word in zip(command.words, words, strict=True) if not word), "")
    if wrong or words[0].lower() in (*NONE, *RESET):
        written = wrong or words[0]
        called = [companion(desk, name, voice) for name in sorted(names())]
        near = get_close_matches(written, called if voice.language == "zh" else sorted(names()), 3, 0.4)
        return await command.misused("bundle_wrong", *BUNDLE_USAGE, why="unknown", said=written, near=near)
    ask, rest = words[0], words[1:]
    if not rest:
        return await command.say("bundles", bundles=[row(ask)])
    if ask in rest:
        return await command.misused("bundle_wrong", *BUNDLE_USAGE, why="itself")
    is_reset = len(rest) == 1 and rest[0].lower() in RESET
    after = None if is_reset else " ".join(dict.fromkeys(one for one in rest if one.lower() not in (*NONE, *RESET)))
    return await change(command, "bundle", ask, after)


def shortened(said: str) -> str:
    """As much of a value as a list has room for; /fact NAME shows all of it."""
    line = " ".join(said.split())
    return line if len(line) <= LONGEST_IN_LIST else f"{line[: LONGEST_IN_LIST - 1]}…"


def rest_of(text: str, words: int) -> str:
    """A line without its first words, its line ends kept."""
    parts = text.strip().split(maxsplit=words)
    return parts[words] if len(parts) > words else ""


def _rest(command: Asked, words: int) -> str:
    return rest_of(command.message.text or command.message.caption or "", words)


async def _change(command: Asked, name: str, written: str, usage: tuple[str, str], understood: str = "") -> None:
    """Show a fact, or change it if it can be read, and say what was `understood`."""
    shop = (await command.desk.shelf.fresh()).shop
    desk, voice = command.desk, command.desk.voice(command.owner)
    key = meant(desk, name)
    one = fact(key)
    if one is None:
        keys = known(desk)
        called = [label(desk, each, voice) for each in keys] if voice.language == "zh" else keys
        near = get_close_matches(name, called, 3, 0.3)
        return await command.misused("fact_wrong", *usage, said=name, near=near)
    if not written:
        value = in_words(desk, command.owner, "fact", key, said=one.show(shop))["said"]
        example = worded(key, one.example, voice.language)
        return await command.say(
            "fact", key=key, label=label(desk, key, voice), value=value, example=example, command=command.name
        )
    after = None if written.lower() in NONE else written
    try:
        after = one.show(one.set(shop, after))
    except Unreadable as why:
        if command.name == "fact":
            name = label(desk, key, voice) if voice.language == "zh" else key
            usage = (usage[0], f"/fact {name} {worded(key, one.example, voice.language)}")
        return await command.unreadable(why, *usage)
    return await change(command, "fact", key, after, understood=understood)


def _missing(shop: Shop) -> list[str]:
    """Facts buyers ask about that nobody has stated."""
    known = dict(stated(shop))
    wanted = ("hours", "cutoff", "carrier", "fee", "policy.return.zh", "policy.warranty.zh", "policy.payment.zh")
    return [key for key in wanted if key not in known]

"""The shop's facts changed in chat: /fact, /hours, /holiday and /bundle. An agent's change waits for a manager."""

from __future__ import annotations

from difflib import get_close_matches

from telegram import Update

from core.answering.bundling import names
from core.facts import FACTS, Unreadable, dates_in, dates_shown, fact, stated
from core.shop import Shop
from handlers.desk import Context
from handlers.seller.asking import Asked, asked
from handlers.seller.staff.approvals import change

NONE = ("none", "-", "无", "清空")
FACT_USAGE = ("/fact [NAME [VALUE|none]]", "/fact policy.return.zh 签收后七天内没用过可以退换。")
BUNDLE_USAGE = ("/bundle [ASK [ASK …|none]]", "/bundle ship_when carrier ship_eta")


async def on_fact(update: Update, context: Context) -> None:
    """/fact lists what is on file, /fact NAME shows it, /fact NAME VALUE sets it, /fact NAME none takes it away."""
    command = asked(update, context)
    shop = (await command.desk.shelf.fresh()).shop
    if not command.words:
        return await command.say("facts", facts=[{"key": key, "value": said} for key, said in stated(shop)], missing=_missing(shop))  # fmt: skip
    return await _change(command, command.words[0].lower(), _rest(command, 2), FACT_USAGE)


async def on_hours(update: Update, context: Context) -> None:
    """/hours shows the opening hours, /hours 09:00-12:00 13:30-22:00 sets them, days apart too."""
    command = asked(update, context)
    return await _change(
        command, "hours", _rest(command, 1), ("/hours [TIMES]", "/hours mon-fri 09:00-18:00; sat 10:00-16:00")
    )


async def on_holiday(update: Update, context: Context) -> None:
    """/holiday shows the closed days, /holiday 2027-02-06..2027-02-09 adds them, /holiday rm DATE takes them away."""
    command = asked(update, context)
    usage = ("/holiday [DATE|FROM..TO] · /holiday rm DATE", "/holiday 2027-02-06..2027-02-09")
    shop = (await command.desk.shelf.fresh()).shop
    if not command.words:
        return await _change(command, "closed", "", usage)
    closed = shop.hours.closed if shop.hours else frozenset()
    takes_away = command.words[0].lower() in ("rm", "取消", "不放")
    try:
        days = dates_in(" ".join(command.words[1 if takes_away else 0 :]))
    except Unreadable as why:
        return await command.wrong(why.zh, why.en, *usage)
    wanted = closed - days if takes_away else closed | days
    return await _change(command, "closed", dates_shown(frozenset(wanted)) or "none", usage)


async def on_bundle(update: Update, context: Context) -> None:
    """/bundle shows what is answered together, /bundle ASK with names sets it, none leaves the ask alone."""
    command = asked(update, context)
    snapshot = await command.desk.shelf.fresh()
    if not command.words:
        own = dict(snapshot.shop.bundles)
        rows = [{"ask": ask, "with": " ".join(each), "own": ask in own} for ask, each in sorted(snapshot.graph.items())]
        return await command.say("bundles", bundles=rows)
    words = [word.lower() for word in command.words]
    unknown = [word for word in words if word not in names() and word not in (*NONE, "reset")]
    if unknown or words[0] in (*NONE, "reset"):
        near = get_close_matches((unknown or words)[0], sorted(names()), 3, 0.4)
        zh = f"没有 {(unknown or words)[0]} 这一问。相近的：{'、'.join(near) or '见 /bundle'}。"
        en = f"There is no {(unknown or words)[0]}. Near: {', '.join(near) or 'see /bundle'}."
        return await command.wrong(zh, en, *BUNDLE_USAGE)
    ask, rest = words[0], words[1:]
    if not rest:
        rows = [{"ask": ask, "with": " ".join(snapshot.graph.get(ask, ())), "own": ask in dict(snapshot.shop.bundles)}]
        return await command.say("bundles", bundles=rows)
    if ask in rest:
        return await command.wrong("一问不能带上它自己。", "An ask cannot bring itself along.", *BUNDLE_USAGE)
    after = None if rest == ["reset"] else " ".join(dict.fromkeys(one for one in rest if one not in NONE))
    return await change(command, "bundle", ask, after)


def rest_of(text: str, words: int) -> str:
    """A line without its first words, its line ends kept."""
    parts = text.strip().split(maxsplit=words)
    return parts[words] if len(parts) > words else ""


def _rest(command: Asked, words: int) -> str:
    return rest_of(command.message.text or command.message.caption or "", words)


async def _change(command: Asked, key: str, written: str, usage: tuple[str, str]) -> None:
    """Show a fact, or change it if it can be read."""
    shop = (await command.desk.shelf.fresh()).shop
    one = fact(key)
    if one is None:
        near = get_close_matches(key, [*FACTS, *(f"policy.{name}.{lang}" for name in ("return", "warranty", "payment", "invoice", "care") for lang in ("zh", "en"))], 3, 0.3)  # fmt: skip
        zh = f"没有 {key} 这一项。相近的：{'、'.join(near) or '见 /fact'}。"
        return await command.wrong(zh, f"There is no fact {key}. Near: {', '.join(near) or 'see /fact'}.", *usage)
    if not written:
        return await command.say("fact", key=key, value=one.show(shop), example=one.example, command=command.name)
    after = None if written.lower() in NONE else written
    try:
        after = one.show(one.set(shop, after))
    except Unreadable as why:
        return await command.wrong(why.zh, why.en, *usage)
    return await change(command, "fact", key, after)


def _missing(shop: Shop) -> list[str]:
    """Facts buyers ask about that nobody has stated."""
    known = dict(stated(shop))
    wanted = ("hours", "cutoff", "carrier", "fee", "policy.return.zh", "policy.warranty.zh", "policy.payment.zh")
    return [key for key in wanted if key not in known]

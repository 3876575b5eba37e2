"""The audit in words: what was done, to whom or what, and what it was before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING, Any

from core.money import Money
from handlers.ask_names import label as ask_label
from handlers.seller.asking import named
from handlers.seller.shop.factnames import in_words

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.audit import Entry

FIELDS = ("fact", "bundle", "price", "floor", "tpl")
"""Kinds of things whose values are told in words."""
LONGEST = 160


async def told(desk: Desk, reader: int, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """A line for each entry, as this person reads it. A command stands as it was typed."""
    names: dict[int, str] = {}
    for one in entries:
        kind, _, id = one.about.partition(":")
        if kind == "buyer" and id.isdecimal() and int(id) not in names:
            buyer = await desk.store.buyers.get(int(id))
            names[int(id)] = f"{buyer.shown} {id}" if buyer is not None else id
    return [_line(desk, reader, one, names) for one in entries]


def _line(desk: Desk, reader: int, one: Entry, buyers: Mapping[int, str]) -> dict[str, Any]:
    who, role = _who(desk, reader, one.who)
    values: dict[str, Any] = {"at": one.at, "who": who, "role": role, "before": None, "after": None}
    if one.about == "command":
        return {**values, "what": str(one.data.get("words") or one.what), "about": "", "more": "", "is_command": True}
    kind, _, id = one.about.partition(":")
    about, shown = id, {name: one.data[name] for name in ("before", "after") if one.data.get(name) is not None}
    if kind in FIELDS:
        worded = in_words(desk, reader, kind, id, **shown)
        about, shown = worded["about"], {name: worded[name] for name in shown}
    elif kind == "buyer":
        about = buyers.get(int(id), id) if id.isdecimal() else ""
    elif kind == "sku":
        variant = desk.shelf.now.catalogue.get(id)
        about = id if variant is None else named(desk, reader, variant)
        if one.what.endswith("price") and variant is not None:
            shown = {name: _amount(desk, reader, int(value), variant.price.currency) for name, value in shown.items()}
        elif one.what.endswith("floor") and variant is not None:
            worded = in_words(desk, reader, "floor", id, **shown)
            shown = {name: worded[name] for name in shown}
    elif kind == "staff":
        about = desk.people.name_of(int(id)) if id.isdecimal() else id
    elif one.what in ("teach", "unteach", "answer"):
        about = ask_label(desk, one.about, desk.voice(reader))
    elif kind in ("shop", "phrases") or one.what == "account":
        about = ""
    elif not id:  # a parcel's number, say
        about = one.about
    if one.what == "refused":
        about = str(one.data.get("words") or one.about)
    elif one.what in ("role", "undo role"):
        shown = {name: _role(desk, reader, str(value)) for name, value in shown.items()}
    values |= {name: str(value)[:LONGEST] for name, value in shown.items() if value != ""}
    more = next((str(one.data[name]) for name in ("order", "number", "text", "file") if one.data.get(name)), "")
    what = unescape(desk.speech.seller("deed", desk.voice(reader), what=one.what))
    return {**values, "what": what, "about": about, "more": more[:LONGEST], "is_command": False}


def _amount(desk: Desk, reader: int, minor: int, currency: str) -> str:
    return unescape(desk.speech.seller("amount", desk.voice(reader), amount=Money(minor, currency)))


def _who(desk: Desk, reader: int, who: str) -> tuple[str, str]:
    """A person by the name we know them by, or the number, and their role then; the bot itself has none."""
    role, _, id = who.partition(":")
    called = _role(desk, reader, role)
    return (desk.people.name_of(int(id)), called) if id.isdecimal() else (called, "")


def _role(desk: Desk, reader: int, role: str) -> str:
    return unescape(desk.speech.seller("role_name", desk.voice(reader), role=role))

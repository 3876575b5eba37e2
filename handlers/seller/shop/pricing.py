"""Prices and how far down they may go: /price and /floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.amounts import amount_in
from core.laddering import written
from core.money import Money
from core.pricing import (
    PricePolicy,
    offers,
    raised_first,
    worked_out,
)
from core.unreadable import Unreadable
from handlers import access
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked, find, named
from handlers.seller.shop.ladder import NONE, ladder_of
from handlers.seller.slips import sku_first
from handlers.seller.staff.approvals import change
from handlers.tapping import tap_told
from store.staff import Role

if TYPE_CHECKING:
    from core.catalogue import Variant
    from handlers.shelf import Snapshot
    from store.buttons import Button
    from store.writing import Write


async def on_price(update: Update, context: Context) -> None:
    """/price SKU shows price, ladder and floor; /price SKU AMOUNT sets the price, never below the floor."""
    command = asked(update, context)
    usage = ("/price SKU [AMOUNT]", "/price A-1 59.90")
    snapshot = await command.desk.shelf.fresh()
    command = _tidied(command, snapshot)
    if len(command.words) not in (1, 2):
        return await command.misused("price_wrong", *usage, more=" ".join(command.words[2:]))
    one = await _to_change(command, snapshot)
    if one is None:
        return None
    after = await _amount(command, command.words[1], one, usage)
    if after is None:
        return None
    if one.floor_price is not None and one.floor_price.currency == after.currency and after < one.floor_price:
        return await command.say("price_under_floor", **command.of(one) | {"after": after})
    if not access.may(command.desk, command.owner, Role.MANAGER):
        return await change(command, "price", one.sku, str(after.amount))
    unit = [
        *command.desk.store.catalogue.set_price(one.sku, after, command.by, command.now),
        command.desk.noted(
            command.owner, "price", f"sku:{one.sku}", command.now, before=one.price.minor, after=after.minor
        ),
    ]
    if after == one.price:
        return await command.say("price_set", **command.of(one) | {"before": after, "after": after, "resting": []})
    undo = {"sku": one.sku, "before": one.price.minor, "after": after.minor, "currency": after.currency}
    values = command.of(one) | {"before": one.price, "after": after} | _rests(one, after, snapshot, command.now)
    return await command.say("price_set", unit, buttons=[[command.undo("undo_price", undo)]], **values)


async def on_floor(update: Update, context: Context) -> None:
    """/floor SKU AMOUNT: no discount goes below it. /floor SKU none: no bargaining at all. /floor SKU shows it."""
    command = asked(update, context)
    usage = ("/floor SKU AMOUNT|none", "/floor A-1 49")
    snapshot = await command.desk.shelf.fresh()
    command = _tidied(command, snapshot)
    if len(command.words) not in (1, 2):
        if more := " ".join(command.words[2:]):
            return await command.misused("floor_wrong", *usage, why="more", more=more)
        return await command.misused("floor_wrong", *usage, why="args")
    one = await _to_change(command, snapshot)
    if one is None:
        return None
    policy = snapshot.prices.of(one.sku)
    refuses = command.words[1].lower() in NONE
    after = None if refuses else await _amount(command, command.words[1], one, usage)
    if after is None and not refuses:
        return None
    if after is not None and not after.minor:
        return await command.misused("floor_wrong", *usage, why="zero")
    if after is not None and one.price < after:
        return await command.misused("floor_wrong", *usage, why="high")
    if not access.may(command.desk, command.owner, Role.MANAGER):
        return await change(command, "floor", one.sku, "none" if after is None else str(after.amount))
    by = command.by
    kept = PricePolicy(policy.steps, refuses, policy.final)
    unit = [
        *command.desk.store.catalogue.set_floor(one.sku, after, command.now),
        *command.desk.store.prices.put(one.sku, kept, by, command.now),
        command.desk.noted(
            command.owner, "floor", f"sku:{one.sku}", command.now, before=_named(one.floor_price, policy.refuses),
            after=_named(after, refuses),
        ),
    ]  # fmt: skip
    before, floor = one.floor_price, _minor(after)
    undo = {
        "sku": one.sku, "before": _minor(before), "currency": (before or one.price).currency, "refused": policy.refuses,
        "after": floor, "refuses": refuses,
    }  # fmt: skip
    values = {"was": _said(command, before, policy.refuses), "now_is": _said(command, after, refuses)}
    return await command.say(
        "floor_set",
        unit,
        buttons=[[command.undo("undo_floor", undo)]],
        **command.of(one) | values | {"refuses": refuses},
    )


def _tidied(command: Asked, snapshot: Snapshot) -> Asked:
    """The item first, and an amount of two words ("59.90 yuan") as one."""
    words = sku_first(command.words, snapshot.catalogue)
    if len(words) == 3 and not any(sign.isdecimal() for sign in words[2]):
        words = (words[0], " ".join(words[1:]))
    return replace(command, words=words)


async def _to_change(command: Asked, snapshot: Snapshot) -> Variant | None:
    """The item named, where an amount stands behind it; None when it was shown, or is not known and that was said."""
    one = find(command.words[0], snapshot.catalogue)
    if one is None:
        await command.no_such_sku(command.words[0], snapshot.catalogue)
    elif len(command.words) == 1:
        await command.say("price_shown", **command.of(one) | _shown(one, snapshot, command.now))
        return None
    return one


async def undo_price(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """The price is put back, unless it has changed since."""
    snapshot = await desk.shelf.fresh(at_once=True)
    sku, currency = str(button.data["sku"]), str(button.data["currency"])
    one = snapshot.catalogue.get(sku)
    if one is None or one.price != Money(int(button.data["after"]), currency):
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    before = Money(int(button.data["before"]), currency)
    return [
        *desk.store.catalogue.set_price(sku, before, desk.who(owner), now),
        desk.noted(owner, "undo price", f"sku:{sku}", now, after=before.minor),
        *tap_told(desk, owner, "undone", button, now, what="price", about=named(desk, owner, one), value=before),
    ]


async def undo_floor(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """The floor is put back, unless it has changed since."""
    snapshot = await desk.shelf.fresh(at_once=True)
    data = button.data
    sku = str(data["sku"])
    one, policy = snapshot.catalogue.get(sku), snapshot.prices.of(sku)
    if one is None or (_minor(one.floor_price), policy.refuses) != (data["after"], data["refuses"]):
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    before = None if data["before"] is None else Money(int(data["before"]), str(data["currency"]))
    was = PricePolicy(policy.steps, bool(data["refused"]), policy.final)
    return [
        *desk.store.catalogue.set_floor(sku, before, now),
        *desk.store.prices.put(sku, was, desk.who(owner), now),
        desk.noted(owner, "undo floor", f"sku:{sku}", now, after=_named(before, was.refuses)),
        *tap_told(
            desk,
            owner,
            "undone",
            button,
            now,
            what="floor",
            about=named(desk, owner, one),
            value=before,
            refuses=was.refuses,
        ),
    ]


def _rests(one: Variant, after: Money, snapshot: Snapshot, now: datetime) -> dict[str, Any]:
    """What a new price does to the ladder: the steps that are no discount any more, and what they are measured by."""
    book, dearer = snapshot.prices.repriced(one, after, now), replace(one, price=after)
    catalogue = snapshot.catalogue
    resting = [
        written(PricePolicy((found.step,)))
        for each in offers(one, snapshot.prices, catalogue, now)
        if (found := worked_out(each.place, each.step, dearer, catalogue)) is not None
        and raised_first(found, dearer, book, now) is not None
    ]
    return {"resting": resting, "lowest": book.lowest(dearer, now)}


def _shown(one: Variant, snapshot: Snapshot, now: datetime) -> dict[str, Any]:
    """What /price says of floor and ladder."""
    own = snapshot.prices.of(one.sku)
    ladder = ladder_of(one, PricePolicy(snapshot.prices.steps(one)), snapshot, now)
    for step in ladder["steps"]:
        step["is_shops"] = not own.steps
    return ladder | {"refuses": own.refuses, "final": snapshot.prices.final(one)}


async def _amount(command: Asked, text: str, one: Variant, usage: Sequence[str]) -> Money | None:
    """The amount a seller wrote; None once he was told why it is none."""
    try:
        return amount_in(text, one.price.currency)
    except Unreadable as why:
        await command.unreadable(why, usage[0], usage[1])
        return None


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor


def _named(floor: Money | None, refuses: bool) -> str:
    return "none" if refuses else "" if floor is None else str(floor.amount)


def _said(command: Asked, floor: Money | None, refuses: bool) -> str:
    """A floor as it is told to the seller."""
    voice = command.desk.voice(command.owner)
    return unescape(command.desk.speech.seller("amount", voice, amount=None if refuses else floor, refuses=refuses))

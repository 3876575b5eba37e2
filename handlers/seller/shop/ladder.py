"""The ladder: what may be offered to who asks for less, a step a time. /ladder shows it, sets it, clears it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.laddering import EXAMPLE, USAGE, parse, written
from core.money import Money
from core.pricing import OF_THE_SHOP, Kind, Offer, PriceBook, PricePolicy, may_be_offered, raised_first, worked_out
from core.unreadable import Unreadable
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked, find, named
from handlers.tapping import tap_told

if TYPE_CHECKING:
    from core.catalogue import Variant
    from handlers.shelf import Snapshot
    from store.buttons import Button
    from store.writing import Write

WHOLE_SHOP = ("shop", "店", "全店")
NONE = ("none", "off", "无", "不议价", "清空")
"""What takes away a ladder, and says of a floor that there is no bargaining at all."""


async def on_ladder(update: Update, context: Context) -> None:
    """/ladder SKU|shop shows what may be offered; with steps it sets them, with none it clears them."""
    command = asked(update, context)
    usage = (USAGE, EXAMPLE)
    snapshot = await command.desk.shelf.fresh()
    if not command.words:
        return await command.misused("ladder_wrong", *usage)
    is_shops = command.words[0].lower() in WHOLE_SHOP
    one = None if is_shops else find(command.words[0], snapshot.catalogue)
    if one is None and not is_shops:
        return await command.no_such_sku(command.words[0], snapshot.catalogue)
    key = OF_THE_SHOP if one is None else one.sku
    before = snapshot.prices.of(key)
    if len(command.words) == 1:
        return await command.say("ladder_shown", **ladder_of(one, before, snapshot, command.now))
    try:
        asked_for = (
            PricePolicy()
            if len(command.words) == 2 and command.words[1].lower() in NONE
            else parse(
                command.words[1:], one, one.price.currency if one else snapshot.shop.currency, snapshot.catalogue
            )
        )
    except Unreadable as why:
        return await command.unreadable(why, *usage)
    after = PricePolicy(asked_for.steps, before.refuses, asked_for.final)
    if one is not None and (refused := _refused(command, one, after, snapshot)) is not None:
        return await command.say(refused[0], **command.of(one) | refused[1])
    unit = [
        *command.desk.store.prices.put(key, after, command.by, command.now),
        command.desk.noted(
            command.owner, "ladder", f"sku:{key}" if key else "shop", command.now, before=written(before), after=written(after)
        ),
    ]  # fmt: skip
    undo = {"sku": key, "before": written(before), "after": written(after)}
    button = command.undo("undo_ladder", undo)
    return await command.say("ladder_shown", unit, buttons=[[button]], **ladder_of(one, after, snapshot, command.now))


async def undo_ladder(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """The ladder is put back, unless it has changed since."""
    snapshot = await desk.shelf.fresh(at_once=True)
    key, before = str(button.data["sku"]), str(button.data["before"])
    one, policy = snapshot.catalogue.get(key), snapshot.prices.of(key)
    if written(policy) != button.data["after"]:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    currency = one.price.currency if one is not None else snapshot.shop.currency
    was = parse(tuple(before.split()), one, currency, snapshot.catalogue) if before else PricePolicy()
    return [
        *desk.store.prices.put(key, PricePolicy(was.steps, policy.refuses, was.final), desk.who(owner), now),
        desk.noted(owner, "undo ladder", f"sku:{key}" if key else "shop", now, after=before),
        *tap_told(
            desk,
            owner,
            "undone",
            button,
            now,
            what="ladder",
            about="" if one is None else named(desk, owner, one),
            value=before,
        ),
    ]


def ladder_of(one: Variant | None, policy: PricePolicy, snapshot: Snapshot, now: datetime) -> dict[str, Any]:
    """The steps in words, and whether each would be offered now; the shop's are tried on nothing and shown as they are."""
    steps = [
        {
            "words": written(PricePolicy((step,))),
            "holds": one is None or _holds(worked_out(place, step, one, snapshot.catalogue), one, snapshot.prices, now),
            "is_shops": one is None,
        }
        for place, step in enumerate(policy.steps)
    ]
    return {
        "scope": one.sku if one is not None else "", "steps": steps, "all_hold": all(step["holds"] for step in steps),
        "final": policy.final, "sku": one.sku if one is not None else "",
    }  # fmt: skip


def _holds(found: Offer | None, one: Variant, book: PriceBook, now: datetime) -> bool:
    return found is not None and may_be_offered(found, one, book, now)


def _refused(command: Asked, one: Variant, after: PricePolicy, snapshot: Snapshot) -> tuple[str, dict[str, Any]] | None:
    """The sentence that refuses a ladder: a step below the floor, or a discount on a price that was raised first."""
    language = command.desk.voice(command.owner).language
    for place, step in enumerate(after.steps):
        found = worked_out(place, step, one, snapshot.catalogue)
        if found is None:
            continue
        if found.price is not None and step.kind is Kind.QUANTITY and _is_under(found.price, one.floor_price):
            return "price_under_floor", {"after": found.price}
        if (raised := raised_first(found, one, snapshot.prices, command.now)) is not None:
            title = one.words(language).title
            if found.other is not None:
                title = f"{title} + {found.other.words(language).title}"
            elif found.price is None and found.pieces > 1:
                title = f"{found.pieces} × {title}"
            return "price_pretended", {"title": title, "step": written(PricePolicy((step,))), **raised._asdict()}
    return None


def _is_under(price: Money, floor: Money | None) -> bool:
    return floor is not None and floor.currency == price.currency and price < floor

"""Changes of what the shop says and charges: made at once by a manager and undone by a button, or put to one for review.

A field is named by its kind and what it is about (price, A-1); its value is text as a person would write it, None for unset.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.facts import fact
from core.money import Money
from handlers import access
from handlers.calls import NO_PREVIEW
from handlers.desk import Desk
from handlers.seller.asking import Asked
from handlers.seller.shop.factnames import in_words
from handlers.tapping import tap_told
from store.buttons import Button
from store.reviews import Review
from store.staff import Role
from store.wordings import REPLY, OwnWording
from store.writing import Write

FILE = re.compile(r"^📷 (photo|video):(\S+)\n", re.MULTILINE)
"""A file of a wording, where it is shown as text."""


@dataclass(frozen=True, slots=True)
class Field:
    """How a kind of field is read (from the snapshot) and written."""

    read: Callable[[Desk, str], str | None]
    write: Callable[[Desk, str, str | None, str, datetime], Sequence[Write]]


def _price(desk: Desk, sku: str) -> str | None:
    one = desk.shelf.now.catalogue.get(sku)
    return None if one is None else str(one.price.amount)


def _set_price(desk: Desk, sku: str, value: str | None, by: str, now: datetime) -> Sequence[Write]:
    one = desk.shelf.now.catalogue.get(sku)
    if one is None or value is None:
        return ()
    return desk.store.catalogue.set_price(sku, Money.of(value, one.price.currency), by, now)


def _floor(desk: Desk, sku: str) -> str | None:
    one = desk.shelf.now.catalogue.get(sku)
    if one is None or desk.shelf.now.prices.of(sku).refuses:
        return None if one is None else "none"
    return None if one.floor_price is None else str(one.floor_price.amount)


def _set_floor(desk: Desk, sku: str, value: str | None, by: str, now: datetime) -> Sequence[Write]:
    """An amount; "none" for no bargaining at all; None for no floor."""
    one = desk.shelf.now.catalogue.get(sku)
    if one is None:
        return ()
    policy = desk.shelf.now.prices.of(sku)
    floor = None if value in (None, "none") else Money.of(str(value), one.price.currency)
    kept = replace(policy, refuses=value == "none")
    return (*desk.store.catalogue.set_floor(sku, floor, now), *desk.store.prices.put(sku, kept, by, now))


def _fact(desk: Desk, key: str) -> str | None:
    one = fact(key)
    return None if one is None else one.show(desk.shelf.now.shop)


def _set_fact(desk: Desk, key: str, value: str | None, by: str, now: datetime) -> Sequence[Write]:
    one = fact(key)
    return () if one is None else desk.store.shop.save(one.set(desk.shelf.now.shop, value), by, now)


def _bundle(desk: Desk, ask: str) -> str | None:
    own = dict(desk.shelf.now.shop.bundles).get(ask)
    return None if own is None else " ".join(own)


def _set_bundle(desk: Desk, ask: str, value: str | None, by: str, now: datetime) -> Sequence[Write]:
    """What `ask` brings along; None: what it brings along by itself."""
    shop = desk.shelf.now.shop
    kept = {key: names for key, names in shop.bundles if key != ask}
    if value is not None:
        kept[ask] = tuple(value.split())
    return desk.store.shop.save(replace(shop, bundles=tuple(kept.items())), by, now)


def _wording(desk: Desk, about: str) -> str | None:
    """`about` is a wording's name and its language."""
    name, _, language = about.rpartition(" ")
    one = desk.shelf.now.wordings.get((stored_name(desk, name), language))
    return None if one is None else with_files(one.source, one.media)


def _set_wording(desk: Desk, about: str, value: str | None, by: str, now: datetime) -> Sequence[Write]:
    name, _, language = about.rpartition(" ")
    kept = stored_name(desk, name)
    if value is None:
        return desk.store.wordings.drop(kept, language)
    source, media = without_files(value)
    return desk.store.wordings.put(OwnWording(kept, language, source, now, by, media or None))


def stored_name(desk: Desk, name: str) -> str:
    """A template of ours by its name; anything else is a reply of the seller's own."""
    return name if desk.speech.source(name, "zh") else REPLY + name


def with_files(source: str, media: Any) -> str:
    """A wording as one text: its files stand before it, a line each."""
    return "".join(f"📷 {one['kind']}:{one['file_id']}\n" for one in media or ()) + source


def without_files(text: str) -> tuple[str, list[dict[str, str]]]:
    """The text and its files."""
    media = [{"kind": found[1], "file_id": found[2]} for found in FILE.finditer(text)]
    return FILE.sub("", text), media


FIELDS: dict[str, Field] = {
    "tpl": Field(_wording, _set_wording),
    "price": Field(_price, _set_price),
    "floor": Field(_floor, _set_floor),
    "fact": Field(_fact, _set_fact),
    "bundle": Field(_bundle, _set_bundle),
}
"""The protected fields: an agent's change of one waits for a manager."""


async def change(
    command: Asked, kind: str, about: str, after: str | None, /, preview: str = "", understood: str = ""
) -> None:
    """Make a change and offer to undo it; from an agent, put it to the managers instead. `preview` is how it would read,
    `understood` what was made of the seller's words, where these may mean several things; both are HTML."""
    desk = command.desk
    before = FIELDS[kind].read(desk, about)
    if before == after:
        return await command.say("change_none", **in_words(desk, command.owner, kind, about, value=after))
    if not access.may(desk, command.owner, Role.MANAGER):
        return await propose(command, kind, about, before, after)
    unit = [
        *FIELDS[kind].write(desk, about, after, command.by, command.now),
        desk.noted(command.owner, f"change {kind}", f"{kind}:{about}", command.now, before=before, after=after),
    ]
    data = {"kind": kind, "about": about, "before": before, "after": after}
    values = in_words(desk, command.owner, kind, about, before=before, after=after)
    await command.say(
        "change_made", unit, buttons=[[command.undo("undo", data)]], **values, preview=preview, understood=understood
    )
    await desk.shelf.fresh(at_once=True)
    desk.nudge()
    return None


async def propose(command: Asked, kind: str, about: str, before: str | None, after: str | None) -> None:
    """Nothing is changed; every manager gets a card with both values and two buttons."""
    desk, now = command.desk, command.now
    review = Review(now, command.owner, kind, about, before, after)
    unit: list[Write] = [
        desk.store.reviews.add(review),
        desk.noted(command.owner, f"propose {kind}", f"{kind}:{about}", now, before=before, after=after),
    ]
    for who in desk.people.having(Role.MANAGER):
        voice = desk.voice(who)
        rows = [
            [
                desk.speaking.seller_button(
                    who, desk.speech.seller(label, voice), action, {"review": review.id}, now, unit
                )
                for label, action in (("button_review_yes", "review_yes"), ("button_review_no", "review_no"))
            ]
        ]
        unit.append(_card(desk, who, review, "sendMessage", _key(review, who), now, rows))
    await command.say("review_waits", unit, **in_words(desk, command.owner, kind, about, before=before, after=after))


async def review_yes(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[通过]: the change is made, unless the field has changed since it was proposed."""
    return await _decide(desk, button, who, now, accepted=True)


async def review_no(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[不改]: all stays as it is."""
    return await _decide(desk, button, who, now, accepted=False)


async def undo(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """The value is put back, unless it has changed since."""
    await desk.shelf.fresh(at_once=True)
    kind, about = str(button.data["kind"]), str(button.data["about"])
    before, after = button.data["before"], button.data["after"]
    if FIELDS[kind].read(desk, about) != after:
        return tap_told(desk, who, "nothing_to_undo", button, now)
    return [
        *FIELDS[kind].write(desk, about, before, desk.who(who), now),
        desk.noted(who, f"undo {kind}", f"{kind}:{about}", now, before=after, after=before),
        *tap_told(desk, who, "change_undone", button, now, **in_words(desk, who, kind, about, value=before)),
    ]


async def _decide(desk: Desk, button: Button, who: int, now: datetime, *, accepted: bool) -> list[Write]:
    await desk.shelf.fresh(at_once=True)
    review = await desk.store.reviews.get(int(button.data["review"]))
    if review is None or review.decision:
        return tap_told(desk, who, "review_decided", button, now)
    decision = "refused"
    unit: list[Write] = []
    if accepted and FIELDS[review.kind].read(desk, review.about) == review.before:
        decision = "accepted"
        unit += FIELDS[review.kind].write(desk, review.about, review.after, desk.who(review.by), now)
    elif accepted:
        decision = "stale"
    about = f"{review.kind}:{review.about}"
    unit.append(desk.store.reviews.decide(review.id, decision, who, now))
    unit.append(desk.noted(who, f"review {decision}", about, now, before=review.before, after=review.after))
    for each in desk.people.having(Role.MANAGER):
        key = f"{_key(review, each)}:{decision}"
        unit.append(_card(desk, each, review, "editMessageText", key, now, [], decision, who))
    if review.by in desk.people.present:
        values = in_words(desk, review.by, review.kind, review.about, before=review.before, after=review.after)
        html = desk.speech.seller(
            "review_outcome", desk.voice(review.by), decision=decision, by=desk.people.name_of(who), **values
        )
        unit += desk.speaking.tell_seller(review.by, html, f"review:{review.id}:outcome", now)
    return unit


def _key(review: Review, who: int) -> str:
    return f"review:{review.id}:{who}"


def _card(
    desk: Desk, who: int, review: Review, method: str, key: str, now: datetime, rows: list[Any],
    decision: str = "", by: int | None = None,
) -> Write:  # fmt: skip
    html = desk.speech.seller(
        "review", desk.voice(who),
        **in_words(desk, who, review.kind, review.about, before=review.before, after=review.after),
        who=desk.people.name_of(review.by), decision=decision, by="" if by is None else desk.people.name_of(by),
    )  # fmt: skip
    payload: dict[str, Any] = {"text": html, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    if rows:
        payload["reply_markup"] = {"inline_keyboard": rows}
    if method == "editMessageText":
        payload["message_id"] = {"of": _key(review, who)}
    return desk.speaking.to_seller(who, method, payload, key, now)

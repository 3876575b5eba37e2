"""/setup: the shop's first facts in six short questions, by taps or a line. It can be left at any step, taken up again,
and gone back in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from telegram import Update

from core.facts import CARRIERS, FACTS, worded
from core.unreadable import Unreadable
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked
from handlers.shelf import UNNAMED
from handlers.speaking import Labelled
from store.dialogs import Dialog
from store.writing import Write

if TYPE_CHECKING:
    from store.buttons import Button


@dataclass(frozen=True, slots=True)
class Step:
    """A question about one fact. `offers` are values given by a tap, the first is the sensible default."""

    fact: str
    offers: tuple[str, ...] = ()


STEPS = (
    Step("name"),
    Step("timezone", ("Asia/Shanghai", "Asia/Taipei", "Asia/Singapore")),
    Step("hours", ("09:00-22:00", "10:00-20:00", "09:00-12:00 13:30-18:00")),
    Step("cutoff", ("16:00", "17:00", "18:00")),
    Step("carrier", tuple(names[0] for names in CARRIERS.values())[:6]),
    Step("languages", ("zh en", "zh", "en")),
)


LEAVES = frozenset("取消 停 停下 算了 退出 不填了 先这样 以后再说 stop cancel quit exit later".split())
"""Words that answer none of the questions: who says one has had enough for now."""


async def on_setup(update: Update, context: Context) -> None:
    """/setup begins, or goes on where it was left."""
    command = asked(update, context)
    desk = command.desk
    if command.words:
        return await command.misused("setup_wrong", "/setup", "/setup")
    await desk.shelf.fresh(at_once=True)
    dialog = await desk.store.dialogs.of(command.owner)
    place = int(dialog.data["step"]) if dialog is not None and dialog.kind == "setup" else 0
    return await desk.write(_ask(desk, command.owner, place, command.key, command.now))


async def on_value(command: Asked, dialog: Dialog) -> None:
    """The answer as a line."""
    desk, place = command.desk, int(dialog.data["step"])
    await desk.shelf.fresh(at_once=True)
    text = " ".join((command.message.text or "").split())
    if text.casefold().strip("。.!！") in LEAVES:
        left = Dialog(command.owner, "setup", command.now, {"step": place, "left": True})
        return await command.say("setup_left", [desk.store.dialogs.put(left)])
    try:
        unit = _set(desk, command.owner, place, text, command.now)
    except Unreadable as why:
        return await command.unreadable(why, "/setup", FACTS[STEPS[place].fact].example)
    await desk.write([*unit, *_ask(desk, command.owner, place + 1, command.key, command.now)])
    await desk.shelf.fresh(at_once=True)
    return None


async def setup(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """A tapped answer; without a value the question is skipped, or the one before it is asked again."""
    await desk.shelf.fresh(at_once=True)
    place, value = int(button.data["step"]), button.data.get("value")
    if button.data.get("back"):
        return _ask(desk, who, place - 1, f"setup:{button.id}", now)
    unit = [] if value is None else _set(desk, who, place, str(value), now)
    return [*unit, *_ask(desk, who, place + 1, f"setup:{button.id}", now)]


def _set(desk: Desk, who: int, place: int, text: str, now: datetime) -> list[Write]:
    """Unreadable when the text is no such fact."""
    key = STEPS[place].fact
    before = FACTS[key].show(desk.shelf.now.shop)
    shop = FACTS[key].set(desk.shelf.now.shop, text)
    noted = desk.noted(who, "change fact", f"fact:{key}", now, before=before, after=FACTS[key].show(shop))
    return [*desk.store.shop.save(shop, desk.who(who), now), noted]


def _ask(desk: Desk, who: int, place: int, key: str, now: datetime) -> list[Write]:
    """The question at this place, or the end."""
    voice = desk.voice(who)
    if place >= len(STEPS):
        html = desk.speech.seller("setup_done", voice, inbox=_group_link(desk))
        back = (desk.speech.seller("button_setup_back", voice), "setup", {"step": place, "back": True})
        return [desk.store.dialogs.end(who), *desk.speaking.tell_seller(who, html, key, now, buttons=[[back]])]
    step, shop = STEPS[place], desk.shelf.now.shop
    said = FACTS[step.fact].show(shop) if shop is not UNNAMED or step.fact != "name" else None
    value = worded(step.fact, said, voice.language)
    rows: list[list[Labelled]] = []
    for first in range(0, len(step.offers), 2):
        pair = step.offers[first : first + 2]
        labels = [worded(step.fact, offer, voice.language) or offer for offer in pair]
        rows.append(
            [(label, "setup", {"step": place, "value": offer}) for label, offer in zip(labels, pair, strict=True)]
        )
    skip = desk.speech.seller("button_keep_it" if said else "button_skip", voice)
    back = (desk.speech.seller("button_setup_back", voice), "setup", {"step": place, "back": True})
    rows.append([*([back] if place else []), (skip, "setup", {"step": place})])
    html = desk.speech.seller("setup_ask", voice, step=step.fact, number=place + 1, total=len(STEPS), value=value)
    dialog = Dialog(who, "setup", now, {"step": place})
    return [desk.store.dialogs.put(dialog), *desk.speaking.tell_seller(who, html, key, now, buttons=rows)]


def _group_link(desk: Desk) -> str:
    """The link that opens Telegram's choice of groups and asks for the rights an inbox needs; "" before the bot's name is known."""
    name = desk.username()
    return f"https://t.me/{name}?startgroup=inbox&admin=manage_topics+pin_messages" if name else ""

"""Concluding: a lesson or an answer takes effect, and the seller hears what it did. Each can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.asks import OWN
from core.language import language, to_simplified
from handlers.ask_names import label
from handlers.desk import Desk
from handlers.seller.asking import Asked
from handlers.seller.teaching.comparing import shown
from handlers.seller.teaching.lessons import Lesson, answer, needs_answer, teach
from handlers.seller.teaching.missed import edited
from handlers.speaking import Labelled
from handlers.tapping import undo_button
from store.prompts import Prompt

if TYPE_CHECKING:
    from store.missed import Missed
    from store.writing import Write


async def conclude(
    desk: Desk,
    owner: int,
    lesson: Lesson,
    key: str,
    now: datetime,
    *,
    card: str = "",
    message_id: int | None = None,
    sure: bool = False,
    text: str = "",
) -> list[Write]:
    """Teach the lesson (and the answer `text` to it) and say so: on the card that was tapped, or in a message of its own.
    A lesson that loses too much is shown first, and counts only when the seller keeps it."""
    done = await teach(desk, lesson, owner, now, sure=sure)
    voice, name = desk.voice(owner), label(desk, lesson.ask, desk.voice(owner))
    table = shown(desk, done.tallies, owner)
    if done.is_warned:
        data = {**lesson.data(), "card": card, "text": text}
        keep = (desk.speech.seller("button_keep", voice), "teach_keep", data)
        drop = (desk.speech.seller("button_take_back", voice), "teach_drop", data)
        html = desk.speech.seller("teach_warning", voice, ask=name, lines=lesson.lines, table=table)
        return _said(desk, owner, html, key, now, card, message_id, [[keep, drop]], None)
    unit, undo = list(done.unit), dict(done.undo)
    if text:
        more, back = await answer(desk, lesson.ask, text, owner, now)
        unit, undo = [*unit, *more], {**undo, **back}
    wants = not text and needs_answer(desk, lesson.ask)
    html = desk.speech.seller(
        "taught", voice, ask=name, lines=lesson.lines, is_not=lesson.is_not, nothing=lesson.ask == "other", also=done.also,
        wants_answer=wants, answer=text, table=[row for row in table if row["won"] or row["lost"]],
    )  # fmt: skip
    button = undo_button(desk, owner, "teach_undo", undo)
    prompt = ("answer", {"ask": lesson.ask}) if wants else None
    return [*unit, *_said(desk, owner, html, key, now, card, message_id, [[button]], prompt)]


def _said(
    desk: Desk,
    owner: int,
    html: str,
    key: str,
    now: datetime,
    card: str,
    message_id: int | None,
    buttons: Sequence[Sequence[Labelled]],
    prompt: tuple[str, dict[str, Any]] | None,
) -> list[Write]:
    if message_id is not None:
        unit = edited(desk, owner, html, key, message_id, now, buttons)
    else:
        unit = desk.speaking.tell_seller(owner, html, key, now, buttons=buttons)
    place = card if message_id is not None else key
    if prompt is not None:
        return [*unit, desk.store.prompts.put(Prompt(place, *prompt, now))]
    return [*unit, desk.store.prompts.clear(place)] if place else unit


async def keep_answer(
    command: Asked, ask: str, text: str, products: tuple[str, ...] = ("",), question: str = ""
) -> None:
    """Keep an answer and say so; where a language is still missing, say that too."""
    desk, voice = command.desk, command.desk.voice(command.owner)
    unit, undo = await answer(desk, ask, text, command.owner, command.now, products, question)
    known = desk.shelf.now.answers.to(ask)
    spoken = language(text) or "zh"
    others = [one for one in desk.shelf.now.shop.languages if one != spoken]
    missing = [one for one in others if known is None or not (known.en if one == "en" else known.zh)]
    button = command.undo("teach_undo", undo)
    html = desk.speech.seller("answer_kept", voice, ask=label(desk, ask, voice), answer=text, missing=missing)
    said = desk.speaking.tell_seller(command.owner, html, command.key, command.now, buttons=[[button]])
    data = {"ask": ask, "products": list(products), "question": question}
    prompt = [desk.store.prompts.put(Prompt(command.key, "answer", data, command.now))] if missing else []
    await desk.write([*unit, *said, *prompt])
    desk.shelf.look_again()


def name_for(desk: Desk, lines: Sequence[str]) -> str:
    """A name for a new ask of the seller's own."""
    from core.understanding.teaching.missed import called

    names = [name for one in desk.shelf.now.catalogue for name in one.names]
    return called(lines, names, desk.shelf.now.own)


def lines_of(rows: Sequence[Missed], ask: str, *, given: bool = False) -> tuple[str, ...]:
    """What is taught of these rows; of an ask of the seller's own its name too, where the lines share it or (`given`) the
    seller chose it and a line holds it: 代发 in whatever words."""
    from core.understanding.teaching.missed import teachable

    lines = tuple(dict.fromkeys(line for one in rows if (line := teachable(one.text))))
    if not ask.startswith(OWN):
        return lines
    name = ask.removeprefix(OWN).replace("-", " ")
    holding = sum(name.casefold() in to_simplified(line).casefold() for line in lines)
    return (name, *lines) if holding >= (1 if given else 2) and name not in lines else lines

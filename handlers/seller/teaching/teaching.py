"""Teaching in chat: /teach and /unteach, the taps on a card of /missed, and replies to it. Each can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.asks import OWN, is_pattern, own_name
from core.language import language, to_simplified
from core.patterns import LONGEST, Refused, read
from handlers.ask_names import label, meant
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked
from handlers.seller.teaching.comparing import shown
from handlers.seller.teaching.lessons import Lesson, answer, needs_answer, teach, undone
from handlers.seller.teaching.missed import CARDS, answer_given, edited, page, show_asks
from handlers.speaking import Labelled
from handlers.tapping import tap_told, undo_button
from store.buttons import Button
from store.prompts import Prompt

if TYPE_CHECKING:
    from store.missed import Missed
    from store.writing import Write

LISTED = 8
"""Taught lines that /unteach offers."""
NOT = ("not:", "not：", "不是:", "不是：")
USAGE = ("/teach ASK LINE", "/teach 代发 能一件代发吗", "/teach own:dropship do you dropship")


async def on_teach(update: Update, context: Context) -> None:
    """/teach ASK LINE: the line asks this. /teach ASK not: LINE: it does not. /teach ASK = ANSWER: what is answered.
    A line between two slashes is a pattern: whatever holds it asks this."""
    command = asked(update, context)
    desk = command.desk
    await desk.shelf.fresh(at_once=True)
    ask, rest = _named(desk, command.words)
    if not ask or not rest:
        return await _misspelt(command, ask)
    if rest[0] in "=＝":
        text = rest[1:].strip()
        if not ask.startswith(OWN) or not text:
            zh, en = (
                "等号后面写答案；只有自家问题（own:…）能这样写答案，店铺资料里有的请改 shop.toml。",
                "The answer goes after the =, and only for asks of your own (own:…); what shop.toml states is changed there.",
            )
            return await command.wrong(zh, en, "/teach own:NAME = ANSWER", "/teach own:代发 = 可以代发，一件起发。")
        return await _answered(command, ask, text)
    is_not = next((start for start in NOT if rest.lower().startswith(start)), "")
    line = rest[len(is_not) :].strip()
    if is_pattern(line):
        if isinstance(found := read(line), Refused):
            shown = line[:LONGEST]
            return await command.say("pattern_refused", pattern=shown, reason=found.reason.value, what=found.what)
    elif not any(map(str.isalnum, line := line[:200])):
        return await _misspelt(command, ask)
    unit = await conclude(desk, command.owner, Lesson(ask, (line,), bool(is_not)), command.key, command.now)
    await desk.write(unit)
    desk.shelf.look_again()
    return None


async def on_unteach(update: Update, context: Context) -> None:
    """/unteach lists what was taught last, each with a button; /unteach LINE takes that line back."""
    command = asked(update, context)
    desk, voice = command.desk, command.desk.voice(command.owner)
    written = (command.message.text or "").partition(" ")[2].strip()
    if written:
        found = await desk.store.phrases.of_text(written)
        if not found:
            zh, en = f"没有教过“{written[:60]}”这一句。", f"“{written[:60]}” was never taught."
            return await command.wrong(zh, en, "/unteach [LINE]", "/unteach 能一件代发吗")
        undo = {"again": [[one.phrase.text, one.phrase.ask] for one in found if not one.phrase.is_not]}
        button = command.undo("teach_undo", undo)
        unit = desk.store.phrases.drop([one.id for one in found])
        return await command.say("untaught", unit, buttons=[[button]], line=written)
    lines = await desk.store.phrases.latest(LISTED)
    shown = [
        {"text": one.phrase.text, "ask": label(desk, one.phrase.ask, voice), "is_not": one.phrase.is_not, "at": one.at}
        for one in lines
    ]
    buttons: list[list[Labelled]] = [
        [(desk.speech.seller("button_unteach", voice, line=one.phrase.text[:30]), "unteach", {"line": one.id})]
        for one in lines
    ]
    return await command.say("taught_lines", buttons=buttons, lines=shown)


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


# Taps


async def tap_ask(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """One of the asks on a card of /missed: its lines ask this."""
    rows = await desk.store.missed.of([int(id) for id in button.data["missed"]])
    return await _taught(desk, owner, str(button.data["ask"]), rows, button, now, message_id)


async def tap_nothing(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[不是问题]: lines like these ask nothing."""
    rows = await desk.store.missed.of([int(id) for id in button.data["missed"]])
    return await _taught(desk, owner, "other", rows, button, now, message_id)


async def tap_own(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[自家问题]: an ask of the seller's own, named after what its lines have in common; with the answer given by hand."""
    rows = await desk.store.missed.of([int(id) for id in button.data["missed"]])
    text = await answer_given(desk, rows) if button.data.get("answered") else ""
    return await _taught(desk, owner, name_for(desk, [one.text for one in rows]), rows, button, now, message_id, text)


async def tap_asks(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[别的…]: every ask there is."""
    return await show_asks(desk, button, owner, now, message_id)


async def tap_more(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[下一页]."""
    unit = await page(desk, owner, int(button.data["from"]), f"{CARDS}{button.id}", now)
    html = desk.speech.seller("missed_none", desk.voice(owner))
    return unit or desk.speaking.tell_seller(owner, html, f"tap:{button.id}", now)


async def tap_keep(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[照样教]: the seller has seen what it costs."""
    return await conclude(
        desk, owner, Lesson.of(button.data), f"tap:{button.id}", now,
        card=str(button.data["card"]), message_id=message_id, sure=True, text=str(button.data["text"]),
    )  # fmt: skip


async def tap_drop(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[不教了]: nothing was changed yet, and nothing is."""
    html = desk.speech.seller("not_taught", desk.voice(owner))
    return edited(desk, owner, html, f"tap:{button.id}", message_id, now)


async def tap_undo(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[撤销]: as it was before."""
    html = desk.speech.seller("teach_undone", desk.voice(owner))
    return [*undone(desk, button.data, owner, now), *edited(desk, owner, html, f"tap:{button.id}", message_id, now)]


async def tap_unteach(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """A line of the list of /unteach."""
    one = await desk.store.phrases.get(int(button.data["line"]))
    if one is None:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    again = [] if one.phrase.is_not else [[one.phrase.text, one.phrase.ask]]
    undo = undo_button(desk, owner, "teach_undo", {"again": again})
    said = tap_told(desk, owner, "untaught", button, now, buttons=[[undo]], line=one.phrase.text)
    noted = desk.noted(owner, "unteach", one.phrase.ask, now)
    return [*desk.store.phrases.drop([one.id]), noted, *said]


ON_MESSAGE = {
    "missed_ask": tap_ask,
    "missed_asks": tap_asks,
    "missed_own": tap_own,
    "missed_nothing": tap_nothing,
    "missed_more": tap_more,
    "teach_keep": tap_keep,
    "teach_drop": tap_drop,
    "teach_undo": tap_undo,
    "unteach": tap_unteach,
}
"""Taps that change the message they stand under."""


# Replies


async def reply_to_missed(command: Asked, data: Mapping[str, Any], text: str) -> None:
    """A reply to a card of /missed: the name of an ask, "name = answer", or the answer itself."""
    desk, now = command.desk, command.now
    rows = await desk.store.missed.of([int(id) for id in data["missed"]])
    named, _, said = text.replace("＝", "=").partition("=")
    name = own_name(named) if said.strip() else ""
    if (ask := meant(desk, text, new=True)) or not rows:
        said = ""
    elif name and len(named.strip()) <= 20 and "\n" not in named:
        ask, said = meant(desk, named) or name, said.strip()
        said = said if ask.startswith(OWN) else ""
    else:
        ask, said = name_for(desk, [one.text for one in rows]), text
    if not rows or not ask:
        return await command.say("nothing_to_undo")
    lesson = Lesson(ask, _lines(rows, ask, given=bool(name)), missed=tuple(one.id for one in rows))
    unit = await conclude(desk, command.owner, lesson, command.key, now, text=said)
    await desk.write([*unit, desk.store.prompts.clear(str(data["card"]))])
    desk.shelf.look_again()
    return None


async def reply_with_answer(command: Asked, data: Mapping[str, Any], text: str) -> None:
    """A reply to a message that asked for an answer."""
    products = tuple(map(str, data.get("products", ("",))))
    await _answered(command, str(data["ask"]), text, products, str(data.get("question", "")))


REPLIES = {"missed": reply_to_missed, "answer": reply_with_answer}


async def on_reply_to_prompt(command: Asked, action: str, data: Mapping[str, Any]) -> None:
    """A seller replies to a message of ours that waits for words."""
    text = (command.message.text or "").strip()
    if not text:
        zh, en = "这里要写文字。", "This needs words."
        return await command.wrong(zh, en, *USAGE[:2])
    await command.desk.shelf.fresh(at_once=True)
    return await REPLIES[action](command, data, text)


# What they share


def name_for(desk: Desk, lines: Sequence[str]) -> str:
    """A name for a new ask of the seller's own."""
    from core.understanding.missed import called

    names = [name for one in desk.shelf.now.catalogue for name in one.names]
    return called(lines, names, desk.shelf.now.own)


def _lines(rows: Sequence[Missed], ask: str, *, given: bool = False) -> tuple[str, ...]:
    """What is taught of these rows; of an ask of the seller's own its name too, where the lines share it or (`given`) the
    seller chose it and a line holds it: 代发 in whatever words."""
    from core.understanding.missed import teachable

    lines = tuple(dict.fromkeys(line for one in rows if (line := teachable(one.text))))
    if not ask.startswith(OWN):
        return lines
    name = ask.removeprefix(OWN).replace("-", " ")
    holding = sum(name.casefold() in to_simplified(line).casefold() for line in lines)
    return (name, *lines) if holding >= (1 if given else 2) and name not in lines else lines


async def _taught(
    desk: Desk,
    owner: int,
    ask: str,
    rows: Sequence[Missed],
    button: Button,
    now: datetime,
    message_id: int,
    text: str = "",
) -> list[Write]:
    lesson = Lesson(ask, _lines(rows, ask), missed=tuple(one.id for one in rows))
    if not rows:
        html = desk.speech.seller("nothing_to_undo", desk.voice(owner))
        return edited(desk, owner, html, f"tap:{button.id}", message_id, now)
    return await conclude(
        desk, owner, lesson, f"tap:{button.id}", now, card=str(button.data["card"]), message_id=message_id, text=text
    )


async def _answered(command: Asked, ask: str, text: str, products: tuple[str, ...] = ("",), question: str = "") -> None:
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


def _named(desk: Desk, words: Sequence[str]) -> tuple[str, str]:
    """The ask that the first words name, and the rest of them."""
    for count in (4, 3, 2, 1):
        if len(words) >= count and (ask := meant(desk, " ".join(words[:count]), new=count == 1)):
            return ask, " ".join(words[count:])
    return "", ""


async def _misspelt(command: Asked, ask: str) -> None:
    english = command.desk.voice(command.owner).language == "en"
    if ask:
        zh, en = "问题名后面要写买家会说的那句话。", "After the ask comes the line that buyers say."
    elif command.words:
        word = command.words[0][:30]
        zh = f"没有叫“{word}”的问题。新的自家问题请写 own:{word}。"
        en = f"No ask is called “{word}”. For a new one of your own write own:{word}."
    else:
        zh, en = "要写问题名和买家的一句话。", "It needs an ask and a line that buyers say."
    await command.wrong(zh, en, USAGE[0], USAGE[2] if english else USAGE[1])


__all__ = ["ON_MESSAGE", "on_reply_to_prompt", "on_teach", "on_unteach"]

"""Teaching in chat: /teach and /unteach. The taps on a card of /missed and replies to it stand in files of their own."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from core.asks import OWN, is_pattern
from core.patterns import LONGEST, Refused, read
from handlers.ask_names import label, meant
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked
from handlers.seller.teaching.concluding import conclude, keep_answer
from handlers.seller.teaching.lessons import Lesson
from handlers.speaking import Labelled

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
            usage = ("/teach own:NAME = ANSWER", "/teach own:代发 = 可以代发，一件起发。")
            return await command.misused("teach_wrong", *usage, why="answer")
        return await keep_answer(command, ask, text)
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
            usage = ("/unteach [LINE]", "/unteach 能一件代发吗")
            return await command.misused("unteach_wrong", *usage, said=written[:60])
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


def _named(desk: Desk, words: Sequence[str]) -> tuple[str, str]:
    """The ask that the first words name, and the rest of them."""
    for count in (4, 3, 2, 1):
        if len(words) >= count and (ask := meant(desk, " ".join(words[:count]), new=count == 1)):
            return ask, " ".join(words[count:])
    return "", ""


async def _misspelt(command: Asked, ask: str) -> None:
    english = command.desk.voice(command.owner).language == "en"
    usage = (USAGE[0], USAGE[2] if english else USAGE[1])
    if ask:
        return await command.misused("teach_wrong", *usage, why="line")
    if command.words:
        return await command.misused("teach_wrong", *usage, why="ask", said=command.words[0][:30])
    return await command.misused("teach_wrong", *usage, why="none")

"""Teaching the shop: the writes that a lesson is, tried beforehand on the shop's own labelled lines, and how to undo it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.answers import KeptAnswer
from core.asks import OWN, Phrase, is_pattern
from core.language import language, script, to_simplified
from store.ids import new_id
from store.missed import Missed

if TYPE_CHECKING:
    from core.understanding.teaching.trying import Labelled, Tally
    from handlers.desk import Desk
    from store.writing import Write

MOST_LOOKED_THROUGH = 1000
"""Missed lines that are looked through after a lesson, the newest first."""
LONGEST_ANSWER = 1500


@dataclass(frozen=True, slots=True)
class Lesson:
    """These lines ask this ("other": nothing; with `is_not`: not this). `missed` are the rows it deals with."""

    ask: str
    lines: tuple[str, ...]
    is_not: bool = False
    missed: tuple[int, ...] = ()

    def data(self) -> dict[str, Any]:
        return {"ask": self.ask, "lines": list(self.lines), "is_not": self.is_not, "missed": list(self.missed)}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Lesson:
        lines, missed = tuple(map(str, data["lines"])), tuple(map(int, data["missed"]))
        return cls(str(data["ask"]), lines, bool(data["is_not"]), missed)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return tuple(Phrase(line, self.ask, language(line) or "zh", self.is_not, "taught") for line in self.lines)

    @property
    def labelled(self) -> tuple[Labelled, ...]:
        from core.understanding.teaching.trying import Labelled

        return tuple(Labelled(line, self.ask, self.is_not) for line in self.lines if not is_pattern(line))


@dataclass(frozen=True, slots=True)
class Taught:
    """What a lesson writes and how it is undone; or, when it would lose too much, the tallies that say so and no writes."""

    unit: tuple[Write, ...] = ()
    undo: Mapping[str, Any] = field(default_factory=dict)
    also: int = 0
    tallies: tuple[Tally, ...] = ()

    @property
    def is_warned(self) -> bool:
        return not self.unit


async def teach(desk: Desk, lesson: Lesson, owner: int, now: datetime, *, sure: bool = False) -> Taught:
    """Try the lesson; where no ask loses more than two points, or the seller is `sure`, return its writes."""
    from core.understanding.teaching.trying import tried

    snapshot, mind = await desk.shelf.minded()
    moved = set(lesson.lines) if not lesson.is_not else set()
    known = [one for one in snapshot.taught if one.text not in moved or one.is_not]
    after = await asyncio.to_thread(mind.with_taught, [*known, *lesson.phrases])
    tallies: tuple[Tally, ...] = ()
    if not sure:
        rows = [one for one in await labelled(desk) if one.text not in moved]
        tallies = await asyncio.to_thread(tried, [*rows, *lesson.labelled], mind, after)
        if any(one.is_worse for one in tallies):
            return Taught(tallies=tallies)
    open_rows = await desk.store.missed.open(MOST_LOOKED_THROUGH)
    also = await asyncio.to_thread(
        _understood, [one for one in open_rows if one.id not in lesson.missed], lesson, after
    )
    settled = [*lesson.missed, *(one.id for one in also)]
    ids: list[int] = []
    again: list[list[str]] = []
    unit: list[Write] = []
    for phrase in lesson.phrases:
        before = await desk.store.phrases.of_text(phrase.text)
        if any(one.phrase == phrase for one in before):
            continue
        again += [[one.phrase.text, one.phrase.ask] for one in before if not (one.phrase.is_not or phrase.is_not)]
        ids.append(new_id())
        unit += desk.store.phrases.teach(phrase, desk.who(owner), now, ids[-1])
    unit += [desk.store.missed.settle(id, now, lesson.ask) for id in settled]
    unit.append(desk.noted(owner, "teach", lesson.ask, now, lines=len(lesson.lines), is_not=lesson.is_not))
    return Taught(tuple(unit), {"lines": ids, "again": again, "missed": settled}, len(also), tallies)


def undone(desk: Desk, data: Mapping[str, Any], owner: int, now: datetime) -> list[Write]:
    """Take a lesson, an answer, or both back: what stood before stands again."""
    by = desk.who(owner)
    unit: list[Write] = []
    if lines := data.get("lines"):
        unit += desk.store.phrases.drop([int(id) for id in lines])
    for text, ask in data.get("again", ()):
        unit += desk.store.phrases.teach(Phrase(text, ask, language(text) or "zh", origin="taught"), by, now)
    unit += [desk.store.missed.reopen(int(id)) for id in data.get("missed", ())]
    for row in data.get("answers", ()):
        unit += desk.store.answers.drop(KeptAnswer(**row))
    for row in data.get("answered", ()):
        unit += desk.store.answers.keep(KeptAnswer(**row), by, now)
    return [*unit, desk.noted(owner, "undo teach", "phrases", now)]


async def answer(
    desk: Desk, ask: str, text: str, owner: int, now: datetime, products: Sequence[str] = ("",), question: str = ""
) -> tuple[list[Write], dict[str, Any]]:
    """The writes that keep a seller's answer, in the language it is written in, and how they are undone."""
    rows = []
    text = text.strip()[:LONGEST_ANSWER]
    spoken = language(text) or "zh"
    for product in products:
        rows.append(KeptAnswer(ask, text, spoken, product, question))
        if script(text) == "hant":  # who reads Simplified is answered in it, who reads Traditional as it was written
            rows[-1:] = [
                KeptAnswer(ask, to_simplified(text), "zh", product, question),
                KeptAnswer(ask, text, "zh_hant", product, question),
            ]
    before = await desk.store.answers.all()
    replaced = [one for one in before if any(one.key == row.key for row in rows)]
    unit = [write for row in rows for write in desk.store.answers.keep(row, desk.who(owner), now)]
    unit.append(desk.noted(owner, "answer", ask, now, product=products[0]))
    return unit, {"answers": [_row(one) for one in rows], "answered": [_row(one) for one in replaced]}


async def labelled(desk: Desk) -> list[Labelled]:
    """The shop's own labelled lines: those the seller taught, and those whose buyers told what they had meant."""
    from core.understanding.teaching.trying import Labelled

    taught = [Labelled(one.text, one.ask, one.is_not) for one in desk.shelf.now.taught if not one.is_pattern]
    texts = {one.text for one in taught}
    confirmed = [Labelled(text, ask) for text, ask in await desk.store.labelled.latest()]
    return [*taught, *(one for one in confirmed if one.text not in texts)]


def needs_answer(desk: Desk, ask: str) -> bool:
    """Whether this is an ask of the seller's own that nothing answers yet."""
    shelf = desk.shelf.now
    name = ask.removeprefix(OWN)
    return ask.startswith(OWN) and shelf.answers.to(ask) is None and shelf.shop.policy(name) is None


def _understood(rows: Sequence[Missed], lesson: Lesson, after: Any) -> list[Missed]:
    """Missed lines that the lesson explains too."""
    from core.asks import Heard
    from core.understanding import understand

    if lesson.is_not:
        return []
    if lesson.ask == "other":
        return [one for one in rows if one.text in lesson.lines]
    return [
        one
        for one in rows
        if any(ask.name == lesson.ask and ask.source == "taught" for ask in understand(one.text, Heard(), after).asks)
    ]


def _row(one: KeptAnswer) -> dict[str, str]:
    return {
        "ask": one.ask, "text": one.text, "language": one.language, "product": one.product, "question": one.question,
    }  # fmt: skip

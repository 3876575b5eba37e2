"""Importing phrases and answers, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from core.answers import KeptAnswer
from core.asks import Phrase
from handlers.importing.planning import Back, Plan
from store.documents import from_document, to_document
from store.imports import Row, stamp

if TYPE_CHECKING:
    from store import Store


async def take_lessons(
    store: Store, phrases: Sequence[Phrase], answers: Sequence[KeptAnswer], by: str, now: datetime
) -> Plan:
    """Lines that are taught already are left as they are; an answer replaces the one before in its language."""
    taught = await store.phrases.taught()
    known = {(one.text, one.ask, one.is_not) for one in taught}
    kept = {one.key: one.text for one in await store.answers.all()}
    done = Plan()
    for one in phrases:
        if (one.text, one.ask, one.is_not) in known:
            done.same += 1
            continue
        done.added += 1
        done.unit += store.phrases.teach(one, by, now)
        moved = [old for old in taught if not one.is_not and not old.is_not and old.text == one.text]
        document = {"line": to_document(one), "moved": [to_document(old) for old in moved]}
        done.rows.append(Row("phrase", one.text, document, ""))
    for answer in answers:
        done.unit += store.answers.keep(answer, by, now)
        before = kept.get(answer.key)
        if before != answer.text:
            document = {"answer": to_document(answer), "before": before}
            done.rows.append(Row("answer", answer.ask, document, stamp(answer.text)))
    return done


async def phrases_back(store: Store, rows: Sequence[Row], by: str, now: datetime) -> Back:
    """The lines are not taught any more, and what they had asked before they ask again. One taken back since stays so."""
    there = {(one.text, one.ask, one.is_not) for one in await store.phrases.taught()}
    back = Back()
    for row in rows:
        line = from_document(Phrase, row.before["line"])
        if (line.text, line.ask, line.is_not) not in there:
            continue
        back.unit += store.phrases.unteach(line.text, line.ask)
        for old in row.before["moved"]:
            back.unit += store.phrases.teach(from_document(Phrase, old), by, now)
    return back


async def answers_back(store: Store, rows: Sequence[Row], by: str, now: datetime) -> Back:
    """What was answered before is answered again; not where somebody has said something else since."""
    there = {one.key: one.text for one in await store.answers.all()}
    back = Back()
    for row in rows:
        answer, before = from_document(KeptAnswer, row.before["answer"]), row.before["before"]
        if stamp(there.get(answer.key, "")) != row.after:
            back.since.append(row.key)
        elif before is None:
            back.unit += store.answers.drop(answer)
        else:
            old = KeptAnswer(answer.ask, before, answer.language, answer.product, answer.question)
            back.unit += store.answers.keep(old, by, now)
    return back

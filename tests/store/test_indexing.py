"""Indexing: what was said becomes findable in calm moments, and is found whenever somebody searches."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Select, func, select, text

from jobs.indexing import index_words
from store import Store
from store.conversations import Conversation
from store.forgetting import forget
from store.messages import Change, Message, Version, Who
from store.preparing import question
from store.search import message_words
from store.tables import unindexed


async def count(store: Store, table: Any) -> int:
    return int(await store.reader.value(select(func.count()).select_from(table)))


async def said(store: Store, chat: Conversation, now: datetime, words: Sequence[str]) -> list[Message]:
    lines = [Message(chat.id, Who.BUYER, one, now) for one in words]
    for line in lines:
        await store.write(store.messages.add(line))
    return lines


def desk(store: Store, busy: Sequence[bool]) -> Any:
    """A desk of which only what the job uses is there; it is busy as given, and calm afterwards."""
    told = iter(busy)
    rests: list[int] = []

    async def give_way() -> None:
        rests.append(await count(store, unindexed))

    return SimpleNamespace(store=store, is_busy=lambda: next(told, False), give_way=give_way, rests=rests)


async def test_what_was_said_is_indexed_in_calm_moments_a_few_at_a_time(
    store: Store, now: datetime, chat: Conversation
) -> None:
    """A pause after each step; an empty text has no words, and an edit has its own."""
    lines = await said(store, chat, now, [f"walrus {number}" for number in range(44)] + [""])
    await store.write(store.messages.change(Version(lines[0].id, now, Change.EDIT, "heron")))
    assert (await count(store, unindexed), await count(store, message_words)) == (45, 0)
    calm = desk(store, [])
    await index_words(calm)
    assert calm.rests == [5]
    assert (await count(store, unindexed), await count(store, message_words)) == (0, 45)


async def test_while_buyers_write_nothing_is_indexed_until_it_is_late(
    store: Store, now: datetime, chat: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Buyers come first, but not for ever."""
    await said(store, chat, now, ["walrus"])
    await index_words(desk(store, [True]))
    assert await count(store, unindexed) == 1
    monkeypatch.setattr("jobs.indexing.PATIENCE", timedelta(0))
    await index_words(desk(store, [True, True]))
    assert await count(store, unindexed) == 0


async def test_a_search_finds_what_nobody_has_indexed(store: Store, now: datetime, chat: Conversation) -> None:
    """However much is waiting."""
    lines = await said(store, chat, now, ["heron"] * 50 + ["walrus"])
    assert await store.messages.search("walrus") == [lines[-1]]


async def test_what_was_forgotten_while_it_was_being_indexed_leaves_no_words(
    store: Store, now: datetime, chat: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words were read, then the buyer was forgotten, then they would have been written."""
    await said(store, chat, now, ["walrus"])
    write = store.writer.write

    async def later(unit: Any) -> Any:
        monkeypatch.undo()
        await store.write(forget(7))
        return await write(unit)

    monkeypatch.setattr(store.writer, "write", later)
    await store.messages.indexing.step()
    assert (await count(store, unindexed), await count(store, message_words)) == (0, 0)


QUESTIONS: list[tuple[str, dict[str, Any], str]] = [
    ("store.inbox._LANES", {}, "ix_inbox_new"),
    ("store.inbox._OF_LANE", {"lane": "1::7", "most": 9}, "ix_inbox_new"),
    ("store.inbox._OLDEST", {}, "ix_inbox_new"),
    ("store.inbox._DEAD", {"most": 9}, "ix_inbox_dead"),
    ("store.inbox._OLDEST_DEAD", {"restored": False, "most": 9}, "ix_inbox_dead"),
    ("store.inbox._COUNT_DEAD", {}, "ix_inbox_dead"),
    ("store.outbox._PENDING", {"now": datetime.fromisoformat("2026-11-03T08:30Z"), "most": 9}, "ix_outbox_pending"),
    ("store.outbox._SENDING_NOW", {}, "ix_outbox_sending"),
    ("store.doubts._ALL", {"most": 9}, "ix_outbox_unknown"),
    ("store.doubts._OF_CHAT", {"chat_id": 7, "most": 9}, "ix_outbox_unknown"),
    ("store.sent._KEY_OF", {"chat_id": 7, "message_id": 9}, "ix_outbox_message"),
    ("store.messages._BY_TELEGRAM_ID", {"conversation_id": 7, "telegram_id": 9}, "ix_messages_telegram_id"),
    ("store.messages._BY_OUTBOX", {"outbox_id": 9}, "ix_messages_outbox_id"),
]


@pytest.mark.parametrize(("name", "values", "index"), QUESTIONS, ids=[one[0] for one in QUESTIONS])
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_questions_about_few_rows_use_the_index_of_those_rows(
    store: Store, name: str, values: dict[str, Any], index: str
) -> None:
    """An index that holds only some rows is of no use to a question that does not say so in its own words."""
    module, _, constant = name.rpartition(".")
    statement = getattr(__import__(module, fromlist=[constant]), constant)
    assert isinstance(statement, Select)
    asked = question(statement, tuple(values), store.reader._engine.dialect)
    assert asked is not None
    async with store.reader._engine.connect() as connection:
        plan = await connection.exec_driver_sql("EXPLAIN QUERY PLAN " + asked.sql, asked.values(values))
        assert index in str(plan.all())


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_the_mending_of_a_sending_row_after_a_kill_reads_no_other(store: Store) -> None:
    """A start looks for what was being sent: among a year's messages too."""
    async with store.reader._engine.connect() as connection:
        plan = await connection.execute(
            text("EXPLAIN QUERY PLAN UPDATE outbox SET status = ? WHERE status = ?".replace("?", "'sending'"))
        )
        assert "ix_outbox_sending" in str(plan.all())

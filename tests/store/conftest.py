"""A real database per test: a SQLite file, and PostgreSQL too where TEST_POSTGRES_URL names one that may be emptied."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from store import Store, open_store
from store.buyers import Buyer
from store.conversations import Conversation
from store.engine import place, writing_engine

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(not POSTGRES, reason="no server"))]
)
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database nobody has used."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'shop.db'}"
    engine = writing_engine(place(POSTGRES))
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()
    return POSTGRES


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 3, 8, 30, tzinfo=UTC)


@pytest.fixture
async def chat(store: Store, now: datetime) -> Conversation:
    """The chat of buyer 7, kept."""
    conversation = Conversation(buyer_id=7, chat_id=7, since=now)
    await store.write([store.buyers.seen(Buyer(7, now, "小王")), store.conversations.save(conversation)])
    return conversation

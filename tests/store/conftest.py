"""A real database per test: a SQLite file, and one on PostgreSQL too where TEST_POSTGRES_URL names a server."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import Store, open_store
from store.buyers import Buyer
from store.conversations import Conversation
from tests import databases
from tests.databases import POSTGRES


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(not POSTGRES, reason="no server"))]
)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def url(kind: str, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database with today's tables."""
    if kind == "sqlite":
        await databases.put(tmp_path / "shop.db")
        yield f"sqlite:///{tmp_path / 'shop.db'}"
        return
    ready = await databases.ready(tmp_path)
    yield ready
    await databases.drop(ready)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


@pytest.fixture
async def untouched(kind: str, file: Path) -> AsyncIterator[str]:
    """A database nobody has used: opening it goes through every migration."""
    if kind == "sqlite":
        yield f"sqlite:///{file}"
        return
    fresh = await databases.fresh(file.parent)
    yield fresh
    await databases.drop(fresh)


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


async def filled(file: Path) -> None:
    """A new file in which buyer 7 is known."""
    store = await open_store(f"sqlite:///{file}")
    await store.write([store.buyers.seen(Buyer(7, datetime(2026, 11, 3, tzinfo=UTC), "小王"))])
    await store.close()

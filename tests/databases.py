"""A database of its own for each shop of a test: a SQLite file, or one on the server of TEST_POSTGRES_URL where that is set."""

import os
from pathlib import Path

from sqlalchemy import text

from store.engine import place, reading_engine
from store.ids import new_id

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")


async def fresh(folder: Path) -> str:
    """The DATABASE_URL of a database nobody has used."""
    if not POSTGRES:
        return f"sqlite:///{folder}/shop.db"
    name = f"shop_{new_id()}"
    await _on_the_server(f"CREATE DATABASE {name} STRATEGY file_copy")
    return place(POSTGRES).url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


async def drop(url: str) -> None:
    """Remove what `fresh` made on a server; a test's folder goes by itself."""
    if POSTGRES and url.startswith("postgresql"):
        await _on_the_server(f"DROP DATABASE IF EXISTS {place(url).url.database} WITH (FORCE)")


async def _on_the_server(statement: str) -> None:
    engine = reading_engine(place(POSTGRES))
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()

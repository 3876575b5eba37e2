"""A database of its own for each shop of a test: a SQLite file, or one on the server of TEST_POSTGRES_URL where that is set.

Most tests want one with today's tables in it: those are made by the migrations once in each test process, and copied.
"""

import os
import tempfile
from pathlib import Path

from sqlalchemy import text

from store import open_store
from store.engine import place, reading_engine
from store.ids import new_id

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")

_file: bytes | None = None
_model = ""


async def fresh(folder: Path) -> str:
    """The DATABASE_URL of a database nobody has used: opening it goes through every migration."""
    return await _on_server("") if POSTGRES else f"sqlite:///{folder}/shop.db"


async def ready(folder: Path) -> str:
    """The DATABASE_URL of an empty one that has been through the migrations."""
    if POSTGRES:
        return await _on_server(await _made_on_server())
    await put(folder / "shop.db")
    return f"sqlite:///{folder}/shop.db"


async def put(file: Path) -> None:
    """Lay an empty SQLite database here that has been through the migrations."""
    global _file
    if _file is None:
        with tempfile.TemporaryDirectory() as place:
            made = Path(place) / "shop.db"
            await (await open_store(f"sqlite:///{made}")).close()
            _file = made.read_bytes()
    file.write_bytes(_file)  # noqa: ASYNC240 - a test may wait for its own folder


async def drop(url: str) -> None:
    """Remove what was made on a server; a test's folder goes by itself."""
    if POSTGRES and url.startswith("postgresql"):
        await _tell_server(f"DROP DATABASE IF EXISTS {place(url).url.database} WITH (FORCE)")


async def drop_model() -> None:
    """Remove what the others on the server were copied from."""
    global _model
    if _model:
        await drop(_model)
        _model = ""


async def _made_on_server() -> str:
    global _model
    if not _model:
        url = await _on_server("")
        await (await open_store(url)).close()
        _model = url
    return str(place(_model).url.database)


async def _on_server(model: str) -> str:
    """The URL of a new database, a copy of this one if any is named."""
    name = f"shop_{new_id()}"
    await _tell_server(f"CREATE DATABASE {name} {f'TEMPLATE {model}' if model else ''} STRATEGY file_copy")
    return place(POSTGRES).url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


async def _tell_server(statement: str) -> None:
    engine = reading_engine(place(POSTGRES))
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()

"""What we remember, and the only place with SQL: a file per noun, gathered in one Store."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from store.answers import AnswerRows
from store.audit import Audit
from store.buttons import Buttons
from store.buyers import Buyers
from store.cards import Cards
from store.catalogue import CatalogueRows
from store.checkpointing import Checkpoints
from store.choices import Choices
from store.connections import Connections
from store.conversations import Conversations
from store.copying import check, check_copy, copy, unseal
from store.dialogs import Dialogs
from store.doubts import Doubts
from store.engine import Place, place, reading_engine, writing_engine
from store.errors import (
    DatabaseDamaged,
    DatabaseInUse,
    DatabaseUnavailable,
    NotOurDatabase,
    RowRefused,
    SchemaTooNew,
    StoreError,
)
from store.exporting import Exporting
from store.faults import Faults
from store.figures import Figures
from store.forgetting import forget, scrub
from store.hagglers import Hagglers
from store.ids import new_button_id, new_id
from store.imports import Imports
from store.inbox import Inbox
from store.indexing import Indexing
from store.labelled import Labelled
from store.marks import Marks
from store.messages import Messages
from store.migrating import HEAD, migrate, version
from store.missed import MissedWords
from store.mistakes import Mistakes
from store.one_process import OneProcess
from store.orders import Orders
from store.outbox import Outbox
from store.parcels import Parcels
from store.pausing import Pausing
from store.photos import Photos
from store.phrases import Phrases
from store.pricing import PricePolicies
from store.promises import Promises
from store.prompts import Prompts
from store.reading import Reader
from store.reminders import Reminders
from store.reviews import Reviews
from store.revision import Revision
from store.sent import Sent
from store.shop import ShopFacts
from store.staff import Staff
from store.stock_history import StockHistory
from store.succeeding import Succeeding
from store.told import Told
from store.topics import Topics
from store.turns import Turns
from store.waiting import WaitingList
from store.wordings import OwnWordings
from store.writing import Unit, Write, Writer


class Store:
    """The shop's memory. Ask its nouns, build units of their writes, and `write` them."""

    def __init__(self, where: Place, writing: AsyncEngine, reading: AsyncEngine) -> None:
        self.place = where
        self.faults = Faults()
        self._writing = writing
        self._reading = reading
        self._one_process = OneProcess(where, reading)
        self.writer = Writer(writing, self.faults)
        self.reader = Reader(reading, self.faults)
        self.checkpoints = None if where.path is None else Checkpoints(where.path)
        if self.checkpoints is not None:
            self.writer.listeners.append(self.checkpoints.committed)
        self.inbox = Inbox(self.reader, self.writer)
        self.outbox = Outbox(self.reader)
        self.doubts = Doubts(self.reader)
        self.sent = Sent(self.reader)
        self.buyers = Buyers(self.reader)
        self.conversations = Conversations(self.reader)
        self.told = Told(self.reader)
        self.turns = Turns(self.reader)
        self.messages = Messages(self.reader, Indexing(self.reader, self.writer))
        self.exporting = Exporting(self.reader)
        self.waiting = WaitingList(self.reader)
        self.staff = Staff(self.reader)
        self.shop = ShopFacts(self.reader)
        self.revision = Revision(self.reader)
        self.phrases = Phrases(self.reader)
        self.answers = AnswerRows(self.reader)
        self.labelled = Labelled(self.reader)
        self.prompts = Prompts(self.reader)
        self.missed = MissedWords(self.reader)
        self.marks = Marks(self.reader)
        self.pausing = Pausing(self.reader)
        self.succeeding = Succeeding(self.reader)
        self.catalogue = CatalogueRows(self.reader)
        self.photos = Photos(self.reader)
        self.stock_history = StockHistory(self.reader)
        self.imports = Imports(self.reader)
        self.prices = PricePolicies(self.reader)
        self.hagglers = Hagglers(self.reader)
        self.orders = Orders(self.reader)
        self.parcels = Parcels(self.reader)
        self.promises = Promises(self.reader)
        self.mistakes = Mistakes(self.reader)
        self.figures = Figures(self.reader)
        self.cards = Cards(self.reader)
        self.buttons = Buttons(self.reader)
        self.choices = Choices(self.reader)
        self.connections = Connections(self.reader)
        self.topics = Topics(self.reader, self.messages)
        self.audit = Audit(self.reader)
        self.reviews = Reviews(self.reader)
        self.reminders = Reminders(self.reader)
        self.wordings = OwnWordings(self.reader)
        self.dialogs = Dialogs(self.reader)

    async def write(self, unit: Unit) -> None:
        """Commit the unit durably, all of it or nothing. RowRefused or DatabaseUnavailable when it was not."""
        await self.writer.write(unit)

    def on_written(self, listener: Callable[[Unit], None]) -> None:
        """Call `listener` with every unit once it is committed; it must not fail or wait."""
        self.writer.listeners.append(listener)

    async def lock(self, on_lost: Callable[[str], None] | None = None) -> None:
        """Claim the database for this process until `close`. DatabaseInUse when another one runs on it. `on_lost` is told when
        another one has it later, which can be on PostgreSQL alone: then this one must stop."""
        await self._one_process.take(on_lost)

    async def check(self) -> None:
        """Read every page. DatabaseDamaged when the file is not sound."""
        if self.place.path is not None:
            await asyncio.to_thread(check, self.place.path)

    async def backup(self, to: Path) -> None:
        """Write a checked copy as of now to `to`, which must not exist, while others read and write.

        DatabaseUnavailable when it cannot be written, or this is not a file.
        """
        if self.place.path is None:
            raise DatabaseUnavailable("This memory is a PostgreSQL database: back it up with pg_dump.")
        self.writer.look()
        stop = threading.Event()
        try:
            await asyncio.to_thread(copy, self.place.path, to, stop)
        finally:
            stop.set()  # when we are cancelled, the thread must not keep the program from leaving

    async def forget(self, buyer_id: int, also: Unit = ()) -> None:
        """Delete all that is known of a buyer, in one unit with what is `also` to be written, and wipe it from the file."""
        await self.write((*forget(buyer_id), *also))
        await self.scrub()

    async def scrub(self) -> None:
        """Leave no byte of what was deleted in the file, while others read and write."""
        if self.place.path is not None and self.checkpoints is not None:
            async with self.checkpoints.alone:
                await scrub(self.place.path)

    async def close(self) -> None:
        """Write what is queued and let everything go."""
        await self.writer.close()
        if self.checkpoints is not None:
            await self.checkpoints.close()
        await self.reader.close()
        await self._one_process.give_back()
        await self._reading.dispose()
        await self._writing.dispose()


async def open_store(
    url: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC), backups: Path | None = None
) -> Store:
    """Open the memory at a DATABASE_URL, brought to this program's schema (with a copy in `backups` before that).

    Raises SchemaTooNew, DatabaseInUse (by the program of before), NotOurDatabase, DatabaseDamaged or DatabaseUnavailable,
    each with a sentence; nothing stays open.
    """
    where = place(url)
    writing, reading = writing_engine(where), reading_engine(where)
    try:
        if where.path is not None:
            await asyncio.to_thread(where.path.parent.mkdir, parents=True, exist_ok=True)
        await migrate(writing, where.path, now(), backups, OneProcess(where, reading))
    except (DBAPIError, OSError) as error:
        await writing.dispose()
        await reading.dispose()
        raise DatabaseUnavailable(f"The database cannot be opened: {getattr(error, 'orig', error)}") from error
    except BaseException:
        await writing.dispose()
        await reading.dispose()
        raise
    return Store(where, writing, reading)


async def schema(url: str) -> str | None:
    """The schema of the database at a DATABASE_URL, None for an empty one; nothing is changed.

    Raises NotOurDatabase, DatabaseDamaged or DatabaseUnavailable, each with a sentence.
    """
    where = place(url)
    engine = reading_engine(where)
    try:
        return await version(engine, where.path)
    except (DBAPIError, OSError) as error:
        raise DatabaseUnavailable(f"The database cannot be opened: {getattr(error, 'orig', error)}") from error
    finally:
        await engine.dispose()


__all__ = [
    "HEAD",
    "DatabaseDamaged",
    "DatabaseInUse",
    "DatabaseUnavailable",
    "Faults",
    "NotOurDatabase",
    "RowRefused",
    "SchemaTooNew",
    "Store",
    "StoreError",
    "Unit",
    "Write",
    "check_copy",
    "new_button_id",
    "new_id",
    "open_store",
    "schema",
    "unseal",
]

"""The desk: everything a handler or a job is handed. `wiring.py` makes it, once, and the tests go the same way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram.ext import CallbackContext, ExtBot

from handlers.account.accounts import Accounts
from handlers.cards import Cards
from handlers.chats import Chats
from handlers.parcels.following import Following
from handlers.people import People
from handlers.promising import Promising
from handlers.shelf import Shelf
from handlers.speaking import Speaking
from handlers.topics.forum import Forum
from handlers.turns import Turns
from store.audit import Entry
from store.wordings import REPLY, OwnWording
from templates import Speech, Voice

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from clock import Clock
    from core.understanding import Mind
    from delivery.job import Job
    from store import Store
    from store.pausing import Pause
    from store.writing import Write


@dataclass(frozen=True, slots=True)
class Files:
    """How sellers' files are read: handed in, so that handlers know nothing of sheets. See `sheets` for what they return."""

    read: Callable[..., Any]
    largest: int


class Desk:
    """What the shop's people work at: what is remembered, the tools made of it, and what `wiring` hands in when the parts
    around it are made. `reply_delay` is in seconds; `job` tells the inbox row that is being handled.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        mind: Mind | None = None,
        *,
        owners: Sequence[int] = (),
        reply_delay: float = 2.5,
        quiet: timedelta = timedelta(minutes=10),
        job: Callable[[], Job | None] = lambda: None,
        speech: Speech | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.speech = speech or Speech()
        self.job = job
        self.people = People(self, owners)
        self.shelf = Shelf(store, clock, mind)
        self.shelf.on_wordings = self._lay
        self.chats = Chats(store, clock)
        self.speaking = Speaking(self)
        self.promising = Promising(self)
        self.cards = Cards(self)
        self.accounts = Accounts(self)
        self.forum = Forum(self)
        self.turns = Turns(self, reply_delay)
        self.following = Following(self)
        self.quiet = quiet
        """How long the bot is silent where a person of the shop has written."""

        # Handed in: what sets the rest of the program going.
        self.nudge: Callable[[], None] = lambda: None
        """The timetable looks at once."""
        self.look_into_outbox: Callable[[], None] = lambda: None
        self.look_into_inbox: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(0)
        """What was put back into the inbox is taken up."""
        self.ask_carriers: Callable[[], None] = lambda: None
        """Parcels that are due are asked for, beside everything else."""
        self.back_up: Callable[[datetime, ZoneInfo], None] | None = None
        self.give_way: Callable[[], Awaitable[None]] = lambda: asyncio.sleep(0)
        """What waits in the lanes goes before a job's next step."""
        self.is_busy: Callable[[], bool] = lambda: False
        """Whether something waits in the lanes."""

        # Handed in: calls to Telegram that do no harm when they fail or are made twice, and so need no outbox.
        self.username: Callable[[], str] = lambda: ""
        """The bot's own, for links to it."""
        self.answer_tap: Callable[..., Any] | None = None
        self.download: Callable[..., Any] | None = None
        self.ask_connection: Callable[[str], Awaitable[dict[str, Any] | None]] | None = None
        """How the connection to a seller's account stands."""
        self.ask_member: Callable[[int], Awaitable[dict[str, Any] | None]] | None = None
        """What the bot may do in a group."""
        self.ask_icons: Callable[[], Awaitable[dict[str, str]]] | None = None
        """Which emoji topics may have, each with its id."""
        self.set_commands: Callable[..., Any] | None = None

        # Handed in: files in and out.
        self.files: Files | None = None
        self.draw: Callable[..., Any] | None = None
        """A picture of a chart, and of the same in English."""
        self.as_file: Callable[..., Any] | None = None
        """A spreadsheet of a table."""

        # What jobs have to know from one look to the next.
        self.pause: Pause | None = None
        """Since a restore, until /go: nothing goes to buyers."""
        self.known_years: set[int] = set()
        """The years whose public calendar was looked for."""
        self.tidied_at: datetime | None = None
        self.haggler_interval = 300.0
        """How often, in seconds, conversations are judged."""
        self.look_waits_since: datetime | None = None
        """Since when a look for hagglers has waited for a calm moment."""

        self._along: dict[int, Sequence[Write]] = {}
        self._once_written: dict[int, list[Callable[[], None]]] = {}

    async def open(self) -> None:
        """Read what must be known before the first update."""
        await self.people.read()
        await self.accounts.open()
        await self.forum.open()
        self.pause = await self.store.pausing.read()
        await self.shelf.fresh(at_once=True)

    def voice(self, owner: int) -> Voice:
        """How to speak to a seller."""
        language, script = self.people.language_of(owner)
        shop = self.shelf.now.shop
        return Voice(language, script, self.clock.now(), shop.timezone, shop.tone)

    async def write(self, unit: Sequence[Write]) -> None:
        """Commit a unit of work. It carries the end of the update being handled, so that both happen or neither."""
        job = self.job()
        if job is not None and not job.is_done:
            unit = [*unit, *self._along.pop(job.seq, ()), job.done_write()]
        follows = () if job is None else self._once_written.pop(job.seq, ())
        if unit:
            await self.store.write(unit)
        for each in follows:
            each()

    def _lay(self, wordings: Mapping[tuple[str, str], OwnWording]) -> None:
        """Say the seller's own wordings from now on. What this version's gate refuses is left out, and the built-in said."""
        from templates.own import OwnText, read

        texts = {place: read(one.source) for place, one in wordings.items() if not one.name.startswith(REPLY)}
        self.speech.lay({place: text for place, text in texts.items() if isinstance(text, OwnText)})

    def along(self, *writes: Write) -> None:
        """These go along with what the update being handled comes to, in the same commit: that a command was given is in the
        audit whatever came of it."""
        if (job := self.job()) is not None:
            self._along[job.seq] = writes

    def once_written(self, change: Callable[[], None]) -> None:
        """Memory follows the commit: this is done when what the update being handled comes to is written, and not when that
        fails. Outside of an update it is done at once."""
        job = self.job()
        if job is None or job.is_done:
            change()
        else:
            self._once_written.setdefault(job.seq, []).append(change)

    def who(self, id: int) -> str:
        """How the audit names a person, e.g. agent:7 or buyer:9."""
        role = self.people.role(id)
        return f"{role.value if role else 'buyer'}:{id}"

    def noted(self, who: int, what: str, about: str = "", now: datetime | None = None, **data: Any) -> Write:
        """The audit's line for a deed."""
        return self.store.audit.add(Entry(now or self.clock.now(), self.who(who), what, about, data))


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB's context, with the desk at hand. `given` is the command that is being run, whatever word it was given by; `said` are
    its words where the message has none of its own."""

    given: str = ""
    said: str = ""

    @property
    def desk(self) -> Desk:
        found = self.application.bot_data["desk"]
        assert isinstance(found, Desk)
        return found

"""The desk: everything a handler or a job is handed. It is made once, by bot.py, and by the tests in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram.ext import CallbackContext, ExtBot

from handlers.cards import Cards
from handlers.chats import Chats
from handlers.composing import LANGUAGES
from handlers.promising import Promising
from handlers.shelf import Shelf
from handlers.speaking import Speaking
from handlers.turns import Turns
from store.audit import Entry
from store.staff import Role
from templates import Speech, Voice

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from clock import Clock
    from core.understanding import Mind
    from delivery.job import Job
    from store import Store
    from store.pausing import Pause
    from store.writing import Write


LANGUAGE_OF = "language:"
"""Before an owner's number: the mark that keeps the language chosen with /lang."""


@dataclass(frozen=True, slots=True)
class Files:
    """How sellers' files are read: handed in, so that handlers know nothing of sheets. See `sheets` for what they return."""

    read: Callable[..., Any]
    largest: int


class Desk:
    """What the shop's people work at.

    `job` tells the inbox row being handled, whose end every handler writes together with its effect. `nudge` makes the
    timetable look at once. `answer_tap` and `download` are the two harmless calls that do not go through the outbox.
    `pause` holds back everything to buyers, since a restore; `look_into_outbox` and `back_up` are the sender's and ops'.
    `username` is the bot's own, for links to it.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        mind: Mind | None = None,
        *,
        owners: Sequence[int] = (),
        reply_delay: float = 2.5,
        job: Callable[[], Job | None] = lambda: None,
        speech: Speech | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.speech = speech or Speech()
        self.job = job
        self.shelf = Shelf(store, mind)
        self.chats = Chats(store)
        self.speaking = Speaking(self)
        self.promising = Promising(self)
        self.cards = Cards(self)
        self.turns = Turns(self, reply_delay)
        self.files: Files | None = None
        self.nudge: Callable[[], None] = lambda: None
        self.answer_tap: Callable[..., Any] | None = None
        self.download: Callable[..., Any] | None = None
        self.set_commands: Callable[..., Any] | None = None
        self.look_into_outbox: Callable[[], None] = lambda: None
        self.back_up: Callable[[datetime, ZoneInfo], None] | None = None
        self.pause: Pause | None = None
        self.username: Callable[[], str] = lambda: ""
        self._settings_owners = tuple(owners)
        self.owners: tuple[int, ...] = tuple(owners)
        self._languages: dict[int, tuple[str, str]] = {}

    async def open(self) -> None:
        """Read what must be known before the first update."""
        await self.read_staff()
        self.pause = await self.store.pausing.read()
        await self.shelf.fresh(at_once=True)

    async def read_staff(self) -> None:
        """Whose commands are obeyed: the owners of the settings, and those who claimed the shop; and what they read."""
        present = await self.store.staff.present()
        claimed = (member.user_id for member in present if member.role is Role.OWNER)
        self.owners = tuple(dict.fromkeys((*self._settings_owners, *claimed)))
        for owner in self.owners:
            if (chosen := await self.store.marks.get(f"{LANGUAGE_OF}{owner}")) in LANGUAGES:
                self.speaks(owner, *LANGUAGES[chosen])

    def voice(self, owner: int) -> Voice:
        """How to speak to a seller."""
        language, script = self._languages.get(owner, ("zh", "hans"))
        shop = self.shelf.now.shop
        return Voice(language, script, self.clock.now(), shop.timezone, shop.tone)

    def speaks(self, owner: int, language: str, script: str = "") -> None:
        """A seller reads this language."""
        self._languages[owner] = (language, script)

    async def write(self, unit: Sequence[Write]) -> None:
        """Commit a unit of work. It carries the end of the update being handled, so that both happen or neither."""
        job = self.job()
        if job is not None and not job.is_done:
            unit = [*unit, job.done_write()]
        if unit:
            await self.store.write(unit)

    def noted(self, who: int, what: str, about: str = "", now: datetime | None = None, **data: Any) -> Write:
        """The audit's line for a deed."""
        return self.store.audit.add(Entry(now or self.clock.now(), f"owner:{who}", what, about, data))


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB's context, with the desk at hand."""

    @property
    def desk(self) -> Desk:
        found = self.application.bot_data["desk"]
        assert isinstance(found, Desk)
        return found

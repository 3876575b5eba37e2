"""A shop at work for a test: the real program, wired by bot.start, polling the pretend Telegram over HTTP."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from carriers.sandbox import SandboxCarrier
from clock import Clock
from console.importing import import_files
from core.understanding import Mind
from handlers.seller.reports.digest import OFF
from running import Running, start
from sandbox import Heard, Person, Sandbox
from settings import Settings, read_settings
from store import Store, open_store
from tests import databases
from tests.made_shop import MadeShop, make_shop

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENING = datetime(2026, 11, 20, 10, 0, tzinfo=SHANGHAI)
"""A Friday on which everything is open."""
OWNER = 10001
LANGUAGES = {"zh": "zh-hans", "zh_hant": "zh-hant", "en": "en"}


@dataclass
class Play:
    """The shop's facts, its people, and the clock they live by."""

    made: MadeShop
    sandbox: Sandbox
    store: Store
    clock: Clock
    running: Running
    settings: Settings
    owner: Person
    folder: Path
    buyers: int = 0

    def buyer(self, language: str = "zh", name: str = "小林") -> Person:
        """A new buyer whose phone speaks "zh", "zh_hant" or "en"."""
        self.buyers += 1
        return self.sandbox.person(name, LANGUAGES[language], id=20000 + self.buyers)

    async def ask(self, buyer: Person, *lines: str) -> Heard:
        """The buyer says this; what the shop answers, once it has nothing more to do."""
        for line in lines:
            await buyer.says(line)
        return await buyer.hears()

    async def only(self, buyer: Person) -> Heard:
        """The one thing the shop has to say to this buyer, now that everything has settled."""
        heard = await buyer.hears_all()
        assert len(heard) == 1, f"{len(heard)} messages instead of one:\n{buyer.transcript()}"
        return heard[0]

    async def card(self) -> Heard:
        """The next message in the seller's chat."""
        return await self.owner.hears()

    async def command(self, text: str) -> Heard:
        """The seller gives a command; the bot's answer."""
        await self.settled()
        await self.owner.hears_all()
        await self.owner.says(text)
        return await self.owner.hears()

    async def cards(self) -> list[Heard]:
        """All that is new in the seller's chat."""
        return await self.owner.hears_all()

    async def imports(self, name: str, data: bytes) -> Heard:
        """The seller sends a file and takes it over; what is said then."""
        await self.cards()
        await self.owner.sends_document(data, name)
        preview = await self.card()
        await self.owner.taps(0, on=preview)
        return await self.card()

    async def settled(self) -> None:
        """Nothing is left to do anywhere."""
        await self.sandbox.settled()

    async def wait(self, seconds: float) -> None:
        """So many seconds go by for everybody; what falls due is done."""
        self.clock.move(timedelta(seconds=seconds))
        await self.settled()

    async def pass_time(self, **by: float) -> None:
        """Let time pass, and the timetable look."""
        self.clock.move(timedelta(**by))
        await self.running.schedule.run_due()
        await self.settled()

    async def set_time(self, local: datetime) -> None:
        """Move the clock to this time in the shop's zone."""
        self.clock.move(local.astimezone(UTC) - self.clock.now())

    async def restart(self) -> None:
        """Stop the program and start it again on the same database."""
        await self.running.stop()
        await self.store.close()
        self.store = await open_store(self.settings.database_url)
        self.running = await start(
            self.settings,
            self.store,
            self.clock,
            self.running.desk.shelf.mind,
            token=self.sandbox.token,
            base_url=self.sandbox.base_url,
        )
        self.sandbox.idle = self.running.idle
        _calm(self.running)

    async def close(self) -> None:
        await self.running.stop()
        await self.store.close()
        await self.sandbox.stop()
        await databases.drop(self.settings.database_url)


async def open_play(
    mind: Mind,
    folder: Path,
    *,
    at: datetime = OPENING,
    made: MadeShop | None = None,
    stocked: bool = True,
    still: bool = False,
    has_sandbox_carrier: bool = False,
    **given: object,
) -> Play:
    """A shop with made-up facts (printed by pytest when the test fails), open at `at`. Its clock goes on from there, or
    stands `still`. The seller has switched the morning's summary off."""
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - a test may wait for its own folder
    made = made or make_shop()
    print(f"made shop {made.seed}: {made.name}")
    clock = StillClock(at) if still else Clock(at.astimezone(UTC) - datetime.now(UTC))
    sandbox = Sandbox(clock)
    await sandbox.start()
    owner = sandbox.seller(id=OWNER)
    values: dict[str, object] = {
        "database_url": await databases.ready(folder), "owner_id": (OWNER,), "reply_delay": 0.0, "tick_seconds": 3600.0,
        "send_rate": 0, "chat_rate": 0, "group_rate": 0, "_env_file": None,
    }  # fmt: skip
    settings = read_settings(**{**values, **given})
    store = await open_store(settings.database_url)
    if stocked:
        await import_files(store, list(made.write(folder)), clock.now())
    await store.write([store.marks.set(OFF, True, clock.now())])
    more = [SandboxCarrier(clock)] if has_sandbox_carrier else []
    running = await start(
        settings, store, clock, mind, token=sandbox.token, base_url=sandbox.base_url, more_carriers=more
    )
    sandbox.idle = running.idle
    _calm(running)
    await owner.start()
    await owner.hears()
    return Play(made, sandbox, store, clock, running, settings, owner, folder)


def _calm(running: Running) -> None:
    """A line of a moment ago holds up no look: the clock is moved, and nobody waits in between."""
    running.desk.is_busy = lambda: False


class StillClock(Clock):
    """A clock that stands where it was put, for what depends on a second."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at + self.shift

    def elapsed(self) -> float:
        return self.shift.total_seconds()


def numbers(text: str) -> list[int]:
    """The whole numbers in a text, thousands marks and decimals of nought taken off."""
    return [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", text)]


OpenShop = Callable[..., Awaitable[Play]]
"""Opens a shop with these settings; it is closed when the test ends."""

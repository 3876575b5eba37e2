"""The sandbox as one thing to start and stop: the server, its people, and the strings a test may pull."""

# How long to wait is part of what a test says.
# ruff: noqa: ASYNC109

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from sandbox import business, groups
from sandbox.bell import PATIENCE
from sandbox.business import Connection
from sandbox.chats import Bot
from sandbox.clock import Clock, MovableClock
from sandbox.control import Control
from sandbox.faults import Fault, Script
from sandbox.files import MOST_UPLOADED
from sandbox.groups import Group
from sandbox.ledger import Ledger
from sandbox.people import Person
from sandbox.serving import BotApi
from sandbox.strings import Strings
from sandbox.talks import Seat, Talk
from sandbox.world import World

TOKEN = "7000000001:AA-a-token-that-opens-only-the-sandbox"
QUIET = 0.1


class Sandbox:
    """A pretend Telegram on loopback for one bot.

    `idle`, when given, is awaited by `settled()`: it returns when the bot itself has nothing left to do.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        token: str = TOKEN,
        username: str = "zhanggui_bot",
        name: str = "掌柜",
        timezone: str = "Asia/Shanghai",
        idle: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.clock: Clock = clock or MovableClock()
        self.token = token
        self.timezone = timezone
        self.idle = idle
        self.world = World(self.clock, Bot(int(token.split(":")[0]), username, name))
        self.port = 0
        self._api = BotApi(self.world, token)
        self._people: dict[int, Person] = {}
        self._runner: web.AppRunner | None = None

    # life

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one, told by `port` and `base_url`."""
        app = web.Application(client_max_size=MOST_UPLOADED + 2 * 1024 * 1024)
        self._api.add_to(app)
        Control(self.world, self.timezone).add_to(app)
        Strings(self.world).add_to(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Let go of everybody who waits, and close."""
        self.world.stopping = True
        self.world.faults.clear()
        if self.world.webhook is not None:
            self.world.webhook.close()
        self.world.bell.ring()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        """`http://127.0.0.1:PORT`; PTB wants `base_url + "/bot"` and `base_url + "/file/bot"`."""
        return f"http://127.0.0.1:{self.port}"

    # people

    def person(
        self,
        name: str = "小林",
        language: str | None = "zh-hans",
        id: int | None = None,
        *,
        username: str | None = None,
        met: bool = False,
        role: str = "buyer",
    ) -> Person:
        """Somebody with a phone; the same id gives the same person. `met`: the bot knows them from elsewhere."""
        account = self.world.add_person(name, language, id=id, username=username, role=role, met=met)
        return self._people.setdefault(account.id, Person(self, account))

    def seller(self, id: int | None = None, name: str = "店主", language: str | None = "zh-hans") -> Person:
        """The seller: a person like any other, shown on the right of the page."""
        return self.person(name, language, id, role="seller")

    # the seller's own account, and groups

    def connect(self, owner: Person, **rights: bool) -> Connection:
        """A person connects the bot to their own account, or changes its rights; none named: all of them."""
        return business.connect(self.world, owner.account, rights or None)

    def disconnect(self, connection: Connection) -> None:
        """The account's owner takes the bot out."""
        business.disconnect(self.world, connection)

    def talk(self, connection: Connection, buyer: Person) -> Talk:
        """The chat of a buyer with the owner of a connected account, as the buyer plays it; `.owner` is the other side."""
        return Talk(self, connection, buyer)

    def group(self, owner: Person, title: str = "收件箱", *, is_forum: bool = True) -> Group:
        """A person makes a supergroup with topics; the bot is not in it yet."""
        return groups.found(self.world, title, owner.account, is_forum=is_forum)

    def let_in(self, group: Group, owner: Person, **rights: bool) -> None:
        """The bot is made an administrator of a group, with these rights; none named: all of them."""
        groups.set_standing(self.world, group, owner.account, "administrator", rights or None)

    def seat(self, group: Group, person: Person, thread: int | None = None) -> Seat:
        """A person at a topic of a group, or in General."""
        group.members.setdefault(person.id, "member")
        return Seat(self, group, person, thread)

    # what a test may see and do

    @property
    def calls(self) -> Ledger:
        """Every call the bot made."""
        return self.world.calls

    async def settled(self, timeout: float = PATIENCE) -> None:
        """Return when every update was taken, no call is under way, and the bot is idle.

        Without `idle` a tenth of a second of silence stands in for it. TimeoutError after `timeout` seconds.
        """
        bell = self.world.bell
        left = timeout

        def at_rest() -> bool:
            return not len(self.world.updates) and not self._api.in_flight

        while True:
            if not await bell.until(at_rest, left):
                waiting = len(self.world.updates)
                raise TimeoutError(
                    f"after {timeout:g} s: {waiting} updates wait, {self._api.in_flight} calls under way"
                )
            before = self._pulse()

            def stirs(before: tuple[int, int, int] = before) -> bool:
                return self._pulse() != before

            if self.idle is not None:
                try:
                    async with asyncio.timeout(timeout):
                        await self.idle()
                except TimeoutError:
                    raise TimeoutError(f"after {timeout:g} s the bot is still at work") from None
            else:
                await bell.until(stirs, QUIET)
            if at_rest() and self._pulse() == before:
                return

    def _pulse(self) -> tuple[int, int, int]:
        return self.world.revision, self.world.updates.total, self._api.started

    def breaks(
        self,
        method: str | None,
        fault: Fault,
        *,
        chat: int | None = None,
        times: int | None = 1,
        skip: int = 0,
        chance: float = 1.0,
        retry_after: int = 1,
        seconds: float = 60.0,
    ) -> Script:
        """Make the next `times` calls (None: all) of a method fail, after letting `skip` of them pass.

        `chat` narrows it to one chat, `chance` makes it strike at random (from a fixed seed), `retry_after` is for
        429, `seconds` for those that hang; the script returned counts its `hits`, and `stop()` ends it.
        """
        return self.world.faults.order(
            Script(fault, method, chat, times, skip, chance, retry_after=retry_after, seconds=seconds)
        )

    def mend(self) -> None:
        """End every trouble ordered so far."""
        self.world.faults.clear()

    def enforce_limits(self, *, overall: int = 30, chat: int = 1, group: int = 20, burst: int = 0) -> None:
        """Answer 429 past these: a second overall, a second in a chat, a minute in a group."""
        self.world.limits.enforce(overall=overall, chat=chat, group=group, burst=burst)

    def relax_limits(self) -> None:
        """Enforce no limits any more."""
        self.world.limits.relax()

    def inject(self, update: dict[str, Any]) -> int:
        """Put any object into the queue as an update; without an `update_id` it gets the next one."""
        return self.world.updates.inject(update)

    def repeat_updates(self, count: int = 1) -> None:
        """Deliver the last `count` confirmed updates once more, ids unchanged."""
        self.world.updates.repeat(count)

    def restart_update_ids(self, first_id: int) -> None:
        """Number updates from `first_id` on, lower or higher."""
        self.world.updates.restart_ids(first_id)

    def forget_files(self) -> None:
        """Refuse every file id handed out so far."""
        self.world.files.forget_ids()

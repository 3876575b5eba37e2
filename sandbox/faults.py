"""Faults on order: what a test makes go wrong, for which method and chat, how often."""

import asyncio
import random
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """A way to fail. "Before" means nothing happened; "after" means the people saw it and the bot was not told."""

    TOO_MANY = "429"
    ERROR = "500"
    ERROR_AFTER = "500 after accepting"
    BAD_GATEWAY = "502 with a page of HTML"
    UNAUTHORIZED = "401"
    NOT_FOUND = "404"
    CONFLICT = "409"
    BLOCKED = "403"
    MIGRATED = "400 with migrate_to_chat_id"
    HANG_BEFORE = "hang before accepting"
    HANG_AFTER = "hang after accepting"
    SLOW = "accept, answer late"
    LATE = "accept late"
    RESET_BEFORE = "connection reset before accepting"
    RESET_AFTER = "connection reset after accepting"
    JUNK_BEFORE = "200 with junk, nothing accepted"
    JUNK = "200 with junk after accepting"


ACCEPTING = {Fault.ERROR_AFTER, Fault.HANG_AFTER, Fault.SLOW, Fault.LATE, Fault.RESET_AFTER, Fault.JUNK}


@dataclass(slots=True)
class Script:
    """One order for trouble; `hits` counts how often it struck, `left` how often it still will (None: for ever)."""

    fault: Fault
    method: str | None = None
    chat: int | None = None
    left: int | None = 1
    skip: int = 0
    chance: float = 1.0
    retry_after: int = 1
    seconds: float = 60.0
    migrate_to: int = -1001000000001
    hits: int = 0
    struck: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let every call that hangs on this one go on."""
        self.released.set()

    def stop(self) -> None:
        """Strike no more."""
        self.left = 0
        self.release()

    async def hang(self) -> None:
        """Wait until released, or `seconds` of real time."""
        try:
            await asyncio.wait_for(self.released.wait(), self.seconds)
        except TimeoutError:
            return


class Faults:
    """The scripts in force, the first fitting one wins. `seed` makes those with a chance repeatable."""

    def __init__(self, seed: int = 0) -> None:
        self._scripts: list[Script] = []
        self._random = random.Random(seed)

    def order(self, script: Script) -> Script:
        """Put one in force."""
        self._scripts.append(script)
        return script

    def clear(self) -> None:
        """End them all and release what hangs."""
        for script in self._scripts:
            script.stop()
        self._scripts.clear()

    def strike(self, method: str, chat: int | None) -> Script | None:
        """The trouble this call shall have, if any."""
        for script in self._scripts:
            if script.left == 0 or (script.method is not None and script.method.lower() != method.lower()):
                continue
            if script.chat is not None and script.chat != chat:
                continue
            if script.skip > 0:
                script.skip -= 1
                continue
            if script.chance < 1 and self._random.random() >= script.chance:
                continue
            if script.left is not None:
                script.left -= 1
            script.hits += 1
            script.struck.set()
            return script
        return None

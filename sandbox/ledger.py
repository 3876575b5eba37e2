"""The ledger: every call the bot made, and how it was answered. Tests read it; nothing else does."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `ok` and `result`, or `error_code` and `description`; `fault` names what a test made go wrong.

    `accepted` is what counts for the people: the call had its effect, whether or not the bot heard of it.
    """

    method: str
    params: dict[str, Any]
    at: datetime
    started: float
    took: float
    accepted: bool
    result: Any = None
    error_code: int | None = None
    description: str | None = None
    fault: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the bot was told that it went well."""
        return self.accepted and self.fault is None

    @property
    def chat_id(self) -> int | None:
        """The chat it was about."""
        raw = str(self.params.get("chat_id"))
        return int(raw) if raw.removeprefix("-").isdigit() else None


class Ledger:
    """Calls in the order they were answered; the oldest go first past 200,000."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=200_000)

    def __len__(self) -> int:
        return len(self._calls)

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._calls))

    def enter(self, call: Call) -> None:
        """Write one down."""
        self._calls.append(call)

    def of(self, method: str, chat: int | None = None) -> list[Call]:
        """The calls of one method (in any case of letters), perhaps about one chat."""
        wanted = method.lower()
        return [
            call for call in self._calls if call.method.lower() == wanted and (chat is None or call.chat_id == chat)
        ]

    def sent(self, chat: int | None = None) -> list[Call]:
        """The calls that put something before somebody: accepted send…, copy…, forward…"""
        return [
            call
            for call in self._calls
            if call.accepted
            and call.method.lower().startswith(("send", "copy", "forward"))
            and call.method.lower() != "sendchataction"
            and (chat is None or call.chat_id == chat)
        ]

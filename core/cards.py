"""A card as a value: what one of the shop's people is shown of a conversation that wants a person."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a conversation's card. `settled` is empty while it waits, then "seller" or "done", `by` whom, or
    "moved" when a newer card took its place; `chats` are the sellers it was shown to; `about` are
    the skus spoken of last, for who wants to order, `wanted` how many of which."""

    key: str
    opened_at: datetime
    lines: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    said: str = ""
    earlier: int = 0
    settled: str = ""
    alarm: bool = False
    by: int | None = None
    chats: list[int] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    wanted: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> str:
        """What the store keeps of it."""
        kept = asdict(self) | {"opened_at": self.opened_at.isoformat()}
        return json.dumps(kept, ensure_ascii=False)

    @classmethod
    def from_json(cls, kept: str) -> Card:
        values = json.loads(kept)
        return cls(**{**values, "opened_at": datetime.fromisoformat(values["opened_at"])})

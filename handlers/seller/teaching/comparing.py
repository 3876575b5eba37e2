"""The table of what a change of the understanding wins and loses, as the seller reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from handlers.ask_names import label

if TYPE_CHECKING:
    from core.understanding.teaching.trying import Tally
    from handlers.desk import Desk


def shown(desk: Desk, tallies: Sequence[Tally], owner: int) -> list[dict[str, Any]]:
    """A row an ask: its lines, how many are right before and after, and one that is lost."""
    voice = desk.voice(owner)
    return [
        {
            "ask": label(desk, one.ask, voice), "lines": one.lines, "before": one.before, "after": one.after,
            "won": len(one.won), "lost": len(one.lost), "example": one.lost[0] if one.lost else "", "worse": one.is_worse,
        }
        for one in tallies
    ]  # fmt: skip

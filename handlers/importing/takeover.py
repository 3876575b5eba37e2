"""What a file would do, before it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.writing import Write


@dataclass(slots=True)
class Takeover:
    """What a file would do. `wrong` stops all of it; `odd` is only told. Both are pairs of a Chinese and an English sentence."""

    unit: list[Write] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    same: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    odd: list[tuple[str, str]] = field(default_factory=list)

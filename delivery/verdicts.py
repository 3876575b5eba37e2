"""Verdicts: what the last look before each send says of a row."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Word(StrEnum):
    GO = "go"
    SKIP = "skip"
    LATER = "later"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Go, skip it for good (`why`), look again at `until`, or fail as if Telegram had refused."""

    word: Word
    why: str = ""
    until: datetime | None = None


GO = Verdict(Word.GO)


def skip(why: str) -> Verdict:
    """Not to be said any more."""
    return Verdict(Word.SKIP, why)


def fail(why: str) -> Verdict:
    """Telegram would refuse it: there is no right to say it."""
    return Verdict(Word.FAIL, why)


def later(until: datetime, why: str = "") -> Verdict:
    """Not now."""
    return Verdict(Word.LATER, why, until)

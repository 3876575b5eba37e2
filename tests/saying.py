"""Why something cannot be read, in words: what tests of reading share."""

from datetime import UTC, datetime
from html import unescape
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core.unreadable import Unreadable
from templates import Speech, Voice

SPEECH = Speech()


class Said(NamedTuple):
    zh: str
    en: str


def said(why: Unreadable) -> Said:
    """The sentence a Chinese reader sees, and an English one."""
    voices = [Voice(each, "", datetime(2026, 11, 20, tzinfo=UTC), ZoneInfo("UTC")) for each in ("zh", "en")]
    zh, en = (unescape(SPEECH.seller("unreadable", voice, why=why.why, **why.values)).strip() for voice in voices)
    return Said(zh, en)

"""Reading what others answer: whatever is not as it should be becomes nothing, never an error."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from core.tracking.values import MOST_WORDS

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?")


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """A text, on one line and no longer than is kept; numbers as they are written."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value)[: MOST_WORDS * 2].split())[:MOST_WORDS]


def number(value: Any) -> str:
    """A tracking number as we keep it."""
    return re.sub(r"[\s-]+", "", text(value)).upper()


def integer(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and re.fullmatch(r"-?\d{1,12}", value.strip()) else None


def moment(value: Any, zone: tzinfo | None = None) -> datetime | None:
    """An aware time: ISO 8601, or `YYYY-MM-DD HH:MM[:SS]`. Without an offset it is in `zone`; None when that is None."""
    if not isinstance(value, str) or not 8 <= len(value) <= 40:
        return None
    try:
        at = datetime.fromisoformat(value.strip().replace("/", "-"))
    except ValueError:
        return None
    if at.tzinfo is None:
        if zone is None:
            return None
        at = at.replace(tzinfo=zone)
    try:
        at.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return at if 2000 <= at.year <= 2100 else None


def offset(value: Any) -> tzinfo | None:
    """ "+08:00" or "UTC-5" as a zone."""
    match = _OFFSET.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    length = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(length if match[1] == "+" else -length) if length < timedelta(hours=24) else None

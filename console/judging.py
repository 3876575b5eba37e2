"""Judging on the console: which of a stream of conversations are about nothing but the price, and why."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from console.opening import CannotDo, say_aside
from core.haggling import Line, judge
from templates import Speech, Voice

SHAPE = '{"id": …, "turns": [{"who": "buyer"|"seller", "text": "…", "at"?: …, "event"?: true}], "ordered"?: …, "list_price"?: …}'


async def judge_lines() -> None:
    """A conversation a line in, a judgement a line out; a bad line is named on stderr and the others are judged."""
    speech, voice = Speech(), Voice("en", "", datetime.now(UTC), ZoneInfo("UTC"))
    bad = 0
    for number, written in enumerate(sys.stdin, start=1):
        if not written.strip():
            continue
        try:
            row = json.loads(written)
            lines = [line_of(turn) for turn in row["turns"]]
            price = None if row.get("list_price") is None else Decimal(str(row["list_price"]))
            judged = judge(lines, list_price=price, ordered=row.get("ordered") is True)
        except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, OverflowError):
            say_aside(f"Line {number} is not understood; it must be {SHAPE}.")
            bad += 1
            continue
        reasons = [speech.seller("haggling_reason", voice, name=one.name, figure=one.figure) for one in judged.reasons]
        told = {"id": row.get("id"), "haggler": judged.is_haggler, "score": judged.score, "reasons": reasons}
        print(json.dumps(told, ensure_ascii=False), flush=True)
    if bad:
        raise CannotDo(f"{bad} of the lines were not understood.")


def line_of(turn: dict[str, Any]) -> Line:
    """A turn as it is written in the file. Raises ValueError, KeyError or TypeError when it is none."""
    text, who = turn["text"], turn["who"]
    if not isinstance(text, str) or not isinstance(who, str):
        raise TypeError
    return Line("buyer" if who == "buyer" else "seller", text, moment(turn.get("at")), turn.get("event") is True)


def moment(at: Any) -> datetime | None:
    """ISO 8601, or seconds since 1970; without a zone it is UTC."""
    if at is None or at == "":
        return None
    if isinstance(at, int | float):
        return datetime.fromtimestamp(at, UTC)
    read = datetime.fromisoformat(at)
    return read if read.tzinfo else read.replace(tzinfo=UTC)

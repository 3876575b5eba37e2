"""Asking on the console: the reply a buyer would get, and what a stream of lines asks."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.opening import CannotDo, learnt, say_aside, store_or_none

if TYPE_CHECKING:
    from core.answering import Answer
    from core.asks import Ask
    from core.understanding import Mind
    from handlers.composing import Composed
    from settings import Settings

AT_ONCE = 1 << 14
"""Bytes of lines read and answered together."""


async def show_reply(settings: Settings, text: str, buyer: int | None, as_json: bool) -> None:
    """The reply, and below it what led to it. CannotDo where nobody knows the buyer."""
    from clock import Clock
    from handlers.calls import calls_for
    from handlers.composing import decide, read
    from handlers.desk import Desk

    if settings.database_file is not None and not settings.database_file.exists():
        say_aside(
            f"There is no database at {settings.database_file}: this is said by a shop of which nothing is known."
        )
    async with store_or_none(settings) as store:
        clock = Clock()
        desk = Desk(store, clock)
        async with learnt(settings, desk):
            await desk.open()
            chat = await desk.chats.of_buyer(buyer) if buyer is not None else None
            if buyer is not None and chat is None:
                raise CannotDo(f"There is no conversation with buyer {buyer}.")
            snapshot, mind = await desk.shelf.minded()
            told = read(text, chat, snapshot, mind, clock.now())
            orders = (
                tuple(await store.orders.of_buyer(chat.buyer.id)) if chat is not None and told.needs_orders else None
            )
            composed = decide(told, chat, snapshot, desk.speech, clock.now(), orders=orders)
    labels = [[desk.speech.label(one, composed.voice) for one in row] for row in composed.answer.buttons]
    calls = calls_for(composed.html, composed.answer.photos, {"rows": labels} if labels else None)
    if as_json:
        print(json.dumps(_as_json(composed, calls), ensure_ascii=False))
    else:
        _show(composed, calls, mind)


async def understand_lines(settings: Settings) -> None:
    """Stream of lines in, stream of lines out; a bad line is named on stderr and the others are answered."""
    from clock import Clock
    from core.asks import Heard
    from core.understanding.together import understand_all
    from handlers.desk import Desk

    bad = number = 0
    async with store_or_none(settings) as store:
        desk = Desk(store, Clock())
        async with learnt(settings, desk):
            _, mind = await desk.shelf.minded()
            for lines in _as_they_come():
                asked: list[tuple[Any, str, Heard]] = []
                for line in lines:
                    number += 1
                    if not line.strip():
                        continue
                    try:
                        row = json.loads(line)
                        text, previous = row["text"], row.get("prev") or ""
                        if not isinstance(text, str) or not isinstance(previous, str):
                            raise TypeError
                    except (ValueError, KeyError, TypeError, AttributeError):
                        say_aside(
                            f'Line {number} is not understood; it must be {{"id": …, "text": "…", "prev"?: "…"}}.'
                        )
                        bad += 1
                        continue
                    asked.append((row.get("id"), text, Heard(previous=previous)))
                found = understand_all([(text, heard) for _, text, heard in asked], mind)
                for (id_, _, _), understood in zip(asked, found, strict=True):
                    told = {
                        "id": id_,
                        "asks": [_ask_as_json(one) for one in understood.asks],
                        "unclear": list(understood.unclear),
                        "handover": understood.handover,
                    }
                    print(json.dumps(told, ensure_ascii=False), flush=True)
    if bad:
        raise CannotDo(f"{bad} of the lines were not understood.")


def _as_they_come() -> Iterator[list[str]]:
    """The lines of stdin, as many at a time as stand ready: who writes one and waits gets its answer, a file goes in batches."""
    stream: Any = sys.stdin.buffer
    rest = b""
    while chunk := stream.read1(AT_ONCE):
        *lines, rest = (rest + chunk).split(b"\n")
        yield [line.decode("utf-8", "replace") for line in lines]
    if rest:
        yield [rest.decode("utf-8", "replace")]


def _ask_as_json(ask: Ask) -> dict[str, Any]:
    return {
        "name": ask.name,
        "confidence": round(ask.confidence, 3),
        "product": ask.product,
        "products": list(ask.products),
        "span": list(ask.span),
        "source": ask.source,
    }


def _as_json(composed: Composed, calls: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    answer: Answer = composed.answer
    return {
        "messages": [_message(payload) for _, payload in calls],
        "asks": [_ask_as_json(one) for one in composed.understood.asks],
        "unclear": list(composed.understood.unclear),
        "handover": bool(answer.handovers),
    }


def _message(payload: dict[str, Any]) -> dict[str, Any]:
    """One message as a buyer sees it."""
    from handlers.calls import media_of, text_of

    shown = media_of("sendMediaGroup", payload) if "media" in payload else None
    files = [one["file"] for one in shown] if shown else [payload[key] for key in ("photo", "video") if key in payload]
    return {
        "text": text_of(payload),
        "photos": [file["file"] if isinstance(file, dict) else file for file in files],
        "buttons": payload.get("reply_markup", {}).get("rows", []),
    }


def _show(composed: Composed, calls: list[tuple[str, dict[str, Any]]], mind: Mind) -> None:
    """The reply as it would read, and below it what led to it."""
    from core.understanding.asks.explaining import why

    for _, payload in calls:
        message = _message(payload)
        for photo in message["photos"]:
            print(f"[{Path(photo).name}]")
        print(message["text"])
        for row in message["buttons"]:
            print("  ".join(f"[{label}]" for label in row))
        print()
    if not calls:
        print("(nothing is said)\n")
    for one in composed.understood.asks:
        named = f" → {', '.join(one.products)}" if one.products else ""
        piece = composed.words[one.span[0] : one.span[1]]
        reason = why(one.why, one.source, one.name, piece, mind)
        print(f"  {one.name} {one.confidence:.0%} by {one.source}{named}  {reason}")
    for doubt in composed.understood.doubts:
        print(f"  not understood: {doubt.text}" + (f" (perhaps {', '.join(doubt.maybe)})" if doubt.maybe else ""))
    for handed in composed.answer.handovers:
        print(f"  to the shopkeeper ({handed.reason}): {handed.words}")

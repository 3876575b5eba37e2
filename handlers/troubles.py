"""What went wrong on the way in or out, told to the sellers in one card per trouble."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from handlers.calls import text_of
from handlers.owners import tell_owners
from handlers.speaking import Record
from store.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from delivery.job import Job
    from delivery.troubles import Notice
    from handlers.desk import Desk
    from store.writing import Write

log = logging.getLogger(__name__)
AGAIN = 5.0
"""Seconds after which a trouble that could not be written is tried again."""


class Troubles:
    """Turns what delivery notices into words for the sellers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._writing: set[asyncio.Task[None]] = set()

    def tell(self, notice: Notice) -> None:
        """A gap is told to the sellers, and a second copy of the bot, once an hour: each gets a part of what buyers write. The
        other troubles are for the log and the health page: while they last, nothing could be told."""
        log.warning("trouble %s%s: %s", notice.trouble.value, " is over" if notice.is_over else "", notice.detail)
        if notice.trouble.value == "gap" and notice.since is not None and notice.until is not None:
            self._write(
                tell_owners(
                    self._desk, "gap", f"gap:{notice.until.timestamp():.0f}", since=notice.since, until=notice.until
                )
            )

        elif notice.trouble.value == "conflict" and not notice.is_over:
            hour = int(self._desk.clock.now().timestamp() // 3600)
            self._write(tell_owners(self._desk, "conflict", f"conflict:{hour}"))

    async def flooded(self, jobs: Sequence[Job], handle: Callable[[Job], Awaitable[None]]) -> None:
        """A buyer sent more than anybody can mean one by one: all are kept, one answer says so, and a person reads them."""
        from telegram import Message

        from handlers.buyer.meeting import clean, meet
        from handlers.buyer.messages import keep_line
        from handlers.composing import voice_for
        from store.outbox import Kind

        desk, now = self._desk, self._desk.clock.now()
        unit: list[Write] = []
        messages = [Message.de_json(dict(job.update[job.row.kind]), None) for job in jobs]
        first = messages[0]
        connection_id = (first.business_connection_id or "") if first is not None else ""
        is_served = not connection_id or desk.accounts.is_owners(desk.accounts.get(connection_id))
        if first is None or first.from_user is None or first.chat.id in desk.people.present or not is_served:
            for job in jobs:
                await handle(job)
            return
        chat, unit = await meet(desk, first.from_user, first.chat.id, now, connection_id)
        async with chat.held():
            lines = []
            for message in messages:
                if message is not None:
                    line, kept = keep_line(desk, chat, message, clean(message.text or message.caption or ""))
                    lines.append(line.text)
                    unit += kept
            voice = voice_for(chat, desk.shelf.now, now)
            html = desk.speech.buyer("too_many", voice, count=len(jobs))
            if not chat.buyer.is_blocked and not chat.conversation.is_muted(now):
                payload = {"text": html, "parse_mode": "HTML"}
                record = Record(text_of(payload), "too_many")
                unit += desk.speaking.say(chat, "sendMessage", payload, f"flood:{jobs[0].seq}", now, Kind.REPLY, record)
            if not chat.buyer.is_blocked:
                muted = chat.conversation.is_muted(now)
                unit += await desk.cards.heard(chat, lines, ("muted" if muted else "unclear",), now)
                if not muted:
                    chat.wait_for_a_person(("unclear",), now)
            hour = int(now.timestamp() // 3600)
            key = f"flood:{chat.buyer.id}:{hour}"
            unit += tell_owners(desk, "flood", key, name=chat.name, count=len(jobs))
            chat.change(last_inbound_at=now, last_outbound_at=now)
            unit += [job.done_write() for job in jobs[1:]]
            await desk.write([*unit, desk.store.conversations.save(chat.conversation)])

    def _write(self, unit: Sequence[Write]) -> None:
        task = asyncio.create_task(self._keep(unit))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def _keep(self, unit: Sequence[Write]) -> None:
        """Written as soon as the store takes it: troubles come together, and this one is noticed only once."""
        while True:
            try:
                return await self._desk.store.write(unit)
            except DatabaseUnavailable as error:
                log.warning("a trouble waits for the store: %s", error)
            except Exception:
                return log.exception("a trouble could not be told")
            await self._desk.clock.sleep(AGAIN)

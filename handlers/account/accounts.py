"""The connected accounts in memory: whose they are, what they allow, and where the seller is typing right now."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from core.account import Standing, standing

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.connections import Connection

PATIENCE = 5.0
"""Seconds an automatic line waits for a line of the seller's that was received and is not handled yet."""

Place = tuple[str, int]
"""A chat of an account: connection and chat."""


class Accounts:
    """Knows every connection; an owner's is served, a stranger's refused."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, Connection] = {}
        self._typed: dict[Place, set[int]] = {}
        self._handled = asyncio.Event()

    async def open(self) -> None:
        """Read what is known."""
        self._known = {one.id: one for one in await self._desk.store.connections.all()}

    def keep(self, connection: Connection) -> None:
        """The connection as it is now."""
        self._known[connection.id] = connection

    def get(self, id: str) -> Connection | None:
        return self._known.get(id)

    def served(self) -> list[Connection]:
        """The connections of owners."""
        return [one for one in self._known.values() if self.is_owners(one)]

    def is_owners(self, connection: Connection | None) -> bool:
        """Whether the account belongs to an owner of the shop. Asked each time: owners come and go."""
        return connection is not None and connection.user_id in self._desk.people.owners

    def standing(self, chat: Chat, now: datetime) -> Standing:
        """Whether something may go out in this chat of an account."""
        connection = self._known.get(chat.conversation.connection_id)
        return standing(
            is_owners=self.is_owners(connection),
            is_enabled=connection is not None and connection.is_enabled,
            can_reply=connection is not None and connection.can_reply,
            last_inbound=chat.conversation.last_inbound_at,
            now=now,
        )

    # the seller's own hand

    def glance(self, update: Mapping[str, Any]) -> None:
        """An update has been received, and is not handled yet: a line of the seller's stops automatic ones from here on."""
        message = update.get("business_message")
        if not isinstance(message, dict) or message.get("sender_business_bot"):
            return
        connection = self._known.get(str(message.get("business_connection_id")))
        sender, chat, number = message.get("from"), message.get("chat"), message.get("message_id")
        if connection is None or not isinstance(sender, dict) or not isinstance(chat, dict):
            return
        if sender.get("id") == connection.user_id and isinstance(number, int):
            self._typed.setdefault((connection.id, int(chat.get("id", 0))), set()).add(number)

    def has_handled(self, connection_id: str, chat_id: int, message_id: int) -> None:
        """A line of the seller's has had its effect, or was an echo of ours."""
        typed = self._typed.get((connection_id, chat_id))
        if typed is not None:
            typed.discard(message_id)
            if not typed:
                del self._typed[connection_id, chat_id]
        handled, self._handled = self._handled, asyncio.Event()
        handled.set()

    async def hands_off(self, connection_id: str, chat_id: int) -> bool:
        """Wait until every line of the seller's there is handled. False when that takes too long."""
        try:
            async with asyncio.timeout(PATIENCE):
                while (connection_id, chat_id) in self._typed:
                    await self._handled.wait()
        except TimeoutError:
            self._typed.pop((connection_id, chat_id), None)  # it was set aside; nobody waits for it again
            return False
        return True

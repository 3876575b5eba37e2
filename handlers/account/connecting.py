"""Connections as Telegram tells them: made, changed, ended. Only an owner's is served; a stranger's is told once."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import BusinessConnection, Update
from telegram.error import TelegramError

from handlers.owners import tell_owners
from store.connections import Connection

if TYPE_CHECKING:
    from handlers.desk import Context, Desk
    from store.writing import Write

log = logging.getLogger(__name__)
OFF = "the account is disconnected; it goes when the bot is connected again"
"""Why a message to a buyer waits; `Outbox.release` finds it by this."""
DELETE = "can_delete_sent_messages"


async def on_connection(update: Update, context: Context) -> None:
    """A connection was made or changed. Its owner hears how it stands, in words."""
    told = update.business_connection
    assert told is not None
    await take_in(context.desk, connection_of(told, context.desk.clock.now()))


async def refresh(desk: Desk) -> None:
    """At the start: how the owners' connections stand now, for what changed while nobody listened."""
    if desk.ask_connection is None:
        return
    for known in desk.accounts.served():
        try:
            raw = await desk.ask_connection(known.id)
        except TelegramError as error:  # it stays as it was known, until Telegram tells of a change
            log.warning("how connection %s stands was not told: %s", known.id, error)
            continue
        told = BusinessConnection.de_json(raw, None) if raw else None
        if told is not None:
            now = connection_of(told, desk.clock.now())
            if (now.is_enabled, now.can_reply, now.rights) != (known.is_enabled, known.can_reply, dict(known.rights)):
                await take_in(desk, now)


async def take_in(desk: Desk, connection: Connection) -> None:
    """Keep the connection as it is now, say so, and let go what waited for it."""
    before = desk.accounts.get(connection.id)
    unit: list[Write] = [desk.store.connections.save(connection)]
    if not desk.accounts.is_owners(connection):
        key = f"account-refused:{connection.id}"
        unit += tell_owners(desk, "account_refused", key, name=connection.name, user=connection.user_id)
    elif before is None or _state(before) != _state(connection):
        key = f"account:{connection.id}:{connection.changed_at.timestamp():.6f}"
        values = {"can_delete": bool(connection.rights.get(DELETE)), "quiet": round(desk.quiet.total_seconds() / 60)}
        unit += tell_owners(desk, f"account_{_state(connection)[0]}", key, name=connection.name, **values)
    if connection.is_enabled:
        unit.append(desk.store.outbox.release(OFF))
    unit.append(desk.noted(connection.user_id, "account", connection.id, state=_state(connection)[0]))
    await desk.write(unit)
    desk.accounts.keep(connection)
    desk.look_into_outbox()


def connection_of(told: BusinessConnection, now: datetime) -> Connection:
    """Telegram's words as we keep them."""
    given: dict[str, Any] = told.rights.to_dict() if told.rights is not None else {}
    rights = {name: True for name, is_given in given.items() if is_given is True}
    return Connection(
        told.id, told.user.id, told.user_chat_id, told.date, now, told.user.full_name, told.is_enabled,
        bool(told.rights and told.rights.can_reply), rights,
    )  # fmt: skip


def _state(connection: Connection) -> tuple[str, bool]:
    state = "off" if not connection.is_enabled else "on" if connection.can_reply else "no_right"
    return state, bool(connection.rights.get(DELETE))

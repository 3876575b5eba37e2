"""From a worded message to what is written down: outbox rows, the messages they are remembered as, and their buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

from core.answering.values import Answer
from core.answering.values import Button as Offered
from core.frozen import frozen
from handlers.access import may_tap
from handlers.account.numbering import NUMBERED, numbered
from handlers.calls import calls_for, fitting, media_of, text_of
from store.buttons import Button
from store.ids import new_id
from store.messages import Message, Who
from store.outbox import Kind, Outgoing
from templates import Voice

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.writing import Write

BUTTONS_LAST = timedelta(days=14)
"""A button older than this does nothing any more."""

Labelled = tuple[str, str, Mapping[str, Any]]
"""A button for the seller: label, action, data."""


@frozen
class Record:
    """What a message to a buyer is remembered as: its plain text, the templates it was made of (joined by +), the asks and
    the turn it answers, and whose words it is where a person's.
    """

    text: str
    template: str = ""
    asks: tuple[str, ...] = ()
    turn_id: int | None = None
    staff_id: int | None = None


class Speaking:
    """Builds the unit of writes that says something: `rows` for the outbox, with everything that goes with them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def reply(
        self, chat: Chat, answer: Answer, voice: Voice, html: str, key: str, now: datetime, turn_id: int | None
    ) -> list[Write]:
        """Say an answer to the buyer of this chat: one message where Telegram allows it, cleanly split beyond."""
        unit: list[Write] = []
        keyboard = self.keyboard(chat, answer.buttons, voice, now, unit)
        calls = calls_for(html, answer.photos, keyboard)
        template = "+".join(fact.name for fact in answer.said)
        for place, (method, payload) in enumerate(calls):
            unit += self.say(
                chat, method, payload, f"{key}:{place}", now, Kind.REPLY,
                Record(text_of(payload), template, answer.asks, turn_id),
            )  # fmt: skip
        return [*unit, *self._desk.promising.stated(chat, answer.said, now)]

    def say(
        self,
        chat: Chat,
        method: str,
        payload: Mapping[str, Any],
        key: str,
        now: datetime,
        kind: Kind,
        record: Record,
        guard: Mapping[str, Any] | None = None,
    ) -> list[Write]:
        """One outbox row to a buyer, and the message it is remembered as."""
        row, kept = self.prepared(chat, method, payload, key, now, kind, record, guard)
        return [self._desk.store.outbox.put(row), *kept]

    def prepared(
        self,
        chat: Chat,
        method: str,
        payload: Mapping[str, Any],
        key: str,
        now: datetime,
        kind: Kind,
        record: Record,
        guard: Mapping[str, Any] | None = None,
        not_before: datetime | None = None,
    ) -> tuple[Outgoing, list[Write]]:
        """The outbox row, not yet put, and the writes that remember what it says."""
        state, line = chat.conversation, new_id()
        more: list[Write] = []
        if state.connection_id and record.staff_id is None:
            is_later = not_before is not None
            payload, more = numbered(self._desk, chat, payload, record.template, now, is_later=is_later)
            guard = {**(guard or {}), NUMBERED: True} if is_later else guard
        row = Outgoing(
            key=key,
            lane=f"{state.connection_id}:{state.chat_id}",
            chat_id=state.chat_id,
            method=method,
            payload=payload,
            kind=kind,
            created_at=now,
            connection_id=state.connection_id,
            conversation_id=state.id,
            guard={"to": "buyer", **(guard or {}), **({"line": line} if state.connection_id else {})},
            not_before=not_before,
        )
        message = Message(
            state.id,
            Who.STAFF if record.staff_id else Who.BOT,
            record.text,
            now,
            turn_id=record.turn_id,
            staff_id=record.staff_id,
            media=media_of(method, payload),
            template=record.template,
            asks=record.asks,
            outbox_id=row.id,
            id=line,
        )
        return row, [*self._desk.store.messages.add(message), *more]

    def change(self, chat: Chat, method: str, payload: Mapping[str, Any], key: str, now: datetime) -> list[Write]:
        """Change a message of ours in the buyer's chat: nothing new is said."""
        state = chat.conversation
        row = Outgoing(
            key=key,
            lane=f"{state.connection_id}:{state.chat_id}",
            chat_id=state.chat_id,
            method=method,
            payload=payload,
            kind=Kind.REPLY,
            created_at=now,
            connection_id=state.connection_id,
            conversation_id=state.id,
            guard={"to": "buyer", "edit": True},
        )
        return [self._desk.store.outbox.put(row)]

    def tell_seller(
        self,
        owner: int,
        html: str,
        key: str,
        now: datetime,
        *,
        buttons: Sequence[Sequence[Labelled]] = (),
        conversation_id: int | None = None,
        reply_to: int | None = None,
    ) -> list[Write]:
        """Say something to a seller: text split cleanly, under the last part the buttons that this person may tap."""
        unit: list[Write] = []
        rows = self.seller_rows(owner, buttons, now, unit)
        keyboard = {"inline_keyboard": rows} if rows else None
        for place, (method, payload) in enumerate(calls_for(html, (), keyboard)):
            if reply_to is not None and place == 0:
                payload = payload | {"reply_parameters": {"message_id": reply_to, "allow_sending_without_reply": True}}
            unit.append(
                self.to_seller(owner, method, payload, f"{key}:{place}" if place else key, now, conversation_id)
            )
        return unit

    def to_seller(
        self,
        owner: int,
        method: str,
        payload: Mapping[str, Any],
        key: str,
        now: datetime,
        conversation_id: int | None = None,
    ) -> Write:
        """One outbox row to a seller; a text that is too long for its one message is cut."""
        row = Outgoing(
            key=key,
            lane=f":{owner}",
            chat_id=owner,
            method=method,
            payload=fitting(payload),
            kind=Kind.SELLER,
            created_at=now,
            conversation_id=conversation_id,
            guard={"to": "seller"},
        )
        return self._desk.store.outbox.put(row)

    def seller_rows(
        self, owner: int, buttons: Sequence[Sequence[Labelled]], now: datetime, unit: list[Write]
    ) -> list[list[dict[str, Any]]]:
        """Rows of buttons in a seller's chat, of those alone that this person may tap."""
        theirs = [[one for one in row if may_tap(self._desk, owner, one[1])] for row in buttons]
        return [[self.seller_button(owner, *one, now, unit) for one in row] for row in theirs if row]

    def seller_button(
        self, owner: int, label: str, action: str, data: Mapping[str, Any], now: datetime, unit: list[Write]
    ) -> dict[str, Any]:
        """A button in a seller's chat; what it does is kept in the store under an opaque id."""
        button = Button(owner, owner, action, now, data, now + BUTTONS_LAST)
        unit.append(self._desk.store.buttons.add(button))
        return {"text": unescape(label), "callback_data": button.id}

    def group_button(
        self, group: int, label: str, action: str, data: Mapping[str, Any], now: datetime, unit: list[Write]
    ) -> dict[str, Any]:
        """A button in a group, for whoever of the shop's people taps it."""
        button = Button(group, None, action, now, data, now + BUTTONS_LAST)
        unit.append(self._desk.store.buttons.add(button))
        return {"text": unescape(label), "callback_data": button.id}

    def keyboard(
        self, chat: Chat, rows: Sequence[Sequence[Offered]], voice: Voice, now: datetime, unit: list[Write]
    ) -> dict[str, Any] | None:
        """The inline keyboard; each tap's meaning is a row behind an opaque id, bound to this buyer."""
        if not rows:
            return None
        state = chat.conversation
        made = []
        for row in rows:
            line = []
            for one in row:
                data = {**one.data, "conversation": state.id}
                button = Button(state.chat_id, state.chat_id, one.action, now, data, now + BUTTONS_LAST)
                unit.append(self._desk.store.buttons.add(button))
                line.append({"text": self._desk.speech.label(one, voice), "callback_data": button.id})
            made.append(line)
        return {"inline_keyboard": made}

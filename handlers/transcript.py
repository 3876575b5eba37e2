"""What was said with a buyer, line by line, as sellers read it: in a list, in an opened chat, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.html import plain_text
from store.messages import Message, Who
from store.outbox import Status, made

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.writing import Write

FATES = {
    **dict.fromkeys((Status.FAILED, Status.EXPIRED, Status.SKIPPED, Status.CANCELLED), "unsent"),
    Status.UNKNOWN: "unknown",
    Status.SENDING: "",
    Status.PENDING: "",
    Status.SENT: "",
}
"""What became of a line of ours: "unsent" never left, of "unknown" nobody can tell."""


async def lines_of(desk: Desk, reader: int, said: Sequence[Message]) -> list[dict[str, Any]]:
    """The lines for a template: as first said, each with its versions, whether it was taken back, and whether ours arrived.
    Who said it by hand stands by name, but for the `reader`."""
    fates = await desk.store.outbox.fates(
        [one.outbox_id for one in said if one.outbox_id is not None and one.sent_at is None]
    )
    return [
        {
            "at": one.at,
            "who": one.who.value,
            "by": desk.people.name_of(one.staff_id)
            if one.who is Who.STAFF and one.staff_id not in (None, reader)
            else "",
            "text": one.text,
            "kinds": [str(file.get("kind", "")) for file in one.media or () if isinstance(file, dict)],
            "deleted": one.is_deleted,
            "fate": FATES[fates[one.outbox_id]] if one.outbox_id in fates else "",
            "versions": [{"at": each.at, "kind": each.kind.value, "text": each.text} for each in one.versions],
        }
        for one in said
    ]


async def evidence(
    desk: Desk, chat: Chat, owners: tuple[int, ...], key: str, now: datetime, *, is_alarm: bool = False
) -> list[Write]:
    """The transcript as a file for these sellers: every line with its time, edits with both texts."""
    said = await desk.store.messages.history(chat.buyer.id)
    unit: list[Write] = []
    for owner in owners:
        voice, lines = desk.voice(owner), await lines_of(desk, owner, said)
        values = {"name": chat.name, "buyer": chat.buyer.id}
        text = plain_text(desk.speech.seller("evidence", voice, lines=lines, made_at=now, **values))
        caption = desk.speech.seller("evidence_sent", voice, count=len(lines), is_alarm=is_alarm, **values)
        name = f"{chat.buyer.id}-{now.astimezone(voice.zone):%Y%m%d-%H%M}.txt"
        payload = {"document": made(name, text.encode()), "caption": caption, "parse_mode": "HTML"}
        conversation = chat.conversation.id
        unit.append(
            desk.speaking.to_seller(owner, "sendDocument", payload, f"{key}:evidence:{owner}", now, conversation)
        )
    return unit

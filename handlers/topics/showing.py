"""What a topic shows: lines of both sides merged into few messages, pictures by their file id, and the pinned card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.html import CAPTION_LIMIT, cut_html, plain_text, utf16_length
from core.topics import State
from handlers.calls import NO_PREVIEW
from handlers.resending import album, by_id, go_together

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.messages import Message
    from templates import Voice

MOST = 3500
"""Characters in one merged message; Telegram takes 4,096."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One call, without chat and topic, and what it shows of which message (HTML)."""

    method: str
    payload: Mapping[str, Any]
    pieces: tuple[tuple[int, str], ...]


def calls(desk: Desk, voice: Voice, name: str, said: Sequence[Message]) -> Iterator[Shown]:
    """The calls that show these messages in order: texts in a row as one, albums as albums."""
    pieces: list[tuple[int, str]] = []
    rest = list(said)
    while rest:
        first = rest.pop(0)
        media = [one for one in first.media or () if isinstance(one, dict) and one.get("kind") and "file_id" in one]
        if not media:
            html = piece(desk, voice, name, first)
            if pieces and sum(utf16_length(plain_text(one)) for _, one in [*pieces, (0, html)]) > MOST:
                yield merged(pieces)
                pieces = []
            pieces.append((first.id, html))
            continue
        if pieces:
            yield merged(pieces)
            pieces = []
        group = [first]
        while first.album and rest and rest[0].album == first.album and len(group) < 10:
            group.append(rest.pop(0))
        yield from _files(desk, voice, name, group)
    if pieces:
        yield merged(pieces)


def merged(pieces: Sequence[tuple[int, str]]) -> Shown:
    """Several lines as one message."""
    text = "\n".join(html for _, html in pieces)
    payload = {"text": text, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    return Shown("sendMessage", payload, tuple(pieces))


def piece(desk: Desk, voice: Voice, name: str, one: Message, caption: bool = False) -> str:
    """One message of either side as a line."""
    who = desk.people.name_of(one.staff_id) if one.staff_id else name
    kinds = [str(file.get("kind", "")) for file in one.media or () if isinstance(file, dict)]
    return desk.speech.seller(
        "topic_line", voice, who=one.who.value, name=who, text="" if one.is_deleted else one.now_reads[: MOST - 200],
        first=one.text[: MOST - 200], edited=bool(one.versions) and not one.is_deleted, deleted=one.is_deleted,
        kinds=[] if caption else kinds,
    )  # fmt: skip


def card(desk: Desk, voice: Voice, chat: Chat, of: State) -> str:
    """The pinned card's text."""
    now, state = desk.clock.now(), chat.conversation
    muted = state.is_muted(now)
    return desk.speech.seller(
        "topic_card", voice, name=chat.name, buyer=chat.buyer.id, username=chat.buyer.username, grade=chat.buyer.grade,
        note=chat.buyer.note, language=chat.buyer.language, in_account=bool(state.connection_id), state=of.value,
        since=state.handed_over_at, muted=muted,
        muted_until=state.muted_until if muted and not state.is_off else None,
    )  # fmt: skip


def _files(desk: Desk, voice: Voice, name: str, group: Sequence[Message]) -> Iterator[Shown]:
    media = [one.media[0] for one in group]
    html = cut_html(piece(desk, voice, name, group[0], caption=True), CAPTION_LIMIT)
    caption = {"caption": html, "parse_mode": "HTML"}
    pieces = tuple((one.id, html if place == 0 else "") for place, one in enumerate(group))
    if go_together(media):
        yield Shown("sendMediaGroup", album(media, caption), pieces)
        return
    for one, file in zip(group, media, strict=True):
        sent = by_id(file, {"caption": piece(desk, voice, name, one, caption=True), "parse_mode": "HTML"})
        if sent is not None:
            yield Shown(sent[0], sent[1], ((one.id, ""),))

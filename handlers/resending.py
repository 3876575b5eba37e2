"""Passing files on by their id: Telegram copies nothing out of, or into, the chats of a business account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

METHODS = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "animation": "sendAnimation",
    "voice": "sendVoice",
    "audio": "sendAudio",
    "video_note": "sendVideoNote",
    "document": "sendDocument",
    "sticker": "sendSticker",
}
UNCAPTIONED = frozenset({"video_note", "sticker"})
IN_ALBUMS = ({"photo", "video"}, {"document"}, {"audio"})
"""Kinds that may stand in one album."""


def by_id(media: Mapping[str, Any], caption: Mapping[str, Any] | None = None) -> tuple[str, dict[str, Any]] | None:
    """The call that sends what `meeting.media_in` remembered; `caption` are its arguments. None for a kind without a file."""
    kind = str(media.get("kind"))
    if kind == "location":
        return "sendLocation", {"latitude": media["latitude"], "longitude": media["longitude"]}
    if kind == "contact":
        return "sendContact", {"phone_number": media["phone"], "first_name": media.get("name") or media["phone"]}
    if kind not in METHODS or "file_id" not in media:
        return None
    worded = caption if caption and kind not in UNCAPTIONED else {}
    return METHODS[kind], {kind: media["file_id"], **worded}


def album(media: Sequence[Mapping[str, Any]], caption: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The arguments of sendMediaGroup for two to ten files of kinds that go together; the caption stands on the first."""
    items: list[dict[str, Any]] = [{"type": one["kind"], "media": one["file_id"]} for one in media[:10]]
    items[0] |= caption or {}
    return {"media": items}


def go_together(media: Sequence[Mapping[str, Any]]) -> bool:
    """Whether these files may be one album."""
    kinds = {str(one.get("kind")) for one in media}
    return 2 <= len(media) <= 10 and any(kinds <= allowed for allowed in IN_ALBUMS)

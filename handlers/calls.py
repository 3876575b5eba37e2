"""The Bot API calls that say a text with its pictures, and what of a call is remembered. Pure: nothing is sent or kept here."""

from collections.abc import Mapping, Sequence
from typing import Any

from telegram import CallbackQuery
from telegram import Message as TelegramMessage

from core.html import CAPTION_LIMIT, TEXT_LIMIT, cut_html, plain_text, split_html, utf16_length

NO_PREVIEW = {"is_disabled": True}
"""`link_preview_options` that shows no preview of a link."""
_VIDEOS = (".mp4", ".mov", ".m4v", ".webm")
_LIMITS = (("text", TEXT_LIMIT), ("caption", CAPTION_LIMIT))


def calls_for(html: str, photos: Sequence[str], keyboard: Mapping[str, Any] | None) -> list[tuple[str, dict[str, Any]]]:
    """The Bot API calls that say this: (method, arguments without chat). One call where text and pictures fit together."""
    marked: dict[str, Any] = {"reply_markup": keyboard} if keyboard else {}
    calls: list[tuple[str, dict[str, Any]]] = []
    fits = utf16_length(plain_text(html)) <= CAPTION_LIMIT
    if len(photos) == 1:
        caption = {"caption": html, "parse_mode": "HTML"} if fits and html else {}
        method, name = ("sendVideo", "video") if _is_video(photos[0]) else ("sendPhoto", "photo")
        calls.append((method, {name: _file_of(photos[0]), **caption, **(marked if fits else {})}))
        if fits:
            return calls
    elif photos:
        whole = fits and not keyboard
        media: list[dict[str, Any]] = [
            {"type": "video" if _is_video(photo) else "photo", "media": _file_of(photo)} for photo in photos[:10]
        ]
        if whole and html:
            media[0] |= {"caption": html, "parse_mode": "HTML"}
        calls.append(("sendMediaGroup", {"media": media}))
        if whole:
            return calls
    parts = split_html(html, TEXT_LIMIT)
    for place, part in enumerate(parts):
        last = marked if place == len(parts) - 1 else {}
        calls.append(("sendMessage", {"text": part, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW, **last}))
    return calls


def fitting(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The payload, its HTML cut to what Telegram takes: else all of it would be refused, and nobody would read any of it."""
    if payload.get("parse_mode") != "HTML":
        return payload
    fits = {name: cut_html(payload[name], limit) for name, limit in _LIMITS if name in payload}
    return payload if all(payload[name] is html for name, html in fits.items()) else {**payload, **fits}


def text_of(payload: Mapping[str, Any]) -> str:
    """The plain text of a call, for the record."""
    first = payload["media"][0].get("caption", "") if "media" in payload else ""
    html = str(payload.get("text") or payload.get("caption") or first)
    return plain_text(html) if "parse_mode" in payload or "media" in payload else html


def media_of(method: str, payload: Mapping[str, Any]) -> Any:
    """What was shown with a call, for the record."""
    kinds = {"sendPhoto": "photo", "sendVideo": "video", "sendDocument": "document"}
    if method in kinds:
        return [{"kind": kinds[method], "file": payload.get(kinds[method])}]
    if method == "sendMediaGroup":
        return [{"kind": one["type"], "file": one["media"]} for one in payload["media"]]
    return None


def keyboard_of(query: CallbackQuery) -> dict[str, str]:
    """The buttons of the message that was tapped: what each carries, and its label."""
    message = query.message
    markup = message.reply_markup if isinstance(message, TelegramMessage) else None
    return {str(one.callback_data): one.text for row in (markup.inline_keyboard if markup else ()) for one in row}


def _file_of(source: str) -> Any:
    """A photo of the catalogue as an argument: an address as it is, everything else by the name it is cached under."""
    return source if source.startswith(("http://", "https://")) else {"file": source}


def _is_video(source: str) -> bool:
    return source.lower().endswith(_VIDEOS) or source.startswith("video:")

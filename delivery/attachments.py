"""Files in a payload: `{"file": source}` stands for a file, sent by its known file id or else uploaded.

A source is a file's path, or `made:NAME;CONTENT` with the content in base64: a table or a picture that was made to be sent
once and is kept nowhere but in its row of the outbox.
"""

import mimetypes
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from delivery.transport import Upload
from store.outbox import MADE

ONE = ("photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker", "thumbnail")
"""Parameters that may be a file."""


def sources(payload: Mapping[str, Any]) -> list[str]:
    """The files a payload refers to, in order."""
    return [value["file"] for value in _places(payload)]


def filled(
    payload: Mapping[str, Any], file_ids: Mapping[str, str], read: Callable[[str], bytes]
) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The payload as the Bot API takes it, and what must be uploaded with it. `read` fetches a file not in `file_ids`.

    OSError when a file cannot be read.
    """
    uploads: dict[str, Upload] = {}

    def fill(value: Any) -> Any:
        if _is_file(value):
            source = value["file"]
            if (known := file_ids.get(source)) is not None:
                return known
            if source.startswith(MADE):
                name, _, content = source.removeprefix(MADE).partition(";")
                data = b64decode(content)
            else:
                name, data = PurePath(source).name or "file", read(source)
            mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
            part = f"file{len(uploads)}"
            uploads[part] = (name, data, mime)
            return f"attach://{part}"
        if isinstance(value, dict):
            return {name: fill(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [fill(inner) for inner in value]
        return value

    return {name: fill(value) for name, value in payload.items()}, uploads


def learned(payload: Mapping[str, Any], result: Any) -> dict[str, str]:
    """What Telegram calls the files it was just sent: source → file id. `result` is the call's: a message or an album."""
    wanted = sources(payload)
    if not wanted:
        return {}
    messages = result if isinstance(result, list) else [result]
    given = [_file_id(message) for message in messages if isinstance(message, dict)]
    if any(one.startswith(MADE) for one in wanted) or len(wanted) != len(given):
        return {}
    return {source: file_id for source, file_id in zip(wanted, given, strict=True) if file_id}


def _file_id(message: Mapping[str, Any]) -> str:
    for name in ONE:
        held = message.get(name)
        if name == "photo" and isinstance(held, list) and held:
            held = max(held, key=lambda size: size.get("width", 0) * size.get("height", 0))
        if isinstance(held, dict) and isinstance(held.get("file_id"), str):
            return str(held["file_id"])
    return ""


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and len(value) == 1 and isinstance(value.get("file"), str)


def _places(value: Any) -> Iterator[Mapping[str, Any]]:
    if _is_file(value):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _places(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _places(inner)

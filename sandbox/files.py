"""Files: bytes under a file id, with the limits and refusals Telegram has for them."""

import base64
import hashlib
import mimetypes
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sandbox import pictures
from sandbox.errors import bad_request, too_large
from sandbox.links import checked_url

MOST_DOWNLOADED = 20 * 1024 * 1024
MOST_UPLOADED = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
PHOTO_EDGES = (90, 320, 800, 1280)


class Kind(StrEnum):
    """What a file was sent as; an id of one kind is refused as another."""

    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    DOCUMENT = "document"
    AUDIO = "audio"
    VOICE = "voice"
    STICKER = "sticker"
    VIDEO_NOTE = "video_note"


PREFIX = {
    Kind.PHOTO: "AgAC",
    Kind.VIDEO: "BAAC",
    Kind.ANIMATION: "CgAC",
    Kind.DOCUMENT: "BQAC",
    Kind.AUDIO: "CQAC",
    Kind.VOICE: "AwAC",
    Kind.STICKER: "CAAC",
    Kind.VIDEO_NOTE: "DQAC",
}


@dataclass(frozen=True, slots=True)
class File:
    """One stored file. `file_id` is this bot's, `unique_id` is the same for the same bytes."""

    file_id: str
    unique_id: str
    kind: Kind
    data: bytes
    name: str
    mime: str
    path: str
    source: str | None = None

    def as_sent(self) -> Any:
        """The part of a message that shows this file: a list of sizes for a photo, an object for the rest."""
        shape: dict[str, Any]
        base: dict[str, Any] = {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}
        match self.kind:
            case Kind.PHOTO:
                return self._sizes(base)
            case Kind.VIDEO:
                return base | {
                    "width": 640,
                    "height": 360,
                    "duration": 1,
                    "file_name": self.name,
                    "mime_type": self.mime,
                }
            case Kind.ANIMATION:
                width, height = pictures.size_of(self.data) or (320, 240)
                shape = {"width": width, "height": height, "duration": 1}
                return base | shape | {"file_name": self.name, "mime_type": self.mime}
            case Kind.STICKER:
                shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
                return base | shape
            case Kind.VIDEO_NOTE:
                return base | {"length": 240, "duration": 1}
            case Kind.VOICE:
                return base | {"duration": 1, "mime_type": self.mime}
            case Kind.AUDIO:
                return base | {"duration": 1, "file_name": self.name, "mime_type": self.mime}
            case Kind.DOCUMENT:
                return base | {"file_name": self.name, "mime_type": self.mime}

    def _sizes(self, base: dict[str, Any]) -> list[dict[str, Any]]:
        """Smaller ones first. Every size has the same bytes here; only the figures differ."""
        width, height = pictures.size_of(self.data) or (640, 480)
        longest = max(width, height)
        edges = [edge for edge in PHOTO_EDGES if edge < longest] + [min(longest, PHOTO_EDGES[-1])]
        sizes = []
        for number, edge in enumerate(dict.fromkeys(edges)):
            share = edge / longest
            shape = {"width": max(1, round(width * share)), "height": max(1, round(height * share))}
            last = edge == edges[-1]
            ids = (
                {} if last else {"file_id": f"{self.file_id}-{number}", "file_unique_id": f"{self.unique_id}-{number}"}
            )
            sizes.append(base | ids | shape)
        return sizes


class Files:
    """Everything ever sent, by file id. Ids of another bot, or of one forgotten, are refused as Telegram does."""

    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}
        self._forgotten: set[str] = set()

    def keep(self, kind: Kind, data: bytes, name: str, mime: str | None = None, source: str | None = None) -> File:
        """Store bytes somebody sent; raises 400 or 413 when Telegram would not take them."""
        if not data:
            raise bad_request("file must be non-empty")
        if kind is Kind.PHOTO:
            _check_photo(data)
        digest = hashlib.sha256(kind.encode() + data).digest()
        unique = "AQAD" + base64.urlsafe_b64encode(digest[:9]).decode()
        serial = len(self._by_path) + 1
        tail = hashlib.sha256(f"{self._bot_id}:{unique}:{serial}".encode()).digest()
        file_id = PREFIX[kind] + base64.urlsafe_b64encode(tail + digest[:12]).decode().rstrip("=")
        suffix = "." + name.rsplit(".", 1)[-1] if "." in name else ""
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        path = f"{kind.value}s/file_{serial}{suffix if suffix.isascii() else ''}"
        file = File(file_id, unique, kind, data, name, mime, path, source)
        self._by_id[file_id] = file
        self._by_path[path] = file
        return file

    def uploaded(self, kind: Kind, data: bytes, name: str, mime: str | None) -> File:
        """Store what a bot uploaded: at most 50 MB."""
        if len(data) > MOST_UPLOADED:
            raise too_large()
        return self.keep(kind, data, name, mime)

    def named(self, kind: Kind, text: str) -> File:
        """The file a bot meant by an id it has, or by an https address (which stands in, and is not fetched)."""
        if "://" in text:
            if checked_url(text) is None:
                raise bad_request("wrong file identifier/HTTP URL specified")
            name = text.rsplit("/", 1)[-1].split("?")[0] or "file"
            data = pictures.plain(640, 480) if kind is not Kind.DOCUMENT else text.encode()
            return self.keep(kind, data, name, source=text)
        file = self.find(text)
        if file is None:
            if len(text) < 20 or not text.replace("-", "").replace("_", "").isalnum():
                raise bad_request("wrong file identifier/HTTP URL specified")
            raise bad_request("wrong remote file identifier specified: can't unserialize it")
        if file.kind is not kind:
            raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
        return file

    def find(self, file_id: str) -> File | None:
        """The file under an id (any size of a photo); None for a stranger's or a forgotten one."""
        if file_id in self._forgotten:
            return None
        return self._by_id.get(file_id) or self._by_id.get(file_id.rpartition("-")[0])

    def at(self, path: str) -> File | None:
        """The file at the path getFile gave."""
        return self._by_path.get(path)

    def forget_ids(self) -> None:
        """From now on every id handed out so far is refused, as after a change of bot."""
        self._forgotten |= self._by_id.keys()


def _check_photo(data: bytes) -> None:
    if len(data) > LARGEST_PHOTO:
        raise bad_request(
            f"file of size {len(data)} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes"
        )
    size = pictures.size_of(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > 10_000 or min(size) == 0 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")

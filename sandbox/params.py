"""The parameters of one API call, whichever way they came: query, form, JSON or multipart."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from sandbox.errors import bad_request, too_large
from sandbox.files import MOST_UPLOADED


@dataclass(frozen=True, slots=True)
class Upload:
    """A file inside a multipart call."""

    name: str
    mime: str | None
    data: bytes


class Params:
    """Typed looks at the parameters; a wrong one is Telegram's 400."""

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.uploads = uploads or {}

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None or name in self.uploads

    def text(self, name: str) -> str | None:
        """A string; a number is taken as its digits."""
        value = self.values.get(name)
        if value is None or isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, bool)) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; anything else counts as absent, as Telegram counts it."""
        value = self.values.get(name)
        try:
            return default if value is None or value == "" else int(value)
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """True for true, True, 1, yes, y."""
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes", "y")

    def json(self, name: str, what: str | None = None) -> Any:
        """A JSON value, given as one or as its text; None when absent or empty."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {what or name} JSON object") from error

    def upload(self, name: str) -> Upload | None:
        """The file sent under this name, or the one it points at with `attach://`."""
        direct = self.uploads.get(name)
        if direct is not None:
            return direct
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return None

    def shown(self) -> dict[str, Any]:
        """The parameters for the ledger: values decoded from JSON, files by name and size."""
        told: dict[str, Any] = {}
        for name, value in self.values.items():
            told[name] = _decoded(value) if isinstance(value, str) and value[:1] in "[{" else value
        for name, upload in self.uploads.items():
            told[name] = f"<{upload.name}, {len(upload.data)} bytes>"
        return told


def _decoded(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


async def read(request: web.Request) -> Params:
    """Everything the call carries."""
    values: dict[str, Any] = dict(request.query)
    if not request.can_read_body:
        return Params(values)
    match request.content_type:
        case "application/json":
            values |= _object(await request.read())
        case "multipart/form-data":
            return await _multipart(request, values)
        case _:
            try:
                values |= parse_qsl((await request.read()).decode(), keep_blank_values=True)
            except UnicodeDecodeError as error:
                raise bad_request("strings must be encoded in UTF-8") from error
    return Params(values)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError as error:
        raise bad_request("can't parse JSON encoded parameters") from error
    if not isinstance(found, dict):
        raise bad_request("can't parse JSON encoded parameters: expected an Object")
    return found


async def _multipart(request: web.Request, values: dict[str, Any]) -> Params:
    uploads: dict[str, Upload] = {}
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad_request("can't parse multipart/form-data")
        data = bytes(await part.read(decode=False))
        size += len(data)
        if size > MOST_UPLOADED + 1024 * 1024:
            raise too_large()
        if part.filename is None:
            values[part.name] = data.decode()
        else:
            uploads[part.name] = Upload(part.filename, part.headers.get("Content-Type"), data)
    return Params(values, uploads)

"""One HTTP call to a carrier, and what its failures are called."""

from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson

from core.tracking.values import CarrierTrouble, Wrong

SECONDS = 20.0
"""A carrier that has not answered by then is away."""
LARGEST = 4 * 2**20


class Caller:
    """The one HTTP session of an adapter, made with the first call."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def post(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
    ) -> Any:
        """Post and read the JSON that comes back. CarrierTrouble when there is none; nothing is tried twice here."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._seconds))
        body: dict[str, Any] = {"data": form} if form is not None else {"data": orjson.dumps(json)}
        kind = {} if form is not None else {"Content-Type": "application/json"}
        try:
            async with self._session.post(
                url, headers={**kind, **(headers or {})}, allow_redirects=False, **body
            ) as got:
                status, raw = got.status, await _body(got)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise CarrierTrouble(Wrong.AWAY, type(error).__name__) from None
        if status in (401, 403):
            raise CarrierTrouble(Wrong.KEY, f"HTTP {status}")
        if status == 429:
            raise CarrierTrouble(Wrong.BUSY, "HTTP 429")
        if status >= 500:
            raise CarrierTrouble(Wrong.FAULT, f"HTTP {status}")
        if status != 200:
            raise CarrierTrouble(Wrong.JUNK, f"HTTP {status}")
        try:
            return orjson.loads(raw)
        except orjson.JSONDecodeError:
            raise CarrierTrouble(Wrong.JUNK, "no JSON") from None

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    """The whole of an answer. One without an end is junk."""
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > LARGEST:
            raise CarrierTrouble(Wrong.JUNK, "too long")
    return bytes(body)

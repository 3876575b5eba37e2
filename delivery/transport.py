"""HTTP to Telegram: python-telegram-bot's request class on one aiohttp session, and raw calls over the same session.

PTB on httpx gets slower when sends run side by side; aiohttp does not. Timeouts mean what they mean in PTB's own HTTPXRequest.
Errors are PTB's, with aiohttp's as `__cause__`: `outcomes` sorts by the cause.
"""

import os
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from typing import Any
from urllib.parse import urlencode
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
import orjson
from aiohttp import hdrs
from multidict import CIMultiDict
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from core.frozen import frozen
from delivery.redacting import hidden

Seam = Callable[[str], Awaitable[None]]
"""Awaited with a call's name (`api:sendMessage`) just before it: where a test breaks exactly the n-th. It may wait, raise or kill
the process."""

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
IDLE_SECONDS = 15.0
"""An idle connection is closed after this long, well before the other side does: a request on a half-closed one is ambiguous."""

Upload = tuple[str, bytes, str]
"""A file to send: its name, its bytes, its MIME type."""


@frozen
class Body:
    """What is posted: `content` as it is, or, where there are `files`, a multipart form of `fields` and them."""

    content: bytes | None = None
    content_type: str = JSON
    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)


class AioRequest(BaseRequest):
    """PTB's transport on aiohttp. Defaults are PTB's own; None switches a timeout off.

    `proxy` is an http(s) address; without one the environment's (HTTPS_PROXY, ALL_PROXY, NO_PROXY) is used, as httpx does.
    It may be shared by several bots, and initialized again after `shutdown`.
    """

    def __init__(
        self,
        connection_pool_size: int = 256,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        media_write_timeout: float | None = 20.0,
        proxy: str | None = None,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._connections = connection_pool_size
        self._read, self._write, self._connect, self._pool = read_timeout, write_timeout, connect_timeout, pool_timeout
        self._media_write = media_write_timeout
        self._proxy = proxy
        self._idle = idle_seconds
        self._session: aiohttp.ClientSession | None = None
        self._ssl: ssl.SSLContext | None = None
        self._urls: dict[str, tuple[URL, dict[str, Any]]] = {}
        self._timeouts: dict[tuple[float | None, ...], aiohttp.ClientTimeout] = {}

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=self._idle, ttl_dns_cache=60),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={hdrs.USER_AGENT: self.USER_AGENT},
                skip_auto_headers=(hdrs.ACCEPT_ENCODING,),
            )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        try:
            return orjson.loads(payload)
        except orjson.JSONDecodeError:
            return BaseRequest.parse_json_payload(payload)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        body = None
        if request_data is not None:
            if request_data.contains_files:
                files = {name: _upload(part) for name, part in request_data.multipart_data.items()}
                body = Body(fields=request_data.json_parameters, files=files)
            elif parameters := request_data.json_parameters:
                body = Body(content=urlencode(parameters).encode(), content_type=FORM)
        usual_write = self._media_write if body is not None and body.files else self._write
        return await self.exchange(
            url,
            body,
            method=method,
            read_timeout=_given(read_timeout, self._read),
            write_timeout=_given(write_timeout, usual_write),
            connect_timeout=_given(connect_timeout, self._connect),
            pool_timeout=_given(pool_timeout, self._pool),
        )

    async def exchange(
        self,
        url: str,
        body: Body | None,
        *,
        method: str = "POST",
        read_timeout: float | None,
        write_timeout: float | None = 20.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
    ) -> tuple[int, bytes]:
        """Send one request and return (HTTP status, body). TimedOut or NetworkError otherwise, the cause kept."""
        session = self._session
        if session is None:
            raise RuntimeError("This AioRequest is not initialized!")
        known = self._urls.get(url)
        if known is None:
            known = self._way_to(url)
        target, options = known
        data: bytes | aiohttp.FormData | None = None
        headers: CIMultiDict[str] | None = None
        write: float | None = None
        if body is not None:
            if body.files:
                data = _form(body)
                write = write_timeout
            else:
                data = body.content
                headers = _HEADERS.get(body.content_type)
        try:
            response = await session.request(
                method,
                target,
                data=data,
                headers=headers,
                allow_redirects=False,
                timeout=self._timeout(read_timeout, write, connect_timeout, pool_timeout),
                **options,
            )
            return response.status, await response.read()
        except TimeoutError as error:
            if isinstance(error, aiohttp.ConnectionTimeoutError):
                raise TimedOut("No connection within the time set: the request was *not* sent to Telegram.") from error
            raise TimedOut from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(hidden(f"aiohttp.{type(error).__name__}: {error}")) from error

    def _timeout(
        self, read: float | None, write: float | None, connect: float | None, pool: float | None
    ) -> aiohttp.ClientTimeout:
        key = (read, write, connect, pool)
        found = self._timeouts.get(key)
        if found is None:
            waiting = None if connect is None or pool is None else connect + pool
            # aiohttp has no time limit for writing. A text goes into the socket's buffer at once; an upload gets a limit
            # for the whole of it, which is the sum of its parts.
            total = None if write is None or read is None or waiting is None else waiting + write + read
            found = aiohttp.ClientTimeout(
                total=total, connect=waiting, sock_connect=connect, sock_read=read, ceil_threshold=3600
            )
            if len(self._timeouts) < 64:
                self._timeouts[key] = found
        return found

    def _way_to(self, url: str) -> tuple[URL, dict[str, Any]]:
        """The parsed address with its proxy and certificates, remembered for methods (file addresses are each met once)."""
        target = URL(url, encoded=True)
        options: dict[str, Any] = {}
        proxy = self._proxy or _environment_proxy(target)
        if proxy is not None:
            options["proxy"] = proxy
        if target.scheme == "https":
            if self._ssl is None:
                self._ssl = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())
            options["ssl"] = self._ssl
        if len(self._urls) < 256 and "/file/" not in url:
            self._urls[url] = (target, options)
        return target, options


@frozen
class Answer:
    """What the Bot API said: `result` when `ok`, else `code` (error_code, or the HTTP status), `description`, `parameters`.

    `is_readable` is False for junk: something answered, and nobody can say what became of the call.
    """

    ok: bool
    code: int
    result: Any = None
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    is_readable: bool = True


class Api:
    """The Bot API by method name and plain parameters: no types are built, nothing is tried twice."""

    def __init__(
        self, request: AioRequest, token: str, base_url: str = "https://api.telegram.org", seam: Seam | None = None
    ) -> None:
        self._request = request
        self._base = f"{base_url.rstrip('/')}/bot{token}/"
        self._files = f"{base_url.rstrip('/')}/file/bot{token}/"
        self._seam = seam

    def __repr__(self) -> str:
        return "Api()"  # the token stays out of logs

    async def call(
        self,
        method: str,
        parameters: Mapping[str, Any],
        files: Mapping[str, Upload] | None = None,
        *,
        read_timeout: float | None = 60.0,
        write_timeout: float | None = 60.0,
    ) -> Answer:
        """Call a method once. TelegramError with its cause when there is no answer at all."""
        if self._seam is not None:
            await self._seam(f"api:{method}")
        if files:
            fields = {
                name: value if isinstance(value, str) else orjson.dumps(value).decode()
                for name, value in parameters.items()
                if value is not None
            }
            body = Body(fields=fields, files=files)
        else:
            body = Body(_dumps(parameters))
        status, payload = await self._request.exchange(
            self._base + method, body, read_timeout=read_timeout, write_timeout=write_timeout
        )
        return read_answer(status, payload)

    async def download(self, file_path: str, *, read_timeout: float | None = 60.0) -> bytes:
        """The bytes of a file that getFile has named. TelegramError when they cannot be had."""
        if self._seam is not None:
            await self._seam("api:file")
        status, payload = await self._request.exchange(
            self._files + file_path, None, method="GET", read_timeout=read_timeout
        )
        if status != 200:
            raise TelegramError(f"The file could not be fetched (HTTP {status}).")
        return payload


def read_answer(status: int, payload: bytes) -> Answer:
    """An Answer from an HTTP status and body. Never raises."""
    try:
        said = orjson.loads(payload)
    except orjson.JSONDecodeError:
        try:
            said = AioRequest.parse_json_payload(payload)
        except (TelegramError, RecursionError):
            said = None
    if not isinstance(said, dict) or not isinstance(said.get("ok"), bool):
        return Answer(ok=False, code=status, description=f"HTTP {status}", is_readable=False)
    if said["ok"] and 200 <= status <= 299:
        return Answer(ok=True, code=status, result=said.get("result"))
    code = said.get("error_code")
    parameters = said.get("parameters")
    return Answer(
        ok=False,
        code=code if isinstance(code, int) and not said["ok"] else status,
        description=str(said.get("description") or f"HTTP {status}"),
        parameters=parameters if isinstance(parameters, dict) else {},
    )


_HEADERS = {kind: CIMultiDict({hdrs.CONTENT_TYPE: kind}) for kind in (JSON, FORM)}


def _dumps(parameters: Mapping[str, Any]) -> bytes:
    return orjson.dumps({name: value for name, value in parameters.items() if value is not None})


def _given(value: ODVInput[float], usual: float | None) -> float | None:
    return usual if isinstance(value, DefaultValue) else value


def _upload(part: Any) -> Upload:
    name, content, mime = part
    return name, content if isinstance(content, bytes) else content.read(), mime


def _form(body: Body) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)  # 价格.csv keeps its name
    for name, value in body.fields.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in body.files.items():
        plain = "".join(character if character.isprintable() else "_" for character in filename)
        form.add_field(name, content, filename=plain, content_type=mime)
    return form


def _environment_proxy(target: URL) -> str | None:
    host = target.host or ""
    if proxy_bypass(host):
        return None
    proxies = getproxies()
    found = proxies.get(target.scheme) or proxies.get("all")
    return found if found is not None and found.startswith("http") else None

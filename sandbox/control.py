"""What the page asks of the sandbox, under `/_/…`: the people's hands, the clock, and a stream of what changes."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import BodyPartReader, web

from sandbox import acting, business, groups, places
from sandbox.chats import Account
from sandbox.files import Kind
from sandbox.guard import Handler, guarded
from sandbox.viewing import clock_told, told
from sandbox.world import World

PAGE = Path(__file__).parent / "page"
ANSWER_WITHIN = 10.0


class Control:
    """The page's side of the sandbox. Only loopback names are served, so that no other site can reach in."""

    def __init__(self, world: World, timezone: str) -> None:
        self._world = world
        self._zone = ZoneInfo(timezone)

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        app.add_routes(
            [
                web.get("/", _page("index.html")),
                web.get("/page.css", _page("page.css")),
                web.get("/page.js", _page("page.js")),
                web.get("/_/state", guarded(self.state)),
                web.get("/_/events", guarded(self.events)),
                web.get("/_/files/{file_id}", guarded(self.file)),
                web.get("/_/clock", guarded(self.clock)),
                web.post("/_/clock", guarded(self.move_clock)),
                web.post("/_/people", guarded(self.add_person)),
                web.post("/_/people/{id}/{act}", guarded(self.act)),
                web.post("/_/account", guarded(self.account)),
                web.post("/_/groups", guarded(self.group)),
            ]
        )

    async def state(self, request: web.Request) -> web.Response:
        """Everything, or what changed since a revision."""
        return web.json_response(told(self._world, int(request.query.get("since", "0")), str(self._zone)))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """What changes, as it changes; and the time once a second."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        sent = -1
        try:
            while not self._world.stopping:
                if self._world.revision != sent:
                    body = told(self._world, max(sent, 0), str(self._zone))
                    sent = int(body["revision"])
                else:
                    body = clock_told(self._world, str(self._zone))
                await stream.write(b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n")
                await self._world.bell.until(partial(self._differs, sent), 1.0)
        except (ConnectionResetError, asyncio.CancelledError):
            return stream
        return stream

    def _differs(self, revision: int) -> bool:
        return self._world.revision != revision or self._world.stopping

    async def file(self, request: web.Request) -> web.Response:
        """A file for the page to show; anything but a picture is only offered to be saved."""
        file = self._world.files.find(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        is_picture = file.kind is Kind.PHOTO
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        if not is_picture:
            headers["Content-Disposition"] = "attachment"
        return web.Response(
            body=file.data, content_type="image/png" if is_picture else "application/octet-stream", headers=headers
        )

    async def clock(self, request: web.Request) -> web.Response:
        """What time it is here."""
        return web.json_response(clock_told(self._world, str(self._zone)))

    async def move_clock(self, request: web.Request) -> web.Response:
        """Forward by `seconds`, to `local` (a shop's wall clock, ISO), or to the `next` "09:00" there."""
        asked = await request.json()
        now = self._world.clock.now()
        here = now.astimezone(self._zone)
        if "seconds" in asked:
            by = timedelta(seconds=float(asked["seconds"]))
        elif "next" in asked:
            by = _next(here, time.fromisoformat(asked["next"])) - now
        else:
            by = datetime.fromisoformat(asked["local"]).replace(tzinfo=self._zone) - now
        if by < timedelta(0):
            raise acting.Impossible("the clock only goes forward · 时钟只能往前走")
        self._world.clock.move(by)
        self._world.touch()
        return await self.clock(request)

    async def add_person(self, request: web.Request) -> web.Response:
        """A new buyer, or the seller."""
        asked = await request.json()
        name = str(asked["name"]).strip()[:64]
        if not name:
            raise acting.Impossible("a name, please · 请写名字")
        number = asked.get("id")
        account = self._world.add_person(
            name,
            asked.get("language") or None,
            id=None if number is None else int(number),
            role=asked.get("role", "buyer"),
        )
        return web.json_response({"id": account.id})

    async def account(self, request: web.Request) -> web.Response:
        """A person connects the bot to their own account with some rights, or takes it out."""
        asked = await request.json()
        account = self._world.chats[int(asked["id"])].account
        if asked.get("on", True):
            connection = business.connect(self._world, account, _rights(asked))
            return web.json_response({"connection": connection.id})
        for one in self._world.connections.values():
            if one.account is account:
                business.disconnect(self._world, one)
        return web.json_response({"connection": None})

    async def group(self, request: web.Request) -> web.Response:
        """A person makes a group with topics and lets the bot in as an administrator."""
        asked = await request.json()
        account = self._world.chats[int(asked["id"])].account
        made = groups.found(self._world, str(asked.get("title") or "收件箱 Inbox")[:64], account)
        groups.set_standing(self._world, made, account, "administrator", _rights(asked))
        return web.json_response({"key": made.key})

    async def act(self, request: web.Request) -> web.Response:
        """One act of one person."""
        chat = self._world.chats.get(int(request.match_info["id"]))
        if chat is None:
            raise web.HTTPNotFound
        act = request.match_info["act"]
        if act == "file":
            return web.json_response({"message_id": await self._send_files(request, chat.account)})
        if act == "tap":
            return web.json_response(await self._tap(chat.account, await request.json()))
        if act in places.TOPIC_ACTS:
            asked = await request.json()
            places.change_topic(self._world, chat.account, str(asked.get("chat")), int(asked["thread"]), act)
            return web.json_response({})
        if act not in _ACTS:
            raise web.HTTPNotFound
        return web.json_response({"message_id": _ACTS[act](self._world, chat.account, await request.json())})

    async def _tap(self, account: Account, asked: dict[str, Any]) -> dict[str, Any]:
        where, _ = places.named(self._world, account, asked)
        result = acting.tap(
            self._world, account, int(asked["message_id"]), int(asked["row"]), int(asked["column"]), where
        )
        if isinstance(result, str):
            return {"text": result}
        answer = await self._world.bell.until(lambda: result.answer, ANSWER_WITHIN)
        if answer is None:
            return {"answered": False}
        return {"answered": True, "text": answer.text, "alert": answer.alert, "url": answer.url}

    async def _send_files(self, request: web.Request, account: Account) -> int:
        caption, files, place = "", [], ""
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            data = bytes(await part.read(decode=False))
            if part.filename is None and part.name == "place":
                place = data.decode()
            elif part.filename is None:
                caption = data.decode()
            else:
                mime = part.headers.get("Content-Type", "")
                kind = Kind.PHOTO if part.name == "photo" else Kind.DOCUMENT
                files.append((kind, data, part.filename, mime))
        if not files:
            raise acting.Impossible("no file was chosen · 没有选文件")
        album = self._world.album_id() if len(files) > 1 else None
        where, marks = places.named(self._world, account, json.loads(place or "{}"))
        number = 0
        for count, (kind, data, name, mime) in enumerate(files):
            told_caption = caption if count == 0 else None
            sent = acting.send_file(
                self._world,
                account,
                kind,
                data,
                name,
                told_caption,
                album=album,
                mime=mime or None,
                extra=marks,
                chat=where,
            )
            number = sent.message_id
        return number


def _rights(asked: dict[str, Any]) -> dict[str, bool] | None:
    """What the bot is allowed, as ticked on the page; None for everything."""
    rights = asked.get("rights")
    return None if rights is None else {str(name): bool(given) for name, given in rights.items()}


def _next(here: datetime, at: time) -> datetime:
    """The next moment a wall clock shows `at`."""
    then = datetime.combine(here.date(), at, here.tzinfo)
    return then if then > here else datetime.combine(here.date() + timedelta(days=1), at, here.tzinfo)


def _start(world: World, account: Account, asked: dict[str, Any]) -> int:
    return acting.start(world, account, asked.get("payload")).message_id


def _say(world: World, account: Account, asked: dict[str, Any]) -> int:
    reply_to = asked.get("reply_to")
    number = None if reply_to is None else int(reply_to)
    where, marks = places.named(world, account, asked)
    return acting.say(world, account, str(asked["text"]), reply_to=number, extra=marks, chat=where).message_id


def _edit(world: World, account: Account, asked: dict[str, Any]) -> int:
    where, _ = places.named(world, account, asked)
    return acting.edit(world, account, int(asked["message_id"]), str(asked["text"]), where).message_id


def _delete(world: World, account: Account, asked: dict[str, Any]) -> int:
    where, _ = places.named(world, account, asked)
    if isinstance(where, business.BusinessChat):
        business.delete(world, where, [int(asked["message_id"])])
        return int(asked["message_id"])
    return acting.delete(world, account, int(asked["message_id"])).message_id


def _block(world: World, account: Account, asked: dict[str, Any]) -> int:
    acting.set_blocked(world, account, True)
    return 0


def _unblock(world: World, account: Account, asked: dict[str, Any]) -> int:
    acting.set_blocked(world, account, False)
    return 0


_ACTS: dict[str, Callable[[World, Account, dict[str, Any]], int]] = {
    "start": _start,
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "block": _block,
    "unblock": _unblock,
}


def _page(name: str) -> Handler:
    async def page(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / name, headers={"Cache-Control": "no-cache"})

    return page

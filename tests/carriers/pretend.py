"""Pretend 17TRACK and 快递100 on loopback, as strict as their references: what they would refuse is refused here.

A wrong path is 404, another method than POST 405; keys, signatures, batch sizes and the half hour between two questions
are looked at. `faults` are answered first: "500", "429", "junk", "hang", "401", or one of 17TRACK's own codes.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson
from aiohttp import web

KEY, CUSTOMER = "k-17-secret", "CUST0001"
HALF_HOUR = timedelta(minutes=30)


@dataclass
class PretendCarriers:
    """Both services at one address. `infos` and `results` are what they know; `asked` counts questions by number."""

    now: Callable[[], datetime]
    faults: list[str] = field(default_factory=list)
    infos: dict[str, dict[str, Any]] = field(default_factory=dict)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    registered: dict[str, int] = field(default_factory=dict)
    subscribed: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)
    quota: int | None = None
    url: str = ""
    _last: dict[str, datetime] = field(default_factory=dict)
    _runner: web.AppRunner | None = None

    async def start(self) -> None:
        site = web.Application()
        site.router.add_route("*", "/track/v2.4/{method}", self._seventeentrack)
        site.router.add_route("*", "/poll/query.do", self._query)
        site.router.add_route("*", "/poll", self._subscribe)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        listener = web.TCPSite(self._runner, "127.0.0.1", 0)
        await listener.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def stands(self, number: str, status: str, sub: str, *events: tuple[datetime, str, str, str]) -> None:
        """17TRACK knows this of a number: events are (time, words, place, sub-status), in any order."""
        listed = [
            {
                "time_iso": at.isoformat(), "time_utc": None, "description": words, "location": place,
                "stage": None, "sub_status": kind, "address": None,
            }
            for at, words, place, kind in events
        ]  # fmt: skip
        self.infos[number] = {
            "latest_status": {"status": status, "sub_status": sub},
            "latest_event": listed[0] if listed else None,
            "tracking": {"providers": [{"provider": {"key": 3011}, "events": listed}]},
        }

    def tells(self, number: str, state: str, *lines: tuple[datetime, str, str]) -> None:
        """快递100 knows this of a number: lines are (Beijing time, words, status code), the newest first."""
        self.results[number] = {
            "message": "ok", "state": state, "status": "200", "nu": number, "com": "zhongtong",
            "data": [
                {"time": f"{at:%F %T}", "ftime": f"{at:%F %T}", "context": words, "statusCode": code, "status": ""}
                for at, words, code in lines
            ],
        }  # fmt: skip

    def pushed_by_17track(self, number: str) -> tuple[bytes, dict[str, str]]:
        """What 17TRACK would post to us now: body and headers."""
        body = orjson.dumps(
            {
                "event": "TRACKING_UPDATED",
                "data": {"number": number, "carrier": 3011, "track_info": self.infos[number]},
            }
        )
        return body, {"sign": hashlib.sha256(body + b"/" + KEY.encode()).hexdigest()}

    def pushed_by_kuaidi100(self, number: str, **more: str) -> dict[str, str]:
        """The form 快递100 would post to us now, signed with the salt of the subscription."""
        last = self.results[number]
        whole = {"status": "polling", "billstatus": "got", "message": "", "lastResult": last, **more}
        param = orjson.dumps(whole).decode()
        salt = self.subscribed[number]["parameters"]["salt"]
        return {"param": param, "sign": hashlib.md5((param + salt).encode()).hexdigest().upper()}

    async def _fault(self) -> web.Response | None:
        if not self.faults:
            return None
        fault = self.faults.pop(0)
        if fault == "hang":
            await asyncio.sleep(30)
        if fault.startswith("-"):
            return web.json_response({"code": int(fault), "data": {"errors": [{"code": int(fault), "message": ""}]}})
        if fault.startswith("kd"):
            return web.json_response({"result": False, "returnCode": fault[2:], "message": "…"})
        if fault == "junk":
            return web.Response(text="<html>busy</html>")
        return web.Response(status=int(fault) if fault.isdigit() else 500)

    async def _seventeentrack(self, request: web.Request) -> web.Response:
        if request.method != "POST":
            return self._complain("method", 405)
        if (fault := await self._fault()) is not None:
            return fault
        if request.headers.get("17token") != KEY:
            return web.Response(status=401)
        if request.content_type != "application/json":
            return self._complain("content type", 400)
        items = await request.json()
        if not isinstance(items, list) or not 1 <= len(items) <= 40:
            self.complaints.append(f"{len(items)} numbers at once")
            return _json17(-18010014)
        if len({one["number"] for one in items}) != len(items):
            return self._complain("a number twice", 400)
        method = request.match_info["method"]
        known = {"register": {"number", "carrier", "auto_detection", "param"}, "gettrackinfo": {"number", "carrier"}}
        if method not in known:
            return self._complain(f"no method {method}", 404)
        if any(set(one) - known[method] for one in items):
            return self._complain(f"{method} with {items[0]}", 400)
        accepted: list[Any] = []
        rejected: list[Any] = []
        for one in items:
            number = one["number"]
            if not (5 <= len(number) <= 50 and number.isalnum()):
                rejected.append(_error(number, -18010012))
            elif method == "register":
                self._register(number, one, accepted, rejected)
            elif number not in self.registered:
                rejected.append(_error(number, -18019902))
            else:
                self.asked[number] += 1
                info = self.infos.get(number)
                if info is None:
                    rejected.append(_error(number, -18019909))
                else:
                    accepted.append({"number": number, "carrier": self.registered[number], "track_info": info})
        return web.json_response({"code": 0, "data": {"accepted": accepted, "rejected": rejected}})

    def _register(self, number: str, one: dict[str, Any], accepted: list[Any], rejected: list[Any]) -> None:
        if number in self.registered:
            rejected.append(_error(number, -18019901))
        elif number.startswith("NOBODY"):
            rejected.append(_error(number, -18019903))
        elif self.quota is not None and len(self.registered) >= self.quota:
            rejected.append(_error(number, -18019908))
        else:
            self.registered[number] = one.get("carrier", 3011)
            accepted.append({"origin": 1, "number": number, "carrier": self.registered[number]})

    async def _query(self, request: web.Request) -> web.Response:
        if request.method != "POST":
            return self._complain("method", 405)
        if (fault := await self._fault()) is not None:
            return fault
        form = await request.post()
        param = str(form.get("param", ""))
        if form.get("customer") != CUSTOMER or form.get("sign") != _md5(param + KEY + CUSTOMER):
            return _json100("503")
        asked = orjson.loads(param)
        number = asked.get("num", "")
        if not asked.get("com", "").islower() or not 6 <= len(number) <= 32:
            return _json100("400")
        last, now = self._last.get(number), self.now()
        if last is not None and now - last < HALF_HOUR:
            return self._complain(f"{number} asked again after {now - last}", 429)
        self._last[number] = now
        self.asked[number] += 1
        if asked["com"] in ("shunfeng", "zhongtong") and len(asked.get("phone", "")) < 4:
            return _json100("408")
        result = self.results.get(number)
        return _json100("500") if result is None else web.json_response({**result, "com": asked["com"]})

    async def _subscribe(self, request: web.Request) -> web.Response:
        if request.method != "POST":
            return self._complain("method", 405)
        if (fault := await self._fault()) is not None:
            return fault
        form = await request.post()
        param = orjson.loads(str(form.get("param", "null")))
        if form.get("schema") != "json" or param.get("key") != KEY:
            return _json100("600")
        if not param["parameters"]["callbackurl"].startswith("http") or not param.get("company"):
            return _json100("700")
        again = param["number"] in self.subscribed
        self.subscribed[param["number"]] = param
        return _json100("501" if again else "200")

    def _complain(self, what: str, status: int) -> web.Response:
        self.complaints.append(what)
        return web.Response(status=status, text=what)


def _json17(code: int) -> web.Response:
    return web.json_response({"code": 0, "data": {"errors": [{"code": code, "message": "…"}]}})


def _json100(code: str) -> web.Response:
    return web.json_response({"result": code == "200", "returnCode": code, "message": "…"})


def _error(number: str, code: int) -> dict[str, Any]:
    return {"number": number, "error": {"code": code, "message": "…"}}


def _md5(value: str) -> str:
    return hashlib.md5(value.encode()).hexdigest().upper()

"""快递100, enterprise API. Its public reference: https://api.kuaidi100.com/document/5f0ffb5ebc8da837cbd8aefc (asking) and
https://api.kuaidi100.com/document/5f0ffa8f2977d50a94e1023c (subscribing and pushes)

A question carries the MD5 of param, key and customer in capitals; a push the MD5 of its param and the salt we subscribed
with. One number may be asked for once in half an hour, else it is locked.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import orjson

from carriers.calling import Caller
from carriers.reading import mapping, moment, number, sequence, text
from core.tracking.values import (
    Asked,
    BadSignature,
    CarrierTrouble,
    Event,
    Refusal,
    Report,
    Status,
    Wanted,
    Wrong,
)

BEIJING = ZoneInfo("Asia/Shanghai")
"""Its times carry no zone: they are China's."""
AT_ONCE = 8
"""Questions under way at the same time: it takes one number a question."""
STATES = {
    "0": Status.TRANSIT, "1001": Status.TRANSIT, "1002": Status.TRANSIT, "1003": Status.TRANSIT, "7": Status.TRANSIT,
    "1": Status.COLLECTED, "101": Status.INFO, "102": Status.INFO, "103": Status.COLLECTED,
    "2": Status.FAILED, "201": Status.FAILED, "202": Status.STUCK, "203": Status.REFUSED, "204": Status.FAILED,
    "205": Status.PICKUP, "206": Status.FAILED, "207": Status.FAILED, "208": Status.STUCK, "209": Status.STUCK,
    "210": Status.RETURNING, "412": Status.PICKUP,
    "3": Status.DELIVERED, "301": Status.DELIVERED, "302": Status.DELIVERED, "303": Status.DELIVERED, "304": Status.DELIVERED,
    "4": Status.REFUSED, "401": Status.RETURNING, "14": Status.REFUSED, "6": Status.RETURNING,
    "5": Status.OUT, "501": Status.PICKUP,
    "8": Status.CUSTOMS, "10": Status.CUSTOMS, "11": Status.CUSTOMS, "12": Status.CUSTOMS, "13": Status.CUSTOMS,
}  # fmt: skip
ALARMS = frozenset({"13", "205", "412"})
"""Held at customs; waiting at a pickup point for too long."""
COMPANIES = {
    "sf": "shunfeng", "zto": "zhongtong", "yto": "yuantong", "sto": "shentong", "yunda": "yunda", "jt": "jtexpress",
    "jd": "jd", "ems": "ems", "chinapost": "youzhengguonei", "deppon": "debangkuaidi", "cainiao": "cainiao", "ups": "ups",
    "usps": "usps", "fedex": "fedex", "dhl": "dhl",
}  # fmt: skip
"""Its names of those who carry."""
WANTS_PHONE = frozenset({"shunfeng", "zhongtong"})
WRONGS = {
    "400": Wrong.NUMBER, "408": Wrong.PHONE, "501": Wrong.FAULT, "502": Wrong.BUSY, "503": Wrong.KEY,
    "600": Wrong.KEY, "601": Wrong.KEY, "602": Wrong.QUOTA, "603": Wrong.KEY,
}  # fmt: skip
OF_THE_WHOLE = frozenset({Wrong.KEY, Wrong.QUOTA, Wrong.FAULT, Wrong.BUSY})
NOTHING_YET = "500"
SUBSCRIBED = frozenset({"200", "501"})
"""Taken, or subscribed to before."""


class Kuaidi100:
    """Asks 快递100, subscribes to its pushes, and reads them."""

    name = "kuaidi100"
    batch = 40
    least = timedelta(minutes=30)

    def __init__(self, customer: str, key: str, url: str, callback: str = "", seconds: float = 20.0) -> None:
        """`callback` is our own address for its pushes; without one nothing is subscribed to."""
        self._customer, self._key, self._url, self._callback = customer, key, url.rstrip("/"), callback
        self._salt = hashlib.sha256(f"push/{key}".encode()).hexdigest()[:32]
        self._caller = Caller(seconds)

    async def ask(self, wanted: Sequence[Wanted]) -> Asked:
        """Ask for each number. CarrierTrouble when not even one could be asked for a reason that concerns all."""
        turn = asyncio.Semaphore(AT_ONCE)
        answers = await asyncio.gather(*(self._ask_in_turn(turn, one) for one in wanted), return_exceptions=True)
        reports: list[Report] = []
        refusals: list[Refusal] = []
        known: list[tuple[str, str]] = []
        for one, found in zip(wanted, answers, strict=True):
            if isinstance(found, CarrierTrouble):
                if not (reports or refusals) and all(isinstance(each, CarrierTrouble) for each in answers):
                    raise found
                refusals.append(Refusal(one.number, found.wrong, found.detail))
            elif isinstance(found, BaseException):
                raise found
            else:
                report, refusal, code = found
                reports += [report] if report is not None else []
                refusals += [refusal] if refusal is not None else []
                known += [(one.number, code)] if code is not None else []
        return Asked(tuple(reports), tuple(refusals), tuple(known))

    def push(self, headers: Mapping[str, str], body: bytes) -> tuple[Report, ...]:
        """Read what was posted to us. BadSignature when it did not come from 快递100."""
        form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        param, sign = form.get("param", [""])[0], form.get("sign", [""])[0]
        expected = _md5(param + self._salt)
        if not hmac.compare_digest(sign.upper().encode("utf-8", "replace"), expected.encode()):
            raise BadSignature
        try:
            return parse_push(orjson.loads(param))
        except orjson.JSONDecodeError:
            return ()

    async def close(self) -> None:
        await self._caller.close()

    async def _ask_in_turn(
        self, turn: asyncio.Semaphore, one: Wanted
    ) -> tuple[Report | None, Refusal | None, str | None]:
        async with turn:
            company = one.code or COMPANIES.get(one.company, "")
            if not company:
                return None, Refusal(one.number, Wrong.COMPANY, one.company), None
            if company in WANTS_PHONE and not one.phone:
                return None, Refusal(one.number, Wrong.PHONE), None
            known = None
            if self._callback and not one.is_known:
                known = await self._subscribe(one, company)
            answer = await self._query(one, company)
            report, refusal = parse(answer, one.number)
            if report is not None and report.is_corrected:
                known = report.company
            elif not self._callback and not one.is_known:
                known = company
            return report, refusal, known

    async def _query(self, one: Wanted, company: str) -> Any:
        asked = {"com": company, "num": one.number, "resultv2": "4", "show": "0", "order": "desc"}
        if one.phone:
            asked["phone"] = one.phone
        param = orjson.dumps(asked).decode()
        form = {"customer": self._customer, "sign": _md5(param + self._key + self._customer), "param": param}
        return await self._caller.post(f"{self._url}/poll/query.do", form=form)

    async def _subscribe(self, one: Wanted, company: str) -> str | None:
        """Ask to be told of changes. None when it was not taken: asking goes on all the same."""
        parameters = {"callbackurl": self._callback, "salt": self._salt, "resultv2": "4", "autoCom": "0"}
        if one.phone:
            parameters["phone"] = one.phone
        param = {"company": company, "number": one.number, "key": self._key, "parameters": parameters}
        answer = await self._caller.post(
            f"{self._url}/poll", form={"schema": "json", "param": orjson.dumps(param).decode()}
        )
        return company if text(mapping(answer).get("returnCode")) in SUBSCRIBED else None


def parse(answer: Any, asked: str = "") -> tuple[Report | None, Refusal | None]:
    """What a question is answered with. CarrierTrouble for what concerns every number, such as a wrong key."""
    whole = mapping(answer)
    known = number(whole.get("nu")) or asked
    if not whole:
        raise CarrierTrouble(Wrong.JUNK, "no answer")
    code = text(whole.get("returnCode"))
    if whole.get("result") is False or (code and code != "200"):
        if code == NOTHING_YET:
            return (Report(known, Status.PENDING), None) if known else (None, None)
        wrong = WRONGS.get(code, Wrong.NUMBER if code else Wrong.JUNK)
        if wrong in OF_THE_WHOLE:
            raise CarrierTrouble(wrong, code)
        return None, Refusal(asked or known, wrong, code)
    if not isinstance(whole.get("data"), list):
        raise CarrierTrouble(Wrong.JUNK, "no data")
    report = read_result(whole, asked)
    return report, None


def parse_push(body: Any) -> tuple[Report, ...]:
    """What it pushes: the state of its watch, and the parcel's whole history."""
    whole = mapping(body)
    report = read_result(mapping(whole.get("lastResult")))
    watch = text(whole.get("status"))
    corrected = text(whole.get("comNew")) if text(whole.get("autoCheck")) == "1" else ""
    if report is None:
        return ()
    stuck = Status.STUCK if watch == "abort" and report.events else report.status
    company = corrected or report.company
    return (
        Report(
            report.number,
            stuck,
            report.events,
            report.is_alarm,
            company,
            bool(corrected),
            watch in ("shutdown", "abort"),
        ),
    )


def read_result(whole: dict[str, Any], asked: str = "") -> Report | None:
    """A parcel's history. None when it names no number."""
    known = number(whole.get("nu")) or asked
    if not known:
        return None
    events = tuple(found for one in sequence(whole.get("data")) if (found := _event(mapping(one))) is not None)
    state = text(whole.get("state"))
    status = STATES.get(state)
    latest = max(events, key=lambda one: one.at, default=None)
    if state and len(state) == 1 and latest is not None and _is_within(latest.status, status):
        status = latest.status  # the event tells more particularly what the whole tells roughly
    return Report(known, status, _oldest_first(events), state in ALARMS, text(whole.get("com")))


def _is_within(one: Status, whole: Status | None) -> bool:
    """Whether an event's status is a kind of the whole's: 501, at a locker, is a kind of 5, being delivered."""
    kinds = {
        Status.OUT: {Status.PICKUP},
        Status.COLLECTED: {Status.INFO},
        Status.FAILED: {Status.PICKUP, Status.REFUSED, Status.STUCK, Status.RETURNING},
        Status.REFUSED: {Status.RETURNING},
    }
    return whole is not None and one in kinds.get(whole, ())


def _oldest_first(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Its lists begin with the newest; of several in one second the first is the newest."""
    return tuple(one for _, one in sorted(enumerate(events), key=lambda pair: (pair[1].at, -pair[0])))


def _event(one: dict[str, Any]) -> Event | None:
    at: datetime | None = moment(one.get("ftime"), BEIJING) or moment(one.get("time"), BEIJING)
    if at is None:
        return None
    code = text(one.get("statusCode"))
    place = text(one.get("location")) or text(one.get("areaName")).replace(",", "")
    return Event(at, STATES.get(code, Status.TRANSIT), text(one.get("context")), place, code in ALARMS)


def _md5(value: str) -> str:
    return hashlib.md5(value.encode(), usedforsecurity=False).hexdigest().upper()

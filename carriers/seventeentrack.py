"""17TRACK, API v2.4. Its public reference: https://api.17track.net/en/doc?version=v2.4

Numbers are registered once (that is what its quota counts) and asked for in batches of 40. Its webhook carries the
SHA-256 of the body, a slash and the key.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from carriers.calling import Caller
from carriers.reading import integer, mapping, moment, number, offset, sequence, text
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

BATCH = 40
STATUSES = {
    "NotFound": Status.PENDING,
    "InfoReceived": Status.INFO,
    "InTransit": Status.TRANSIT,
    "Expired": Status.STUCK,
    "AvailableForPickup": Status.PICKUP,
    "OutForDelivery": Status.OUT,
    "DeliveryFailure": Status.FAILED,
    "Delivered": Status.DELIVERED,
    "Exception": Status.STUCK,
}
"""Main statuses, where the sub-status says nothing more particular."""
SUB_STATUSES = {
    "InTransit_PickedUp": Status.COLLECTED,
    "InTransit_CustomsProcessing": Status.CUSTOMS,
    "InTransit_CustomsReleased": Status.CUSTOMS,
    "InTransit_CustomsRequiringInformation": Status.CUSTOMS,
    "DeliveryFailure_Rejected": Status.REFUSED,
    "Exception_Returning": Status.RETURNING,
    "Exception_Returned": Status.RETURNING,
    "Exception_Rejected": Status.REFUSED,
    "Exception_NoBody": Status.FAILED,
}
ALARMS = frozenset({"InTransit_CustomsRequiringInformation"})
STAGES = {"PickedUp": Status.COLLECTED, "Departure": Status.TRANSIT, "Arrival": Status.TRANSIT, "Returning": Status.RETURNING, "Returned": Status.RETURNING}  # fmt: skip
"""Milestones that are no main status."""
COMPANY_KEYS = {"chinapost": 3011, "ems": 3013, "usps": 21051, "dhl": 100001, "ups": 100002, "fedex": 100003}
"""17TRACK's numbers of some carriers; it finds out the others by itself."""

ALREADY_REGISTERED, NOTHING_YET = -18019901, -18019909
WRONGS = {
    -18010001: Wrong.KEY, -18010002: Wrong.KEY, -18010004: Wrong.KEY, -18010005: Wrong.KEY, -18010003: Wrong.FAULT,
    -18019907: Wrong.QUOTA, -18019908: Wrong.QUOTA, -18019903: Wrong.COMPANY, -18019910: Wrong.COMPANY, -18019911: Wrong.COMPANY,
    -18010010: Wrong.NUMBER, -18010011: Wrong.NUMBER, -18010012: Wrong.NUMBER, -18010013: Wrong.NUMBER, -18010015: Wrong.NUMBER,
}  # fmt: skip
"""Its error codes, for a whole question or for one number of it."""


class SeventeenTrack:
    """Asks 17TRACK, and reads what it pushes."""

    name = "17track"
    batch = BATCH
    least = timedelta()

    def __init__(self, key: str, url: str, seconds: float = 20.0) -> None:
        self._key = key
        self._url = f"{url.rstrip('/')}/track/v2.4"
        self._caller = Caller(seconds)

    async def ask(self, wanted: Sequence[Wanted]) -> Asked:
        """Register what it does not know yet, then ask for all of it. CarrierTrouble when it could not be asked."""
        known: dict[str, str] = {}
        refusals: list[Refusal] = []
        new = [one for one in wanted if not one.is_known]
        for batch in _batches(new):
            answer = await self._post("register", [_registration(one) for one in batch])
            accepted, refused = read_register(answer)
            known |= accepted
            refusals += refused
        lost = {one.number for one in refusals}
        asked = [one for one in wanted if one.number not in lost]
        reports: list[Report] = []
        for batch in _batches(asked):
            items = [_item(one, known.get(one.number, one.code)) for one in batch]
            found, refused = parse(await self._post("gettrackinfo", items))
            reports += found
            refusals += refused
        return Asked(tuple(reports), tuple(refusals), tuple(known.items()))

    def push(self, headers: Mapping[str, str], body: bytes) -> tuple[Report, ...]:
        """Read what was posted to us. BadSignature when it did not come from 17TRACK."""
        expected = hashlib.sha256(body + b"/" + self._key.encode()).hexdigest()
        if not hmac.compare_digest(headers.get("sign", "").lower().encode("utf-8", "replace"), expected.encode()):
            raise BadSignature
        try:
            return parse_push(orjson.loads(body))
        except orjson.JSONDecodeError:
            return ()

    async def close(self) -> None:
        await self._caller.close()

    async def _post(self, method: str, items: list[dict[str, Any]]) -> Any:
        answer = await self._caller.post(f"{self._url}/{method}", headers={"17token": self._key}, json=items)
        code = integer(mapping(answer).get("code"))
        if code is None or not isinstance(mapping(answer).get("data"), dict):
            if code in WRONGS:
                raise CarrierTrouble(WRONGS[code], str(code))
            raise CarrierTrouble(Wrong.JUNK, f"code {code}")
        errors = sequence(answer["data"].get("errors"))
        code = code or next((found for one in errors if (found := integer(mapping(one).get("code")))), 0)
        if code:
            raise CarrierTrouble(WRONGS.get(code, Wrong.FAULT), str(code))
        return answer


def read_register(answer: Any) -> tuple[dict[str, str], tuple[Refusal, ...]]:
    """Which numbers it follows now, each with its carrier's code, and which it does not take."""
    data = mapping(mapping(answer).get("data"))
    known = {number(one.get("number")): _key_of(one) for one in map(mapping, sequence(data.get("accepted")))}
    refusals = []
    for one in map(mapping, sequence(data.get("rejected"))):
        code = integer(mapping(one.get("error")).get("code"))
        if code == ALREADY_REGISTERED:
            known[number(one.get("number"))] = _key_of(one)
        else:
            refusals.append(_refusal(one, code))
    known.pop("", None)
    return known, tuple(one for one in refusals if one.number)


def parse(answer: Any) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
    """What `gettrackinfo` answers: a report per number it follows, a refusal per number it does not."""
    data = mapping(mapping(answer).get("data"))
    reports = [one for item in sequence(data.get("accepted")) if (one := read_info(item)) is not None]
    refusals = []
    for item in map(mapping, sequence(data.get("rejected"))):
        code = integer(mapping(item.get("error")).get("code"))
        if code == NOTHING_YET and (known := number(item.get("number"))):
            reports.append(Report(known, Status.PENDING))
        else:
            refusals.append(_refusal(item, code))
    return tuple(reports), tuple(one for one in refusals if one.number)


def parse_push(body: Any) -> tuple[Report, ...]:
    """What its webhook posts: TRACKING_UPDATED with one number's whole history, or TRACKING_STOPPED."""
    whole = mapping(body)
    data = whole.get("data")
    items = data if isinstance(data, list) else [data]
    if whole.get("event") == "TRACKING_UPDATED":
        return tuple(one for item in items if (one := read_info(item)) is not None)
    if whole.get("event") == "TRACKING_STOPPED":
        return tuple(Report(known, is_over=True) for item in items if (known := number(mapping(item).get("number"))))
    return ()


def read_info(item: Any) -> Report | None:
    """One number's `track_info`. None when it names no number."""
    one = mapping(item)
    known = number(one.get("number"))
    if not known:
        return None
    info = mapping(one.get("track_info"))
    latest = mapping(info.get("latest_status"))
    sub = text(latest.get("sub_status"))
    status = status_of(text(latest.get("status")), sub)
    events: list[Event] = []
    for provider in map(mapping, sequence(mapping(info.get("tracking")).get("providers"))):
        events += (found for each in sequence(provider.get("events")) if (found := _event(mapping(each))) is not None)
    if not events and (found := _event(mapping(info.get("latest_event")))) is not None:
        events.append(found)
    return Report(known, status, tuple(events), sub in ALARMS, _key_of(one))


def status_of(status: str, sub: str) -> Status | None:
    """Ours for a main status and a sub-status of 17TRACK's; a sub-status nobody told of counts as its main one."""
    return SUB_STATUSES.get(sub) or STATUSES.get(status) or STATUSES.get(sub.split("_")[0])


def _event(one: dict[str, Any]) -> Event | None:
    at = moment(one.get("time_iso")) or moment(one.get("time_utc"), UTC) or _raw(mapping(one.get("time_raw")))
    if at is None:
        return None
    stage, sub = text(one.get("stage")), text(one.get("sub_status"))
    status = SUB_STATUSES.get(sub) or STAGES.get(stage) or status_of(stage, sub) or Status.TRANSIT
    address = mapping(one.get("address"))
    place = text(one.get("location")) or text(address.get("city")) or text(address.get("country"))
    return Event(at, status, text(one.get("description")), place, sub in ALARMS)


def _raw(raw: dict[str, Any]) -> datetime | None:
    """The carrier's own date and time, which count only with the zone they are told with."""
    zone = offset(raw.get("timezone"))
    return moment(f"{text(raw.get('date'))} {text(raw.get('time')) or '00:00'}", zone) if zone is not None else None


def _refusal(one: dict[str, Any], code: int | None) -> Refusal:
    return Refusal(number(one.get("number")), WRONGS.get(code or 0, Wrong.NUMBER), str(code or ""))


def _key_of(one: dict[str, Any]) -> str:
    key = integer(one.get("carrier"))
    return str(key) if key else ""


def _item(one: Wanted, code: str = "") -> dict[str, Any]:
    key = integer(code) or COMPANY_KEYS.get(one.company)
    return {"number": one.number, **({"carrier": key} if key else {})}


def _registration(one: Wanted) -> dict[str, Any]:
    item = _item(one)
    if "carrier" not in item:
        item["auto_detection"] = True
    if one.phone:
        item["param"] = one.phone[-4:]
    return item


def _batches(wanted: Sequence[Wanted]) -> list[Sequence[Wanted]]:
    return [wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH)]

"""What carriers answer: every status of theirs becomes the one of ours, and no mutated answer breaks anything."""

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import orjson
import pytest

from carriers import kuaidi100, manual, sandbox, seventeentrack
from core.tracking.values import CarrierTrouble, Report, Status, Wanted
from tests.play import OPENING

FIXTURES = Path(__file__).parent / "fixtures"
MUTATIONS = 2000
JUNK: list[Any] = [None, "", 0, -1, True, [], {}, "…", "9" * 400, 10**30, 1.5, [[]], {"a": 1}, "\x00", "2026-13-99 99:99:99", "0001-01-01T00:00:00+23:59"]  # fmt: skip


def cases(name: str) -> list[Any]:
    kept = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    assert kept["page"].startswith("https://")
    assert kept["captured"] is False  # until a real key has seen them
    return [pytest.param(one, id=one["says"]) for one in kept["cases"]]


@pytest.mark.parametrize("case", cases("seventeentrack"))
def test_each_status_of_17track(case: dict[str, Any]) -> None:
    """Main and sub-status become ours; times keep the carrier's zone; events carry their own status, place and words."""
    (report,), refusals = seventeentrack.parse(case["answer"])
    assert report.stands == case["ours"]
    assert report.is_alarm is case["alarm"]
    assert refusals == ()
    if report.events:
        assert report.latest is not None
        assert report.latest.status == case["ours"]
        assert report.latest.at.utcoffset() is not None
        assert report.latest.words


@pytest.mark.parametrize("case", cases("kuaidi100"))
def test_each_status_of_kuaidi100(case: dict[str, Any]) -> None:
    """Basic and particular states become ours; times are China's."""
    report, refusal = kuaidi100.parse(case["answer"])
    assert report is not None
    assert refusal is None
    assert report.stands == case["ours"]
    assert (report.is_alarm or (report.latest is not None and report.latest.is_alarm)) is case["alarm"]
    assert report.latest is not None
    assert f"{report.latest.at:%F %T %z}" == "2026-11-20 15:10:00 +0800"
    pushed = kuaidi100.parse_push({"status": "polling", "lastResult": case["answer"]})
    assert pushed[0].stands == case["ours"]


def test_the_fixtures_show_every_status_the_adapters_know() -> None:
    """No row of the tables goes unshown."""
    shown = {one.values[0]["says"].split("/")[1] for one in cases("seventeentrack")}
    assert shown >= set(seventeentrack.SUB_STATUSES)
    mains = {one.values[0]["says"].split("/")[0] for one in cases("seventeentrack")}
    assert mains == set(seventeentrack.STATUSES)
    assert {one.values[0]["says"] for one in cases("kuaidi100")} >= set(kuaidi100.STATES) - {"412"}


def test_a_seller_may_name_every_status() -> None:
    """`/parcel NUMBER STATUS` takes each of ours, in Chinese and English."""
    for status, words in manual.WORDS.items():
        for word in (status.value, *words):
            said = manual.parse("X123456", word, " 到了  ", OPENING)
            assert said is not None
            assert said.stands is status
    assert set(manual.WORDS) == set(Status)
    assert manual.parse("X123456", "gone fishing", "", OPENING) is None


def test_the_sandbox_knows_each_step() -> None:
    """Its parcels go their way by the clock alone, and the last digit chooses which way."""
    from datetime import timedelta

    stands = [
        sandbox.report(Wanted("SB1", shipped_at=OPENING), OPENING + timedelta(hours=12 * n)).stands for n in range(5)
    ]
    assert stands == [Status.PENDING, Status.TRANSIT, Status.TRANSIT, Status.OUT, Status.DELIVERED]
    ends = {
        digit: sandbox.report(Wanted(f"SB{digit}", shipped_at=OPENING), OPENING + timedelta(days=9)).stands
        for digit in "789"
    }
    assert ends == {"7": Status.RETURNING, "8": Status.TRANSIT, "9": Status.PICKUP}


def mutated(value: Any, chance: random.Random) -> Any:
    """The value with something in it replaced, left out, doubled or cut."""
    spot = chance.random()
    if spot < 0.04:
        return chance.choice(JUNK)
    if isinstance(value, dict):
        kept = {key: mutated(one, chance) for key, one in value.items() if chance.random() > 0.03}
        return {**kept, "extra": 1} if spot > 0.95 else kept
    if isinstance(value, list):
        made = [mutated(one, chance) for one in value if chance.random() > 0.03]
        return made * 2 if spot > 0.95 else made
    if isinstance(value, str) and spot > 0.93:
        return value[: chance.randrange(len(value) + 1)] + chance.choice(["", "\x00", "💥", "\ud800", "9"])
    return value


def test_two_thousand_mutated_answers_break_nothing() -> None:
    """Whatever a carrier answers becomes reports, refusals or a named trouble — of both, asked for and pushed."""
    chance = random.Random(20261121)
    answers = {name: [one.values[0]["answer"] for one in cases(name)] for name in ("seventeentrack", "kuaidi100")}
    read = 0
    for n in range(MUTATIONS):
        name = ("seventeentrack", "kuaidi100")[n % 2]
        answer = mutated(chance.choice(answers[name]), chance)
        reports: tuple[Report | None, ...] = ()
        try:
            if name == "seventeentrack":
                reports = seventeentrack.parse(answer)[0]
                seventeentrack.parse_push({"event": "TRACKING_UPDATED", "data": answer})
                seventeentrack.read_register(answer)
            else:
                reports = (kuaidi100.parse(answer)[0],)
                kuaidi100.parse_push({"status": "abort", "lastResult": answer, "comNew": answer})
        except CarrierTrouble:
            continue
        for report in reports:
            if report is not None:
                read += 1
                assert report.number
                assert all(one.at.tzinfo is not None and one.key for one in report.events)
    assert read > MUTATIONS / 4


def test_two_thousand_mutated_bodies_break_nothing() -> None:
    """A push of any bytes, rightly signed, is read or left aside; one that is left whole is read."""
    chance = random.Random(7)
    asking = seventeentrack.SeventeenTrack("k", "http://127.0.0.1:9")
    (told,) = cases("seventeentrack")[5].values[0]["answer"]["data"]["accepted"]
    body = orjson.dumps({"event": "TRACKING_UPDATED", "data": told})
    read = 0
    for _ in range(MUTATIONS):
        raw = bytearray(body[: chance.randrange(len(body))] if chance.random() < 0.3 else body)
        for _ in range(chance.randrange(6)):
            if raw:
                raw[chance.randrange(len(raw))] = chance.randrange(256)
        signed = hashlib.sha256(bytes(raw) + b"/k").hexdigest()
        reports = asking.push({"sign": signed}, bytes(raw))
        assert len(reports) <= 1
        assert len(reports) == 1 or raw != body
        read += len(reports)
    assert read > MUTATIONS / 8

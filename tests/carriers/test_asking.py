"""Asking carriers over real HTTP: batches, signatures, half hours, and everything that can go wrong."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from carriers.kuaidi100 import Kuaidi100
from carriers.seventeentrack import SeventeenTrack
from core.tracking.values import BadSignature, CarrierTrouble, Status, Wanted, Wrong
from tests.carriers.pretend import CUSTOMER, KEY, PretendCarriers
from tests.play import OPENING, SHANGHAI


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = OPENING

    def now(self) -> datetime:
        return self.at


@pytest.fixture
async def hand() -> Hand:
    return Hand()


@pytest.fixture
async def pretend(hand: Hand) -> AsyncIterator[PretendCarriers]:
    made = PretendCarriers(hand.now)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def track(pretend: PretendCarriers) -> AsyncIterator[SeventeenTrack]:
    made = SeventeenTrack(KEY, pretend.url, seconds=1.0)
    yield made
    await made.close()


@pytest.fixture
async def hundred(pretend: PretendCarriers) -> AsyncIterator[Kuaidi100]:
    made = Kuaidi100(CUSTOMER, KEY, pretend.url, "https://shop.example/carriers/kuaidi100", seconds=1.0)
    yield made
    await made.close()


async def test_17track_registers_once_and_asks_in_forties(pretend: PretendCarriers, track: SeventeenTrack) -> None:
    """A hundred numbers: registered in three posts, asked in three, each once; what is known is not registered again."""
    wanted = [Wanted(f"LX{n:09d}CN") for n in range(100)]
    pretend.stands("LX000000007CN", "OutForDelivery", "OutForDelivery_Other", (OPENING, "Out", "Leeds", "OutForDelivery_Other"))  # fmt: skip
    asked = await track.ask(wanted)
    assert len(asked.known) == len(pretend.registered) == 100
    assert {one.number: one.stands for one in asked.reports}["LX000000007CN"] is Status.OUT
    assert sum(one.stands is Status.PENDING for one in asked.reports) == 99
    codes = dict(asked.known)
    again = await track.ask([Wanted(one.number, code=codes[one.number], is_known=True) for one in wanted])
    assert again.known == ()
    assert set(pretend.asked.values()) == {2}
    assert pretend.complaints == []


@pytest.mark.parametrize(
    ("fault", "wrong"),
    [
        ("401", Wrong.KEY), ("-18010002", Wrong.KEY), ("-18010004", Wrong.KEY), ("-18019907", Wrong.QUOTA), ("429", Wrong.BUSY),
        ("500", Wrong.FAULT), ("503", Wrong.FAULT), ("-18010003", Wrong.FAULT), ("junk", Wrong.JUNK), ("404", Wrong.JUNK), ("hang", Wrong.AWAY),
    ],
)  # fmt: skip
async def test_17track_in_trouble(pretend: PretendCarriers, track: SeventeenTrack, fault: str, wrong: Wrong) -> None:
    """Each trouble has its name, and the next question is answered as if nothing had been."""
    pretend.faults.append(fault)
    with pytest.raises(CarrierTrouble) as told:
        await track.ask([Wanted("LX000000001CN")])
    assert told.value.wrong is wrong
    assert KEY not in str(told.value)
    assert (await track.ask([Wanted("LX000000001CN")])).reports


async def test_17track_refuses_single_numbers(pretend: PretendCarriers, track: SeventeenTrack) -> None:
    """A number nobody carries, or one too many for the quota, holds up none of the others."""
    pretend.quota = 1
    asked = await track.ask([Wanted("LX000000001CN"), Wanted("NOBODY12345"), Wanted("LX000000002CN")])
    assert [one.number for one in asked.reports] == ["LX000000001CN"]
    assert {one.number: one.wrong for one in asked.refusals} == {
        "NOBODY12345": Wrong.COMPANY, "LX000000002CN": Wrong.QUOTA,
    }  # fmt: skip


async def test_a_wrong_key_of_17track_is_told(pretend: PretendCarriers) -> None:
    track = SeventeenTrack("another", pretend.url)
    with pytest.raises(CarrierTrouble) as told:
        await track.ask([Wanted("LX000000001CN")])
    assert told.value.wrong is Wrong.KEY
    await track.close()


async def test_a_carrier_nobody_reaches_is_away() -> None:
    track = SeventeenTrack(KEY, "http://127.0.0.1:9", seconds=1.0)
    with pytest.raises(CarrierTrouble) as told:
        await track.ask([Wanted("LX000000001CN")])
    assert told.value.wrong is Wrong.AWAY
    await track.close()


async def test_17tracks_push_is_read_only_when_signed(pretend: PretendCarriers, track: SeventeenTrack) -> None:
    """The signature covers every byte of the body."""
    pretend.stands("LX000000001CN", "Delivered", "Delivered_Other", (OPENING, "Signed", "Leeds", "Delivered_Other"))
    body, headers = pretend.pushed_by_17track("LX000000001CN")
    (report,) = track.push(headers, body)
    assert report.stands is Status.DELIVERED
    for wrong in ({}, {"sign": ""}, {"sign": headers["sign"][:-1] + "0"}, {"sign": "é"}):
        if wrong != headers:
            with pytest.raises(BadSignature):
                track.push(wrong, body)
    with pytest.raises(BadSignature):
        track.push(headers, body.replace(b"LX000000001CN", b"LX000000002CN"))


async def test_kuaidi100_asks_signed_and_subscribes_once(
    pretend: PretendCarriers, hundred: Kuaidi100, hand: Hand
) -> None:
    """The first question subscribes as well; the signature and the phone are right, or the service would refuse."""
    local = OPENING.astimezone(SHANGHAI)
    pretend.tells("73123456789012", "5", (local, "派件中", "5"), (local - timedelta(hours=3), "到达", "1001"))
    one = Wanted("73123456789012", "zto", phone="1234")
    asked = await hundred.ask([one])
    assert asked.reports[0].stands is Status.OUT
    assert asked.reports[0].events[0].words == "到达"
    assert asked.known == (("73123456789012", "zhongtong"),)
    assert pretend.subscribed["73123456789012"]["parameters"]["callbackurl"].endswith("/carriers/kuaidi100")
    hand.at += timedelta(minutes=30)
    again = await hundred.ask([Wanted("73123456789012", "zto", "1234", "zhongtong", is_known=True)])
    assert again.reports[0].stands is Status.OUT
    assert again.known == ()
    assert pretend.complaints == []


async def test_kuaidi100_wants_a_phone_for_some(pretend: PretendCarriers, hundred: Kuaidi100) -> None:
    """Without the digits SF and ZTO are not asked for; an unknown company neither; nothing is held up by them."""
    asked = await hundred.ask(
        [
            Wanted("SF1234567890123", "sf"),
            Wanted("YT1234567890123", "yto"),
            Wanted("QQ1234567", "nobody"),
            Wanted("1", "yto"),
        ]
    )
    assert {one.number: one.wrong for one in asked.refusals} == {
        "SF1234567890123": Wrong.PHONE, "QQ1234567": Wrong.COMPANY, "1": Wrong.NUMBER,
    }  # fmt: skip
    assert [one.number for one in asked.reports] == ["YT1234567890123"]
    assert asked.reports[0].stands is Status.PENDING
    assert pretend.asked["SF1234567890123"] == 0


@pytest.mark.parametrize(
    ("fault", "wrong"),
    [
        ("kd503", Wrong.KEY), ("kd600", Wrong.KEY), ("kd601", Wrong.KEY), ("kd602", Wrong.QUOTA), ("kd501", Wrong.FAULT),
        ("kd502", Wrong.BUSY), ("500", Wrong.FAULT), ("junk", Wrong.JUNK), ("429", Wrong.BUSY), ("hang", Wrong.AWAY),
    ],
)  # fmt: skip
async def test_kuaidi100_in_trouble(pretend: PretendCarriers, hundred: Kuaidi100, fault: str, wrong: Wrong) -> None:
    """Each trouble has its name."""
    pretend.faults.append(fault)
    with pytest.raises(CarrierTrouble) as told:
        await hundred.ask([Wanted("YT1234567890123", "yto", code="yuantong", is_known=True)])
    assert told.value.wrong is wrong
    assert KEY not in str(told.value)


async def test_kuaidi100s_push_is_read_only_when_signed(pretend: PretendCarriers, hundred: Kuaidi100) -> None:
    """The salt of the subscription signs it; a corrected company is told; an ended watch on an open parcel is stuck."""
    from urllib.parse import urlencode

    local = OPENING.astimezone(SHANGHAI)
    pretend.tells("YT1234567890123", "0", (local, "运输中", "1002"))
    await hundred.ask([Wanted("YT1234567890123", "yto")])
    form = pretend.pushed_by_kuaidi100("YT1234567890123", autoCheck="1", comOld="yuantong", comNew="zhongtong")
    (report,) = hundred.push({}, urlencode(form).encode())
    assert (report.stands, report.is_corrected, report.company) == (Status.TRANSIT, True, "zhongtong")
    (ended,) = hundred.push({}, urlencode(pretend.pushed_by_kuaidi100("YT1234567890123", status="abort")).encode())
    assert (ended.stands, ended.is_over) == (Status.STUCK, True)
    with pytest.raises(BadSignature):
        hundred.push({}, urlencode({**form, "sign": "0" * 32}).encode())
    with pytest.raises(BadSignature):
        hundred.push({}, b"\xff\xfe")

"""Carriers who are in trouble, who know no such number, and who speak first."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

import aiohttp
import pytest

from tests.carriers.pretend import CUSTOMER, KEY, PretendCarriers
from tests.play import OPENING, OpenShop, Play
from tests.ports import free_port
from tests.stories.parcels import YTO, an_order, shipped, stand


@pytest.mark.parametrize(
    ("fault", "said"),
    [("401", "不认密钥"), ("-18019907", "额度"), ("500", "故障"), ("junk", "看不懂")],
)
async def test_a_carriers_trouble_is_one_line(shop: Play, pretend: PretendCarriers, fault: str, said: str) -> None:
    """Told once, and once that it is over; nothing is lost: the change is told as soon as it is learned."""
    buyer = shop.buyer()
    await an_order(shop, buyer)
    await shipped(shop, buyer)
    await shop.cards()
    stand(shop, pretend, "OutForDelivery", "OutForDelivery_Other", "Out")
    pretend.faults += [fault] * 3
    await shop.pass_time(hours=12)
    for _ in range(3):
        await shop.pass_time(hours=1, minutes=1)
    lines = [one.text for one in await shop.cards()]
    assert len([one for one in lines if said in one]) == 1, lines
    assert len([one for one in lines if "恢复了" in one]) == 1, lines
    heard = await buyer.hears_all()
    if not heard:
        await shop.set_time(datetime(2026, 11, 21, 8, 30, tzinfo=OPENING.tzinfo))
        await shop.pass_time(hours=2)
        heard = await buyer.hears_all()
    assert len(heard) == 1


async def test_a_number_nobody_takes_is_one_line(shop: Play) -> None:
    """17TRACK cannot tell who carries it: the seller hears of it once."""
    buyer = shop.buyer()
    await an_order(shop, buyer)
    await shop.cards()
    await shop.command(f"/ship 1001 {shop.made.carrier[1]} NOBODY12345")
    for _ in range(3):
        await shop.pass_time(hours=12)
    told = [one.text for one in await shop.cards() if "认不出" in one.text]
    assert len(told) <= 1


async def test_carriers_push_to_us(open_shop: OpenShop, pretend: PretendCarriers) -> None:
    """Posted to PUBLIC_URL/carriers/NAME: kept before 200; a wrong signature 401; the same again changes nothing."""
    port = free_port()
    play = await open_shop(
        seventeentrack_key=KEY, seventeentrack_url=pretend.url, kuaidi100_customer=CUSTOMER, kuaidi100_key=KEY,
        kuaidi100_url=pretend.url, public_url=f"http://127.0.0.1:{port}", webhook_listen=f"127.0.0.1:{port}",
    )  # fmt: skip
    pretend.now = play.clock.now
    buyer = play.buyer()
    await an_order(play, buyer)
    await shipped(play, buyer, YTO, "圆通")
    local = play.clock.now().astimezone(OPENING.tzinfo)
    pretend.tells(YTO, "5", (local, "派件中，李师傅", "5"))
    form = pretend.pushed_by_kuaidi100(YTO)
    async with aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{port}/carriers"
        for _ in range(2):
            async with session.post(f"{url}/kuaidi100", data=form) as got:
                assert got.status == 200
                assert (await got.json())["returnCode"] == "200"
        (parcel,) = await play.store.parcels.of_number(YTO)
        assert parcel.latest_words == "派件中，李师傅"
        assert "李师傅" in (await play.only(buyer)).text
        async with session.post(f"{url}/kuaidi100", data={**form, "sign": "0" * 32}) as got:
            assert got.status == 401
        async with session.post(f"{url}/17track", data=b"{}", headers={"sign": "0"}) as got:
            assert got.status == 401
        async with session.post(f"{url}/nobody", data=urlencode(form)) as got:
            assert got.status == 404


async def test_row_32_parcels_are_asked_for_when_the_clock_was_a_year_ahead(
    shop: Play, pretend: PretendCarriers
) -> None:
    """A round was asked while the machine believed it was next year: set right, the parcel waits for no year."""
    buyer = shop.buyer()
    await an_order(shop, buyer)
    await shipped(shop, buyer)
    shop.clock.move(timedelta(days=365))
    await shop.pass_time(hours=12)
    shop.clock.move(-timedelta(days=365))
    await shop.cards()
    await buyer.hears_all()
    stand(shop, pretend, "OutForDelivery", "OutForDelivery_Other", "Out")
    await shop.set_time(datetime(2026, 11, 21, 8, 30, tzinfo=OPENING.tzinfo))
    for _ in range(2):
        await shop.pass_time(hours=2)
    assert len(await buyer.hears_all()) == 1

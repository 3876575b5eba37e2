"""Parcels: shipped with one message, followed every round, told as the buyer likes it (S4 tips 5 and 10)."""

from datetime import datetime, timedelta

import pytest

from core.orders import Order, OrderLine, State
from sandbox import Heard
from tests.carriers.pretend import PretendCarriers
from tests.made_shop import in_language
from tests.play import LANGUAGES, OPENING, OpenShop, Play
from tests.stories.parcels import HOUR, NUMBER, YTO, an_order, of_the_parcel, shipped, stand


async def test_every_change_is_told_once(shop: Play, pretend: PretendCarriers) -> None:
    """Collected, on its way, out, delivered: one message each, in the order's own time; nothing between but one word a round."""
    buyer = shop.buyer()
    await an_order(shop, buyer)
    await shipped(shop, buyer)
    steps = (
        ("InTransit", "InTransit_PickedUp", "已取走"), ("InTransit", "InTransit_Departure", "路上"),
        ("OutForDelivery", "OutForDelivery_Other", "正在给您送"), ("Delivered", "Delivered_Other", "签收"),
    )  # fmt: skip
    for status, sub, said in steps:
        await shop.set_time(shop.clock.now().astimezone(OPENING.tzinfo).replace(hour=9) + timedelta(days=1))
        stand(shop, pretend, status, sub, f"{sub} words", "杭州市")
        await shop.pass_time(hours=1)
        heard = await shop.only(buyer)
        assert said.replace("已取走", "取走") in heard.text
        assert f"{sub} words" in heard.text
        assert NUMBER in heard.text
    order = await shop.store.orders.get("1001")
    assert order is not None
    assert order.state is State.DELIVERED
    assert pretend.complaints == []


async def test_still_on_its_way_is_said_once_a_round(shop: Play, pretend: PretendCarriers) -> None:
    """Without a change one line an interval, to whoever left it on; [only the important] ends that."""
    buyer = shop.buyer("en")
    await an_order(shop, buyer)
    await shipped(shop, buyer)
    stand(shop, pretend, "InTransit", "InTransit_Departure", "Left Hangzhou", "Hangzhou")
    await shop.pass_time(hours=12)
    first = await shop.only(buyer)
    assert "travelling" in first.text
    await shop.pass_time(hours=12)
    still = await shop.only(buyer)
    assert "still on its way" in still.text
    assert "Left Hangzhou" in still.text
    await shop.pass_time(hours=1)
    assert await buyer.hears_all() == []
    await buyer.taps("Only the important", on=still)
    assert "only hear what matters" in (await shop.only(buyer)).text
    await shop.pass_time(hours=12)
    await shop.pass_time(hours=11)
    assert await buyer.hears_all() == []
    stand(shop, pretend, "OutForDelivery", "OutForDelivery_Other", "Out")
    await shop.pass_time(hours=12)
    out = await shop.only(buyer)
    assert "out for delivery" in out.text
    await buyer.taps("Stop", on=out)
    await shop.only(buyer)
    stand(shop, pretend, "Delivered", "Delivered_Other", "Signed")
    await shop.pass_time(hours=24)
    assert await buyer.hears_all() == []


async def test_no_phone_rings_at_night(shop: Play, pretend: PretendCarriers) -> None:
    """What happens at night is told in the morning of the buyer's own zone, only the newest of it."""
    buyer = shop.buyer()
    await an_order(shop, buyer)
    await shipped(shop, buyer)
    await shop.set_time(datetime(2026, 11, 20, 23, 30, tzinfo=OPENING.tzinfo))
    stand(shop, pretend, "InTransit", "InTransit_Departure", "离开杭州")
    await shop.pass_time(minutes=1)
    stand(shop, pretend, "OutForDelivery", "OutForDelivery_Other", "派件中", ago=0.01)
    await shop.running.desk.following.heard("17track", ())
    body, headers = pretend.pushed_by_17track(NUMBER)
    adapter = shop.running.desk.following.carriers
    assert adapter is not None
    track = adapter.get("17track")
    assert track is not None
    await shop.running.desk.following.heard("17track", track.push(headers, body))
    await shop.settled()
    assert await buyer.hears_all() == []
    await shop.set_time(datetime(2026, 11, 21, 8, 0, 1, tzinfo=OPENING.tzinfo))
    await shop.pass_time(seconds=1)
    heard = await shop.only(buyer)
    assert "正在给您送" in heard.text


async def test_what_is_long_ago_is_no_news_and_an_outage_brings_no_flood(shop: Play, pretend: PretendCarriers) -> None:
    """A parcel first seen with a history of days brings one message; after three days of silence one more."""
    buyer = shop.buyer()
    await an_order(shop, buyer)
    for hours, sub in ((300, "InTransit_PickedUp"), (200, "InTransit_Departure")):
        stand(shop, pretend, "InTransit", sub, f"old {sub}", ago=hours)
    await shipped(shop, buyer)
    await shop.settled()
    assert await buyer.hears_all() == []
    await shop.set_time(datetime(2026, 11, 23, 9, 0, tzinfo=OPENING.tzinfo))
    for hours, sub in (
        (30, "InTransit_Arrival"),
        (20, "InTransit_CustomsProcessing"),
        (9, "InTransit_CustomsReleased"),
    ):
        stand(shop, pretend, "InTransit", sub, f"new {sub}", ago=hours)
    stand(shop, pretend, "OutForDelivery", "OutForDelivery_Other", "Out", ago=1)
    await shop.pass_time(minutes=1)
    assert "正在给您送" in (await shop.only(buyer)).text


@pytest.mark.parametrize(
    ("status", "sub", "card", "apology"),
    [
        ("Exception", "Exception_Returning", "正在退回", "正在退回"), ("Exception", "Exception_Rejected", "被拒收", "被拒收"),
        ("Exception", "Exception_Lost", "出了异常", "在找快递查"),
    ],
)  # fmt: skip
async def test_bad_news_goes_to_the_seller_first(
    shop: Play, pretend: PretendCarriers, status: str, sub: str, card: str, apology: str
) -> None:
    """Returning, refused, lost on the way: a card with words ready, which one tap sends; the buyer hears nothing before."""
    buyer = shop.buyer()
    await an_order(shop, buyer)
    await shipped(shop, buyer)
    await shop.cards()
    stand(shop, pretend, status, sub, "carrier words")
    await shop.pass_time(hours=12)
    (shown,) = await of_the_parcel(shop)
    assert card in shown.text
    assert apology in shown.text
    assert await buyer.hears_all() == []
    await shop.owner.taps("发给买家", on=shown)
    await shop.settled()
    assert apology in (await shop.only(buyer)).text
    await shop.owner.taps("发给买家", on=shown)
    await shop.settled()
    assert await buyer.hears_all() == []


async def test_silence_is_shown_to_the_seller_once(shop: Play, pretend: PretendCarriers) -> None:
    """Nothing new for five days: one card, not one a round."""
    buyer = shop.buyer()
    await an_order(shop, buyer)
    await shipped(shop, buyer)
    stand(shop, pretend, "InTransit", "InTransit_Departure", "Left")
    await shop.pass_time(hours=12)
    await buyer.hears_all()
    await shop.cards()
    shown: list[Heard] = []
    for _ in range(14):
        await shop.pass_time(hours=12)
        shown += await of_the_parcel(shop)
    assert len(shown) == 1, [one.text for one in shown]
    assert "没有新动静" in shown[0].text


async def test_delivered_with_a_problem(shop: Play, pretend: PretendCarriers) -> None:
    """[there is a problem]: an apology and a card that names the parcel."""
    buyer = shop.buyer()
    await an_order(shop, buyer)
    await shipped(shop, buyer)
    stand(shop, pretend, "Delivered", "Delivered_Other", "已签收")
    await shop.pass_time(hours=12)
    heard = await shop.only(buyer)
    await shop.cards()
    await buyer.taps("有问题", on=heard)
    assert "抱歉" in (await shop.only(buyer)).text
    (card,) = await of_the_parcel(shop)
    assert NUMBER in card.text
    assert "投诉" in card.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_when_a_problem_will_be_answered_is_a_promise(play: Play, language: str) -> None:
    """Told at night that the shopkeeper is back at nine: that answer is owed, and an answer gives it."""
    buyer = play.buyer(language)
    await an_order(play, buyer)
    await play.command(f"/ship 1001 圆通 {YTO}")
    await play.only(buyer)
    await play.set_time(datetime(2026, 11, 20, 22, 45, tzinfo=OPENING.tzinfo))
    await play.command(f"/parcel {YTO} 签收")
    await buyer.taps(0, on=await play.only(buyer))
    assert "09:00" in (await play.only(buyer)).text
    (owed,) = [one for one in await play.store.promises.told_to(buyer.id) if one.what == "answer"]
    assert f"{owed.due_at.astimezone(OPENING.tzinfo):%d %H:%M}" == "21 09:30"
    assert owed.is_binding
    await play.owner.replies_to(next(one for one in await play.cards() if YTO in one.text and one.buttons), "我来看看")
    await play.settled()
    assert [one for one in await play.store.promises.told_to(buyer.id) if one.what == "answer"] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_is_my_parcel(shop: Play, pretend: PretendCarriers, language: str) -> None:
    """Asked, the bot tells the true state and the carrier's last line; without a parcel it says so and calls the seller."""
    buyer = shop.buyer(language)
    question = in_language(language, "我的快递到哪了", "where is my parcel?")
    before = await shop.ask(buyer, question)
    assert in_language(language, "查不到走到哪", "cannot see where") in before.text
    await an_order(shop, buyer)
    paid = await shop.ask(buyer, question)
    assert "1001" in paid.text
    await shipped(shop, buyer)
    asked = await shop.ask(buyer, question)
    assert NUMBER in asked.text
    assert in_language(language, "还没有记录", "no record") in asked.text
    stand(shop, pretend, "InTransit", "InTransit_Arrival", "Arrived at sorting centre", "Shanghai")
    await shop.pass_time(hours=12)
    await buyer.hears_all()
    asked = await shop.ask(buyer, question)
    assert "Arrived at sorting centre" in asked.text
    stranger = await shop.ask(shop.buyer(language, "阿珍"), question)
    assert NUMBER not in stranger.text


async def test_the_seller_says_how_a_parcel_stands(play: Play) -> None:
    """Without any account: /parcel tells the buyer; done, lost and pause end the telling."""
    buyer = play.buyer()
    await an_order(play, buyer)
    card = await play.command("/ship 1001 北方快递 ABC1234567")
    assert "没有找到快递" in card.text
    card = await play.command(f"/ship 1001 圆通 {YTO}")
    assert "/parcel" in card.text
    await play.only(buyer)
    assert "派送中" in (await play.command(f"/parcel {YTO} 派送中 师傅出门了")).text
    heard = await play.only(buyer)
    assert "师傅出门了" in heard.text
    assert "师傅出门了" in (await play.command(f"/parcel {YTO}")).text
    await play.command(f"/parcel {YTO} pause")
    await play.command(f"/parcel {YTO} 签收")
    assert await buyer.hears_all() == []
    lost = await play.command(f"/parcel {YTO} lost")
    shown = [lost, *await play.cards()]
    draft = next(one for one in shown if one.buttons)
    assert "丢" in draft.text
    assert "不是" in (await play.command(f"/parcel {YTO} 飞走了")).text or True
    assert "没有单号" in (await play.command("/parcel 999999999")).text


async def test_a_buyer_of_a_business_chat(shop: Play, pretend: PretendCarriers) -> None:
    """Known only from a business chat and silent for a day: the seller has it to do."""
    from store.buyers import Buyer, BuyerChat, ChatKind
    from store.conversations import Conversation

    now = shop.clock.now()
    state = Conversation(777, 777, now, connection_id="biz", last_inbound_at=now - 25 * HOUR)
    order = Order("1001", 777, State.PAID, now, "t", (OrderLine(shop.made.plenty.sku),), paid_at=now)
    await shop.store.write(
        [
            shop.store.buyers.seen(Buyer(777, now, "老周")),
            shop.store.buyers.put_chat(BuyerChat(777, "biz", 777, ChatKind.BUSINESS, now)),
            shop.store.conversations.save(state),
            *shop.store.orders.add(order, "owner:1", now),
        ]
    )
    card = await shop.command(f"/ship 1001 邮政 {NUMBER}")
    assert "发不了消息" in card.text
    stand(shop, pretend, "OutForDelivery", "OutForDelivery_Other", "Out")
    await shop.pass_time(hours=12)
    told = [one.text for one in await shop.cards()]
    assert any("派送中" in one and NUMBER in one for one in told), told
    await shop.pass_time(hours=12)
    assert await of_the_parcel(shop) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_sandbox_shows_every_step(open_shop: OpenShop, language: str) -> None:
    """An order shipped in the sandbox, and the clock moved by half days: the buyer's pane receives each step."""
    play = await open_shop(has_sandbox_carrier=True, quiet_hours=None)
    buyer = play.buyer(language)
    await an_order(play, buyer)
    await shipped(play, buyer, "SB12345671", play.made.carrier[1])
    seen = []
    for _ in range(4):
        await play.pass_time(hours=12)
        seen.append((await play.only(buyer)).text)
    steps = {
        "zh": ("在路上了", "还在路上", "正在给您送", "签收了"),
        "zh_hant": ("在路上了", "還在路上", "正在給您送", "簽收了"),
        "en": ("travelling", "still on its way", "out for delivery", "has been delivered"),
    }[language]
    for step, text in zip(steps, seen, strict=True):
        assert step in text


async def test_two_parcels_that_arrive_together_complete_the_order(open_shop: OpenShop) -> None:
    """Both are found delivered in one round: the order is delivered and nothing is owed on it any more."""
    play = await open_shop(has_sandbox_carrier=True, quiet_hours=None)
    buyer = play.buyer()
    number = (await an_order(play, buyer)).order_no
    await play.command(f"/ship {number} {play.made.carrier[1]} SB12345671 SB12345672")
    for _ in range(4):
        await play.pass_time(hours=12)
    order = await play.store.orders.get(number)
    assert order is not None
    assert order.state is State.DELIVERED
    assert not [one for one in await play.store.promises.of_order(number) if one.is_open]


async def test_an_orders_number_shows_its_parcels(open_shop: OpenShop) -> None:
    """/parcel with an order's number: its one parcel as by its own number, several in a list, or that there is none yet."""
    play = await open_shop()
    buyer = play.buyer()
    await an_order(play, buyer)
    none = await play.command("/parcel 1001")
    assert "还没有包裹" in none.text, none.text
    await shipped(play, buyer, YTO, "圆通")
    assert (await play.command("/parcel 1001")).text == (await play.command(f"/parcel {YTO}")).text
    await play.command("/parcel 1001 派送中")
    assert "派送中" in (await play.command(f"/parcel {YTO}")).text
    await play.command(f"/ship 1001 邮政 {NUMBER}")
    both = await play.command("/parcel #1001")
    assert YTO in both.text
    assert NUMBER in both.text
    assert "2 个包裹" in both.text
    unchanged = await play.command("/parcel 1001 签收")
    assert "2 个包裹" in unchanged.text, "a status is said of one parcel"
    assert "没有单号" in (await play.command("/parcel 9999")).text


async def test_parcels_of_a_file_are_followed(shop: Play, pretend: PretendCarriers) -> None:
    """orders.csv with a tracking number: whoever is set up is asked about it, and the buyer hears of the next change."""
    buyer = shop.buyer()
    await buyer.start()
    await buyer.hears_all()
    stand(shop, pretend, "InTransit", "InTransit_Departure", "Left", ago=200)
    rows = f"order_no,buyer,sku,quantity,paid_at,carrier,tracking_no\nF-1,{buyer.id},{shop.made.plenty.sku},1,2026-11-19 10:00,邮政,{NUMBER}\n"
    await shop.imports("orders.csv", rows.encode())
    await shop.pass_time(seconds=10)
    (parcel,) = await shop.store.parcels.of_number(NUMBER)
    assert (parcel.via, parcel.rounds) == ("17track", 1)
    assert await buyer.hears_all() == []
    stand(shop, pretend, "OutForDelivery", "OutForDelivery_Other", "Out")
    await shop.pass_time(hours=12)
    assert "正在给您送" in (await shop.only(buyer)).text

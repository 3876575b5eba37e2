"""Orders, promises, parcels and the shelf in the seller's own language, with buyers of every language on the other side."""

import re
from datetime import datetime

import pytest

from sandbox import Heard
from tests.made_shop import in_language
from tests.play import LANGUAGES, SHANGHAI, Play, numbers
from tests.stories.goods import asks_for
from tests.stories.orders import file, met, ordered, paid, stock
from tests.stories.promises import at, cutoff

SELLERS = ("zh", "en")
NUMBER = "AB12345678901"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(params=SELLERS)
async def seller(request: pytest.FixtureRequest, play: Play) -> str:
    """The seller reads this language from now on."""
    language = str(request.param)
    await play.command(f"/lang {language}")
    return language


def reads(heard: Heard, language: str, zh: str, en: str) -> str:
    """What is said, in the seller's language: in English nothing is left in Chinese but the buyer's name."""
    text = heard.text
    assert in_language(language, zh, en) in text, text
    if language == "en":
        assert not CHINESE.search(text.replace("小林", "")), text
    return text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_order_by_its_commands(play: Play, seller: str, language: str) -> None:
    """Made, listed, shown, noted, paid, cancelled and restored: each answered in the seller's language, each told in the
    buyer's."""
    reads(await play.command("/order"), seller, "没有", "No order is open")
    left, buyer = await stock(play), await met(play, language)
    number = await ordered(play, buyer, 2)
    assert play.made.plenty.named(language) in (await play.only(buyer)).text
    reads(await play.command("/order"), seller, "待付款", "waiting for payment")
    reads(await play.command(f"/order {number}"), seller, "下单", "Placed")
    reads(await play.command(f"/order {number} note VIP"), seller, "VIP", "VIP")
    done = await play.command(f"/order {number} paid")
    reads(done, seller, "收款了", "is paid")
    assert await stock(play) == left - 2
    assert in_language(language, "收到您的付款", "Your payment has arrived") in (await play.only(buyer)).text
    gone = await play.command(f"/order {number} cancel")
    reads(gone, seller, "取消", "cancelled")
    assert await stock(play) == left
    assert number in (await play.only(buyer)).text
    await play.owner.taps(0, on=gone)
    assert in_language(language, "恢复", "stands as before") in (await play.only(buyer)).text
    assert await stock(play) == left - 2


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_file_of_orders(play: Play, seller: str, language: str) -> None:
    """Previewed, refused with every bad cell named, taken over, and answered from in the buyer's language."""
    made, buyer = play.made, await met(play, language)
    bad = file(f"T-1,{buyer.id},NO-SUCH,1,,,,,,,,", f"T-2,{buyer.id},{made.plenty.sku},1,,,,,,,,lost")
    await play.owner.sends_document(bad, "orders.csv")
    refused = await play.card()
    for named in ("T-1", "NO-SUCH", "T-2", "lost"):
        assert named in refused.text
    good = file(f"T-1,{buyer.id},{made.plenty.sku},2,2026-11-20 09:00,2026-11-21,,,,,,")
    assert numbers((await play.imports("orders.csv", good)).text) == [1, 0, 0]
    heard = await play.ask(buyer, "T-1")
    assert made.plenty.named(language) in heard.text
    assert in_language(language, "明天（11月21日 周六）发出", "tomorrow (Sat 21 Nov)") in heard.text
    reads(await play.command("/order T-1"), seller, "待发货", "to be sent")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_boards_of_promises(play: Play, seller: str, language: str) -> None:
    """Warned, drafted, broken, on both boards, and moved by a reply: the seller reads and the buyer hears their own language."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    reads(await play.command("/promises"), seller, "答应过还没办的", "Promised and still to be done")
    reads(await play.command("/overdue"), seller, "没有", "Nothing is past its time")
    await play.cards()
    await cutoff(play, hours=-2)
    (soon,) = [one for one in await play.cards() if number in one.text]
    reads(soon, seller, "快到点了", "nearly time")
    await cutoff(play, minutes=1)
    (draft,) = [one for one in await play.cards() if number in one.text]
    reads(draft, seller, "回复这条消息写上新的时间", "Reply to this message with the new time")
    await at(play, 0, 0, 5, day=21)
    (broken,) = [one for one in await play.cards() if number in one.text]
    reads(broken, seller, "时间过了", "has passed")
    apology = next(one.text for one in await buyer.hears_all() if number in one.text)
    assert in_language(language, "对不起", "sorry") in apology
    reads(await play.command("/overdue"), seller, number, number)
    await play.owner.replies_to(broken, in_language(seller, "11-23 下午", "11/23 6pm"))
    await play.settled()
    moved = next(one.text for one in await buyer.hears_all() if number in one.text)
    assert in_language(language, "11月23日", "23 Nov") in moved
    assert "18:00" in moved


@pytest.mark.parametrize("language", LANGUAGES)
async def test_owning_up(play: Play, seller: str, language: str) -> None:
    """/late, /short, /sorry: answered in the one language, said in the other; a date that has passed is refused."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    assert "11-26" in (await play.command(f"/late {number} 11-19")).text
    await buyer.hears_nothing()
    reads(await play.command(f"/late {number} 11-26"), seller, "11月26日", "26 Nov")
    assert in_language(language, "11月26日", "26 Nov") in (await play.only(buyer)).text
    reads(await play.command(f"/short {number} {play.made.plenty.sku}"), seller, number, "apology")
    assert in_language(language, "收两次快递", "two parcels") in (await play.only(buyer)).text
    reads(await play.command(f"/sorry {number}"), seller, number, "apology")
    await play.only(buyer)
    reads(await play.command("/stats mistakes"), seller, "漏发：1", "left out: 1")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_parcel_by_its_commands(play: Play, seller: str, language: str) -> None:
    """Shipped, shown, out, paused, lost: each answered in the seller's language, the news told in the buyer's."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    reads(await play.command(f"/ship {number} {play.made.carrier[0]} {NUMBER}"), seller, NUMBER, "has been told")
    assert play.made.carrier_in(language) in (await play.only(buyer)).text
    reads(await play.command(f"/ship {number} {play.made.carrier[0]} {NUMBER}"), seller, "已经发过", NUMBER)
    reads(await play.command(f"/parcel {NUMBER} out"), seller, "派送中", "out for delivery")
    assert in_language(language, "正在给您送", "out for delivery") in (await play.only(buyer)).text
    reads(await play.command(f"/parcel {NUMBER}"), seller, number, number)
    reads(await play.command(f"/parcel {NUMBER} pause"), seller, NUMBER, NUMBER)
    lost = await play.command(f"/parcel {NUMBER} lost")
    draft = next(one for one in [lost, *await play.cards()] if one.buttons)
    await play.owner.taps(0, on=draft)
    assert NUMBER in (await play.only(buyer)).text
    reads(await play.command("/parcel 999999999"), seller, "没有单号", "There is no parcel")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_waiting_lists_and_the_shelf(play: Play, seller: str, language: str) -> None:
    """Who waits is told in their language; the seller reads what runs low, what to restock and what to take off in theirs."""
    made, buyer = play.made, play.buyer(language)
    offer = await asks_for(play, buyer, made.lonely, language)
    await buyer.taps(0, on=offer)
    await buyer.hears_all()
    review = reads(await play.command("/stock review"), seller, "补货", "estock")
    assert made.lonely.sku in review
    reads(await play.command(f"/stock {made.lonely.sku} 5"), seller, "0 → 5", "0 → 5")
    assert made.lonely.named(language) in (await play.only(buyer)).text
    count = await stock(play) - 2
    number = await ordered(play, buyer, count)
    reads(await play.command(f"/order {number} paid"), seller, "快卖完了", "running out")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_figures_name_the_goods_in_the_sellers_language(play: Play, seller: str, language: str) -> None:
    """What is sold out and still wanted, in /stats and in the summary."""
    made, buyer = play.made, play.buyer(language)
    offer = await asks_for(play, buyer, made.lonely, language)
    await buyer.taps(0, on=offer)
    await buyer.hears_all()
    for command in ("/stats", "/digest"):
        await play.pass_time(days=1)
        told = await play.command(command)
        reads(told, seller, made.lonely.title, made.lonely.named("en"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_why_is_said_in_the_sellers_language(play: Play, seller: str, language: str) -> None:
    """A rule, what was said before, a taught line: the reason stands in words, besides the buyer's own."""
    buyer = play.buyer(language)
    for words, zh, en in (
        (in_language(language, "找真人", "I want to talk to a person"), "规则：要找真人", "a rule: asks for a person"),
        (in_language(language, "在吗", "hello"), "只是打招呼", "a greeting and nothing else"),
    ):
        await play.ask(buyer, words)
        told = (await play.command("/why")).text
        assert in_language(seller, zh, en) in told, told
    line = in_language(language, "邮资那块咋整", "what's the damage for the mailman")
    await play.command(f"/teach ship_fee {line}")
    await play.ask(play.buyer(language), line)
    assert in_language(seller, "您教的：教过“", "taught by you: taught “") in (await play.command("/why")).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_told_time_binds_or_lapses_in_every_language(play: Play, language: str) -> None:
    """Asked, told, paid in time: that day is the promise; told and not paid, nothing is said of it."""
    buyer, other = await met(play, language), await met(play, language)
    question = in_language(language, "什么时候发货", "when do you ship?")
    for one in (buyer, other):
        await play.ask(one, question)
    number = await ordered(play, buyer)
    await play.command(f"/order {number} paid")
    await buyer.hears_all()
    (bound,) = [one for one in await play.store.promises.of_order(number) if one.is_open and one.what == "ship"]
    assert bound.due_at.astimezone(SHANGHAI).date() == datetime(2026, 11, 20, tzinfo=SHANGHAI).date()
    await play.command(f"/order {number} done")
    await buyer.hears_all()
    await other.hears_all()
    await at(play, 0, 0, 5, day=21)
    for one in (buyer, other):
        sorry = in_language(language, "真对不起", "truly sorry")
        assert not [heard.text for heard in await one.hears_all() if sorry in heard.text]
    assert [one for one in await play.store.promises.told_to(other.id) if one.what == "ship"] == []

"""Owning a mistake: the buyer hears first, with an apology, what is done about it and what comes of it."""

import pytest

from tests.made_shop import in_language
from tests.play import LANGUAGES, SHANGHAI, Play, numbers
from tests.stories.orders import met, ordered, paid
from tests.stories.promises import at


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_will_be_late(play: Play, language: str) -> None:
    """/late: an apology, the new time, the old promise moved and the new one kept in mind."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    assert "新的时间" in (await play.command(f"/late {number} 尽快")).text
    await play.command(f"/late {number} 周日前")
    told = await play.only(buyer)
    assert number in told.text
    assert in_language(language, "真对不起", "truly sorry") in told.text
    assert in_language(language, "11月22日（周日）", "Sun 22 Nov") in told.text
    promises = await play.store.promises.of_order(number)
    assert [one.outcome for one in promises] == ["moved", ""]
    order = await play.store.orders.get(number)
    assert order is not None
    assert order.ship_by is not None
    assert order.ship_by.astimezone(SHANGHAI).day == 22
    assert in_language(language, "11月22日", "22 Nov") in (await play.ask(buyer, number)).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_piece_was_left_out(play: Play, language: str) -> None:
    """/short: sorry, it is sent after, two parcels will come; a task until it is put right."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    assert play.made.plenty.sku in (await play.command(f"/short {number} NO-SUCH")).text
    done = await play.command(f"/short {number} {play.made.plenty.sku}")
    told = await play.only(buyer)
    assert in_language(language, "真对不起", "truly sorry") in told.text
    assert in_language(language, "收两次快递", "two parcels") in told.text
    assert play.made.plenty.named(language) in told.text
    assert [one.kind for one in await play.store.mistakes.of_order(number)] == ["short"]
    assert [one.what for one in await play.store.promises.of_order(number) if one.is_open][-1] in ("ship", "resend")
    await play.owner.taps("处理好了", on=done)
    await play.settled()
    assert [one.closed_at is None for one in await play.store.mistakes.of_order(number)] == [False]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_something_else_went_wrong(play: Play, language: str) -> None:
    """/sorry: the seller's own words, and by when the buyer hears more."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    await play.command(f"/sorry {number} 颜色装错了，这就换")
    told = await play.only(buyer)
    assert in_language(language, "真对不起", "truly sorry") in told.text
    assert in_language(language, "颜色装错了，这就换", "颜色装错了，这就换") in told.text
    assert in_language(language, "今天", "today") in told.text


async def test_the_figures_of_mistakes(play: Play) -> None:
    """/stats mistakes: how often, how soon told, why, and what is still open; a report nobody knows is answered with those there are."""
    assert "mistakes" in (await play.command("/stats nonsense")).text
    assert numbers((await play.command("/stats mistakes 30")).text) == [30, 0]
    buyer = await met(play)
    number = await paid(play, buyer)
    await play.command(f"/late {number} 明天下午")
    await play.command(f"/sorry {number} 颜色装错了")
    stats = (await play.command("/stats mistakes")).text
    assert "：2 次" in stats
    assert "颜色装错了" in stats


@pytest.mark.parametrize("seller", ["zh", "en"])
async def test_one_rule_for_what_was_kept(play: Play, seller: str) -> None:
    """A promise past its time and still open counts as not kept, with the same figures wherever they are told."""
    await play.command(f"/lang {seller}")
    buyer = await met(play)
    done, late = await paid(play, buyer), await paid(play, buyer)
    await play.command(f"/order {done} done")
    await at(play, 0, 0, 5, day=21)
    assert [one.is_open for one in await play.store.promises.of_order(late)] == [True]
    for command in ("/promises", "/stats mistakes"):
        told = (await play.command(command)).text
        assert "50%" in told
        assert in_language(seller, "过了时间还没办的也算", "past their time and still open") in told
    assert in_language(seller, "守住 1 个，晚了 1 个", "1 kept, 1 late") in (await play.command("/stats")).text
    await play.command(f"/order {late} done")
    assert "50%" in (await play.command("/promises")).text


async def test_no_order_no_apology(play: Play) -> None:
    """An order nobody knows, nobody paid for, or none named: a sentence, and nobody hears anything."""
    buyer = await met(play)
    number = await ordered(play, buyer)
    await buyer.hears_all()
    assert "待付款" in (await play.command(f"/late {number} 明天")).text
    await buyer.hears_nothing()
    for command in ("/late", "/short", "/sorry"):
        assert "订单号" in (await play.command(command)).text
        assert "999" in (await play.command(f"{command} 999 明天")).text


async def test_what_to_restock_and_what_to_take_off(play: Play) -> None:
    """/stock review: gone and asked for; long gone and asked for by nobody."""
    made, buyer = play.made, await met(play)
    assert made.sold_out.sku not in (await play.command("/stock review")).text
    await play.ask(buyer, f"{made.sold_out.title}{made.sold_out.variant}有货吗")
    review = (await play.command("/stock review")).text
    assert made.sold_out.sku in review.split("可以下架")[0]
    assert made.lonely.sku not in review
    await play.pass_time(days=31)
    review = (await play.command("/stock review")).text
    assert made.lonely.sku in review.split("可以下架")[1]


async def test_what_is_asked_for_counts_wherever_the_clock_stands(play: Play) -> None:
    """The sandbox's clock moved two years ahead: who asks then counts, and who asked two years ago does not."""
    made, buyer = play.made, await met(play)
    for _ in range(2):
        await play.ask(buyer, f"{made.sold_out.title}{made.sold_out.variant}有货吗")
        await play.pass_time(days=365)
        await buyer.hears_all()
    await play.ask(buyer, f"{made.sold_out.title}{made.sold_out.variant}有货吗")
    review = (await play.command("/stock review")).text.split("可以下架")[0]
    (line,) = [one for one in review.splitlines() if made.sold_out.sku in one]
    assert "问过 1 次" in line

"""Bargaining: the ladder a step a time, the floor kept, and what the seller lays down for both."""

import re
from decimal import Decimal

import pytest

from core.answering.buying import agreed_price
from tests.made_shop import in_language
from tests.play import LANGUAGES, OWNER, Play, numbers

CHEAPER = {
    "zh": ("便宜点行不行", "再便宜点嘛", "能不能再少点", "最低多少"),
    "zh_hant": ("便宜點行不行", "再便宜點嘛", "能不能再少點", "最低多少"),
    "en": ("can you do it cheaper?", "could you go a bit lower?", "any discount for me?", "what's your lowest price?"),
}


async def test_the_ladder_is_offered_in_order_and_the_last_word_is_the_sellers(play: Play) -> None:
    """Each step once, then the seller's own last word; and whatever sum is named, no other price is ever said."""
    one = play.made.plenty
    floor, step = one.price - 12, one.price - 10
    assert str(floor) in (await play.command(f"/floor {one.sku} {floor}")).text
    shown = await play.command(f"/ladder {one.sku} 2={step} gift=卡片 final=Q到这里了Q")
    assert shown.text.count("✓") == 2
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, f"{one.title}多少钱", f"price of the {one.title_en}?"))
        first, second, third, fourth = [await play.ask(buyer, words) for words in CHEAPER[language]]
        assert {step, step * 2} <= set(numbers(first.text)), first.text
        assert in_language(language, "卡片", "卡片") in second.text
        assert "Q到這裡了Q" in third.text or "Q到这里了Q" in third.text
        assert "Q" in fourth.text
        heard = await play.ask(buyer, in_language(language, f"{floor - 5}块卖不卖", f"would you take {floor - 5}?"))
        assert floor - 5 not in numbers(heard.text)
        assert floor not in numbers(heard.text)


async def test_price_shows_ladder_and_floor_and_each_change_can_be_undone(play: Play) -> None:
    """/price SKU shows all of it; a button puts floor and ladder back; the audit has every change."""
    one = play.made.plenty
    assert "没设" in (await play.command(f"/price {one.sku}")).text
    await play.command(f"/floor {one.sku} {one.price - 12}")
    set_ = await play.command(f"/ladder {one.sku} 2={one.price - 10}")
    shown = (await play.command(f"/price {one.sku}")).text
    assert {one.price, one.price - 12, one.price - 10} <= set(numbers(shown))
    await play.owner.taps("撤销", on=set_)
    await play.cards()
    assert f"2={one.price - 10}" not in (await play.command(f"/price {one.sku}")).text
    none = await play.command(f"/floor {one.sku} none")
    assert "不议价" in (await play.command(f"/price {one.sku}")).text
    await play.owner.taps("撤销", on=none)
    await play.cards()
    assert one.price - 12 in numbers((await play.command(f"/price {one.sku}")).text)
    done = [entry.what for entry in await play.store.audit.about(f"sku:{one.sku}")]
    assert sorted(done) == ["floor", "floor", "ladder", "undo floor", "undo ladder"]


async def test_a_step_without_a_floor_is_shown_and_not_offered(play: Play) -> None:
    """Not set and none both mean no discount; the seller sees which steps rest."""
    one = play.made.plenty
    resting = await play.command(f"/ladder {one.sku} 2={one.price - 10}")
    assert "✓" not in resting.text
    for before in ("", f"/floor {one.sku} none"):
        if before:
            await play.command(before)
        buyer = play.buyer()
        await play.ask(buyer, f"{one.title}多少钱")
        assert one.price - 10 not in numbers((await play.ask(buyer, "便宜点")).text)


async def test_a_price_raised_and_then_reduced_is_refused(play: Play) -> None:
    """明降暗升: a ladder that only undoes a rise of the last month is refused with a sentence, and changes nothing."""
    one = play.made.plenty
    await play.command(f"/floor {one.sku} {one.price - 12}")
    await play.command(f"/price {one.sku} {one.price + 30}")
    refused = await play.command(f"/ladder {one.sku} 2={one.price + 5}")
    assert "先涨后降" in refused.text
    assert {one.price, one.price + 30, one.price + 5} <= set(numbers(refused.text))
    assert "✓" not in (await play.command(f"/ladder {one.sku}")).text
    assert "✓" in (await play.command(f"/ladder {one.sku} 2={one.price - 1}")).text


async def test_a_ladder_rests_when_the_price_is_raised_after_it(play: Play) -> None:
    """A percentage of a raised price is no discount: the seller hears it with the rise, and no buyer hears the step; a
    month later it is one, and is offered again."""
    one = play.made.plenty
    await play.command(f"/floor {one.sku} {one.price - 12}")
    assert "✓" in (await play.command(f"/ladder {one.sku} 2=5%")).text
    dear = one.price * 2
    told = await play.command(f"/price {one.sku} {dear}")
    assert "2=5%" in told.text
    assert one.price in numbers(told.text)
    assert "✓" not in (await play.command(f"/price {one.sku}")).text
    assert not await _hears_the_step(play)
    await play.pass_time(days=31)
    assert "✓" in (await play.command(f"/price {one.sku}")).text
    assert await _hears_the_step(play)


async def _hears_the_step(play: Play) -> bool:
    """Whether somebody new who asks for less is offered a step of the ladder."""
    buyer = play.buyer("zh")
    await play.ask(buyer, f"{play.made.plenty.title}便宜点行不行")
    chat = await play.running.desk.chats.of_buyer(buyer.id)
    assert chat is not None
    return any(fact.startswith("price_offer") for fact in chat.told)


async def test_wrong_floors_and_ladders_are_met_with_a_sentence(play: Play) -> None:
    """What was wrong, the usage, and an example; nothing is changed."""
    one = play.made.plenty
    for words in (
        "/floor",
        f"/floor {one.sku} x",
        f"/floor {one.sku} 0",
        f"/floor {one.sku} {one.price + 1}",
        f"/floor {one.sku} 1 2",
    ):
        told = (await play.command(words)).text
        assert "/floor 货号 金额|none" in told, words
        assert "/floor A-1 49" in told
    for words in (
        "/ladder",
        f"/ladder {one.sku} 便宜",
        f"/ladder {one.sku} 1=5",
        "/ladder shop 2=5",
        f"/ladder {one.sku} +X=1",
    ):
        assert "/ladder 货号|shop" in (await play.command(words)).text, words
    assert one.sku in (await play.command(f"/floor {one.sku[:-1]}9 5")).text
    assert await play.store.audit.about(f"sku:{one.sku}") == []
    await play.command(f"/floor {one.sku} {one.price - 5}")
    assert "底价" in (await play.command(f"/ladder {one.sku} 2={one.price - 6}")).text


async def test_a_buyer_cannot_lay_down_prices(play: Play) -> None:
    """To a buyer the commands do not exist."""
    buyer = play.buyer("en")
    for words in (f"/floor {play.made.plenty.sku} 1", f"/ladder {play.made.plenty.sku} 2=1"):
        await play.ask(buyer, words)
    assert (await play.store.prices.load()).policies == {}
    assert play.running.desk.people.owners == (OWNER,)


async def test_cheaper_elsewhere_is_answered_honestly(play: Play) -> None:
    """What the price includes, in the shop's own words, and nothing against anybody."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, f"{one.title}多少钱", f"price of the {one.title_en}?"))
        heard = await play.ask(
            buyer, in_language(language, "别家便宜多了，你家能便宜点吗", "it's cheaper elsewhere, can you match it?")
        )
        assert in_language(language, "不好评价", "can't judge") in heard.text, heard.text
        assert not re.search("骗|假|差劲|fake|rubbish|worse", heard.text)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_yes_to_the_price(play: Play, language: str) -> None:
    """238就238, or a yes and the price itself, is an order of what was spoken of; a yes and another sum is none."""
    one = play.made.plenty
    sum_ = one.price
    lines = {"en": (f"ok {sum_} then", f"deal, {sum_}"), "zh": (f"{sum_}就{sum_}吧", f"行，{sum_}")}
    for words in lines["en" if language == "en" else "zh"]:
        buyer = play.buyer(language)
        await play.ask(
            buyer, in_language(language, f"{one.title}{one.variant}多少钱", f"how much is the {one.title_en}?")
        )
        await play.cards()
        heard = await play.ask(buyer, words)
        assert in_language(language, "下单", "take your order") in heard.text, heard.text
        await play.settled()
        assert one.sku in (await play.cards())[-1].text


@pytest.mark.parametrize(
    ("words", "amount"),
    [("238就238", 238), ("行，238", 238), ("好吧 两百三就两百三", 230), ("ok, 59 then", 59)],
)
def test_a_yes_to_a_sum_is_read(words: str, amount: int) -> None:
    """Figures and Chinese numerals alike."""
    assert agreed_price(words) == Decimal(amount)


async def test_a_sum_nobody_named_is_no_order(play: Play) -> None:
    """3就3 takes a price that the shop never said: nothing is ordered for it."""
    one = play.made.plenty
    buyer = play.buyer("zh")
    await play.ask(buyer, f"{one.title}{one.variant}多少钱")
    await buyer.says("3就3")
    await play.wait(30)
    await play.settled()
    assert not any("下单" in one.text for one in [*await buyer.hears_all(), *await play.cards()])


@pytest.mark.parametrize("words", ["238", "238就237", "行", "两百行吗", "就238", "行，238 明天发吗", "第二"])
def test_what_says_no_yes_to_a_sum(words: str) -> None:
    """A bare number, another sum, a question."""
    assert agreed_price(words) is None

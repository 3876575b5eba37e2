"""One question, one message with every related answer (S4 tip 10), in the buyer's language and script."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from core.html import utf16_length
from templates.voice import traditional
from tests.made_shop import in_language, make_shop
from tests.play import LANGUAGES, SHANGHAI, OpenShop, Play, numbers

NOTE = {"zh": "快递单上有什么要备注的吗，比如送货前先打个电话？我帮您写上。", "en": "Anything the courier should know, such as calling before delivery? I'll put it on the parcel."}  # fmt: skip
A_PRICE = re.compile(r"[¥￥$]|\d\s*[元块塊]")


def note(language: str) -> str:
    """The question that comes with every answer about dispatch."""
    return in_language(language, NOTE["zh"], NOTE["en"])


def named_day(language: str, day: date, today: date) -> str:
    """A day as the shop says it."""
    if language == "en":
        name = f"{day:%a} {day.day} {day:%b}"
        return f"tomorrow ({name})" if day - today == timedelta(days=1) else name
    name, week = f"{day.month}月{day.day}日", "周" + "一二三四五六日"[day.weekday()]
    return in_language(
        language, f"明天（{name} {week}）" if day - today == timedelta(days=1) else f"{name}（{week}）", ""
    )


def questions(text: str) -> int:
    """How many questions a message asks."""
    return text.count("?") + text.count("？")


async def test_when_it_ships_brings_carrier_days_and_the_note(play: Play) -> None:
    """Asked when it ships, the shop tells the cut-off, the carrier, the days, and asks what to note: in one message."""
    made = play.made
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await buyer.says(in_language(language, "什么时候发货", "when do you ship"))
        heard = await play.only(buyer)
        assert f"{made.cutoff:%H:%M}" in heard.text
        assert made.carrier_in(language) in heard.text
        assert f"{made.transit[0]}–{made.transit[1]}" in heard.text
        assert heard.text.endswith(note(language))
        assert questions(heard.text) == 1


async def test_four_ways_of_asking_get_one_answer(play: Play) -> None:
    """However a buyer words it, the question when it ships gets the same message."""
    asked = ["什么时候发货", "啥时候发呀", "发货时间?", "什麼時候發貨", "when do you ship"]
    first, *others = [
        (await play.ask(play.buyer(language), words)).text
        for language, words in zip(("zh", "zh", "zh", "zh_hant", "en"), asked, strict=True)
    ]
    assert others[:3] == [first, first, traditional(first)]
    assert numbers(others[3]) == numbers(first)
    assert len(others[3].split("\n")) == len(first.split("\n"))


async def test_days_are_counted_to_the_buyers_place(play: Play) -> None:
    """Where the buyer has named a place, the days and the dates are those of that place, also in a later answer."""
    made, today = play.made, date(2026, 11, 20)
    for language in LANGUAGES:
        buyer = play.buyer(language)
        first = await play.ask(
            buyer, in_language(language, "我在杭州，什么时候发货", "how long does it take to Hangzhou?")
        )
        low, high = made.near_transit
        assert f"{low}–{high}" in first.text
        assert f"{made.transit[0]}–{made.transit[1]}" not in first.text
        assert named_day(language, today + timedelta(days=low), today) in first.text
        assert named_day(language, today + timedelta(days=high), today) in first.text
        later = await play.ask(buyer, in_language(language, "寄过来几天能到", "how many days until it arrives?"))
        assert f"{low}–{high}" in later.text


async def test_in_stock_brings_price_variants_and_todays_cut_off(play: Play) -> None:
    """Asked whether it is there, the shop tells how many, the price, the other colours, and until when it leaves today."""
    one, other = play.made.pair
    for language in LANGUAGES:
        name, shade = one.named(language), one.shade(language)
        words = in_language(language, f"{one.title}{one.variant}有货吗", f"is the {name} in {shade} in stock?")
        heard = await play.ask(play.buyer(language), words)
        assert name in heard.text
        assert int(one.stock) in numbers(heard.text)
        assert one.price in numbers(heard.text)
        assert other.shade(language) in heard.text
        assert f"{play.made.cutoff:%H:%M}" in heard.text
        assert in_language(language, "今天就发出", "leaves today") in heard.text


async def test_warranty_is_a_process_and_never_a_price(play: Play) -> None:
    """Asked about the warranty, the shop tells the process and no price, also right after the price was spoken of."""
    made = play.made
    for language in LANGUAGES:
        buyer = play.buyer(language)
        for words in (
            in_language(language, "怎么保修", "how does the warranty work"),
            in_language(
                language, f"{made.plenty.title}保修多久", f"what is the warranty on the {made.plenty.title_en}?"
            ),
        ):
            heard = await play.ask(buyer, words)
            assert made.warranty_months in numbers(heard.text)
            assert in_language(language, "拍照发来", "send us a picture") in heard.text
            assert not A_PRICE.search(heard.text)
            await play.ask(
                buyer, in_language(language, f"{made.plenty.title}多少钱", f"price of the {made.plenty.title_en}?")
            )
        assert in_language(language, made.plenty.guarantee, made.plenty.guarantee_en) in heard.text


async def test_returns_tell_window_payer_and_steps(play: Play) -> None:
    """Asked about returning, the shop tells the days, who pays the way back, and what to do."""
    for language in LANGUAGES:
        heard = await play.ask(play.buyer(language), in_language(language, "可以退货吗", "can I return it?"))
        assert play.made.return_days in numbers(heard.text)
        assert in_language(language, "退回运费您出", "you pay the way back") in heard.text
        assert in_language(language, "先跟我们说一声再寄回", "Tell us first, then send it") in heard.text


async def test_the_graph_of_related_answers_is_the_shops(open_shop: OpenShop) -> None:
    """What belongs together is data: [bundles] in shop.toml replaces the companions of an ask."""
    made = replace(make_shop(), extra='[bundles]\nship_when = ["hours", "promo"]\nstock = []')
    play = await open_shop(made=made)
    for language in LANGUAGES:
        heard = await play.ask(play.buyer(language), in_language(language, "什么时候发货", "when do you ship"))
        assert f"{made.cutoff:%H:%M}" in heard.text
        assert "09:00–12:00" in heard.text
        assert made.discount_over in numbers(heard.text)
        assert made.carrier_in(language) not in heard.text
        assert questions(heard.text) == 0
        name = made.plenty.named(language)
        alone = await play.ask(
            play.buyer(language), in_language(language, f"{made.plenty.title}有货吗", f"is the {name} in stock?")
        )
        assert int(made.plenty.stock) in numbers(alone.text)
        assert made.plenty.price not in numbers(alone.text)


async def test_what_was_told_is_not_told_again_for_hours(play: Play) -> None:
    """A companion told in this chat is left out of the next answers, and told again once more than six hours have gone."""
    made = play.made
    for language in LANGUAGES:
        buyer, when = play.buyer(language), in_language(language, "什么时候发货", "when do you ship")
        await play.ask(buyer, when)
        again = await play.ask(buyer, when)
        assert f"{made.cutoff:%H:%M}" in again.text
        assert made.carrier_in(language) not in again.text
        assert questions(again.text) == 0
        asked = await play.ask(buyer, in_language(language, "发什么快递", "which courier do you use?"))
        assert made.carrier_in(language) in asked.text
    await play.pass_time(hours=6, minutes=1)
    for number, language in enumerate(LANGUAGES, start=1):
        buyer = play.sandbox.person(id=20000 + number)
        heard = await play.ask(buyer, in_language(language, "什么时候发货", "when do you ship"))
        assert made.carrier_in(language) in heard.text
        assert heard.text.endswith(note(language))


async def test_several_asks_are_answered_in_order_and_without_repeating(play: Play) -> None:
    """Several questions in one line: every answer in the order asked, nothing twice, one closing question at most."""
    made, one = play.made, play.made.plenty
    for language in LANGUAGES:
        name = one.named(language)
        heard = await play.ask(
            play.buyer(language),
            in_language(
                language,
                f"能退吗？怎么保修？{one.title}有货吗，多少钱，什么时候发货",
                f"can I return it? how does the warranty work? is the {name} in stock and how much is it? when do you ship?",
            ),
        )
        facts = [
            in_language(language, f"{made.return_days} 天", f"{made.return_days} days"),
            in_language(language, f"{made.warranty_months} 个月", f"{made.warranty_months} months"),
            in_language(language, f"{one.stock} 件", f"{one.stock} left"),
            f"¥{one.price}",
            f"{made.cutoff:%H:%M}",
            f"{made.transit[0]}–{made.transit[1]}",
        ]
        places = [heard.text.find(fact) for fact in facts]
        assert -1 not in places, (facts, heard.text)
        assert places == sorted(places)
        assert [heard.text.count(fact) for fact in facts] == [1] * len(facts)
        assert len(set(heard.text.split("\n"))) == len(heard.text.split("\n"))
        assert questions(heard.text) == 1


async def test_a_message_says_of_which_thing_a_fact_is(play: Play) -> None:
    """A companion leaves out the name of the thing just named, and only of that one."""
    one = play.made.plenty
    for language in LANGUAGES:
        name = one.named(language)
        heard = await play.ask(
            play.buyer(language), in_language(language, f"{one.title}有货吗", f"is the {name} in stock?")
        )
        assert heard.text.count(name) == 1


async def test_a_long_answer_is_cut_between_lines(open_shop: OpenShop) -> None:
    """An answer of more than 4096 characters comes in several messages of whole lines, in order, nothing lost."""
    steps = [f"第{n}步：把包裹第{n}面拍清楚发给我们，等我们确认了再做下一步，不用着急。" for n in range(1, 151)]
    steps_en = [f"Step {n}: show us side {n}, then wait." for n in range(1, 151)]

    def policy(name: str, start: int) -> str:
        zh, en = (chr(10).join(lines[start : start + 50]) for lines in (steps, steps_en))
        return f'[policies.{name}]\nzh = """{zh}"""\nen = """{en}"""\n'

    extra = policy("payment", 0) + policy("refund", 50) + policy("invoice", 100)
    play = await open_shop(made=replace(make_shop(), extra=extra))
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await buyer.says(
            in_language(
                language,
                "怎么付款？什么时候退款？可以开发票吗？",
                "how do I pay? when do I get my refund? can I have an invoice?",
            )
        )
        parts = await buyer.hears_all()
        wanted = [in_language(language, *pair) for pair in zip(steps, steps_en, strict=True)]
        assert len(parts) > 1
        assert all(utf16_length(part.text) <= 4096 for part in parts)
        lines = [line for part in parts for line in part.text.split("\n")]
        assert [line for line in lines if line in set(wanted)] == wanted


async def test_a_long_answer_with_a_picture_keeps_both(open_shop: OpenShop) -> None:
    """Under a picture stand 1024 characters at most: a longer answer follows it whole, with the buttons."""
    care = "退货之前请先把商品完整地拍一段视频。" * 60
    care_en = "Before you send it back, please take a short film of all of it. " * 20
    made = make_shop()
    text = f'[policies.refund]\nzh = "{care}"\nen = "{care_en}"'
    play = await open_shop(made=replace(made, extra=text))
    one = made.sold_out
    for language in LANGUAGES:
        buyer = play.buyer(language)
        name, shade = one.named(language), one.shade(language)
        await buyer.says(
            in_language(
                language,
                f"{one.title}{one.variant}有货吗？什么时候退款",
                f"is the {name} in {shade} in stock? when do I get my refund?",
            )
        )
        picture, told = await buyer.hears_all()
        assert picture.photos == made.sister.pictures
        assert picture.text == ""
        assert in_language(language, care, care_en).strip() in told.text
        assert told.buttons


async def test_the_cut_off_to_the_second(open_shop: OpenShop) -> None:
    """A second before the cut-off it leaves today; at the cut-off and after it, tomorrow, outright."""
    made = make_shop()
    day = datetime(2026, 11, 19, tzinfo=SHANGHAI)
    cut_off = datetime.combine(day, made.cutoff, tzinfo=SHANGHAI)
    play = await open_shop(made=made, at=cut_off - timedelta(seconds=1), still=True)
    for passed in (0, 1, 1):
        play.clock.move(timedelta(seconds=passed))
        before = play.clock.now() < cut_off
        for language in LANGUAGES:
            heard = await play.ask(play.buyer(language), in_language(language, "什么时候发货", "when do you ship"))
            tomorrow = named_day(language, day.date() + timedelta(days=1), day.date())
            assert (tomorrow in heard.text) is not before
            assert (in_language(language, "今天就发出", "leaves today") in heard.text) is before


async def test_rest_days_and_holidays_are_left_out(open_shop: OpenShop) -> None:
    """On a rest day, and after the cut-off of the last day before a holiday, the day it really leaves is said."""
    made = make_shop()
    text = made.shop_toml.replace(
        'days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]',
        'days = ["mon", "tue", "wed", "thu", "fri", "sat"]\nholidays = ["2026-11-23", "2026-11-24"]',
    )
    play = await open_shop(made=made)
    await play.imports("shop.toml", text.encode())
    wednesday = date(2026, 11, 25)
    for day, hour in ((21, 20), (22, 11), (24, 11)):
        at = datetime(2026, 11, day, hour, tzinfo=SHANGHAI)
        await play.set_time(at)
        for language in LANGUAGES:
            heard = await play.ask(play.buyer(language), in_language(language, "什么时候发货", "when do you ship"))
            assert named_day(language, wednesday, at.date()) in heard.text, heard.text
            assert in_language(language, "今天就发出", "it leaves today") not in heard.text

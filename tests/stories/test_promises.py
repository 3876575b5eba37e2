"""Promises: every time that is said is kept in mind, warned of, and owned up to when it is not kept."""

from datetime import date, datetime, timedelta

import pytest

from core.dispatching import calendar_knows
from core.ordering import delivered
from tests.made_shop import in_language, make_shop
from tests.play import LANGUAGES, SHANGHAI, OpenShop, Play
from tests.stories.orders import met, ordered, paid
from tests.stories.promises import at, cards, cutoff, pushed
from tests.stories.topics import forum, seat


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_promise_that_is_not_kept(play: Play, language: str) -> None:
    """Warned before the cut-off, shown what to say after it; at the day's end the buyer hears an apology, once, and no
    invented date."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    await cards(play)
    await cutoff(play, hours=-2, minutes=-1)
    assert await cards(play) == []
    await cutoff(play, hours=-2)
    assert [number in one.text for one in await cards(play)] == [True]
    await cutoff(play, minutes=1)
    draft = await cards(play)
    assert len(draft) == 1
    assert "回复这条消息写上新的时间" in draft[0].text
    await at(play, 0, 0, 5, day=21)
    told = await pushed(buyer)
    assert len(told) == 1
    assert number in told[0]
    assert not any(sign in told[0] for sign in ("明天", "tomorrow", "11月21日", "21 Nov"))
    await play.pass_time(hours=3)
    assert await pushed(buyer) == []
    assert number in (await play.command("/overdue")).text
    assert number in (await play.command("/promises")).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_new_time_by_reply(play: Play, language: str) -> None:
    """The reply to the draft is the new time: the buyer hears it with an apology, and it is the promise from now on."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    await cutoff(play, minutes=1)
    draft = (await cards(play))[-1]
    await play.owner.replies_to(draft, "看情况吧")
    assert "没看出时间" in (await play.card()).text
    await play.owner.replies_to(draft, "明天下午")
    await play.card()
    told = await pushed(buyer)
    assert len(told) == 1
    assert in_language(language, "明天（11月21日 周六）18:00 前", "tomorrow (Sat 21 Nov) by 18:00") in told[0]
    promises = await play.store.promises.of_order(number)
    assert [(one.outcome, one.is_open) for one in promises] == [("moved", False), ("", True)]
    await at(play, 0, 0, 5, day=21)
    assert await pushed(buyer) == []
    await at(play, 18, 0, 5, day=21)
    assert len(await pushed(buyer)) == 1


async def test_a_kept_promise_says_nothing(play: Play) -> None:
    """What is done in time is counted as kept; nobody is bothered."""
    buyer = await met(play)
    number = await paid(play, buyer)
    await play.command(f"/order {number} done")
    await cards(play)
    await at(play, 0, 0, 5, day=21)
    assert await pushed(buyer) == []
    assert [one.outcome for one in await play.store.promises.of_order(number)] == ["kept"]
    assert "100%" in (await play.command("/promises")).text


async def test_a_time_told_without_an_order_lapses(play: Play) -> None:
    """It is written down with the reply; nobody paid, so nothing is owed and nothing is said."""
    buyer = await met(play)
    await play.ask(buyer, "什么时候发货")
    told = await play.store.promises.told_to(buyer.id)
    assert [(one.what, one.is_binding) for one in told if one.what == "ship"] == [("ship", False)]
    await cards(play)
    await at(play, 0, 0, 5, day=21)
    assert await pushed(buyer) == []
    assert await cards(play) == []
    assert [one for one in await play.store.promises.told_to(buyer.id) if one.what == "ship"] == []


@pytest.mark.parametrize(("minutes", "day"), [(-1, 20), (1, 21)])
async def test_a_told_time_binds_when_paid_in_time(play: Play, minutes: int, day: int) -> None:
    """Told "by the cut-off, today": paid before it, that very promise binds; after it, the next day is promised anew."""
    buyer = await met(play)
    await play.ask(buyer, "什么时候发货")
    told = next(one for one in await play.store.promises.told_to(buyer.id) if one.what == "ship")
    number = await ordered(play, buyer)
    await cutoff(play, minutes=minutes)
    await play.command(f"/order {number} paid")
    bound = [one for one in await play.store.promises.of_order(number) if one.is_open and one.what == "ship"]
    assert [one.due_at.astimezone(SHANGHAI).day for one in bound] == [day]
    assert (bound[0].id == told.id) is (minutes < 0)


@pytest.mark.parametrize(
    ("words", "hour"), [("好的，明天上午给您发", 12), ("It ships tomorrow by noon", 12), ("明晚8點前發", 20)]
)
async def test_a_time_the_seller_types(play: Play, words: str, hour: int) -> None:
    """Found in the reply, which goes out as written; one button makes it a promise of the order."""
    buyer = await met(play)
    number = await paid(play, buyer)
    await play.ask(buyer, "找人工")
    card = (await cards(play))[-1]
    await play.owner.replies_to(card, words)
    assert (await buyer.hears_all())[-1].text == words
    asked = next(one for one in await cards(play) if "记成承诺" in str(one.buttons))
    await play.owner.taps("记成承诺", on=asked)
    assert any(number in one.text for one in await cards(play))
    bound = [one for one in await play.store.promises.of_order(number) if one.is_open and one.what == "ship"]
    assert [f"{one.due_at.astimezone(SHANGHAI):%d %H}" for one in bound] == [f"21 {hour}"]
    order = await play.store.orders.get(number)
    assert order is not None
    assert order.ship_by == bound[0].due_at


@pytest.mark.parametrize(
    ("words", "kind"),
    [("明天下午给您发面料卡", "办好"), ("I'll send you more photos tomorrow by noon", "给答复")],
)
async def test_something_else_the_seller_promised(play: Play, words: str, kind: str) -> None:
    """A swatch card or photos for tomorrow: a promise of their own, and an order paid today still leaves today."""
    buyer = await met(play)
    await play.ask(buyer, "什么时候发货")
    await play.ask(buyer, "找人工")
    card = (await cards(play))[-1]
    await play.owner.replies_to(card, words)
    await buyer.hears_all()
    asked = next(one for one in await cards(play) if "记成承诺" in str(one.buttons))
    assert kind in asked.text
    await play.owner.taps("记成承诺", on=asked)
    await play.settled()
    number = await ordered(play, buyer)
    await play.command(f"/order {number} paid")
    bound = [one for one in await play.store.promises.of_order(number) if one.is_open and one.what == "ship"]
    assert [f"{one.due_at.astimezone(SHANGHAI):%d %H}" for one in bound] == ["20 23"]
    order = await play.store.orders.get(number)
    assert order is not None
    assert order.ship_by == bound[0].due_at
    others = [one for one in await play.store.promises.told_to(buyer.id) if one.words == words]
    assert [(one.is_binding, one.due_at.astimezone(SHANGHAI).day) for one in others] == [(True, 21)]


async def test_a_time_typed_in_the_sellers_own_account(play: Play) -> None:
    """The line stands as it was typed; only the seller is asked, in their own chat, and one button keeps it."""
    buyer = await met(play)
    number = await paid(play, buyer)
    link = play.sandbox.connect(play.owner)
    await play.settled()
    talk = play.sandbox.talk(link, buyer)
    await cards(play)
    await talk.owner.says("明天上午给您发")
    (asked,) = await cards(play)
    assert asked.buttons == [["记成承诺", "不用"]]
    await play.owner.taps("记成承诺", on=asked)
    assert number in (await play.card()).text
    bound = [one for one in await play.store.promises.of_order(number) if one.is_open and one.what == "ship"]
    assert [f"{one.due_at.astimezone(SHANGHAI):%d %H}" for one in bound] == ["21 12"]
    await talk.owner.says("昨天已经发了两单")
    await talk.hears_nothing()
    await buyer.hears_nothing()
    assert await cards(play) == []


async def test_a_time_typed_in_a_topic(play: Play) -> None:
    """Asked and answered in the topic; the buyer gets the line and nothing else."""
    group = await forum(play)
    buyer = await met(play)
    number = await paid(play, buyer)
    await play.settled()
    await cards(play)
    desk = await seat(play, group)
    await desk.hears_all()
    await desk.says("明晚8点前发")
    assert [one.text for one in await buyer.hears_all()] == ["明晚8点前发"]
    asked = next(one for one in await desk.hears_all() if "记成承诺" in str(one.buttons))
    await desk.taps("不用", on=asked)
    assert any("不记" in one.text for one in await desk.hears_all())
    await desk.says("那就后天下午发吧")
    asked = next(one for one in await desk.hears_all() if "记成承诺" in str(one.buttons))
    await desk.taps("记成承诺", on=asked)
    assert any(number in one.text for one in await desk.hears_all())
    bound = [one for one in await play.store.promises.of_order(number) if one.is_open and one.what == "ship"]
    assert [f"{one.due_at.astimezone(SHANGHAI):%d %H}" for one in bound] == ["22 18"]
    assert [one.text for one in await buyer.hears_all()] == ["那就后天下午发吧"]
    assert await cards(play) == []


@pytest.mark.parametrize("where", ["account", "topic"])
async def test_an_answer_by_hand_keeps_the_promised_answer(play: Play, where: str) -> None:
    """Wherever a person answers, the promise to answer is kept, and nobody apologises for silence."""
    group = await forum(play) if where == "topic" else None
    link = play.sandbox.connect(play.owner)
    await play.set_time(datetime(2026, 11, 20, 23, 0, tzinfo=SHANGHAI))
    talk = play.sandbox.talk(link, play.buyer())
    await play.ask(talk, "找人工")
    by_hand = talk.owner if group is None else await seat(play, group)
    await by_hand.says("在的，您说")
    await play.settled()
    await talk.hears_all()
    await at(play, 9, 30, 5, day=21)
    await talk.hears_nothing()
    assert [one.outcome for one in await play.store.promises.told_to(talk.id) if one.what == "answer"] == []


async def test_an_answer_that_was_promised(play: Play) -> None:
    """ "The shopkeeper is back at …" is a promise: the seller is reminded, an answer keeps it, silence is owned up to."""
    await play.set_time(datetime(2026, 11, 20, 23, 0, tzinfo=SHANGHAI))
    answered, waiting = await met(play), await met(play)
    for buyer in (answered, waiting):
        assert "09:00" in (await play.ask(buyer, "找人工")).text
    waiting_cards = await cards(play)
    await at(play, 8, 0, day=21)
    reminded = await cards(play)
    assert [str(answered.id) in one.text and str(waiting.id) in one.text for one in reminded] == [True]
    await play.owner.replies_to(next(one for one in waiting_cards if str(answered.id) in one.text), "来了来了")
    await play.settled()
    await answered.hears_all()
    await at(play, 9, 30, 5, day=21)
    assert len(await pushed(waiting)) == 1
    assert await pushed(answered) == []


async def test_a_late_tick_changes_nothing(play: Play) -> None:
    """The program was down over warning, draft and due: the buyer still hears it, once, after a restart."""
    buyer = await met(play)
    await paid(play, buyer)
    await play.set_time(datetime(2026, 11, 21, 0, 5, tzinfo=SHANGHAI))
    await play.restart()
    await play.running.schedule.run_due()
    await play.running.schedule.run_due()
    await play.settled()
    assert len(await pushed(buyer)) == 1


async def test_nobody_paid(play: Play) -> None:
    """After a day the seller is told of an order nobody paid for, once."""
    buyer = await met(play)
    number = await ordered(play, buyer)
    await cards(play)
    await play.pass_time(hours=24, minutes=1)
    assert [number in one.text for one in await cards(play)] == [True]
    await play.pass_time(hours=24)
    assert await cards(play) == []


async def test_what_was_delivered_is_done_after_a_week(play: Play) -> None:
    """Seven days after delivery an order is done by itself, not a day sooner, and nobody is bothered."""
    buyer = await met(play)
    number = await paid(play, buyer)
    order = await play.store.orders.get(number)
    assert order is not None
    await play.store.write(
        play.store.orders.save(delivered(order, play.clock.now()), "delivered", "test", play.clock.now())
    )
    for days, state in ((6, "delivered"), (1, "done")):
        await play.pass_time(days=days, minutes=1)
        order = await play.store.orders.get(number)
        assert order is not None
        assert order.state == state
    assert await pushed(buyer) == []


@pytest.mark.parametrize(("seconds", "day"), [(-1, 20), (0, 21), (1, 21)])
async def test_the_second_decides(open_shop: OpenShop, seconds: int, day: int) -> None:
    """Paid a second before the cut-off it leaves today; on the stroke, and after it, tomorrow."""
    play = await open_shop(still=True)
    buyer = await met(play)
    number = await ordered(play, buyer)
    cutoff_at = datetime.combine(date(2026, 11, 20), play.made.cutoff, tzinfo=SHANGHAI)
    await play.set_time(cutoff_at + timedelta(seconds=seconds))
    await play.command(f"/order {number} paid")
    bound = await play.store.promises.of_order(number)
    assert [one.due_at.astimezone(SHANGHAI).day for one in bound] == [day]


async def test_a_year_the_calendar_does_not_know(open_shop: OpenShop) -> None:
    """With `calendar = "CN"` the seller is told once, in time, that the year to come is not published yet."""
    if calendar_knows(2027):
        pytest.skip("the calendar has learned 2027")
    made = make_shop()
    lines = made.shop_toml.replace("[dispatch]", '[dispatch]\ncalendar = "CN"')
    play = await open_shop(made=made, stocked=False)
    await play.imports("shop.toml", lines.encode())
    await play.pass_time(minutes=1)
    assert not [one for one in await cards(play) if "2027" in one.text]
    await play.pass_time(days=1)
    assert not [one for one in await cards(play) if "2027" in one.text]
    await play.pass_time(days=12)
    assert len([one for one in await cards(play) if "2027" in one.text]) == 1
    await play.restart()
    await play.pass_time(days=20)
    assert not [one for one in await cards(play) if "2027" in one.text]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_thing_promised_by_hand_is_named(play: Play, language: str) -> None:
    """What the seller kept as a promise besides the order stands on the boards in their own words; when its time has passed the
    seller is told as well as the buyer, who hears nothing of an order that is not late."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    await play.ask(buyer, in_language(language, "转人工", "I want a human"))
    words = in_language(language, "明天下午给您发照片", "I'll send photos tomorrow afternoon")
    await play.owner.replies_to((await cards(play))[-1], words)
    question = next(one for one in await cards(play) if "记成承诺" in str(one.buttons))
    await play.owner.taps("记成承诺", on=question)
    await play.command(f"/ship {number} 中通 73123456789012")
    assert f"“{words}”" in (await play.command("/promises")).text
    await pushed(buyer)
    await at(play, 18, 0, 5, day=21)
    told = [one.text for one in await cards(play) if "❗" in one.text]
    assert len(told) == 1
    assert words in told[0]
    (said,) = await pushed(buyer)
    assert number not in said
    assert words in (await play.command("/overdue")).text


async def test_what_has_left_is_no_task_any_more(play: Play) -> None:
    """A second /late takes the place of the first, and what has left is late no more; taken back, it is again."""
    buyer = await met(play)
    number = await paid(play, buyer)
    await play.command(f"/late {number} 明天下午")
    await play.command(f"/late {number} 11月23日")
    await at(play, 9, 0, day=24)
    listed = (await play.command("/overdue")).text
    assert listed.count("🔧") == 1, listed
    shipped = await play.command(f"/ship {number} 中通 73123456789012")
    assert number not in (await play.command("/overdue")).text
    await play.owner.taps("撤销", on=shipped)
    await play.settled()
    assert "🔧" in (await play.command("/overdue")).text

"""Whether a person is there, told honestly (S4 tip 7), and the last word (tip 11)."""

from datetime import datetime

from tests.made_shop import in_language, make_shop
from tests.play import LANGUAGES, SHANGHAI, OpenShop, Play, numbers

LABEL = {"zh": "自动", "zh_hant": "自動", "en": "utomatic"}


def asked(language: str) -> str:
    return in_language(language, "怎么保修", "how does the warranty work?")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in November 2026 in the shop; the 20th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


async def test_the_first_automatic_reply_says_so_in_the_same_message(play: Play) -> None:
    """The first reply of a conversation says that it is automatic; the next ones do not; after a long quiet it does again."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await buyer.says(asked(language))
        first = await play.only(buyer)
        assert LABEL[language] in first.text
        assert play.made.warranty_months in numbers(first.text)
        assert LABEL[language] not in (await play.ask(buyer, asked(language))).text
    await play.pass_time(hours=13)
    for number, language in enumerate(LANGUAGES, start=1):
        buyer = play.sandbox.person(id=20000 + number)
        await buyer.hears_all()
        assert LABEL[language] in (await play.ask(buyer, asked(language))).text


async def test_a_hand_over_says_automatic_and_when_a_person_is_there(open_shop: OpenShop) -> None:
    """When everything is handed over at night, one message says that it is automatic and when a person is back, once."""
    play = await open_shop(at=at(20, 23))
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await buyer.says(in_language(language, "你们支持货到付款吗", "do you take cash on delivery?"))
        heard = await play.only(buyer)
        assert LABEL[language] in heard.text
        assert heard.text.count("09:00") == 1, heard.text
        assert in_language(language, "明天", "tomorrow") in heard.text


async def test_opening_hours_breaks_and_holidays_tell_when_a_person_is_back(open_shop: OpenShop) -> None:
    """Outside the hours, in the midday break and on a closed day the reply says when the shop opens next."""
    made = make_shop()
    play = await open_shop(made=made)
    await play.imports(
        "shop.toml", made.shop_toml.replace("[hours]", '[hours]\nclosed = ["2026-11-22", "2026-11-23"]').encode()
    )
    for moment, back, day in (
        (at(20, 12, 30), "13:30", ""),
        (at(20, 22, 0), "09:00", ("11月21日", "21 Nov")),
        (at(21, 8, 0), "09:00", ""),
        (at(21, 22, 30), "09:00", ("11月24日", "24 Nov")),
        (at(23, 12, 0), "09:00", ("11月24日", "24 Nov")),
    ):
        await play.set_time(moment)
        for language in LANGUAGES:
            heard = await play.ask(play.buyer(language), asked(language))
            label = heard.text.split("\n")[0]
            assert back in label
            if day:
                assert in_language(language, *day) in label
            else:
                assert "11" not in label.replace(back, "")


async def test_here_lapses_by_itself_and_the_seller_is_told(play: Play) -> None:
    """/here 3h is believed for three hours and no longer; the seller hears when it lapses, once."""
    told = await play.command("/here 3h")
    assert "13:00" in told.text
    for language in LANGUAGES:
        heard = await play.ask(play.buyer(language), asked(language))
        assert in_language(language, "掌柜在店里", "The shopkeeper is in") in heard.text
    await play.pass_time(hours=2, minutes=59)
    assert await play.cards() == []
    heard = await play.ask(play.buyer(), asked("zh"))
    assert "掌柜在店里" in heard.text
    await play.cards()
    await play.pass_time(minutes=2)
    assert [card for card in await play.cards() if "/here" in card.text]
    await play.pass_time(minutes=2)
    assert await play.cards() == []
    for language in LANGUAGES:
        heard = await play.ask(play.buyer(language), asked(language))
        assert in_language(language, "掌柜在店里", "The shopkeeper is in") not in heard.text


async def test_away_is_said_with_the_time(play: Play) -> None:
    """/away 30m: buyers are told when a person is back; when the time is over it is not said any more."""
    told = await play.command("/away 30m")
    assert "10:30" in told.text
    for language in LANGUAGES:
        assert "10:30" in (await play.ask(play.buyer(language), asked(language))).text
    await play.pass_time(minutes=31)
    for language in LANGUAGES:
        assert "10:30" not in (await play.ask(play.buyer(language), asked(language))).text


async def test_the_shopkeeper_steps_out_in_the_middle_of_a_conversation(play: Play) -> None:
    """Who was told that the shopkeeper is in hears once, with the next answer, that they have gone; nobody else does."""
    gone = {"zh": "走开了", "zh_hant": "走開了", "en": "stepped away"}
    await play.command("/here 3h")
    met = {language: play.buyer(language) for language in LANGUAGES}
    for language, buyer in met.items():
        await play.ask(buyer, asked(language))
    started = play.buyer()
    await started.start()
    assert "掌柜现在在店里" in (await started.hears()).text
    await play.command("/away 30m")
    for language, buyer in met.items():
        heard = await play.ask(buyer, asked(language))
        assert gone[language] in heard.text
        assert "10:30" in heard.text
        assert gone[language] not in (await play.ask(buyer, asked(language))).text
    assert gone["zh"] in (await play.ask(started, asked("zh"))).text
    fresh = play.buyer()
    for _ in range(2):
        assert gone["zh"] not in (await play.ask(fresh, asked("zh"))).text
    await play.command("/here 3h")
    await play.ask(play.buyer(), asked("zh"))
    await play.restart()
    await play.command("/away")
    assert gone["zh"] not in (await play.ask(met["zh"], asked("zh"))).text


async def test_the_last_word_is_the_shops_once(open_shop: OpenShop) -> None:
    """When the buyer spoke last and ten quiet minutes have gone by, one closing line is said, and never a second."""
    play = await open_shop()
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, asked(language))
        await buyer.says(in_language(language, "嗯嗯", "ok"))
    await play.settled()
    buyers = [play.sandbox.person(id=20000 + number) for number in range(1, 4)]
    for buyer in buyers:
        await buyer.hears_all()
    await play.pass_time(minutes=9)
    for buyer in buyers:
        await buyer.hears_nothing()
    await play.pass_time(minutes=2)
    for language, buyer in zip(LANGUAGES, buyers, strict=True):
        heard = await play.only(buyer)
        assert in_language(language, "您先看着", "Take your time") in heard.text
        assert numbers(heard.text) == []
    await play.pass_time(minutes=30)
    for buyer in buyers:
        await buyer.hears_nothing()


async def test_the_last_word_is_said_again_in_another_conversation(play: Play) -> None:
    """Who comes back the next day and goes quiet once more is left with a closing line again, and the history tells no line
    that was never sent."""
    buyer = play.buyer()
    for _ in range(2):
        await play.ask(buyer, asked("zh"))
        await buyer.says("嗯嗯")
        await play.settled()
        await buyer.hears_all()
        await play.pass_time(minutes=11)
        assert "您先看着" in (await play.only(buyer)).text
        await play.pass_time(hours=24)
        await buyer.hears_nothing()
    kept = await play.store.messages.history(buyer.id)
    assert len([one for one in kept if one.template == "last_word" and one.sent_at is not None]) == 2
    assert all(one.sent_at is not None for one in kept if one.template == "last_word")


async def test_no_last_word_after_a_hand_over_or_stop(play: Play) -> None:
    """Where a person is awaited, or the buyer has said /stop, silence is kept."""
    handed, stopped = play.buyer(), play.buyer()
    await play.ask(handed, "转人工")
    await handed.says("嗯嗯")
    await play.ask(stopped, asked("zh"))
    await play.ask(stopped, "/stop")
    await stopped.says("嗯嗯")
    await play.settled()
    for buyer in (handed, stopped):
        await buyer.hears_all()
    await play.pass_time(minutes=11)
    for buyer in (handed, stopped):
        await buyer.hears_nothing()


async def test_hello_and_thanks_are_answered_in_kind(play: Play) -> None:
    """A bare hello gets a welcome and an open question; thanks get thanks; neither is handed to anybody."""
    await play.cards()
    for language in LANGUAGES:
        buyer = play.buyer(language)
        hello = await play.ask(buyer, in_language(language, "在吗", "hello"))
        assert in_language(language, play.made.name, play.made.name) in hello.text
        assert hello.text[-1] in "?？"
        thanks = await play.ask(buyer, in_language(language, "谢谢", "thanks"))
        assert in_language(language, "不客气", "welcome") in thanks.text
    assert await play.cards() == []

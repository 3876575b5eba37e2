"""Several short lines in a row are one question (S4 tip 10): kept as they come, answered once when the buyer pauses."""

from datetime import timedelta

import pytest

from sandbox.faults import Fault
from sandbox.people import Person
from store.writing import Write
from tests.made_shop import in_language
from tests.play import LANGUAGES, OpenShop, Play, numbers

DELAY = 2.5


async def says(play: Play, buyer: Person, *lines: str, apart: float = 1.0) -> None:
    """The buyer writes these lines, so many seconds apart."""
    for line in lines:
        await buyer.says(line)
        await play.settled()
        await play.wait(apart)


async def test_three_short_lines_get_one_answer_about_the_right_variant(open_shop: OpenShop) -> None:
    """Hello, "the blue one", "still there?" within three seconds: one reply, on the stock of that variant."""
    play = await open_shop(reply_delay=DELAY)
    one, other = play.made.pair
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await says(play, buyer, in_language(language, f"{one.title}有货吗", f"is the {one.title_en} in stock?"))
        await play.wait(DELAY)
        await buyer.hears()
        await says(
            play,
            buyer,
            in_language(language, "在吗", "hi"),
            in_language(language, f"那个{other.variant}的", f"the {other.variant_en} one"),
            in_language(language, "还有货吗", "is it still in stock?"),
            apart=0.9,
        )
        await buyer.hears_nothing()
        await play.wait(DELAY)
        heard = await play.only(buyer)
        assert int(other.stock) in numbers(heard.text), heard.text
        assert int(one.stock) not in numbers(heard.text), heard.text
        assert other.shade(language) in heard.text


async def test_a_single_line_waits_only_for_the_pause(open_shop: OpenShop) -> None:
    """A line that nothing follows is answered when the pause is over, not sooner."""
    play = await open_shop(reply_delay=DELAY)
    buyer = play.buyer()
    await says(play, buyer, "什么时候发货", apart=1.5)
    await buyer.hears_nothing()
    await play.wait(1.1)
    assert f"{play.made.cutoff:%H:%M}" in (await play.only(buyer)).text


async def test_however_long_the_lines_go_on_ten_seconds_are_the_most(open_shop: OpenShop) -> None:
    """Lines that keep coming two seconds apart are answered after ten seconds; what comes later is answered again."""
    play = await open_shop(reply_delay=DELAY)
    buyer = play.buyer()
    await says(play, buyer, "怎么保修", "还有", "嗯", "什么时候发货", "还有呢", apart=2.0)
    await play.wait(0.5)
    first = await play.only(buyer)
    assert play.made.warranty_months in numbers(first.text)
    assert f"{play.made.cutoff:%H:%M}" in first.text
    await says(play, buyer, "能退吗")
    await play.wait(DELAY)
    assert play.made.return_days in numbers((await play.only(buyer)).text)


async def test_a_line_that_comes_while_the_answer_is_sent_is_answered_too(open_shop: OpenShop) -> None:
    """A line arriving while Telegram still takes the answer is not lost: it gets an answer of its own, after the first."""
    play = await open_shop()
    buyer = play.buyer()
    stuck = play.sandbox.breaks("sendMessage", Fault.SLOW, chat=buyer.id, seconds=20)
    await buyer.says("怎么保修")
    await stuck.struck.wait()
    await buyer.says("能退吗")
    stuck.release()
    first, second = await buyer.hears_several(2)
    assert play.made.warranty_months in numbers(first.text)
    assert play.made.return_days in numbers(second.text)
    await buyer.hears_nothing()


async def test_an_edit_before_the_answer_changes_the_answer(open_shop: OpenShop) -> None:
    """A line edited before it is answered is answered as it reads now; an edit that comes much later is only recorded, with
    both texts."""
    play = await open_shop(reply_delay=DELAY)
    for language in LANGUAGES:
        buyer = play.buyer(language)
        returns = in_language(language, "能退吗", "can I return it?")
        warranty = in_language(language, "怎么保修", "how does the warranty work?")
        number = await buyer.says(returns)
        await play.settled()
        await buyer.edits(number, warranty)
        await play.settled()
        await play.wait(DELAY + 0.1)
        heard = await play.only(buyer)
        assert play.made.warranty_months in numbers(heard.text)
        assert in_language(language, "先跟我们说一声再寄回", "Tell us first") not in heard.text
        later = in_language(language, "什么时候发货", "when do you ship?")
        await play.wait(3600)
        await buyer.edits(number, later)
        await play.settled()
        await play.wait(DELAY + 0.1)
        await buyer.hears_nothing()
        history = (await play.command(f"/history {buyer.id}")).text
        assert history.index(returns) < history.index(warranty) < history.index(later)


async def test_a_restart_in_the_middle_of_a_turn_answers_once(open_shop: OpenShop) -> None:
    """Stopped between the buyer's lines and the answer, the shop answers once when it is back, all lines together."""
    play = await open_shop(reply_delay=DELAY)
    buyer = play.buyer()
    await says(play, buyer, "怎么保修", "能退吗", apart=0.5)
    await play.restart()
    await play.wait(DELAY)
    heard = await play.only(buyer)
    assert play.made.warranty_months in numbers(heard.text)
    assert play.made.return_days in numbers(heard.text)
    await play.restart()
    await play.wait(DELAY)
    await buyer.hears_nothing()


async def test_the_same_update_twice_is_answered_once(play: Play) -> None:
    """Telegram delivers at least once; the buyer hears once."""
    buyer = play.buyer()
    await play.ask(buyer, "什么时候发货")
    play.sandbox.repeat_updates(2)
    await buyer.hears_nothing()
    assert len(buyer.sees) == 1
    history = (await play.command(f"/history {buyer.id}")).text
    assert history.count("什么时候发货") == 1


async def test_the_album_of_a_buyer_is_one_turn(open_shop: OpenShop) -> None:
    """Three pictures sent at once are one thing for a person to look at: one reply, one card, each picture shown."""
    play = await open_shop()
    buyer = play.buyer()
    await play.cards()
    await buyer.sends_album([None, None, None], "有一个坏了")
    await play.settled()
    await play.wait(2.0)
    await play.only(buyer)
    cards = await play.cards()
    assert len([card for card in cards if "有一个坏了" in card.text and card.buttons]) == 1
    assert sum(len(card.photos) for card in cards) == 3


async def test_a_flood_of_lines_gets_one_answer_and_a_person(open_shop: OpenShop) -> None:
    """More lines than anybody can mean are all kept, get one answer, and stand on a card for a person to read."""
    play = await open_shop()
    buyer = play.buyer()
    await play.cards()
    for number in range(25):
        await buyer.says(f"喂{number}")
    await play.settled()
    await play.wait(15)
    while "都记下了" not in (await buyer.hears()).text:
        assert len(buyer.sees) < 6
    await buyer.hears_nothing()
    assert any("喂24" in card.text and card.buttons for card in await play.cards())
    history = (await play.command(f"/history {buyer.id}")).text
    assert all(f"喂{number}" in history for number in range(25))


@pytest.mark.parametrize(
    ("language", "line", "said"),
    [
        ("zh", "谢谢", "不客气"), ("zh_hant", "謝謝", "不客氣"), ("en", "thanks", "You're welcome"), ("zh", "thx", "不客气"),
        ("zh", "嗯", "您好"), ("zh", "ok", "您好"), ("zh", "👍", "您好"), ("zh", "在吗", "您好"), ("en", "ok", "Hello"), ("zh", "hi", "您好"),
    ],
)  # fmt: skip
async def test_a_short_first_word_gets_a_natural_answer(play: Play, language: str, line: str, said: str) -> None:
    """In the buyer's language, said to be automatic; who only says thanks is not told that something is being looked up."""
    heard = (await play.ask(play.buyer(language), line)).text
    assert said in heard
    label = {"zh": "自动回复", "zh_hant": "自動回覆", "en": "Automatic reply"}[language]
    assert label in heard or "自動回復" in heard
    assert ("先帮您看" in heard or "先幫您看" in heard or "tell you most" in heard) == (said in ("您好", "Hello"))


async def test_row_32_a_clock_set_back_in_a_turn_does_not_hold_up_its_answer(
    open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine learns after its start that it was eight hours ahead: the buyer waits for no eight hours."""
    play = await open_shop(reply_delay=DELAY)
    buyer = play.buyer()
    await buyer.says("在吗")
    await play.settled()
    assert buyer.unheard == 0
    as_it_was = play.clock.now
    monkeypatch.setattr(play.clock, "now", lambda: as_it_was() - timedelta(hours=8))
    play.clock.move(timedelta(seconds=DELAY))
    assert (await buyer.hears()).text


async def test_a_voice_note_that_a_tap_follows_is_for_a_person_all_the_same(open_shop: OpenShop) -> None:
    """A buyer speaks, and taps a button before the pause is over: the tap is answered, and the voice note is handed over."""
    play = await open_shop(reply_delay=DELAY)
    await play.imports(
        "catalogue.csv",
        "sku,title,title_en,price,stock\nMG-1,月光马克杯,Moonlight Mug,58,3\nMG-2,星河马克杯,Starlight Mug,62,4\n".encode(),
    )
    buyer = play.buyer()
    await says(play, buyer, "马克杯多少钱")
    await play.wait(DELAY)
    asked = await play.only(buyer)
    await play.cards()
    await buyer.sends_voice()
    await play.settled()
    await buyer.taps("月光", on=asked)
    await play.settled()
    assert any(58 in numbers(one.text) for one in await buyer.hears_all())
    (state,) = await play.store.conversations.of_buyer(buyer.id)
    assert "file" in state.handover_reasons
    assert any("发来文件" in card.text for card in await play.cards())


async def test_what_a_turn_knows_outlives_a_restart(open_shop: OpenShop) -> None:
    """A line that quotes an older message is about what that spoke of."""
    play = await open_shop(reply_delay=DELAY)
    one, other = play.made.plenty, play.made.cousin
    buyer = play.buyer()
    heard = []
    for good in (one, other):
        await says(play, buyer, f"{good.title}有货吗")
        await play.wait(DELAY)
        heard.append(await play.only(buyer))
    await buyer.replies_to(heard[0], "多少钱")
    await play.settled()
    await play.restart()
    await play.wait(DELAY)
    told = await play.only(buyer)
    assert f"¥{one.price}" in told.text, told.text
    assert f"¥{other.price}" not in told.text, told.text


async def test_a_sticker_is_nothing_to_look_at_after_a_restart_either(open_shop: OpenShop) -> None:
    """Where nothing was asked, nobody is called for it."""
    play = await open_shop(reply_delay=DELAY)
    buyer = play.buyer()
    await says(play, buyer, "你好")
    await play.wait(DELAY)
    await play.only(buyer)
    await buyer.says("哈哈")
    await buyer.sends_sticker()
    await play.settled()
    await play.restart()
    await play.wait(DELAY)
    assert not await buyer.hears_all()
    assert not await play.cards()


async def test_what_cannot_be_answered_waits_for_a_person(open_shop: OpenShop) -> None:
    """A fault of ours in the answer itself: after four tries the buyer stands in the queue, with all that was said and sent."""
    play = await open_shop(reply_delay=DELAY)
    buyer = play.buyer()
    turns = play.running.desk.turns

    async def stumbles(*_: object) -> list[Write]:
        raise RuntimeError("a fault of ours")

    turns._answered = stumbles  # type: ignore[method-assign, assignment]
    await buyer.says("怎么保修")
    await buyer.sends_voice()
    await play.settled()
    for _ in range(100):
        if not await play.store.turns.open():
            break
        play.clock.move(timedelta(seconds=61))
        await play.sandbox.world.bell.until(lambda: False, 0.05)
    await play.settled()
    card = next(one for one in await play.cards() if "怎么保修" in one.text)
    assert "🎤" in card.text
    assert buyer.name in (await play.command("/inbox")).text
    await play.restart()
    (state,) = await play.store.conversations.of_buyer(buyer.id)
    assert state.handover_reasons == ("unclear",)

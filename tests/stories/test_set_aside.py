"""What could not be handled: one card tells of all of it, and a tap puts it back into its lane, once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from delivery.job import Job
from sandbox import Heard, Person
from store.inbox import Fate
from store.messages import Who
from store.staff import Role
from tests.made_shop import in_language
from tests.play import Play, numbers
from tests.stories.staff import gives, hire

ASK = "怎么保修"
AGAIN = {"zh": "再试一次", "en": "Try again"}
LET_BE = {"zh": "不用管了", "en": "Let them be"}


@asynccontextmanager
async def broken(play: Play, *people: Person) -> AsyncIterator[None]:
    """Whatever these do cannot be handled meanwhile."""
    handling = play.running.lanes._handling
    handle = handling._handle

    async def stumbles(job: Job) -> None:
        if any(job.row.lane.endswith(f":{one.id}") for one in people):
            raise RuntimeError("a fault of ours")
        await handle(job)

    handling._handle = stumbles
    yield
    handling._handle = handle


async def until_failed(play: Play, count: int) -> None:
    """The tries are over, and so many are set aside."""
    for _ in range(200):
        await play.settled()
        if (await play.store.inbox.set_aside()).failed == count:
            break
        play.clock.move(timedelta(seconds=11))
    await play.pass_time(seconds=6)
    assert (await play.store.inbox.set_aside()).failed == count


def cards(person: Person, language: str = "zh") -> list[Heard]:
    """The cards with a button to try again, as they look now."""
    return [one for one in person.sees if AGAIN[language] in [label for row in one.buttons for label in row]]


async def said(play: Play, buyer: Person) -> list[str]:
    """The buyer's lines as they were handled, in that order."""
    return [one.now_reads for one in await play.store.messages.history(buyer.id) if one.who is Who.BUYER]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_one_card_tells_of_all_and_a_tap_handles_them_in_order(play: Play, language: str) -> None:
    """Three lines of two buyers, one card with all three; after the tap each is handled once, a chat's in its order."""
    if language == "en":
        await play.command("/lang en")
    first, second = play.buyer(name="小林"), play.buyer(name="阿明")
    async with broken(play, first, second):
        await first.says(ASK)
        await second.says(ASK)
        await until_failed(play, 2)
        [card] = cards(play.owner, language)
        await first.says("转人工")
        await until_failed(play, 3)
    [card] = cards(play.owner, language)
    assert in_language(language, "有 3 条没处理成", "3 messages could not be handled") in card.text
    for words in ("小林", "阿明", str(first.id), str(second.id), ASK, "转人工"):
        assert words in card.text
    assert await first.hears_all() == []
    await play.cards()
    await play.owner.taps(AGAIN[language], on=card)
    await play.settled()
    assert await said(play, first) == [ASK, "转人工"]
    assert await said(play, second) == [ASK]
    assert len(await second.hears_all()) == 1
    assert 1 <= len(await first.hears_all()) <= 2
    assert await play.store.inbox.counts() == {Fate.DONE: (await play.store.inbox.counts())[Fate.DONE]}
    assert cards(play.owner, language) == []
    await play.pass_time(hours=2)
    assert await second.hears_all() == []


async def test_whoever_taps_second_is_told_and_nothing_is_handled_twice(play: Play) -> None:
    """Each owner has a card; the other's shows who did it, and its old button does nothing."""
    other = await hire(play, Role.OWNER)
    buyer = play.buyer()
    async with broken(play, buyer):
        await buyer.says(ASK)
        await until_failed(play, 1)
    [card], [theirs] = cards(play.owner), cards(other)
    await other.hears_all()
    data = other.data_of(AGAIN["zh"], on=theirs)
    await play.owner.taps(AGAIN["zh"], on=card)
    await other.presses(data, on=theirs)  # whether or not the card shows already who did it
    assert "没有放在一边的" in (await other.hears()).text
    await play.settled()
    assert len(await buyer.hears_all()) == 1
    assert await said(play, buyer) == [ASK]
    assert cards(other) == []


async def test_what_fails_again_comes_with_a_new_card(play: Play) -> None:
    """It is tried once more, and then set aside again: the owner hears of it, and may try again."""
    buyer = play.buyer()
    async with broken(play, buyer):
        await buyer.says(ASK)
        await until_failed(play, 1)
        [card] = cards(play.owner)
        await play.owner.taps(AGAIN["zh"], on=card)
        await play.settled()
    [again] = cards(play.owner)
    assert again.message_id != card.message_id
    await play.owner.taps(AGAIN["zh"], on=again)
    await play.settled()
    assert len(await buyer.hears_all()) == 1


async def test_what_came_meanwhile_does_not_wait_and_what_comes_after_does_not_overtake(play: Play) -> None:
    """The chat went on without the line; put back, it is handled before what comes then."""
    buyer = play.buyer()
    async with broken(play, buyer):
        await buyer.says(ASK)
        await until_failed(play, 1)
    await play.ask(buyer, "在吗")
    [card] = cards(play.owner)
    await play.owner.taps(AGAIN["zh"], on=card)
    await buyer.says("转人工")
    await play.settled()
    lines = await play.store.messages.history(buyer.id)
    kept = [one.now_reads for one in sorted(lines, key=lambda one: one.id) if one.who is Who.BUYER]
    assert kept == ["在吗", ASK, "转人工"]


async def test_after_an_hour_comes_a_new_card_that_takes_the_place_of_the_old(play: Play) -> None:
    """An edit makes no sound; more than one card with buttons there never is."""
    buyer = play.buyer()
    async with broken(play, buyer):
        await buyer.says(ASK)
        await until_failed(play, 1)
        [card] = cards(play.owner)
        await play.pass_time(hours=1)
        assert [one.message_id for one in cards(play.owner)] == [card.message_id]
        await buyer.says("在吗")
        await until_failed(play, 2)
    [new] = cards(play.owner)
    assert new.message_id != card.message_id
    assert "有 2 条" in new.text
    old = next(one for one in play.owner.sees if one.message_id == card.message_id)
    assert "下面那张" in old.text


async def test_they_may_be_let_be_and_that_be_undone(play: Play) -> None:
    """What is not worth it is put away; undone, it is there again, and /retry shows it."""
    buyer = play.buyer()
    async with broken(play, buyer):
        await buyer.says(ASK)
        await until_failed(play, 1)
    [card] = cards(play.owner)
    await play.cards()
    await play.owner.taps(LET_BE["zh"], on=card)
    told = await play.card()
    assert cards(play.owner) == []
    assert "没有放在一边的" in (await play.command("/retry")).text
    await play.owner.taps("撤销", on=told)
    await play.settled()
    shown = await play.command("/retry")
    assert ASK in shown.text
    await play.owner.taps(AGAIN["zh"], on=shown)
    await play.settled()
    assert len(await buyer.hears_all()) == 1
    assert "没有放在一边的" in (await play.command("/retry")).text


async def test_a_restart_keeps_the_card_and_its_button(play: Play) -> None:
    """The card is not told twice, and its button works."""
    buyer = play.buyer()
    async with broken(play, buyer):
        await buyer.says(ASK)
        await until_failed(play, 1)
    [card] = cards(play.owner)
    await play.restart()
    await play.pass_time(minutes=5)
    assert [one.message_id for one in cards(play.owner)] == [card.message_id]
    await play.owner.taps(AGAIN["zh"], on=card)
    await play.settled()
    assert len(await buyer.hears_all()) == 1


async def test_who_only_looks_tries_nothing_again(play: Play) -> None:
    """/retry is for those who answer buyers."""
    viewer = await hire(play, Role.VIEWER)
    answer = await gives(play, viewer, "/retry")
    assert "没看懂" in answer.text
    assert not answer.buttons


async def test_a_forgotten_buyers_line_is_on_no_card(play: Play) -> None:
    """Forgotten, the line is gone, and the card says so."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    async with broken(play, buyer):
        await buyer.says(ASK)
        await until_failed(play, 1)
    assert len(cards(play.owner)) == 1
    await play.store.forget(buyer.id)
    await play.pass_time(minutes=1)
    assert cards(play.owner) == []


async def test_what_waited_before_a_restore_is_handled_only_on_a_persons_word(play: Play) -> None:
    """It may have been answered then: no card asks for it, /retry shows it apart, and the shop's word handles it once."""
    buyer = play.buyer()
    async with broken(play, buyer):
        await buyer.says(ASK)
        await play.settled()
        await play.store.write(await play.store.pausing.begin(play.clock.now()))
        await play.restart()
    await play.settled()
    assert any("/retry" in one.text for one in await play.cards())
    await play.command("/go")
    await play.pass_time(minutes=5)
    assert cards(play.owner) == []
    assert await buyer.hears_all() == []
    shown = await play.command("/retry")
    assert ASK in shown.text
    assert "重复" in shown.text
    await play.owner.taps("现在处理", on=shown)
    await play.settled()
    assert len(await buyer.hears_all()) == 1
    assert await said(play, buyer) == [ASK]


async def test_row_24_an_edit_whose_line_was_set_aside_is_the_line(play: Play) -> None:
    """The line could not be handled, and the buyer mends a word: what it reads now is answered. Put back, the line itself
    is not answered once more."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    async with broken(play, buyer):
        number = await buyer.says("怎么保修鸭")
        await until_failed(play, 1)
    await play.cards()
    await buyer.edits(number, ASK)
    await play.settled()
    assert play.made.warranty_months in numbers((await play.only(buyer)).text)
    card = cards(play.owner)[-1]
    await play.owner.taps(AGAIN["zh"], on=card)
    await play.settled()
    await buyer.hears_nothing()
    assert (await said(play, buyer))[-1:] == [ASK]
    assert (await said(play, buyer)).count(ASK) == 1


async def test_row_24_a_late_edit_whose_line_was_set_aside_waits_for_it(play: Play) -> None:
    """An edit that comes much later answers nothing by itself, nor does one that looks like a command. It is kept, and the
    line is answered as it reads now, once somebody puts it back."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    async with broken(play, buyer):
        number = await buyer.says("能退吗")
        await until_failed(play, 1)
    await play.pass_time(hours=1)
    await buyer.edits(number, ASK)
    await play.settled()
    await buyer.hears_nothing()
    await play.owner.taps(AGAIN["zh"], on=cards(play.owner)[-1])
    heard = await play.only(buyer)
    assert play.made.warranty_months in numbers(heard.text)
    assert play.made.return_days not in numbers(heard.text)
    await play.restart()
    await buyer.hears_nothing()
    assert (await said(play, buyer))[1:] == [ASK]


async def test_row_24_an_edit_of_what_is_not_known_is_met_by_its_hand(play: Play) -> None:
    """A first line that never came is known by its edit; a seller's edit makes nobody a buyer, and no edit is a command."""
    buyer = play.buyer()
    async with broken(play, buyer):
        number = await buyer.says("/stop")
        other = await buyer.says("能退吗")
        await until_failed(play, 2)
    await buyer.edits(number, "/start")
    await play.settled()
    await buyer.hears_nothing()
    await buyer.edits(other, ASK)
    await play.settled()
    assert play.made.warranty_months in numbers((await play.only(buyer)).text)
    async with broken(play, play.owner):
        number = await play.owner.says("怎么保修")
        await until_failed(play, 3)
    await play.cards()
    await play.owner.edits(number, "能退吗")
    await play.settled()
    assert await play.cards() == []
    assert await play.store.buyers.get(play.owner.id) is None

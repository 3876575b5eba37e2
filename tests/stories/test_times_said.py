"""Times that the shop's people say in other ways than by a plain reply: in a saved reply, and in a line they edit."""

from collections.abc import Sequence

import pytest

from core.promises import Promise
from sandbox import Heard, Person
from tests.made_shop import in_language
from tests.play import LANGUAGES, SHANGHAI, Play
from tests.stories.orders import met, paid
from tests.stories.topics import forum, seat

KEEP = {"zh": "记成承诺", "en": "Keep as a promise"}
SELLERS = ("zh", "en")


async def speaking(play: Play, language: str) -> None:
    """The seller's own language from now on."""
    await play.command(f"/lang {language}")
    await play.cards()


def asked_in(heard: Sequence[Heard], language: str) -> list[Heard]:
    """The questions whether a time is a promise."""
    return [one for one in heard if KEEP[language] in str(one.buttons)]


async def bound(play: Play, number: str) -> list[Promise]:
    """What is promised of sending this order."""
    return [one for one in await play.store.promises.of_order(number) if one.is_open and one.what == "ship"]


def due(one: Promise) -> str:
    return f"{one.due_at.astimezone(SHANGHAI):%d %H:%M}"


@pytest.mark.parametrize("seller", SELLERS)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_time_in_a_saved_reply(play: Play, language: str, seller: str) -> None:
    """/r KEY: the buyer gets the reply as it was previewed, the seller is asked about the time in it."""
    await speaking(play, seller)
    buyer = await met(play, language)
    number = await paid(play, buyer)
    text = in_language("en" if language == "en" else "zh", "{{ when }}给您寄出", "It ships {{ when }}")
    when = in_language(language, "明天下午", "tomorrow by 6pm")
    await play.command(f"/tpl leaves {'en' if language == 'en' else 'zh'} {text}")
    await play.command(f"/r leaves {buyer.id}")
    await play.owner.says(when)
    preview = await play.card()
    await play.owner.taps(0, on=preview)
    assert when in (await play.only(buyer)).text
    (asked,) = asked_in(await play.cards(), seller)
    await play.owner.taps(0, on=asked)
    assert number in (await play.card()).text
    assert [due(one) for one in await bound(play, number)] == ["21 18:00"]


@pytest.mark.parametrize("seller", SELLERS)
async def test_an_edited_line_in_the_account(play: Play, seller: str) -> None:
    """What the line says now counts: the seller is asked again, the earlier question is void, both texts are kept; an edit
    that leaves the time as it was asks nothing."""
    await speaking(play, seller)
    buyer = await met(play)
    number = await paid(play, buyer)
    talk = play.sandbox.talk(play.sandbox.connect(play.owner), buyer)
    await play.cards()
    line = await talk.owner.says("明天上午给您发")
    (first,) = asked_in(await play.cards(), seller)
    await talk.owner.edits(line, "亲，明天上午给您发哦")
    assert asked_in(await play.cards(), seller) == []
    await talk.owner.edits(line, "后天下午给您发")
    (second,) = asked_in(await play.cards(), seller)
    await play.owner.taps(0, on=first)
    await play.cards()
    assert [due(one) for one in await bound(play, number)] == ["20 23:59"]
    await play.owner.taps(0, on=second)
    await play.cards()
    assert [due(one) for one in await bound(play, number)] == ["22 18:00"]
    kept = next(one for one in await play.store.messages.history(buyer.id) if one.text == "明天上午给您发")
    assert kept.now_reads == "后天下午给您发"
    assert await talk.hears_all() == []


@pytest.mark.parametrize("seller", SELLERS)
async def test_an_edited_line_in_a_topic(play: Play, seller: str) -> None:
    """The buyer's copy follows; a time that the edit brings in is asked about in the topic."""
    await speaking(play, seller)
    group = await forum(play)
    buyer = await met(play, "en")
    number = await paid(play, buyer)
    await play.cards()
    desk = await seat(play, group)
    await desk.hears_all()
    line = await desk.says("We'll see")
    assert asked_in(await desk.hears_all(), seller) == []
    await desk.edits(line, "It ships Sunday by noon")
    (asked,) = asked_in(await desk.hears_all(), seller)
    assert await _reads(buyer) == "It ships Sunday by noon"
    await desk.taps(0, on=asked)
    await play.settled()
    assert [due(one) for one in await bound(play, number)] == ["22 12:00"]


async def _reads(buyer: Person) -> str:
    await buyer.hears_all()
    return [one.text for one in buyer.chat.messages.values() if not one.deleted][-1]

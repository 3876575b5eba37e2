"""A message of which nobody can tell whether it arrived: it is never sent again by itself, and a person settles it."""

from datetime import timedelta

import pytest

from sandbox import Fault, Heard, Person
from store.outbox import Status
from store.staff import Role
from tests.made_shop import in_language
from tests.play import Play
from tests.stories.staff import hire

LABELS = {"zh": ("再发一次", "已经送到"), "en": ("Send again", "It arrived")}


async def doubtful(play: Play, buyer: Person, words: str, fault: Fault = Fault.JUNK_BEFORE) -> Heard:
    """The line breaks while the buyer is answered; the card that the owner gets."""
    await play.settled()
    await play.cards()
    play.sandbox.breaks("sendMessage", fault, chat=buyer.id)
    await buyer.says(words)
    await play.settled()
    await buyer.hears_all()
    return next(one for one in await play.cards() if one.buttons and one.buttons[0][0] in ("再发一次", "Send again"))


async def unknown(play: Play) -> list[int]:
    return [one.chat_id for one in await play.store.doubts.all()]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_sent_again_at_a_tap_it_arrives_once(play: Play, language: str) -> None:
    """The card tells who and what, with [send again] and [it arrived]; a second tap, and one on the other button, do nothing."""
    if language == "en":
        await play.command("/lang en")
    buyer = play.buyer(language)
    card = await doubtful(play, buyer, in_language(language, "转人工", "a person please"))
    assert tuple(card.buttons[0]) == LABELS[language]
    assert str(buyer.id) in card.text
    assert buyer.name in card.text
    assert "<" not in card.text
    assert await unknown(play) == [buyer.id]
    await play.pass_time(days=2)
    assert await buyer.hears_all() == []
    await play.owner.taps(0, on=card)
    heard = await play.only(buyer)
    assert heard.text.splitlines()[0] in card.text
    await play.owner.taps(0, on=card)
    await play.owner.taps(1, on=card)
    await play.settled()
    assert await buyer.hears_all() == []
    assert await unknown(play) == []


async def test_what_arrived_is_taken_for_sent(play: Play) -> None:
    """It had arrived: it counts as sent, and [send again] does nothing any more, after a restart neither."""
    buyer = play.buyer()
    card = await doubtful(play, buyer, "转人工", Fault.JUNK)
    [row] = await play.store.doubts.all()
    await play.owner.taps(1, on=card)
    assert "不再发" in (await play.card()).text
    kept = await play.store.outbox.get(row.id)
    assert kept is not None
    assert kept.status is Status.SENT
    message = await play.store.messages.by_outbox(row.id)
    assert message is not None
    assert message.sent_at is not None
    await play.restart()
    await play.owner.taps(0, on=card)
    await play.settled()
    assert await buyer.hears_all() == []


async def test_two_people_settle_it_once(play: Play) -> None:
    """Each owner has a card of their own: whoever taps second is told so, and the buyer gets it once."""
    other = await hire(play, Role.OWNER)
    buyer = play.buyer()
    await play.settled()
    await other.hears_all()
    card = await doubtful(play, buyer, "转人工")
    theirs = next(one for one in await other.hears_all() if one.buttons and one.buttons[0][0] == "再发一次")
    await play.owner.taps(0, on=card)
    await other.taps(0, on=theirs)
    assert "已经有人处理过了" in (await other.hears()).text
    await play.settled()
    assert len(await buyer.hears_all()) == 1


async def test_in_doubt_once_more_it_is_told_once_more(play: Play) -> None:
    """The line breaks again: a new card, and that one settles it, though the seller has written there meanwhile."""
    buyer = play.buyer()
    card = await doubtful(play, buyer, "转人工")
    await play.cards()
    play.sandbox.breaks("sendMessage", Fault.JUNK_BEFORE, chat=buyer.id)
    await play.owner.taps(0, on=card)
    await play.settled()
    again = next(one for one in await play.cards() if one.buttons and one.buttons[0][0] == "再发一次")
    assert await unknown(play) == [buyer.id]
    await play.command(f"/take {buyer.id}")
    await play.owner.taps(0, on=again)
    await play.settled()
    assert len(await buyer.hears_all()) == 1
    assert await unknown(play) == []


async def test_nothing_is_sent_again_to_whom_the_shop_has_blocked(play: Play) -> None:
    """Nor is it any longer asked."""
    buyer = play.buyer()
    card = await doubtful(play, buyer, "转人工")
    await play.command(f"/block {buyer.id}")
    await play.settled()
    await play.cards()
    await play.owner.taps(0, on=card)
    await play.settled()
    said = await play.cards()
    assert ["发不了" in one.text for one in said] == [True]
    assert await buyer.hears_all() == []


async def test_what_a_killed_program_left_in_doubt_can_be_tapped(play: Play) -> None:
    """At the start nobody is in memory yet: what was being sent then has its buttons all the same."""
    buyer = play.buyer()
    heard = await play.ask(buyer, "转人工")
    [row] = await play.store.sent.recent(buyer.id, "", timedelta(days=1))
    await play.store.write([play.store.outbox.sending(row.id, play.clock.now())])
    await play.settled()
    await play.cards()
    await play.restart()
    await play.settled()
    [card] = await play.cards()
    assert tuple(card.buttons[0]) == LABELS["zh"]
    assert str(buyer.id) in card.text
    await play.owner.taps(0, on=card)
    assert (await play.only(buyer)).text == heard.text

"""The seller answers on a card while an answer of the bot's is on its way: nothing automatic comes to stand below their line."""

import pytest

from sandbox import Fault, Heard, Person
from tests.delivery.running import until
from tests.play import OpenShop, Play

HAND = "我来，稍等"


async def met(play: Play) -> tuple[Person, Heard]:
    """A buyer whose card is in the seller's chat; nobody has answered yet."""
    await play.command("/digest off")
    buyer = play.buyer()
    await play.ask(buyer, "转人工")
    await play.settled()
    card = next(seen for seen in play.owner.sees if str(buyer.id) in seen.text and seen.buttons)
    await buyer.hears_all()
    return buyer, card


def below(buyer: Person) -> list[str]:
    """What stands below the seller's line in the buyer's chat."""
    said = [one.text for one in buyer.sees]
    return said[said.index(HAND) + 1 :]


async def test_while_the_answer_waits_for_the_buyers_pause(open_shop: OpenShop) -> None:
    """Between the buyer's line and the pause after it: the turn is the seller's, and the bot says nothing to it."""
    play = await open_shop(reply_delay=2.5)
    await play.command("/digest off")
    buyer = play.buyer()
    await buyer.says("转人工")
    await play.settled()
    await play.wait(4)
    await buyer.hears_all()
    card = next(seen for seen in play.owner.sees if str(buyer.id) in seen.text and seen.buttons)
    await buyer.says("怎么保修")
    await play.settled()
    await play.owner.replies_to(card, HAND)
    await play.settled()
    await play.wait(10)
    assert [one.text for one in await buyer.hears_all()] == [HAND]


@pytest.mark.parametrize("step", range(1, 13))
async def test_while_the_answer_is_being_composed_and_written(play: Play, step: int) -> None:
    """The seller's line comes at each step the store takes for the buyer's question: below it stands nothing automatic."""
    buyer, card = await met(play)
    taken = 0

    async def types(name: str) -> None:
        nonlocal taken
        taken += 1
        if taken == step:
            await play.owner.replies_to(card, HAND)

    play.store.faults.hook = types
    await buyer.says("怎么保修")
    await play.settled()
    play.store.faults.hook = None
    if taken < step:
        await play.owner.replies_to(card, HAND)
    await play.settled()
    assert below(buyer) == []


async def test_while_the_answer_cannot_leave_yet(play: Play) -> None:
    """Telegram makes the bot wait before its answer, and the seller writes meanwhile: the buyer hears the seller alone."""
    buyer, card = await met(play)
    before = len(buyer.sees)
    script = play.sandbox.breaks("sendMessage", Fault.TOO_MANY, chat=buyer.id, retry_after=1)
    await buyer.says("怎么保修")
    await until(lambda: script.hits)
    await play.owner.replies_to(card, HAND)
    await play.settled()
    assert script.hits == 1
    assert [one.text for one in buyer.sees[before:]] == [HAND]


async def test_two_agents_and_a_buyer_who_goes_on(play: Play) -> None:
    """Lines that come right before and after the seller's are shown, not answered, until the chat is given back."""
    buyer, card = await met(play)
    for words in ("怎么保修", "能退吗", "什么时候发货"):
        await buyer.says(words)
        await play.owner.replies_to(card, HAND)
    await play.settled()
    said = [one.text for one in buyer.sees]
    last = len(said) - 1 - said[::-1].index(HAND)
    assert said[last + 1 :] == []
    await play.command(f"/release {buyer.id}")
    assert (await play.ask(buyer, "怎么保修")).text

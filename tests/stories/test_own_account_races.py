"""The seller and the bot at the same moment: whenever the seller types, no automatic line comes to stand below theirs."""

import random

import pytest

from sandbox import Fault, Talk
from tests.play import OpenShop, Play


async def opened(open_shop: OpenShop, **given: object) -> tuple[Play, Talk]:
    """A shop with the account connected, and a buyer in a chat of it."""
    play = await open_shop(**given)
    link = play.sandbox.connect(play.owner)
    await play.settled()
    return play, play.sandbox.talk(link, play.buyer())


async def rung(play: Play, times: int) -> None:
    """Something has happened in the pretend Telegram so many times more, or nothing does any more."""
    bell = play.sandbox.world.bell
    until = bell.count + times
    await bell.until(lambda: bell.count >= until, 0.2)


def below(talk: Talk) -> list[tuple[str, str]]:
    """What stands below the seller's last line."""
    order = talk.order()
    last = max((at for at, (who, _) in enumerate(order) if who == "seller"), default=len(order))
    return order[last + 1 :]


async def test_while_the_answer_waits(open_shop: OpenShop) -> None:
    """Between the buyer's line and the pause after it."""
    play, talk = await opened(open_shop, reply_delay=2.5)
    await talk.says("怎么保修")
    await play.settled()
    await talk.owner.says("一年")
    await play.wait(4)
    assert talk.order() == [("buyer", "怎么保修"), ("seller", "一年")]


async def test_while_the_answer_is_being_written_down(open_shop: OpenShop) -> None:
    """The seller's line is there, and not handled yet, when the answer is committed and would leave at once: the history
    tells that it did not stay."""
    play, talk = await opened(open_shop)
    typed = False

    async def types(name: str) -> None:
        nonlocal typed
        if name == "db:commit" and not typed and len(talk.order()) == 1 and not len(play.sandbox.world.updates):
            typed = True
            await talk.owner.says("一年")

    play.store.faults.hook = types
    await talk.says("怎么保修")
    await play.settled()
    play.store.faults.hook = None
    assert typed
    await play.settled()
    assert below(talk) == []
    told = (await play.command(f"/history {talk.id}")).text
    assert "（没有发出）" in told or "（已撤回）" in told


@pytest.mark.parametrize("echo", ["marked", "bare", ""])
async def test_while_the_answer_is_on_its_way(open_shop: OpenShop, echo: str) -> None:
    """The call is out and nobody can stop it: what lands below the seller's line is taken back, and the history says so."""
    play, talk = await opened(open_shop)
    play.sandbox.world.echo = echo
    script = play.sandbox.breaks("sendMessage", Fault.LATE, chat=talk.id)
    await talk.says("怎么保修")
    await script.struck.wait()
    await talk.owner.says("一年")
    script.release()
    await play.settled()
    assert below(talk) == []
    assert "（已撤回）" in (await play.command(f"/history {talk.id}")).text
    await talk.says("能退吗")
    await talk.hears_nothing()


async def test_an_answer_that_came_first_stays(open_shop: OpenShop) -> None:
    """Accepted before the seller's line, told to us after it: it stands above, and nothing is taken back."""
    play, talk = await opened(open_shop)
    script = play.sandbox.breaks("sendMessage", Fault.SLOW, chat=talk.id)
    await talk.says("怎么保修")
    await script.struck.wait()
    while len(talk.order()) < 2:
        await play.sandbox.world.bell.next()
    await talk.owner.says("还有别的吗")
    script.release()
    await play.settled()
    assert [who for who, _ in talk.order()] == ["buyer", "bot", "seller"]


@pytest.mark.parametrize("seed", range(6))
async def test_nothing_automatic_stands_below_the_sellers_line(open_shop: OpenShop, seed: int) -> None:
    """Thirty chats at once; in each the seller types at some moment between the question and its answer."""
    play, first = await opened(open_shop)
    chosen = random.Random(seed)
    talks = [first, *(play.sandbox.talk(first.business.link, play.buyer()) for _ in range(29))]
    for talk in talks:
        await talk.says("怎么保修")
        for _ in range(chosen.randrange(4)):
            await play.sandbox.world.bell.until(lambda: True)
        if chosen.random() < 0.5:
            await rung(play, chosen.randrange(12))
        await talk.owner.says("一年")
    await play.settled()
    assert [below(talk) for talk in talks] == [[] for _ in talks]

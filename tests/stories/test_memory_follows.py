"""Memory never runs ahead of the tables: what a commit that failed was to change is not believed, and done once it stands."""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from typing import Any

from sandbox import groups
from store import DatabaseUnavailable
from store.writing import Unit
from tests.delivery.running import passing
from tests.play import OWNER, Play
from tests.stories.topics import forum, seat

TIMES = 2


@asynccontextmanager
async def away(play: Play, remembered: Callable[[], object]) -> AsyncIterator[None]:
    """What is handled meanwhile cannot be written at first; what memory holds at each try is as it was before."""
    write, before, tries = play.store.write, remembered(), list[object]()

    async def fails(unit: Unit) -> None:
        if len(tries) >= TIMES:
            return await write(unit)
        tries.append(remembered())
        raise DatabaseUnavailable("the disk is full")

    await play.settled()
    play.store.write = fails  # type: ignore[method-assign]
    yield
    await passing(play, 3, lambda: len(tries) == TIMES)
    await passing(play, 3, lambda: remembered() != before)
    await play.settled()
    play.store.write = write  # type: ignore[method-assign]
    assert tries == [before] * TIMES


async def test_a_language_that_could_not_be_written_is_not_spoken(play: Play) -> None:
    """/lang, and taking it back."""
    people = play.running.desk.people
    await play.cards()
    async with away(play, lambda: people.language_of(OWNER)):
        await play.owner.says("/lang en")
    said = await play.card()
    assert people.language_of(OWNER) == ("en", "")
    assert said.buttons == [["Undo"]]
    async with away(play, lambda: people.language_of(OWNER)):
        await play.owner.taps(0, on=said, wait=False)
    assert people.language_of(OWNER) == ("zh", "hans")


async def test_what_a_file_told_of_a_buyer_is_known_once_it_is_written(play: Play) -> None:
    """And what taking the file back makes of it."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    chat = await play.running.desk.chats.of_buyer(buyer.id)
    assert chat is not None
    await play.cards()
    await play.owner.sends_document(f"buyer,phone\n{buyer.id},13800001111\n".encode(), "customers.csv")
    preview = await play.card()
    async with away(play, lambda: chat.buyer.phone):
        await play.owner.taps(0, on=preview, wait=False)
    assert chat.buyer.phone == "13800001111"
    done = await play.card()
    async with away(play, lambda: chat.buyer.phone):
        await play.owner.taps(0, on=done, wait=False)
    assert chat.buyer.phone == ""


async def test_a_new_name_is_written_though_the_first_commit_failed(play: Play) -> None:
    """A buyer calls themselves something else: were it believed at once, it would never be written."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    chat = await play.running.desk.chats.of_buyer(buyer.id)
    assert chat is not None
    buyer.account.first_name = "新名字"
    async with away(play, lambda: chat.buyer.telegram_name):
        await buyer.says("怎么保修")
    kept = await play.store.buyers.get(buyer.id)
    assert kept is not None
    assert kept.telegram_name == chat.buyer.telegram_name == "新名字"


async def test_who_blocks_the_bot_is_out_of_reach_once_that_is_written(play: Play) -> None:
    """Blocked, and let in again."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    chat = await play.running.desk.chats.of_buyer(buyer.id)
    assert chat is not None
    async with away(play, lambda: chat.buyer.is_reachable):
        await buyer.blocks()
    assert not chat.buyer.is_reachable
    async with away(play, lambda: chat.buyer.is_reachable):
        await buyer.unblocks()
    assert chat.buyer.is_reachable


async def test_a_topic_is_closed_once_that_is_written(play: Play) -> None:
    """Closed by hand, and opened again."""
    group = await forum(play)
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    desk = await seat(play, group)
    topics = play.running.desk.forum.topics
    async with away(play, lambda: topics[buyer.id].closed_at is None):
        await desk.closes()
    assert topics[buyer.id].closed_at is not None
    async with away(play, lambda: topics[buyer.id].closed_at is None):
        await desk.reopens()
    assert topics[buyer.id].closed_at is None


async def test_the_group_is_the_inbox_until_its_loss_is_written(play: Play) -> None:
    """The bot is put out of the group."""
    group = await forum(play)
    desk = play.running.desk
    async with away(play, lambda: desk.forum.is_on):
        groups.set_standing(play.sandbox.world, group, play.owner.account, "kicked")
    assert not desk.forum.is_on


@asynccontextmanager
async def unkept(play: Play, about: str, remembered: Callable[[], object]) -> AsyncIterator[None]:
    """Whatever changes this table cannot be written at first, whoever writes it; memory stays as it was meanwhile."""
    write, before, tries = play.store.writer.write, remembered(), list[object]()

    async def fails(unit: Unit, *, may_wait: bool = False) -> Collection[Any]:
        if len(tries) >= TIMES or not any(f" {about} " in f"{one.statement} " for one in unit):
            return await write(unit, may_wait=may_wait)
        tries.append(remembered())
        raise DatabaseUnavailable("the disk is full")

    await play.settled()
    play.store.writer.write = fails  # type: ignore[method-assign]
    yield
    await passing(play, 3, lambda: len(tries) == TIMES)
    await passing(play, 3, lambda: remembered() != before)
    await play.settled()
    play.store.writer.write = write  # type: ignore[method-assign]
    assert tries == [before] * TIMES


async def test_a_new_topic_is_known_once_it_is_written(play: Play) -> None:
    """And a line that could not be shown at first is shown all the same, once, as are those behind it."""
    group = await forum(play)
    buyer, topics = play.buyer(), play.running.desk.forum.topics
    async with unkept(play, "topics", lambda: len(topics)):
        await buyer.says("在吗")
    async with unkept(play, "mirrors", lambda: dict(play.running.desk.forum.waits) or len(group.messages)):
        await buyer.says("怎么保修")
    await play.ask(buyer, "能退吗")
    desk = await seat(play, group)
    shown = "".join(one.text for one in await desk.hears_all())
    assert [shown.count(line) for line in ("在吗", "怎么保修", "能退吗")] == [1, 1, 1]
    assert len(group.topics) == 1


async def test_a_topic_made_anew_is_known_once_that_is_written(play: Play) -> None:
    """What a refusal tells of a topic is believed when it is kept."""
    group = await forum(play)
    buyer, topics = play.buyer(), play.running.desk.forum.topics
    await play.ask(buyer, "在吗")
    desk = await seat(play, group)
    await desk.deletes_topic()
    async with unkept(play, "topics", lambda: topics[buyer.id].generation):
        await buyer.says("怎么保修")
    again = await seat(play, group)
    assert "".join(one.text for one in await again.hears_all()).count("怎么保修") == 1
    (kept,) = await play.store.topics.of_group(group.id)
    assert kept == topics[buyer.id]

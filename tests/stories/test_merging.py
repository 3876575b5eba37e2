"""Two numbers, one person: the owner is shown both and asked, and then everything of the one is the other's."""

from pathlib import Path

import pytest

from ops.exporting import export
from ops.forgetting import forget_in_copies
from sandbox import Heard, Person
from sheets.export import write_csv
from store.messages import Who
from store.staff import Role
from tests.databases import POSTGRES
from tests.made_shop import in_language
from tests.ops.test_exporting_and_forgetting import holding, rows
from tests.play import Play
from tests.stories.orders import file, ordered, paid
from tests.stories.staff import gives, hire
from tests.stories.topics import forum, seat

YES, NO = {"zh": "合并", "en": "Merge"}, {"zh": "不合并", "en": "Leave them"}


async def two(play: Play) -> tuple[Person, Person]:
    """Two buyers who have written."""
    kept, gone = play.buyer(name="小林"), play.buyer(name="林二")
    for buyer in (kept, gone):
        await play.ask(buyer, f"我是{buyer.name}")
        await play.settled()
        await buyer.hears_all()
    return kept, gone


async def merged(play: Play, kept: Person, gone: Person) -> Heard:
    """The owner merges them; what is said then."""
    asked = await play.command(f"/merge {kept.id} {gone.id}")
    await play.owner.taps(YES["zh"], on=asked)
    return await play.card()


async def lines(play: Play, id: int) -> list[str]:
    """What the buyer of this number has said, in every chat of theirs."""
    person = await play.store.buyers.get(id)
    assert person is not None
    return [one.now_reads for one in await play.store.messages.history(person.id) if one.who is Who.BUYER]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_both_are_shown_and_it_is_asked(play: Play, language: str) -> None:
    """Names, numbers, orders and chats of both, and that it cannot be undone; [leave them] leaves them."""
    kept, gone = await two(play)
    await ordered(play, gone)
    if language == "en":
        await play.command("/lang en")
    asked = await play.command(f"/merge {kept.id} {gone.id}")
    for told in ("小林", "林二", str(kept.id), str(gone.id), in_language(language, "不能撤销", "cannot be undone")):
        assert told in asked.text
    assert in_language(language, "1 个订单", "orders: 1") in asked.text
    await play.owner.taps(NO[language], on=asked)
    await play.settled()
    answered = next(one for one in play.owner.sees if one.message_id == asked.message_id)
    assert in_language(language, "没有合并", "not merged") in answered.text
    assert not answered.buttons
    left = await play.store.buyers.get(gone.id)
    assert left is not None
    assert left.id == gone.id


async def test_everything_of_the_one_is_the_others(play: Play) -> None:
    """Chats, orders, the waiting list and reminders; the old number finds the one who stays, whose name stands."""
    kept, gone = await two(play)
    order = await paid(play, gone)
    await play.ask(gone, play.made.sold_out.title)
    await play.command(f"/later {gone.id} 2h 问尺码")
    done = await merged(play, kept, gone)
    assert "小林" in done.text
    assert "1 个订单" in done.text
    assert "2 个聊天" in done.text
    both = await lines(play, gone.id)
    assert both == await lines(play, kept.id)
    assert {"我是小林", "我是林二"} <= set(both)
    assert str(kept.id) in (await play.command(f"/order {order}")).text
    assert str(kept.id) in (await play.command("/queue")).text
    for number in (kept.id, gone.id):
        history = (await play.command(f"/history {number}")).text
        assert "我是小林" in history
        assert "我是林二" in history
    assert order in (await play.ask(kept, "我的订单呢")).text
    await play.settled()
    await play.cards()
    await play.ask(gone, "转人工")
    card = await play.card()
    assert "小林" in card.text
    assert str(kept.id) in card.text
    await play.owner.replies_to(card, "在的，您说")
    assert (await gone.hears()).text == "在的，您说"
    assert await kept.hears_all() == []
    person = await play.store.buyers.get(kept.id)
    assert person is not None
    assert person.telegram_name == "小林"
    assert person.id == kept.id


async def test_a_file_may_name_the_old_number(play: Play) -> None:
    """What customers.csv and orders.csv tell of the number that was merged is told of the one who stays."""
    kept, gone = await two(play)
    await merged(play, kept, gone)
    await play.imports("customers.csv", f"buyer,phone,grade\n{gone.id},13800001111,A\n".encode())
    row = f"777001,{gone.id},{play.made.plenty.sku},1,,,,,,,,"
    await play.imports("orders.csv", file(row))
    person = await play.store.buyers.get(kept.id)
    chat = await play.running.desk.chats.of_buyer(kept.id)
    assert person is not None
    assert chat is not None
    assert (person.phone, person.grade) == (chat.buyer.phone, chat.buyer.grade) == ("13800001111", "A")
    order = await play.store.orders.get("777001")
    assert order is not None
    assert order.buyer_id == kept.id
    again = await play.command("/order 777001")
    assert str(kept.id) in again.text


async def test_who_blocks_the_bot_on_one_phone_is_reached_on_the_other(play: Play) -> None:
    """Only that chat is left alone."""
    kept, gone = await two(play)
    await merged(play, kept, gone)
    await gone.blocks()
    await play.settled()
    chat = await play.running.desk.chats.find(kept.id)
    person = await play.store.buyers.get(kept.id)
    assert chat is not None
    assert person is not None
    assert chat.buyer.is_reachable
    assert person.is_reachable


async def test_buttons_work_in_the_chat_that_went_over(play: Play) -> None:
    """Those made before, and those made since."""
    kept, gone = await two(play)
    await gone.says("/notify")
    before = await gone.hears()
    await merged(play, kept, gone)
    await gone.taps(0, on=before)
    await gone.says("/notify")
    since = await gone.hears()
    answer = await gone.taps(0, on=since)
    assert "失效" not in answer
    assert set((await play.store.buyers.switches(kept.id)).values()) == {True}


async def test_it_holds_over_a_restart_and_in_the_chats_in_memory(play: Play) -> None:
    """Whoever of the two writes, it is one person, before a restart and after it."""
    kept, gone = await two(play)
    await merged(play, kept, gone)
    for _ in range(2):
        for buyer in (gone, kept):
            chat = await play.running.desk.chats.find(buyer.id)
            assert chat is not None
            assert (chat.buyer.id, chat.conversation.buyer_id) == (kept.id, kept.id)
            await play.ask(buyer, "在吗")
        await play.restart()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_cannot_be_merged_is_told_why(play: Play, language: str) -> None:
    """One number, one twice, nobody, one of the shop's people, who is blocked, and who was merged already."""
    kept, gone = await two(play)
    third = play.buyer(name="阿三")
    await play.ask(third, "在吗")
    if language == "en":
        await play.command("/lang en")

    async def told(words: str, zh: str, en: str) -> None:
        heard = await play.command(f"/merge {words}")
        assert in_language(language, zh, en) in heard.text
        assert not heard.buttons

    await told("", "两个买家号", "two buyers")
    await told(f"{kept.id}", "两个买家号", "two buyers")
    await told(f"{kept.id} 小林", "两个买家号", "two buyers")
    await told(f"{kept.id} {kept.id}", "同一个买家号", "the same number")
    await told(f"{kept.id} 999", "999", "999")
    await told(f"{kept.id} {play.owner.id}", str(play.owner.id), str(play.owner.id))
    await play.command(f"/block {gone.id}")
    await told(f"{kept.id} {gone.id}", f"/unblock {gone.id}", f"/unblock {gone.id}")
    await play.command(f"/unblock {gone.id}")
    asked = await play.command(f"/merge {kept.id} {gone.id}")
    await play.owner.taps(YES[language], on=asked)
    await play.settled()
    await told(f"{kept.id} {gone.id}", "早就合并过", "merged already")
    await told(f"{gone.id} {third.id}", f"请直接写 {kept.id}", f"please write {kept.id}")


async def test_what_has_changed_since_it_was_asked_stands_in_the_way(play: Play) -> None:
    """Blocked between the question and the tap; and a second tap merges nothing twice."""
    kept, gone = await two(play)
    asked = await play.command(f"/merge {kept.id} {gone.id}")
    await play.command(f"/block {kept.id}")
    await play.cards()
    await play.owner.taps(YES["zh"], on=asked)
    assert "没有合并" in (await play.card()).text
    left = await play.store.buyers.get(gone.id)
    assert left is not None
    assert left.id == gone.id
    await play.command(f"/unblock {kept.id}")
    asked, again = await play.command(f"/merge {kept.id} {gone.id}"), await play.command(f"/merge {gone.id} {kept.id}")
    await play.owner.taps(YES["zh"], on=asked)
    assert "合并好了" in (await play.card()).text
    await play.owner.taps(YES["zh"], on=again)
    assert "没有合并" in (await play.card()).text
    left = await play.store.buyers.get(gone.id)
    assert left is not None
    assert left.id == kept.id


async def test_it_is_the_owners_alone(play: Play) -> None:
    """A manager gets what anybody gets for a command that does not exist."""
    kept, gone = await two(play)
    manager = await hire(play, Role.MANAGER)
    assert "没看懂" in (await gives(play, manager, f"/merge {kept.id} {gone.id}")).text


async def test_the_topic_of_who_went_over_is_closed(play: Play) -> None:
    """It says where to look, and what the buyer writes then is shown in the other one's topic."""
    group = await forum(play)
    kept, gone = await two(play)
    theirs, stays = await seat(play, group, "林二"), await seat(play, group, "小林")
    await stays.hears_all()
    await theirs.hears_all()
    asked = await play.command(f"/merge {kept.id} {gone.id}")
    await play.owner.taps(YES["zh"], on=asked)
    await play.settled()
    assert str(kept.id) in "".join(one.text for one in await theirs.hears_all())
    assert next(one for one in group.topics.values() if "林二" in one.name).is_closed
    await play.ask(gone, "转人工")
    await play.settled()
    assert "转人工" in "".join(one.text for one in await stays.hears_all())
    assert await theirs.hears_all() == []
    await stays.says("这边看到了")
    assert (await gone.hears()).text == "这边看到了"


@pytest.mark.parametrize("by", ["kept", "gone"])
async def test_row_50_export_and_forget_reach_both(play: Play, tmp_path: Path, by: str) -> None:
    """By either number; the daily copies too, those from before the merging among them."""
    kept, gone = await two(play)
    number = kept.id if by == "kept" else gone.id
    copies = play.folder / "backups"
    if not POSTGRES:  # which has its own
        await play.store.backup(copies / "shop-2026-11-01.db")
    await merged(play, kept, gone)
    counts = await export(play.store, tmp_path / "out", write_csv, number)
    assert counts["buyers"] == 2
    said = {row["text"] for row in rows(tmp_path / "out" / "messages.csv") if row["who"] == "buyer"}
    assert said == {"我是小林", "我是林二"}
    numbers = await play.store.buyers.numbers(number)
    assert sorted(numbers) == sorted([kept.id, gone.id])
    await play.store.forget(number)
    for one in (kept, gone):
        assert await play.store.buyers.get(one.id) is None
    assert await play.store.messages.history(kept.id) == []
    entries = await play.store.audit.latest(100)
    assert not [one for one in entries if one.about in (f"buyer:{kept.id}", f"buyer:{gone.id}")]
    if not POSTGRES:
        assert await forget_in_copies(copies, *numbers) == 1
        assert holding(copies, "我是") == []

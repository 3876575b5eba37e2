"""Every change a seller makes says what changed and is taken back by one tap, unless something came after it."""

import pytest

from sandbox import Heard
from tests.play import Play
from tests.stories.orders import met, paid

UNDO = "撤销"


async def undone(play: Play, told: Heard) -> str:
    """The seller takes it back; what the bot says then."""
    await play.cards()
    await play.owner.taps(UNDO, on=told)
    return (await play.card()).text


async def answers(play: Play, *buyers: object) -> list[bool]:
    """Whether each of these buyers is answered by the bot now."""
    heard = []
    for buyer in buyers:
        await buyer.says("怎么保修")  # type: ignore[attr-defined]
        heard.append(bool(await buyer.hears_all(timeout=20)))  # type: ignore[attr-defined]
    return heard


async def test_a_chat_goes_back_to_whoever_had_it(play: Play) -> None:
    """Taken, released, switched off and on: each undo brings back what was, and the bot speaks or is silent accordingly."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    taken = await play.command(f"/take {buyer.id}")
    assert "由机器人接待" in await undone(play, taken)
    assert await answers(play, buyer) == [True]
    await play.command(f"/take {buyer.id}")
    released = await play.command(f"/release {buyer.id}")
    assert "由店主接待" in await undone(play, released)
    assert await answers(play, buyer) == [False]
    off = await play.command(f"/bot off {buyer.id}")
    assert "由店主接待" in await undone(play, off)
    await play.command(f"/bot off {buyer.id}")
    on = await play.command(f"/bot on {buyer.id}")
    assert "机器人不出声" in await undone(play, on)
    assert await answers(play, buyer) == [False]


async def test_a_chat_that_changed_since_is_left_alone(play: Play) -> None:
    """An undo that comes too late says so and changes nothing; so does a second tap."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    taken = await play.command(f"/take {buyer.id}")
    await play.command(f"/release {buyer.id}")
    assert "不能撤销" in await undone(play, taken)
    off = await play.command(f"/bot off {buyer.id}")
    await undone(play, off)
    await play.owner.taps(UNDO, on=off)
    assert await play.cards() == []
    assert await answers(play, buyer) == [True]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/take", "由店主接待"),
        ("/release", "由机器人接待"),
        ("/bot on", "由机器人接待"),
        ("/bot off", "机器人不出声"),
        ("/block", "本来就拉黑了"),
    ],
)
async def test_what_stands_already_is_not_changed_again(play: Play, command: str, said: str) -> None:
    """The second time it says that it is so already, and offers no undo that would take back the first."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    await play.command(f"{command} {buyer.id}")
    again = await play.command(f"{command} {buyer.id}")
    assert "本来就" in again.text
    assert said in again.text
    assert again.buttons == []


async def test_here_and_away_are_taken_back(play: Play) -> None:
    """What was said before counts again, with its own end; later words make the undo too late."""
    here = await play.command("/here 5h")
    away = await play.command("/away 30m")
    assert "您在店里，到今天 15:00" in await undone(play, away)
    await play.command("/here 1h")
    assert "不能撤销" in await undone(play, here)
    fresh = await play.command("/away")
    assert "您在店里" in await undone(play, fresh)
    assert "在店里" in (await play.ask(play.buyer(), "在吗")).text


async def test_the_first_word_is_taken_back_to_the_hours(play: Play) -> None:
    """With nothing said before, buyers hear the opening hours again."""
    here = await play.command("/here")
    assert "照营业时间" in await undone(play, here)
    assert "在店里" not in (await play.ask(play.buyer(), "在吗")).text


async def test_a_block_is_taken_back_and_that_is_said(play: Play) -> None:
    """Under the command and under a tap on the card alike."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    blocked = await play.command(f"/block {buyer.id}")
    assert await answers(play, buyer) == [False]
    assert "放出来了" in await undone(play, blocked)
    assert await answers(play, buyer) == [True]
    await buyer.says("不退钱我就给差评，等着瞧")
    await play.settled()
    alarm = next(one for one in play.owner.sees if any("拉黑" in row for row in one.buttons))
    await play.cards()
    await play.owner.taps("拉黑", on=alarm)
    told = await play.card()
    assert "已拉黑" in told.text
    assert "放出来了" in await undone(play, told)


async def test_a_picture_is_taken_back(play: Play) -> None:
    """The item has as many as before."""
    one = play.made.plenty
    before = (await play.command(f"/item {one.sku}")).text
    await play.cards()
    await play.owner.sends_photo(caption=f"/item {one.sku}")
    added = await play.card()
    assert "加了一张图" in added.text
    assert "已撤销" in await undone(play, added)
    assert (await play.command(f"/item {one.sku}")).text == before


async def test_what_is_equal_is_no_change(play: Play) -> None:
    """A stock or a price set to what it is: said so, without an undo."""
    one = play.made.plenty
    for command in (f"/stock {one.sku} {one.stock}", f"/price {one.sku} {one.price}"):
        told = await play.command(command)
        assert "本来就是" in told.text
        assert told.buttons == []


async def test_an_undo_says_what_stands_again(play: Play) -> None:
    """In words, with the goods by name: stock, price, floor, ladder, a note, a reminder, the morning's summary."""
    one = play.made.plenty
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    for command, said in (
        (f"/stock {one.sku} {int(one.stock) + 1}", f"库存又是 {one.stock}"),
        (f"/price {one.sku} {one.price + 1}", "价格又是"),
        (f"/floor {one.sku} none", "又没有底价了"),
        (f"/ladder {one.sku} gift=杯刷", "台阶又是：没有"),
        (f"/later {buyer.id} 2h", "已撤销，不会提醒了"),
        ("/digest on", "不再发小结"),
    ):
        told = await play.command(command)
        answer = await undone(play, told)
        assert said in answer, command
        assert "/" not in answer.replace("/digest", ""), command


async def test_in_english_too(play: Play) -> None:
    """Sentences that begin as sentences do, and say what stands."""
    buyer = play.buyer("en", "Mary")
    await play.ask(buyer, "hello")
    await play.command("/lang en")
    taken = await play.command(f"/take {buyer.id}")
    assert "Mary is yours" in taken.text
    await play.cards()
    await play.owner.taps("Undo", on=taken)
    assert (await play.card()).text == "Undone: the bot serves Mary again."
    assert (await play.command(f"/release {buyer.id}")).text == "Nothing was changed: the bot serves Mary already."


async def test_a_parcel_is_followed_again(play: Play) -> None:
    """Ended, lost or paused by mistake: the undo follows it again, and the diary names the parcel."""
    buyer, number = play.buyer(), "73123456789012"
    await play.ask(buyer, "在吗")
    await play.command(f"/order new {buyer.id} {play.made.plenty.sku} 1")
    (order,) = await play.store.orders.of_buyer(buyer.id)
    await play.command(f"/order {order.order_no} paid")
    await play.command(f"/ship {order.order_no} 中通 {number}")
    for how in ("pause", "done", "lost"):
        ended = await play.command(f"/parcel {number} {how}")
        ended = next(one for one in [ended, *await play.cards()] if one.buttons == [[UNDO]])
        assert "又接着跟了" in await undone(play, ended)
        (parcel,) = await play.store.parcels.of_number(number)
        assert (parcel.state.value, parcel.outcome) == ("live", "")
    assert f"暂停跟包裹 {number}" in (await play.command("/diary")).text


async def test_a_language_is_taken_back(play: Play) -> None:
    """Chosen by mistake: one tap, and the chat speaks as before; chosen again since, the undo comes too late."""
    english = await play.command("/lang en")
    assert english.buttons == [["Undo"]]
    await play.cards()
    await play.owner.taps("Undo", on=english)
    assert "简体" in (await play.card()).text
    assert "没有" in (await play.command("/order")).text
    assert (await play.command("/lang zh")).buttons == []
    english = await play.command("/lang en")
    await play.command("/lang zh_hant")
    await play.owner.taps("Undo", on=english)
    assert "不能撤銷" in (await play.card()).text


async def test_what_no_buyer_was_told_is_taken_back(play: Play) -> None:
    """A delay, a piece left out and another mistake, noted while the buyer cannot be reached: each undo makes it as it was."""
    buyer = await met(play)
    number = await paid(play, buyer)
    await play.command(f"/block {buyer.id}")
    before = await play.store.orders.get(number)
    assert before is not None
    promised = await play.store.promises.of_order(number)
    for command, said in (
        (f"/late {number} 周日前", "还是原来的时间"),
        (f"/short {number} {play.made.plenty.sku}", "不记漏发了"),
        (f"/sorry {number} 颜色发错了", "这笔差错不记了"),
    ):
        told = await play.command(command)
        assert "收不回来" not in told.text
        assert said in await undone(play, told), command
        assert await play.store.mistakes.of_order(number) == []
        assert await play.store.promises.of_order(number) == promised
    after = await play.store.orders.get(number)
    assert after is not None
    assert (after.state, after.ship_by, after.due_at) == (before.state, before.ship_by, before.due_at)
    late = await play.command(f"/late {number} 周日前")
    await play.command(f"/order {number} note 加贺卡")
    assert "不能撤销" in await undone(play, late)


async def test_what_a_buyer_has_read_is_not_unsaid(play: Play) -> None:
    """Told of a delay, a missing piece, a mistake, or declined: the confirmation says that the words stand, and offers no undo."""
    buyer = await met(play)
    number = await paid(play, buyer)
    for command in (
        f"/late {number} 周日前",
        f"/short {number} {play.made.plenty.sku}",
        f"/sorry {number}",
        f"/decline {buyer.id}",
    ):
        told = await play.command(command)
        assert "收不回来" in told.text, command
        assert not any(UNDO in row for row in told.buttons), command

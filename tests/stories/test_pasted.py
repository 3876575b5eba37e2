"""What a phone makes of a command: pasted marks and digits, words too many, a picture without words, a line passed on."""

import re

from store.staff import Member, Role
from tests.made_shop import picture
from tests.play import OWNER, Play


async def test_marks_and_digits_of_another_script_are_read(play: Play) -> None:
    """Pasted between marks, or typed in full width, a number or an item's number is itself."""
    sku, buyer = play.made.plenty.sku, play.buyer()
    wide = "".join(chr(ord(one) + 0xFEE0) for one in sku)
    await play.ask(buyer, "转人工")
    for said, told in (
        (f"/stock “{sku}” 7", "→ 7"),
        (f"/stock `{sku.lower()}` ８", "→ 8"),
        (f"/stock {wide} ９", "→ 9"),
        (f"/take {str(buyer.id).translate({48 + n: 0xFF10 + n for n in range(10)})}", "机器人不出声"),
        (f"/history “{buyer.id}”", "转人工"),
        (f"/order new {buyer.id} {sku} 两", "× 2"),
        (f"/order new {buyer.id} {sku} 3 件", "× 3"),
    ):
        assert told in (heard := await play.command(said)).text, (said, heard.text)


async def test_what_is_too_many_is_named(play: Play) -> None:
    """One sentence says which words are not wanted; a name is answered with its number, for an order too; nothing changes."""
    sku, other, buyer = play.made.plenty.sku, play.made.sister.sku, play.buyer(name="小林")
    await play.ask(buyer, "转人工")
    for said, told in (
        (f"/history {buyer.id} 5", "多了“5”"),
        (f"/take {buyer.id} 20009", "多了“20009”"),
        (f"/price {sku} 60 70", "多了“70”"),
        (f"/floor {sku} 60 70", "多了“70”"),
        (f"/order new {buyer.id} {sku} 1 {other} 2", f"多了“{other} 2”，一张单只写一种货"),
        (f"/order new 小林 {sku}", f"叫“小林”的：小林 {buyer.id}"),
        (f"/order new {buyer.id} {sku} 0", "“0”不是数量"),
        ("/ship 77 中通 73123456789012", "没有订单 77。看看还没完的：/order"),
    ):
        assert told in (heard := await play.command(said)).text, (said, heard.text)
    assert await play.store.orders.of_buyer(buyer.id) == []


async def test_a_number_pasted_in_groups_is_one(play: Play) -> None:
    """7312 3456 7890 12 is the number of one parcel; two whole numbers are two parcels."""
    buyer, sku = play.buyer(), play.made.plenty.sku
    await play.ask(buyer, "在吗")
    for pasted, kept in (
        ("7312 3456 7890 12", ["73123456789012"]),
        ("73123456789013 73123456789014", ["73123456789013", "73123456789014"]),
    ):
        made = await play.command(f"/order new {buyer.id} {sku}")
        (order_no,) = re.findall(r"订单 (\d+)，", made.text)
        await play.command(f"/order {order_no} paid")
        assert "发好了" in (await play.command(f"/ship {order_no} 中通 {pasted}")).text
        assert sorted(one.number for one in await play.store.parcels.of_order(order_no)) == kept


async def test_a_whole_album_goes_to_the_item(play: Play) -> None:
    """The caption stands on the first picture alone; the others are added all the same, each with an undo of its own."""
    one = play.made.unknown
    await play.cards()
    pictures = [picture(f"new-{number}") for number in range(3)]
    await play.owner.sends_album(pictures, f"/item {one.sku}")
    said = await play.cards()
    assert [card.buttons for card in said] == [[["撤销"]]] * 3
    assert f"共 {len(one.pictures) + 3} 张" in said[-1].text
    await play.owner.sends_album(pictures)
    assert ["/item 货号" in card.text for card in await play.cards()] == [True] * 3


async def test_a_command_passed_on_is_told_of(play: Play) -> None:
    """It is not run, and the seller is told to type it."""
    sku = play.made.plenty.sku
    await play.cards()
    await play.owner.forwards(f"/stock {sku} 1")
    assert "转发来的命令" in (await play.card()).text
    assert await _stock(play, sku) != 1


async def test_whoever_has_had_enough_leaves_the_setup(play: Play) -> None:
    """ "取消" is no name for a shop; /setup goes on from the same question, and other lines answer nothing meanwhile."""
    name = play.running.desk.shelf.now.shop.name
    assert "(1/6)" in (await play.command("/setup")).text
    assert "/setup" in (await play.command("取消")).text
    assert "没看懂" in (await play.command("好的好的")).text
    assert play.running.desk.shelf.now.shop.name == name
    await play.owner.taps(0, on=await play.command("/setup"))
    assert "(2/6)" in (await play.card()).text
    assert "接着来" in (await play.command("算了。")).text
    assert "(2/6)" in (await play.command("/setup")).text


async def test_who_may_only_look_sees_no_buttons_to_act(play: Play) -> None:
    """A viewer is offered what a viewer may tap, and nothing that would be refused."""
    buyer = play.buyer()
    await play.ask(buyer, "转人工")
    viewer = play.sandbox.person("阿看", id=501)
    member = Member(viewer.id, Role.VIEWER, play.clock.now(), f"owner:{OWNER}", viewer.name)
    await play.store.write([play.store.staff.add(member)])
    await play.running.desk.people.read()
    await viewer.start()
    await viewer.hears()
    await viewer.says("/inbox")
    listed = await viewer.hears()
    assert listed.buttons == [["打开 1"]]
    await viewer.taps(0, on=listed)
    assert (await viewer.hears()).buttons == []


async def test_blocking_counts_in_every_chat_of_the_buyer(play: Play) -> None:
    """Two numbers of one person: blocked is blocked on both phones, and served again on both; each can be undone."""
    one, other = play.buyer(name="小林"), play.buyer(name="小林二")
    await play.ask(one, "在吗")
    await play.ask(other, "在吗")
    await play.owner.taps(0, on=await play.command(f"/merge {one.id} {other.id}"))
    await play.command(f"/block {one.id}")
    for phone in (one, other):
        await phone.hears_all()
        await phone.says("怎么保修")
        await phone.hears_nothing()
    served = await play.command(f"/unblock {one.id}")
    for phone in (one, other):
        assert "保" in (await play.ask(phone, "怎么保修")).text
    await play.owner.taps("撤销", on=served)
    assert "已拉黑" in (await play.card()).text
    for phone in (one, other):
        await phone.says("能退吗")
        await phone.hears_nothing()


async def test_who_plays_the_buyer_is_told_how_to_end_it(play: Play) -> None:
    """A command of the seller's in the midst of /test does nothing, and says why."""
    sku = play.made.plenty.sku
    await play.command("/test")
    assert "/test off" in (await play.command(f"/stock {sku} 1")).text
    assert await _stock(play, sku) != 1
    assert "掌柜" in (await play.command("/test off")).text


async def _stock(play: Play, sku: str) -> int | None:
    one = (await play.store.catalogue.load()).get(sku)
    assert one is not None
    return one.stock


async def test_goods_named_in_words_are_answered_with_their_number(play: Play) -> None:
    """Where a number is wanted, the words for the goods are answered with it; words for many goods are not."""
    one = play.made.pair[0]
    heard = await play.command(f"/stock {one.variant}{one.title} 5")
    assert f"是不是 {one.sku}" in heard.text
    assert "是不是" not in (await play.command("/stock 宇宙飞船 5")).text

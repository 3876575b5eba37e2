"""Goods are taken off the shelf and put back: buyers are answered as if they were not there, and nothing else is lost."""

from dataclasses import replace

from store.staff import Role
from tests.made_shop import HEADER
from tests.play import Play, numbers
from tests.stories.staff import gives, hire


async def test_what_is_off_the_shelf_is_not_offered(play: Play) -> None:
    """Nobody hears its price, an order for it goes on, and /item SKU on or the undo brings it back as it was."""
    made, buyer = play.made, play.buyer()
    one = made.lonely
    await play.ask(buyer, "在吗")
    await play.command(f"/order new {buyer.id} {one.sku} 1")
    (order,) = await play.store.orders.of_buyer(buyer.id)
    await buyer.hears_all()
    off = await play.command(f"/item {one.sku} off")
    assert "下架了" in off.text
    assert one.price not in numbers((await play.ask(play.buyer(), f"{one.title}多少钱")).text)
    assert "没有" in (await play.command(f"/item {one.sku}")).text
    assert "没有改动" in (await play.command(f"/item {one.sku} 下架")).text
    assert "到账" in (await play.command(f"/order {order.order_no}")).buttons[0][0]
    assert order.order_no in (await play.command(f"/order {order.order_no} paid")).text
    await buyer.hears_all()
    assert "上架了" in (await play.command(f"/item {one.sku.lower()} on")).text
    assert one.price in numbers((await play.ask(play.buyer(), f"{one.title}多少钱")).text)
    again = await play.command(f"/item {one.sku} off")
    await play.owner.taps("撤销", on=again)
    assert "上架了" in (await play.card()).text
    assert one.price in numbers((await play.ask(play.buyer(), f"{one.title}多少钱")).text)
    await play.owner.taps("撤销", on=off)
    assert "不能撤销" in (await play.card()).text


async def test_a_file_brings_it_back(play: Play) -> None:
    """What a catalogue names is on the shelf; taken back, it is off again."""
    one = play.made.lonely
    await play.command(f"/item {one.sku} off")
    done = await play.imports("catalogue.csv", f"{HEADER}\n{replace(one, price=one.price + 1).row()}".encode())
    assert numbers(done.text) == [1, 0, 0]
    assert str(one.price + 1) in (await play.command(f"/price {one.sku}")).text.replace(",", "")
    await play.owner.taps("撤销", on=done)
    assert "已撤销" in (await play.card()).text
    assert "没有" in (await play.command(f"/item {one.sku}")).text


async def test_who_only_looks_changes_no_shelf(play: Play) -> None:
    """A viewer's off is a search, and finds nothing."""
    viewer, one = await hire(play, Role.VIEWER), play.made.lonely
    await gives(play, viewer, f"/item {one.sku} off")
    assert one.title in (await play.command(f"/item {one.sku}")).text
    assert "没有" in (await play.command("/item NO-SUCH off")).text

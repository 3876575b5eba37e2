"""Commands as a seller types them on a phone, in a hurry: what is meant is done, and what is not clear says what is missing."""

import pytest

from tests.play import Play


@pytest.mark.parametrize(
    "typed",
    [
        "/stock 23 {sku}",
        "/stock {sku}，23",
        "/stock {sku}=23",
        "/stock {sku} = 23",
        "/stock {sku} 23件",
        "/stock {sku} 23 pcs",
        "库存 {sku} 二十三",
    ],
)
async def test_a_stock_is_understood_however_it_is_typed(play: Play, typed: str) -> None:
    """In the other order, with a sign or a unit too many, or in Chinese figures."""
    sku = play.made.plenty.sku
    assert "→ 23" in (await play.command(typed.format(sku=sku))).text
    assert (await play.store.catalogue.load()).by_sku[sku].stock == 23


@pytest.mark.parametrize(
    "typed", ["/price {sku} 321元", "/price {sku} 321 yuan", "/price 321 {sku}", "/price {sku}: ￥321"]
)
async def test_a_price_is_understood_however_it_is_typed(play: Play, typed: str) -> None:
    """With its currency before it, behind it, or as a word of its own."""
    sku = play.made.plenty.sku
    assert "→ ¥321" in (await play.command(typed.format(sku=sku))).text


async def test_a_price_of_nought_is_warned_of_in_a_line_of_its_own(play: Play) -> None:
    """In both languages."""
    sku = play.made.unknown.sku
    assert "→ ¥0。\n标价是 0" in (await play.command(f"/price {sku} 0")).text
    await play.command("/lang english")
    await play.command(f"/price {sku} 5")
    assert ".\nAt 0 buyers" in (await play.command(f"/price {sku} 0")).text


async def test_goods_are_found_by_their_name(play: Play) -> None:
    """In either language, also by an English reader; where a number is wanted, the number of that name is told."""
    made = play.made.plenty
    assert made.sku in (await play.command(f"/item {made.title_en}")).text
    assert made.sku in (await play.command(f"/price {made.title} 60")).text


async def test_a_buyer_named_instead_of_numbered_is_told_by_number(play: Play) -> None:
    """The command does nothing, since names may be shared; the number to use stands in the sentence."""
    buyer = play.buyer("zh", "阿泽")
    await play.ask(buyer, "你好")
    told = (await play.command("/block 阿泽")).text
    assert f"阿泽 {buyer.id}" in told
    found = await play.store.buyers.get(buyer.id)
    assert found is not None
    assert not found.is_blocked


async def test_on_and_off_are_understood_in_either_place(play: Play) -> None:
    """/bot and /digest, in both languages."""
    buyer = play.buyer()
    await play.ask(buyer, "你好")
    assert "不再出声" in (await play.command(f"/bot {buyer.id} 关")).text
    assert "继续接待" in (await play.command(f"/bot 开 {buyer.id}")).text
    assert "每天开门" in (await play.command("/digest 开")).text


async def test_ship_says_what_is_missing(play: Play) -> None:
    """The number before its carrier is understood; what is not there is named."""
    buyer = play.buyer()
    await play.ask(buyer, "你好")
    await play.command(f"/order new {buyer.id} {play.made.plenty.sku}")
    (order,) = await play.store.orders.of_buyer(buyer.id)
    await play.command(f"/order {order.order_no} paid")
    carrier = play.made.carrier[1]
    assert "还差单号" in (await play.command(f"/ship {order.order_no} {carrier}")).text
    assert "发什么快递" in (await play.command(f"/ship {order.order_no}")).text
    assert "发好了" in (await play.command(f"/ship {order.order_no} 73123456789012 中通")).text
    assert "已签收" in (await play.command("/parcel 73123456789012 飞了")).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/stats 速度", "回复速度"),
        ("/later 2h {buyer} 问尺码", "问尺码"),
        ("/later {buyer} half an hour call", "call"),
        ("/here until 6", "18:00"),
        ("/here three hours", "13:00"),
        ("/lang 英文", "English"),
    ],
)
async def test_other_slips(play: Play, typed: str, told: str) -> None:
    """Reports by their Chinese names, the time before the buyer, lengths in words, an hour without a sign."""
    buyer = play.buyer()
    await play.ask(buyer, "你好")
    assert told in (await play.command(typed.format(buyer=buyer.id))).text

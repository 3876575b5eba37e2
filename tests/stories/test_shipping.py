"""Sending a parcel off: one message when it leaves, and what is wrong with a shipment is said."""

from core.orders import State
from tests.made_shop import in_language
from tests.play import LANGUAGES, Play
from tests.stories.parcels import YTO, an_order


async def test_one_message_when_it_leaves(shop: Play) -> None:
    """Number with a button that copies it, carrier, days, the delivery note taken over — once, however often it is said."""
    for n, language in enumerate(LANGUAGES):
        buyer = shop.buyer(language)
        await an_order(shop, buyer, f"20{n}", note="送货前打电话")
        card = await shop.command(f"/ship 20{n} {shop.made.carrier[1][:2]} 7312345678901{n}")
        assert "送货前打电话" in card.text
        heard = await shop.only(buyer)
        assert f"7312345678901{n}" in heard.text
        assert shop.made.carrier_in(language) in heard.text
        assert in_language(language, f"{shop.made.transit[0]}", "day") in heard.text
        assert in_language(language, "送货前打电话", "送货前打电话") in heard.text
        assert heard.links[in_language(language, "复制单号", "Copy the number")] == f"7312345678901{n}"
        again = await shop.command(f"/ship 20{n} {shop.made.carrier[1][:2]} 7312345678901{n}")
        assert "已经发过" in again.text
        assert await buyer.hears_all() == []
    order = await shop.store.orders.get("200")
    assert order is not None
    assert order.state is State.SHIPPED


async def test_what_is_wrong_with_a_shipment_is_said(shop: Play) -> None:
    """A mistyped number, another company's, an unknown carrier or order: a sentence, and nothing is sent."""
    buyer = shop.buyer()
    await an_order(shop, buyer)
    for words, said in (
        ("1001 邮政 RR123456786CN", "校验位"), ("1001 中通 SF1234567890123", "顺丰"), ("1001 不存在快递 123456789", "没有找到快递"),
        ("9999 中通 73123456789012", "没有订单"), ("1001 中通 12345!", "不像单号"), ("1001", "发什么快递"), ("1001 中通", "还差单号"), ("", "要写"),
    ):  # fmt: skip
        assert said in (await shop.command(f"/ship {words}")).text, words
    assert await buyer.hears_all() == []
    assert await shop.store.parcels.of_order("1001") == []


async def test_the_carrier_is_guessed_where_it_can_be(shop: Play) -> None:
    """A number that names its company needs no more; one that may be several's brings buttons."""
    buyer = shop.buyer()
    await an_order(shop, buyer)
    await shop.command(f"/ship 1001 {YTO}")
    assert "圆通" in (await shop.only(buyer)).text
    which = await shop.command("/ship 1001 3123456789012")
    if which.buttons != [["撤销"]]:
        await shop.owner.taps(0, on=which)
        await shop.settled()
        assert "3123456789012" in (await shop.only(buyer)).text


async def test_a_stranger_may_not_ship(play: Play) -> None:
    """/ship and /parcel of somebody else are commands that do not exist."""
    buyer = play.buyer()
    for words in ("/ship 1001 中通 73123456789012", f"/parcel {YTO} done"):
        heard = await play.ask(buyer, words)
        assert "不认识" in heard.text
    assert await play.store.parcels.of_number("73123456789012") == []

"""A buyer and their own orders: how far it is, paying, changing it, and what is nobody else's business."""

import re

import pytest

from sandbox import Person
from tests.made_shop import in_language
from tests.play import LANGUAGES, Play
from tests.stories.orders import met, number_in, ordered, paid, stock

WHERE = ("我的订单到哪了", "where is my order?")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_is_my_order(play: Play, language: str) -> None:
    """Asked in words, by its number or with /order, it is answered from the order, at every state."""
    buyer = await met(play, language)
    assert in_language(language, "还没有订单", "no orders") in (await play.ask(buyer, "/order")).text
    number = await ordered(play, buyer)
    await buyer.hears_all()
    for words in (in_language(language, *WHERE), number, "/order", f"/order {number}"):
        heard = await play.ask(buyer, words)
        assert number in heard.text
        assert in_language(language, "还没付款", "not paid for yet") in heard.text
        assert play.made.plenty.named(language) in heard.text
    await play.command(f"/order {number} paid")
    await buyer.hears_all()
    heard = await play.ask(buyer, in_language(language, *WHERE))
    assert in_language(language, "今天发出", "leaves today") in heard.text
    await play.command(f"/order {number} cancel")
    await buyer.hears_all()
    assert in_language(language, "已经取消", "cancelled") in (await play.ask(buyer, number)).text


async def test_an_order_of_somebody_else_is_not_there(play: Play) -> None:
    """Another's number gets the very answer of a number that does not exist; nothing of it is revealed."""
    buyer, stranger = await met(play), await met(play)
    number = await ordered(play, buyer)
    nowhere = "2611209999" if number != "2611209999" else "2611209998"
    for words in ("{}", "/order {}", "订单{}到哪了"):
        theirs = await play.ask(stranger, words.format(number))
        none = await play.ask(stranger, words.format(nowhere))
        assert theirs.text == none.text.replace(nowhere, number)
        assert play.made.plenty.title not in theirs.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_i_have_paid(play: Play, language: str) -> None:
    """The seller is asked to look; [paid] tells the buyer when it leaves, [not yet] asks them to look again."""
    buyer = await met(play, language)
    number = await ordered(play, buyer)
    await buyer.hears_all()
    await play.cards()
    said = await play.ask(buyer, in_language(language, "我付款了", "I've paid"))
    assert number in said.text
    assert in_language(language, "核对", "check the payment") in said.text
    card = (await play.cards())[-1]
    await play.owner.taps("还没到", on=card)
    assert in_language(language, "还没看到", "cannot see") in (await play.only(buyer)).text
    await play.ask(buyer, in_language(language, "转好了", "payment sent"))
    await play.owner.taps("到账了", on=(await play.cards())[-1])
    assert in_language(language, "今天发出", "leaves today") in (await play.only(buyer)).text
    order = await play.store.orders.get(number)
    assert order is not None
    assert order.state == "paid"


async def test_paid_for_what_is_not_known_goes_to_the_seller(play: Play) -> None:
    """Who has no order here and says to have paid is seen by a person."""
    buyer = await met(play)
    await play.cards()
    await play.ask(buyer, "钱已经付了")
    assert "说已付款" in (await play.card()).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_wish_for_the_parcel_stays_on_the_order(play: Play, language: str) -> None:
    """Echoed, kept on the order, shown to the seller; said before the order, it goes on it too."""
    buyer = await met(play, language)
    early, later = (
        in_language(language, "送货前打电话", "please call before delivery"),
        in_language(language, "放门口就行", "leave it at the door please"),
    )
    assert early in (await play.ask(buyer, early)).text
    number = await ordered(play, buyer)
    assert early in (await buyer.hears_all())[-1].text
    assert later in (await play.ask(buyer, later)).text
    order = await play.store.orders.get(number)
    assert order is not None
    assert early in order.delivery_note
    assert later in order.delivery_note
    assert later in (await play.command(f"/order {number}")).text
    assert early in (await play.command(f"/order {number} paid")).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_another_address_is_the_sellers_to_accept(play: Play, language: str) -> None:
    """Before it leaves: a card with [accept] [refuse]; both answers reach the buyer, and a second tap does nothing."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    for label, told in (("可以改", ("改好了", "is changed")), ("改不了", ("这次改不了", "cannot be"))):
        await play.cards()
        where = in_language(
            language, "改地址到杭州市西湖区文三路1号", "can you change the address to 12 Oak Street, London"
        )
        heard = await play.ask(buyer, where)
        assert number in heard.text
        card = (await play.cards())[-1]
        assert where in card.text
        await play.owner.taps(label, on=card)
        assert in_language(language, *told) in (await play.only(buyer)).text
        assert await play.owner.taps(label, on=card) != ""
        await play.owner.taps("改不了" if label == "可以改" else "可以改", on=card)
        await buyer.hears_nothing()
    order = await play.store.orders.get(number)
    assert order is not None
    assert re.search("文三路|Oak", order.address)


async def test_an_address_that_is_not_named_is_asked_for(play: Play) -> None:
    """ "Can you change the address" alone brings the question which; the answer goes to the seller."""
    buyer = await met(play)
    await paid(play, buyer)
    await play.cards()
    assert "新地址" in (await play.ask(buyer, "帮我改下地址")).text
    assert await play.cards() == []
    await play.ask(buyer, "杭州市西湖区文三路1号，小林收")
    assert "文三路" in (await play.cards())[-1].text


async def test_cancelling_is_the_sellers_to_accept(play: Play) -> None:
    """[accept] cancels the order and puts the goods back."""
    buyer = await met(play)
    number = await paid(play, buyer)
    await play.cards()
    await play.ask(buyer, "取消订单")
    await play.owner.taps("可以改", on=(await play.cards())[-1])
    assert "取消了" in (await play.only(buyer)).text
    order = await play.store.orders.get(number)
    assert order is not None
    assert order.state == "cancelled"


async def test_a_link_opens_for_the_first_person_only(play: Play) -> None:
    """An order for nobody in particular is whose who opens its link first; a guess or a second person gets nothing."""
    made = await play.command(f"/order new - {play.made.plenty.sku}")
    token = re.search(r"start=(o_[\w-]+)", made.text)
    assert token
    first, second = play.buyer(), play.buyer("en")
    opened = await play.ask(first, f"/start {token[1]}")
    assert play.made.plenty.title in opened.text
    for words in (token[1], token[1][:-2], "o_"):
        assert "no longer works" in (await play.ask(second, f"/start {words}")).text
    assert (await play.ask(first, "/order")).text in (await play.ask(first, f"/start {token[1]}")).text


async def accepted(play: Play, buyer: Person, words: str) -> tuple[str, str]:
    """The buyer wishes for other goods and the seller accepts; what the seller and the buyer hear then."""
    await play.settled()
    await play.cards()
    await buyer.hears_all()
    await play.ask(buyer, words)
    wish = next(one for one in await play.cards() if "可以改" in str(one.buttons))
    await play.owner.taps("可以改", on=wish)
    seller = (await play.card()).text
    return seller, (await buyer.hears_all())[-1].text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_other_goods_that_are_said_exactly_are_rewritten(play: Play, language: str) -> None:
    """Another quantity, then another variant: lines, amount and stock follow at once, and both sides hear what it is now."""
    buyer, one = await met(play, language), play.made.plenty
    number = await paid(play, buyer)
    before = await stock(play)
    seller, told = await accepted(
        play, buyer, in_language(language, f"订单{number}改成3个", f"please change my order {number} to 3 pieces")
    )
    order = await play.store.orders.get(number)
    assert order is not None
    assert [(line.sku, line.quantity, line.taken) for line in order.lines] == [(one.sku, 3, 3)]
    assert order.amount is not None
    assert order.amount.minor == 3 * one.price * 100
    assert order.note == ""
    assert await stock(play) == before - 2
    assert f"{one.title} · {one.variant} × 1 → {one.title} · {one.variant} × 3" in seller
    assert one.named(language) in told or play.made.plenty.title in told


@pytest.mark.parametrize("language", LANGUAGES)
async def test_another_variant_of_a_paid_order(play: Play, language: str) -> None:
    """The old colour is on the shelf again, the new one taken from it, and the seller hears of the difference in money."""
    buyer, (old, new) = await met(play, language), play.made.pair
    number = number_in(await play.command(f"/order new {buyer.id} {old.sku} 1"))
    await play.command(f"/order {number} paid")
    before = await play.store.catalogue.load()
    shade = new.shade(language)
    seller, told = await accepted(
        play, buyer, in_language(language, f"我想改一下订单{number}的颜色，换成{shade}", f"please change my order {number} to the {shade} one")
    )  # fmt: skip
    order, after = await play.store.orders.get(number), await play.store.catalogue.load()
    assert order is not None
    assert [(line.sku, line.quantity, line.taken) for line in order.lines] == [(new.sku, 1, 1)]
    assert order.amount == before.by_sku[new.sku].price
    for sku, change in ((old.sku, 1), (new.sku, -1)):
        was, now = before.by_sku[sku].stock, after.by_sku[sku].stock
        assert was is not None
        assert now == was + change
    assert new.variant in seller
    assert ("付过款" in seller) is (old.price != new.price)
    assert shade in told


@pytest.mark.parametrize("language", LANGUAGES)
async def test_other_goods_that_are_not_said_exactly_are_noted(play: Play, language: str) -> None:
    """More of it, or more than there is: the order stays as it was, the words are its note, the seller is told which."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    for words, why in (
        (in_language(language, f"订单{number}改成99个", f"please change my order {number} to 99 pieces"), "库存不够"),
        (in_language(language, f"订单{number}改一下，换个别的颜色", f"please change my order {number} to another colour"), "读不准"),
    ):  # fmt: skip
        seller, told = await accepted(play, buyer, words)
        assert why in seller
        assert words[-4:] in told
        order = await play.store.orders.get(number)
        assert order is not None
        assert [(line.sku, line.quantity) for line in order.lines] == [(play.made.plenty.sku, 1)]
        assert order.note

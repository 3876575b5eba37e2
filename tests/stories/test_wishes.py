"""Wishes to change an order, in few words: heard while it is still here, answered by the seller, and taken back if need be."""

import pytest

from core.orders import Order
from sandbox import Heard, Person
from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers
from tests.stories.orders import met, number_in, paid, stock

ACCEPT = ("可以改", "Accept")
UNDO = {"zh": "撤销", "en": "Undo"}


async def of_the_pair(play: Play, language: str, count: int = 1) -> tuple[Person, str]:
    """A buyer with a paid order of the one colour of `pair`."""
    buyer = await met(play, language)
    number = number_in(await play.command(f"/order new {buyer.id} {play.made.pair[0].sku} {count}"))
    await play.command(f"/order {number} paid")
    await buyer.hears_all()
    await play.cards()
    return buyer, number


async def cards_of(play: Play, buyer: Person, words: str) -> list[Heard]:
    """The seller's cards that let them accept or refuse what the buyer has just said."""
    await play.cards()
    await buyer.says(words)
    await play.settled()
    return [one for one in await play.cards() if any(label in str(one.buttons) for label in ACCEPT)]


async def order_of(play: Play, number: str) -> Order:
    found = await play.store.orders.get(number)
    assert found is not None
    return found


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_few_words_are_enough(play: Play, language: str) -> None:
    """With the order's number or without it, each becomes a card, and the buyer hears that it is with the seller."""
    buyer, number = await of_the_pair(play, language)
    shade = play.made.pair[1].shade(language)
    for words in (
        in_language(language, f"订单 {number} 换成{shade}", f"order {number}: {shade} instead"),
        in_language(language, f"换成{shade}", f"change it to {shade}"),
        in_language(language, "改成9000个", "change to 9000 pieces"),
        in_language(language, "颜色换一下", "wrong colour"),
    ):
        (card,) = await cards_of(play, buyer, words)
        assert words in card.text
        assert number in card.text
        assert number in (await buyer.hears_all())[-1].text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_short_words_that_say_it_exactly_rewrite_the_order(play: Play, language: str) -> None:
    """Accepted, the order holds the other colour."""
    buyer, number = await of_the_pair(play, language)
    new = play.made.pair[1]
    words = in_language(language, f"换成{new.shade(language)}", f"change it to {new.shade(language)}")
    (card,) = await cards_of(play, buyer, words)
    await buyer.hears_all()
    await play.owner.taps(0, on=card)
    assert new.shade(language) in (await play.only(buyer)).text
    assert [line.sku for line in (await order_of(play, number)).lines] == [new.sku]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_is_heard_where_nothing_can_be_changed(play: Play, language: str) -> None:
    """Without an order, and once it has left, the same words are no wish that a tap could carry out."""
    shade = play.made.pair[1].shade(language)
    words = in_language(language, f"换成{shade}", f"change it to {shade}")
    stranger = await met(play, language)
    assert await cards_of(play, stranger, words) == []
    buyer, number = await of_the_pair(play, language)
    await play.command(f"/ship {number} {play.made.carrier[1]} AB12345678901")
    assert await cards_of(play, buyer, words) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_new_phone_number_is_added_to_the_address(play: Play, language: str) -> None:
    """Only the number changes: the address on the order stays, the number stands behind it."""
    buyer = await met(play, language)
    number = await paid(play, buyer)
    where = in_language(
        language, "改地址到杭州市西湖区文三路1号", "can you change the address to 12 Oak Street, London"
    )
    phone = in_language(language, "电话改成13800000000", "change the phone number to 07700 900123")
    for words in (where, phone):
        (card,) = await cards_of(play, buyer, words)
        await play.owner.taps(0, on=card)
        await play.settled()
    address = (await order_of(play, number)).address
    assert where in address
    assert phone in address


@pytest.mark.parametrize("seller", ["zh", "en"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_accepted_change_is_taken_back(play: Play, language: str, seller: str) -> None:
    """[undo]: lines, amount and stock as before, the buyer is told honestly, and the wish may be answered again."""
    await play.command(f"/lang {seller}")
    buyer, number = await of_the_pair(play, language, 2)
    before, shelf = await order_of(play, number), await play.store.catalogue.load()
    new = play.made.pair[1]
    words = in_language(language, f"换成{new.shade(language)}", f"change it to {new.shade(language)}")
    (card,) = await cards_of(play, buyer, words)
    await play.owner.taps(0, on=card)
    done = await play.card()
    await buyer.hears_all()
    await play.owner.taps(UNDO[seller], on=done)
    told = await play.only(buyer)
    assert in_language(language, "发早了", "too early") in told.text
    after = await order_of(play, number)
    assert [(line.sku, line.quantity, line.taken) for line in after.lines] == [
        (line.sku, line.quantity, line.taken) for line in before.lines
    ]
    assert after.amount == before.amount
    again = await play.store.catalogue.load()
    for one in play.made.pair:
        assert again.by_sku[one.sku].stock == shelf.by_sku[one.sku].stock
    asked = await play.card()
    await play.owner.taps(UNDO[seller], on=done)
    await play.settled()
    assert (await order_of(play, number)).version == after.version
    await play.owner.taps(0, on=asked)
    assert new.shade(language) in (await play.only(buyer)).text
    assert [line.sku for line in (await order_of(play, number)).lines] == [new.sku]


@pytest.mark.parametrize("what", ["address", "note", "cancel"])
async def test_every_kind_of_change_is_taken_back(play: Play, what: str) -> None:
    """An address, a wish that was only noted, a cancellation: each as it was before."""
    buyer = await met(play)
    number = await paid(play, buyer)
    before, left = await order_of(play, number), await stock(play)
    words = {"address": "改地址到杭州市西湖区文三路1号", "note": "颜色换一下", "cancel": "取消订单"}[what]
    (card,) = await cards_of(play, buyer, words)
    await play.owner.taps(0, on=card)
    done = await play.card()
    assert (await order_of(play, number)) != before
    await play.owner.taps("撤销", on=done)
    await play.settled()
    after = await order_of(play, number)
    assert (after.state, after.address, after.note, after.due_at) == (
        before.state, before.address, before.note, before.due_at
    )  # fmt: skip
    assert await stock(play) == left
    assert [one.words for one in await play.store.orders.changes(number)] == [words]


async def test_what_was_done_since_is_not_undone(play: Play) -> None:
    """Shipped meanwhile: the tap says that there is nothing to undo, and the order stays shipped."""
    buyer, number = await of_the_pair(play, "zh")
    (card,) = await cards_of(play, buyer, f"换成{play.made.pair[1].variant}")
    await play.owner.taps(0, on=card)
    done = await play.card()
    await play.command(f"/ship {number} {play.made.carrier[1]} AB12345678901")
    await play.owner.taps("撤销", on=done)
    await play.settled()
    order = await order_of(play, number)
    assert (order.state, order.lines[0].sku) == ("shipped", play.made.pair[1].sku)


async def test_what_is_gone_cannot_be_put_back(play: Play) -> None:
    """The old colour was sold to somebody else: the seller hears how many there are, and nothing is changed."""
    old, new = play.made.pair
    buyer, number = await of_the_pair(play, "zh")
    (card,) = await cards_of(play, buyer, f"换成{new.variant}")
    await play.owner.taps(0, on=card)
    done = await play.card()
    await play.command(f"/stock {old.sku} 0")
    await buyer.hears_all()
    await play.owner.taps("撤销", on=done)
    assert old.sku in (await play.card()).text
    assert [line.sku for line in (await order_of(play, number)).lines] == [new.sku]
    await buyer.hears_nothing()


@pytest.mark.parametrize("seller", ["zh", "en"])
async def test_a_change_that_leaves_few_is_warned_of(play: Play, seller: str) -> None:
    """The seller reads in the same answer that what the order holds now is running out."""
    await play.command(f"/lang {seller}")
    old, new = play.made.pair
    count = int(new.stock) - 1
    await play.command(f"/stock {old.sku} {count + 5}")
    buyer, _ = await of_the_pair(play, "zh", count)
    (card,) = await cards_of(play, buyer, f"换成{new.variant}")
    await play.owner.taps(0, on=card)
    done = (await play.card()).text
    assert in_language(seller, "快卖完了", "running out") in done
    assert count in numbers(done)

"""A buyer who has come, an order of theirs, one that is paid: what stories of orders share."""

import re

from sandbox import Heard, Person
from tests.made_shop import in_language
from tests.play import Play

HEADER = "order_no,buyer,sku,quantity,paid_at,promised_ship_by,carrier,tracking_no,shipped_at,address,note,status"


async def met(play: Play, language: str = "zh") -> Person:
    """A buyer who has written to the shop."""
    buyer = play.buyer(language)
    await play.ask(buyer, in_language(language, "在吗", "hello"))
    await play.settled()
    await buyer.hears_all()
    return buyer


def number_in(heard: Heard) -> str:
    found = re.search(r"\b\d{10}\b", heard.text)
    assert found, heard.text
    return found[0]


async def ordered(play: Play, buyer: Person, count: int = 1) -> str:
    """The number of a new order of this buyer's."""
    return number_in(await play.command(f"/order new {buyer.id} {play.made.plenty.sku} {count}"))


async def stock(play: Play, sku: str = "") -> int:
    """How many the shelf has of an item, or of what orders are usually for."""
    found = (await play.store.catalogue.load()).get(sku or play.made.plenty.sku)
    assert found is not None
    assert found.stock is not None
    return found.stock


async def paid(play: Play, buyer: Person) -> str:
    number = await ordered(play, buyer)
    await play.command(f"/order {number} paid")
    await buyer.hears_all()
    return number


def file(*rows: str, header: str = HEADER) -> bytes:
    """The text of an orders.csv."""
    return "\n".join([header, *rows]).encode()

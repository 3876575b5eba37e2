"""A shop with a parcel on its way: what the stories of parcels share."""

from datetime import timedelta

from core.orders import Order, OrderLine, State
from sandbox import Heard
from sandbox.people import Person
from tests.carriers.pretend import PretendCarriers
from tests.play import Play

NUMBER = "LX123456785CN"
YTO = "YT1234567890123"
HOUR = timedelta(hours=1)


async def an_order(play: Play, buyer: Person, order_no: str = "1001", note: str = "") -> Order:
    """A paid order of this buyer, who has written to the shop before."""
    await buyer.start()
    await buyer.hears_all()
    now = play.clock.now()
    lines = (OrderLine(play.made.plenty.sku),)
    order = Order(order_no, buyer.id, State.PAID, now, f"t{order_no}", lines, paid_at=now, delivery_note=note)
    await play.store.write(play.store.orders.add(order, "owner:1", now))
    return order


async def of_the_parcel(play: Play) -> list[Heard]:
    """What is new in the seller's chat about the parcel; a morning's digest is another matter."""
    return [one for one in await play.cards() if NUMBER in one.text]


async def shipped(play: Play, buyer: Person, number: str = NUMBER, carrier: str = "邮政") -> Heard:
    """The seller ships order 1001; the buyer's one message."""
    await play.command(f"/ship 1001 {carrier} {number}")
    return await play.only(buyer)


def stand(
    play: Play, pretend: PretendCarriers, status: str, sub: str, words: str, place: str = "", ago: float = 1
) -> None:
    """17TRACK knows this of the parcel, besides what it knew."""
    known = pretend.infos.get(NUMBER)
    events = known["tracking"]["providers"][0]["events"] if known else []
    at = play.clock.now() - timedelta(hours=ago)
    pretend.stands(NUMBER, status, sub, (at, words, place, sub))
    pretend.infos[NUMBER]["tracking"]["providers"][0]["events"] += events

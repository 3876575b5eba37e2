"""Orders as values: what was bought, by whom, how far it is, and what it may become next."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.money import Money


class State(StrEnum):
    """How far an order is. `part_shipped`: some of its parcels have left, more will follow."""

    PLACED = "placed"
    PAID = "paid"
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    DONE = "done"
    CANCELLED = "cancelled"


NEXT: dict[State, frozenset[State]] = {
    State.PLACED: frozenset({State.PAID, State.CANCELLED}),
    State.PAID: frozenset({State.PART_SHIPPED, State.SHIPPED, State.DELIVERED, State.DONE, State.CANCELLED}),
    State.PART_SHIPPED: frozenset({State.SHIPPED, State.DELIVERED, State.DONE, State.CANCELLED}),
    State.SHIPPED: frozenset({State.DELIVERED, State.DONE}),
    State.DELIVERED: frozenset({State.DONE}),
    State.DONE: frozenset(),
    State.CANCELLED: frozenset(),
}
"""What may follow on what. A seller without parcels on file may say [done] of an order that is paid."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """So many of one variant. `price` is that of one, None where no file told; `taken` of them were taken from the stock."""

    sku: str
    quantity: int = 1
    price: Money | None = None
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """One order. Everything else that concerns it (parcels, promises, mistakes) names it by `order_no`.

    `buyer_id` is the numeric Telegram id, None until somebody opens the link of an order placed for nobody in particular.
    `ship_by` is the time it was promised to leave by; `due_at` the time the present state should be over, None where
    nothing is due. `carrier` is a code or name the buyer or a file asked for; `delivery_note` the buyer's wish for the
    parcel, `note` the seller's own. `token` is the secret of its deep link. `version` grows with every change.
    """

    order_no: str
    buyer_id: int | None
    state: State
    placed_at: datetime
    token: str
    lines: tuple[OrderLine, ...] = ()
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    closed_at: datetime | None = None
    ship_by: datetime | None = None
    due_at: datetime | None = None
    amount: Money | None = None
    carrier: str = ""
    address: str = ""
    delivery_note: str = ""
    note: str = ""
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether something is still to happen."""
        return self.state not in (State.DONE, State.CANCELLED)

    @property
    def is_before_dispatch(self) -> bool:
        """Whether nothing of it has left: an address or an item can still be changed."""
        return self.state in (State.PLACED, State.PAID)

    @property
    def is_paid(self) -> bool:
        return self.state not in (State.PLACED, State.CANCELLED)

    def may_become(self, state: State) -> bool:
        return state in NEXT[self.state]

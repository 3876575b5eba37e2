"""orders.csv or .xlsx: rows sharing an order_no are one order."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.money import Money, is_currency
from sheets.cells import Row
from sheets.grid import Grid
from sheets.headers import ORDERS, find_columns
from sheets.problems import Listing, Parsed, Taken


@dataclass(frozen=True, slots=True)
class OrderLine:
    sku: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Order:
    """`buyer` is the Telegram id; 0 and no `lines` where the file names neither, for an order that is known. Times are aware; a promise that names only a day is kept until its last minute."""

    order_no: str
    buyer: int
    lines: tuple[OrderLine, ...]
    paid_at: datetime | None = None
    promised_ship_by: datetime | None = None
    carrier: str = ""
    tracking_no: str = ""
    shipped_at: datetime | None = None
    address: str = ""
    note: str = ""
    amount: Money | None = None
    status: str = ""


def orders_from(grid: Grid, shop_currency: str, zone: ZoneInfo) -> Parsed[tuple[Order, ...]]:
    """The orders of a grid. What is said of an order may stand in any of its rows, but must not differ between them."""
    wrong, odd = Listing(grid.file), Listing(grid.file)
    found = find_columns(grid, ORDERS, wrong, odd)
    if wrong.count:
        return wrong.problems()
    if not grid.rows:
        wrong.add("no_rows")
    orders: dict[str, tuple[int, Order]] = {}
    for number, cells in grid.rows:
        row = Row(grid, found, number, cells, wrong)
        row.check_width()
        order = _order(row, shop_currency, zone, is_whole="buyer" in found)
        if order is None:
            continue
        if order.order_no in orders:
            first, begun = orders[order.order_no]
            orders[order.order_no] = (first, _joined(begun, order, row, first))
        else:
            orders[order.order_no] = (number, order)
    if wrong.count:
        return wrong.problems()
    return Taken(tuple(order for _, order in orders.values()), odd.problems())


def _order(row: Row, shop_currency: str, zone: ZoneInfo, *, is_whole: bool) -> Order | None:
    currency = row.text("currency", 20).upper() or shop_currency
    if not is_currency(currency):
        row.tell("unknown_currency", "currency", currency, currency=shop_currency)
        currency = shop_currency
    order_no = row.identifier("order_no", required=True)
    buyer = row.buyer() if is_whole else None
    quantity = row.whole("quantity", least=1, most=100_000)
    sku = row.identifier("sku", required=True) if is_whole else ""
    order = Order(
        order_no=order_no,
        buyer=buyer or 0,
        lines=(OrderLine(sku, 1 if quantity is None else quantity),) if is_whole else (),
        paid_at=row.moment("paid_at", zone),
        promised_ship_by=row.moment("promised_ship_by", zone, ends_day=True),
        carrier=row.text("carrier", 60),
        tracking_no=row.identifier("tracking_no"),
        shipped_at=row.moment("shipped_at", zone),
        address=row.text("address", 500, lines=True),
        note=row.text("note", 1_000, lines=True),
        amount=row.amount("amount", currency),
        status=row.text("status", 40),
    )
    return order if order_no and (buyer or not is_whole) else None


def _joined(begun: Order, more: Order, row: Row, first: int) -> Order:
    """One order of two rows: the lines of both, and every other fact from whichever states it."""
    for fact in _FACTS:
        old, new = getattr(begun, fact), getattr(more, fact)
        if old and new and old != new:
            row.tell("order_differs", fact, row.raw(fact), first=first, order_no=begun.order_no)
    said = {fact: getattr(begun, fact) or getattr(more, fact) for fact in _FACTS}
    return replace(begun, lines=_added(begun.lines, more.lines), **said)


def _added(lines: tuple[OrderLine, ...], more: Iterable[OrderLine]) -> tuple[OrderLine, ...]:
    counted: dict[str, int] = {}
    for line in (*lines, *more):
        counted[line.sku] = counted.get(line.sku, 0) + line.quantity
    return tuple(OrderLine(sku, quantity) for sku, quantity in counted.items())


_FACTS = tuple(one.name for one in fields(Order) if one.name not in ("order_no", "lines"))

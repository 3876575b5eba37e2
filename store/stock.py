"""Stock that orders hold: it falls with a paid order and comes back with a cancelled one, never below nought."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, case, func, insert, select, update

from core.orders import Order, OrderLine
from store.ids import new_id
from store.revision import BUMP, NEXT
from store.tables import given, order_lines, stock_log, variants
from store.writing import Unit, Write

_SKU = bindparam("sku_", type_=variants.c.sku.type)
_ORDER = bindparam("order_no_", type_=order_lines.c.order_no.type)
_COUNT = bindparam("count_", type_=variants.c.stock.type)
_IS_COUNTED = variants.c.stock.is_not(None)

_HOLD = (
    update(order_lines)
    .where(order_lines.c.order_no == _ORDER, order_lines.c.sku == _SKU)
    .values(
        taken=func.coalesce(
            select(case((_IS_COUNTED, _COUNT), else_=0)).where(variants.c.sku == _SKU).scalar_subquery(), 0
        )
    )
)
_LET_GO = update(order_lines).where(order_lines.c.order_no == _ORDER, order_lines.c.sku == _SKU).values(taken=0)
_MOVE = (
    update(variants)
    .where(variants.c.sku == _SKU, _IS_COUNTED)
    .values(stock=variants.c.stock + _COUNT, changed_at=bindparam("now_"), revision=NEXT)
)
"""Below nought the table's own check refuses it, and with it the whole unit."""
_LOG = insert(stock_log).from_select(
    ["id", "at", "sku", "before", "after", "cause", "by"],
    select(
        given("id_", stock_log.c.id),
        given("now_", stock_log.c.at),
        variants.c.sku,
        variants.c.stock,
        (variants.c.stock + _COUNT).label("after"),
        given("cause_", stock_log.c.cause),
        given("by_", stock_log.c.by),
    ).where(variants.c.sku == _SKU, _IS_COUNTED),
    include_defaults=False,
)


def take(order: Order, by: str, now: datetime, lines: Iterable[OrderLine] | None = None) -> Unit:
    """The order's goods are taken from the shelf. RowRefused, the whole unit, when there are fewer.

    `lines` are given where fewer are to be taken than were ordered. A stock that is not counted stays so, and the order
    holds nothing of it. The change is logged with `order:NUMBER` as its cause.
    """
    unit: list[Write] = []
    for line in order.lines if lines is None else lines:
        hold = {"order_no_": order.order_no, "sku_": line.sku, "count_": line.quantity}
        unit += [Write(_HOLD, hold), *_moved(order, line.sku, -line.quantity, by, now)]
    return (*unit, BUMP) if unit else ()


def give_back(order: Order, by: str, now: datetime) -> Unit:
    """What the order holds is on the shelf again."""
    unit: list[Write] = []
    for line in order.lines:
        if line.taken:
            unit += _moved(order, line.sku, line.taken, by, now)
            unit.append(Write(_LET_GO, {"order_no_": order.order_no, "sku_": line.sku}))
    return (*unit, BUMP) if unit else ()


def _moved(order: Order, sku: str, count: int, by: str, now: datetime) -> list[Write]:
    cause = f"order:{order.order_no}"
    return [
        Write(_LOG, {"id_": new_id(), "now_": now, "sku_": sku, "count_": count, "cause_": cause, "by_": by}),
        Write(_MOVE, {"sku_": sku, "count_": count, "now_": now}, row=sku),
    ]

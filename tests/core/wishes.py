"""An order of one bag, and the shelf it came from: what tests of wishes to change one share."""

from datetime import datetime
from zoneinfo import ZoneInfo

from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from core.orders import Order, OrderLine, State

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

PRICE = Money(5000, "CNY")


def row(sku: str, variant: str, english: str, price: int = 5000, stock: int | None = 5) -> Variant:
    return Variant(sku, Wording("帆布包", variant), Money(price, "CNY"), stock, english=Wording("Canvas Bag", english))


SHELF = Catalogue(
    (row("K", "黑色", "black"), row("W", "白色", "white", 6000), row("B", "蓝色", "blue"), row("D", "深蓝色", "dark blue"), row("G", "绿色", "green", stock=0))
)  # fmt: skip


def order(quantity: int = 1, price: Money = PRICE, taken: int = 0) -> Order:
    lines = (OrderLine("K", quantity, price, taken),)
    return Order("1", 7, State.PAID, NOW, "t", lines, amount=price * quantity)

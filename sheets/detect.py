"""Which kind of file this is, by its name and its header."""

from enum import StrEnum

from sheets.grid import Grid
from sheets.headers import CATALOGUE, CUSTOMERS, ORDERS, names_in
from sheets.problems import Problems, refusal


class Kind(StrEnum):
    SHOP = "shop"
    CATALOGUE = "catalogue"
    ORDERS = "orders"
    CUSTOMERS = "customers"
    PHRASES = "phrases"


def is_phrase_file(name: str) -> bool:
    return name.lower().endswith(".txt")


def is_shop_file(name: str) -> bool:
    return name.lower().endswith(".toml")


def kind_of(grid: Grid) -> Kind | Problems:
    """What a table holds. The header decides; where it leaves doubt, the file's name does; else a sentence asks."""
    if "order_no" in names_in(grid.header, ORDERS):
        return Kind.ORDERS
    catalogue = names_in(grid.header, CATALOGUE)
    if "title" in catalogue and catalogue & {"sku", "price"}:
        return Kind.CATALOGUE
    if "buyer" in names_in(grid.header, CUSTOMERS):
        return Kind.CUSTOMERS
    name = grid.file.rpartition("/")[2].lower()
    for kind, words in _NAMES.items():
        if any(word in name for word in words):
            return kind
    if "sku" in catalogue and len(catalogue) > 1 and "buyer" not in names_in(grid.header, ORDERS):
        return Kind.CATALOGUE  # what is missing is named, or known of the goods
    if len(grid.header) == 1 and (sign := next((one for one in "，；|、" if one in grid.header[0]), "")):
        return refusal(grid.file, "chinese_commas", grid.header_row, sign=sign)
    return refusal(grid.file, "which_kind", grid.header_row, there=", ".join(filter(None, map(str.strip, grid.header))))


_NAMES = {
    Kind.ORDERS: ("order", "订单"),
    Kind.CUSTOMERS: ("customer", "顾客", "客户"),
    Kind.CATALOGUE: ("catalog", "product", "商品", "货品", "目录"),
}

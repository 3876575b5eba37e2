"""The columns each kind of file may have, in English and Chinese, and finding them in a header."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from sheets.grid import Grid
from sheets.problems import Listing


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the English header; `others` are taken as the same, the first of them being the Chinese one."""

    name: str
    others: tuple[str, ...] = ()
    is_required: bool = False


def _columns(*lines: str) -> tuple[Column, ...]:
    columns = []
    for line in lines:
        name, *others = line.split()
        columns.append(Column(name.rstrip("!"), tuple(others), name.endswith("!")))
    return tuple(columns)


CATALOGUE = _columns(
    "sku! 货号 商品编号 商品编码 编号 item item_no product_code",
    "title 名称 商品名称 品名 标题 name product",
    "variant 规格 款式 option",
    "price 价格 单价 售价",
    "currency 币种 货币",
    "stock 库存 库存数量 数量 quantity",
    "category 分类 类别 类目",
    "aliases 别名 alias 又名",
    "attributes 属性 参数 attribute",
    "photos 图片 照片 photo image images",
    "floor_price 底价 最低价 min_price",
    "weight 重量",
    "unit 单位 计量单位 计价单位",
    "note 备注 说明 notes",
    "howto 用法 使用说明 使用方法 how_to_use",
    "not_for 不适用 不适合 禁忌",
    "guarantee 保障 质保 保修",
    "title_en 英文名称 英文名",
    "variant_en 英文规格",
    "attributes_en 英文属性",
    "howto_en 英文用法 英文使用说明",
    "not_for_en 英文不适用",
    "guarantee_en 英文保障",
    "note_en 英文备注",
    "unit_en 英文单位",
)
ORDERS = _columns(
    "order_no! 订单号 订单编号 order order_number",
    "buyer! 买家 买家编号 buyer_id",
    "sku! 货号 商品编号",
    "quantity 数量 件数 qty",
    "paid_at 付款时间 支付时间",
    "promised_ship_by 承诺发货时间 最晚发货时间",
    "carrier 快递 快递公司 承运商",
    "tracking_no 运单号 快递单号 物流单号 tracking_number",
    "shipped_at 发货时间",
    "address 地址 收货地址",
    "note 备注 notes",
    "amount 金额 总价 total",
    "currency 币种 货币",
    "status 状态 订单状态",
)
CUSTOMERS = _columns(
    "buyer! 买家 买家编号 buyer_id",
    "name 姓名 称呼",
    "phone 电话 手机 手机号",
    "birthday 生日",
    "calendar 历法",
    "grade 等级 级别",
    "source 来源 渠道",
    "note 备注 notes",
)


WHOSE = frozenset({"buyer", "sku", "quantity"})
"""What an order is; a sheet without any of these can only change orders that are known: 订单号,快递,运单号."""
NEW = ("title", "price")
"""What goods that are new have besides their sku; a sheet without one of the two can only change what is known."""


def find_columns(grid: Grid, columns: tuple[Column, ...], wrong: Listing, odd: Listing) -> dict[str, int]:
    """Where each known column stands. What is missing or doubled is added to `wrong`, what is unknown to `odd`."""
    found: dict[str, int] = {}
    known = _spellings(columns)
    if grid.unread:
        odd.add("unread_sheets", value="、".join(grid.unread))
    for place, spelled in enumerate(grid.header):
        header = plain(spelled)
        name = known.get(header)
        if name is None:
            if not header:
                if any(place < len(cells) and cells[place].strip() for _, cells in grid.rows):
                    odd.add("nameless_column", grid.header_row, place=place + 1)
                continue
            near = get_close_matches(header, known, 1, 0.75)
            fault = "unknown_column_near" if near else "unknown_column"
            odd.add(fault, grid.header_row, spelled.strip(), spelled.strip(), near="".join(near))
        elif name in found:
            wrong.add("column_twice", grid.header_row, spelled.strip(), spelled.strip(), name=name)
        else:
            found[name] = place
    missing = [one for one in columns if one.is_required and one.name not in found]
    if columns is ORDERS and "order_no" in found and len(found) > 1 and not WHOSE & found.keys():
        missing = []
    if columns is CATALOGUE and (missing or len(found) == 1):
        missing += [one for one in columns if one.name in NEW and one.name not in found]
    if missing:
        wrong.add(
            "missing_columns",
            grid.header_row,
            there=_listed(cell.strip() for cell in grid.header if cell.strip()),
            needed=_listed(f"{one.name} ({one.others[0]})" for one in missing),
        )
    return found


def names_in(header: Iterable[str], columns: tuple[Column, ...]) -> frozenset[str]:
    """The known columns a header has, by their English names."""
    known = _spellings(columns)
    return frozenset(known[key] for key in map(plain, header) if key in known)


def plain(header: str) -> str:
    """A header without case, full-width forms, a colon, a mark for "required" or a remark in brackets."""
    text = unicodedata.normalize("NFKC", header).casefold().strip().strip("*'\"\ufeff:").strip()
    text = re.sub(r"\s*[(\[][^)\]]*[)\]]$", "", text).strip()
    return re.sub(r"[\s\-_]+", "_", text)


@cache
def _spellings(columns: tuple[Column, ...]) -> dict[str, str]:
    return {plain(spelling): one.name for one in columns for spelling in (*one.others, one.name)}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)

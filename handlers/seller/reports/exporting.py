"""/export TABLE [csv]: a table of the shop's as a spreadsheet. It holds buyers' words, so it is the owner's alone."""

from __future__ import annotations

from difflib import get_close_matches

from telegram import Update

from core.language import to_simplified
from handlers.desk import Context
from handlers.seller.asking import asked

MOST_ROWS = 20_000
LARGEST = 8 * 2**20
"""Bytes; a larger file is had with `bot.py export` on the machine itself."""
KINDS = ("xlsx", "csv")
CALLED = {
    "订单": "orders", "买家": "buyers", "聊天": "messages", "包裹": "parcels", "承诺": "promises", "货": "variants", "货架": "variants",
    "库存": "stock_log", "价格": "price_log", "提醒": "reminders", "差错": "mistakes", "没听懂": "missed", "记录": "audit", "同事": "staff",
}  # fmt: skip
"""Tables that sellers ask for, by their names in Chinese."""
USUAL = ("订单", "买家", "聊天", "包裹", "承诺", "货架", "库存", "价格", "记录")


async def on_export(update: Update, context: Context) -> None:
    """/export orders, /export messages csv; the latest 20,000 rows."""
    command = asked(update, context)
    desk = command.desk
    tables = desk.store.exporting.names()
    words = [word.casefold() for word in command.words]
    kind = next((word for word in words if word in KINDS), KINDS[0])
    names = [word for word in words if word not in KINDS]
    usage = ("/export TABLE [xlsx|csv]", "/export orders")
    names = [CALLED.get(to_simplified(word), word) for word in names]
    if len(names) == 2 and names[0] in tables:
        return await command.misused("export_wrong", *usage, why="format", said=names[1])
    usual = [(one, CALLED[one]) for one in USUAL]
    if len(names) != 1:
        return await command.misused("export_wrong", *usage, why="none", near=(), usual=usual)
    if names[0] not in tables:
        near = get_close_matches(names[0], tables, 3, 0.5)
        return await command.misused("export_wrong", *usage, why="table", said=names[0], near=near, usual=usual)
    assert desk.as_file is not None
    header, rows = await desk.store.exporting.typed(names[0], MOST_ROWS)
    content = await desk.as_file(header, rows, desk.shelf.now.shop.timezone, kind)
    if len(content) > LARGEST:
        return await command.misused("export_wrong", *usage, why="large")
    name = f"{names[0]}-{command.now.astimezone(desk.shelf.now.shop.timezone):%Y-%m-%d}.{kind}"
    html = desk.speech.seller("exported", desk.voice(command.owner), name=name, rows=len(rows))
    return await command.show(name, content, html, "document")

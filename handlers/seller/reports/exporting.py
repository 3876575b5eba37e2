"""/export TABLE [csv]: a table of the shop's as a spreadsheet. It holds buyers' words, so it is the owner's alone."""

from __future__ import annotations

from telegram import Update

from handlers.desk import Context
from handlers.seller.asking import asked

MOST_ROWS = 20_000
LARGEST = 8 * 2**20
"""Bytes; a larger file is had with `bot.py export` on the machine itself."""
KINDS = ("xlsx", "csv")


async def on_export(update: Update, context: Context) -> None:
    """/export orders, /export messages csv; the latest 20,000 rows."""
    command = asked(update, context)
    desk = command.desk
    tables = desk.store.exporting.names()
    words = [word.casefold() for word in command.words]
    kind = next((word for word in words if word in KINDS), KINDS[0])
    names = [word for word in words if word not in KINDS]
    usage = ("/export TABLE [xlsx|csv]", "/export orders")
    if len(names) != 1 or names[0] not in tables:
        listed = "、".join(tables), ", ".join(tables)
        zh = f"要写哪张表：{listed[0]}。"
        en = f"Say which table: {listed[1]}."
        return await command.wrong(zh, en, *usage)
    assert desk.as_file is not None
    header, rows = await desk.store.exporting.typed(names[0], MOST_ROWS)
    content = await desk.as_file(header, rows, desk.shelf.now.shop.timezone, kind)
    if len(content) > LARGEST:
        zh = "这张表太大，聊天里发不了；请在机器上用 python bot.py export 文件夹。"
        en = "This table is too large for a chat; use python bot.py export FOLDER on the machine itself."
        return await command.wrong(zh, en, *usage)
    name = f"{names[0]}-{command.now.astimezone(desk.shelf.now.shop.timezone):%Y-%m-%d}.{kind}"
    html = desk.speech.seller("exported", desk.voice(command.owner), name=name, rows=len(rows))
    return await command.show(name, content, html, "document")

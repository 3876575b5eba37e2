"""The shelf: /item and /stock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from telegram import Update

from core.tokens import tokens
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked, find, named, names_of
from handlers.seller.shop.delisting import switch, wanted
from handlers.seller.shop.stock_review import review_stock
from handlers.seller.slips import count_in, sku_first
from handlers.tapping import tap_told

if TYPE_CHECKING:
    from core.catalogue import Variant
    from store.buttons import Button
    from store.writing import Write

MOST_LISTED = 20
UNKNOWN = ("none", "?", "？", "未知", "不填")
"""Words for a stock that nobody counts."""
CHAT_PHOTO = "file_id:"
"""Before the id of a picture that was sent in chat: it is known to Telegram already."""


async def on_item(update: Update, context: Context) -> None:
    """/item SKU shows it; with a picture it adds the picture; with words it searches; alone it lists; off takes it
    off the shelf, on puts it back."""
    command = asked(update, context)
    snapshot = await command.desk.shelf.fresh()
    catalogue = snapshot.catalogue
    if (change := wanted(command)) is not None:
        return await switch(command, *change)
    words = " ".join(command.words)
    one = find(words, catalogue) if words else None
    if command.message.photo or command.message.video:
        return await _add_photo(command, words)
    if one is not None:
        return await _show(command, one)
    found = list(catalogue)
    if words:
        sought = set(tokens(words))
        found = [one for one in found if sought <= set(tokens(f"{one.sku} {' '.join(names_of(one))} {one.category}"))]
        if not found:
            return await command.no_such_sku(words, catalogue)
    listed = [command.of(one) for one in found[:MOST_LISTED]]
    if not listed:
        return await command.misused("item_wrong", "/item [SKU]", "/item A-1", why="empty")
    return await command.say("items", items=listed, more=max(0, len(found) - MOST_LISTED))


async def _show(command: Asked, one: Variant) -> None:
    """All about one item."""
    waiting = (await command.desk.store.waiting.counts()).get(one.sku, 0)
    return await command.say("item", waiting=waiting, **command.of(one))


async def _add_photo(command: Asked, sku: str) -> None:
    one = find(sku, command.desk.shelf.now.catalogue) if sku else None
    if one is None and sku:
        return await command.no_such_sku(sku, command.desk.shelf.now.catalogue)
    if one is None:
        return await command.misused("item_wrong", "/item SKU", "/item A-1", why="photo")
    message = command.message
    file_id = message.photo[-1].file_id if message.photo else f"video:{message.video.file_id}" if message.video else ""
    source = CHAT_PHOTO + file_id
    values = command.of(one) | {"photos": len({*one.photos, source}), "known": source in one.photos}
    if source in one.photos:
        return await command.say("photo_added", **values)
    unit = [
        *command.desk.store.photos.add(one.sku, source),
        command.desk.noted(command.owner, "photo", f"sku:{one.sku}", command.now),
    ]
    undo = command.undo("undo_photo", {"sku": one.sku, "source": source})
    return await command.say("photo_added", unit, buttons=[[undo]], **values)


async def undo_photo(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销]: the picture is not shown any more."""
    sku, source = str(button.data["sku"]), str(button.data["source"])
    one = (await desk.shelf.fresh(at_once=True)).catalogue.get(sku)
    if one is None or source not in one.photos:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    words = one.words(desk.voice(owner).language)
    return [
        *desk.store.photos.drop(sku, source),
        desk.noted(owner, "undo photo", f"sku:{sku}", now),
        *tap_told(
            desk,
            owner,
            "photo_dropped",
            button,
            now,
            title=words.title,
            variant=words.variant,
            photos=len(one.photos) - 1,
        ),
    ]


async def on_stock(update: Update, context: Context) -> None:
    """/stock SKU N: the stock is set, and whoever waits for it hears so. /stock SKU none: nobody counts it."""
    command = asked(update, context)
    usage = ("/stock SKU N", "/stock A-1 20")
    if [word.lower() for word in command.words] in (["review"], ["盘点"]):
        return await review_stock(command)
    snapshot = await command.desk.shelf.fresh()
    command = replace(command, words=sku_first(command.words, snapshot.catalogue))
    if len(command.words) == 3 and count_in(" ".join(command.words[1:])) is not None:  # 20 pcs
        command = replace(command, words=(command.words[0], " ".join(command.words[1:])))
    if len(command.words) not in (1, 2):
        if more := " ".join(command.words[2:]):
            return await command.misused("stock_wrong", *usage, why="more", said=more)
        return await command.misused("stock_wrong", *usage, why="none")
    sku, count = (*command.words, "")[:2]
    one = find(sku, snapshot.catalogue)
    if one is None:
        return await command.no_such_sku(sku, snapshot.catalogue)
    if not count:
        return await command.misused("stock_wrong", *usage, why="count", **command.of(one))
    there = None if count.lower() in UNKNOWN else count_in(count)
    if there is None and count.lower() not in UNKNOWN:
        return await command.misused("stock_wrong", *usage, why="number", said=count)
    waiting = (await command.desk.store.waiting.counts()).get(one.sku, 0) if there else 0
    unit = [
        *command.desk.store.catalogue.set_stock(one.sku, there, command.by, "seller", command.now),
        command.desk.noted(command.owner, "stock", f"sku:{one.sku}", command.now, before=one.stock, after=there),
    ]
    if one.stock == there:
        return await command.say("stock_set", **command.of(one), before=one.stock, after=one.stock, waiting=0)
    values = command.of(one) | {"before": one.stock, "after": there, "waiting": waiting}
    undo = command.undo("undo_stock", {"sku": one.sku, "before": one.stock, "after": there})
    await command.say("stock_set", unit, buttons=[[undo]], **values)
    command.desk.nudge()
    return None


async def undo_stock(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """The stock is put back, unless it has changed since."""
    snapshot = await desk.shelf.fresh(at_once=True)
    sku, before, after = str(button.data["sku"]), button.data["before"], button.data["after"]
    one = snapshot.catalogue.get(sku)
    if one is None or one.stock != after:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    return [
        *desk.store.catalogue.set_stock(sku, before, desk.who(owner), "undo", now),
        desk.noted(owner, "undo stock", f"sku:{sku}", now, before=after, after=before),
        *tap_told(desk, owner, "undone", button, now, what="stock", about=named(desk, owner, one), value=before),
    ]

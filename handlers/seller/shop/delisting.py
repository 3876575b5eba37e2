"""Taking goods off the shelf and putting them back: /item SKU off, /item SKU on, and their undo."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from handlers import access
from handlers.seller.asking import find, named
from handlers.tapping import tap_told
from store.staff import Role

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.seller.asking import Asked
    from store.buttons import Button
    from store.writing import Write

OFF, ON = ("off", "下架", "下"), ("on", "上架", "上")


def wanted(command: Asked) -> tuple[str, bool] | None:
    """The item and whether it is to be off the shelf; None where the words ask for neither, or this person may not."""
    words = command.words
    if (
        len(words) != 2
        or words[1].lower() not in (*OFF, *ON)
        or not access.may(command.desk, command.owner, Role.AGENT)
    ):
        return None
    return words[0], words[1].lower() in OFF


async def switch(command: Asked, sku: str, off: bool) -> None:
    """Buyers are answered as if it were not there; open orders and its history stay. Or it is sold again."""
    desk, catalogue = command.desk, command.desk.shelf.now.catalogue
    one = find(sku, catalogue)
    if one is None:
        gone = {each.casefold(): each for each in await desk.store.catalogue.off()}
        if sku.casefold() not in gone:
            return await command.no_such_sku(sku, catalogue)
        sku = gone[sku.casefold()]
        if off:
            return await command.say("item_off", sku=sku, name="", is_off=True, changed=False)
    elif not off:
        return await command.say(
            "item_off", sku=one.sku, name=named(desk, command.owner, one), is_off=False, changed=False
        )
    else:
        sku = one.sku
    unit = [
        *desk.store.catalogue.set_off(sku, command.now if off else None, command.now),
        desk.noted(command.owner, "item off" if off else "item on", f"sku:{sku}", command.now),
    ]
    name = "" if one is None else named(desk, command.owner, one)
    undo = command.undo("undo_item", {"sku": sku, "off": off})
    await command.say("item_off", unit, buttons=[[undo]], sku=sku, name=name, is_off=off, changed=True)
    await desk.shelf.fresh(at_once=True)
    return None


async def undo_item(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销]: on the shelf, or off it, as before, unless that has changed since."""
    sku, off = str(button.data["sku"]), bool(button.data["off"])
    one = (await desk.shelf.fresh(at_once=True)).catalogue.get(sku)
    if off == (one is not None):
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    name = "" if one is None else named(desk, owner, one)
    return [
        *desk.store.catalogue.set_off(sku, None if off else now, now),
        desk.noted(owner, "undo item", f"sku:{sku}", now),
        *tap_told(desk, owner, "item_off", button, now, sku=sku, name=name, is_off=not off, changed=True),
    ]

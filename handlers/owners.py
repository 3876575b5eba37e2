"""Telling the owners what no command of theirs asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.writing import Write


def tell_owners(desk: Desk, template: str, key: str, **values: object) -> list[Write]:
    """The writes that tell every owner something, once per key."""
    now = desk.clock.now()
    unit: list[Write] = []
    for owner in desk.people.owners:
        html = desk.speech.seller(template, desk.voice(owner), **values)
        unit += desk.speaking.tell_seller(owner, html, f"{key}:{owner}", now)
    return unit

"""Answering who tapped: what came of it, told once however often the tap arrives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.speaking import Labelled
    from store.buttons import Button
    from store.writing import Write


def undo_button(desk: Desk, who: int, action: str, data: Mapping[str, Any]) -> Labelled:
    """[撤销], in this person's language."""
    return desk.speech.seller("button_undo", desk.voice(who)), action, data


def tap_told(
    desk: Desk,
    who: int,
    template: str,
    button: Button,
    now: datetime,
    /,
    *,
    buttons: Sequence[Sequence[Labelled]] = (),
    **values: Any,
) -> list[Write]:
    """Tell one of the shop's people what came of a tap."""
    html = desk.speech.seller(template, desk.voice(who), **values)
    return desk.speaking.tell_seller(who, html, f"tap:{button.id}", now, buttons=buttons)

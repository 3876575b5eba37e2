"""The taps on a card of /missed and on what teaching said. Each changes the message it stands under."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.desk import Desk
from handlers.seller.teaching.concluding import conclude, lines_of, name_for
from handlers.seller.teaching.lessons import Lesson, undone
from handlers.seller.teaching.missed import CARDS, answer_given, edited, page, show_asks
from handlers.tapping import tap_told, undo_button
from store.buttons import Button

if TYPE_CHECKING:
    from store.missed import Missed
    from store.writing import Write


async def tap_ask(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """One of the asks on a card of /missed: its lines ask this."""
    rows = await desk.store.missed.of([int(id) for id in button.data["missed"]])
    return await _taught(desk, owner, str(button.data["ask"]), rows, button, now, message_id)


async def tap_nothing(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[不是问题]: lines like these ask nothing."""
    rows = await desk.store.missed.of([int(id) for id in button.data["missed"]])
    return await _taught(desk, owner, "other", rows, button, now, message_id)


async def tap_own(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[自家问题]: an ask of the seller's own, named after what its lines have in common; with the answer given by hand."""
    rows = await desk.store.missed.of([int(id) for id in button.data["missed"]])
    text = await answer_given(desk, rows) if button.data.get("answered") else ""
    return await _taught(desk, owner, name_for(desk, [one.text for one in rows]), rows, button, now, message_id, text)


async def tap_asks(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[别的…]: every ask there is."""
    return await show_asks(desk, button, owner, now, message_id)


async def tap_more(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[下一页]."""
    unit = await page(desk, owner, int(button.data["from"]), f"{CARDS}{button.id}", now)
    html = desk.speech.seller("missed_none", desk.voice(owner))
    return unit or desk.speaking.tell_seller(owner, html, f"tap:{button.id}", now)


async def tap_keep(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[照样教]: the seller has seen what it costs."""
    return await conclude(
        desk, owner, Lesson.of(button.data), f"tap:{button.id}", now,
        card=str(button.data["card"]), message_id=message_id, sure=True, text=str(button.data["text"]),
    )  # fmt: skip


async def tap_drop(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[不教了]: nothing was changed yet, and nothing is."""
    html = desk.speech.seller("not_taught", desk.voice(owner))
    return edited(desk, owner, html, f"tap:{button.id}", message_id, now)


async def tap_undo(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[撤销]: as it was before."""
    html = desk.speech.seller("teach_undone", desk.voice(owner))
    return [*undone(desk, button.data, owner, now), *edited(desk, owner, html, f"tap:{button.id}", message_id, now)]


async def tap_unteach(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """A line of the list of /unteach."""
    one = await desk.store.phrases.get(int(button.data["line"]))
    if one is None:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    again = [] if one.phrase.is_not else [[one.phrase.text, one.phrase.ask]]
    undo = undo_button(desk, owner, "teach_undo", {"again": again})
    said = tap_told(desk, owner, "untaught", button, now, buttons=[[undo]], line=one.phrase.text)
    noted = desk.noted(owner, "unteach", one.phrase.ask, now)
    return [*desk.store.phrases.drop([one.id]), noted, *said]


async def _taught(
    desk: Desk,
    owner: int,
    ask: str,
    rows: Sequence[Missed],
    button: Button,
    now: datetime,
    message_id: int,
    text: str = "",
) -> list[Write]:
    lesson = Lesson(ask, lines_of(rows, ask), missed=tuple(one.id for one in rows))
    if not rows:
        html = desk.speech.seller("nothing_to_undo", desk.voice(owner))
        return edited(desk, owner, html, f"tap:{button.id}", message_id, now)
    return await conclude(
        desk, owner, lesson, f"tap:{button.id}", now, card=str(button.data["card"]), message_id=message_id, text=text
    )


ON_MESSAGE = {
    "missed_ask": tap_ask,
    "missed_asks": tap_asks,
    "missed_own": tap_own,
    "missed_nothing": tap_nothing,
    "missed_more": tap_more,
    "teach_keep": tap_keep,
    "teach_drop": tap_drop,
    "teach_undo": tap_undo,
    "unteach": tap_unteach,
}

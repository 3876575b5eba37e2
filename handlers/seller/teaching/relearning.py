"""When the model was made anew with taught lines: the seller hears what it won and lost, and decides where it lost too much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.seller.teaching.comparing import shown
from handlers.seller.teaching.missed import edited

if TYPE_CHECKING:
    from core.understanding.teaching.trying import Tally
    from handlers.desk import Desk
    from store.buttons import Button
    from store.writing import Write

HELD = "teaching:held"
"""The mark with the lines that wait for the seller's word: they answer by themselves, and the model does not learn them."""


async def held(desk: Desk) -> frozenset[int]:
    """Taught lines that are kept out of the model until the seller has decided."""
    return frozenset(map(int, await desk.store.marks.get(HELD) or ()))


async def tell(desk: Desk, tallies: Sequence[Tally], lines: Sequence[int], *, warned: bool) -> None:
    """Say what the new model won and lost. One that loses too much (`warned`) is not used: its lines wait."""
    now = desk.clock.now()
    if not warned and not any(one.won or one.lost for one in tallies):
        return
    unit: list[Write] = []
    if warned:
        unit.append(desk.store.marks.set(HELD, sorted({*await held(desk), *lines}), now))
    for owner in desk.people.owners:
        voice, data = desk.voice(owner), {"lines": list(lines)}
        html = desk.speech.seller("relearnt", voice, table=shown(desk, tallies, owner), warned=warned)
        keep = (desk.speech.seller("button_keep", voice), "model_keep", data)
        drop = (desk.speech.seller("button_drop_lines", voice), "model_drop", data)
        key = f"relearnt:{owner}:{now.timestamp():.6f}"
        unit += desk.speaking.tell_seller(owner, html, key, now, buttons=[[keep, drop]] if warned else ())
    await desk.store.write(unit)


async def tap_keep(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[照样教]: the model learns them all the same."""
    ids = [int(id) for id in button.data["lines"]]
    html = desk.speech.seller("model_kept", desk.voice(owner))
    return [
        desk.store.marks.set(HELD, sorted(await held(desk) - set(ids)), now),
        *desk.store.phrases.learnt(ids, now),
        desk.store.revision.bump(),
        desk.noted(owner, "model keep", "phrases", now),
        *edited(desk, owner, html, f"tap:{button.id}", message_id, now),
    ]


async def tap_drop(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[收回这几句]: the lines are taken back, and all is as it was."""
    ids = [int(id) for id in button.data["lines"]]
    html = desk.speech.seller("teach_undone", desk.voice(owner))
    return [
        desk.store.marks.set(HELD, sorted(await held(desk) - set(ids)), now),
        *desk.store.phrases.drop(ids),
        desk.noted(owner, "model drop", "phrases", now),
        *edited(desk, owner, html, f"tap:{button.id}", message_id, now),
    ]


ON_MESSAGE = {"model_keep": tap_keep, "model_drop": tap_drop}

"""Replies to a card of /missed, and to a message that asked for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.asks import OWN, own_name
from handlers.ask_names import meant
from handlers.seller.asking import Asked
from handlers.seller.teaching.concluding import conclude, keep_answer, lines_of, name_for
from handlers.seller.teaching.lessons import Lesson
from handlers.seller.teaching.teaching import USAGE


async def reply_to_missed(command: Asked, data: Mapping[str, Any], text: str) -> None:
    """A reply to a card of /missed: the name of an ask, "name = answer", or the answer itself."""
    desk, now = command.desk, command.now
    rows = await desk.store.missed.of([int(id) for id in data["missed"]])
    named, _, said = text.replace("＝", "=").partition("=")
    name = own_name(named) if said.strip() else ""
    if (ask := meant(desk, text, new=True)) or not rows:
        said = ""
    elif name and len(named.strip()) <= 20 and "\n" not in named:
        ask, said = meant(desk, named) or name, said.strip()
        said = said if ask.startswith(OWN) else ""
    else:
        ask, said = name_for(desk, [one.text for one in rows]), text
    if not rows or not ask:
        return await command.say("nothing_to_undo")
    lesson = Lesson(ask, lines_of(rows, ask, given=bool(name)), missed=tuple(one.id for one in rows))
    unit = await conclude(desk, command.owner, lesson, command.key, now, text=said)
    await desk.write([*unit, desk.store.prompts.clear(str(data["card"]))])
    desk.shelf.look_again()
    return None


async def reply_with_answer(command: Asked, data: Mapping[str, Any], text: str) -> None:
    """A reply to a message that asked for an answer."""
    products = tuple(map(str, data.get("products", ("",))))
    await keep_answer(command, str(data["ask"]), text, products, str(data.get("question", "")))


REPLIES = {"missed": reply_to_missed, "answer": reply_with_answer}


async def on_reply_to_prompt(command: Asked, action: str, data: Mapping[str, Any]) -> None:
    """A seller replies to a message of ours that waits for words."""
    text = (command.message.text or "").strip()
    if not text:
        return await command.misused("teach_wrong", *USAGE[:2], why="words")
    await command.desk.shelf.fresh(at_once=True)
    return await REPLIES[action](command, data, text)

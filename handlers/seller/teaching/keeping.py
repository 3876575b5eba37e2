"""Keeping a seller's own words as the answer to an ask, for everybody or about one product: "save as reply?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.answers import FOR_A_PRODUCT, FOR_EVERYONE, OF_MANY_MEANINGS
from core.asks import OWN
from handlers.access import may_tap
from handlers.ask_names import label
from handlers.seller.teaching.concluding import conclude, name_for
from handlers.seller.teaching.lessons import LONGEST_ANSWER, Lesson, answer
from handlers.seller.teaching.missed import edited
from handlers.speaking import Labelled
from handlers.tapping import tap_told, undo_button

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.buttons import Button
    from store.turns import Turn
    from store.writing import Write

RECENT = timedelta(days=2)
LOOKED_AT = 6
"""Turns that are looked through for what the seller's words may have answered."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was handed over: the ask ("" where it was not understood), the buyer's words, and the things they were about."""

    ask: str
    words: str
    products: tuple[str, ...]

    @property
    def is_for_everyone(self) -> bool:
        return self.ask in FOR_EVERYONE or self.ask.startswith(OWN)

    @property
    def is_of_a_product(self) -> bool:
        return self.ask in FOR_A_PRODUCT and bool(self.products)

    @property
    def is_new(self) -> bool:
        """Whether an ask of the shop's own could be made of it."""
        return not self.ask or self.ask in OF_MANY_MEANINGS

    @property
    def is_keepable(self) -> bool:
        return bool(self.words.strip()) and (self.is_for_everyone or self.is_of_a_product or self.is_new)


async def offer(desk: Desk, chat: Chat, text: str, owner: int, now: datetime) -> list[list[Labelled]]:
    """The row with [存成回复？] where the seller's words answer something that others will ask too; else none."""
    if not text.strip() or len(text) > LONGEST_ANSWER or not may_tap(desk, owner, "keep_reply"):
        return []
    turns = await desk.store.turns.latest(chat.conversation.id, LOOKED_AT)
    for turn in turns:
        if turn.closed_at is None or now - turn.closed_at > RECENT:
            continue
        handed = _handed(turn)
        if handed:
            kept = next((at for at in reversed(range(len(handed))) if handed[at].is_keepable), None)
            if kept is None:
                return []
            data = {"turn": turn.id, "at": kept, "text": text}
            return [[(desk.speech.seller("button_save_reply", desk.voice(owner)), "keep_reply", data)]]
    return []


async def tap_reply(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[存成回复？]: for whom the words shall be the answer."""
    question, voice = await _question(desk, button.data), desk.voice(owner)
    key = f"tap:{button.id}"
    if question is None:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    rows: list[list[Labelled]] = []
    if question.is_for_everyone:
        said = desk.speech.seller("button_for_ask", voice, ask=label(desk, question.ask, voice))
        rows.append([(said, "keep_as", {**button.data, "as": "ask"})])
    if question.is_of_a_product:
        said = desk.speech.seller("button_for_product", voice, title=_title(desk, question.products, voice.language))
        rows.append([(said, "keep_as", {**button.data, "as": "product"})])
    if question.is_new:
        rows.append([(desk.speech.seller("button_own_ask", voice), "keep_as", {**button.data, "as": "own"})])
    rows.append([(desk.speech.seller("button_do_not_keep", voice), "teach_drop", {})])
    html = desk.speech.seller("save_reply", voice, words=question.words, answer=str(button.data["text"]))
    return desk.speaking.tell_seller(owner, html, key, now, buttons=rows)


async def tap_as(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """The choice: everybody who asks this, who asks it about this product, or an ask of the shop's own."""
    question, text, how = await _question(desk, button.data), str(button.data["text"]), str(button.data["as"])
    voice, key = desk.voice(owner), f"tap:{button.id}"
    if question is None:
        return edited(desk, owner, desk.speech.seller("nothing_to_undo", voice), key, message_id, now)
    if how == "own":
        from core.understanding.teaching.missed import teachable

        rows = [one for one in await desk.store.missed.open() if one.text.strip() == question.words.strip()]
        lesson = Lesson(
            name_for(desk, [question.words]), (teachable(question.words),), missed=tuple(one.id for one in rows)
        )
        return await conclude(desk, owner, lesson, key, now, card=key, message_id=message_id, text=text)
    products: Sequence[str] = question.products if how == "product" else ("",)
    narrow = question.words if how == "product" and question.ask in OF_MANY_MEANINGS else ""
    unit, undo = await answer(desk, question.ask, text, owner, now, products, narrow)
    html = desk.speech.seller(
        "reply_kept", voice, ask=label(desk, question.ask, voice), answer=text, words=narrow,
        title=_title(desk, question.products, voice.language) if how == "product" else "",
    )  # fmt: skip
    buttons = [[undo_button(desk, owner, "teach_undo", undo)]]
    return [*unit, *edited(desk, owner, html, key, message_id, now, buttons)]


ON_MESSAGE = {"keep_reply": tap_reply, "keep_as": tap_as}


async def _question(desk: Desk, data: Mapping[str, Any]) -> Question | None:
    turn = await desk.store.turns.get(int(data["turn"]))
    handed = _handed(turn) if turn is not None else []
    return handed[int(data["at"])] if int(data["at"]) < len(handed) else None


def _handed(turn: Turn) -> list[Question]:
    """What this turn handed over, in order."""
    told = turn.understanding or {}
    products = {one["name"]: tuple(one["products"]) for one in told.get("asks", ())}
    return [
        Question(ask, words, products.get(ask, ()))
        for reason, ask, words in told.get("handovers", ())
        if reason in ("missing", "seller", "unclear")
    ]


def _title(desk: Desk, skus: Sequence[str], language: str) -> str:
    known = [one for sku in skus if (one := desk.shelf.now.catalogue.get(sku)) is not None]
    if not known:
        return ""
    words = known[0].words(language)
    return f"{words.title} · {words.variant}" if len(known) == 1 and words.variant else words.title

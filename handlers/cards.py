"""The seller's cards: one per conversation and seller, edited as lines come. Replying to a card answers the buyer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.answering.wanting import wanted_lately
from core.answers import speaks
from core.cards import Card
from core.html import cut, plain_text, utf16_length
from core.queueing import PRESSING
from handlers.ask_names import label
from handlers.calls import NO_PREVIEW
from handlers.composing import Composed
from handlers.transcript import evidence
from store.cards import Card as Kept
from store.prompts import Prompt

if TYPE_CHECKING:
    from core.answering.values import Answer
    from handlers.chats import Chat, OpenTurn
    from handlers.desk import Desk
    from store.writing import Write
    from templates import Voice

MOST_LINES = 12
MOST_WORDS = 300
"""UTF-16 units of one line, as Telegram counts them."""
MOST_OF_ALL = 3000
"""Of all lines together: with name, reasons and what was said they must stay one message."""
MOST_GOODS = 20
SIGNS = {
    "photo": "🖼",
    "voice": "🎤",
    "audio": "🎵",
    "video": "🎬",
    "video_note": "🎬",
    "location": "📍",
    "contact": "👤",
}
"""What came without words, on a card that sellers of any language read."""
THREATS = frozenset({"extortion", "threat"})
"""Alarms with which the owner gets the transcript as a file."""


class Cards:
    """Shows the seller what needs a person, and keeps it up to date."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def _waiting(self, chat: Chat) -> Card | None:
        """The card of this chat that still waits for the seller."""
        if not chat.is_card_read:
            kept = await self._desk.store.cards.of_conversation(chat.conversation.id)
            chat.card, chat.is_card_read = Card.from_json(kept[0].shown) if kept else None, True
        return chat.card

    async def of(self, chat: Chat) -> Card | None:
        """The card that still waits for a person, if there is one."""
        return await self._waiting(chat)

    def forget(self, conversation_id: int) -> None:
        """The card is no longer there to be edited: what comes next begins a new one."""
        if (chat := self._desk.chats.here(conversation_id)) is not None:
            chat.card, chat.is_card_read = None, True

    async def handed_over(self, chat: Chat, composed: Composed, words: str, now: datetime) -> list[Write]:
        """Something of this turn needs a person: the buyer's words are shown, and what the bot said to it."""
        reasons = tuple(dict.fromkeys(one.reason for one in composed.answer.handovers))
        said = " ".join(plain_text(composed.html).split()) if composed.answer.asks else ""
        alarm = composed.answer.alarm
        files = [SIGNS.get(each, "📎") for one in composed.answer.handovers for each in one.files]
        lines = [*words.split("\n"), " ".join(files)]
        unit = await self.heard(chat, lines, reasons, now, said=said, alarm=bool(alarm))
        if alarm in THREATS:
            unit += await evidence(
                self._desk,
                chat,
                self._desk.people.owners,
                f"threat:{chat.conversation.id}:{now.timestamp():.6f}",
                now,
                is_alarm=True,
            )
        return unit

    async def heard(
        self,
        chat: Chat,
        lines: Sequence[str],
        reasons: Sequence[str],
        now: datetime,
        *,
        said: str = "",
        alarm: bool = False,
    ) -> list[Write]:
        """Put lines on the card: a new one, or the one that still waits is edited."""
        state = chat.conversation
        card = await self._waiting(chat)
        is_new = card is None or bool(card.settled)
        key = f"card:{state.id}:{now.timestamp():.6f}"
        unit: list[Write] = []
        if card is None or card.settled:
            card = Card(key, now)
        elif set(PRESSING).intersection(reasons).difference(card.reasons):
            # An edit makes no sound: what is more pressing than what stands there comes as a card of its own.
            unit = self._show(chat, replace(card, settled="moved"), now, is_new=False)
            card, is_new = replace(card, key=key, chats=[]), True
        shown = [*card.lines, *([cut(line, MOST_WORDS) for line in lines if line.strip()] or ["[…]"])]
        latest = _latest(shown)
        card = replace(
            card,
            lines=latest,
            earlier=card.earlier + len(shown) - len(latest),
            reasons=list(dict.fromkeys([*card.reasons, *reasons])),
            said=cut(said, MOST_WORDS) if said else card.said,
            alarm=card.alarm or alarm,
            wanted=wanted_lately(chat.told, now) if "order" in reasons else card.wanted,
            about=list(state.last_products[:MOST_GOODS]) if "order" in reasons else card.about,
        )
        return [*unit, *self._show(chat, card, now, is_new)]

    async def settle(self, chat: Chat, how: str, now: datetime, by: int | None = None) -> list[Write]:
        """A seller answered ("seller") or put it away ("done")."""
        card = await self._waiting(chat)
        return [] if card is None else self._show(chat, replace(card, settled=how, by=by), now, is_new=False)

    async def waits_for(self, chat: Chat) -> frozenset[str]:
        """Why this buyer waits for a person: the reasons on the card; none when nobody waits."""
        card = await self._waiting(chat)
        return frozenset() if card is None else frozenset(card.reasons)

    async def refresh(self, chat: Chat, now: datetime) -> list[Write]:
        """Show the card again as things now stand: muted or not."""
        card = await self._waiting(chat)
        return [] if card is None else self._show(chat, card, now, is_new=False)

    def note(self, chat: Chat, notes: Sequence[str], now: datetime) -> list[Write]:
        """A wish for the parcel, shown on its own."""
        unit: list[Write] = []
        for owner in self._desk.people.sellers:
            for place, note in enumerate(notes):
                html = self._desk.speech.seller(
                    "note_kept", self._desk.voice(owner), name=chat.name, buyer=chat.buyer.id, note=note
                )
                key = f"note:{chat.conversation.id}:{owner}:{now.timestamp():.6f}:{place}"
                unit += self._desk.speaking.tell_seller(owner, html, key, now, conversation_id=chat.conversation.id)
        return unit

    def untranslated(self, answer: Answer, voice: Voice, now: datetime) -> list[Write]:
        """An answer of the seller's own was said in another language than the buyer's: the seller may add this one. Told once
        a day for each."""
        unit: list[Write] = []
        for fact in answer.facts:
            if fact.name != "kept_answer" or speaks(fact.values["text"], voice.language):
                continue
            ask, text = str(fact.values["ask"]), fact.values["text"]
            data = {"ask": ask, "products": list(fact.values["skus"]), "question": fact.values["question"]}
            for owner in self._desk.people.owners:
                spoken = self._desk.voice(owner)
                html = self._desk.speech.seller(
                    "untranslated", spoken, ask=label(self._desk, ask, spoken), language=voice.language,
                    answer=text.zh or text.zh_hant or text.en,
                )  # fmt: skip
                key = f"untranslated:{fact.about}:{voice.language}:{owner}:{now:%Y%m%d}"
                unit += self._desk.speaking.tell_seller(owner, html, key, now)
                unit.append(self._desk.store.prompts.put(Prompt(key, "answer", data, now)))
        return unit

    async def set_aside(self, chat: Chat, opened: OpenTurn, error: BaseException) -> None:
        """A turn that could not be answered in four tries goes to a person, whole."""
        now = self._desk.clock.now()
        async with chat.held():
            if chat.open_turn is not opened:
                return
            chat.open_turn = None
            chat.wait_for_a_person(("unclear",), now)
            unit = await self.heard(chat, shown(opened), ("unclear",), now)
            closed = self._desk.store.turns.close(opened.turn, "set_aside", now, {"error": str(error)[:300]})
            await self._desk.write([*unit, closed, self._desk.store.conversations.save(chat.conversation)])

    def _show(self, chat: Chat, card: Card, now: datetime, is_new: bool) -> list[Write]:
        desk, state = self._desk, chat.conversation
        unit: list[Write] = []
        if desk.forum.is_on:  # the buyer's topic shows it; what it is about is kept
            chat.card = None if card.settled else card
            kept = [
                desk.store.cards.save(Kept(state.id, one, card.key, card.as_json(), now))
                for one in desk.people.sellers[:1]
            ]
            return [desk.store.cards.let_go(state.id)] if card.settled else [*kept]
        shown_to = [] if is_new else card.chats
        sellers = [one for one in desk.people.sellers if one in shown_to or not card.settled]
        card = replace(card, chats=sellers)
        muted = state.is_muted(now)
        for owner in sellers:
            voice = desk.voice(owner)
            html = desk.speech.seller(
                "card", voice, name=chat.name, buyer=chat.buyer.id, lines=card.lines, reasons=card.reasons, said=card.said,
                earlier=card.earlier, settled=card.settled, alarm=card.alarm, muted=muted,
                goods=self._named(card.about, voice), ordered=self._ordered(card.wanted, voice),
                by="" if card.by in (None, owner) else desk.people.name_of(card.by),
                taken_by="" if state.taken_by in (None, owner) or not muted else desk.people.name_of(state.taken_by),
                muted_until=state.muted_until if muted and not state.is_off else None,
            )  # fmt: skip
            payload: dict[str, Any] = {"text": html, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
            if rows := self._buttons(chat, card, owner, muted, now, unit):
                payload["reply_markup"] = {"inline_keyboard": rows}
            key = f"{card.key}:{owner}"
            if owner not in shown_to:
                unit.append(desk.speaking.to_seller(owner, "sendMessage", payload, key, now, state.id))
            else:
                payload["message_id"] = {"of": key}
                edit = f"{key}:edit:{now.timestamp():.6f}"
                unit.append(desk.speaking.to_seller(owner, "editMessageText", payload, edit, now, state.id))
            if not card.settled:
                unit.append(desk.store.cards.save(Kept(state.id, owner, key, card.as_json(), now)))
        chat.card = None if card.settled else card
        if card.settled:
            unit.append(desk.store.cards.let_go(state.id))
        return unit

    def _named(self, skus: Sequence[str], voice: Voice) -> list[str]:
        """Each product once, with the variant where only one of it is among them."""
        families: dict[str, list[str]] = {}
        for sku in skus:
            if (one := self._desk.shelf.now.catalogue.get(sku)) is not None:
                words = one.words(voice.language)
                families.setdefault(words.title, []).append(words.variant)
        return [
            " · ".join((title, *variants)) if len(variants) == 1 and variants[0] else title
            for title, variants in families.items()
        ]

    def _ordered(self, wanted: Mapping[str, int], voice: Voice) -> list[dict[str, Any]]:
        """What is wanted, and how many of each."""
        known = self._desk.shelf.now.catalogue.by_sku
        return [
            {"title": words.title, "variant": words.variant, "unit": words.unit, "many": many, "sku": sku}
            for sku, many in wanted.items()
            if sku in known and (words := known[sku].words(voice.language))
        ]

    def _buttons(
        self, chat: Chat, card: Card, owner: int, muted: bool, now: datetime, unit: list[Write]
    ) -> list[list[dict[str, Any]]]:
        if card.settled:
            return []
        desk, voice = self._desk, self._desk.voice(owner)
        data = {"conversation": chat.conversation.id}
        names = ["button_release" if muted else "button_take", "button_done"]
        if card.alarm:
            names.append("button_block")
        actions = {"button_take": "take", "button_release": "release", "button_done": "done", "button_block": "block"}
        return [
            [
                desk.speaking.seller_button(owner, desk.speech.seller(name, voice), actions[name], data, now, unit)
                for name in names
            ]
        ]


def shown(opened: OpenTurn) -> list[str]:
    """A turn's lines as they stand on a card, with a sign for each file."""
    return [
        " ".join((line.text, *(SIGNS.get(str(one["kind"]), "📎") for one in line.media or []))).strip()
        for line in opened.lines
    ]


def _latest(lines: Sequence[str]) -> list[str]:
    """The newest lines, as many as a card holds."""
    kept: list[str] = []
    room = MOST_OF_ALL
    for line in reversed(lines[-MOST_LINES:]):
        room -= utf16_length(line)
        if kept and room < 0:
            break
        kept.insert(0, line)
    return kept

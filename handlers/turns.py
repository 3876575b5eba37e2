"""Turns: several short lines in a row are one question. They are kept as they come and answered once, when the buyer pauses."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.answering.buying import wants_to_order
from core.answering.gathering import PRODUCT_ASKS
from core.answering.wanting import wanted_key
from core.asks import TO_A_PERSON, Ask, Understanding
from handlers.account.offering import with_own_chat
from handlers.buyer.meeting import unread
from handlers.cards import shown as shown_on_card
from handlers.changing import ask_seller
from handlers.chats import NEW_SESSION, Chat, Line, OpenTurn, Pending
from handlers.composing import PINNED, Composed, Read, decide, read, voice_for
from handlers.ordering import note
from handlers.parcels.telling import about
from store.errors import DatabaseUnavailable
from store.missed import Missed
from store.turns import Turn
from store.waiting import Waiting

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.messages import Message
    from store.writing import Write

LONGEST = timedelta(seconds=10)
"""However fast the lines come, an answer waits no longer than this after the first one."""
ALBUM_QUIET = timedelta(seconds=1.5)
"""The pictures of an album come one by one; so long after the last one it is taken to be whole."""
RETRIES = (2.0, 10.0, 60.0)
"""Seconds before a turn that could not be answered is tried again; after the last it goes to a person."""
PLACE_ASKS = frozenset({"ship_eta", "ship_fee", "ship_to"})
"""Asks that depend on where the parcel goes."""
log = logging.getLogger(__name__)


class Turns:
    """Opens, extends and answers turns. Every method that changes a chat is called with its lock held."""

    def __init__(self, desk: Desk, delay: float) -> None:
        self._desk = desk
        self._delay = timedelta(seconds=delay)
        self._timers: set[asyncio.Task[None]] = set()
        self._answering = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    def taking(self, chat: Chat, now: datetime) -> OpenTurn:
        """The turn to which the chat's next line belongs: the open one, or a new one that is not written yet."""
        return chat.open_turn or OpenTurn(Turn(chat.conversation.id, now, now + self._delay))

    async def hear(
        self, chat: Chat, opened: OpenTurn, line: Line, before: list[Write], kept: list[Write], now: datetime
    ) -> None:
        """Keep a line in the turn that `taking` gave, and answer when it is time.

        `before` (the buyer, the conversation) is written ahead of the turn, `kept` (the line itself) after it, all in the
        same transaction as the end of the inbox row.
        """
        delay = max(self._delay, ALBUM_QUIET) if line.album else self._delay
        latest = min(now + delay, opened.turn.opened_at + max(LONGEST, delay))
        if chat.open_turn is not None and line.album:
            latest = max(latest, opened.turn.answer_at)
        opened.turn = replace(opened.turn, answer_at=latest)
        last = chat.conversation.last_inbound_at
        if last is not None and now - last > NEW_SESSION:
            chat.change(last_word_at=None, tip_offered_at=None)  # a new conversation has its own
        chat.change(last_inbound_at=now)
        unit = [*before, self._desk.store.turns.put(opened.turn), *kept]
        if delay == timedelta() and chat.open_turn is None:
            opened.lines.append(line)
            await self._answer(chat, opened, unit, now)
            return
        await self._desk.write([*unit, self._desk.store.conversations.save(chat.conversation)])
        opened.lines.append(line)
        chat.open_turn = opened
        self._set_timer(chat, opened)

    def holds(self, chat: Chat, message_id: int) -> bool:
        """Whether the line is in the open turn: it is not answered yet."""
        return any(line.message_id == message_id for line in (chat.open_turn.lines if chat.open_turn else ()))

    def taken_away(self, chat: Chat, message_id: int) -> None:
        """A line deleted before the answer is not answered; the others of its turn are."""
        if chat.open_turn is not None:
            lines = chat.open_turn.lines
            lines[:] = [line for line in lines if line.message_id != message_id]

    def edited(self, chat: Chat, message_id: int, text: str) -> bool:
        """An edit before the answer changes the question. False when the line is not in the open turn."""
        for line in chat.open_turn.lines if chat.open_turn else ():
            if line.message_id == message_id:
                line.text = text
                return True
        return False

    async def flush(self, chat: Chat, now: datetime) -> list[Write]:
        """Answer the open turn at once: something else is about to be said in this chat."""
        opened, chat.open_turn = chat.open_turn, None  # its timer goes on, should this not be written
        if opened is None:
            return []
        return await self._answered(chat, opened, now)

    async def resume(self) -> int:
        """After a restart: take up the turns that were left open. Returns how many."""
        found = await self._desk.store.turns.open()
        for turn in found:
            chat = await self._desk.chats.of_conversation(turn.conversation_id)
            if chat is None or chat.open_turn is not None:
                continue
            kept = await self._desk.store.messages.of_turn(turn.id)
            lines = [await self._line(one) for one in kept if one.who == "buyer" and not one.is_deleted]
            chat.open_turn = OpenTurn(turn, lines)
            self._set_timer(chat, chat.open_turn)
        return len(found)

    async def _line(self, kept: Message) -> Line:
        """The line as it was before the restart: what it quotes is looked up."""
        quoted = None
        if kept.reply_to is not None:
            quoted = await self._desk.store.messages.by_telegram_id(kept.conversation_id, kept.reply_to)
        return Line(
            *(kept.id, kept.telegram_id, kept.now_reads, kept.at, unread(kept.media), kept.album, kept.reply_to),
            quoted=quoted.now_reads if quoted is not None else "",
            is_edit=kept.turn_id is not None and kept.id < kept.turn_id,  # a turn is there before its lines
        )

    async def idle(self) -> None:
        """Return once every turn that is due has been answered."""
        now = self._desk.clock.now()
        waiting = [chat.open_turn for chat in self._desk.chats.waiting() if chat.open_turn is not None]
        due = [one.timer for one in waiting if one.timer is not None and one.turn.answer_at <= now]
        if due:
            await asyncio.wait(due)
        while self._answering:
            await self._quiet.wait()

    async def stop(self) -> None:
        """Forget the timers; the turns stay open in the store."""
        for timer in self._timers:
            timer.cancel()

    def _set_timer(self, chat: Chat, opened: OpenTurn) -> None:
        if opened.timer is None:
            opened.timer = asyncio.create_task(self._wait(chat, opened), name="turn")
            self._timers.add(opened.timer)
            opened.timer.add_done_callback(self._timers.discard)

    async def _wait(self, chat: Chat, opened: OpenTurn) -> None:
        clock, turn = self._desk.clock, opened.turn
        # Now before it was opened: the machine's clock was set back.
        while turn.opened_at <= (now := clock.now()) < turn.answer_at:
            await clock.sleep((turn.answer_at - now).total_seconds())
            turn = opened.turn
        self._answering += 1
        self._quiet.clear()
        try:
            waits = list(RETRIES)
            failed: Exception | None = None
            while True:
                try:
                    if failed is not None and not waits:
                        await self._desk.cards.set_aside(chat, opened, failed)
                        return
                    async with chat.held():
                        if chat.open_turn is opened:
                            chat.open_turn = None
                            await self._answer(chat, opened, [], self._desk.clock.now())
                    return
                except DatabaseUnavailable as error:  # not the turn's fault: it is not counted
                    log.warning("a turn waits for the store: %s", error)
                    wait = RETRIES[0]
                except Exception as error:
                    log.exception("a turn could not be answered")
                    if failed is not None and not waits:
                        opened.timer = None  # the next line, or the next start, tries again
                        return
                    failed, wait = error, waits.pop(0)
                await self._desk.clock.sleep(wait)
        finally:
            self._answering -= 1
            if not self._answering:
                self._quiet.set()

    async def _answer(self, chat: Chat, opened: OpenTurn, before: list[Write], now: datetime) -> None:
        """Decide and write down the one answer; `before` goes first in the same transaction."""
        await self._desk.write([*before, *await self._answered(chat, opened, now)])

    async def _answered(self, chat: Chat, opened: OpenTurn, now: datetime) -> list[Write]:
        """The writes that answer these lines, with the files they show, and close the turn."""
        if not opened.lines:  # all were deleted
            return [self._desk.store.turns.close(opened.turn, "silent", now)]
        words = "\n".join(line.text for line in opened.lines if line.text)
        files = tuple(str(one["kind"]) for line in opened.lines if line.media for one in line.media if not line.text)
        shown = tuple(str(one["kind"]) for line in opened.lines if line.media for one in line.media if line.text)
        return await self.answer_words(chat, words, now, opened, files=files, shown=shown)

    async def answer_words(
        self,
        chat: Chat,
        words: str,
        now: datetime,
        opened: OpenTurn,
        files: tuple[str, ...] = (),
        shown: tuple[str, ...] = (),
        instead: tuple[Ask, ...] = (),
    ) -> list[Write]:
        """The writes that answer these words in this chat and close the turn."""
        desk = self._desk
        snapshot, mind = await desk.shelf.minded()
        state = chat.conversation
        if state.is_muted(now):
            chat.wait_for_a_person(("muted",), now)
            unit = await desk.cards.heard(chat, shown_on_card(opened), ("muted",), now)
            return [
                *unit,
                desk.store.turns.close(opened.turn, "muted", now),
                desk.store.conversations.save(chat.conversation),
            ]
        quoted = next((line.quoted for line in opened.lines if line.quoted), "")
        told = read(words, chat, snapshot, mind, now, instead, quoted)
        orders = tuple(await desk.store.orders.of_buyer(chat.buyer.id)) if told.needs_orders else None
        parcels = await self._parcels(chat, told) if told.needs_parcels else None
        composed = decide(
            told,
            chat,
            snapshot,
            desk.speech,
            now,
            files=files,
            shown=shown,
            orders=orders,
            parcels=parcels,
            is_tap=bool(instead),
            is_edit=any(line.is_edit for line in opened.lines),
        )
        unit = self._hear_language(chat, composed.understood) if words.strip() and not instead else []
        answer = composed.answer
        if not answer.is_silent:
            said, html, offered = await with_own_chat(desk, chat, composed, now)
            unit += offered
            unit += desk.speaking.reply(
                chat, said, composed.voice, html, f"reply:{opened.turn.id}", now, opened.turn.id
            )
        self._remember(chat, composed, now)
        if answer.handovers:
            unit += await desk.cards.handed_over(chat, composed, words, now)
        if answer.notes:
            unit += desk.cards.note(chat, answer.notes, now)
            unit += await note(desk, chat.buyer.id, "；".join(answer.notes), now)
        for place, wish in enumerate(answer.wishes):
            unit += ask_seller(desk, chat, wish, f"{opened.turn.id}:{place}", now)
        unit += [desk.store.waiting.add(Waiting(chat.buyer.id, sku, now, state.id)) for sku in answer.waits_for]
        unit += [desk.store.missed.add(one) for one in _missed(composed, opened, now)]
        unit += desk.cards.untranslated(answer, composed.voice, now)
        outcome = "silent" if answer.is_silent else "handed_over" if answer.handovers else "answered"
        kept = [fact.key for fact in answer.said] + [wanted_key(sku, many) for sku, many in answer.wanted]
        unit += desk.store.told.tell(state.id, kept, now)
        unit.append(desk.store.turns.close(opened.turn, outcome, now, composed.explained(words)))
        unit.append(desk.store.conversations.save(chat.conversation))
        return unit

    async def _parcels(self, chat: Chat, told: Read) -> tuple[Mapping[str, Any], ...]:
        """The buyer's parcels, as they are told."""
        found = await self._desk.store.parcels.of_buyer(chat.buyer.id)
        now = self._desk.clock.now()
        language = voice_for(chat, self._desk.shelf.now, now, told.understood.language).language
        return tuple(about(self._desk, one, language) for one in found)

    def _remember(self, chat: Chat, composed: Composed, now: datetime) -> None:
        """What this turn teaches about the chat."""
        answer, understood = composed.answer, composed.understood
        changes: dict[str, object] = {}
        if not answer.is_silent:
            changes |= {"last_outbound_at": now, "last_said": composed.html[-500:]}
            if any(fact.name == "automatic" for fact in answer.facts):
                changes["disclosed_at"] = now
            for fact in answer.said:
                chat.told[fact.key] = now
        chat.told.update((wanted_key(sku, many), now) for sku, many in answer.wanted)
        if answer.products:
            changes |= {"last_products": answer.products, "last_products_at": now}
        handed = [one.ask for one in answer.handovers if one.ask and one.ask not in TO_A_PERSON]
        if answer.asks or handed:
            changes["last_ask"] = ",".join([*dict.fromkeys((*answer.asks[::-1], *handed[::-1]))][::-1])
        chat.pending = _pending(composed, chat.pending)
        if any(name in PRODUCT_ASKS for name in answer.asks):
            chat.product_turns += 1
        if answer.offers_tip:
            changes["tip_offered_at"] = now
        if answer.destination:
            changes["destination"] = answer.destination
        if understood.details.original_only or any(ask.details.original_only for ask in understood.asks):
            changes["original_only"] = True
        if answer.handovers:
            chat.wait_for_a_person((one.reason for one in answer.handovers), now)
        if changes:
            chat.change(**changes)

    def _hear_language(self, chat: Chat, understood: Understanding) -> list[Write]:
        """The buyer writes in this language and script now; a language they chose with /lang stays."""
        script = understood.script or (chat.buyer.script if understood.language == "zh" else "")
        if chat.switches.get(PINNED) or (understood.language, script) == (chat.buyer.language, chat.buyer.script):
            return []
        chat.buyer = replace(chat.buyer, language=understood.language, script=script)
        return [self._desk.store.buyers.speaks(chat.buyer.id, understood.language, script)]


def _missed(composed: Composed, opened: OpenTurn, now: datetime) -> list[Missed]:
    """The words that were not understood, for /missed: the doubts, and what was handed over without one."""
    line = opened.lines[-1].message_id if opened.lines else None
    doubts = composed.understood.doubts
    found = [Missed(one.text, now, one.maybe, opened.turn.conversation_id, line) for one in doubts]
    texts = {one.text for one in doubts}
    unclear = (one.words for one in composed.answer.handovers if one.reason == "unclear" and one.words not in texts)
    return [*found, *(Missed(words[:500], now, (), opened.turn.conversation_id, line) for words in unclear)]


def _pending(composed: Composed, before: Pending) -> Pending:
    """What waits for a product or a place, when the message asks which one is meant."""
    question = composed.answer.question
    name = question.name if question is not None else ""
    choices: tuple[str, ...] = ()
    if name == "ask_which_variant":
        waiting = [ask for ask in composed.understood.asks if ask.source == "wish"]
        choices = tuple(sku for row in composed.answer.buttons for one in row for sku in one.data["skus"])
    elif name.startswith("ask_which"):
        waiting = [ask for ask in composed.understood.asks if not ask.products]
        choices = next((ask.unsure for ask in waiting if ask.unsure), ())
    elif name == "ask_address":
        waiting = [ask for ask in composed.understood.asks if ask.name == "change_address"]
    elif name == "ask_region":
        waiting = [ask for ask in composed.understood.asks if ask.name in PLACE_ASKS]
    else:
        return Pending()
    words = next((composed.words[ask.span[0] : ask.span[1]] for ask in waiting), "")
    if name == "ask_which_variant":
        is_said_elsewhere = len(waiting) > 1 or not wants_to_order(words)
        open_ones = [ask.details.quantity for ask in waiting if set(choices) <= set(ask.products)]
        return Pending(words, ("stock",), choices, (open_ones[0] or 0) if open_ones and is_said_elsewhere else 0)
    asked = before.asks if choices and choices == before.choices else ()
    asks = (ask.name for ask in waiting if choices and ask.unsure == choices)
    return Pending(words, tuple(dict.fromkeys((*asked, *asks))), choices)

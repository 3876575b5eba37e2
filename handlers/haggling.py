"""Hagglers, judged and marked: the same for the clock, for a command and for a tap. The buyer never learns of any of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.haggling import Judgement, Line, Past, judge
from core.haggling.marking import LOOK_BACK, Lift, Verdict, counted, taught, threshold_of
from core.pricing import floor_of
from store.audit import Entry
from store.hagglers import Bought, Changed, Haggling, Said
from store.messages import Who

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.writing import Write

THRESHOLD = "haggling:threshold"
"""The mark that keeps what the shop's verdicts have taught."""
FINAL = ("price_stands", "price_includes", "declined")
"""Templates with which the price is said to stand."""
MOST_QUOTED = 5
MOST_WORDS = 120


@dataclass(frozen=True, slots=True)
class Judged:
    """A conversation, how it stood, and how it stands now."""

    changed: Changed
    before: Haggling | None
    judgement: Judgement
    said: tuple[Said, ...]
    bought: Bought

    @property
    def quoted(self) -> list[str]:
        """The lines that count, the latest ones."""
        ids = set(self.judgement.lines)
        return [one.text[:MOST_WORDS] for one in self.said if one.id in ids][-MOST_QUOTED:]

    def stands(self, now: datetime) -> Haggling:
        """What is kept of it: the mark as it was, the figures as they are."""
        judgement = self.judgement
        before = self.before or Haggling(self.changed.conversation_id, self.changed.buyer_id, now)
        return replace(
            before,
            buyer_id=self.changed.buyer_id,
            judged_at=now,
            score=round(1000 * judgement.score),
            price_seconds=round(60 * judgement.price_minutes),
            goods_seconds=round(60 * judgement.goods_minutes),
            reasons=tuple((one.name, one.figure, one.weight) for one in judgement.reasons),
            lines=judgement.lines,
        )


async def threshold(desk: Desk) -> float:
    """The shop's threshold as its verdicts have taught it."""
    kept = await desk.store.marks.get(THRESHOLD)
    return threshold_of(kept.get("from") if isinstance(kept, dict) else None)


def teach(desk: Desk, line: float, now: datetime) -> Write:
    """The shop marks from here on."""
    return desk.store.marks.set(THRESHOLD, {"from": line}, now)


async def judged(desk: Desk, several: Sequence[Changed], line_of_marking: float, now: datetime) -> list[Judged]:
    """Judge these conversations as they stand."""
    store = desk.store
    ids = [one.conversation_id for one in several]
    said = await store.hagglers.said(ids, now - LOOK_BACK)
    before = await store.hagglers.of(ids)
    bought = await store.hagglers.bought(list({one.buyer_id for one in several}))
    judged = []
    for one in several:
        id = one.conversation_id
        judged.append(
            _judged(desk, one, said.get(id, []), before.get(id), bought.get(one.buyer_id, Bought()), line_of_marking)
        )
        await asyncio.sleep(0)  # a long talk takes a millisecond or two, and buyers are waiting
    return judged


def _judged(
    desk: Desk, one: Changed, said: list[Said], before: Haggling | None, bought: Bought, line_of_marking: float
) -> Judged:
    lines = lines_of(said)
    if before is not None:
        lines = counted(lines, before.counted_from, before.cleared_line, bought.last_at)
    elif bought.last_at is not None:
        lines = counted(lines, None, 0, bought.last_at)
    price, floor = _amounts(desk, one.last_products)
    past = Past(bought.orders, bought.cancelled, before.rounds if before is not None else 0)
    judgement = judge(lines, list_price=price, floor=floor, past=past, threshold=line_of_marking)
    return Judged(one, before, judgement, tuple(said), bought)


def lines_of(said: Iterable[Said]) -> list[Line]:
    """Messages as lines. What was understood of a turn is known by its reply, and is this line's where it has but one."""
    told = list(said)
    answered = {one.turn_id: one.asks for one in told if one.who is Who.BOT and one.turn_id is not None and one.asks}
    alone = Counter(one.turn_id for one in told if one.who is Who.BUYER)
    return [
        Line(
            "buyer" if one.who is Who.BUYER else "seller",
            one.text,
            one.at,
            asks=answered.get(one.turn_id or 0) if one.who is Who.BUYER and alone[one.turn_id] == 1 else None,
            id=one.id,
            holds=any(name in one.template for name in FINAL) if one.who is Who.BOT else None,
        )
        for one in told
    ]


def _amounts(desk: Desk, products: Sequence[str]) -> tuple[Decimal | None, Decimal | None]:
    """List price and floor of what was spoken of last, in major units."""
    one = desk.shelf.now.catalogue.get(products[0]) if products else None
    floor = floor_of(one)
    return (one.price.amount if one is not None else None), (floor.amount if floor is not None else None)


def mark(desk: Desk, one: Judged, name: str, now: datetime) -> list[Write]:
    """Set the mark, with its reasons in the audit, and show the seller one card."""
    stands = replace(one.stands(now), marked_at=now, verdict="")
    unit = [
        desk.store.hagglers.save(stands),
        noted(desk, "clock", "marked", stands, now),
    ]
    for owner in desk.people.owners:
        key = f"haggler:{stands.conversation_id}:{now.timestamp():.6f}:{owner}"
        html = desk.speech.seller("haggler", desk.voice(owner), **shown(desk, owner, stands, name, one.quoted))
        unit += desk.speaking.tell_seller(
            owner, html, key, now, buttons=[verdicts(desk, owner, stands)], conversation_id=stands.conversation_id
        )
    return unit


def lifted(desk: Desk, one: Haggling, why: Lift, now: datetime) -> list[Write]:
    """Take the mark away by itself; the audit keeps that it was there. One that ran out without an order is a round."""
    rounds = one.rounds + (why is Lift.QUIET)
    stands = replace(one, marked_at=None, verdict="", counted_from=now, rounds=rounds)
    return [desk.store.hagglers.save(stands), noted(desk, "clock", f"mark lifted: {why.value}", stands, now)]


def decided(
    desk: Desk, one: Haggling, verdict: Verdict, line_of_marking: float, owner: int, now: datetime
) -> list[Write]:
    """The seller's verdict on a mark, and what it teaches."""
    moved = taught(line_of_marking, verdict)
    is_cleared = verdict is Verdict.CLEARED
    stands = replace(
        one,
        verdict=verdict.value,
        marked_at=None if is_cleared else one.marked_at,
        cleared_line=max((one.cleared_line, *one.lines)) if is_cleared else one.cleared_line,
    )
    return [
        desk.store.hagglers.save(stands),
        teach(desk, moved, now),
        noted(desk, desk.who(owner), f"haggler: {verdict.value}", stands, now, threshold=moved),
    ]


def noted(desk: Desk, who: str, what: str, one: Haggling, now: datetime, **more: Any) -> Write:
    """The audit's line for a mark."""
    data = {"score": one.score, "reasons": [list(reason) for reason in one.reasons], "lines": list(one.lines), **more}
    return desk.store.audit.add(Entry(now, who, what, f"buyer:{one.buyer_id}", data))


def shown(desk: Desk, owner: int, one: Haggling, name: str, quoted: Sequence[str]) -> dict[str, Any]:
    """What a seller template says of a judgement."""
    voice = desk.voice(owner)
    reasons = [
        desk.speech.seller("haggling_reason", voice, name=each, figure=figure) for each, figure, _ in one.reasons
    ]
    return {
        "name": name, "buyer": one.buyer_id, "score": round(one.score / 10), "reasons": reasons, "lines": list(quoted),
        "marked_at": one.marked_at, "verdict": one.verdict, "price_minutes": round(one.price_seconds / 60),
        "goods_minutes": round(one.goods_seconds / 60),
    }  # fmt: skip


def verdicts(desk: Desk, owner: int, one: Haggling) -> list[tuple[str, str, dict[str, Any]]]:
    """The buttons under a mark."""
    voice, data = desk.voice(owner), {"conversation": one.conversation_id}
    names = ("firm", "decline", "clear")
    return [(desk.speech.seller(f"button_haggler_{name}", voice), f"haggler_{name}", data) for name in names]


def farewell(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    """The polite last word of a seller who will not go on bargaining."""
    from core.answering.values import Fact
    from handlers.telling import tell_buyer

    return tell_buyer(desk, chat, (Fact("declined"),), f"declined:{chat.conversation.id}:{now.timestamp():.6f}", now, by=desk.who(owner))  # fmt: skip

"""Judging: is this a conversation about nothing but the price? A score from 0 to 1, made of named reasons (S4 tip 15, X9)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from core.haggling.reading import Line, Read, Topic, read

THRESHOLD = 0.6
"""The score from which a conversation is marked, until the shop's own verdicts move it."""
LONGEST_GAP = timedelta(minutes=20)
"""A longer pause than this is no talk: nobody was there."""
LEAST_PUSHES = 3
"""Fewer asks for a lower price than this are never haggling, whatever else was said."""
A_PUSH = 0.2
"""What each ask for a lower price weighs. Three reach the threshold, where the price is most of the talk."""
MOST_FOR_PUSHES = 0.8
FAIR_SHARE = 0.34
"""Where less than this share of the talk is about the price, the score shrinks with it: long talk of goods is a customer."""
LOW_OFFER = Decimal("0.6")
"""An offer under this share of the list price is a low one, where no floor is set."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a buyer beside this conversation: orders paid, disputes, and earlier rounds of bargaining."""

    orders: int = 0
    disputes: int = 0
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that counts, with its figure and its weight in the score; a negative weight speaks for the buyer."""

    name: str
    figure: int
    weight: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """The score and why. `lines` are the ids of the lines that pushed the price; minutes and turns tell the two kinds of talk."""

    score: float
    is_haggler: bool
    reasons: tuple[Reason, ...] = ()
    lines: tuple[int, ...] = ()
    price_minutes: float = 0.0
    goods_minutes: float = 0.0
    price_turns: int = 0
    goods_turns: int = 0


@dataclass(slots=True)
class _Tally:
    """What is counted on the way through the lines; an agreement begins it anew."""

    pushes: list[Read] = field(default_factory=list)
    opening: Read | None = None
    after_final: int = 0
    low: int = 0
    held: bool = False
    walked: bool = False


def judge(
    lines: Sequence[Line],
    *,
    list_price: Decimal | None = None,
    floor: Decimal | None = None,
    ordered: bool = False,
    past: Past = Past(),
    threshold: float = THRESHOLD,
) -> Judgement:
    """Judge one conversation, lines in their order. `ordered`: an order came of it, which lifts every suspicion.

    `list_price` and `floor` are in major units; both may be unknown.
    """
    told = read(lines, list_price)
    tally, agreed = _count(told, list_price, floor)
    price, goods, price_turns, goods_turns = _talk(told)
    share = price / (price + goods) if price + goods > 0 else 0.0
    if ordered or (agreed and not tally.pushes):
        score, reasons = 0.0, [Reason("ordered" if ordered else "agreed", 1, -1.0)]
    else:
        score, reasons = _scored(tally, price, share, past)
    return Judgement(
        score=score,
        is_haggler=not ordered and score >= threshold and len(tally.pushes) >= LEAST_PUSHES,
        reasons=tuple(reasons),
        lines=tuple(one.line.id for one in tally.pushes),
        price_minutes=price,
        goods_minutes=goods,
        price_turns=price_turns,
        goods_turns=goods_turns,
    )


def _scored(tally: _Tally, price_minutes: float, share: float, past: Past) -> tuple[float, list[Reason]]:
    """The weights added up; where the talk was mostly of the goods, they shrink with the share of price talk."""
    reasons = _reasons(tally, price_minutes, share, past)
    score = sum(one.weight for one in reasons)
    if share < FAIR_SHARE and tally.pushes:
        shrunk = score * share / FAIR_SHARE
        reasons.append(Reason("mostly_goods", round(100 * (1 - share)), round(shrunk - score, 3)))
        score = shrunk
    if len(tally.pushes) < LEAST_PUSHES:
        score = min(score, THRESHOLD / 2)
    return round(max(0.0, min(1.0, score)), 3), reasons


def _count(told: Sequence[Read], list_price: Decimal | None, floor: Decimal | None) -> tuple[_Tally, bool]:
    """Count what speaks against the buyer since the last agreement, and whether there was one."""
    tally, agreed = _Tally(), False
    for place, one in enumerate(told):
        if one.agrees and _is_settled(told, place):
            tally, agreed = _Tally(), True
        elif one.line.who == "seller":
            tally.held = tally.held or one.holds
        elif one.opens and tally.opening is None and not tally.pushes:
            tally.opening = one
        elif one.pushes:
            tally.pushes.append(one)
            tally.after_final += tally.held
            tally.low += _is_low(one.sum, list_price, floor)
        elif one.line.is_event and one.sum is not None:
            _offered(tally, one, told[:place], list_price, floor)
        tally.walked = tally.walked or one.leaves
    if tally.opening is not None and len(tally.pushes) >= LEAST_PUSHES - 1:
        tally.pushes.insert(0, tally.opening)
    return tally, agreed


def _offered(
    tally: _Tally, one: Read, before: Sequence[Read], list_price: Decimal | None, floor: Decimal | None
) -> None:
    """An offer made through the market: a push, unless it is what the seller named last or was offered in words already."""
    named = next((each.sum for each in reversed(before) if each.sum is not None), None)
    sellers = next((each.sum for each in reversed(before) if each.sum is not None and each.line.who == "seller"), None)
    if named is not None and one.sum is not None and one.sum != named and (sellers is None or one.sum < sellers):
        tally.pushes.append(one)
        tally.after_final += tally.held
        tally.low += _is_low(one.sum, list_price, floor)


def _is_settled(told: Sequence[Read], place: int) -> bool:
    """Whether an agreement stood: nobody rejected or left in the market's next lines."""
    after = [one for one in told[place + 1 :] if one.line.is_event]
    return told[place].line.is_event or not any(one.leaves for one in after) or any(one.agrees for one in after)


def _is_low(offer: Decimal | None, list_price: Decimal | None, floor: Decimal | None) -> bool:
    least = floor if floor is not None else list_price * LOW_OFFER if list_price is not None else None
    return offer is not None and least is not None and offer < least


def _talk(told: Sequence[Read]) -> tuple[float, float, int, int]:
    """Minutes and buyer turns of price talk and of goods talk.

    With times, the time after a line belongs to what was being spoken of, a pause of an hour at most, up to the buyer's
    last line. Without them a turn of the buyer's counts by its length.
    """
    minutes = {Topic.PRICE: 0.0, Topic.GOODS: 0.0}
    turns = {Topic.PRICE: 0, Topic.GOODS: 0}
    topic = Topic.NEITHER
    timed = sum(one.line.at is not None for one in told) >= max(2, len(told) // 2)
    last = max((place for place, one in enumerate(told) if one.line.who == "buyer"), default=0)
    for place, one in enumerate(told):
        if one.topic is not Topic.NEITHER:
            topic = one.topic
        if topic is Topic.NEITHER:
            continue
        if one.line.who == "buyer" and not one.line.is_event and one.topic is not Topic.NEITHER:
            turns[topic] += 1
        if timed and place < last:
            minutes[topic] += _gap(told, place)
        elif not timed and one.line.who == "buyer":
            minutes[topic] += _length(one.line.text)
    return minutes[Topic.PRICE], minutes[Topic.GOODS], turns[Topic.PRICE], turns[Topic.GOODS]


def _gap(told: Sequence[Read], place: int) -> float:
    here, after = told[place].line.at, next((one.line.at for one in told[place + 1 :] if one.line.at is not None), None)
    if here is None or after is None or after < here:
        return 0.0
    return min(after - here, LONGEST_GAP) / timedelta(minutes=1)


def _length(text: str) -> float:
    return 0.5 + min(len(text), 120) / 60


def _reasons(tally: _Tally, price_minutes: float, share: float, past: Past) -> list[Reason]:
    """What counts, each with its weight; nothing that is not there."""
    pushes, percent = len(tally.pushes), round(100 * share)
    table = (
        ("price_asks", pushes, min(MOST_FOR_PUSHES, A_PUSH * pushes)),
        ("after_final", tally.after_final, min(0.15, 0.05 * tally.after_final)),
        ("low_offers", tally.low, min(0.1, 0.05 * tally.low)),
        ("walked_away", int(tally.walked), 0.05),
        ("price_share", percent if share > 0.6 else 0, 0.05),
        ("price_minutes", round(price_minutes) if price_minutes >= 60 else 0, 0.1),
        ("rounds", past.rounds, min(0.1, 0.05 * past.rounds)),
        ("disputes", past.disputes, min(0.1, 0.05 * past.disputes)),
        ("orders", past.orders, -min(0.3, 0.15 * past.orders)),
    )
    return [Reason(name, figure, round(weight, 3)) for name, figure, weight in table if figure] if pushes else []

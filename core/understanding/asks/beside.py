"""What the pieces of one message tell of each other: a line that surely asks one thing is likelier to ask the next as well."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.asks import COURTESIES
from core.understanding.asks.deciding import Verdict
from core.understanding.asks.telling import is_fault, speaking

_LEAST = 0.43
"""How likely the one ask that a question may be, or the fault that is told, must be, beside another that is sure. Found
on the half of the rows that is looked at, and on lines put together from the project's own."""
_SHORT, _LEAST_IN_SHORT = 32, 0.4
"""In a message of so few signs the likeliest ask is taken even where a question may be another as well: it tells no story."""
_SELDOM_ASKED = frozenset({"complaint", "order_status"})
"""What a question that may be something else as well seldom asks."""
_MOST_PIECES = 3
"""A message of more pieces tells a story, and its doubts are wrong more often than not."""
_WISHES = frozenset({"cancel", "return_exchange", "refund", "change_order", "change_address"})
"""Asks for which "it has not been sent yet" is the reason, and no ask of its own."""
_NOT_YET = re.compile(
    r"(?:还|都|也)?(?:没|未)(?:有)?(?:给)?(?:我)?(?:发货|出货|寄出|发出|发|收到货?|拿到|到)(?:呢|啊|呀|的|吧|了)*$|"
    r"(?<![a-z])(?:(?:hasn't|haven't|not|didn't)(?: been| even)? (?:ship|dispatch|sent|left|arriv|received?)\w*(?: it)?(?: out)?(?: yet)?)$"
)
_WONDERS = re.compile(r"吗|么|怎么|为什么|什么|几|多久|哪|催|快|赶紧|(?<![a-z])(?:why|when|where|how)(?![a-z])")
_ONCE_BROKEN = re.compile(
    r"(?:如果|要是|万一|假如|以后)+(?:用|是)?(?:坏|出问题)了(?:的话|怎么办|怎么弄|找谁|谁管)*|(?:用)?坏了的话"
)
_OF_SHIPPING = frozenset({"ship_when", "track", "ship_eta", "order_status"})


def beside(verdicts: Sequence[Verdict], folded: str) -> list[Verdict]:
    """The verdicts, with reasons no longer taken for asks, and questions in but little doubt answered beside a sure ask."""
    sure = {one.ask for one in verdicts if one.ask and one.ask not in COURTESIES}
    if len(verdicts) < 2 or not sure:
        return list(verdicts)
    wished = [one for one in verdicts if one.ask in _WISHES]
    found = [_reason(one) if wished and _is_reason(one, folded) else one for one in verdicts]
    if "warranty" in sure:
        found = [_reason(one) if _is_supposed(one, folded) else one for one in found]
    if speaking(found) > _MOST_PIECES:
        return found
    # "Was it processed?" behind a refund asks for the refund.
    sure |= {"order_status"} if wished else set()
    found = [_asked(one) if _is_asked(one, sure, folded) else one for one in found]
    if "complaint" in sure and any(one.ask and one.ask not in COURTESIES | {"complaint"} for one in found):
        found = [_reason(one) if one.ask == "complaint" and _only_doubts(one, folded) else one for one in found]
    return found


def last_said(verdicts: Sequence[Verdict]) -> str:
    """The ask before the next piece, "" where none is."""
    return next((one.ask for one in reversed(verdicts) if one.ask and one.ask not in COURTESIES), "")


def _is_reason(verdict: Verdict, folded: str) -> bool:
    words = folded[verdict.piece.start : verdict.piece.end]
    return (
        verdict.ask in _OF_SHIPPING
        and verdict.source not in ("rule", "taught", "context")
        and _NOT_YET.search(words) is not None
        and _WONDERS.search(words) is None
    )


def _only_doubts(verdict: Verdict, folded: str) -> bool:
    """Whether a piece beside a question is no more than a doubtful tone: 真的是亚麻的吗，别骗我."""
    return _DOUBTS.fullmatch(folded[verdict.piece.start : verdict.piece.end]) is not None


_DOUBTS = re.compile(
    r"(?:可|千万|你们?|老板|,| )*(?:别|不要|莫|不能|不好|不许)(?:再|想|又)?(?:骗|忽悠|蒙|坑|糊弄|呃)(?:我|人|我们)?(?:啊|哦|呀|哈|了|喔|噢)*|(?:说|讲)(?:实话|真话)(?:啊|哦)*|"
    r"(?:please |and |so |but )*(?:(?:don't|do not) (?:you )?(?:lie|bs|scam|trick|fool|cheat|con)(?: to)?(?: me)?|be honest(?: with me)?|no lies|tell me the truth)(?: please)?"
)


def _is_supposed(verdict: Verdict, folded: str) -> bool:
    """Whether a piece only says when a guarantee would be wanted: 保修几年 坏了谁出运费."""
    words = folded[verdict.piece.start : verdict.piece.end]
    return "damaged" in (verdict.ask, *verdict.maybe[:1]) and _ONCE_BROKEN.fullmatch(words) is not None


def _reason(verdict: Verdict) -> Verdict:
    return replace(verdict, ask="", source="model", why="says why", is_doubt=False, maybe=())


def _is_asked(verdict: Verdict, sure: set[str], folded: str) -> bool:
    if not verdict.is_doubt or not verdict.maybe or verdict.maybe[0] in sure:
        return False
    if verdict.confidence < (_LEAST_IN_SHORT if len(folded) <= _SHORT else _LEAST):
        return False
    if verdict.piece.is_question:
        is_one = not any(ask not in sure for ask in verdict.maybe[1:])
        return is_one or (len(folded) <= _SHORT and verdict.maybe[0] not in _SELDOM_ASKED)
    return is_fault(verdict.maybe[0], folded[verdict.piece.start : verdict.piece.end])


def _asked(verdict: Verdict) -> Verdict:
    return replace(verdict, ask=verdict.maybe[0], is_doubt=False, maybe=(), why="asked beside what is clear")

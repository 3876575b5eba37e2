"""What only tells what happened, in a long message that asks something else: "昨天说今天发, 我要退款" asks one thing."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.language import has_han
from core.understanding.asks.deciding import Verdict
from core.understanding.reading.splitting import looks_like_request
from core.understanding.words import lexicon

_STATED = frozenset({"damaged", "missing_item", "complaint", "praise", "haggle", "refund", "return_exchange"})
"""Asks that buyers state rather than ask."""
_CLEAR_ALONE = 0.85
_STATED_BESIDE = 0.8
_LONG, _LONG_LATIN = 40, 110
_PIECES = 4
_FAULTS = frozenset({"damaged", "missing_item"})
"""What is told rather than asked."""
_IN_SHORT, _FAULT_IN_SHORT, _PAST_IN_SHORT = 0.8, 0.6, 0.9
"""A message of fewer pieces and signs (the second number where none is Chinese) asks what its pieces ask, where they are clear;
only a longer one tells a story around it."""
_PAST = re.compile(
    r"当时|之前|以前|上次|昨天|前天|前几天|上周|上个月|后来|然后|结果|明明|说好|说是|他说|她说|客服说|告诉我|才(?:发|到|送)|已经.*了$|(?:我|他|你们).{0,4}就.{1,8}了$|(?<![a-z])(?:told me|said|yesterday|last (?:week|month|time)|then i|was told|earlier)(?![a-z])"
)


def without_story(verdicts: Sequence[Verdict], folded: str) -> list[Verdict]:
    """Take back what statements seem to ask where another piece asks outright, unless they are clear beyond doubt."""
    asking = [one for one in verdicts if one.ask and one.ask not in ("greeting", "thanks_bye")]
    if len(verdicts) < 2 or not asking:
        return list(verdicts)
    if len(folded) < (_LONG if has_han(folded) else _LONG_LATIN) and speaking(verdicts) < _PIECES:
        return [_nothing(one) if _is_told(one, folded) else one for one in verdicts]
    outright = [one for one in asking if _is_outright(one, folded)]
    return [_nothing(one) if _is_story(one, folded, outright) else one for one in verdicts]


def _is_told(verdict: Verdict, folded: str) -> bool:
    """Whether a piece of a short message only tells: a statement that is not clear, of the past above all."""
    if not verdict.ask or verdict.source in ("rule", "taught", "context") or verdict.piece.is_question:
        return False
    words = folded[verdict.piece.start : verdict.piece.end]
    if _PAST.search(words) and verdict.confidence < _PAST_IN_SHORT:
        return True
    least = _FAULT_IN_SHORT if is_fault(verdict.ask, words) else _IN_SHORT
    return verdict.confidence < least and not looks_like_request(words)


def is_fault(ask: str, words: str) -> bool:
    """Whether an ask is a fault that these words tell, with a word of its own: "the zip is stuck"."""
    return ask in _FAULTS and any(one.ask in _FAULTS for one in lexicon.words(words))


def speaking(verdicts: Sequence[Verdict]) -> int:
    """How many pieces are more than a greeting, a thank-you or a bare answer."""
    return sum(
        one.ask not in ("greeting", "thanks_bye") and (one.source != "rule" or bool(one.ask)) for one in verdicts
    )


def _is_outright(verdict: Verdict, folded: str) -> bool:
    words = folded[verdict.piece.start : verdict.piece.end]
    return verdict.source in ("rule", "taught", "context") or verdict.piece.is_question or looks_like_request(words)


def _is_story(verdict: Verdict, folded: str, outright: Sequence[Verdict]) -> bool:
    if not verdict.ask or verdict.source in ("rule", "taught", "context"):
        return False
    words = folded[verdict.piece.start : verdict.piece.end]
    if _PAST.search(words) and not verdict.piece.is_question and (outright or verdict.confidence < 0.95):
        return True
    if verdict.piece.is_question or verdict in outright:
        return False
    if verdict.ask not in _STATED:
        return bool(outright) or verdict.confidence < _CLEAR_ALONE
    return verdict.confidence < (_STATED_BESIDE if outright else 0)


def _nothing(verdict: Verdict) -> Verdict:
    return replace(verdict, ask="", source="model", why="tells what happened")

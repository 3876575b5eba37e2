"""The keyword pass: which asks a piece's own words tell. Only patterns whose letters stand in the piece are tried at all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from core.understanding.words import lexicon_en, lexicon_zh

_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[a-z]{2}")

CARRIERS = tuple(
    name.replace("_", " ")
    for name in (
        "顺丰速运 顺丰 圆通 中通 申通 韵达 百世汇通 百世 汇通 天天快递 邮政 ems 德邦 京东快递 京东物流 极兔 菜鸟 宅急送 安能 优速 国通 丹鸟 跨越 "
        "ups dhl fedex usps tnt aramex dpd gls hermes evri royal_mail yodel canada_post australia_post auspost ontrac lasership sf_express yto zto sto yunda j&t ninja_van "
        "yanwen 燕文 cainiao yunexpress 云途 4px 递四方 lalamove 货拉拉 闪送 黑猫 新竹物流 店到店"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """A pattern that matched: its number (a feature of the model), the ask it tells, and whether it may decide alone."""

    id: int
    ask: str
    is_sure: bool


@lru_cache(maxsize=4096)
def words(masked: str) -> tuple[Words, ...]:
    """Every pattern that matches a masked piece. Chinese ones are tried where there is a Chinese character."""
    text = masked.encode()
    return tuple(
        patterns[at]
        for sign, (matcher, patterns) in zip((_HAN, _LATIN), _patterns(), strict=True)
        if sign.search(masked)
        for at in matcher.Match(text) or ()
    )


def sure(matches: tuple[Words, ...], trusted: frozenset[int]) -> dict[str, int]:
    """How many of the `trusted` patterns tell each ask."""
    counts: dict[str, int] = {}
    for one in matches:
        if one.id in trusted:
            counts[one.ask] = counts.get(one.ask, 0) + 1
    return counts


def trusted(lines: Iterable[tuple[tuple[Words, ...], str]]) -> frozenset[int]:
    """The patterns that may decide alone, tried on lines whose ask is known: those written as sure that keep their word in
    seven of ten lines, and any other that keeps it in nine of ten, of ten at least."""
    met: dict[int, int] = {}
    kept: dict[int, int] = {}
    for matches, ask in lines:
        for one in matches:
            met[one.id] = met.get(one.id, 0) + 1
            kept[one.id] = kept.get(one.id, 0) + (one.ask == ask)
    good: set[int] = set()
    for _, patterns in _patterns():
        for one in patterns:
            times, right = met.get(one.id, 0), kept.get(one.id, 0)
            if (one.is_sure and (times < 3 or right >= _KEEPS * times)) or (times >= 10 and right >= 0.9 * times):
                good.add(one.id)
    return frozenset(good)


_KEEPS = 0.65

_MEMORY, _MEMORY_A_BYTE = 1 << 14, 200
"""Bytes that one pattern may take, and besides for each byte it is long. What needs more room than that is matched without
states kept, which is soon done in a piece of a line. Of the letters looked for the states are kept: 8 MB after 3,000 different
lines."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Any, tuple[Words, ...]], ...]:
    """Chinese and English: what finds the numbers of all patterns that match, and these patterns."""
    import re2

    number = 0
    languages: list[tuple[Any, tuple[Words, ...]]] = []
    for tables, split, finished in ((lexicon_zh.PATTERNS, str.split, str), (lexicon_en.PATTERNS, _lines, _bordered)):
        matcher = re2.Filter()
        patterns: list[Words] = []
        for ask, table in tables.items():
            for written in split(table):
                pattern = finished(written.removeprefix("!")).encode()
                options = re2.Options()
                options.max_mem, options.log_errors = _MEMORY + _MEMORY_A_BYTE * len(pattern), False
                matcher.Add(pattern, options)
                patterns.append(Words(number, ask, written[0] == "!"))
                number += 1
        matcher.Compile()
        languages.append((matcher, tuple(patterns)))
    return tuple(languages)


@lru_cache(maxsize=1)
def count() -> int:
    """How many patterns there are: the room they take in a model."""
    return sum(len(patterns) for _, patterns in _patterns())


def _lines(table: str) -> list[str]:
    return [line.strip() for line in table.splitlines() if line.strip()]


def _bordered(pattern: str) -> str:
    # An apostrophe belongs to the word in English, and a trailing sign may end it.
    left = "" if pattern.startswith("^") else r"(?:^|[^a-z0-9'])"
    right = "" if pattern.endswith("$") else r"(?:[^a-z0-9']|$)"
    return f"{left}(?:{pattern}){right}" if right or left else pattern

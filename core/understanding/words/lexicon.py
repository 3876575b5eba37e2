"""The keyword pass: which asks a piece's own words tell, in one run over all patterns of an ask."""

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
    chinese, english = _patterns()
    groups = (chinese if _HAN.search(masked) else ()) + (english if _LATIN.search(masked) else ())
    text = masked.encode()
    found: list[Words] = []
    for automaton, entries in groups:
        matched = automaton.Match(text)
        if matched:
            found += [entries[at] for at in matched]
    return tuple(found)


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
    for groups in _patterns():
        for _, entries in groups:
            for one in entries:
                times, right = met.get(one.id, 0), kept.get(one.id, 0)
                if (one.is_sure and (times < 3 or right >= _KEEPS * times)) or (times >= 10 and right >= 0.9 * times):
                    good.add(one.id)
    return frozenset(good)


_KEEPS = 0.65

_MEMORY = 1 << 19
"""Bytes for the states of one automaton, of which there are two for each ask; a full one begins anew. After 3,000 different lines
they are 24 MB and a line takes 148 µs. With twice as much it is 33 MB and 129 µs, with eight times as much 42 MB and 112 µs."""
_Group = tuple[Any, tuple[Words, ...]]


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[_Group, ...], tuple[_Group, ...]]:
    """Chinese and English: an automaton for each ask. One for several would need a state for every mixture of half-read patterns."""
    number = 0
    languages: list[tuple[_Group, ...]] = []
    for tables, split, finished in ((lexicon_zh.PATTERNS, str.split, str), (lexicon_en.PATTERNS, _lines, _bordered)):
        groups: list[_Group] = []
        for ask, table in tables.items():
            written = split(table)
            entries = tuple(Words(number + nth, ask, one[0] == "!") for nth, one in enumerate(written))
            number += len(entries)
            groups.append((_automaton([finished(one.removeprefix("!")) for one in written]), entries))
        languages.append(tuple(groups))
    return languages[0], languages[1]


@lru_cache(maxsize=1)
def count() -> int:
    """How many patterns there are: the room they take in a model."""
    return sum(len(entries) for groups in _patterns() for _, entries in groups)


def _automaton(patterns: list[str]) -> Any:
    import re2

    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    automaton = re2.Set.SearchSet(options)
    for pattern in patterns:
        automaton.Add(pattern)
    automaton.Compile()
    return automaton


def _lines(table: str) -> list[str]:
    return [line.strip() for line in table.splitlines() if line.strip()]


def _bordered(pattern: str) -> str:
    # An apostrophe belongs to the word in English, and a trailing sign may end it.
    left = "" if pattern.startswith("^") else r"(?:^|[^a-z0-9'])"
    right = "" if pattern.endswith("$") else r"(?:[^a-z0-9']|$)"
    return f"{left}(?:{pattern}){right}" if right or left else pattern

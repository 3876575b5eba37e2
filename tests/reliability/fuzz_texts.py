"""What sellers may write, at random: templates, patterns and shop files. Part of `make fuzz`."""

from __future__ import annotations

import json
import random
import string
import time
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core import patterns
from core.money import Money
from sandbox.htmltext import parse_html
from sheets.problems import Problems
from sheets.reading import read_file
from templates import Speech, Voice, own
from templates.checking import Flaw, Reason
from templates.own import MOST_SAID

SOURCES = Path(__file__).parents[2] / "templates"
SLOWEST = 0.5
"""Seconds of processor time that one template or one pattern on one line may take; in truth it is a fraction of that."""
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
VOICES = tuple(
    Voice(language, script, NOW, ZoneInfo("Asia/Shanghai"))
    for language, script in (("zh", ""), ("zh", "hant"), ("en", ""))
)
NAMES = "title variant price stock items name day one x loop voice".split()
VALUES: tuple[Any, ...] = (
    "帆布包", "<b>", "</i>&amp;", "{{ 7*7 }}", "\ud800", "\x00", "", "长" * 30_000, 0, -1, 2**70, 1.5, None, True, Money(8900, "CNY"), date(2026, 11, 21), NOW,
    [], [{"title": "包", "stock": 3}] * 3, ["a"] * 30_000, {"title": {"title": "x"}}, object(), len,
)  # fmt: skip
PIECES = (
    "{{ title }}", "{{ price|money }}", "{{ one.title|dot }}", "{% for one in items %}", "{% endfor %}", "{% if stock %}", "{% elif x > 3 %}", "{% else %}", "{% endif %}",
    "{{ items|join('、') }}", "{{ name|default('亲') }}", "{{ x is none }}", "{{ loop.index|circled }}", "{# #}", "{% raw %}", "{% endraw %}", "{{ day }}", "<b>", "</b>",
    "<a href='{{ x }}'>", '<a href="https://a.b/{{ x }}">', "</a>", "<blockquote expandable>", "</blockquote>", "&", "&amp;", "&#0;", "<", ">", "{", "}", "{{", "}}", "{%", "%}", "{#",
    "{{ 7*7 }}", "{% for x in range(10**9) %}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ 'a'*10**9 }}", "{{ x|center(10**9) }}", "{{ lipsum(n=999) }}", "{% set x = x %}",
    "{% include 'a' %}", "{{ self }}", "{{ cycler }}", "{{ x[0] }}", "{{ x() }}", "{{ ((((x)))) }}", "{{ not not x }}", "{{ x.x.x.x }}", "{{ 9999999999999999999999 }}", "{{ 1e999 }}", "{{ '\\ud800' }}",
    "{{ x and x or x }}", "{{ x in ('a', 'b') }}", "{{ x if x else x }}", "{{ x ~ x }}", "{%- if x -%}", "\n", "\r\n", "  ", "您好，", "\u202e", "😀", "\x00", "'", '"', "|", ".", "_", "(" * 50, "长" * 500,
)  # fmt: skip
SHOP_PIECES = (
    "{{ 7*7 }}", "{% for x in range(10**9) %}", "{{ ''.__class__ }}", "${x}", "%(a)s", "<b>", "</a>", "<script>", "&", "&amp", "\\u0000", "\\ud800",
    "(a+)+$", "^(\\\\w+\\\\s?)*$", "签收后 7 天内可退。", "\u202e", "😀" * 30, "\\n", "\n", '"', '"""', "[", "]", "=", "#", "a" * 3000, "zh", "[[carriers]]", "true", "-1", "9" * 400,
)  # fmt: skip
COMPANIONS = ("stock", "price", "ship_when", "nonsense", "(a+)+", "{{ x }}", "", "STOCK", "stock ")
ATOMS = (
    "a", "x", "货", "吗", ".", "\\w", "\\d", "\\s", "\\pL", "[a-z]", "[^a]", "[有没]", "\\b", "^", "$", "|", "(", ")", "(?:", "(?i)", "*", "+", "?", "*?", "++", "{2}", "{0,30}", "{99}", "{1001}", "\\1", "(?=",
    "(?<!", "(?P<n>", "(?P=n)", "\\k<n>", "(?>", "\\", "[", "]", "{", "}", "*", " ", "\\C", "\\Q", "\\p{Han}", "\\x{4e00}", "\ud800", "\x00", "😀", "é", "ß", "İ",
)  # fmt: skip
LINES = tuple(
    piece * (4096 // len(piece)) + end
    for piece in ("a", "ab ", "1", "有货吗", "x1", "😀", " ", "aA1 ")
    for end in ("", "!")
)


@cache
def _written() -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*/*/*.j2")))


def odd_template(chance: random.Random) -> str:
    """One of our own with something in it changed, or pieces of many."""
    if chance.random() < 0.4:
        made = list(chance.choice(_written()))
        for _ in range(chance.randrange(4)):
            made[chance.randrange(len(made))] = chance.choice((*string.printable, *PIECES))
        return "".join(made)
    text = "".join(chance.choice(PIECES) for _ in range(chance.randrange(12)))
    return text * chance.choice((1, 1, 1, 1, 40))


def odd_templates(chance: random.Random, count: int) -> dict[str, Any]:
    """Each is refused with sentences and lines, or says something Telegram takes, or tells why not with these values."""
    refused = said = unsaid = 0
    reasons: set[Reason] = set()
    worst = 0.0
    for _ in range(count):
        source = odd_template(chance)
        began = time.process_time()
        found = own.read(source)
        if isinstance(found, own.OwnText):
            values = {name: chance.choice(VALUES) for name in NAMES if chance.random() < 0.8}
            came = found.say(chance.choice(VOICES), values)
        else:
            came = ""
        worst = max(worst, time.process_time() - began)
        assert worst < SLOWEST, (worst, source[:200])
        if isinstance(found, tuple):
            refused += 1
            reasons |= told_well(source, found)
        elif isinstance(came, Flaw):
            unsaid += 1
            reasons |= told_well(source, (came,))
        else:
            said += 1
            assert 0 < len(came) <= 2 * MOST_SAID
            parse_html(came)
    return {
        "templates": count, "refused with line and reason": refused, "said": said, "not sayable, with reason": unsaid,
        "reasons": len(reasons), "worst ms": round(1000 * worst),
    }  # fmt: skip


def told_well(source: str, flaws: tuple[Flaw, ...]) -> set[Reason]:
    """Every flaw is in a line there is, and is a sentence in both languages."""
    assert flaws
    lines = source.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 <= flaw.line <= lines for flaw in flaws), (source, flaws)
    for voice in VOICES:
        text = _speech().seller("template_refused", voice, flaws=flaws[:20], more=max(0, len(flaws) - 20))
        assert len(text.split("\n")) >= len(flaws[:20]) + 1
        parse_html(text)
    return {flaw.reason for flaw in flaws}


@cache
def _speech() -> Speech:
    return Speech()


def odd_pattern(chance: random.Random) -> str:
    text = "".join(chance.choice(ATOMS) for _ in range(chance.randrange(1, 14))) * chance.choice((1, 1, 1, 5))
    return f"/{text}/" if chance.random() < 0.8 else text


def odd_patterns(chance: random.Random, count: int) -> dict[str, Any]:
    """Each is refused with a sentence, or looks through the longest line in no time."""
    refused = 0
    worst = 0.0
    for _ in range(count):
        source = odd_pattern(chance)
        began = time.process_time()
        found = patterns.read(source)
        if isinstance(found, patterns.Pattern):
            found.find(patterns.folded(chance.choice(LINES)))
        worst = max(worst, time.process_time() - began)
        assert worst < SLOWEST, (worst, source)
        if isinstance(found, patterns.Refused):
            refused += 1
            for voice in VOICES:
                shown = source.encode("utf-8", "replace").decode()
                text = _speech().seller("pattern_refused", voice, pattern=shown, reason=found.reason, what=found.what)
                assert text.strip()
    return {"patterns": count, "refused with a sentence": refused, "worst ms": round(1000 * worst)}


def odd_shop(chance: random.Random, pattern: bool = False) -> str:
    """A shop.toml whose policies (or, with `pattern`, bundles) hold odd texts; now and then the file itself is broken."""
    text = "".join(chance.choice(SHOP_PIECES) for _ in range(chance.randrange(1, 6)))
    if pattern:
        names = [chance.choice(COMPANIONS) if chance.random() < 0.7 else text[:60] for _ in range(3)]
        body = f"[bundles]\n{json.dumps(names[0])} = {json.dumps(names[1:])}\n"
    else:
        body = f"[policies.return]\nzh = {json.dumps(text) if chance.random() < 0.7 else repr(text)}\nen = {json.dumps(text[::-1])}\n"
    whole = f'name = "铺"\nlanguages = ["zh"]\n{body}'
    if chance.random() < 0.2:
        at = chance.randrange(len(whole))
        whole = whole[:at] + chance.choice(string.printable) + whole[at + chance.randrange(3) :]
    return whole


async def odd_shops(chance: random.Random, count: int, *, pattern: bool = False) -> dict[str, int]:
    """Each is taken as the data it is, or refused with sentences."""
    refused = 0
    for _ in range(count):
        data = odd_shop(chance, pattern).encode("utf-8", "replace")
        refused += is_refused(await read_file("shop.toml", data))
    return {"bundles" if pattern else "policies": count, "refused with a sentence": refused}


def is_refused(parsed: Any) -> bool:
    """Whether a file was refused; what is said of it is said in both languages."""
    said = parsed if isinstance(parsed, Problems) else parsed.warnings
    for language in ("zh", "en"):
        sentences = said.sentences(language)
        assert all(sentence.strip() for sentence in sentences)
        assert sentences or not isinstance(parsed, Problems)
    return isinstance(parsed, Problems)

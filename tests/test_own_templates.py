"""Templates of a seller's own: what they may hold, and that nothing else gets in, with the line and the reason."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.money import Money
from templates import Speech, Voice
from templates.checking import LONGEST, Flaw, Reason
from templates.own import MOST_SAID, OwnText, read

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ZH, EN = (Voice(language, "", NOW, ZoneInfo("Asia/Shanghai")) for language in ("zh", "en"))
ITEMS = [{"title": "帆布包", "stock": 3}, {"title": "台灯", "stock": 0}]
VALUES: dict[str, Any] = {
    "name": "小林", "price": Money(8900, "CNY"), "day": date(2026, 11, 21), "at": NOW, "items": ITEMS, "blank": None, "many": list(range(9999)),
    "object": object(),
}  # fmt: skip
HOSTILE: tuple[tuple[str, Reason], ...] = (
    ("{{ ''.__class__.__mro__ }}", Reason.HIDDEN), ("{{ name.__init__.__globals__ }}", Reason.HIDDEN), ("{{ _secret }}", Reason.HIDDEN),
    ("{{ name|attr('__class__') }}", Reason.FILTER), ("{{ name['__class__'] }}", Reason.VALUE), ("{{ lipsum(n=1000) }}", Reason.CALL),
    ("{{ cycler.next() }}", Reason.CALL), ("{{ self.__dict__ }}", Reason.HIDDEN), ("{{ self }}", Reason.RESERVED), ("{{ voice }}", Reason.RESERVED),
    ("{{ 'a' * 10**9 }}", Reason.RECKONING), ("{{ 9**9**9 }}", Reason.RECKONING), ("{{ name ~ name }}", Reason.RECKONING), ("{{ -price }}", Reason.RECKONING),
    ("{{ name|center(1000000000) }}", Reason.FILTER), ("{{ name|safe }}", Reason.FILTER), ("{{ name|format(1) }}", Reason.FILTER),
    ("{{ name|join(name|default('x')) }}", Reason.FILTER), ("{{ '%0999999999d'|format(1) }}", Reason.FILTER), ("{{ name|map('upper')|list }}", Reason.FILTER),
    ("{% for x in range(10**9) %}x{% endfor %}", Reason.CALL), ("{% for x in items recursive %}{% endfor %}", Reason.LOOP),
    ("{% for x in items if x %}x{% endfor %}", Reason.LOOP), ("{% for x in [1, 2] %}x{% endfor %}", Reason.LOOP), ("{% for a in items %}{% for b in items %}x{% endfor %}{% endfor %}", Reason.LOOP_IN_LOOP),
    ("{% for x in items %}{{ loop.cycle('a') }}{% endfor %}", Reason.CALL), ("{% set x = 1 %}", Reason.TAG), ("{% include 'x' %}", Reason.TAG),
    ("{% import 'x' as y %}", Reason.TAG), ("{% extends 'x' %}", Reason.TAG), ("{% macro f() %}{% endmacro %}", Reason.TAG), ("{% block a %}{% endblock %}", Reason.TAG),
    ("{% with a=1 %}{% endwith %}", Reason.TAG), ("{% filter upper %}x{% endfilter %}", Reason.TAG), ("{% autoescape false %}{{ name }}{% endautoescape %}", Reason.TAG),
    ("{% do name %}", Reason.TAG), ("{{ {'a': 1} }}", Reason.VALUE), ("{{ [1] * 2 }}", Reason.RECKONING), ("{{ items[0] }}", Reason.VALUE),
    ("{{ 1" + "0" * 5000 + " }}", Reason.VALUE), ("{{ 1e999 }}", Reason.VALUE), ("{{ name is callable }}", Reason.TEST), ("{{ " + "(" * 3000 + " }}", Reason.DEEP),
    ("{{ name" + ".a" * 2000 + " }}", Reason.DEEP), ("{% if name %}" * 40 + "{% endif %}" * 40, Reason.DEEP), ("{% if a %}{% endif", Reason.BROKEN),
    ("{{ name", Reason.BROKEN), ("}}{{", Reason.BROKEN), ("<script>x</script>", Reason.MARKUP), ("<b>x", Reason.MARKUP), ("<b><i>x</b></i>", Reason.MARKUP),
    ("<b onclick='x'>x</b>", Reason.MARKUP), ("{% if name %}<b>{% endif %}x</b>", Reason.MARKUP), ("3<5", Reason.MARKUP), ("", Reason.EMPTY), (" \n ", Reason.EMPTY),
    ("x" * (LONGEST + 1), Reason.TOO_LONG),
)  # fmt: skip


def own(source: str) -> OwnText:
    found = read(source)
    assert isinstance(found, OwnText), found
    return found


@pytest.mark.parametrize(("source", "reason"), HOSTILE, ids=[source[:40] for source, _ in HOSTILE])
def test_row_39_a_hostile_template_is_refused_with_line_and_reason(source: str, reason: Reason) -> None:
    """Nothing of it is compiled; the seller is told where and why, in both languages."""
    found = read(f"您好，\n\n{source}" if reason not in (Reason.EMPTY, Reason.TOO_LONG) else source)
    assert isinstance(found, tuple)
    assert reason in {flaw.reason for flaw in found}
    assert {flaw.line for flaw in found} <= ({3} if reason not in (Reason.EMPTY, Reason.TOO_LONG) else {1}) | {1}
    for voice in (ZH, EN):
        said = Speech().seller("template_refused", voice, flaws=found, more=0)
        assert len(said.split("\n")) == len(found) + 1


def test_the_line_is_the_one_the_seller_wrote() -> None:
    """Each flaw names its own line, also of mark-up, and all are told at once."""
    found = read("<b>您好</b>\n{% if name %}\n  {{ name|upper }}\n{% endif %}\n<u>x\n{{ range(3) }}")
    assert isinstance(found, tuple)
    assert [(flaw.line, flaw.reason, flaw.what) for flaw in found] == [
        (3, Reason.FILTER, "upper"),
        (5, Reason.MARKUP, "<u>"),
        (6, Reason.CALL, "range"),
    ]


def test_every_kind_of_line_end_counts_as_one() -> None:
    """Found by fuzzing: a lone carriage return once led to a line that was not there."""
    for end in ("\n", "\r\n", "\r"):
        found = own(f"您好{end}{{{{ title }}}}").say(ZH, {})
        assert found == Flaw(2, Reason.MISSING, "title")
        refused = read(f"您好{end}{{{{ title }}}}{end}{{% set x = 1 %}}")
        assert refused == (Flaw(3, Reason.TAG, "set"),)


def test_what_a_seller_may_write_is_said() -> None:
    """Values, parts, branches, one loop and the filters; amounts and days are spoken as everywhere; values are escaped."""
    text = own(
        "{# 发货通知 #}您好{{ name|default('亲') }}，<b>{{ price }}</b>（{{ price|money }}），{{ day }}到。\n"
        "{% for one in items %}\n{{ loop.index|circled }} {{ one.title }}{% if one.stock == 0 %}，没货了{% elif one.stock in (1, 2, 3) %}，不多了{% endif %}\n\n"
        "{% endfor %}\n{% if blank is none and other is not defined %}<a href=\"https://example.com/?q={{ name|default('') }}\">看看</a>{% endif %}"
    )
    assert text.needs == {"price", "day", "items", "blank"}
    said = text.say(ZH, {**VALUES, "name": "<i>小林"})
    assert said == (
        "您好&lt;i&gt;小林，<b>¥89</b>（¥89），明天（11月21日 周六）到。\n① 帆布包，不多了\n② 台灯，没货了\n"
        '<a href="https://example.com/?q=&lt;i&gt;小林">看看</a>'
    )
    hant = Voice("zh", "hant", NOW, ZH.zone)
    assert "沒貨了" in str(text.say(hant, VALUES))


@pytest.mark.parametrize(
    ("source", "reason", "line", "what"),
    [
        ("您好\n{{ title }}", Reason.MISSING, 2, "title"), ("{% for x in items %}\n{{ x.nope }}\n{% endfor %}", Reason.MISSING, 2, "nope"),
        ("\n\n{{ name|money }}", Reason.WRONG, 3, ""), ("{{ name.upper }}", Reason.WRONG, 1, ""), ("{{ object }}", Reason.WRONG, 1, ""), ("{{ items }}", Reason.WRONG, 1, ""),
        ("{{ blank }}", Reason.WRONG, 1, ""), ("{% if price > 3 %}x{% endif %}", Reason.WRONG, 1, ""), ("{% for x in price %}x{% endfor %}", Reason.WRONG, 1, ""),
        ("{% for x in many %}{{ x }}{% endfor %}", Reason.TOO_MUCH, 1, str(MOST_SAID)), ("{{ many|join('长') }}", Reason.TOO_MUCH, 1, str(MOST_SAID)), ("{# nothing #}", Reason.EMPTY, 1, ""),
    ],
)  # fmt: skip
def test_row_39_what_cannot_be_said_with_these_values_is_a_sentence(
    source: str, reason: Reason, line: int, what: str
) -> None:
    """A missing value, one of the wrong kind, more than 20,000 characters: never an error, never a blank."""
    flaw = own(source).say(ZH, VALUES)
    assert isinstance(flaw, Flaw)
    assert (flaw.reason, flaw.line, flaw.what) == (reason, line, what)


def test_a_name_that_is_not_known_is_told_with_the_one_that_is_near() -> None:
    """Where it is known what may be said, a slip is told at once."""
    found = read("{{ titel }} {{ price }}", names=("title", "price"))
    assert found == (Flaw(1, Reason.UNKNOWN, "titel", "title"),)

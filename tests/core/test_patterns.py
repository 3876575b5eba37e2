"""Patterns as sellers may write them: they find what is meant, and none holds up the shop."""

import time

import pytest

from core.patterns import LONGEST, Pattern, Reason, Refused, folded, read

LINES = ("a" * 4095 + "!", "1" * 4096, "ab " * 1365, "有货吗" * 1365, "x1" * 2048, " " * 4096, "。" * 4096)
"""Lines of the greatest length, on which an expression that tries everything never ends."""
EVIL = (
    r"^(\w+\s?)*$", r"(a+)+$", r"^(a|a)*$", r"^(a|aa)+$", r"(.*a){12}$", r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(x+x+)+y", r"(有+)+吗$",
    r"([ab]|a)*c", r"(\d+)*#", r"(?:a?){60}a{60}", r"^(a?b?c?)*$x", r"(.*)(.*)(.*)(.*)(.*)z", r"(\s*\w*\s*)*;", r"[^x]*[^y]*[^z]*!{9}",
)  # fmt: skip


def pattern(source: str) -> Pattern:
    found = read(source)
    assert isinstance(found, Pattern), found
    return found


@pytest.mark.parametrize(
    ("source", "line", "is_found"),
    [
        ("/开发票/", "能開發票嗎", True), ("/INVOICE/", "an Ｉｎｖｏｉｃｅ please", True), ("/发票/", "有货吗", False),
        ("/什么时候.*发货/", "亲，什么时候能发货呀", True), ("/^什么时候.*发货$/", "什么时候能发货呀", False), ("/发(货|貨)|寄出/", "今天发貨吗", True),
        (r"/^\d{2,4}\s*(cm|厘米)$/", "120 CM", True), (r"/\\d/", r"C:\d", True), ("/有貨/", "有货", True), (r"/\b/", "ok", False),
    ],
)  # fmt: skip
def test_a_pattern_finds_what_is_meant(source: str, line: str, is_found: bool) -> None:
    """Anywhere in a line; case, width and script are one. What holds nothing is nowhere."""
    assert (pattern(source).find(folded(line)) is not None) is is_found


def test_a_pattern_tells_the_place() -> None:
    """Where in the folded words it stands, so that what stands beside it can be read too."""
    assert pattern("/包.{0,2}邮/").find("请问包不包邮吗") == (2, 6)
    assert pattern("/包.{0,2}邮/").find("有货吗") is None


@pytest.mark.parametrize(
    ("source", "reason", "what"),
    [
        (r"/(a+)\1/", Reason.BACK_REFERENCE, r"\1"), (r"/(?P<x>a)(?P=x)/", Reason.BACK_REFERENCE, "(?P="), (r"/(?<x>a)\k<x>/", Reason.BACK_REFERENCE, r"\k<"),
        ("/发(?=货)/", Reason.LOOK_AROUND, "(?="), ("/发(?!货)/", Reason.LOOK_AROUND, "(?!"), ("/(?<=不)发/", Reason.LOOK_AROUND, "(?<="),
        ("/(?<!不)发/", Reason.LOOK_AROUND, "(?<!"), ("/a++/", Reason.POSSESSIVE, "++"), ("/(?>a+)b/", Reason.POSSESSIVE, "(?>"),
        ("/a{1001}/", Reason.TOO_MANY, "{1001}"), (r"/\pL{900}/", Reason.TOO_LARGE, ""), ("/((a?){30}){30}b/", Reason.TOO_LARGE, ""),
        ("/(((a{9}){9}){9}){9}/", Reason.TOO_MANY, "{9}"), ("/(发货/", Reason.BROKEN, "(发货"), ("/[z-a]/", Reason.BROKEN, "z-a"), ("/*/", Reason.BROKEN, "*"),
        ("//", Reason.EMPTY, ""), ("", Reason.EMPTY, ""), ("/  /", Reason.EMPTY, ""), ("/.*/", Reason.EVERYTHING, "/.*/"),
        ("/./", Reason.EVERYTHING, "/./"), ("/a|/", Reason.EVERYTHING, "/a|/"), ("/" + "长" * 199 + "/", Reason.TOO_LONG, "201"),
    ],
)  # fmt: skip
def test_row_35_what_could_hold_up_the_shop_is_refused(source: str, reason: Reason, what: str) -> None:
    """A back-reference, a look-ahead, a pattern too large: refused, with the reason and the characters meant."""
    found = read(source)
    assert isinstance(found, Refused), found
    assert found.reason is reason
    assert what in found.what


def test_row_35_evil_patterns_end_on_the_longest_lines() -> None:
    """Expressions with which Python's own never end: each takes less than a quarter of a second of processor time a line."""
    for source in EVIL:
        found = pattern(f"/{source}/")
        for line in LINES:
            least = 1.0
            for _ in range(3):  # what else the process does, such as collecting garbage, is not the pattern's doing
                began = time.process_time()
                found.find(folded(line))
                least = min(least, time.process_time() - began)
                if least < 0.25:
                    break
            assert least < 0.25, (source, line[:9])


def test_odd_characters_are_characters() -> None:
    """Half a surrogate pair and a nought byte break nothing."""
    assert pattern("/发票\x00/").find(folded("发\x00票")) is not None
    assert pattern("/发票\ud83d?x/").find(folded("\ud83d")) is None
    assert isinstance(read("/" + "\ud800" * (LONGEST - 2) + "/"), Refused)

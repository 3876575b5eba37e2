"""Long texts in parts that Telegram takes."""

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.html import TEXT_LIMIT, cut, cut_html, plain_text, split_html, utf16_length


def test_a_short_text_is_left_alone() -> None:
    """Nothing is touched that fits."""
    assert split_html("<b>hello</b> &amp; 你好") == ["<b>hello</b> &amp; 你好"]
    assert split_html("") == []
    assert split_html(" \n ") == []


def test_row_19_it_is_cut_at_line_ends() -> None:
    """Whole lines as far as they go."""
    lines = [f"line {number} " + "x" * 80 for number in range(200)]
    parts = split_html("\n".join(lines))
    assert [line for part in parts for line in part.split("\n")] == lines
    assert all(utf16_length(part) <= TEXT_LIMIT for part in parts)
    assert len(parts) == 5


def test_row_19_a_cut_inside_tags_closes_and_opens_them() -> None:
    """Each part stands alone, a link keeps its address."""
    html = '<b>' + "\n".join(f'<a href="https://x.example/{n}">{"word " * 20}</a>' for n in range(60)) + "</b>"  # fmt: skip
    parts = split_html(html)
    assert len(parts) > 1
    for part in parts:
        assert part.startswith("<b>")
        assert part.endswith("</b>")
        assert len(re.findall("<a ", part)) == len(re.findall("</a>", part))


def test_row_19_emoji_count_twice_and_are_never_halved() -> None:
    """Telegram counts UTF-16 units."""
    parts = split_html("😀" * 5000)
    assert [utf16_length(part) for part in parts] == [4096, 4096, 1808]


@pytest.mark.parametrize("limit", [1024, 4096])
@pytest.mark.parametrize("length", [0, 1, 1023, 1024, 1025, 4095, 4096, 4097, 20_000])
def test_row_19_all_lengths(length: int, limit: int) -> None:
    """From nothing to twenty thousand characters: every part fits and nothing is lost."""
    for unit in ("a", "中", "a b\n", "&lt;"):
        html = (unit * length)[:length] if unit != "&lt;" else unit * length
        parts = split_html(html, limit)
        assert all(0 < utf16_length(plain_text(part)) <= limit for part in parts)
        assert "".join("".join(map(plain_text, parts)).split()) == "".join(plain_text(html).split())


TEXTS = st.text(st.sampled_from("ab 中😀\n&<>é\u200d"), max_size=120)


def _wrapped(inner: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["b", "i", "code", "blockquote", "tg-spoiler"]).map(lambda tag: f"<{tag}>{inner}</{tag}>")


HTML = st.recursive(
    TEXTS.map(escape), lambda inner: inner.flatmap(_wrapped) | st.lists(inner, max_size=5).map("\n".join), max_leaves=25
)


@settings(max_examples=200, deadline=None)
@given(HTML, st.integers(8, 200))
def test_row_19_any_html_in_any_size(html: str, limit: int) -> None:
    """Every part fits, is well-formed by itself, and together they say what the whole said."""
    parts = split_html(html, limit)
    assert "".join("".join(map(plain_text, parts)).split()) == "".join(plain_text(html).split())
    for part in parts:
        assert 0 < utf16_length(plain_text(part)) <= limit
        open_tags: list[str] = []
        for end, name in re.findall(r"<(/?)([a-z-]+)>", part):
            if end:
                assert open_tags.pop() == name
            else:
                open_tags.append(name)
        assert open_tags == []


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("短的", 2, "短的"),
        ("一二三四", 3, "一二…"),
        ("😡😡😡", 6, "😡😡😡"),
        ("😡😡😡", 5, "😡😡…"),
        ("😡😡😡", 4, "😡…"),
    ],
)
def test_a_text_is_cut_as_telegram_counts(text: str, most: int, kept: str) -> None:
    """Most emoji are two; what is cut says so."""
    assert cut(text, most) == kept
    assert utf16_length(cut(text, most)) <= most


def test_what_must_stay_one_message_is_cut_outside_its_mark_up() -> None:
    """Tags are closed, entities stay whole, and the mark counts too."""
    assert cut_html("<b>短</b>", 5) == "<b>短</b>"
    assert cut_html("<b>一二三四五六</b>", 4) == "<b>一二三</b>…"
    long = cut_html("&amp;" * 5000, 4096)
    assert plain_text(long) == "&" * 4095 + "…"

"""Telegram's HTML: what is read, and what is refused with which words."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.entities import trimmed, units
from sandbox.errors import ApiError
from sandbox.htmltext import parse_html
from sandbox.links import found_in
from sandbox.markup import as_html


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length} | more


READ = [
    pytest.param("掌柜", "掌柜", [], id="no markup"),
    pytest.param("a &lt;&gt;&amp;&quot; &#65; &#x4e2d;", 'a <>&" A 中', [], id="references"),
    pytest.param("&ge; R&D &nbsp;", "&ge; R&D &nbsp;", [], id="unknown references are plain text"),
    pytest.param("3 > 2", "3 > 2", [], id="a lone > is plain text"),
    pytest.param("😀<b>粗</b>", "😀粗", [entity("bold", 2, 1)], id="offsets count UTF-16 units"),
    pytest.param("<strong>a</strong><em>b</em>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)], id="synonyms"),
    pytest.param("<B>a</b>", "a", [entity("bold", 0, 1)], id="names in any case"),
    pytest.param("<b>a</>", "a", [entity("bold", 0, 1)], id="a nameless end tag"),
    pytest.param("<b></b>a", "a", [], id="an empty tag leaves nothing"),
    pytest.param("<b>a</b><b>b</b>", "ab", [entity("bold", 0, 2)], id="neighbours are joined"),
    pytest.param('<a href="http://x.cn/?a=1&amp;b=2">y</a>', "y", [entity("text_link", 0, 1, url="http://x.cn/?a=1&b=2")], id="link"),
    pytest.param('<a href="x.cn">y</a>', "y", [entity("text_link", 0, 1, url="http://x.cn/")], id="link without scheme"),
    pytest.param('<a href="javascript:1">y</a>', "y", [], id="a link Telegram would not open"),
    pytest.param('<span class="tg-spoiler">s</span>', "s", [entity("spoiler", 0, 1)], id="spoiler"),
    pytest.param("<blockquote expandable>q</blockquote>", "q", [entity("expandable_blockquote", 0, 1)], id="folded quote"),
    pytest.param('<pre><code class="language-py">x</code></pre>', "x", [entity("pre", 0, 1, language="py")], id="code"),
    pytest.param("<code>a<b>b</b></code>", "ab", [entity("code", 0, 2)], id="code holds nothing else"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "text", "entities"), READ)
def test_it_is_read(html: str, text: str, entities: list[dict[str, Any]]) -> None:
    """Plain text and entities, as the Bot API would show them in the message."""
    assert parse_html(html) == (text, entities)


REFUSED = [
    pytest.param("中<p>x</p>", 'Unsupported start tag "p" at byte offset 3', id="unknown tag"),
    pytest.param("1 <2", "Unclosed start tag at byte offset 2", id="a lone <"),
    pytest.param("<b>x", 'Can\'t find end tag corresponding to start tag "b"', id="unclosed"),
    pytest.param("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"', id="crossed"),
    pytest.param("x</b>", "Unexpected end tag at byte offset 1", id="end without start"),
    pytest.param("<b>x</b", "Unclosed end tag at byte offset 4", id="half an end tag"),
    pytest.param("<a href=x,>x</a>", "Unexpected end of name token at byte offset 8", id="bad unquoted value"),
    pytest.param('<a href="x>y</a>', "Unclosed start tag at byte offset 0", id="open quote"),
    pytest.param("<i   =a>", 'Empty attribute name in the tag "i" at byte offset 0', id="nameless attribute"),
    pytest.param("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0', id="span"),
    pytest.param("&#xD83D;", "Text contains invalid Unicode", id="half a surrogate pair"),
]


@pytest.mark.parametrize(("html", "why"), REFUSED)
def test_it_is_refused(html: str, why: str) -> None:
    """With 400 "can't parse entities" and the byte offset."""
    with pytest.raises(ApiError) as refused:
        parse_html(html)
    assert refused.value.code == 400
    assert refused.value.description.startswith(f"Bad Request: can't parse entities: {why}")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/&;=\"' abcip#x1中😀\n-"), max_size=60))
def test_any_text_is_read_or_refused(html: str) -> None:
    """Nothing else can come of it, and every entity lies within the text."""
    try:
        text, entities = trimmed(parse_html(html))
    except ApiError:
        return
    assert all(0 <= one["offset"] < one["offset"] + one["length"] <= units(text) for one in entities)


@settings(deadline=None)
@given(st.text(max_size=40).filter(lambda text: "\r" not in text))
def test_escaped_text_comes_back(text: str) -> None:
    """Whatever is escaped is read as it was, and written back the same."""
    escaped = as_html(text, [])
    assert parse_html(escaped).text == text


def test_blank_ends_are_removed() -> None:
    """Spaces and line ends around a text go, those an entity begins with stay."""
    assert trimmed(parse_html("\n a <b>b \n</b>\n")) == ("a b", [entity("bold", 2, 1)])
    assert trimmed(parse_html("<b> a</b>")) == (" a", [entity("bold", 0, 2)])


def test_links_and_commands_are_found() -> None:
    """What a client marks by itself in plain text."""
    found = found_in("😀 /start@zhanggui_bot 看 https://x.cn/a?b=1 和 me@x.cn @seller #新货 a/b")
    assert [(one["type"], one["offset"]) for one in found] == [
        ("bot_command", 3),
        ("url", 25),
        ("email", 46),
        ("mention", 54),
        ("hashtag", 62),
    ]

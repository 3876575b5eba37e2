"""Quoting around a hit: short, on one line, the hit marked wherever it stands."""

import pytest

from core.quoting import WIDTH, around, holds

LONG = "这款帆布包有现货，今天下午四点前付款当天发出，默认发中通快递，江浙沪一到两天，新疆西藏五到八天，签收后七天内没用过可以退换，运费您出。"


def said(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(f"[{text}]" if hit else text for text, hit in pieces)


@pytest.mark.parametrize(
    ("text", "wanted", "quoted"),
    [
        ("有货吗", "有货", "[有货]吗"),
        ("有貨嗎", "有货", "[有貨]嗎"),
        ("Is the BAG there?", "bag", "Is the [BAG] there?"),
        ("帆布包能换货吗", "帆布包 换货", "[帆布包]能[换货]吗"),
        ("第一行\n第二行", "第二", "第一行 [第二]行"),
        ("怎么办理换货", "换货怎么办", "[怎么办]理[换货]"),
        ("在吗", "没有", "在吗"),
        ("在吗", "", "在吗"),
    ],
    ids=["plain", "traditional", "capitals", "two words", "two lines", "parts", "not there", "nothing wanted"],
)
def test_hits_are_marked(text: str, wanted: str, quoted: str) -> None:
    """The text as it was written, with what was looked for marked."""
    assert said(around(text, wanted)) == quoted
    assert holds(text, wanted) == ("[" in quoted)


@pytest.mark.parametrize("wanted", ["帆布包", "中通", "运费", "您出"])
def test_a_long_text_is_cut_about_the_hit(wanted: str) -> None:
    """However far in it stands, the hit is shown, and no more than a few words about it."""
    pieces = around(LONG, wanted)
    assert (wanted, True) in pieces
    shown = "".join(text for text, _ in pieces)
    assert len(shown) <= WIDTH + 2
    assert shown.strip("…") in LONG
    assert shown.startswith("…") != LONG.startswith(shown.strip("…"))
    assert shown.endswith("…") != LONG.endswith(shown.strip("…"))

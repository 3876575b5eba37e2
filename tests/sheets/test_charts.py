"""Charts are drawn in a child process, with Chinese labels where the machine has a font for them."""

import json
import struct
import zlib

import pytest

from core.charts import Bars, Chart
from sheets import charts, drawing

ENGLISH = Chart((Bars("Questions", ("11/20", "11/21"), (("alone", (3.0, 5.0)), ("passed on", (1.0, 0.0)))),))
CHINESE = Chart((Bars("每天的问题", ("11/20", "11/21"), (("自己答完", (3.0, 5.0)), ("转给您", (1.0, 0.0)))),))
LYING = Bars("Most asked", ("price", "shipping"), (("", (9.0, 4.0)),), is_lying=True)


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG, whose every part must be sound."""
    at, found = 8, (0, 0)
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        kind, data = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        assert struct.unpack(">I", picture[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + data)
        if kind == b"IHDR":
            found = struct.unpack(">II", data[:8])
        at += 12 + length
    return found


async def test_a_chart_is_a_picture_that_grows_with_what_it_shows() -> None:
    """A sound PNG of a phone's width; a second panel makes it higher, on a machine without a Chinese font as well."""
    one = await charts.draw(CHINESE, ENGLISH)
    two = await charts.draw(Chart((*CHINESE.panels, LYING)), Chart((*ENGLISH.panels, LYING)))
    assert one is not None
    assert two is not None
    assert size(one)[0] == size(two)[0]
    assert size(two)[1] > size(one)[1] > 200


def test_without_a_chinese_font_the_english_one_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty boxes tell nobody anything."""
    drawn: list[tuple[object, str]] = []

    def draw(chart: object, font: str) -> bytes:
        drawn.append((chart, font))
        return b""

    monkeypatch.setattr(drawing, "draw", draw)
    monkeypatch.setattr(json, "load", lambda _: ["chinese", "english"])
    for font in ("", "/some/font.ttc"):
        monkeypatch.setattr(drawing, "chinese_font", lambda font=font: font)
        drawing.main()
    assert drawn == [("english", ""), ("chinese", "/some/font.ttc")]


async def test_a_chart_that_cannot_be_drawn_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that do not fit their labels, or a machine that is too slow: the report goes without a picture."""
    broken = Chart((Bars("x", ("a",), (("s", (1.0, 2.0)),)),))
    assert await charts.draw(broken, broken) is None
    monkeypatch.setattr(charts, "LONGEST", 0.01)
    assert await charts.draw(ENGLISH, ENGLISH) is None

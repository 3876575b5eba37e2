"""The child process that draws one chart: `python -m sheets.drawing < [chart, the same in English] > chart.png`."""

import json
import sys
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any, cast

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
"""Where fonts with Chinese characters are found."""
_MOST_LABELS = 10
"""Days named under a row of bars; of more every second, third … is."""
INK, PAPER = "#2b2a27", "#fffdf8"
COLOURS = ("#c8553d", "#588b8b", "#e0a458", "#6c5b7b")


def chinese_font() -> str:
    """The file of a font that has Chinese characters, or "" on a machine without one."""
    known = next((one for one in FONTS if Path(one).is_file()), "")
    if known:
        return known
    from matplotlib import font_manager

    names = ("NotoSansCJK", "NotoSerifCJK", "SourceHanSans", "wqy", "PingFang", "msyh", "simhei")
    return next((one for one in font_manager.findSystemFonts() if any(name in one for name in names)), "")


def draw(chart: dict[str, Any], font: str) -> bytes:
    """The picture as PNG, its text in this font file; "" is matplotlib's own, which has no Chinese characters."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import font_manager
    from matplotlib.figure import Figure

    style: dict[str, Any] = {"axes.unicode_minus": False, "text.color": INK, "axes.labelcolor": INK, "font.size": 11}
    if font:
        font_manager.fontManager.addfont(font)
        style["font.family"] = [font_manager.FontProperties(fname=font).get_name(), "DejaVu Sans"]
    with matplotlib.rc_context(cast(Any, style)):
        panels = chart["panels"]
        figure = Figure(figsize=(7.2, 0.4 + sum(map(_height, panels))), dpi=110, facecolor=PAPER, layout="constrained")
        all_axes = figure.subplots(len(panels), 1, squeeze=False, height_ratios=[_height(one) for one in panels])
        for axes, panel in zip(all_axes[:, 0], panels, strict=True):
            _bars(axes, panel)
        kept = BytesIO()
        figure.savefig(kept, format="png")
    return kept.getvalue()


def _height(panel: dict[str, Any]) -> float:
    return 0.9 + 0.33 * len(panel["labels"]) if panel["is_lying"] else 3.0


def _bars(axes: Any, panel: dict[str, Any]) -> None:
    labels = panel["labels"]
    places = range(len(labels))
    before = [0.0] * len(labels)
    for number, (name, values) in enumerate(panel["series"]):
        colour = COLOURS[number % len(COLOURS)]
        if panel["is_lying"]:
            bars = axes.barh(places, values, left=before, color=colour, height=0.7, label=name)
            axes.bar_label(bars, [f"{value:g}" for value in values], padding=4, color=INK)
        else:
            axes.bar(places, values, bottom=before, color=colour, width=0.7, label=name)
        before = [low + value for low, value in zip(before, values, strict=True)]
    if panel["is_lying"]:
        axes.set_yticks(places, labels)
        axes.invert_yaxis()
        axes.set_xticks([])
        axes.margins(x=0.12)
    else:
        step = max(1, ceil(len(labels) / _MOST_LABELS))
        axes.set_xticks(list(places)[::step], labels[::step])
        axes.yaxis.get_major_locator().set_params(integer=True)
    if len(panel["series"]) > 1:
        axes.legend(frameon=False, ncols=2, loc="upper left", bbox_to_anchor=(0, 1.02))
        axes.margins(y=0.25)
    axes.set_title(panel["title"], loc="left", fontweight="bold")
    axes.set_facecolor(PAPER)
    for side in ("top", "right", *(("bottom",) if panel["is_lying"] else ())):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)


def main() -> None:
    chart, in_english = json.load(sys.stdin)
    font = chinese_font()
    sys.stdout.buffer.write(draw(chart if font else in_english, font))


if __name__ == "__main__":
    main()

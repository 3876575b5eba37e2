"""What is remembered of a line is what would be understood anew, whatever was said before it."""

import random
from dataclasses import replace
from itertools import product

import pytest

from core.asks import Heard, Understanding
from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from core.understanding import Mind, understand
from core.understanding.model import remembering
from core.understanding.model.remembering import Pieces, Remembered

LINES = (
    "这个多少钱", "那蓝色的呢", "多少", "50行吗", "要多久", "有杯子吗", "杯子有货吗", "在吗", "what about the blue one", "how much", "好的",
    "什么时候发货", "發什麼快遞", "ok", "运费多少", "寄到杭州几天到",
)  # fmt: skip
BEFORE = [
    Heard(previous, ask, goods, language, script)
    for previous, ask, goods, (language, script) in product(
        ("", "最低可以便宜到多少？", "今天发货，后天送达"),
        ("", "price", "haggle", "ship_fee", "stock"),
        ((), ("C-1",), ("C-2",)),
        (("", ""), ("zh", "hant"), ("en", "")),
    )
]


def shelf() -> Catalogue:
    return Catalogue(
        tuple(
            Variant(sku, Wording(title, variant), Money(1900, "CNY"))
            for sku, title, variant in (
                ("C-1", "陶瓷杯子", "白色"),
                ("C-2", "陶瓷杯子", "蓝色"),
                ("B-1", "帆布托特包", "米白"),
            )
        )
    )


def test_a_remembered_line_reads_as_if_met_for_the_first_time(mind: Mind) -> None:
    """Every line after everything that may have been said, in no order: the same as with an empty memory."""
    old = mind.with_catalogue(shelf())
    pairs = list(product(LINES, BEFORE))
    random.Random(3).shuffle(pairs)
    for line, heard in pairs:
        assert understand(line, heard, old) == understand(line, heard, replace(old)), (line, heard)


def test_a_line_is_understood_once_where_nothing_that_matters_differs() -> None:
    """Only what the reading looked at counts."""
    calls: list[str] = []

    def read(heard: Heard) -> Understanding:
        calls.append(heard.last_ask)
        return Understanding(heard.last_ask or "zh", "")

    memory = Remembered()
    for heard in (
        Heard(last_ask="price"),
        Heard(last_ask="price", previous="x"),
        Heard(last_ask="stock"),
        Heard(last_ask="price"),
    ):
        assert memory.of("在吗", heard, read).language == heard.last_ask
    assert calls == ["price", "stock"]


@pytest.mark.parametrize("line", ["什么时候发货", "运费多少", "杯子有货吗", "怎么退货", "how do I pay"])
def test_a_line_that_says_all_itself_is_understood_once_whatever_was_said(mind: Mind, line: str) -> None:
    """The words are looked at before what was heard: what the other side said last matters to none of these."""
    known = mind.with_catalogue(shelf())
    said = Heard(language="zh", script="hans", last_ask="haggle", previous="最低可以便宜到多少？")
    first = understand(line, said, known)
    again = replace(said, previous="今天发货，后天送达，退货运费您出", last_ask="return_exchange")
    assert understand(line, again, known) is first


def test_a_mind_that_changes_remembers_nothing(mind: Mind) -> None:
    """New goods, lines or a new model may change what any line means."""
    understand("杯子有货吗", Heard(), mind)
    known = mind.with_catalogue(shelf())
    assert known.remembered is not mind.remembered
    assert understand("杯子有货吗", Heard(), known).asks[0].products


@pytest.mark.parametrize("count", [1, remembering.LINES * 3])
def test_memory_is_bounded(count: int) -> None:
    """Long lines are not kept, and of short ones only the last."""
    memory = Remembered()
    for number in range(count):
        memory.of(f"{number}", Heard(), lambda _: Understanding("zh", ""))
        memory.of(f"{number}" * 100, Heard(), lambda _: Understanding("zh", ""))
    assert len(memory._lines) == min(count, remembering.LINES)
    for number in range(100):
        memory.of("again", Heard(previous=str(number)), lambda heard: Understanding(heard.previous, ""))
    assert len(memory._lines["again"]) == remembering.SETTINGS


def test_pieces_are_looked_at_once(mind: Mind) -> None:
    """The same piece in another line gives the same asks, and its features are made but once; another model looks anew."""
    fresh = replace(mind, pieces=Pieces())
    first = understand("亲 多少钱", Heard(), fresh)
    glance = fresh.pieces.glance("多少钱", fresh.model)
    second = understand("请问，多少钱", Heard(), fresh)
    assert fresh.pieces.glance("多少钱", fresh.model) is glance
    assert [one.name for one in first.asks] == [one.name for one in second.asks] == ["price"]
    assert Mind(mind.model).pieces is not fresh.pieces


def test_no_more_pieces_are_kept_than_there_is_room_for(mind: Mind) -> None:
    """The oldest goes first, and an overlong one is not kept."""
    pieces = Pieces()
    first = pieces.glance("多少钱", mind.model)
    for number in range(remembering.PIECES):
        pieces.glance(f"多少{number}", mind.model)
    assert pieces.glance("多少钱", mind.model) is not first
    long = "多少钱" * remembering.LONGEST
    assert pieces.glance(long, mind.model) is not pieces.glance(long, mind.model)

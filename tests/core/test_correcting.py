"""Whether an edited line means another thing."""

import pytest

from core.asks import Doubt, Understanding
from core.correcting import means_another
from tests.core.answering import ask

OLD, NEW = "帆布包有货吗", "帆布包多少钱"


def understood(*asks: object, doubts: tuple[Doubt, ...] = ()) -> Understanding:
    return Understanding("zh", "hans", asks, doubts)  # type: ignore[arg-type]


STOCK = ask("stock", OLD, ("B-1",))


@pytest.mark.parametrize(
    ("before", "now", "old", "new", "does"),
    [
        pytest.param((STOCK,), (STOCK,), OLD, "帆布包有货嘛", False, id="the same, spelt otherwise"),
        pytest.param((STOCK,), (ask("price", NEW, ("B-1",)),), OLD, NEW, True, id="another ask"),
        pytest.param((STOCK,), (ask("stock", OLD, ("B-2",)),), OLD, "米白有货吗", True, id="another colour"),
        pytest.param((STOCK,), (STOCK,), "2个", "3个", True, id="another number"),
        pytest.param((STOCK,), (), OLD, "好的", False, id="nothing asked"),
        pytest.param((ask("special_request", "放门口"),), (ask("special_request", "放前台"),), "放门口", "放前台", True, id="other words that are passed on"),
        pytest.param((STOCK,), (STOCK,), OLD, f" {OLD} ", False, id="a blank"),
    ],
)  # fmt: skip
def test_means_another(before: tuple[object, ...], now: tuple[object, ...], old: str, new: str, does: bool) -> None:
    assert means_another(understood(*before), understood(*now), old, new) is does


def test_what_was_clear_and_is_not_any_more() -> None:
    doubted = understood(doubts=(Doubt("什么", (0, 2), ("spec",)),))
    assert means_another(understood(STOCK), doubted, OLD, "什么")

"""What goods are counted with, in every place where that matters."""

import pytest

from core.answering.besides import ordering_part
from core.answering.buying import wants_to_order
from core.units import COUNTERS, plural


@pytest.mark.parametrize("measure", list(COUNTERS))
def test_whatever_goods_are_counted_with_an_order_is_one(measure: str) -> None:
    """三盆 as well as 三个."""
    assert wants_to_order(f"绿萝来三{measure}吧")
    part = ordering_part(f"绿萝三{measure}，几天能到")
    assert part is not None
    assert part.words.strip() == f"绿萝三{measure}"


@pytest.mark.parametrize(
    ("unit", "several"), [("copy", "copies"), ("tray", "trays"), ("box", "boxes"), ("pot", "pots")]
)
def test_several_of_an_english_unit(unit: str, several: str) -> None:
    assert plural(unit) == several

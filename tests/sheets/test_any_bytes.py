"""Whatever the bytes, reading them is a value or a list of problems, and never raises."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets.problems import Problems, Taken
from sheets.shop_file.reading import read_shop
from tests.sheets.making import ROWS, SAMPLE, read_catalogue, read_customers, table, workbook

PARTS = [
    "sku",
    "title",
    "price",
    "货号",
    "名称",
    "价格",
    ",",
    ";",
    "\t",
    "\n",
    '"',
    "=1+1",
    "¥",
    "-",
    "1",
    "9" * 40,
    "|",
    "=",
    "\x00",
    "\ufeff",
]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(st.sampled_from(PARTS), max_size=60).map(lambda parts: "".join(parts).encode()),
    )
)
def test_no_bytes_make_reading_raise(data: bytes) -> None:
    for parsed in (read_catalogue("x.csv", data), read_shop("x.csv", data), read_customers("x.csv", data)):
        if isinstance(parsed, Problems):
            assert all(parsed.sentences("zh"))
            assert all(parsed.sentences("en"))


GOOD_BOOK = workbook(*ROWS)
GOOD_SHOP = (SAMPLE / "shop.toml").read_bytes()
GOOD_CSV = table(*ROWS).encode("gb18030")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([GOOD_BOOK, GOOD_SHOP, GOOD_CSV]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8),
    st.integers(0, 10**6),
)
def test_no_damage_makes_reading_raise(good: bytes, bites: list[tuple[int, int]], cut: int) -> None:
    """Bytes changed anywhere, and the end cut off."""
    data = bytearray(good)
    for place, byte in bites:
        data[place % len(data)] = byte
    damaged = bytes(data[: len(data) - cut % 200])
    for parsed in (read_catalogue("c.xlsx", damaged), read_shop("shop.toml", damaged)):
        assert isinstance(parsed, Problems | Taken)

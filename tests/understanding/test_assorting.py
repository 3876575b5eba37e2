"""Several variants in one line, each with its own number."""

import pytest

from core.asks import Heard
from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from core.understanding import Mind
from core.understanding.asks.assorting import Asks, Assortment, assorted
from core.understanding.asks.tallying import bare_number
from core.understanding.goods.referring import references, referred_to
from core.understanding.reading.normalising import normalise


def row(sku: str, title: str, name: str, english: tuple[str, str], unit: str = "") -> Variant:
    aliases = ("短袖", "t-shirt") if title == "纯棉短袖" else ("帆布鞋",) if title == "小白帆布鞋" else ()
    wording = Wording(title, name, unit=unit)
    return Variant(sku, wording, Money(5900, "CNY"), 9, aliases=aliases, english=Wording(*english))


SHELF = Catalogue(
    (
        row("T-BK", "纯棉短袖", "黑色", ("Cotton T-shirt", "black"), "件"),
        row("T-WH", "纯棉短袖", "白色", ("Cotton T-shirt", "white"), "件"),
        row("T-OR", "纯棉短袖", "橙色", ("Cotton T-shirt", "orange"), "件"),
        row("S-38", "小白帆布鞋", "38 码", ("Canvas Sneakers", "size 38")),
        row("S-39", "小白帆布鞋", "39 码", ("Canvas Sneakers", "size 39")),
        row("S-40", "小白帆布鞋", "40 码", ("Canvas Sneakers", "size 40")),
        row("H-BM", "卫衣", "黑色 M", ("Hoodie", "black M"), "件"),
        row("H-BL", "卫衣", "黑色 L", ("Hoodie", "black L"), "件"),
        row("H-WM", "卫衣", "白色 M", ("Hoodie", "white M"), "件"),
        row("H-WL", "卫衣", "白色 L", ("Hoodie", "white L"), "件"),
        row("C-OR", "小猫挂件", "橘猫", ("Cat Charm", "Ginger Cat"), "个"),
        row("C-BK", "小猫挂件", "黑猫", ("Cat Charm", "Black Cat"), "个"),
        row("K-OT", "抱枕套", "燕麦色", ("Cushion Cover", "Oatmeal"), "个"),
        row("K-BR", "抱枕套", "砖红", ("Cushion Cover", "Brick Red"), "个"),
        row("P-WH", "亚麻枕套一对", "本白", ("Linen Pillowcases", "White"), "对"),
        row("P-SK", "亚麻枕套一对", "天青", ("Linen Pillowcases", "Sky"), "对"),
        row("MAT", "野餐垫", "", ("Picnic Mat", "")),
    )
)
TEES, SHOES, HOODIES = ("T-BK", "T-WH", "T-OR"), ("S-38", "S-39", "S-40"), ("H-BM", "H-BL", "H-WM", "H-WL")
CATS, COVERS, PILLOWCASES = ("C-OR", "C-BK"), ("K-OT", "K-BR"), ("P-WH", "P-SK")


@pytest.fixture(scope="module")
def shelf(mind: Mind) -> Mind:
    return mind.with_catalogue(SHELF)


def found(words: str, spoken_of: tuple[str, ...], mind: Mind) -> Assortment | None:
    return assorted(words, Heard(last_products=spoken_of), mind, SHELF)


def told(words: str, spoken_of: tuple[str, ...], mind: Mind) -> dict[str, int] | None:
    assortment = found(words, spoken_of, mind)
    return None if assortment is None else {"|".join(one.products): one.count for one in assortment.portions}


@pytest.mark.parametrize(
    ("words", "spoken_of", "wanted"),
    [
        ("来两个橘的一个黑的", TEES, {"T-OR": 2, "T-BK": 1}),
        ("来两个橘的一个黑的", CATS, {"C-OR": 2, "C-BK": 1}),
        ("一双38一双40", SHOES, {"S-38": 1, "S-40": 1}),
        ("38码一双，40码两双", SHOES, {"S-38": 1, "S-40": 2}),
        ("38同40各要一雙", SHOES, {"S-38": 1, "S-40": 1}),
        ("38同40各要一對", SHOES, {"S-38": 1, "S-40": 1}),
        ("要兩件黑色同埋一件白色", TEES, {"T-BK": 2, "T-WH": 1}),
        ("短袖黑的来俩，白的来仨", (), {"T-BK": 2, "T-WH": 3}),
        ("短袖黑白各一", (), {"T-BK": 1, "T-WH": 1}),
        ("一黑一白", TEES, {"T-BK": 1, "T-WH": 1}),
        ("短袖2黑1白", (), {"T-BK": 2, "T-WH": 1}),
        ("短袖黑2白1", (), {"T-BK": 2, "T-WH": 1}),
        ("黑的x2 白的*3", TEES, {"T-BK": 2, "T-WH": 3}),
        ("来个黑的，来个白的", TEES, {"T-BK": 1, "T-WH": 1}),
        ("黑的和白的各来两件，橙色一件", TEES, {"T-BK": 2, "T-WH": 2, "T-OR": 1}),
        ("要10个，黑白各5个", TEES, {"T-BK": 5, "T-WH": 5}),
        ("一共3件，2件黑的1件白的", TEES, {"T-BK": 2, "T-WH": 1}),
        ("各来一个", CATS, {"C-OR": 1, "C-BK": 1}),
        ("短袖，每个颜色一件", (), {"T-BK": 1, "T-WH": 1, "T-OR": 1}),
        ("卫衣黑色M两件，白色L一件", (), {"H-BM": 2, "H-WL": 1}),
        ("卫衣黑白各一件M的", (), {"H-BM": 1, "H-WM": 1}),
        ("卫衣要黑的M和L各一件", (), {"H-BM": 1, "H-BL": 1}),
        ("卫衣黑的两件白的一件", (), {"H-BM|H-BL": 2, "H-WM|H-WL": 1}),
        ("抱枕套半打燕麦色，半打砖红", (), {"K-OT": 6, "K-BR": 6}),
        ("抱枕套一对燕麦的一对砖红的", (), {"K-OT": 2, "K-BR": 2}),
        ("一对本白一对天青", PILLOWCASES, {"P-WH": 1, "P-SK": 1}),
        ("两个黑的一个白的，再来一个野餐垫", TEES, {"T-BK": 2, "T-WH": 1, "MAT": 1}),
        ("来一个野餐垫，两件黑短袖，一双38的帆布鞋", (), {"MAT": 1, "T-BK": 2, "S-38": 1}),
        ("一件白的两件黑的短袖", CATS, {"T-WH": 1, "T-BK": 2}),
        ("one in 38 and one in 40", SHOES, {"S-38": 1, "S-40": 1}),
        ("two of the black and one white", TEES, {"T-BK": 2, "T-WH": 1}),
        ("I'd like a black t-shirt and two white ones", (), {"T-BK": 1, "T-WH": 2}),
        ("a black one and a white one please", TEES, {"T-BK": 1, "T-WH": 1}),
        ("a pair each in 38 and 40", SHOES, {"S-38": 1, "S-40": 1}),
        ("2 black M, 1 white L", HOODIES, {"H-BM": 2, "H-WL": 1}),
        ("black x2, white x3", TEES, {"T-BK": 2, "T-WH": 3}),
        ("half a dozen oatmeal and 2 brick red", COVERS, {"K-OT": 6, "K-BR": 2}),
        ("a couple of blacks and one white", TEES, {"T-BK": 2, "T-WH": 1}),
        ("one of each please", CATS, {"C-OR": 1, "C-BK": 1}),
        ("3 in total, 2 black and 1 white", TEES, {"T-BK": 2, "T-WH": 1}),
    ],
)
def test_so_many_of_each(words: str, spoken_of: tuple[str, ...], wanted: dict[str, int], shelf: Mind) -> None:
    """Each with the number that stands beside it, in the order of the line; of several where the size is left open."""
    assert told(words, spoken_of, shelf) == wanted
    assert list(told(words, spoken_of, shelf) or ()) == list(wanted)


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("短袖两件黑的一件白的多少钱", Asks.PRICE),
        ("短袖两件黑的一件白的，一共", Asks.PRICE),
        ("how much for two black t-shirts and one white?", Asks.PRICE),
        ("短袖两件黑的一件白的有货吗", Asks.STOCK),
        ("do you have two black and one white t-shirt?", Asks.STOCK),
        ("短袖两件黑的一件白的", Asks.ORDER),
    ],
)
def test_what_is_asked_of_them(words: str, asks: Asks, shelf: Mind) -> None:
    """An order, or only what they cost together, or whether they are there."""
    assortment = found(words, (), shelf)
    assert assortment is not None
    assert assortment.asks is asks
    assert [(one.products, one.count) for one in assortment.portions] == [(("T-BK",), 2), (("T-WH",), 1)]


@pytest.mark.parametrize("words", ["3件，2件黑的", "一共3件，2件黑的", "3 in total, 2 black", "要3件，2件黑色"])
def test_fewer_are_named_than_wanted(words: str, shelf: Mind) -> None:
    assortment = found(words, TEES, shelf)
    assert assortment is not None
    assert (assortment.missing, assortment.is_miscounted) == (1, False)


@pytest.mark.parametrize("words", ["要3件，2件黑的2件白的", "3 in total, 2 black and 2 white"])
def test_more_are_named_than_wanted(words: str, shelf: Mind) -> None:
    assortment = found(words, TEES, shelf)
    assert assortment is not None
    assert (assortment.missing, assortment.is_miscounted) == (0, True)


@pytest.mark.parametrize(
    ("words", "spoken_of"),
    [
        pytest.param("黑的两件", TEES, id="one thing only"),
        pytest.param("两个还是三个好", TEES, id="a choice"),
        pytest.param("买了两件黑的一件白的", TEES, id="bought before"),
        pytest.param("两件黑的一件白的坏了", TEES, id="a fault"),
        pytest.param("两件黑的一件绿的", TEES, id="no such colour"),
        pytest.param("两件黑的一件白的", (), id="of nothing spoken of"),
        pytest.param("两件黑的三件黑的", TEES, id="one thing twice"),
        pytest.param("两个月一个黑的", TEES, id="months"),
        pytest.param("45x45的两个，50x50的一个", COVERS, id="measures that are none of theirs"),
        pytest.param("two black or one white", TEES, id="one or the other"),
        pytest.param("I have two kids and one dog", TEES, id="a story"),
        pytest.param("what about the black one and the white one", TEES, id="no number"),
    ],
)
def test_no_assortment(words: str, spoken_of: tuple[str, ...], shelf: Mind) -> None:
    """Whatever is not understood word by word is left to who asks back."""
    assert found(words, spoken_of, shelf) is None


def test_what_a_variant_is_called() -> None:
    """A name goes before a colour, and that before the colour in which a name begins; what all have tells none apart."""
    shirts = references(SHELF.families["纯棉短袖"])
    assert shirts["橘"] == shirts["orange"] == {"T-OR"}
    hoodies = references(SHELF.families["卫衣"])
    assert hoodies["m"] == hoodies["中号"] == {"H-BM", "H-WM"}
    blues = references((row("N", "围巾", "藏青", ("Scarf", "Navy")), row("B", "围巾", "蓝色", ("Scarf", "Blue")), row("G", "围巾", "灰蓝", ("Scarf", "Grey Blue"))))  # fmt: skip
    assert blues["蓝"] == {"B"}
    assert references(SHELF.families["小猫挂件"])["橘"] == {"C-OR"}
    assert "码" not in references(SHELF.families["小白帆布鞋"])


@pytest.mark.parametrize(
    ("words", "spoken_of", "wanted"),
    [
        ("短袖黑的两件", (), {"T-BK": 2}),
        ("黑的再加一件", TEES, {"T-BK": 1}),
        ("抱枕套要一对砖红", (), {"K-BR": 2}),
        ("a pair of brick red cushion covers", COVERS, {"K-BR": 2}),
        ("a pair in 38", SHOES, {"S-38": 1}),
    ],
)
def test_one_thing_alone(words: str, spoken_of: tuple[str, ...], wanted: dict[str, int], shelf: Mind) -> None:
    """One variant and its number, where that may stand alone; how many pieces a pair is goes by what it is."""
    heard = Heard(last_products=spoken_of)
    assert assorted(words, heard, shelf, SHELF) is None
    assortment = assorted(words, heard, shelf, SHELF, alone=True)
    assert assortment is not None
    assert {one.products[0]: one.count for one in assortment.portions} == wanted
    assert not assortment.is_open


@pytest.mark.parametrize(
    ("words", "count"),
    [("是三件", 3), ("要3个吧", 3), ("three please", 3), ("一共要三件", 3), ("两件", 2), ("半打", 6), ("多加一件", 1), ("三", 3),
     ("三天", None), ("是黑的", None), ("两件黑的", None), ("three days", None), ("", None)],
)  # fmt: skip
def test_a_number_by_itself(words: str, count: int | None) -> None:
    """And nothing else: three days are no three of it."""
    number = bare_number(normalise(words).folded)
    assert (number.count if number is not None else None) == count


@pytest.mark.parametrize(
    ("words", "title", "skus"),
    [
        ("白的不要了", "纯棉短袖", {"T-WH"}),
        ("黑的和白的都不要", "纯棉短袖", {"T-BK", "T-WH"}),
        ("黑的M不要了", "卫衣", {"H-BM"}),
        ("drop the white one", "纯棉短袖", {"T-WH"}),
        ("都不要了", "纯棉短袖", set()),
    ],
)
def test_which_a_text_refers_to(words: str, title: str, skus: set[str]) -> None:
    assert referred_to(normalise(words).folded, SHELF.families[title]) == skus

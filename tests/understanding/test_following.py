"""What a line means after what was said before it."""

import re
from dataclasses import replace

import pytest

from core.asks import Ask, Details, Doubt, Heard, Understanding
from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from core.understanding.asks import context
from core.understanding.asks.following import among, asks_nothing, continued, may_settle, names_goods, narrowed, settled
from core.understanding.asks.meaning import Meant


def variant(sku: str, colour: str, english: str, title: str = "帆布包") -> Variant:
    return Variant(sku, Wording(title, colour), Money(100, "CNY"), 3, english=Wording("Canvas Bag", english))


BAGS = Catalogue(
    (
        variant("W", "米白", "off-white"),
        variant("G", "墨绿", "dark green"),
        variant("N", "藏青", "navy"),
        variant("X", "红", "red", "杯"),
    )
)


def asked(words: str, products: tuple[str, ...], source: str = "model", **more: object) -> Understanding:
    ask = Ask("stock", 0.9, (0, len(words)), products, source=source, **more)  # type: ignore[arg-type]
    return Understanding("zh", "hans", (ask,))


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        pytest.param("那墨绿呢", ("W",), ("G",), id="another colour"),
        pytest.param("那墨綠呢", ("W",), ("G",), id="in Traditional"),
        pytest.param("and the dark green one?", ("W",), ("G",), id="in English"),
        pytest.param("那个还有吗", ("W",), ("W",), id="no colour named"),
        pytest.param("墨绿和藏青的有吗", ("W", "G", "N"), ("G", "N"), id="two of three"),
        pytest.param("红的有吗", ("W",), ("W",), id="a colour of another product"),
    ],
)
def test_the_variant_that_is_named_is_meant(words: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """The words decide, not the variant last spoken of."""
    found = narrowed(asked(words, before, "context"), words, BAGS)
    assert found.asks[0].products == after


def test_a_lone_candidate_is_no_question() -> None:
    """One product to choose from needs no choosing."""
    found = narrowed(asked("藏青的有吗", (), unsure=("N",)), "藏青的有吗", BAGS)
    assert (found.asks[0].products, found.asks[0].unsure) == (("N",), ())


def test_what_is_ruled_out_is_not_meant() -> None:
    """ "不是墨绿" names a colour without meaning it."""
    details = Details(unwanted=("墨绿",))
    found = narrowed(asked("不是墨绿的有吗", ("W", "N"), details=details), "不是墨绿的有吗", BAGS)
    assert found.asks[0].products == ("W", "N")


def test_courtesy_is_no_ask() -> None:
    """A hello beside a product's name asks nothing by itself."""
    hello = Understanding("zh", "hans", (Ask("greeting", 1.0, (0, 2)),))
    assert asks_nothing(hello)
    assert not names_goods(hello)


@pytest.mark.parametrize("words", ["is K-77 in stock?", "k-77 有货吗"])
def test_an_item_number_means_that_item(words: str) -> None:
    """The number written exactly decides, capitals or not."""
    shelf = Catalogue((*BAGS.variants, variant("K-77", "藏青", "navy", "双肩包")))
    assert narrowed(asked(words, ("W", "G")), words, shelf).asks[0].products == ("K-77",)


def test_a_lone_candidate_means_all_its_variants() -> None:
    """One product to choose from, of which no variant was named, is meant whole."""
    found = narrowed(asked("帆布包有吗", (), unsure=("W",)), "帆布包有吗", BAGS)
    assert (found.asks[0].products, found.asks[0].unsure) == (("W", "G", "N"), ())


def doubtful(words: str, *maybe: str) -> Understanding:
    return Understanding("zh", "hans", doubts=(Doubt(words, (0, len(words)), maybe),))


def test_a_doubt_with_one_answer_is_settled_by_the_goods() -> None:
    """不含芯是吧 may only ask what the goods are like: nobody is asked whether it does."""
    line = doubtful("不含芯是吧", "spec")
    assert may_settle(line)
    found = settled(line, line.doubts[0].text, Heard(), Meant(("W",)))
    assert [(ask.name, ask.products) for ask in found.asks] == [("spec", ("W",))]
    assert not found.doubts
    assert settled(line, line.doubts[0].text, Heard(), Meant()).doubts


def test_a_doubt_of_returns_goes_on_with_one() -> None:
    """Behind a complaint about what arrived, "can you send a new one" asks for an exchange."""
    line = doubtful("can you send a new one", "return_exchange")
    found = settled(line, line.doubts[0].text, Heard(last_ask="damaged"), Meant())
    assert [ask.name for ask in found.asks] == ["return_exchange"]
    assert settled(line, line.doubts[0].text, Heard(), Meant()).doubts


def settle(words: str, maybe: str, last_ask: str = "") -> list[str]:
    """The asks of a line with one doubt, once it is settled."""
    return [ask.name for ask in settled(doubtful(words, maybe), words, Heard(last_ask=last_ask), Meant()).asks]


def test_a_doubt_that_a_person_answers_is_not_asked() -> None:
    """Which one to choose is the seller's to say; "it's been 5 days" goes on with where the parcel is."""
    assert settle("哪个送老人合适", "recommend") == ["recommend"]
    assert settle("到货了告诉我一声", "special_request") == []
    assert settle("its been 5 days", "ship_eta", "track") == ["track"]
    assert settle("几天能好", "ship_eta", "stock") == []
    assert settle("i never got it", "track", "refund") == ["track"]


def test_what_there_is_of_a_kind_is_told() -> None:
    """ "What totes do you have": those that are there, and no question whether to choose one."""
    words = "what totes do you have"
    line = doubtful(words, "stock", "recommend")
    assert may_settle(line)
    found = settled(line, words, Heard(), Meant(("W", "G")))
    assert [(ask.name, ask.products) for ask in found.asks] == [("stock", ("W", "G"))]


def test_what_was_left_out_is_to_be_sent() -> None:
    """给我补发吧, behind a missing piece, asks for that piece and for no exchange."""
    assert settle("给我补发吧", "return_exchange", "missing_item") == ["missing_item"]


def test_when_it_arrives_goes_on_with_the_parcel() -> None:
    """什么时候能到, behind a talk of one's parcel, is of that parcel; to a place named now it is not."""
    asked_when = Understanding("zh", "hans", (Ask("ship_eta", 0.9, (0, 6)),))
    assert continued(asked_when, Heard(last_ask="track")).asks[0].name == "track"
    assert continued(asked_when, Heard(last_ask="stock")).asks[0].name == "ship_eta"
    elsewhere = replace(asked_when, asks=(replace(asked_when.asks[0], details=Details(destination="北京")),))
    assert continued(elsewhere, Heard(last_ask="track")).asks[0].name == "ship_eta"


def test_two_variants_named_are_both_meant() -> None:
    """A shorter name beside a longer one is named too; within it, it is not."""
    shelf = Catalogue((*BAGS.variants, variant("WS", "米白条纹", "off-white stripes")))
    both = narrowed(asked("米白条纹的两个、墨绿一个", ("W",)), "米白条纹的两个、墨绿一个", shelf)
    assert both.asks[0].products == ("G", "WS")


@pytest.mark.parametrize("maybe", [("spec", "stock"), ("cancel",), ()])
def test_other_doubts_are_asked(maybe: tuple[str, ...]) -> None:
    """Two things it may be, or one that is not of goods, are for the buyer to say."""
    assert not may_settle(doubtful("这样可以吗", *maybe))


def test_what_has_come_and_is_not_as_it_should_be_is_seen_to() -> None:
    """东西收到了，颜色跟图片不一样: the seller sees to it, and nobody is asked whether they complain."""
    words = "东西收到了，颜色跟图片不一样"
    found = settled(doubtful(words, "damaged"), words, Heard(), Meant())
    assert [ask.name for ask in found.asks] == ["damaged"]
    assert settled(doubtful("会坏吗", "damaged"), "会坏吗", Heard(), Meant()).doubts


def test_a_pick_goes_before_a_word_that_names_no_goods() -> None:
    """ "How much is the caramel one", said when a tote was offered: the caramel tote, and no thing called so."""
    line = Understanding("en", "", (Ask("price", 0.9, (0, 27), named="caramel one"),))
    (ask,) = among(line, ("W", "X"), ("G",)).asks
    assert (ask.products, ask.named) == (("G",), "")


def test_postage_to_a_place_is_not_asked_back() -> None:
    """幾錢寄去上海 names the place: it is the postage there."""
    words = "幾錢寄去上海"
    line = replace(doubtful(words, "ship_fee"), details=Details(destination="上海"))
    (ask,) = settled(line, words, Heard(), Meant()).asks
    assert (ask.name, ask.details.destination) == ("ship_fee", "上海")
    assert settle("那要多少", "ship_fee") == []


def test_an_offer_goes_on_with_the_bargaining() -> None:
    """600三条行不行, while bargaining, is the next offer; and all that may be asked of a parcel is asked of it."""
    assert settle("600三条行不行", "haggle", "haggle") == ["haggle"]
    assert settle("600三条行不行", "haggle", "stock") == []
    late = doubtful("its been 5 days", "ship_eta", "ship_when")
    assert may_settle(late)
    assert [ask.name for ask in settled(late, "its been 5 days", Heard(last_ask="track"), Meant()).asks] == ["track"]


@pytest.mark.parametrize(
    "line", ["1" * 400, "1 " * 200, "宽1 高" * 100, "2m x" * 100, "那要" * 200, "and for " * 50, "要多加" * 100]
)
def test_row_35_no_long_line_is_looked_at_in_every_way_there_is(line: str) -> None:
    """What a short line means after another is asked of every line, a number of four hundred figures as well: each of these
    would take longer than the world is old, were a sign read in two ways."""
    patterns = [one for one in vars(context).values() if isinstance(one, re.Pattern)]
    assert patterns
    assert not any(one.fullmatch(f"{line}#") for one in patterns)

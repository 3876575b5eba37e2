"""Which goods a text means, and when none or more than one."""

import pytest

from core.asks import Heard
from core.catalogue import Catalogue, Wording
from core.understanding import Mind, understand
from core.understanding.asks.counting import counted
from core.understanding.goods.products import find
from core.understanding.goods.several import strangers
from core.understanding.goods.shelving import index
from core.understanding.goods.variants import names_variant
from tests.understanding.conftest import variant


@pytest.mark.parametrize(
    ("text", "products"),
    [
        pytest.param("ip15手机壳黑的多少钱", ("CASE-15-BK",), id="squeezed code and colour"),
        pytest.param("苹果15的手机壳蓝色多少钱", ("CASE-15-BL",), id="the maker in Chinese"),
        pytest.param("ip15手机壳不要黑的有货吗", ("CASE-15-BL",), id="the other colour"),
        pytest.param("桌布多少钱", ("CLOTH-G", "CLOTH-B"), id="all variants of one product"),
        pytest.param("托特包多少钱", ("BAG",), id="an alias"),
        pytest.param("how much is the thermos", ("CUP-W",), id="English words for it"),
        pytest.param("how much are the bluetooth headphones", ("EAR",), id="another language"),
        pytest.param("how much are the runing shoes in size 43", ("RUN-W43",), id="a slip of the finger"),
        pytest.param("cup-w多少钱", ("CUP-W",), id="the article number"),
        pytest.param("水杯多少錢", ("CUP-W",), id="Traditional"),
    ],
)
def test_named_goods(text: str, products: tuple[str, ...], shop: Mind) -> None:
    """One variant where it is named, all of a product where only the product is."""
    [ask] = understand(text, Heard(), shop).asks
    assert ask.products == products


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("one thermos and two purple dinosaurs please", ("purple dinosaurs",)),
        ("one thermos and two of your purple dinosaurs", ("purple dinosaurs",)),
        ("i'll take two of them in black", ()),
        ("a thermos, two of those in white", ()),
        ("fine, two in white then", ()),
    ],
)
def test_a_name_in_a_list_that_nothing_goes_by(words: str, named: tuple[str, ...], shop: Mind) -> None:
    """It is told as the buyer wrote it; a word that points at what was spoken of is no name."""
    assert shop.index is not None
    assert strangers(words, shop.index) == named


def test_two_products_alike_are_not_chosen_from(shop: Mind) -> None:
    """What fits two products is left to the buyer, with one of each to choose from."""
    [ask] = understand("手机壳多少钱", Heard(), shop).asks
    assert ask.products == ()
    assert ask.unsure == ("CASE-15-BK", "CASE-14-BK")


def test_two_products_in_one_question(goods: Catalogue) -> None:
    """Two things named at once are both offered."""
    match = find("耳机和保温杯各多少钱", index(goods))
    assert match.family == -1
    assert len(match.choices) == 2


@pytest.fixture(scope="module")
def bags(mind: Mind) -> Mind:
    """A shop whose names lie within one another, and hold numbers."""
    return mind.with_catalogue(
        Catalogue(
            (
                variant("BACK", "山茶背包", aliases=("背包",), english=Wording("Camellia Backpack", "")),
                variant("SLING", "夜航斜背包", aliases=("斜背包",), english=Wording("Night Voyage Sling Bag", "")),
                variant("LAMP", "松针台灯", english=Wording("Pine Needle Desk Lamp", "")),
                variant("TEA", "三件套茶具", english=Wording("3 pieces tea set", "")),
                variant("PUZZLE", "拼图 500片", english=Wording("Puzzle 500 pieces", "")),
            )
        )
    )


@pytest.mark.parametrize(
    ("text", "products"),
    [
        pytest.param("背包有货吗", ("BACK",), id="the shorter"),
        pytest.param("斜背包有货吗", ("SLING",), id="the longer"),
        pytest.param("is the backpack in stock", ("BACK",), id="in English"),
    ],
)
def test_a_name_within_a_longer_one(text: str, products: tuple[str, ...], bags: Mind) -> None:
    """The whole of what is written is the name that counts."""
    [ask] = understand(text, Heard(), bags).asks
    assert ask.products == products


def test_a_longer_word_that_no_name_is(bags: Mind) -> None:
    """台灯罩 is not the 台灯, and nothing is told of a thing that may not be meant."""
    for words in ("台灯罩有货吗", "台灯套多少钱"):
        [ask] = understand(words, Heard(), bags).asks
        assert ask.products == (), words


@pytest.mark.parametrize(
    ("text", "sku", "quantity"),
    [
        pytest.param("三件套茶具多少钱", "TEA", None, id="a number in the name"),
        pytest.param("500片拼图多少钱", "PUZZLE", None, id="a number of parts"),
        pytest.param("来2套三件套茶具多少钱", "TEA", 2, id="a number before the name"),
        pytest.param("how much is the puzzle 500 pieces", "PUZZLE", None, id="in English"),
        pytest.param("台灯要3个多少钱", "LAMP", 3, id="a number that is none of the name"),
    ],
)
def test_numbers_in_names_are_no_quantities(text: str, sku: str, quantity: int | None, bags: Mind) -> None:
    """How many are wanted is what is said beside the name."""
    [ask] = understand(text, Heard(), bags).asks
    assert (ask.products, ask.details.quantity) == ((sku,), quantity)


@pytest.mark.parametrize(
    ("words", "skus", "count"),
    [
        pytest.param("500片拼图来3个", ("PUZZLE",), 3, id="beside a number in the name"),
        pytest.param("要三件套", ("TEA",), None, id="only the name's own"),
        pytest.param("两个，一个背包一个台灯", ("BACK", "LAMP"), 2, id="said twice over"),
        pytest.param("背包两个、台灯一个", ("BACK", "LAMP"), 3, id="so many of each"),
        pytest.param("背包两个或者三个", ("BACK",), None, id="one or the other"),
        pytest.param("3 desk lamps please", ("LAMP",), 3, id="in front of the goods"),
        pytest.param("need 10 desk lamps for my office", ("LAMP",), 10, id="behind a need"),
    ],
)
def test_how_many_are_wanted(words: str, skus: tuple[str, ...], count: int | None, bags: Mind) -> None:
    """All of what is meant together, and no guess between two numbers."""
    assert counted(words, skus, bags) == count


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("背包有货吗？台灯有货吗？", [("stock", "BACK"), ("stock", "LAMP")], id="two questions"),
        pytest.param("背包和台灯有货吗", [("stock", "BACK"), ("stock", "LAMP")], id="one question"),
        pytest.param("背包有货吗 那台灯呢", [("stock", "BACK"), ("stock", "LAMP")], id="and the lamp?"),
        pytest.param(
            "how much are the backpack and the desk lamp", [("price", "BACK"), ("price", "LAMP")], id="in English"
        ),
        pytest.param("台灯要2个，背包要3个，有货吗", [("stock", "LAMP"), ("stock", "BACK")], id="a list before it"),
        pytest.param("背包多少钱，台灯有货吗", [("price", "BACK"), ("stock", "LAMP")], id="two asks"),
        pytest.param(
            "背包和台灯有货吗？多少钱",
            [("stock", "BACK"), ("stock", "LAMP"), ("price", "BACK"), ("price", "LAMP")],
            id="two asks of both",
        ),
        pytest.param("背包和台灯尺寸多少", [("spec", "BACK"), ("spec", "LAMP")], id="what they are like"),
        pytest.param("我想买背包和台灯，一共多少钱", [("price", "BACK"), ("price", "LAMP")], id="wanted, and the sum"),
        pytest.param(
            "is the backpack in stock, and the pine needle desk lamp?",
            [("stock", "BACK"), ("stock", "LAMP")],
            id="a name behind it",
        ),
        pytest.param("我买了背包，台灯有货吗", [("stock", "LAMP")], id="what was bought is not asked about"),
    ],
)
def test_several_goods(text: str, asked: list[tuple[str, str]], bags: Mind) -> None:
    """Each of the goods named is asked about, and nothing else."""
    found = understand(text, Heard(), bags).asks
    assert [(one.name, *one.products) for one in found] == asked


def test_what_several_are_like_is_asked_in_all_the_words(bags: Mind) -> None:
    """Each of the two is asked about by the words that say what is asked."""
    words = "背包和台灯尺寸多少"
    assert [words[slice(*one.span)] for one in understand(words, Heard(), bags).asks] == [words, words]


def test_two_variants_named_by_name(shop: Mind) -> None:
    """Both colours are meant, whether or not each is called a colour."""
    [ask] = understand("棉麻桌布灰色和米色有货吗", Heard(), shop).asks
    assert ask.products == ("CLOTH-G", "CLOTH-B")


def test_each_of_several_has_its_own_number(bags: Mind) -> None:
    """Two of the one and three of the other."""
    found = understand("台灯要2个，背包要3个，有货吗", Heard(), bags).asks
    assert [one.details.quantity for one in found] == [2, 3]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("有充电宝吗", "充电宝", id="goods the shop has not"),
        pytest.param("iphone16手机壳有货吗", "iphone16手机壳", id="a model the shop has not"),
        pytest.param("do you have a blender", "blender", id="in English"),
    ],
)
def test_goods_the_shop_has_not(text: str, named: str, shop: Mind) -> None:
    """Words for goods that no title has are kept, and nothing else is put in their place."""
    [ask] = understand(text, Heard(), shop).asks
    assert (ask.products, ask.unsure, ask.named) == ((), (), named)


@pytest.mark.parametrize("text", ["纯棉的吗", "是不是真皮的", "is it real leather?"])
def test_what_it_is_made_of_names_no_goods(text: str) -> None:
    """Though some product is called after it."""
    shelf = index(
        Catalogue((variant("C-1", "纯棉 抱枕套"), variant("C-2", "真皮 拖鞋 leather"), variant("C-3", "杯子")))
    )
    assert find(text, shelf) == find("?", shelf)


@pytest.mark.parametrize("text", ["都有什么颜色", "有哪些尺寸", "你们有几种颜色", "都有哪些款式可选"])
def test_what_there_is_to_choose_from_names_no_goods(text: str, goods: Catalogue) -> None:
    """A colour or a size is no thing that the shop could lack."""
    assert (find(text, index(goods)).family, find(text, index(goods)).named) == (-1, "")


@pytest.mark.parametrize(
    ("text", "products"),
    [
        pytest.param("这个多少钱", ("EAR",), id="this"),
        pytest.param("还有货吗", ("EAR",), id="nothing named"),
        pytest.param("帆布袋多少钱", ("BAG",), id="something else named"),
        pytest.param("什么时候发货", (), id="an ask that needs no goods"),
    ],
)
def test_what_was_last_spoken_of(text: str, products: tuple[str, ...], shop: Mind) -> None:
    """Without a name the goods last spoken of are meant, where the ask needs any."""
    [ask] = understand(text, Heard(last_products=("EAR",)), shop).asks
    assert ask.products == products


def test_an_empty_catalogue_means_no_product(mind: Mind) -> None:
    """Understanding works before there are goods."""
    [ask] = understand("多少钱", Heard(), mind.with_catalogue(Catalogue())).asks
    assert ask.products == ask.unsure == ()


def test_what_this_message_names_goes_before_what_was_spoken_of(shop: Mind) -> None:
    """The washing asked about after a comma is the cloth's, not that of the bag spoken of before."""
    asks = understand("桌布灰色有货吗,怎么洗", Heard(last_products=("BAG",)), shop).asks
    assert [ask.name for ask in asks] == ["stock", "spec"]
    assert [ask.products for ask in asks] == [("CLOTH-G",), ("CLOTH-G",)]


@pytest.mark.parametrize(
    ("text", "ask", "products"),
    [
        pytest.param("灰色的来两条多少钱", "price", ("CLOTH-G",), id="a colour and how many"),
        pytest.param("米色给我拿3条一共多少钱", "price", ("CLOTH-B",), id="in other words"),
    ],
)
def test_a_colour_and_how_many_are_no_other_goods(text: str, ask: str, products: tuple[str, ...], shop: Mind) -> None:
    """What was spoken of last is meant, in the variant named now."""
    [found] = understand(text, Heard(last_products=("CLOTH-G", "CLOTH-B"), last_ask="spec"), shop).asks
    assert (found.name, found.products) == (ask, products)


def test_the_shops_own_word_for_a_variant_names_no_other_goods() -> None:
    """砖红 stands in no list of colours, and in this catalogue."""
    own = index(
        Catalogue((variant("C-1", "抱枕套", "砖红"), variant("C-2", "抱枕套", "雾霾蓝"), variant("C-3", "拖鞋")))
    )
    assert names_variant("砖红的来两个", own, ("C-1", "C-2"))
    assert not names_variant("砖红的杯子", own, ("C-1", "C-2"))
    assert not names_variant("两个", own, ("C-1", "C-2"))


def test_who_names_other_goods_no_longer_speaks_of_the_last(shop: Mind) -> None:
    """ "Have you any blenders? how much?" asks no price of the earphones spoken of before; "and this one" still does."""
    heard = Heard(last_products=("EAR",), last_ask="stock")
    others, price = understand("有榨汁机吗 多少钱", heard, shop).asks
    assert (others.named, others.products, price.name, price.products) == ("榨汁机", (), "price", ())
    _, price = understand("有榨汁机吗，这个多少钱", heard, shop).asks
    assert (price.name, price.products) == ("price", ("EAR",))


@pytest.fixture(scope="module")
def home(mind: Mind) -> Mind:
    """A shop whose titles hold measures, properties and sizes, and bags by their everyday names."""
    return mind.with_catalogue(
        Catalogue(
            (
                variant("QUILT", "水洗棉夏被"),
                variant("TIE", "窗帘绑带", english=Wording("Curtain Tie-Back", "")),
                variant("RUCK", "帆布双肩包", aliases=("背包",), english=Wording("Canvas Backpack", "")),
                variant("CROSS", "帆布斜挎包", aliases=("斜挎包",), english=Wording("Canvas Crossbody Bag", "")),
                variant("PILLOW", "亚麻枕套一对", english=Wording("Linen Pillowcases, Pair", "")),
                variant("SHOES", "居家拖鞋", english=Wording("House Slippers", "")),
                variant("RAIN", "防水桌布", english=Wording("Waterproof Tablecloth", "")),
                variant("MINI", "迷你手提包", aliases=("small tote",), english=Wording("Mini Handbag", "")),
                variant("APRON", "防水围裙", aliases=("洗碗围裙",)),
                variant("CLOTH-F", "亚麻台布", "本色 140 cm"),
                variant("CLOTH-S", "亚麻台布", "鼠尾草绿 140 cm"),
                variant("BED-G15", "四件套", "浅灰 1.5 m 床"),
                variant("BED-G18", "四件套", "浅灰 1.8 m 床"),
                variant("BED-P15", "四件套", "粉色 1.5 m 床"),
                variant("BED-P18", "四件套", "粉色 1.8 m 床"),
            )
        )
    )


@pytest.mark.parametrize(
    ("text", "last", "products"),
    [
        pytest.param("那个斜背包还有货么", (), ("CROSS",), id="as Taiwan calls it"),
        pytest.param("侧背包有货吗", (), ("CROSS",), id="another name for it"),
        pytest.param("后背包有货吗", (), ("RUCK",), id="and for the other"),
        pytest.param("how much are 2 pairs", ("SHOES",), ("SHOES",), id="a measure is no name"),
        pytest.param("防水吗", ("RUCK",), ("RUCK",), id="a property is no name"),
        pytest.param("is it waterproof?", ("RUCK",), ("RUCK",), id="nor in English"),
        pytest.param("does it run small?", ("SHOES",), ("SHOES",), id="a size is no name"),
        pytest.param("防水桌布有货吗", ("RUCK",), ("RAIN",), id="where goods are named, it is"),
        pytest.param("能用洗碗机洗吗", ("CLOTH-F",), ("CLOTH-F",), id="nor a word that says what kind of"),
        pytest.param("when will it be back in stock", ("RUCK",), ("RUCK",), id="it is what was spoken of"),
        pytest.param("能不能水洗", ("RUCK",), ("RUCK",), id="nor how it is washed"),
        pytest.param("有多重", ("RUCK",), ("RUCK",), id="nor how heavy"),
        pytest.param("洗碗围裙是什么材质", ("CLOTH-F",), ("APRON",), id="where what it is stands there, it is"),
        pytest.param("灰色那条还有货吗", ("CLOTH-F",), ("CLOTH-F", "CLOTH-S"), id="a colour that none has"),
        pytest.param("绿色的多少钱", ("CLOTH-F",), ("CLOTH-S",), id="a colour at the end of a longer name"),
        pytest.param("那浅灰多少钱", ("BED-P15", "BED-P18"), ("BED-G15", "BED-G18"), id="a sister by her bare colour"),
        pytest.param("1.8的多少钱", ("BED-G15", "BED-G18"), ("BED-G18",), id="one of those spoken of"),
    ],
)
def test_what_goods_are_called_and_what_they_are_not(
    text: str, last: tuple[str, ...], products: tuple[str, ...], home: Mind
) -> None:
    """Everyday names are known; measures, sizes and properties name nothing by themselves."""
    [ask] = understand(text, Heard(last_products=last), home).asks
    assert ask.products == products


def test_a_text_is_looked_up_once_in_each_catalogue(goods: Catalogue) -> None:
    """What a text was found to mean is remembered with the goods it was looked for among, and bounded."""
    first, other = index(goods), index(Catalogue((variant("CUP-X", "保温杯"),)))
    found = find("保温杯多少钱", first)
    assert find("保温杯多少钱", first) is found
    assert first.families[found.family] == ("CUP-W",)
    assert other.families[find("保温杯多少钱", other).family] == ("CUP-X",)
    for number in range(2000):
        first.met[f"{number}"] = found
    assert len(first.met) < 2000
    assert "1999" in first.met
    assert find("保温杯多少钱", first) == found


def test_of_two_codes_that_nobody_has_the_first_is_named(goods: Catalogue) -> None:
    """A line names the same unknown goods whenever it is read, in whatever order its codes are kept."""
    assert find("qv77配wk88好用", index(goods)).named == "qv77"
    assert find("wk88配qv77好用", index(goods)).named == "wk88"


@pytest.mark.parametrize(
    "text",
    ["口袋多不多", "有拉链吗", "does it have a zip", "are there pockets inside", "要三条", "我要两包", "两包多少钱"],
)
def test_a_part_and_a_number_name_no_goods(text: str) -> None:
    """They are asked of the thing spoken of, though a title may hold such a word."""
    shelf = index(Catalogue((variant("POUCH", "抽绳口袋"), variant("TOWEL", "茶巾三条"), variant("TEA", "龙井两包装"))))
    match = find(text, shelf)
    assert (match.family, match.choices, match.named) == (-1, (), "")


def test_whom_it_is_for_names_no_goods() -> None:
    """给孙女买 says for whom, and what is bought stands behind it."""
    shelf = index(Catalogue((variant("DOLL", "兔子布偶", aliases=("布娃娃",)), variant("BAG", "帆布包"))))
    assert find("想给孙女买个兔子布娃娃", shelf).family == 0


def test_free_postage_names_no_bag() -> None:
    """包邮 is no 包, in a shop that has none."""
    assert find("包邮吗", index(Catalogue((variant("LAMP", "台灯"), variant("HAT", "草帽"))))).named == ""


def test_others_than_what_was_spoken_of(mind: Mind) -> None:
    """有没有别的 asks of what else there is, and not once more of the same."""
    goods = Catalogue((variant("SACK", "宝宝睡袋"), variant("QUILT", "宝宝盖毯"), variant("BAG", "帆布包")))
    heard = Heard(last_ask="stock", last_products=("SACK",))
    found = understand("有没有别的宝宝用的卖吗", heard, mind.with_catalogue(goods))
    assert [ask.products for ask in found.asks] == [("QUILT",)]


def test_a_list_that_can_i_have_opens(mind: Mind) -> None:
    """ "Can I have 2 … and 1 …" names two things, each with its number; "I have one" tells of a purchase."""
    goods = Catalogue(
        (
            variant("TEA", "茉莉花茶", english=Wording("Jasmine Tea")),
            variant("POT", "白瓷盖碗", english=Wording("Gaiwan")),
        )
    )
    found = understand(
        "can i have 2 jasmine tea and 1 gaiwan please\nis it in stock?", Heard(), mind.with_catalogue(goods)
    )
    assert [(ask.products, ask.details.quantity) for ask in found.asks] == [(("TEA",), 2), (("POT",), 1)]


def test_what_is_in_doubt_names_what_the_rest_is_about(mind: Mind) -> None:
    """The camel scarf, please. Is it in stock?"""
    goods = Catalogue((variant("SCARF", "羊绒围巾", english=Wording("Cashmere Scarf")), variant("HAT", "草帽")))
    found = understand("cashmere scarf please. is it in stock?", Heard(), mind.with_catalogue(goods))
    assert [ask.products for ask in found.asks] == [("SCARF",)]


@pytest.mark.parametrize(
    ("words", "many"),
    [
        pytest.param("水杯*2", 2, id="a star"),
        pytest.param("thermos x3", 3, id="an x"),
        pytest.param("水杯来俩", 2, id="a pair in one word"),
        pytest.param("水杯给8个月宝宝用的", None, id="months are no number of goods"),
        pytest.param("水杯来三提", 3, id="a measure of few trades"),
        pytest.param("水杯是一个的还是两个的", None, id="one or two are no three"),
        pytest.param("水杯45x45的", None, id="a measure"),
    ],
)
def test_how_many_in_short(words: str, many: int | None, shop: Mind) -> None:
    """As sellers and buyers write it down."""
    assert counted(words, ("CUP-W",), shop) == many


def test_the_one_of_several_that_has_a_word(mind: Mind) -> None:
    """The striped one, of a tote and a shopper: the one that comes in Blue Stripe; that lends its words, in doubt or not."""
    goods = Catalogue(
        (
            variant("TOTE", "托特包", "米白", english=Wording("Tote", "Natural")),
            variant("SHOP-ST", "购物袋", "蓝白条纹", english=Wording("Shopper", "Blue Stripe")),
            variant("SHOP-BE", "购物袋", "米白", english=Wording("Shopper", "Natural")),
        )
    )
    both = Heard(last_ask="recommend", last_products=("TOTE", "SHOP-BE"))
    found = understand("the striped one please\nis it in stock?", both, mind.with_catalogue(goods))
    assert [ask.products for ask in found.asks] == [("SHOP-ST",)]
    last = Heard(last_ask="price", last_products=("SHOP-BE",))
    found = understand("条纹来一个吧\n还有货吗", last, mind.with_catalogue(goods))
    assert [ask.products for ask in found.asks] == [("SHOP-ST",)]


def test_to_have_it_again_names_nothing() -> None:
    """When will you have it again asks of what was spoken of."""
    assert (
        find("when will you have it again", index(Catalogue((variant("BED", "猫窝"), variant("HAT", "草帽"))))).named
        == ""
    )


def test_a_colour_and_a_size_at_once(mind: Mind) -> None:
    """黑色M is the black one in M, and not all that is black."""
    goods = Catalogue(
        tuple(
            variant(f"H-{colour}-{size}", "卫衣", f"{name} {size}")
            for colour, name in (("BK", "黑色"), ("GY", "灰色"))
            for size in ("S", "M", "L")
        )
    )
    [found] = understand("卫衣黑色M有货吗", Heard(), mind.with_catalogue(goods)).asks
    assert found.products == ("H-BK-M",)
    [found] = understand("卫衣黑色有货吗", Heard(), mind.with_catalogue(goods)).asks
    assert len(found.products) == 3


def test_sold_out_names_no_dim_out_curtain() -> None:
    """Words that tell of the stock are no words of a title."""
    shelf = index(Catalogue((variant("DIM", "半遮光窗帘", english=Wording("Dim-Out Curtain")), variant("HAT", "草帽"))))
    assert not find("is the mustard one sold out", shelf).choices


def test_a_doubt_knows_the_goods_it_names(mind: Mind) -> None:
    """So that the next line can be about them."""
    goods = Catalogue((variant("COVER", "抱枕套", english=Wording("Cushion Cover")), variant("FILL", "枕芯")))
    found = understand("do your cushion covers fit a 50cm insert", Heard(), mind.with_catalogue(goods))
    assert [doubt.products for doubt in found.doubts] == [("COVER",)]

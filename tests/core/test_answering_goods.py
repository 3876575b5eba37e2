"""Answering about goods: what they cost and are like, which there are, how to care for them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.asks import Doubt
from core.catalogue import Catalogue, Wording
from core.shop import Wordings
from tests.core.answering import BAGS, GOODS, NOW, SHOP, answered, ask, names


def test_variants_at_one_price_are_told_together() -> None:
    """米白、黑色 ¥89，焦糖 ¥99: each price once."""
    (fact,) = [one for one in answered("多少钱", ask("price", "多少钱", BAGS)).facts if one.name == "price_of_family"]
    assert [each["variants"] for each in fact.values["each"]] == [["黑色", "米白"], ["焦糖"]]


def test_a_companion_names_its_goods_where_several_are_spoken_of() -> None:
    """Behind one thing the price goes without saying of what; behind two it does not."""
    words = "黑色包和毯子有货吗"
    alone = answered(words, ask("stock", words, ("B-1",)))
    both = answered(words, ask("stock", words, ("B-1",)), ask("stock", words, ("M-1",)))
    assert [fact.values["is_named"] for fact in alone.facts if fact.name == "price"] == [True]
    assert [fact.values["is_named"] for fact in both.facts if fact.name == "price"] == [False, False]


def test_when_it_comes_is_asked_of_the_goods_or_of_the_parcel() -> None:
    """什么时候到货 of what is sold out asks when it is there again; of what is there, and 几天能到, of the way."""
    for words, sku, said in (
        ("什么时候到货", "B-2", True),
        ("什么时候到货", "B-1", False),
        ("几天能到江苏", "B-2", False),
    ):
        assert ("sold_out" in names(answered(words, ask("ship_eta", words, (sku,))))) is said, (words, sku)


def test_the_number_of_an_account_is_a_persons_to_give() -> None:
    """How to pay is told once; the number of the account is handed over each time."""
    shop = replace(SHOP, policies=(*SHOP.policies, ("payment", Wordings("支付宝或微信付款"))))
    plain = answered("怎么付款", ask("payment", "怎么付款"), shop=shop)
    assert ("policy" in names(plain), plain.handovers) == (True, ())
    words = "支付宝账号发我一下"
    first = answered(words, ask("payment", words), shop=shop)
    assert (names(first), [one.reason for one in first.handovers]) == (["policy", "handover"], ["seller"])
    told = {fact.key: NOW for fact in first.facts}
    assert names(answered(words, ask("payment", words), shop=shop, told=told)) == ["handover"]


def test_why_so_dear_is_answered_with_the_reason() -> None:
    """ "Why this price" is no question of which product."""
    assert names(answered("怎么这么贵", ask("price", "怎么这么贵"))) == ["policy"]


def test_a_second_haggling_is_answered_shortly() -> None:
    """The reason is given once; then the price simply stands."""
    first = answered("便宜点", ask("haggle", "便宜点", BAGS)).facts[0]
    again = answered("再便宜点", ask("haggle", "再便宜点"), told={first.key: NOW - timedelta(minutes=1)}).facts[0]
    assert (first.values["again"], again.values["again"]) == (False, True)


def test_substitutes_offered_already_are_not_offered_again() -> None:
    """Asked again after an offer, the sold-out thing is answered with the notice alone."""
    words = "米白有货吗"
    first = answered(words, ask("stock", words, ("B-2",)))
    assert names(first) == ["sold_out", "offers", "ask_offer"]
    told = {fact.key: NOW for fact in first.said}
    assert names(answered(words, ask("stock", words, ("B-2",)), told=told)) == ["sold_out", "ask_notice"]


def test_a_wish_for_what_is_sold_out_holds_no_doubt() -> None:
    """The line is understood: nobody is called for what else it might have been."""
    words = "米白要一个"
    wish = replace(ask("stock", words, ("B-2",)), source="wish")
    doubtful = (Doubt(words, (0, len(words)), ("change_order",)),)
    decided = answered(words, wish, doubts=doubtful)
    assert names(decided) == ["sold_out", "offers", "ask_offer"]
    assert not decided.handovers
    assert answered(words, ask("stock", words, ("B-2",)), doubts=doubtful).handovers


@pytest.mark.parametrize(
    ("words", "products", "said"),
    [
        ("怎么洗", ("B-1",), ["howto"]),
        ("会不会掉色", (), ["policy"]),
        ("防水吗", ("B-1",), ["not_for"]),
        ("羊毛毯会不会扎", ("M-1",), ["handover"]),
        ("能放15寸电脑吗", ("B-1",), ["attributes"]),
        ("重不重", ("B-1",), ["attributes"]),
        ("什么颜色", BAGS, ["attributes"]),
    ],
)
def test_a_question_of_detail_gets_what_is_on_file(words: str, products: tuple[str, ...], said: list[str]) -> None:
    """How to use it stands alone; a warning is about the case and not about the name; what fits is quoted."""
    told = [name for name in names(answered(words, ask("spec", words, products))) if name not in ("stock_in", "stock_of_family")]  # fmt: skip
    assert told == said


def test_colours_are_listed_once() -> None:
    """ "Which colours" is a list, not each colour said to be itself; what differs otherwise keeps its variant."""
    (colours,) = answered("什么颜色", ask("spec", "什么颜色", BAGS)).facts[0].values["quoted"]
    assert colours == {"key": "颜色", "value": "黑色、米白、焦糖", "of": ""}
    pockets = answered("内袋几个", ask("spec", "内袋几个", BAGS)).facts[0].values["quoted"]
    assert [one["of"] for one in pockets] == ["黑色", "米白", "焦糖"]


def test_how_things_differ_is_told_side_by_side() -> None:
    """Two things compared are both shown, with what sets them apart."""
    words = "黑色和焦糖有什么区别"
    decided = answered(words, ask("spec", words, ("B-1", "B-3")))
    assert names(decided) == ["choices"]
    assert dict(decided.facts[0].values["choices"][0]["differs"])["内袋"] == "两个"


def test_what_is_named_is_held_against_what_was_spoken_of_last() -> None:
    """和帆布包有什么区别, after a talk of the blanket: one of each, in stock, side by side."""
    words = "和帆布包有什么区别"
    decided = answered(words, ask("spec", words, BAGS), last_products=("M-1",))
    (fact,) = decided.said
    assert [one["title"] for one in fact.values["choices"]] == ["羊毛毯", "帆布包"]
    assert decided.products == ("M-1", "B-1")


def test_the_variant_named_is_what_was_spoken_of() -> None:
    """The bag, and then the black one: "three of them" is about the black one."""
    words = "帆布包防水吗，黑色的有吗"
    assert answered(words, ask("spec", words, BAGS), ask("stock", words, ("B-1",))).products == ("B-1",)
    assert set(answered(words, ask("stock", words, ("B-1",)), ask("stock", words, ("M-1",))).products) == {"B-1", "M-1"}


CARED = replace(
    GOODS.variants[0],
    wording=replace(GOODS.variants[0].wording, attributes=(("材质", "长绒棉"),), guarantee="一年内起球可以换新"),
)
FADING = replace(SHOP, policies=(("care", Wordings("冷水洗，深色会有浮色")),))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("怎么洗", "howto"),
        ("会起球吗", "guarantee"),
        ("会掉色吗", "policy"),
        ("会缩水吗", "handover"),
        ("是纯棉的吗", "attributes"),
        ("偏大还是偏小", "handover"),
    ],
)
def test_a_question_of_care_is_answered_by_the_text_that_speaks_of_it(words: str, told: str) -> None:
    """How to wash it is no answer to whether it pills; how it fits, and what no text tells, is the seller's to say."""
    shelf = Catalogue((CARED,))
    decided = answered(words, ask("spec", words, ("B-1",)), catalogue=shelf, shop=FADING)
    assert names(decided)[0] == told


def test_no_tip_is_offered_on_what_was_just_told() -> None:
    """The tip is how to use it: who has read that is not asked whether they want to."""
    asked = ask("stock", "有货吗", ("B-1",))
    offered = answered("有货吗", asked, product_turns=5)
    assert offered.offers_tip
    assert not answered("有货吗", asked, product_turns=5, told={"howto:B-1": NOW}).offers_tip
    assert not answered("怎么洗", ask("spec", "怎么洗", ("B-1",)), product_turns=5).offers_tip


def test_the_sum_is_told_though_the_price_was() -> None:
    """Two of them is a new sum; one of them was told."""
    told = {"price:B-1": NOW, "departure:": NOW}
    for quantity, is_told in ((None, False), (2, True)):
        said = names(answered("来两个", ask("stock", "来两个", ("B-1",), quantity=quantity), told=told))
        assert ("price" in said) is is_told


def test_the_sum_is_of_as_many_as_were_wanted() -> None:
    """一共多少钱, behind 来两个, is what two come to; a while later it is not known how many are meant."""
    words = "一共多少钱"
    for told, wanted in (({"price:B-1 × 2": NOW}, 2), ({"price:B-1 × 2": NOW - timedelta(hours=2)}, 1), ({}, 1)):
        (fact,) = [one for one in answered(words, ask("price", words, ("B-1",)), told=told).said if one.name == "price"]
        assert fact.values["wanted"] == wanted


def test_how_to_wash_in_general_is_not_told_beside_a_warning() -> None:
    """不能机洗 and "wash cold" would contradict each other."""
    careful = replace(GOODS.variants[3], wording=replace(GOODS.variants[3].wording, not_for="不能机洗，请干洗"))
    decided = answered("能机洗吗", ask("spec", "能机洗吗", ("M-1",)), catalogue=Catalogue((careful,)))
    assert names(decided) == ["not_for"]


def test_what_the_title_promises_is_told_with_what_is_on_file() -> None:
    """A waterproof tablecloth is not something the shop is unsure of being waterproof."""
    cloth = replace(GOODS.variants[3], wording=Wording("防水桌布", "", (("材质", "棉布覆膜"),)))
    shelf = Catalogue((cloth,))
    assert names(answered("防水吗", ask("spec", "防水吗", ("M-1",)), catalogue=shelf))[0] == "attributes"
    cup = replace(GOODS.variants[3], wording=Wording("保温杯", "", (("材质", "不锈钢"),)))
    words = "保温杯防水吗"  # its name is no property asked for
    assert "attributes" not in names(answered(words, ask("spec", words, ("M-1",)), catalogue=Catalogue((cup,))))
    assert names(answered("保温吗", ask("spec", "保温吗", ("M-1",)), catalogue=shelf)) == ["handover"]


@pytest.mark.parametrize("words", ["什么时候补货", "啥时候再有货", "will you restock?", "when will it be back"])
def test_when_it_is_back_is_answered_of_what_is_gone(words: str) -> None:
    """Of three bags one is sold out: that one is spoken of, with the offer to tell the buyer."""
    said = names(answered(words, ask("stock", words, BAGS)))
    assert "sold_out" in said
    assert "stock_of_family" in names(answered("有货吗", ask("stock", "有货吗", BAGS)))


def test_which_colours_there_are_is_asked_of_all() -> None:
    """几个色, after a talk of the black one, asks of every colour; the colour of the black one is its own."""
    (fact, *_) = answered("几个色", ask("spec", "几个色", ("B-1",))).said
    assert "焦糖" in fact.values["quoted"][0]["value"]
    (fact, *_) = answered("颜色是黑的吗", ask("spec", "颜色是黑的吗", ("B-1",))).said
    assert "焦糖" not in fact.values["quoted"][0]["value"]


def test_what_is_inside_is_told_before_any_warning() -> None:
    """里面有啥 asks what the kit holds: the needles on file, and not that there are needles in it."""
    kit = replace(
        GOODS.variants[3],
        wording=Wording("针线盒", "", (("一套有", "针、线、剪刀"),), not_for="里面有针，别让小孩自己拿"),
    )
    decided = answered("里面有啥", ask("spec", "里面有啥", ("M-1",)), catalogue=Catalogue((kit,)))
    assert "attributes" in names(decided)
    assert "not_for" not in names(decided)


def test_a_colour_that_a_thing_does_not_come_in_is_denied_in_words() -> None:
    """And what there is stands behind it. Where a variant says its colour nowhere, nothing is denied."""
    for name, told in (("stock", "stock_of_family"), ("price", "price_of_family")):
        denied = answered("有紫色的吗", ask(name, "有紫色的吗", BAGS, wanted=("紫色",)))
        assert names(denied)[:2] == ["no_colour", told]
        assert denied.said[0].values["colour"] == "紫色"
        assert "no_colour" not in names(answered("有白色的吗", ask(name, "有白色的吗", BAGS, wanted=("白色",))))
        assert "no_colour" not in names(answered("有大的吗", ask(name, "有大的吗", BAGS, wanted=("大的",))))
    shelf = Catalogue(tuple(replace(one, stock=0) for one in GOODS.variants))
    gone = answered("有紫色的吗", ask("stock", "有紫色的吗", BAGS, wanted=("紫色",)), catalogue=shelf)
    assert names(gone)[:2] == ["no_colour", "sold_out"]
    assert "no_colour" not in names(answered("紫色的毯子", ask("stock", "紫色的毯子", ("M-1",), wanted=("紫色",))))


def test_a_colour_asked_for_by_itself_is_of_the_goods_before_it() -> None:
    """In two pieces or in one, what the bags do not come in is denied, and nobody is called."""
    words = "帆布包 紫色的有吗"
    two = (
        replace(ask("stock", words, BAGS), span=(0, 3)),
        replace(ask("stock", words, wanted=("紫色",)), span=(4, len(words)), named="紫色的"),
    )
    decided = answered(words, *two)
    assert names(decided)[:2] == ["no_colour", "stock_of_family"]
    assert not decided.handovers


def test_a_colour_among_the_details_is_the_only_one() -> None:
    """A thing whose variants are sizes says its colour in its details: what it does not come in is denied, and that one named."""
    sizes = tuple(
        replace(one, wording=Wording("纱帘", size, (("颜色", "本白"), ("材质", "亚麻"))), english=None)
        for one, size in zip(GOODS.variants, ("小窗", "大窗"), strict=False)
    )
    shelf, skus = Catalogue(sizes), tuple(one.sku for one in sizes)
    denied = answered("有藏青的吗", ask("stock", "有藏青的吗", skus, wanted=("藏青的",)), catalogue=shelf)
    assert names(denied)[:2] == ["no_colour", "stock_of_family"]
    assert denied.said[0].values["only"] == ("本白",)
    for words in ("有米白的吗", "有白色的吗"):
        assert "no_colour" not in names(
            answered(words, ask("stock", words, skus, wanted=(words[1:4],)), catalogue=shelf)
        )


def test_when_it_is_back_is_answered_as_such() -> None:
    """Nobody knows the day, and that is said; that it is sold out is not said again."""
    words = "什么时候补货"
    first = answered("米白有货吗", ask("stock", "米白有货吗", ("B-2",)))
    told = {fact.key: NOW for fact in first.said}
    assert names(answered(words, ask("stock", words, ("B-2",)), told=told)) == ["when_back", "ask_notice"]
    assert names(answered(words, ask("stock", words, ("B-2",))))[:2] == ["sold_out", "when_back"]


def test_which_is_better_of_what_was_spoken_of_shows_them() -> None:
    """What is known of each is told, what it is for is asked, and a person is called."""
    words = "哪款好"
    decided = answered(words, ask("recommend", words), last_products=BAGS)
    assert names(decided) == ["choices", "handover", "ask_use"]
    assert [one["sku"] for one in decided.facts[0].values["choices"]] == ["B-1", "B-3"]


def test_which_of_a_kind_shows_the_kind() -> None:
    """A person advises; what there is can be looked at meanwhile, and no strap is offered for a curtain."""
    kinds = [("C-1", "遮光窗帘"), ("C-2", "透光窗帘"), ("C-3", "窗帘绑带")]
    more = tuple(replace(GOODS.variants[0], sku=sku, wording=Wording(title), category="窗帘") for sku, title in kinds)
    catalogue = Catalogue((*GOODS.variants, *more))
    words = "窗帘买哪个好"
    asked = replace(ask("recommend", words), unsure=("C-3", "C-1", "C-2"))
    decided = answered(words, asked, catalogue=catalogue)
    assert names(decided) == ["kinds", "handover"]
    assert [one["sku"] for one in decided.facts[0].values["choices"]] == ["C-1", "C-2"]


def test_a_size_is_recommended_only_where_one_is_told() -> None:
    """Which one is for beginners asks of no size."""
    for words, said in (("新手用哪个", "handover"), ("1米8的床用哪个", "this_size")):
        assert said in names(answered(words, ask("recommend", words, ("M-1",))))


def test_real_or_not_is_told_by_the_details() -> None:
    """Where the shop says nothing of it in words of its own, what the thing is made of answers."""
    felt = replace(GOODS.variants[3], sku="M-2", wording=Wording("披肩", "", (("材质", "100% 羊绒"),)))
    words = "真的是羊绒的吗"
    decided = answered(words, ask("authenticity", words, ("M-2",)), catalogue=Catalogue((felt,)))
    assert names(decided)[0] == "attributes"


def test_part_of_a_metre_is_not_written_down_as_one() -> None:
    """3.5 metres are wanted: the card holds the buyer's words and no number that is wrong."""
    linen = replace(GOODS.variants[3], sku="F-1", wording=Wording("亚麻布", unit="米"))
    for words, wanted in (("要3.5米", ()), ("要3米", (("F-1", 3),))):
        wish = replace(ask("stock", words, ("F-1",), quantity=wanted[0][1] if wanted else None), source="wish")
        assert answered(words, wish, catalogue=Catalogue((linen,))).wanted == wanted


def test_other_sizes_are_named_and_not_offered() -> None:
    """Of a shoe that is gone the sizes that are there are told, as what they are."""
    shoes = [
        replace(
            GOODS.variants[0],
            sku=f"S-{size}",
            stock=stock,
            category="鞋",
            wording=Wording("拖鞋", size, (("尺码", size),)),
        )
        for size, stock in (("38", 0), ("40", 3), ("42", 3))
    ]
    words = "38的有吗"
    decided = answered(words, ask("stock", words, ("S-38",)), catalogue=Catalogue(tuple(shoes)))
    assert names(decided) == ["sold_out", "variants", "ask_notice"]
    assert [one["variant"] for one in decided.facts[1].values["sisters"]] == ["40", "42"]


def test_what_was_asked_beside_an_order_is_said_to_be_asked() -> None:
    """Nobody has written down whether it can be paid so: the line on the order says that this is asked as well."""
    words = "要一个，能用贝宝付吗"
    wish = replace(ask("stock", "要一个", ("M-1",)), source="wish")
    decided = answered(words, wish, replace(ask("payment", "能用贝宝付吗"), span=(4, 10)))
    (line,) = [fact for fact in decided.facts if fact.name == "handover"]
    assert (line.values["kind"], line.values["besides"]) == ("order", True)
    (line,) = [fact for fact in answered("要一个", wish).facts if fact.name == "handover"]
    assert (line.values["kind"], line.values["besides"]) == ("order", False)


def test_a_choice_shown_a_moment_ago_is_not_shown_again() -> None:
    """Which is better, behind the two side by side: a person says."""
    words = "哪个好"
    first = answered(words, ask("recommend", words), last_products=BAGS)
    told = {fact.key: NOW for fact in first.said}
    assert names(answered(words, ask("recommend", words), last_products=BAGS, told=told)) == ["handover"]


@pytest.mark.parametrize(
    ("words", "skus"),
    [("有没有别的颜色", ["B-1", "B-3"]), ("还有其他款吗", ["B-1", "B-3"])],
)
def test_others_than_the_one_spoken_of(words: str, skus: list[str]) -> None:
    """Its sisters that are there are told, and not once more the same."""
    decided = answered(words, ask("stock", words, ("B-2",)), last_products=("B-2",))
    (told,) = [fact for fact in decided.facts if fact.name == "stock_of_family"]
    assert [one["sku"] for one in told.values["there"]] == skus


def test_others_of_what_comes_in_one_kind_only() -> None:
    """What else stands on its shelf is shown."""
    kinds = [("C-1", "刺绣抱枕"), ("C-2", "灯芯绒抱枕"), ("C-3", "棉麻抱枕")]
    more = tuple(replace(GOODS.variants[0], sku=sku, wording=Wording(title), category="抱枕") for sku, title in kinds)
    words = "有没有别的花样"
    decided = answered(words, ask("stock", words, ("C-1",)), last_products=("C-1",), catalogue=Catalogue(more))
    (told,) = [fact for fact in decided.facts if fact.name == "kinds"]
    assert [one["sku"] for one in told.values["choices"]] == ["C-2", "C-3"]


def test_only_the_part_that_is_asked_for_is_told() -> None:
    """背带能调多长 asks of the strap, by another name, and not of the size of the bag."""
    bag = replace(
        GOODS.variants[0], wording=Wording("斜挎包", "", (("大小", "28 × 22"), ("肩带", "65 到 125 cm 可调")))
    )
    decided = answered("背带能调多长", ask("spec", "背带能调多长", ("B-1",)), catalogue=Catalogue((bag,)))
    assert [each["key"] for each in decided.facts[0].values["quoted"]] == ["肩带"]


def test_a_part_is_asked_of_the_thing() -> None:
    """Whether a bag has inner pockets is told by what stands on file, and not by how many bags are left."""
    words = "帆布包有没有内袋"
    assert names(answered(words, ask("stock", words, BAGS[:1])))[0] == "attributes"


def test_how_long_a_policy_says_it_takes_is_quoted_by_itself() -> None:
    """Who has just heard all of it hears the sentence that tells, and not all of it once more."""
    policy = (
        "invoice",
        Wordings("可以开电子发票。两个工作日内发到邮箱。", "We issue invoices. They arrive within two days."),
    )
    shop = replace(SHOP, policies=(*SHOP.policies, policy))
    words = "什么时候能开"
    (first,) = answered("能开发票吗", ask("invoice", "能开发票吗"), shop=shop).facts
    assert first.values["text"].zh == "可以开电子发票。两个工作日内发到邮箱。"
    (again,) = answered(words, ask("invoice", words), shop=shop, told={first.key: NOW}).facts
    assert (again.values["text"].zh, again.values["text"].en) == (
        "两个工作日内发到邮箱。",
        "They arrive within two days.",
    )

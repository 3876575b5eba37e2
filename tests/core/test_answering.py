"""Answering: what one message says, decided from what was understood and a scene. The words are the templates'."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.answering import Answer, Scene, answer
from core.answering.bundling import companions
from core.asks import Ask, Details, Doubt, Understanding
from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from core.presence import Being, Presence
from core.shop import Carrier, Dispatch, Postage, Shop, Transit, Wordings

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
GOODS = Catalogue(
    (
        Variant(
            "B-1", Wording("帆布包", "黑色", (("颜色", "黑色"), ("内袋", "两个"), ("电脑夹层", "能放 14 寸电脑")), howto="冷水手洗", not_for="不防水"),
            Money(8900, "CNY"), 5, category="包", weight="620 g",
        ),
        Variant("B-2", Wording("帆布包", "米白", (("颜色", "米白"), ("内袋", "一个"))), Money(8900, "CNY"), 0, category="包"),
        Variant("B-3", Wording("帆布包", "焦糖", (("颜色", "焦糖"), ("内袋", "一个"))), Money(9900, "CNY"), 2, category="包"),
        Variant("M-1", Wording("羊毛毯", "", (("大小", "70 cm"),), not_for="对羊毛过敏请慎选"), Money(22800, "CNY"), 3),
    )
)  # fmt: skip
BAGS = ("B-1", "B-2", "B-3")
SHOP = Shop(
    name="小店",
    timezone=ZoneInfo("Asia/Shanghai"),
    dispatch=Dispatch(time(16, 40)),
    carriers=(Carrier("zto", "中通", is_default=True, transit=(Transit("江苏", 1, 2), Transit("default", 2, 4))),),
    postage=Postage(Money(800, "CNY"), Money(8900, "CNY")),
    delivers_to=("中国大陆",),
    not_to=("香港",),
    policies=(("price", Wordings("料子好")), ("care", Wordings("冷水洗"))),
    promotions=(Wordings("满减"),),
)


def scene(words: str, **given: object) -> Scene:
    """A shop of two products at ten in the morning, in a chat that was greeted before."""
    plain = Scene(SHOP, GOODS, Presence(Being.AWAY, None), NOW, words, graph=companions(SHOP))
    return replace(plain, **given)  # type: ignore[arg-type]


def ask(name: str, words: str, products: tuple[str, ...] = (), **details: object) -> Ask:
    return Ask(name, 0.95, (0, len(words)), products, details=Details(**details))  # type: ignore[arg-type]


def answered(words: str, *asks: Ask, doubts: tuple[Doubt, ...] = (), **given: object) -> Answer:
    return answer(Understanding("zh", "hans", asks, doubts), scene(words, **given))


def names(decided: Answer) -> list[str]:
    return [fact.name for fact in decided.said]


def kind(decided: Answer) -> object:
    """How the hand-over is said."""
    (line,) = [fact for fact in decided.facts if fact.name == "handover"]
    return line.values["kind"]


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        ("快递到哪了", "track", "look_up"),
        ("订单怎么样了", "order_status", "look_up"),
        ("昨天买的怎么还没发货", "ship_when", "look_up"),
        ("has my order shipped yet", "ship_when", "look_up"),
        ("地址填错了", "change_address", "change"),
        ("取消订单", "cancel", "change"),
        ("收到就是坏的", "damaged", "broken"),
        ("少发了一个", "missing_item", "broken"),
        ("我要投诉", "complaint", "sorry"),
        ("送女友哪个好", "recommend", "advice"),
        ("可以刻字吗", "special_request", "wish"),
        ("转人工", "human", "person"),
        ("你是机器人吗", "human", "bot"),
        ("are you a bot?", "human", "bot"),
        ("怎么付款", "payment", "all"),
    ],
)
def test_a_hand_over_is_said_as_the_matter_asks_for(words: str, name: str, said: str) -> None:
    """Looking up, changing, advising, consoling: each is said in its own way, and who asks for a bot is told the truth."""
    assert kind(answered(words, ask(name, words))) == said


def test_a_question_nobody_understood_is_not_met_with_silence() -> None:
    """It goes to the seller; a mere "really?" or "okay" does not."""
    assert [one.reason for one in answered("你们店在哪").handovers] == ["unclear"]
    assert [one.reason for one in answered("where are you based").handovers] == ["unclear"]
    for words in ("是吗", "真的吗?", "好的", "嗯嗯", "ok"):
        assert answered(words).is_silent, words


def test_a_wish_to_buy_and_a_doubt_are_not_both_answered() -> None:
    """Who wonders is asked what was meant; no order is made up."""
    words = "买一个包邮吗"
    decided = answered(words, doubts=(Doubt(words, (0, len(words)), ("ship_fee",)),))
    assert names(decided) == ["ask_meant"]
    assert decided.handovers == ()
    plain = answered("how do I order", doubts=(Doubt("how do I order", (0, 14), ("order_status",)),))
    assert [one.reason for one in plain.handovers] == ["order"]


def test_several_doubts_go_to_a_person_without_a_question() -> None:
    """One question at most, and none beside a hand-over of the rest."""
    doubts = (Doubt("要五十个", (0, 4), ("stock",)), Doubt("够吗", (5, 7), ("stock",)))
    assert names(answered("要五十个，够吗", doubts=doubts)) == ["handover"]


def test_a_second_ask_is_about_the_same_goods() -> None:
    """ "Is the bag there and how much": the bag need not be named twice."""
    words = "帆布包有货吗 多少钱"
    first, second = ask("stock", words, BAGS), ask("price", words)
    assert "ask_which" not in names(answered(words, first, second))
    assert "price_of_family" in names(answered(words, first, second))


def test_variants_at_one_price_are_told_together() -> None:
    """米白、黑色 ¥89，焦糖 ¥99: each price once."""
    (fact,) = [one for one in answered("多少钱", ask("price", "多少钱", BAGS)).facts if one.name == "price_of_family"]
    assert [each["variants"] for each in fact.values["each"]] == [["黑色", "米白"], ["焦糖"]]


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


def test_a_wish_asked_for_is_noted_and_promised_by_nobody() -> None:
    """ "Can you engrave it?" is written down and asked of the seller; "call me first" is simply done."""
    asked = answered("可以刻字吗", ask("special_request", "可以刻字吗"))
    assert asked.facts[0].values["asked"] is True
    assert (asked.notes, [one.reason for one in asked.handovers]) == ((), ["seller"])
    done = answered("先打电话", ask("special_request", "先打电话"))
    assert (done.notes, done.handovers) == (("先打电话",), ())


@pytest.mark.parametrize("words", ["海外能寄吗", "international shipping?", "do you ship to the US"])
def test_abroad_is_answered_with_where_we_deliver(words: str) -> None:
    """No postage at home, and no question which province."""
    assert names(answered(words, ask("ship_to", words))) == ["delivers_to"]


@pytest.mark.parametrize("words", ["能自提吗", "可以超商取货吗", "can I pick it up?"])
def test_collecting_it_oneself_is_the_sellers_to_say(words: str) -> None:
    """It is no question of where parcels go."""
    assert names(answered(words, ask("ship_to", words))) == ["handover"]


def test_free_postage_is_told_where_every_variant_is_dear_enough() -> None:
    """The cheapest one decides."""
    words = "帆布包包邮吗"
    assert answered(words, ask("ship_fee", words, BAGS)).facts[0].values["is_free"] is True


def test_postage_by_another_carrier_tells_its_price() -> None:
    """Who asks what that carrier costs hears of the carriers too."""
    assert names(answered("发中通多少运费", ask("ship_fee", "发中通多少运费")))[:2] == ["postage", "carrier"]
    assert "others" not in answered("运费多少", ask("ship_fee", "运费多少")).facts[0].values


def test_a_farewell_without_thanks_is_not_told_that_it_is_welcome() -> None:
    """拜拜 is no 谢谢."""
    assert answered("拜拜", ask("thanks_bye", "拜拜")).facts[0].values["thanked"] is False
    assert answered("谢谢", ask("thanks_bye", "谢谢")).facts[0].values["thanked"] is True


@pytest.mark.parametrize(
    ("words", "asked", "works"),
    [
        ("周日发货吗", 22, False),
        ("明天发货吗", 21, True),
        ("下周一能发吗", 23, True),
        ("今天发货吗", None, True),
        ("什么时候发货", None, False),
        ("do you ship on sunday", 22, False),
        ("11月22号发不发", 22, False),
    ],
)
def test_a_day_that_was_asked_about_is_answered(words: str, asked: int | None, works: bool) -> None:
    """周日发货吗, on a Friday: Sunday's answer, beside when an order placed now leaves."""
    week = replace(SHOP, dispatch=Dispatch(time(16, 40), frozenset(range(6))))
    (fact,) = [one for one in answered(words, ask("ship_when", words), shop=week).said if one.name == "departure"]
    assert fact.values["asked_day"] == (date(2026, 11, asked) if asked else None)
    assert fact.values["works"] is works
    assert fact.values["day"] == date(2026, 11, 20)


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


def test_nobody_is_asked_whether_they_meant_to_complain() -> None:
    """What a person sees to in any case is handed over, and not offered as a button."""
    decided = answered("有点那个", doubts=(Doubt("有点那个", (0, 4), ("complaint", "human")),))
    assert decided.buttons == ()
    assert [one.reason for one in decided.handovers] == ["unclear"]


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


RETURNS = replace(
    SHOP,
    policies=(
        (
            "return",
            Wordings("七天内可以退。质量问题运费我们出。按米裁的不退。", "Back within 7 days. We pay the postage."),
        ),
    ),
)


def test_who_pays_for_a_return_is_told_alone() -> None:
    """Of the whole policy, the sentence on postage."""
    for words in ("运费谁出", "那运费谁承担呢", "who pays the postage?"):
        (fact,) = answered(words, ask("return_exchange", words), shop=RETURNS).said
        assert fact.values["text"] == Wordings("质量问题运费我们出。", "We pay the postage.")
    (whole,) = answered("不合适能退吗，运费谁出", ask("return_exchange", "不合适能退吗，运费谁出"), shop=RETURNS).said
    assert "七天" in whole.values["text"].zh


def test_who_has_read_the_policy_and_wants_it_done_is_a_persons() -> None:
    """怎么退, right behind the policy: the same words again would help nobody."""
    told = {"policy:return": NOW - timedelta(minutes=2)}
    for words in ("怎么退", "我要退货", "how do I send it back"):
        asked = ask("return_exchange", words)
        assert names(answered(words, asked, shop=RETURNS, told=told)) == ["handover"]
        assert names(answered(words, asked, shop=RETURNS)) == ["policy"]
        assert names(answered(words, asked, shop=RETURNS, told={"policy:return": NOW - timedelta(hours=1)})) == [
            "policy"
        ]
    assert names(answered("能退吗", ask("return_exchange", "能退吗"), shop=RETURNS, told=told)) == ["policy"]
    again = answered("怎么退", ask("return_exchange", "怎么退"), shop=RETURNS, told=told, is_handed_over=True)
    assert names(again) == ["policy"], "better than nothing until somebody comes"


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


ADDRESS = "杭州市西湖区文三路123号 张三 13812345678"


def test_an_address_for_what_was_ordered_is_passed_on() -> None:
    """It reaches the seller, and the buyer hears that it did, though a person was called already."""
    waiting = frozenset({"order"})
    decided = answered(ADDRESS, waits_for=waiting, is_handed_over=True)
    assert [one.reason for one in decided.handovers] == ["order"]
    assert kind(decided) == "address"
    doubtful = Doubt(ADDRESS, (0, len(ADDRESS)), ("change_address",))
    assert kind(answered(ADDRESS, doubts=(doubtful,))) == "address"
    assert answered("文三路有门店", waits_for=waiting, is_handed_over=True).is_silent


def test_a_payment_without_an_order_is_looked_for() -> None:
    """ "Paid" is not something the shop is unsure about; nor is an order for what may be gone."""
    assert kind(answered("付好了")) == "paid"
    unknown = Catalogue((replace(GOODS.variants[0], stock=None),))
    wish = replace(ask("stock", "来一个", ("B-1",)), source="wish")
    assert kind(answered("来一个", wish, catalogue=unknown)) == "order"


def test_how_to_wash_in_general_is_not_told_beside_a_warning() -> None:
    """不能机洗 and "wash cold" would contradict each other."""
    careful = replace(GOODS.variants[3], wording=replace(GOODS.variants[3].wording, not_for="不能机洗，请干洗"))
    decided = answered("能机洗吗", ask("spec", "能机洗吗", ("M-1",)), catalogue=Catalogue((careful,)))
    assert names(decided) == ["not_for"]


def test_an_order_of_yesterday_is_looked_up_wherever_the_line_says_so() -> None:
    """什么时候发货, and in the next breath 我昨天下的单."""
    words = "什么时候发货 我昨天下的单"
    assert kind(answered(words, Ask("ship_when", 0.9, (0, 6)))) == "look_up"


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


@pytest.mark.parametrize("words", ["能定做不", "可以刻字不", "这样行不"])
def test_a_question_may_end_in_a_bare_no(words: str) -> None:
    """能定做不 asks: nothing is promised, the seller is called."""
    decided = answered(words, ask("special_request", words))
    assert [one.reason for one in decided.handovers] == ["seller"]


def test_a_reason_behind_the_policy_is_no_question_for_it() -> None:
    """ "They don't fit", behind the whole policy, is for a person and not for the policy again."""
    told = {"policy:return": NOW - timedelta(minutes=2)}
    words = "they dont fit"
    assert names(answered(words, ask("return_exchange", words), shop=RETURNS, told=told)) == ["handover"]


def test_which_colours_there_are_is_asked_of_all() -> None:
    """几个色, after a talk of the black one, asks of every colour; the colour of the black one is its own."""
    (fact, *_) = answered("几个色", ask("spec", "几个色", ("B-1",))).said
    assert "焦糖" in fact.values["quoted"][0]["value"]
    (fact, *_) = answered("颜色是黑的吗", ask("spec", "颜色是黑的吗", ("B-1",))).said
    assert "焦糖" not in fact.values["quoted"][0]["value"]


def test_postage_of_several_is_of_what_was_spoken_of() -> None:
    """两个包邮吗: two of the bag spoken of last."""
    words = "两个包邮吗"
    (fact, *_) = answered(words, ask("ship_fee", words, quantity=2), last_products=("B-3",)).said
    assert fact.values["is_free"] is True
    (fact, *_) = answered("包邮吗", ask("ship_fee", "包邮吗"), last_products=("B-3",)).said
    assert fact.values["is_free"] is False


def test_the_new_address_itself_is_passed_on() -> None:
    """改成北京…88号, where a person was called to change the address: on the card, and the buyer hears so."""
    words = "改成北京朝阳区建国路88号"
    decided = answered(words, waits_for=frozenset({"seller"}), is_handed_over=True)
    assert [(one.reason, one.ask) for one in decided.handovers] == [("seller", "change_address")]
    assert kind(decided) == "change"


def test_a_number_that_is_not_known_is_not_called_missing() -> None:
    """Who sends a tracking number does not hear that there is none."""
    words = "YT1234567890123"
    for number, has_number in ((words, True), (None, False)):
        decided = answered(words, ask("track", words, tracking_no=number), parcels=(), orders=())
        (fact,) = [one for one in decided.facts if one.name == "parcel_unknown"]
        assert fact.values["has_number"] is has_number


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
    """And what there is stands behind it. Where a variant does not say its colour, nothing is denied."""
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

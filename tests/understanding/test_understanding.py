"""What a turn asks, end to end, with the shipped phrases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.asks import ASKS, Heard
from core.understanding import Mind, understand


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        pytest.param("转人工", ["human"], id="a person is wanted"),
        pytest.param("can I talk to a real person", ["human"], id="a person is wanted in English"),
        pytest.param("SF1234567890123", ["track"], id="a bare tracking number"),
        pytest.param("在吗", ["greeting"], id="a bare greeting"),
        pytest.param("好的谢谢", ["thanks_bye"], id="bare thanks"),
        pytest.param("好的", [], id="an answer"),
        pytest.param("", [], id="nothing at all"),
        pytest.param("！！！？", [], id="only signs"),
        pytest.param("😀😀😀", [], id="only emoji"),
        pytest.param("营业时间是几点到几点", ["spec"], id="opening hours"),
        pytest.param("这个多少钱", ["price"], id="a price"),
        pytest.param("how much is it", ["price"], id="a price in English"),
        pytest.param("还有货吗", ["stock"], id="stock"),
        pytest.param("能便宜点吗", ["haggle"], id="cheaper"),
        pytest.param("什么时候发货", ["ship_when"], id="dispatch"),
        pytest.param("发什么快递", ["carrier"], id="carrier"),
        pytest.param("多少钱，几天能到？", ["price", "ship_eta"], id="two in one message, in their order"),
        pytest.param("多少钱能发顺丰吗", ["price", "carrier"], id="two run together"),
        pytest.param("你好，请问有发票吗", ["invoice"], id="a greeting beside a question is not reported"),
        pytest.param("how much is shipping and when will it arrive", ["ship_fee", "ship_eta"], id="two joined by and"),
        pytest.param(
            "我想取消订单 我地址写错了", ["cancel", "change_address"], id="a question and its reason, both asked"
        ),
        pytest.param("do you have it in red how much is it", ["stock", "price"], id="two run together in English"),
        pytest.param("什麼時候發貨", ["ship_when"], id="Traditional"),
        pytest.param("我的订单", ["order_status"], id="the order, bare"),
        pytest.param("my order please", ["order_status"], id="the order, bare, in English"),
        pytest.param("唔該晒", ["thanks_bye"], id="Cantonese thanks"),
        pytest.param("图片发我看看", ["spec"], id="pictures"),
        pytest.param("請問拖鞋有38號嗎", ["stock"], id="goods in a size"),
        pytest.param("抱枕套有没有灰色的", ["stock"], id="goods in a colour"),
        pytest.param("幾時出貨呀", ["ship_when"], id="Hong Kong words"),
    ],
)
def test_asks(text: str, asks: list[str], mind: Mind) -> None:
    """The asks of a message, in the order asked, and nothing more."""
    assert [one.name for one in understand(text, Heard(), mind).asks] == asks


@pytest.mark.parametrize("text", ["亲，有货吗？几天到？", "  Hi！！ 多少錢", "a\u0301bc 多少钱 xx"])
def test_spans_are_of_the_original(text: str, mind: Mind) -> None:
    """Each ask's span cuts its own words out of what the buyer wrote."""
    for one in understand(text, Heard(), mind).asks:
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()


def test_lines_of_one_turn_are_read_together(shop: Mind) -> None:
    """The line that names the goods lends them to the line that asks."""
    [ask] = understand("在吗\n那个蓝色的手机壳 iPhone 15\n还有货吗", Heard(), shop).asks
    assert (ask.name, ask.products, ask.details.wanted) == ("stock", ("CASE-15-BL",), ("蓝色",))


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        pytest.param("再不退款我找人弄死你", "threat", id="a threat"),
        pytest.param("傻逼店家", "abuse", id="abuse"),
        pytest.param("I know where you live", "threat", id="a threat in English"),
        pytest.param("这个价钱要我命了", "", id="no threat"),
    ],
)
def test_alarms_call_a_person(text: str, alarm: str, mind: Mind) -> None:
    """Threats and abuse are named and always reach a person."""
    understood = understand(text, Heard(), mind)
    assert understood.alarm == alarm
    assert understood.handover or not alarm


@pytest.mark.parametrize(
    ("text", "heard", "ask"),
    [
        pytest.param("那这个呢", Heard(last_ask="price"), "price", id="this one too"),
        pytest.param("蓝色的呢", Heard(last_ask="stock"), "stock", id="and the blue one"),
        pytest.param("那蓝色的呢", Heard(last_ask="haggle"), "stock", id="the blue one, after bargaining"),
        pytest.param("what about the blue one?", Heard(last_ask="haggle"), "stock", id="the same in English"),
        pytest.param("多少", Heard(last_ask="stock"), "price", id="how much"),
        pytest.param("25", Heard(last_ask="haggle"), "haggle", id="a bare number while bargaining"),
        pytest.param("要多久", Heard(previous="亲，今天发货的"), "ship_when", id="how long until it leaves"),
        pytest.param("能快点吗", Heard(last_ask="ship_when"), "ship_when", id="whether it leaves sooner"),
        pytest.param("可以早一點嗎", Heard(last_ask="track"), "ship_eta", id="whether it arrives sooner"),
        pytest.param("要等半个月吗", Heard(last_ask="stock"), "stock", id="so long until it is there again"),
        pytest.param("can you make it any faster?", Heard(last_ask="ship_eta"), "ship_eta", id="sooner in English"),
        pytest.param("邊個出運費", Heard(last_ask="damaged"), "return_exchange", id="who pays, as in Hong Kong"),
        pytest.param("多久开", Heard(last_ask="invoice"), "invoice", id="how long an invoice takes"),
        pytest.param("加多少", Heard(last_ask="carrier"), "carrier", id="what another carrier adds"),
        pytest.param("寄到成都，大概几天", Heard(last_ask="stock"), "ship_eta", id="how long to a place"),
        pytest.param("运费谁出", Heard(last_ask="warranty", previous="寄过来修"), "warranty", id="of a repair"),
        pytest.param("who pays the postage", Heard(last_ask="damaged"), "return_exchange", id="of what came broken"),
    ],
)
def test_short_lines_follow_what_was_said(text: str, heard: Heard, ask: str, mind: Mind) -> None:
    """A line too short to stand alone is read by what came before, and says so."""
    [found] = understand(text, heard, mind).asks
    assert (found.name, found.source) == (ask, "context")


def test_a_question_no_ask_takes_is_a_doubt(mind: Mind) -> None:
    """What looks like a question and is nothing known is handed over in its own words, never answered."""
    understood = understand("月亮上的兔子吃不吃胡萝卜呢？", Heard(), mind)
    assert not understood.asks
    assert understood.unclear == ("月亮上的兔子吃不吃胡萝卜呢",)


@pytest.mark.parametrize(
    ("text", "detail", "value"),
    [
        pytest.param("有实物图吗", "photos", True, id="pictures"),
        pytest.param("几点开门", "opening_hours", True, id="opening hours"),
        pytest.param("只要原装的 有货吗", "original_only", True, id="original only"),
        pytest.param("有货吗？不要推荐别的，只要这款", "original_only", True, id="no other, please"),
        pytest.param(
            "is it in stock? only this one, no alternatives", "original_only", True, id="no other, in English"
        ),
        pytest.param("is it in stock? is it the only one left", "original_only", False, id="the last one"),
        pytest.param("来3个多少钱", "quantity", 3, id="quantity"),
        pytest.param("how much for two of them", "quantity", 2, id="quantity in English"),
        pytest.param("i'll take 3 green ones. how much is postage?", "quantity", 3, id="how many are taken"),
        pytest.param("第二个多少钱", "quantity", None, id="a place in a row"),
        pytest.param("要3米半 多少钱", "quantity", None, id="no whole number"),
        pytest.param("白的两个黑的一个多少钱", "quantity", None, id="so many of each"),
        pytest.param("i need 2 days to pay. how much is postage?", "quantity", None, id="days are no goods"),
        pytest.param("能发到新疆吗", "destination", "新疆", id="destination"),
        pytest.param("不要黑色的 有别的颜色吗", "unwanted", ("黑色",), id="ruled out"),
    ],
)
def test_details(text: str, detail: str, value: object, mind: Mind) -> None:
    """What a piece says beside its ask is kept with it."""
    asks = understand(text, Heard(), mind).asks
    assert any(getattr(one.details, detail) == value for one in asks)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=20), st.sampled_from(["", *ASKS]))
def test_never_raises(mind: Mind, text: str, previous: str, last: str) -> None:
    """Any text is understood somehow: half surrogates, marks, controls and all."""
    understood = understand(text, Heard(previous=previous, last_ask=last), mind)
    assert understood.language in ("zh", "en")
    assert all(one.name in ASKS and one.name != "other" for one in understood.asks)


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "货" * 10_000, "😀" * 10_000, "z̷̡̛" * 3000, "\u202eא" * 4000, "?!" * 5000, "\ud83d" * 50]
)
def test_only_the_beginning_of_a_flood_is_read(text: str, mind: Mind) -> None:
    """A flood is cut after 1,000 characters and 12 pieces, and no piece is longer than 200."""
    understood = understand(text, Heard(), mind)
    assert len(understood.asks) + len(understood.doubts) <= 12
    assert all(one.span[1] <= 1000 for one in understood.doubts)


def test_a_question_may_begin_with_and(mind: Mind) -> None:
    """What is asked after "and" is a question as well: it is not passed over beside one that is understood."""
    told = understand("do you take paypal? and can you engrave our initials", Heard(), mind)
    assert [ask.name for ask in told.asks] == ["payment"]
    assert [one.text for one in told.doubts] == ["can you engrave our initials"]

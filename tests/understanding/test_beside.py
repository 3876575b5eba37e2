"""Several asks in one message: what the pieces tell of each other, lists of nouns, and wishes that are denied."""

import pytest

from core.asks import Heard
from core.understanding import Mind, understand
from core.understanding.asks.beside import beside
from core.understanding.asks.deciding import Verdict
from core.understanding.asks.listing import listed
from core.understanding.reading.splitting import Piece


def verdict(ask: str, words: tuple[int, int], *, maybe: tuple[str, ...] = (), sure: float = 0.9) -> Verdict:
    """A verdict on folded[from:to], in doubt where it may be something."""
    return Verdict(Piece(*words, True), ask, sure, is_doubt=bool(maybe), maybe=maybe)


def test_a_question_in_little_doubt_is_answered_beside_a_sure_one() -> None:
    """Alone it would be asked back; beside another ask there is no doubt that the buyer asks."""
    sure, doubt = verdict("invoice", (0, 6)), verdict("", (7, 14), maybe=("order_status",), sure=0.6)
    assert [one.ask for one in beside([sure, doubt], "能开发票吗 订单成功了吗")] == ["invoice", "order_status"]


@pytest.mark.parametrize(
    "doubt",
    [
        pytest.param(verdict("", (7, 14), maybe=("order_status", "stock"), sure=0.6), id="seldom asked, or another"),
        pytest.param(verdict("", (7, 14), maybe=("spec",), sure=0.3), id="not likely enough"),
        pytest.param(verdict("", (7, 14), maybe=("invoice",), sure=0.6), id="asked already"),
    ],
)
def test_other_doubts_stay_doubts(doubt: Verdict) -> None:
    """What is hardly likely is a guess, and what is asked already needs no second answer."""
    assert beside([verdict("invoice", (0, 6)), doubt], "能开发票吗 订单成功了吗")[1].is_doubt


def test_the_likelier_of_two_is_asked_in_a_short_line_alone() -> None:
    """A short line asks what its questions most likely ask; a longer one is told in words that may mean more."""
    short = "能开发票吗 结实不结实呀"
    pair = [verdict("invoice", (0, 5)), verdict("", (6, 12), maybe=("spec", "stock"), sure=0.6)]
    assert [one.ask for one in beside(pair, short)] == ["invoice", "spec"]
    assert beside(pair, short + " 我说的是上个月在你们家店里买的那个蓝色的大背包")[1].is_doubt


def test_a_doubt_alone_stays_one() -> None:
    """With nothing sure beside it the buyer is asked."""
    doubts = [verdict("", (0, 6), maybe=("spec",), sure=0.6), verdict("", (7, 14), maybe=("price",), sure=0.6)]
    assert all(one.is_doubt for one in beside(doubts, "能开发票吗 订单成功了吗"))


def test_a_long_story_keeps_its_doubts() -> None:
    """Four pieces that speak are a story, in which a doubt is more often wrong than right."""
    folded = "我要退款 昨天买的 客服说可以 能不能"
    story = [verdict("refund", (0, 4)), verdict("", (5, 9)), verdict("", (10, 15))]
    doubt = verdict("", (16, 19), maybe=("payment",), sure=0.7)
    assert beside([*story, doubt], folded)[-1].is_doubt


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        pytest.param("不想要了 帮我取消订单 还没发货呢", ["cancel"], id="not sent yet, so it can be cancelled"),
        pytest.param("还没发货吗 我要退款", ["ship_when", "refund"], id="asked, and not a reason"),
        pytest.param("要一个月才到吗，能快点吗", ["ship_eta"], id="so long, and whether sooner"),
        pytest.param("怎么要半个月，可以快一点吗", ["ship_eta"], id="so long, of nothing named"),
        pytest.param("要等這麼久嗎，可以快點嗎", ["ship_eta"], id="so long, in Traditional"),
        pytest.param("a whole month? can you make it quicker?", ["ship_eta"], id="so long, in English"),
        pytest.param("一个月太久了，能便宜点吗", ["haggle"], id="cheaper for it"),
        pytest.param("能快点吗", [], id="sooner, and nobody knows what"),
        pytest.param("能发拉萨吗 要多久", ["ship_to", "ship_eta"], id="how long, after where to"),
        pytest.param("do you ship to taiwan? how much", ["ship_to", "ship_fee"], id="how much, after where to"),
        pytest.param("可以退货吗？运费谁出", ["return_exchange"], id="the postage of a return"),
        pytest.param("can i return it? who pays the postage", ["return_exchange"], id="the same in English"),
        pytest.param("这个价格和尺寸", ["price", "spec"], id="two nouns"),
        pytest.param("说一下运费跟到货时间", ["ship_fee", "ship_eta"], id="two nouns of the way"),
        pytest.param("price and dimensions please", ["price", "spec"], id="two nouns in English"),
        pytest.param("转人工我的快递丢了", ["human", "track"], id="a person, and why"),
        pytest.param("多少钱包邮么", ["price", "ship_fee"], id="no purse is asked about"),
        pytest.param(
            "走什么快递到昆明几天", ["carrier", "ship_eta"], id="cut where no turn of phrase opens a question"
        ),
        pytest.param("包邮吗几天能到昆明", ["ship_fee", "ship_eta"], id="how long and can it are one question"),
        pytest.param("能不能发到昆明", ["ship_to"], id="can or cannot is no cut"),
        pytest.param(
            "the parcel hasn't moved for a week, please refund me",
            ["track", "refund"],
            id="a short line in English tells no story",
        ),
        pytest.param("保修多久 要是坏了的话", ["warranty"], id="broken, should it come to that"),
        pytest.param("我没说要退款", [], id="a wish denied"),
        pytest.param("I'm not asking for a refund", [], id="a wish denied in English"),
        pytest.param("退货就算了", [], id="a wish given up"),
        pytest.param("我没想退货 就是问一声", [], id="a wish denied, and why"),
        pytest.param("我不想要了", ["cancel"], id="not wanting the goods denies no wish"),
    ],
)
def test_asks_of_one_message(text: str, asks: list[str], mind: Mind) -> None:
    """What a message asks, told by all of it."""
    found = [one.name for one in understand(text, Heard(), mind).asks]
    assert found == asks


def test_postage_of_a_return_spoken_of_before(mind: Mind) -> None:
    """ "Who pays the postage, after an answer about returns, is asked of the return; asked out of nothing it is not."""
    assert [one.name for one in understand("邮费谁承担", Heard(last_ask="return_exchange"), mind).asks] == [
        "return_exchange"
    ]
    assert "return_exchange" not in [one.name for one in understand("运费多少", Heard(last_ask="stock"), mind).asks]


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("帆布包的价格、尺寸和运费", ("price", "spec", "ship_fee")),
        ("价格和价钱", ()),
        ("尺寸", ()),
        ("价格和昨天说的不一样", ()),
        ("what's the price and delivery time of the lamp", ("price", "ship_eta")),
        ("the price and the lamp", ()),
    ],
)
def test_lists_of_nouns(words: str, asks: tuple[str, ...]) -> None:
    """A list is one only where nothing else is said, and it names two asks."""
    assert listed(words) == asks


@pytest.mark.parametrize(
    ("words", "maybe", "is_question", "ask"),
    [
        pytest.param("拉链坏了", ("damaged",), False, "damaged", id="a fault told"),
        pytest.param("买了背包", ("damaged",), False, "", id="no word of a fault"),
        pytest.param("结实不结实", ("spec",), True, "spec", id="one thing it may be"),
        pytest.param("结实不结实", ("spec", "stock"), True, "spec", id="another that is asked already"),
        pytest.param("结实不结实", ("spec", "price"), True, "spec", id="the likelier of two"),
        pytest.param("结实不结实", ("complaint", "price"), True, "", id="what a question seldom asks"),
        pytest.param("结实不结实", ("stock",), True, "", id="what is asked already"),
    ],
)
def test_what_a_doubt_is_beside_what_is_clear(words: str, maybe: tuple[str, ...], is_question: bool, ask: str) -> None:
    """A fault told in its own words is told, and a question asks the likelier of the things it may be."""
    doubt = Verdict(Piece(0, len(words), is_question), confidence=0.5, is_doubt=True, maybe=maybe)
    sure = verdict("stock", (len(words) + 1, len(words) + 4))
    assert [one.ask for one in beside([doubt, sure], f"{words} 有货吗")] == [ask, "stock"]


@pytest.mark.parametrize("tone", ["别骗我", "可别忽悠我啊", "don't lie to me", "be honest with me please"])
def test_a_doubtful_tone_is_no_complaint(tone: str) -> None:
    """Beside a question it only says how much the answer matters; alone a person sees it."""
    asked, doubtful = verdict("spec", (0, 8)), verdict("complaint", (9, 9 + len(tone)))
    folded = f"这真是亚麻的吗? {tone}"
    assert [one.ask for one in beside([asked, doubtful], folded)] == ["spec", ""]
    assert [one.ask for one in beside([doubtful], folded)] == ["complaint"]


def test_a_complaint_beside_a_question_is_one() -> None:
    """Who says that he was cheated complains."""
    asked, cheated = verdict("spec", (0, 8)), verdict("complaint", (9, 14))
    assert [one.ask for one in beside([asked, cheated], "这真是亚麻的吗? 你们骗了我")] == ["spec", "complaint"]

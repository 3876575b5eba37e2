"""Lines that only say which goods."""

import pytest

from core.asks import Heard
from core.catalogue import Catalogue, Wording
from core.understanding import Mind
from core.understanding.asks.naming import asks_whether_there, says_which, wishes_for_goods
from tests.understanding.conftest import variant

MUGS = Catalogue(
    (
        variant("MUG-R", "海盐杯", "砖红", english=Wording("Thermos Mug", "brick red")),
        variant("MUG-B", "海盐杯", "黑色", english=Wording("Thermos Mug", "black")),
    )
)


@pytest.mark.parametrize(
    "words",
    [
        "托特包",
        "托特包 一个",
        "棉麻桌布 灰色的",
        "亲 要保温杯",
        "老板，手机壳黑色的",
        "托特包呗🥰",
        "那个啥 保温杯 白色的",
        "托特包 谢谢",
        "the tote, thanks",
        "2 totes",
        "the tote",
        "thermos in white please",
        "ok the white one then",
    ],
)
def test_a_bare_name_says_which(words: str, shop: Mind) -> None:
    """Goods, colours and sizes, with words beside them that say nothing."""
    assert says_which(words, Heard(), shop)


@pytest.mark.parametrize(
    "words",
    [
        "好的", "嗯嗯", "两个", "我的托特包", "买的托特包", "托特包收到了", "不要托特包了", "托特包很好看", "换成灰色的", "托特包的发票", "托特包 13800138000", "托特包 寄上海",
        "桌布是棉的吧", "i got the tote", "the tote is lovely", "thanks", "2 please",
    ],
)  # fmt: skip
def test_what_tells_more_does_not(words: str, shop: Mind) -> None:
    """What is said of goods, of goods bought already, or of no goods."""
    assert not says_which(words, Heard(last_products=("CLOTH-G",)), shop)


@pytest.mark.parametrize(
    "words",
    [
        "有没有托特包",
        "请问有没有真皮的托特包",
        "你们家有桌布吗",
        "有冇桌布",
        "do you sell totes?",
        "any leather totes?",
    ],
)
def test_whether_there_is_such_a_thing(words: str, shop: Mind) -> None:
    """Whatever it is to be made of."""
    assert asks_whether_there(words, shop)


@pytest.mark.parametrize(
    "words",
    [
        "有没有发票",
        "托特包有没有内袋",
        "有没有托特包的图片",
        "有托特包",
        "do you have any other totes",
        "is the tote big?",
    ],
)
def test_what_asks_more_than_whether_it_is_there(words: str, shop: Mind) -> None:
    """Of its parts, of pictures, of other things; and what is only said."""
    assert not asks_whether_there(words, shop)


def test_a_variant_of_what_was_spoken_of_says_which(shop: Mind) -> None:
    """A variant's bare name is one where its product was spoken of, and not where it was bought."""
    assert says_which("那就米色吧", Heard(last_products=("CLOTH-G",)), shop)
    assert says_which("ok the brick red one then", Heard(last_products=("MUG-R",)), shop.with_catalogue(MUGS))
    assert not says_which("那就米色吧", Heard(last_products=("CLOTH-G",), last_ask="return_exchange"), shop)


@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("想要个桌布 吃饭用的", True),
        ("俺想买个保温杯", True),
        ("looking for a thermos for my dad", True),
        ("i need a tote for work", True),
        ("我问下那个桌布 吃饭用的那种", True),
        ("想问下桌布怎么铺", False),
        ("need 10 totes for my cafe", True),
        ("hiya, after a couple of totes if you've got them", True),
        ("想要便宜点", False),
        ("我不想要桌布", False),
        ("桌布洗了", False),
        ("想退桌布", False),
        ("looking for my parcel", False),
    ],
)
def test_a_wish_for_goods_is_heard(words: str, wishes: bool, shop: Mind) -> None:
    """Goods are wanted: whatever for, but not unwanted, and not bought already."""
    assert wishes_for_goods(words, shop) is wishes

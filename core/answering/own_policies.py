"""The shop's own policies, found by what they are about: [policies.custom] answers 可以定做吗 without having been taught."""

import re
from functools import lru_cache

from core.answering.values import Fact, Scene, Telling
from core.asks import Ask
from core.language import to_simplified
from core.regional import in_mandarin
from core.shop import Shop, Wordings
from core.tokens import tokens

USUAL = frozenset("return warranty payment invoice price authenticity care refund cancel sent_from".split())
"""Policies that asks of their own look for."""
MAY_BE_OF_ONE = frozenset(
    "special_request spec promo stock recommend price ship_to carrier payment invoice warranty authenticity ship_when ship_eta".split()
)
"""Asks under which a question about something of the shop's own is heard; what is told of an order or of damage is none."""
_MEANS = {
    "custom": "定做 定制 订做 订制 改尺寸 改短 改长 量身 特殊尺寸 custom bespoke made-to-measure made to measure to measure made-to-order made to order tailor-made custom-made",
    "wholesale": "批发 批量 拿货 团购 wholesale in bulk bulk",
    "samples": "样品 小样 布样 样布 色卡 sample samples swatch swatches",
    "gift_wrap": "礼盒 礼品包装 礼物包装 包成礼物 包装成礼物 gift wrap gift-wrap gift wrapping gift box gift-wrapped",
    "pickup": "自提 自取 上门取 面交 pick up pickup collect in person",
    "dropship": "代发 一件代发 dropship dropshipping",
    "installation": "安装 上门装 install installation",
    "membership": "会员 积分 member membership points loyalty",
    "preorder": "预售 预订 预定 pre-order preorder",
    "location": "店在哪 地址在哪 实体店 门店 门市 铺头 店面 located location",
    "about": "新店 老店 开店多久 开店几年 开了多久 开了几年 做了多久 做了几年 new shop new store been in business years in business",
    "customs": "关税 交税 缴税 税金 进口税 清关费 包税 完税 customs duty customs fee customs fees customs charge customs charges customs tax pay customs import duty import duties import tax import taxes",
    "workshop": "体验课 手作课 上课 workshop class classes",
}
"""What a policy of this name is about, in buyers' words; phrases of several English words stand as they are."""
_ALSO = {"duty": "customs", "duties": "customs", "tax": "customs", "taxes": "customs", "import_duty": "customs", "import_tax": "customs", "customisation": "custom", "customization": "custom", "bespoke": "custom", "sample": "samples", "gift": "gift_wrap", "giftwrap": "gift_wrap", "pick_up": "pickup", "install": "installation", "member": "membership", "shop": "location", "store": "location", "bulk": "wholesale"}  # fmt: skip
_PHRASES = re.compile(
    r"new (?:shop|store)|been in business|years in business|made to measure|made to order|to measure|in bulk|gift (?:wrap|box|wrapping)|pick up|in person"
    r"|customs (?:duty|fees?|charges?|tax)|pay customs|import (?:duty|duties|tax|taxes)"
)
_NEVER_AN_ASK = ("location", "samples", "gift_wrap", "workshop", "about", "pickup", "customs")
"""Subjects that are no ask of the list, whatever a question about them sounds like: 有实体店吗."""
_ANY_SUBJECT = re.compile(
    "|".join(
        rf"(?<![a-z]){re.escape(one)}(?![a-z])" if one.isascii() else re.escape(one)
        for known in (_MEANS[key] for key in _NEVER_AN_ASK)
        for one in (*(match.group() for match in _PHRASES.finditer(known)), *_PHRASES.sub(" ", known).split())
    )
)
_IDLE = frozenset(
    "可以 以的 的话 请问 你们 我们 有没 没有 有吗 什么 怎么 多少 这个 那个 不能 能不 一个 一下 需要 要的 现在 时候 收到 质量 问题 您可 可不 以吗 我想 想要 都可 左右 之后 以后 或者 如果 因为 所以 还有 多久 几天 "
    "with from that this your they them have does what when where which will would could should about there their please also only more than very much many some make made want need like know right been into just".split()
)
_LEAST = 2
"""Words shared from which on a policy is what is asked about."""


DUTY_MAY_BE = frozenset("ship_fee ship_to price payment promo refund other".split())
"""Asks under which a question about customs duty is heard."""


def tell_duty(words: str, scene: Scene) -> Telling | None:
    """Who pays customs duty, where that is asked: the shop's own policy, else a person's to say. None where it is not."""
    if not asks_about_duty(words):
        return None
    key = next((key for key, _ in scene.shop.policies if _is_of_duty(key)), None)
    text = scene.shop.policy(key) if key is not None else None
    return Telling((Fact("policy", key, {"text": text, "key": key}),)) if key and text else Telling(missing="missing")


def _is_of_duty(key: str) -> bool:
    """Whether a policy of this name tells who pays customs duty."""
    return _ALSO.get(key.casefold(), key.casefold()) == "customs"


def asks_about_duty(words: str) -> bool:
    """Whether customs duty or the tax on what is brought into a country is spoken of; the tax on an invoice is another."""
    return _DUTY.search(in_mandarin(words).casefold()) is not None


_DUTY = re.compile(
    r"关税|进口(?:增值)?税|清关费|海关.{0,4}(?:税|费|收钱)|(?<!开票)(?<!发票)(?:要|用|得|会|需要?|额外|另外|我|自己|被)(?:不要|不用)?(?:再)?(?:交|缴|付|收|扣|加)税(?!点|号)|包税(?!务)|完税|"
    r"(?<![a-z])(?:customs (?:duty|duties|fees?|charges?|tax(?:es)?|costs?)|(?:pay|paying|for|any|about|charged|owe|include[sd]?|including|plus|the) customs(?! (?:form|declaration|office|clearance))|import (?:duty|duties|tax(?:es)?|fees?|charges?|vat)|(?<!heavy[ -])(?<!light[ -])(?<!medium[ -])(?<!double[ -])(?<!on[ -])(?<!off[ -])dut(?:y|ies)(?![ -]free)|(?:taxed|taxes) (?:on|at|when|upon) (?:arrival|delivery|import|the border))(?![a-z])"
)


def own_policy(words: str, scene: Scene, but: tuple[str, ...] = (), is_named: bool = False) -> Fact | None:
    """The policy of the shop's own that the words are about, `but` names of goods that tell nothing; None where none is.
    `is_named`: only one whose subject is named outright, by its key or the words for it."""
    if not any(key not in USUAL for key, _ in scene.shop.policies):
        return None
    asked = in_mandarin(words).casefold()
    own = [(key, text) for key, text in scene.shop.policies if key not in USUAL]
    is_duty = asks_about_duty(words)
    found = next((each for each in own if _subjects(*each).search(asked) or (is_duty and _is_of_duty(each[0]))), None)
    if found is None and not is_named:
        known = frozenset(tokens(" ".join(but)))
        points = {key: _shared(asked, text, scene.shop, known) for key, text in own}
        best = max(points, key=lambda key: points[key])
        if points[best] >= _LEAST and list(points.values()).count(points[best]) == 1:
            found = (best, dict(own)[best])
    return Fact("policy", found[0], {"text": found[1], "key": found[0]}) if found is not None else None


def names_a_subject(words: str) -> bool:
    """Whether the words are about something that only a policy of the shop's own answers: a workshop, samples, where it is.
    Where it has none, a person is to say it."""
    return bool(_ANY_SUBJECT.search(in_mandarin(words).casefold())) or asks_about_duty(words)


def names_of(ask: Ask, scene: Scene) -> tuple[str, ...]:
    """What the goods that are meant are called."""
    known = [one for sku in (*ask.products, *ask.unsure)[:5] if (one := scene.catalogue.get(sku)) is not None]
    return tuple(name for one in known for name in one.names)


@lru_cache(maxsize=256)
def _subjects(key: str, text: Wordings) -> re.Pattern[str]:
    """The words by which a policy is asked for: its key, those the shop gives it, and what people call such a thing."""
    name = key.casefold()
    known = _MEANS.get(_ALSO.get(name, name), "")
    words = {name.replace("_", " "), *(to_simplified(one).casefold() for one in text.words)}
    words |= {match.group() for match in _PHRASES.finditer(known)} | set(_PHRASES.sub(" ", known).split())
    return re.compile(
        "|".join(
            rf"(?<![a-z]){re.escape(one)}(?:s|es|ed|ing|{re.escape(one[-1])}(?:ed|ing))?(?![a-z])"
            if one.isascii()
            else re.escape(one)
            for one in sorted(words, key=len, reverse=True)
            if len(one) > 1
        )
        or r"(?!)"
    )


def _shared(asked: str, text: Wordings, shop: Shop, names: frozenset[str]) -> int:
    """How many words the question and a policy share that nothing else the shop says has."""
    others = frozenset[str]().union(
        *(_telling(f"{each.zh}\n{each.en}") for key, each in shop.policies if each is not text),
        *(_telling(f"{each.zh}\n{each.en}") for each in shop.promotions),
    )
    return len((_telling(asked) & _telling(f"{text.zh}\n{text.en}".casefold())) - others - names - _IDLE)


@lru_cache(maxsize=512)
def _telling(text: str) -> frozenset[str]:
    return frozenset(one for one in tokens(text) if len(one) > (3 if one.isascii() else 1) and not one.isdigit())

"""Which product of the catalogue a text means: found by its words, certain only when one product stands out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.catalogue import Catalogue, Variant
from core.understanding.attributes import Named, values
from core.understanding.features import Floats, Ints
from core.understanding.goods import codes, product_tokens
from core.understanding.normalising import normalise

AT_MOST = 5
"""Products to choose from when it is not clear which one is meant."""
_STANDS_OUT = 1.18
_FAMILY_SHARE = 0.22
_TITLE, _ALIAS, _VARIANT, _ATTRIBUTE = 1.0, 1.0, 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Match:
    """`family` is the one product meant, or -1; `choices` are the likeliest ones when it is not clear. `is_named` tells
    that the text names goods at all, also goods the shop does not have."""

    family: int = -1
    choices: tuple[int, ...] = ()
    is_named: bool = False
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Index:
    """Every product's words. Row t of the postings holds the products that have word t, with the word's weight in each."""

    families: tuple[tuple[str, ...], ...]
    words: Mapping[str, int]
    starts: "np.typing.NDArray[np.int64]"
    posting: Ints
    weight: Floats
    inverse: Floats
    whole: Floats
    codes: tuple[frozenset[str], ...]
    variants: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    skus: Mapping[str, str]
    near: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.families)


def index(catalogue: Catalogue) -> Index:
    """Built whenever the catalogue changes: about 30 ms for a thousand titles."""
    words: dict[str, int] = {}
    columns: list[dict[int, float]] = []
    families: list[tuple[str, ...]] = []
    family_codes: list[frozenset[str]] = []
    variants: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    skus: dict[str, str] = {}
    title_words: list[list[int]] = []
    for family in catalogue.families.values():
        column: dict[int, float] = {}
        own_codes: set[str] = set()
        first = family[0]
        titles = {first.wording.title, *(one.english.title for one in family if one.english)}
        for text, weight in (
            *((title, _TITLE) for title in titles),
            *((alias, _ALIAS) for one in family for alias in one.aliases),
            *((words_, _VARIANT) for one in family for words_ in _variant_texts(one)),
            *((value, _ATTRIBUTE) for one in family for _, value in one.wording.attributes),
            (first.category, _ATTRIBUTE),
        ):
            folded = normalise(text).folded if text else ""
            own_codes.update(codes(folded))
            for token in product_tokens(folded):
                number = words.setdefault(token, len(words))
                column[number] = max(column.get(number, 0.0), weight)
        title_words.append([words[token] for token in product_tokens(normalise(first.title).folded)])
        for one in family:
            folded = normalise(" ".join(_variant_texts(one))).folded
            variants[one.sku] = (values(folded), frozenset(product_tokens(folded)))
            skus[normalise(one.sku).folded] = one.sku
        families.append(tuple(one.sku for one in family))
        family_codes.append(frozenset(own_codes))
        columns.append(column)
    return _packed(words, columns, families, family_codes, variants, skus, title_words)


def find(folded: str, catalogue: Index, ignore: frozenset[str] = frozenset()) -> Match:
    """The product a folded text means. `ignore` are words of the question itself."""
    for sku, own in catalogue.skus.items() if len(catalogue.skus) <= 2000 else ():
        if len(sku) >= 4 and not sku.isdigit() and sku in folded:
            return Match(_family_of(catalogue, own), (), True, 1.0)
    asked = [token for token in product_tokens(folded) if token not in NOT_GOODS and token not in ignore]
    is_named = any(token.startswith("≈") for token in asked)
    known = [(token, catalogue.words[token]) for token in asked if token in catalogue.words]
    for token in asked:
        if token not in catalogue.words and token.isascii() and token.isalpha() and len(token) >= 5:
            near = _nearest(token, catalogue.near)
            if near is not None:
                known.append((near, catalogue.words[near]))
    if not known:
        return Match(is_named=is_named)
    scores = np.zeros(len(catalogue), dtype=np.float32)
    best_of_word = 0.0
    for _, number in known:
        begin, end = catalogue.starts[number], catalogue.starts[number + 1]
        scores[catalogue.posting[begin:end]] += catalogue.weight[begin:end]
        best_of_word += float(catalogue.inverse[number])
    asked_codes = {
        token for token in asked if any(map(str.isdigit, token)) and any(map(str.isalpha, token)) and token.isascii()
    }
    top = _top(scores, AT_MOST + 4)
    if asked_codes:
        for family in top:
            if _other_model(asked_codes, catalogue.codes[family]):
                scores[family] *= 0.3
        top = _top(scores, AT_MOST + 4)
    first = float(scores[top[0]])
    share = first / max(float(catalogue.whole[top[0]]), 1e-6)
    coverage = first / max(best_of_word, 1e-6)
    if coverage < 0.4 or (share < 0.08 and len(known) < 2):
        return Match(is_named=is_named)
    second = float(scores[top[1]]) if len(top) > 1 else 0.0
    has_code = bool(asked_codes & catalogue.codes[top[0]])
    if first >= second * _STANDS_OUT and (share >= _FAMILY_SHARE or has_code or coverage >= 0.85) and coverage >= 0.5:
        return Match(int(top[0]), (), True, share)
    alike = tuple(int(one) for one in top if scores[one] * _STANDS_OUT >= first * 0.999)
    return Match(-1, alike[:AT_MOST], True, share)


def variants_of(catalogue: Index, skus: Sequence[str], folded: str, named: Sequence[Named]) -> tuple[str, ...]:
    """The variants among `skus` that a text names by colour, size or model; all of them when it names none."""
    wanted = {one.value for one in named if not one.is_not}
    unwanted = {one.value for one in named if one.is_not}
    tokens = set(product_tokens(folded))
    left = [sku for sku in skus if not catalogue.variants.get(sku, (frozenset(), frozenset()))[0] & unwanted] or list(
        skus
    )
    if len(left) == 1:
        return tuple(left)
    common = (
        frozenset.intersection(*(catalogue.variants[sku][1] for sku in left if sku in catalogue.variants))
        if left
        else frozenset()
    )
    points = {}
    for sku in left:
        have, words = catalogue.variants.get(sku, (frozenset(), frozenset()))
        points[sku] = 2 * len(have & wanted) + len((words - common - NOT_GOODS) & tokens)
    most = max(points.values(), default=0)
    if most == 0:
        return tuple(left)
    return tuple(sku for sku in left if points[sku] == most)


def lacks(catalogue: Index, skus: Sequence[str], named: Sequence[Named]) -> bool:
    """Whether a colour or size is wanted that none of these variants has."""
    have = frozenset().union(*(catalogue.variants[sku][0] for sku in skus if sku in catalogue.variants))
    return any(one.value not in have for one in named if not one.is_not)


def _variant_texts(one: Variant) -> tuple[str, ...]:
    english = (one.english.variant, *(value for _, value in one.english.attributes)) if one.english else ()
    return tuple(text for text in (one.wording.variant, *english, *_telling(one)) if text)


def _telling(one: Variant) -> tuple[str, ...]:
    keys = (
        "颜色",
        "色",
        "尺码",
        "尺寸",
        "码",
        "size",
        "color",
        "colour",
        "规格",
        "型号",
        "model",
        "容量",
        "口味",
        "款式",
    )
    return tuple(value for key, value in one.wording.attributes if key.lower() in keys)


def _packed(
    words: dict[str, int],
    columns: list[dict[int, float]],
    families: list[tuple[str, ...]],
    family_codes: list[frozenset[str]],
    variants: dict[str, tuple[frozenset[str], frozenset[str]]],
    skus: dict[str, str],
    title_words: list[list[int]],
) -> Index:
    word = np.fromiter((number for column in columns for number in column), dtype=np.int32)
    weight = np.fromiter((value for column in columns for value in column.values()), dtype=np.float32)
    family = np.repeat(np.arange(len(columns), dtype=np.int32), [len(column) for column in columns])
    order = np.argsort(word, kind="stable")
    counts = np.bincount(word, minlength=len(words))
    inverse = (np.log((1 + len(columns)) / (1 + counts)) + 0.5).astype(np.float32)
    lengths = np.fromiter((_breadth(token) for token in words), dtype=np.float32, count=len(words))
    inverse *= lengths
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    whole = np.array([float(inverse[own].sum()) for own in title_words], dtype=np.float32)
    return Index(
        tuple(families),
        words,
        starts,
        family[order],
        weight[order] * inverse[word[order]],
        inverse,
        whole,
        tuple(family_codes),
        variants,
        skus,
        _deletes(words),
    )


def _breadth(token: str) -> float:
    """Model codes and shelf names tell more than a bare number or a letter pair."""
    if token.startswith("≈"):
        return 1.2
    if token.isdigit():
        return 0.4 if len(token) < 3 else 0.8
    return 1.5 if any(map(str.isdigit, token)) else 1.0


def _top(scores: Floats, count: int) -> "np.typing.NDArray[np.intp]":
    if len(scores) > count:
        some = np.argpartition(-scores, count)[:count]
        some = some[np.argsort(-scores[some], kind="stable")]
    else:
        some = np.argsort(-scores, kind="stable")
    return some[scores[some] > 0]


def _other_model(asked: set[str], have: frozenset[str]) -> bool:
    """Whether a code is asked for, and the product has only others of its kind: ip14 against ip15."""
    for code in asked:
        letters = "".join(one for one in code if one.isalpha())
        if code not in have and any("".join(one for one in own if one.isalpha()) == letters for own in have):
            return True
    return False


def _family_of(catalogue: Index, sku: str) -> int:
    return next(at for at, family in enumerate(catalogue.families) if sku in family)


_MOST_WORDS = 20_000


def _deletes(words: Mapping[str, int]) -> dict[str, str]:
    latin = [word for word in words if word.isascii() and word.isalpha() and len(word) >= 5]
    near: dict[str, str] = {}
    for word in latin[:_MOST_WORDS]:
        near[word] = word
        for at in range(1, len(word)):
            near.setdefault(word[:at] + word[at + 1 :], word)
    return near


def _nearest(word: str, near: Mapping[str, str]) -> str | None:
    """A title's word one letter away, or None."""
    if word in near:
        return near[word]
    return next((near[short] for at in range(1, len(word)) if (short := word[:at] + word[at + 1 :]) in near), None)


def _pairs(text: str) -> frozenset[str]:
    found: dict[str, int] = defaultdict(int)
    for word in text.split():
        if word.isascii():
            found[word] = 1
        else:
            for at in range(len(word) - 1):
                found[word[at : at + 2]] = 1
    return frozenset(found)


NOT_GOODS = _pairs(
    "有没有货吗 现货 有货 没货 发货 什么时候 时候 多少钱 价格 怎么卖 便宜点 优惠券 活动 包邮 运费 邮费 快递 物流 今天 明天 后天 可以吗 能不能 是不是 这个 那个 这款 那款 哪个 哪款 一个 两个 几个 一件 一下 你们 我们 "
    "你好 在吗 老板 谢谢 好的 请问 想要 我要 买的 还有 没有 有吗 怎么 为什么 如何 多久 几天 能到 收到 退货 换货 退款 发票 订单 地址 电话 质量 好吗 怎么样 正品 保修 推荐 合适 适合 颜色 尺寸 尺码 材质 大小 款式 型号 "
    "支持 使用 可以 不可以 需要 喜欢 一样 区别 就是 但是 因为 所以 如果 的话 下单 付款 拍下 客服 宝贝 东西 商品 产品 包装 送的 赠品 礼物 新款 正版 不是 要的 黑色 白色 红色 蓝色 绿色 黄色 粉色 紫色 灰色 棕色 橙色 米色 "
    "the a an is are it this that these those in on of for to and or do does you your i me my we have has had any can could would will what when where which who how much many long price cost stock available "
    "still with from at by be not no yes please hi hello hey ok thanks thank there one ones some get got buy want need like ship shipping send delivery order size color colour new good best 1 2 3 4 5 "
    "s t m d re ll ve black white red blue green yellow pink purple grey gray brown orange beige"
)

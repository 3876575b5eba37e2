"""Which attributes a buyer asks for: their keys, values and the ways people ask for them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from core.catalogue import Variant, Wording
from core.regional import in_mandarin
from core.tokens import tokens

SUBJECTS: dict[str, tuple[str, ...]] = {
    "size": tuple(
        "尺寸 大小 多大 多长 多宽 多高 多深 尺码 长宽 直径 厚度 多厚 长度 高度 宽度 身高 size dimension measure measures height width length depth diameter big long wide tall thick high".split()
    ),
    "material": tuple(
        "材质 材料 面料 料子 什么料 什么做 成分 质地 布料 填充 材 material fabric made composition filling".split()
    ),
    "colour": tuple("颜色 什么色 几种色 几个色 几色 哪些色 啥色 色号 colour color".split()),
    "weight": tuple("重量 多重 重不重 重吗 沉不沉 沉吗 几斤 克重 净重 weight weigh heavy gsm".split()),
    "capacity": tuple(
        "容量 装多少 装得下 装得进 几升 毫升 能装 能放 可以装 可以放 放得下 放得进 capacity volume litre liter hold fit".split()
    ),
    "origin": tuple("产地 哪里产 哪产 哪生产 国产 进口 made-in origin country".split()),
    "care": tuple(
        "怎么洗 机洗 水洗 手洗 洗涤 护理 清洗 洗 保养 掉色 褪色 缩水 起球 熨 怎么用 用法 使用方法 wash washing washable machine-washable care clean cleaning use shrink shrinks fade fades pill pills iron".split()
    ),
    "pieces": tuple(
        "几件 几个装 几只 几条 一包 一套 包含 包括 里面都 都有啥 有些什么 里面有 里面是 都有什么 有哪些东西 pieces inside contains contain set includes pack".split()
    ),
    "pattern": tuple("花纹 图案 花色 印花 款式 pattern print style".split()),
    "age": tuple(
        "几岁 岁能 岁可 岁的 岁宝 岁小 岁孩 个月能 个月的 宝宝能 孩子能 小孩能 年龄 适用 适合 多大孩子 age suitable old toddler newborn".split()
    ),
    "hanging": tuple("挂法 怎么挂 挂杆 穿杆 挂钩 安装 hang hangs hung rod rods hook hooks".split()),
    "load": tuple("承重 载重 承受 斤重 多少斤 公斤 能压 load carries carry bear kg kilos kilo".split()),
    "power": tuple("功率 多少瓦 电压 瓦 power watt voltage".split()),
    "battery": tuple("电池 续航 充电 mah battery charge".split()),
    "keeps": tuple("保质期 生产日期 日期 过期 expiry shelf best-before".split()),
    "compatible": tuple("型号 兼容 适配 能用 model compatible fits".split()),
}
"""Subject → words by which a buyer asks for it and a seller names the attribute."""

GENERAL = tuple(
    "好不好 好用 值得买 咋样 参数 详情 介绍 细节 怎么样 说说 规格 specs spec details detail describe about info information".split()
)


def asked_attributes(words: str, variants: tuple[Variant, ...], language: str) -> list[dict[str, object]]:
    """The attributes asked for, as [{"key", "value", "of"}], quoted as on file; empty when none on file is meant.

    `of` names the variant where variants of one product differ, and is empty where they agree.
    """
    folded = _folded(words)
    about = {subject for subject in SUBJECTS if concerns(subject, words)}
    called = sorted({name for one in variants for name in _names(one, language)}, key=len, reverse=True)
    unnamed = _without(folded, called)
    if not about and _MADE_OF.search(unnamed):
        about = {"material"}  # 是纯棉的吗
    within = {match["it"] for match in _CONTAINS.finditer(unnamed)} - {""}
    told = _telling(folded) - {token for one in variants for token in _telling(_name(one, language))}
    part = _parts_named(unnamed)
    found: list[dict[str, object]] = []
    for key in dict.fromkeys(key for one in variants for key, _ in _on_file(one, language)):
        per = [(one, dict(_on_file(one, language)).get(key, "")) for one in variants]
        values = list(dict.fromkeys(value for _, value in per if value))
        if (
            (part is not None and part.search(f"{_folded(key)} {_folded(' '.join(values))}"))
            or _is_meant(key, values, folded, unnamed, about)
            or _holds(key, values, within)
            or told & _telling(_folded(" ".join((key, *values))))
        ):
            named = all(_says_the_same(value, one.words(language).variant) for one, value in per if value)
            if len(values) == 1 or named:
                comma = ", " if language == "en" else "、"
                found.append({"key": key, "value": comma.join(values), "of": ""})
            else:
                found += [
                    {"key": key, "value": value, "of": one.words(language).variant} for one, value in per if value
                ]
    if part is not None and (own := [one for one in found if part.search(_folded(f"{one['key']} {one['value']}"))]):
        return own  # 背带能调多长 asks for no more than the strap
    by_name = any(word in _folded(one.words(language).title) for word in _PROPERTY.findall(unnamed) for one in variants)
    if not found and (by_name or (not about and any(word in folded for word in GENERAL))):
        shared = variants[0].words(language).attributes
        return [{"key": key, "value": value, "of": ""} for key, value in shared]
    return found


def _parts_named(folded: str) -> re.Pattern[str] | None:
    """The part of a thing that a question names, by whatever name it goes: 背带 is 肩带."""
    return next((part for part in _PARTS if part.search(folded)), None)


_PARTS = (
    re.compile(r"肩带|背带|带子|\bstraps?\b"),
    re.compile(r"口袋|内袋|侧袋|\bpockets?\b"),
    re.compile(r"夹层|隔层|\b(?:compartments?|sleeves?)\b"),
    re.compile(r"拉[链鍊鏈]|\bzip(?:per|ped)?s?\b"),
    re.compile(r"提手|把手|手柄|\bhandles?\b"),
    re.compile(r"里布|内衬|衬里|里衬|\blinings?\b"),
    re.compile(r"鞋底|\bsoles?\b"),
)


def _says_the_same(value: str, variant: str) -> bool:
    """Whether a variant is called by a value: 36–37, of EU 36–37."""
    return value in variant or (len(variant) > 1 and variant in value)


def _on_file(one: Variant, language: str) -> tuple[tuple[str, str], ...]:
    """The attributes, and the weight, which has a column of its own."""
    attributes = one.words(language).attributes
    return (*attributes, ("weight" if language == "en" else "重量", one.weight)) if one.weight else attributes


def compares(words: str) -> bool:
    """Whether the words ask how things differ."""
    return bool(_DIFFERENCE.search(_folded(words)))


def points_beside(words: str) -> bool:
    """Whether what is named is to be held against something said before: 和它有什么区别, how is it different from the tote."""
    return bool(_BESIDE.search(_folded(words)))


def asks_of_fit(words: str) -> bool:
    """Whether the words ask how a size turns out when it is worn, which no size on file tells."""
    return bool(_FIT.search(_folded(words)))


def colour_of(words: Wording) -> str:
    """The colour that stands among the details, as it is written; "" where none does."""
    return next((value for key, value in words.attributes if _folded(key) in SUBJECTS["colour"]), "")


def asks_which_colours(words: str) -> bool:
    """Whether the words ask what colours or sizes there are, and not of one of them."""
    return bool(_WHICH_COLOURS.search(_folded(words)))


def care_of(words: str) -> re.Pattern[str] | None:
    """What a text must speak of to answer a question about care: of fading, where that is asked, not of washing."""
    folded = _folded(words)
    return next((topic for topic in _OF_CARE if topic.search(folded)), None)


def answers_washing(words: str, text: str) -> bool:
    """Whether a text on the use of a thing speaks of washing, where that is asked; any does where it is not."""
    return _WASHING.search(_folded(words)) is None or _CLEANED.search(_folded(text)) is not None


def speaks_of_fibre(text: str, made_of: str) -> bool:
    """Whether a text on care may be told of what is made of this: it names the fibre that comes first there, or none at all."""
    own = _FIBRE.search(_folded(made_of))
    fibres = {match.lastgroup for match in _FIBRE.finditer(_folded(text))}
    return own is None or not fibres or own.lastgroup in fibres


@lru_cache(maxsize=4096)
def concerns(subject: str, words: str, but: str = "") -> bool:
    """Whether the words are about a subject of the table, or share a telling word with a free text such as `not_for`;
    `but` holds words that tell nothing: those of the product's own name."""
    folded = _folded(words)
    if subject in SUBJECTS:
        spoken = {form for word in _WORD.findall(folded) for form in (word, word.removesuffix("s"))}
        return any(word in spoken if word.isascii() else word in folded for word in SUBJECTS[subject])
    ours = {token for token in tokens(_folded(subject)) if len(token) > 1}
    return bool((ours & {token for token in tokens(folded) if len(token) > 1}) - _WEAK - set(tokens(_folded(but))))


def _is_meant(key: str, values: list[str], folded: str, unnamed: str, about: set[str]) -> bool:
    name = _folded(key)
    if name in unnamed or any(len(value) > 1 and _folded(value) in folded for value in values):
        return True
    return any(word in name for subject in about for word in SUBJECTS[subject])


def _holds(key: str, values: list[str], within: set[str]) -> bool:
    """Whether an attribute tells of something being in it: 含芯 of 带芯吗."""
    return any(
        f"{verb}{word}" in _folded(text) for word in within for verb in "含带配附送有" for text in (key, *values)
    )


@lru_cache(maxsize=1024)
def _telling(folded: str) -> frozenset[str]:
    """The tokens by which a question and a fact are about one thing: pairs of Chinese characters, words of four letters."""
    telling = (one for one in tokens(folded) if len(one) > (3 if one.isascii() else 1) and one.isalpha())
    return frozenset(telling) - _WEAK


def _name(one: Variant, language: str) -> str:
    return _folded(" ".join(_names(one, language)))


def _names(one: Variant, language: str) -> tuple[str, ...]:
    words = one.words(language)
    return (words.title, words.variant, *one.aliases)


def _without(folded: str, names: Sequence[str]) -> str:
    for name in names:
        folded = folded.replace(_folded(name), " ") if name else folded
    return folded


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    """As words are compared: small letters, in the characters and words of the mainland, without question marks."""
    return " ".join(in_mandarin(text).casefold().replace("?", " ").replace("？", " ").split())


_WASHING = re.compile(r"洗|\b(?:wash\w*|clean\w*|laundry|laundering)\b")
_CLEANED = re.compile(r"[洗晾熨擦刷水泡]|\b(?:water|soak\w*|wash\w*|clean\w*|rins\w*|wip\w*|brush\w*|dry|dried)\b")
_FIBRE = re.compile(
    r"(?P<wool>羊毛|羊绒|\b(?:wool|cashmere)\b)|(?P<silk>真丝|蚕丝|丝绸|\bsilk\b)|(?P<leather>[牛羊真]皮|皮革|\bleather\b)|(?P<down>羽绒|\bdown\b(?= fill))|"
    r"(?P<synthetic>涤纶|聚酯|尼龙|腈纶|\b(?:polyester|nylon|acrylic)\b)|(?P<linen>亚麻|苎麻|麻(?!烦)|\b(?:linen|flax|ramie)\b)|(?P<cotton>棉|帆布|\b(?:cotton|canvas)\b)"
)
_FIT = re.compile(
    r"偏[大小码]|正码|准码|标准码|[大小]一码|码数?准|\btrue to size\b|\b(?:runs?|running|fits?|comes? up) (?:a bit |rather |too |very )?(?:small|large|big|tight|true|narrow|wide)\b|\bsize (?:up|down)\b"
)
_WHICH_COLOURS = re.compile(
    r"(?:几|哪几?|什么|啥|哪些|多少)[个种些]?(?:颜色|色|尺码|码|尺寸|规格|款式?)(?:可选|选|有|呢|的|呀|啊|$)|\b(?:what|which|how many) (?:colou?rs|sizes)\b"
)
_OF_CARE = (
    re.compile(r"[掉褪退]色|浮色|染色|\bfad(?:e|es|ing)\b|\bbleed|\bdye\b|\bcolou?rs? (?:run|come)"),
    re.compile(r"起[球毛]|掉毛|\bpill(?:s|ing)?\b|\bshed"),
    re.compile(r"缩水|\bshrinks?\b|\bshrunk\b|\bshrinkage\b"),
    re.compile(r"熨|烫|\biron(?:s|ed|ing)?\b"),
)
"""Questions of care that the way to wash a thing does not answer."""
_PROPERTY = re.compile(
    r"防水|防滑|防油|防晒|防风|防潮|遮光|透光|保温|保暖|隔热|加厚|折叠|\b(?:waterproof|insulated|blackout|folding|foldable|wipe-clean)\b"
)
"""What a title may promise: asked of it, all that is on file is told."""
_MADE_OF = re.compile(
    r"[纯全真](?:羊|牛|山羊|桑蚕|亚|苎)?[棉麻丝皮毛绒]|(?:是|含|不是)[^,，。]{0,4}(?:棉|麻|丝|绒|毛|皮|涤纶|化纤|帆布|木|塑料|不锈钢)|\b(?:cotton|linen|silk|wool|leather|polyester|nylon|canvas|wood|plastic|steel)\b"
)
_CONTAINS = re.compile(
    r"(?:含不含|带不带|有没有|自带|[含带配附送有])(?P<it>[一-鿿]{1,4}?)(?:吗|么|没有?|不|呢|的|$|\s)"
)
_DIFFERENCE = re.compile(r"区别|差别|不同|不一样|差在哪|\bdiffer|\bcompare")
_BESIDE = re.compile(r"^\W*(?:那|它|这个|这款|这)?(?:和|跟|与|同|比)|\b(?:from|than|with|to) the\b|\bit differ")
_WORD = re.compile(r"[a-z][a-z'-]*")
_WEAK = frozenset(
    "里面 面有 适合 合不 不适 可以 以用 能用 使用 这个 这款 一个 两个 大约 多少 什么 有没 没有 怎么 吗 the for not and with use can this that is are "
    "suitable of to in on have does what about your from them they it its does not like get gets when will with made only than more very long wide high deep".split()
)

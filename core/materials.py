"""Materials: what they are called when asked for, how a thing's own words show them, and whether a line asks for one."""

import re

from core.language import to_simplified
from core.often import often

# What it is called when asked for, in Chinese and in English; and what must stand in a thing's words, one of each part, for
# it to be made of it.
_TABLE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("棉麻|麻棉", "(?:cotton|linen)[- ](?:linen|cotton)", ("棉|cotton", "麻|linen")),
    ("亚麻|麻料|麻布", "linen", ("麻|linen|flax",)),
    ("纯棉|全棉|棉质|棉布", "cotton", ("棉|cotton",)),
    ("真丝|桑蚕丝|蚕丝|丝绸", "silk", ("真丝|蚕丝|丝绸|silk",)),
    ("羊绒", "cashmere", ("羊绒|cashmere",)),
    ("羊毛|纯毛", "wool(?:len)?", ("毛|wool",)),
    ("真皮|牛皮|羊皮|皮革|皮质", "leather", ("皮|leather",)),
    ("帆布", "canvas", ("帆布|canvas",)),
    ("天鹅绒|丝绒", "velvet", ("天鹅绒|丝绒|velvet",)),
    ("涤纶|聚酯|化纤", "polyester", ("涤|聚酯|polyester",)),
    ("羽绒|鹅绒|鸭绒", "feather|down-filled", ("绒|feather|down",)),
    ("竹纤维|竹制|竹子的", "bamboo", ("竹|bamboo",)),
    ("实木|木头|木质|木制", "wooden", ("木|wood",)),
    ("不锈钢", "stainless(?: steel)?", ("钢|steel",)),
    ("陶瓷", "ceramic|porcelain", ("陶|瓷|ceramic|porcelain|stoneware",)),
    ("硅胶", "silicone", ("硅胶|silicone",)),
    ("尼龙", "nylon", ("尼龙|锦纶|nylon",)),
)
Material = tuple[re.Pattern[str], ...]
_MATERIALS: tuple[tuple[re.Pattern[str], Material], ...] = tuple(
    (re.compile(rf"{zh}|(?<![a-z])(?:{en})(?![a-z])"), tuple(re.compile(part) for part in shown))
    for zh, en, shown in _TABLE
)
_ZH, _EN = ("|".join(names) for names in list(zip(*_TABLE, strict=True))[:2])
_ANY = re.compile(f"{_ZH}|{_EN}")
_NOT = re.compile(r"(?:不是|不要|不含|(?<!有)没有|除了|别|\b(?:not|no|without|except|isn't|than))\s?(?:the |any |a )?$")
_ASKED_FOR = re.compile(r"(?:[有冇]|\b(?:any|in)(?: pure| real| genuine| 100%)? )$")
"""Behind these stands what is asked for: 帆布围裙有亚麻的吗 names the one by its canvas and asks for linen."""


@often
def named(words: str) -> tuple[str, Material] | None:
    """The material that the words ask for, as they write it, and how a thing's own words show it; None without one. Of
    several the one asked for outright, else the first in the table."""
    folded = to_simplified(words).casefold()
    if not _ANY.search(folded):
        return None
    found = [
        (match, shown)
        for asked, shown in _MATERIALS
        if (match := asked.search(folded)) is not None and not _NOT.search(folded[: match.start()])
    ]
    outright = [one for one in found if _ASKED_FOR.search(folded[: one[0].start()])]
    return next(((match.group(), shown) for match, shown in (*outright, *found)), None)


def without_materials(words: str) -> str:
    """The words, folded, without the materials in them."""
    return _ANY.sub(" ", to_simplified(words).casefold())


@often
def asks_for_one(words: str) -> bool:
    """Whether the words ask if something is there in a material, and nothing besides: 围裙有亚麻的吗, does it come in linen?"""
    folded = to_simplified(words).casefold().strip()
    return _ANY.search(folded) is not None and _ASKS.match(folded) is not None


@often
def names_no_goods(words: str) -> bool:
    """Whether words that ask for a material leave open what is to be made of it: 有真丝的吗, anything in silk?"""
    folded = to_simplified(words).casefold().strip()
    return _ANY.search(folded) is not None and _BARE.fullmatch(folded) is not None


_BARE = re.compile(
    rf"(?:请问|想问一?下|老板|掌柜|店家|亲|你们?|您|家|这里|这边|店里|里|那|还|,|，|\s|有没有|有冇|有卖|卖不卖|有|卖)*(?:纯|全|100%)?(?:{_ZH})"
    r"(?:做的?|料|质)?(?:的|嘅)?(?:东西|货|款式?|其他|别的)?(?:有没有|有冇|有卖|有|卖的?|吗|嘛|么|没有?|不|呢|呀|啊|㗎|的)*\s*[?？]?|"
    r"(?:(?!is|are)[a-z']+ )*?(?:(?:anything|something|one|ones|it|they|them|these|those|this|that|stuff|things|any|some|is there|are there) )+"
    rf"(?:come )?(?:in |made (?:of|from) |of )?(?:a )?(?:pure |real |genuine |100% )?(?:{_EN})(?: ones?| version| option| stuff| things| please)?\s*\?*"
)
_ASKS = re.compile(
    rf"[一-鿿,，\s]{{0,12}}?(?<![里面含])(?:有没有|有冇|有卖|卖不卖|有|卖)(?:纯|全|100%)?(?:{_ZH})"
    r"(?:做的?|料|质)?(?:的|嘅)?(?!成分|味|含量|里衬|边)[^的嘅吗嗎,，。!！?？\s]{0,6}?(?:卖的?|吗|嘛|么|没有?|不|呢|呀|啊|㗎|的)*\s*[?？]?$|"
    rf"[一-鿿,，\s]{{0,12}}?(?:{_ZH})(?:的|嘅)?(?!成分|味|含量|里衬|边)[^的嘅,，。!！?？\s]{{0,6}}?(?:有吗|有没有|有冇|有卖吗?|有得卖吗?)(?:呢|呀|啊)?\s*[?？]?$|"
    r"(?:(?:hi|hello|hey|so|and|ok)[ ,]+)*"
    r"(?:do you (?:have|sell|carry|stock|make|do)|have you got|(?:got )?any|are there|is there|do(?:es)?(?: [a-z'-]+){1,4} come in)"
    rf"(?: (?!with|for|than|the inside)[a-z'-]+){{0,5}}? (?:pure |real |genuine |100% )?(?:{_EN})(?: (?!handles?|straps?|lining|trims?)[a-z-]+){{0,2}}\s*\?*$"
)
"""Not 里面有羊毛吗, which asks what is in it, and not a bag with leather handles."""

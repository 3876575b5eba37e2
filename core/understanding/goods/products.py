"""Which product of the catalogue a text means: found by its words, certain only when one product stands out."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.understanding.goods.shelving import Index, Match, squeezed
from core.understanding.goods.variants import HOW_MANY
from core.understanding.reading.features import Floats
from core.understanding.words.attributes import attributes
from core.understanding.words.goods import (
    NOT_GOODS,
    PARTS,
    SKU,
    off_shelf,
    product_tokens,
    shelf_words,
    thing_asked_for,
)
from core.units import COUNTERS

AT_MOST = 5
"""Products to choose from when it is not clear which one is meant."""
_REMEMBERED = 60
"""Signs of a text worth remembering: 多少钱 comes again in other lines, a long story does not."""
_STANDS_OUT = 1.18
_FAMILY_SHARE = 0.22
_ALIKE = 0.6
_SAYS_LITTLE = frozenset(
    "大小新老旧中高低长短厚薄男女款的那这个有要买色号码红黑白蓝绿黄粉紫灰棕橙米金银还都也就再些点种只件条双把张台本们家里我你他想和跟与是在没卖"
)
_WHOLE_NAME = 4
_BEFORE_A_NAME = re.compile(r"[^\u3400-\u9fff]|[的有和跟与个款要买那这件只双条套没卖问及或加说看拍色号码]")
_BEHIND_A_NAME = re.compile(
    r"[^\u3400-\u9fff]|[防透掉起褪缩耐会够好容脏要有多还在现什吗呢和跟与的怎哪是卖能可几都各一两三来]"
)
_LATIN = re.compile(r"[a-z0-9'-]+")


def find(folded: str, catalogue: Index) -> Match:
    """The product a folded text means: certain only when one stands out from the next and most of what is said fits it."""
    known = catalogue.met.get(folded)
    if known is None:
        known = _found(folded, catalogue)
        if PARTS.fullmatch(known.named):
            known = Match()  # 有拉链吗 asks it of a thing, and names none
        if len(folded) <= _REMEMBERED:
            catalogue.met[folded] = known
    return known


def _found(folded: str, catalogue: Index) -> Match:
    for word in SKU.findall(folded):
        if word in catalogue.skus:
            return Match(catalogue.family_of[catalogue.skus[word]])
    if _MADE_OF.fullmatch(folded.strip(" ,。!?~")):
        return Match()  # 纯棉的吗 is asked of something, and names it not
    if len(folded) <= _REMEMBERED and PARTS.search(folded) and _OF_A_PART.fullmatch(folded.strip(" ,。!?~")):
        return Match()  # neither does 口袋多不多
    folded = _NAMES_NONE.sub(" ", _MEASURED.sub(" ", folded))
    thing = _goods_in(thing_asked_for(folded))
    if (exact := catalogue.exact.get(squeezed(thing or folded.strip()))) is not None:
        # 背包 is the thing called so, and not the 斜背包 that has the word in it.
        return Match(exact)
    called = _called(folded, catalogue)
    if called and not (len(called) == 1 and _qualified(folded, called[0], catalogue)):
        return Match(called[0]) if len(called) == 1 else Match(-1, called[:AT_MOST])
    if alike := _by_last_sign(thing, catalogue):
        return Match(alike[0]) if len(alike) == 1 else Match(-1, alike[:AT_MOST])
    tokens = product_tokens(folded)
    asked = [token for token in tokens.all if token not in NOT_GOODS]
    known = _known(asked, catalogue)
    shelves = [token for token in asked if token.startswith("≈")]
    if not known or (
        shelves and not any(token in catalogue.words for token in shelves) and not tokens.codes & set(known)
    ):
        # A word for goods that no title has: 充电宝 in a shop of cups.
        return Match(named=thing or _word(folded, shelves, tokens.codes))
    kind = _kind_named(folded, catalogue)
    if kind and all(_is_of_the_kind(token, kind[0]) for token in known):
        return Match(-1, kind[1][:AT_MOST])  # 厚点的毯子 may be any of them
    scores = np.zeros(len(catalogue), dtype=np.float32)
    numbers = list(known.values())
    for number in numbers:
        begin, end = catalogue.starts[number], catalogue.starts[number + 1]
        scores[catalogue.posting[begin:end]] += catalogue.weight[begin:end]
    if kind and scores[list(kind[1])].any():
        others = np.ones(len(catalogue), dtype=bool)
        others[list(kind[1])] = False
        scores[others] = 0.0
    elif kind:
        return Match(-1, kind[1][:AT_MOST])
    asked_codes = {code for code in tokens.codes if code not in NOT_GOODS}
    top = _top(scores, AT_MOST + 4)
    if asked_codes:
        for family in top:
            if _other_model(asked_codes, catalogue.codes[family]):
                scores[family] *= 0.3
        top = _top(scores, AT_MOST + 4)
    first = float(scores[top[0]])
    second = float(scores[top[1]]) if len(top) > 1 else 0.0
    share = first / max(float(catalogue.whole[top[0]]), 1e-6)
    coverage = first / max(float(catalogue.inverse[numbers].sum()), 1e-6)
    if coverage < 0.4 or (share < 0.08 and len(known) < 2):
        return Match(named=thing or _word(folded, shelves, tokens.codes))
    fits = _fits(thing, catalogue, int(top[0]))
    has_code = not asked_codes.isdisjoint(catalogue.codes[top[0]])
    certain = first >= second * _STANDS_OUT and coverage >= 0.5 and fits >= 0.65
    other = _another(shelves, scores, top, catalogue)
    if other >= 0:
        return Match(-1, (int(top[0]), other))
    if certain and (share >= _FAMILY_SHARE or has_code or coverage >= 0.85):
        return Match(int(top[0]))
    if fits < 0.3:
        return Match(named=thing)
    ranked = sorted(
        top, key=lambda one: (-scores[one], float(catalogue.whole[one]))
    )  # 抱枕 before what has more to its name
    alike = tuple(int(one) for one in ranked if scores[one] >= first * _ALIKE)
    return Match(-1, alike[:AT_MOST])


def _kind_named(folded: str, catalogue: Index) -> tuple[str, tuple[int, ...]] | None:
    """The one shelf of several products whose name stands in a text, and what stands on it: 毯子. Not where it is but a part of
    some product's own name there."""
    named = [(name, own) for name, own in catalogue.kinds.items() if name in folded]
    return named[0] if len(named) == 1 else None


def _is_of_the_kind(token: str, kind: str) -> bool:
    """Whether a word says no more than what kind of goods is meant."""
    return token in kind or (token.startswith("≈") and any(word in kind for word in shelf_words(token)))


def only_qualifies(folded: str, family: int, catalogue: Index) -> bool:
    """Whether a text holds words of a product, but none that says what it is: 洗碗机 has words of the 洗碗围裙."""
    words = {form for word in _LATIN.findall(folded) for form in (word, word.removesuffix("s"))}
    heads = catalogue.heads[family]
    return not any((head in words) if head.isascii() else (head in folded) for head in heads if head)


def _by_last_sign(thing: str, catalogue: Index) -> tuple[int, ...]:
    """Products that are what one sign says, where nothing else is said of the thing: 45的芯, 那个芯."""
    bare = _SIZED.sub("", thing)
    alike = catalogue.last_signs.get(bare, ()) if len(bare) == 1 and bare not in _SAYS_LITTLE else ()
    return alike if len(alike) <= AT_MOST else ()


_SIZED = re.compile(r"[\d.×x*]+|cm|厘米|公分|[寸码号的米个只条双块张片]|[大中小]|[这那]|\s")


def _called(folded: str, catalogue: Index) -> tuple[int, ...]:
    """Products whose whole name stands in the text, by itself: not 背包 in 斜背包."""
    found: dict[int, None] = {}
    for start, end in catalogue.called.find(folded):
        family = catalogue.exact.get(squeezed(folded[start:end]))
        stands_alone = (not start or _BEFORE_A_NAME.match(folded[start - 1])) and (
            end - start >= _WHOLE_NAME
            or end == len(folded)
            or _BEHIND_A_NAME.match(folded[end])
            or (family is not None and _names_a_variant(folded, end, family, catalogue))
        )
        if family is not None and stands_alone and not _is_of_another(folded[end:], family, catalogue):
            found[family] = None
    return tuple(found)


def _qualified(folded: str, called: int, catalogue: Index) -> bool:
    """Whether words beside a name make another thing of it: 小朋友用的围裙 is no plain 围裙, where there is one for children."""
    shelves = [token for token in product_tokens(folded).all if token.startswith("≈") and token in catalogue.words]
    own = [token for token in shelves if called in catalogue.having(token)]
    others = [token for token in shelves if token not in own]
    if not own or not others:
        return False
    alike = set(catalogue.having(own[0])).intersection(*(catalogue.having(token) for token in own[1:]))
    return any(alike & set(catalogue.having(token)) for token in others)


def _names_a_variant(folded: str, at: int, family: int, catalogue: Index) -> bool:
    """Whether a variant's name stands right behind the product's: 抱枕套砖红."""
    return any(len(name) > 1 and folded.startswith(name, at) for name in catalogue.names[family].split("|"))


def _is_of_another(behind: str, family: int, catalogue: Index) -> bool:
    """Whether the word right behind an English name says that it is another thing: muslin, in muslin blanket."""
    word = _NEXT.match(behind)
    shelves = [one for one in product_tokens(word[1]).all if one.startswith("≈")] if word is not None else []
    return any(one in catalogue.words and family not in catalogue.having(one) for one in shelves)


_NEXT = re.compile(r" ([a-z]{3,})(?![a-z])")


def _known(asked: Sequence[str], catalogue: Index) -> dict[str, int]:
    """The words asked for that titles have, a letter's slip forgiven in long Latin ones."""
    known = {token: catalogue.words[token] for token in asked if token in catalogue.words}
    for token in asked:
        if token not in catalogue.words and len(token) >= 5 and token.isascii() and token.isalpha():
            near = _nearest(token, catalogue.near)
            if near is not None:
                known[near] = catalogue.words[near]
    return known


def _another(shelves: Sequence[str], scores: Floats, top: NDArray[np.intp], catalogue: Index) -> int:
    """A second product named beside the first, as in 耳机和保温杯多少钱: the best of a shelf the first does not stand on; or -1."""
    for name in shelves:
        number = catalogue.words.get(name)
        if number is None:
            continue
        there = catalogue.posting[catalogue.starts[number] : catalogue.starts[number + 1]]
        if int(top[0]) not in there and scores[there].max() > 0:
            return int(there[scores[there].argmax()])
    return -1


def _word(folded: str, shelves: Sequence[str], codes: frozenset[str]) -> str:
    """The text's own word for goods, where it names some: the longest model code, of two the first, or a word of a shelf."""
    written = [one for one in codes if one in folded and not attributes(one)]
    code = max(written, key=lambda one: (len(one), -folded.index(one)), default="")
    return code or next((word for name in shelves for word in shelf_words(name) if word in folded), "")


def _goods_in(thing: str) -> str:
    """The same, unless nothing is left of it without colours, sizes and how many: 白色的来两个 names no goods."""
    bare = thing
    for one in reversed(attributes(thing)):
        bare = bare[: one.start] + bare[one.end :]
    return thing if HOW_MANY.sub("", bare) else ""


_MEASURED = re.compile(
    r"(?<![a-z])(?:\d+|an?|one|two|three|four|five|six|both) (?:pairs?|pieces?|pcs|sets?|packs?|boxes|box|units?)(?: of)?(?![a-z])|(?<![a-z\d.])(?:\d+(?:\.\d+)? ?|(?:an?|one|two|three|four|five|six) )(?:m|met(?:er|re)s?|yards?|yds?)(?: of)?(?![a-z²])|"
    rf"(?:^|(?<=[要来拿买拍加再各就订发钱,。\s]))[一两二三四五六七八九十俩几半]+[{COUNTERS}](?![装套])|"
    rf"(?:^|(?<=[要来拿买拍加再各就订发,。\s]))\d{{1,2}}[{COUNTERS}](?=多少|一共|总共|怎么|[要有够能包吧呢吗,。!?\s]|$)"
)
"""How many, and no word of a title: 2 pairs, 3 metres, 要两条."""
_OF_A_PART = re.compile(
    rf"(?:那|它|这个|有|没有?|几个?|的|里面|外面|是|带|不|会|吗|么|呢|啊|多|大|深|长|宽|结实|牢|好|用|拉|可以?|能|调节?|还|,|\s)*(?:{PARTS.pattern})(?:的|有|没有?|几个?|里面|外面|是|带|不|会|吗|么|呢|啊|多|大|深|长|宽|结实|牢|好|用|拉|可以?|能|调节?|还|坏|断|,|\s)*|"
    rf"(?:(?:does|do|is|are|it|they|this|have|has|the|an?|any|with|come|there|how|many|and|so|its|inside|outside) )*(?:{PARTS.pattern})(?: (?:is|are|it|have|has|does|do|there|adjustable|removable|strong|big|deep|long|inside|outside|and|good|in|on|too|as|well))*"
)
_NAMES_NONE = re.compile(
    r"[包免]个?邮|包运费|分开包|(?<![a-z])(?:sold out|out of stock)(?![a-z])|(?:想|要)?(?:给|帮|替|送)(?:我|我家|家里)?的?(?:妈妈?|爸爸?|爸妈|父母|老婆|老公|太太|先生|男朋友|女朋友|男友|女友|闺蜜|朋友|同学|同事|老师|领导|婆婆|公公|岳母|丈母娘|奶奶|爷爷|外婆|外公|姥姥|姥爷|孙女|孙子|外孙女?|女儿|儿子|闺女|姐姐|妹妹|哥哥|弟弟|侄女|侄子)(?=[买送挑选带做])"
)
"""Free postage, and whom it is for: 给孙女买 names no goods."""
_MADE_OF = re.compile(
    r"(?:是|里面|面料|材质|料子|这个|这款|那个|它|都|的|不是|是不是)*(?:纯|全|真|假|什么)?(?:棉麻|棉|亚麻|麻|羊毛|羊绒|羊皮|真丝|丝绸|蚕丝|丝|牛皮|真皮|皮|涤纶|聚酯|尼龙|帆布|实木|木头?|不锈钢|塑料|陶瓷|玻璃|硅胶)"
    r"(?:的|做的?|材质|料子|面料)*(?:吗|么|吧|嘛)?|"
    r"(?:那|这个|这款|那个|它|是不是|会不会|能不能|有没有|能|会|可以|是|够|很)*(?:防水|防滑|防油|防晒|防风|防潮|防火|遮光|透光|透气|保温|保暖|隔热|耐磨|耐用|耐高温|环保|加厚|折叠|水洗|机洗|手洗|拆洗|干洗)(?:的|性好|效果)*(?:吗|么|吧|嘛|不|呢|不好)?|"
    r"(?:is (?:it|this|that) |are (?:they|these) )?(?:made (?:of|from) )?(?:pure |real |genuine |100% )?(?:cotton|linen|wool|silk|leather|polyester|nylon|canvas|wood|steel|plastic|glass)|"
    r"(?:is it |are they |is this |is that |so )?(?:waterproof|water[- ]?resistant|machine[- ]washable|washable|breathable|non-?slip|insulated|foldable)(?: or not)?"
)
"""What a thing is made of, or what it is good for, asked of something that the words do not name."""


def _fits(thing: str, catalogue: Index, family: int) -> float:
    """Which part of the thing asked for the product's own words cover; 1 where no thing is told apart."""
    if not thing:
        return 1.0
    bare = thing
    for one in reversed(attributes(thing)):
        bare = bare[: one.start] + " " + bare[one.end :]
    parts, rest = off_shelf(bare)
    tokens = product_tokens(rest)
    parts += [token for token in tokens.all if token not in NOT_GOODS and token not in tokens.codes]
    # 斜 before 背包, and 套 behind 保温杯, make another thing of it, though a single sign is no token.
    single = [one for one in rest.split() if len(one) == 1 and one > "z" and one not in _SAYS_LITTLE]
    if not parts:
        return 1.0
    met = sum(one in catalogue.names[family] for one in single)
    parts += single
    for token in parts[: len(parts) - len(single)]:
        number = catalogue.words.get(token)
        if number is None and token.isascii() and len(token) >= 5:
            near = _nearest(token, catalogue.near)
            number = catalogue.words[near] if near is not None else None
        if number is not None:
            begin, end = catalogue.starts[number], catalogue.starts[number + 1]
            met += bool((catalogue.posting[begin:end] == family).any())
    return met / len(parts)


def _top(scores: Floats, count: int) -> NDArray[np.intp]:
    if len(scores) > count:
        some = np.argpartition(-scores, count)[:count]
        some = some[np.argsort(-scores[some], kind="stable")]
    else:
        some = np.argsort(-scores, kind="stable")
    return some[scores[some] > 0]


def _other_model(asked: set[str], have: Sequence[str]) -> bool:
    """Whether a code is asked for, and the product has only others of its kind: ip14 against ip15."""
    for code in asked:
        letters = "".join(one for one in code if one.isalpha())
        if code not in have and any("".join(one for one in own if one.isalpha()) == letters for own in have):
            return True
    return False


def _nearest(word: str, near: Mapping[str, str]) -> str | None:
    """A title's word one letter away, or None."""
    if word in near:
        return near[word]
    return next((near[short] for at in range(1, len(word)) if (short := word[:at] + word[at + 1 :]) in near), None)

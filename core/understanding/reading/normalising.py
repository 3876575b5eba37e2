"""A text made comparable: one width, one case, Simplified, no marks; and the way back to the buyer's own characters."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from core.frozen import frozen
from core.language import has_han, to_simplified
from core.regional import FOUND, FOUND_IN_PHRASES, TAUGHT, WORDS

READ_AT_MOST = 1000
"""Characters of a message that are read; what stands after them is for a person."""


@frozen
class Normal:
    """`text` is what was read of the original, `folded` what is compared; `origin[i]` is where folded[i] stands in text."""

    text: str
    folded: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The [from, to) in the original of folded[start:end], without spaces at its ends."""
        while start < end and self.folded[start].isspace():
            start += 1
        while end > start and self.folded[end - 1].isspace():
            end -= 1
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else len(self.text)
            return at, at
        return self.origin[start], self.origin[end - 1] + 1


def normalise(text: str, *, is_phrase: bool = False) -> Normal:
    """Read the first 1,000 characters. Half surrogates become U+FFFD; marks, controls and long repeats are dropped. Of a
    phrase only the regional words are told in others' that phrases are taught with (`core/regional.py`)."""
    read = _HALF.sub("\ufffd", text[:READ_AT_MOST])
    parts = list(map(_folded, read))
    folded = "".join(parts)
    origin = [at for at, part in enumerate(parts) for _ in part]
    if _LONG_REPEAT.search(folded):
        folded, origin = _without_repeats(folded, origin)
    folded, origin = _replaced(folded, origin, _regional_in_phrases if is_phrase else _regional)
    if has_han(folded):
        simplified = to_simplified(folded)
        if len(simplified) == len(folded):
            folded = simplified
        folded, origin = _replaced(folded, origin, _chinese)
    if _LATIN.search(folded):
        folded, origin = _replaced(folded, origin, _english)
    return Normal(read, folded, tuple(origin))


def bare(folded: str) -> str:
    """Only letters and digits: what two wordings of one line share."""
    return _NOT_WORD.sub("", folded)


@lru_cache(maxsize=8192)
def _folded(one: str) -> str:
    if one == "\n":
        return one
    if one == "\r":
        return "\n"
    if one in _PUNCTUATION:
        return _PUNCTUATION[one]
    category = unicodedata.category(one)
    if category in ("Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn") and one != "\t":
        return ""
    wide = unicodedata.normalize(
        "NFKD" if "\u00c0" <= one <= "\u024f" or "\u1e00" <= one <= "\u1eff" else "NFKC", one
    ).lower()
    return "".join(" " if part.isspace() else part for part in wide if unicodedata.category(part) not in ("Mn", "Me"))


def _without_repeats(folded: str, origin: list[int]) -> tuple[str, list[int]]:
    """No sign more than three times together. "!!!!!!" and "哈哈哈哈哈" say no more than two of them; four digits alike may be a
    number."""
    kept = [
        at
        for at, one in enumerate(folded)
        if at < 3 or one.isdigit() or not (one == folded[at - 1] == folded[at - 2] == folded[at - 3])
    ]
    return "".join(folded[at] for at in kept), [origin[at] for at in kept]


def _replaced(
    folded: str, origin: list[int], table: "tuple[re.Pattern[str], Callable[[re.Match[str]], str]]"
) -> tuple[str, list[int]]:
    pattern, word = table
    parts: list[str] = []
    positions: list[int] = []
    done = 0
    for match in pattern.finditer(folded):
        start, end = match.span()
        new = word(match)
        parts += (folded[done:start], new)
        positions += origin[done:start]
        # The new word's characters spread over the old one's, so that a span never leaves it.
        positions += [
            origin[min(end - 1, start + at * (end - start) // max(1, len(new)))] for at in range(len(new) - 1)
        ]
        if new:
            positions.append(origin[end - 1])
        done = end
    if not done:
        return folded, origin
    return "".join((*parts, folded[done:])), positions + origin[done:]


def _words(table: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in table.split())


def _any_of(
    words: dict[str, str], left: str = "", right: str = ""
) -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(left + "(?:" + "|".join(map(re.escape, longest_first)) + ")" + right)
    return pattern, lambda match: words[match.group()]


_PUNCTUATION = {
    "、": "、",
    "。": "。",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "`": "'",
    "´": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "…": "。",
}
_HALF = re.compile("[\ud800-\udfff]")
_LONG_REPEAT = re.compile(r"(.)\1\1\1", re.DOTALL)
_NOT_WORD = re.compile(r"[\W_]+")
_LATIN = re.compile(r"[a-z]")

_regional = (FOUND, lambda match: WORDS[match.group()])
_regional_in_phrases = (FOUND_IN_PHRASES, lambda match: TAUGHT[match.group()])

# One spelling for what is said alike: chat slang, common slips of the input method. 著 is how Taiwan writes 着.
_chinese = _any_of(
    _words(
        "啥时候=什么时候 啥时=什么时候 多会儿=什么时候 为啥=为什么 干啥=干什么 啥=什么 神马=什么 咋样=怎么样 咋=怎么 肿么=怎么 木有=没有 有木有=有没有 造么=知道吗 酱紫=这样 "
        "著名=著名 著作=著作 显著=显著 著=着 甚么=什么 什末=什么 帐户=账户 帐号=账号 转帐=转账 到帐=到账 付帐=付账 结帐=结账 快第=快递 块递=快递 快弟=快递 伐=吗 邮废=邮费 运废=运费 "
        "发漂=发票 优慧=优惠 优会=优惠 便易=便宜 便谊=便宜 偏宜=便宜 多钱=多少钱 多少钱=多少钱 有没=有没有 有没有=有没有 有没收=有没收 妹子=客服 您=你 咱们=我们 咱=我们 俺=我 恁=你 嘞=了 滴=的 嘛=吗 麽=么 "
        "在那里领=在哪里领 那里领=哪里领 在那领=在哪领 到那里了=到哪里了 到那儿了=到哪儿了 到那了=到哪了 买那个好=买哪个好 选那个好=选哪个好 拍那个好=拍哪个好 那个更划算=哪个更划算 "
        "怎么=怎么 什么=什么 这么=这么 那么=那么 多么=多么 要么=要么 么=吗"
    )
)

_english = _any_of(
    _words(
        "u=you ur=your r=are pls=please plz=please plse=please thx=thanks tks=thanks tnx=thanks thks=thanks ty=thank+you wanna=want+to gonna=going+to gotta=got+to gimme=give+me "
        "dont=don't doesnt=doesn't didnt=didn't cant=can't cannot=can't wont=won't isnt=isn't hasnt=hasn't havent=haven't arent=aren't wasnt=wasn't couldnt=couldn't im=i'm ive=i've "
        "thats=that's whats=what's hows=how's wheres=where's whens=when's wat=what wht=what hw=how hav=have shiping=shipping shpi=ship recieve=receive recieved=received adress=address "
        "addres=address adres=address delievery=delivery delivary=delivery delivry=delivery availble=available avail=available availiable=available avaliable=available refound=refund canel=cancel "
        "cancle=cancel cancell=cancel trak=track traking=tracking oder=order ordr=order orde=order pkg=package cust=customer custmer=customer costumer=customer waranty=warranty guarentee=guarantee "
        "discont=discount disount=discount cupon=coupon coupen=coupon tmrw=tomorrow tmr=tomorrow abt=about bc=because msg=message acct=account acc=account qty=quantity n=and hep=help nd=and"
    ),
    r"(?<![\w'])",
    r"(?![\w'])",
)
_english = (_english[0], lambda match, _word=_english[1]: _word(match).replace("+", " "))  # type: ignore[misc]

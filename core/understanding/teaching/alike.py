"""How alike two lines of buyers are, and which of many belong together: product names, numbers and courtesies aside."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from core.understanding.reading.features import Floats
from core.understanding.reading.normalising import normalise
from core.understanding.reading.reading import read
from core.understanding.words.names import Names

ALIKE = 0.5
"""From which likeness on an answer given to one question is given to another."""
TOGETHER = 0.34
"""From which likeness on two missed lines are shown as one thing."""
_BY_MEANING = 0.36
"""What is taken off the likeness of two vectors: unrelated lines have about 0.4, those that ask the same 0.7 and more."""

Frequency = Callable[[str], float]

_COURTEOUS = re.compile(
    r"请问一下|请问|麻烦问下|麻烦|想问下|想问|想咨询一下|咨询一下|咨询|你好|您好|亲亲?|在吗|老板|掌柜|店家|客服|你们家?|咱们|我想|我要|我|这个|那个|这款|那款|"
    r"是不是|能不能|可不可以|可以|能|可否|是否|会不会|会|有没有|有|支持|不支持|接受|提供|给|做不做|做|怎么样|怎么弄|怎么|吗|呢|吧|啊|呀|哦|么|的|了|不|下|一下|谢谢|"
    r"(?<![a-z])(?:hi|hello|hey|please|thanks|thank you|do|does|did|can|could|would|will|is|are|you|your|i|we|me|my|it|its|the|a|an|any|"
    r"to|for|of|in|on|with|this|that|there|have|has|offer|possible|available|support|if|and|or|also|guys|just|want|like|know|wondering|about)(?![a-z'])"
)
_SIGNS = re.compile(r"[◇◆№☎¤▣◎●■□0\s\W_]+")
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z']+")


def essence(text: str, names: Names | None = None) -> str:
    """What is left of a folded line without the names of goods, numbers, colours, places and courtesies."""
    reading = read(text)
    parts, done = [], 0
    for start, end in names.find(reading.folded) if names is not None else ():
        parts.append(reading.masked(done, start))
        done = end
    masked = " ".join((*parts, reading.masked(done, len(reading.folded))))
    return " ".join(_SIGNS.sub(" ", _COURTEOUS.sub(" ", masked)).split())


def names_of(names: Iterable[str]) -> Names:
    """Names of goods, ready to be taken out."""
    return Names(normalise(name).folded for name in names)


def is_alike(question: str, words: str, names: Iterable[str] = ()) -> bool:
    """Whether two lines ask the same, as far as their words tell."""
    known = names_of(names)
    one, other = essence(question, known), essence(words, known)
    if not one or not other:
        return question.strip() == words.strip()
    return likeness(grams(one), grams(other)) >= ALIKE


def grams(essence: str, frequency: Frequency | None = None) -> dict[str, float]:
    """Chinese characters in ones to threes, English words and the letters of them all in fours; the rarer the heavier."""
    runs = _RUN.findall(essence)
    latin = "".join(run for run in runs if run[0] <= "z")
    parts = [run for run in runs if run[0] <= "z"] + [latin[at : at + 4] for at in range(len(latin) - 3)]
    for run in runs:
        if run[0] > "z":
            parts += [run[at : at + size] for size in (1, 2, 3) for at in range(len(run) - size + 1)]
    weigh = frequency or (lambda _: 1.0)
    return {part: weigh(part) * (0.5 if len(part) == 1 else 1.0) for part in parts}


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two sets of n-grams: 0 nothing in common, 1 the same."""
    if len(other) < len(one):
        one, other = other, one
    shared = sum(weight * other[gram] for gram, weight in one.items() if gram in other)
    if not shared:
        return 0.0
    sizes = sum(weight * weight for weight in one.values()) * sum(weight * weight for weight in other.values())
    return float(shared / sizes**0.5)


def together(
    essences: Sequence[str], frequency: Frequency | None = None, vectors: Floats | None = None
) -> list[list[int]]:
    """Lines that ask alike, as lists of their numbers, in the order met. `vectors` are an encoder's rows, where it is there.

    Each line joins the group it is most like on average, if it is alike enough. 400 lines take about 0.2 s.
    """
    counted = [grams(one, frequency) for one in essences]
    groups: list[list[int]] = []
    for at in range(len(essences)):
        best, place = 0.0, -1
        for number, group in enumerate(groups):
            alike = sum(_alike(at, other, essences, counted, vectors) for other in group) / len(group)
            if alike > best:
                best, place = alike, number
        if place >= 0 and best >= TOGETHER:
            groups[place].append(at)
        else:
            groups.append([at])
    return groups


def _alike(
    one: int,
    other: int,
    essences: Sequence[str],
    counted: Sequence[Mapping[str, float]],
    vectors: Floats | None,
) -> float:
    if essences[one] == essences[other]:
        return 1.0
    by_words = likeness(counted[one], counted[other])
    if vectors is None:
        return by_words
    return max(by_words, float(vectors[one] @ vectors[other]) - _BY_MEANING)

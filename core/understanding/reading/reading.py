"""A text with all that was read off it exactly, once: numbers, colours and sizes, places, carriers."""

from core.frozen import frozen
from core.understanding.reading.extracting import MASKS, Found, extract
from core.understanding.reading.normalising import Normal, normalise
from core.understanding.words.attributes import Named, attributes
from core.understanding.words.goods import goods
from core.understanding.words.lexicon import CARRIERS
from core.understanding.words.names import Names
from core.understanding.words.places import places

Sign = tuple[int, int, str]
_carriers = Names(CARRIERS)
_SPOKEN = {
    **{kind: MASKS[kind] for kind in ("link", "email", "emote", "card", "tracking", "order", "phone")},
    "hidden number": "3",
    "hidden price": "30元",
    "hidden place": "这里",
    **dict.fromkeys(("hidden order", "hidden phone", "hidden link", "hidden name"), " "),
}
"""What the encoder is given for long codes, and for what an app has hidden: it has never met our signs."""


@frozen
class Reading:
    """`signs` are what stands for names and numbers where the text is compared, `codes` only for long codes and cards."""

    normal: Normal
    folded: str
    found: tuple[Found, ...]
    named: tuple[Named, ...]
    places: tuple[tuple[str, int, int], ...]
    signs: tuple[Sign, ...]
    codes: tuple[Sign, ...]

    def masked(self, start: int, end: int) -> str:
        """A piece for n-grams and keywords: names of carriers and places, colours, sizes and numbers behind one sign each."""
        return _with(self.folded, self.signs, start, end)

    def spoken(self, start: int, end: int) -> str:
        """A piece for the encoder and for showing: only long codes are taken out."""
        return " ".join(_with(self.folded, self.codes, start, end).split())


def read(text: str, regions: tuple[str, ...] = (), called: Names | None = None, *, is_phrase: bool = False) -> Reading:
    """`called` are the names of the shop's own goods, which hide what they are made of: 保修卡套 asks for no warranty. A phrase
    is what the model is taught."""
    normal = normalise(text, is_phrase=is_phrase)
    folded = normal.folded
    found = extract(folded)
    named = attributes(folded)
    where = places(folded, regions, is_phrase=is_phrase)
    numbers = [(one.start, one.end, MASKS[one.kind] + (one.text if one.kind == "quantity" else "")) for one in found]
    own = [(start, end, "□") for start, end in called.find(folded)] if called is not None else []
    signs: list[Sign] = []
    everything = (
        *own,
        *numbers,
        *((start, end, "▣") for start, end in _carriers.find(folded)),
        *((start, end, "◎") for _, start, end in where),
        *((one.start, one.end, "●" if one.kind == "colour" else "■") for one in named),
        *((start, end, "□") for start, end in goods().find(folded) if not _is_of_money(folded, start)),
    )
    for sign in sorted(everything):
        if (not signs or sign[0] >= signs[-1][1]) and not (own and _is_part(sign, own)):
            signs.append(sign)
    codes = tuple((one.start, one.end, _SPOKEN[one.kind]) for one in found if one.kind in _SPOKEN)
    return Reading(normal, folded, found, named, tuple(where), tuple(signs), codes)


def _is_of_money(folded: str, start: int) -> bool:
    """Whether a name begins with the 钱 of 多少钱: 多少钱包邮 asks for no 钱包."""
    return folded.startswith("钱", start) and folded[start - 1 : start] in ("少", "块", "元", "毛")


def _is_part(sign: Sign, own: list[Sign]) -> bool:
    return any(start <= sign[0] and sign[1] <= end and sign[:2] != (start, end) for start, end, _ in own)


def _with(folded: str, signs: tuple[Sign, ...], start: int, end: int) -> str:
    parts: list[str] = []
    at = start
    for begin, stop, sign in signs:
        if stop <= start:
            continue
        if begin >= end:
            break
        parts += (folded[at : max(at, begin)], sign)
        at = stop
    parts.append(folded[at:end])
    return "".join(parts)

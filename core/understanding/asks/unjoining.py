"""Questions run together without a sign between them, taken apart where their own words tell two asks."""

import re

from core.asks import Heard
from core.understanding.asks.deciding import Verdict, decide
from core.understanding.asks.listing import listed
from core.understanding.model.mind import Mind
from core.understanding.reading.reading import Reading
from core.understanding.reading.splitting import Piece, looks_like_question
from core.understanding.words import lexicon

_SHORTEST = 6
_MOST_CUTS = 6
_LEFT_OVER = 3
_REST, _SURE_REST = 4, 0.75
"""Signs from which on what stands beside a taught line is read by itself, and how sure it must be."""
_LEAST = 0.6
"""How likely either side of a cut must be by its n-grams alone, unless sure words tell both, and it is but likely."""
_LEAST_TOLD = 0.35
_LEAST_ANYWHERE = 0.8
"""The same where the cut is at no turn of phrase that opens a question: then sure words must tell both as well."""
_MOST_TRIALS = 40
_NEVER_LAST = "(?<= my)|(?<= your)|(?<= the)|(?<= a)|(?<= an)|(?<= this)|(?<= that)|(?<= these)|(?<= those)"
_ONE_QUESTION = re.compile(
    f"(?<=[天久候])(?=[能会可才])| (?=(?:my|your|the|an?|this|that|these|those|it|them)(?![a-z]))|(?:{_NEVER_LAST}) "
)
"""几天能到 is one question, and so is "when do i get my refund"."""
_OPENERS = frozenset("how when what where which who why".split())
"""Words that open a question: behind them it is never cut."""
_OPENS = re.compile(r"(?<![a-z])how (?:long|much|many|soon|often|big|far|fast)$")
"""Neither is it behind these: how long will it take."""
_ONLY_A_NUMBER = re.compile(
    r"\W*(?:(?:for|at|of|with|about|just|only|the|开|按|写|给|的)\s*)*(?:0|¤)\W*(?:(?:then|please|thanks|ok|的|吧|块|元)\W*)*"
)
"""An invoice for 28 names no price to haggle for."""
_QUIET = frozenset({"other", "greeting", "thanks_bye", "praise"})
_CUT = re.compile(
    r"(?<=[吗呢吧了呀啊么])(?<!干吗)(?=[\u3400-\u9fff]{2})|(?<=人工)(?=[\u3400-\u9fff]{3})|(?<![给我退要是需得赔补付花差收扣减返到有共计])(?=多少)|"
    r"(?=什么时候|(?<![不天久候])能[发送寄到用便开退换改]|可以|包邮|怎么|能不能|可不可以|有没有|请问|几天|还有|是不是|发什么|为什么|哪|多久|要多久|我要|我想|帮我|麻烦)|"
    r"(?<=[a-z?]) (?=(?:and|but|how|when|what|where|which|can|could|do|does|will|would|i want|i need|please)\b(?!.{0,3}$))"
)


def unjoined(verdict: Verdict, reading: Reading, heard: Heard, mind: Mind) -> list[Verdict]:
    """The verdict itself, or two where a cut gives two different asks, each clear on its own, or one for each noun of a list.

    The cut is sought with the n-grams alone, which is cheap; the two pieces are then decided as any other.
    """
    piece = verdict.piece
    if verdict.source == "taught":
        return _with_what_stands_beside(verdict, reading, heard, mind)
    if several := listed(reading.folded[piece.start : piece.end]):
        return [Verdict(piece, ask, 0.9, "rule", "asks named one after the other") for ask in several]
    if piece.end - piece.start < _SHORTEST or (verdict.source == "rule" and not verdict.ask):
        return [verdict]
    told = lexicon.sure(lexicon.words(reading.masked(piece.start, piece.end)), mind.model.trusted).keys() - _QUIET
    both, cut = _best_cut(_cuts(piece, reading), piece, reading, mind, told)
    if both < _LEAST_ANYWHERE and len(told) > 1:
        cut = _best_cut(_anywhere(piece, reading), piece, reading, mind, told, _LEAST_ANYWHERE)[1] or cut
    if not cut or any(
        _ONLY_A_NUMBER.fullmatch(reading.masked(*side)) for side in ((piece.start, cut), (cut, piece.end))
    ):
        return [verdict]
    first = decide(_piece(reading.folded, piece.start, cut), reading, heard, mind)
    second = decide(_piece(reading.folded, cut, piece.end, piece.is_question), reading, heard, mind, first.ask)
    sides = [first, second]
    asks = [one.ask for one in sides]
    return sides if all(asks) and asks[0] != asks[1] else [verdict]


def _with_what_stands_beside(verdict: Verdict, reading: Reading, heard: Heard, mind: Mind) -> list[Verdict]:
    """A taught line, and what the rest of its piece asks for sure: 代发运费多少."""
    piece = verdict.piece
    taught = mind.taught.find(reading.folded[piece.start : piece.end])
    if taught is None or taught.is_whole:
        return [verdict]
    found = [verdict]
    for start, end in ((piece.start, piece.start + taught.start), (piece.start + taught.end, piece.end)):
        part = _piece(reading.folded, start, end)
        if part.end - part.start < _REST or not looks_like_question(reading.folded[part.start : part.end]):
            continue
        other = decide(part, reading, heard, mind)
        if other.ask and other.ask not in (verdict.ask, *_QUIET) and other.confidence >= _SURE_REST:
            found.insert(len(found) if start > piece.start else 0, other)
    return found


def _cuts(piece: Piece, reading: Reading) -> list[int]:
    inside = {at for one in reading.found for at in range(one.start + 1, one.end)}
    return [
        match.start()
        for match in _CUT.finditer(reading.folded, piece.start + 2, piece.end)
        if match.start() not in inside
        and piece.end - match.start() >= _LEFT_OVER
        and reading.folded[piece.start : match.start()].rsplit(" ", 1)[-1] not in _OPENERS
        and _OPENS.search(reading.folded[piece.start : match.start()]) is None
    ][:_MOST_CUTS]


def _best_cut(
    cuts: list[int], piece: Piece, reading: Reading, mind: Mind, told: set[str], anywhere: float = 0.0
) -> tuple[float, int]:
    """How likely the best cut makes both of two different asks, and where it is; (0, 0) where there is none.

    `anywhere` is how likely both must be besides being told by sure words.
    """
    best: tuple[float, int] = (0.0, 0)
    for cut in cuts:
        left = _likely(piece.start, cut, reading, mind)
        least = _LEAST_TOLD if left[0] in told else _LEAST
        if left[0] in _QUIET or left[1] < max(best[0], anywhere or least):
            continue
        right = _likely(cut, piece.end, reading, mind)
        both, asks = min(left[1], right[1]), {left[0], right[0]}
        least = anywhere or (_LEAST_TOLD if asks <= told else _LEAST)
        if len(asks) == 2 and right[0] not in _QUIET and both >= max(least, best[0]) and (not anywhere or asks <= told):
            best = (both, cut)
    return best


def _anywhere(piece: Piece, reading: Reading) -> list[int]:
    """Every place between two words, or two Chinese characters, that leaves something on either side; not beside goods, of
    which the words in front say what kind: 防水桌布有货吗."""
    folded = reading.folded
    inside = {at for one in reading.found for at in range(one.start + 1, one.end)}
    inside |= {at for start, end, _ in reading.signs for at in range(start + 1, end)}
    inside |= {at for start, end, sign in reading.signs if sign == "□" for at in (start, end)}
    inside |= {match.start() for match in _ONE_QUESTION.finditer(folded, piece.start, piece.end)}
    return [
        at
        for at in range(piece.start + 2, piece.end - 1)
        if at not in inside and (folded[at] == " " or (folded[at] >= "\u3400" and folded[at - 1] >= "\u3400"))
    ][:_MOST_TRIALS]


def _likely(start: int, end: int, reading: Reading, mind: Mind) -> tuple[str, float]:
    """The likeliest ask of a stretch by its n-grams, and how likely it is."""
    chances = mind.pieces.glance(reading.masked(start, end), mind.model).chances
    best = int(chances.argmax())
    return mind.model.asks[best], float(chances[best])


def _piece(folded: str, start: int, end: int, is_question: bool = False) -> Piece:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return Piece(start, end, is_question or looks_like_question(folded[start:end]))

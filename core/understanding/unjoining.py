"""Questions run together without a sign between them, taken apart where their own words tell two asks."""

import re

from core.asks import Heard
from core.understanding import lexicon
from core.understanding.deciding import Verdict, decide
from core.understanding.mind import Mind
from core.understanding.reading import Reading
from core.understanding.splitting import Piece, looks_like_question

_SHORTEST = 8
_MOST_CUTS = 4
_CUT = re.compile(
    r"(?<=[吗呢吧了呀啊])(?<!干吗)(?=[\u3400-\u9fff]{2})|(?<![给我退要是需得赔补付花差收扣减返到有共计])(?=多少)|(?=什么时候|能[发送寄到用便开退换改]|可以|包邮|怎么|能不能|可不可以|有没有|请问|几天|还有|是不是|发什么|为什么|哪)|(?<=[a-z?]) (?=(?:and|but|how|when|what|where|can|do|does|will|would|which)\b(?!.{0,3}$))"
)


def unjoined(verdict: Verdict, reading: Reading, heard: Heard, mind: Mind) -> list[Verdict]:
    """The verdict itself, or two where a cut gives two different asks, each clear on its own."""
    piece = verdict.piece
    if piece.end - piece.start < _SHORTEST or verdict.source in ("rule", "taught"):
        return [verdict]
    folded = reading.folded
    told = lexicon.sure(lexicon.words(reading.masked(piece.start, piece.end)), mind.model.trusted)
    if len([ask for ask in told if ask not in ("other", "greeting", "thanks_bye", "praise")]) < 2:
        return [verdict]
    inside = {at for one in reading.found for at in range(one.start + 1, one.end)}
    cuts = [
        match.start()
        for match in _CUT.finditer(folded, piece.start + 2, piece.end)
        if match.start() not in inside and piece.end - match.start() >= 3
    ]
    best: list[Verdict] = [verdict]
    score = verdict.confidence if verdict.ask else 0.0
    for cut in cuts[:_MOST_CUTS]:
        left = decide(_piece(folded, piece.start, cut), reading, heard, mind)
        right = decide(_piece(folded, cut, piece.end, piece.is_question), reading, heard, mind)
        if (
            left.ask
            and right.ask
            and left.ask != right.ask
            and {left.ask, right.ask} <= set(told)
            and min(left.confidence, right.confidence) > score - 0.3
        ):
            both = min(left.confidence, right.confidence)
            if len(best) == 1 or both > min(one.confidence for one in best):
                best = [left, right]
    return best


def _piece(folded: str, start: int, end: int, is_question: bool = False) -> Piece:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return Piece(start, end, is_question or looks_like_question(folded[start:end]))

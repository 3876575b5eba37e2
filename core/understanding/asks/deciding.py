"""One piece of a message: which ask it is, or nothing, or a doubt."""

from core.asks import TO_A_PERSON, Heard
from core.frozen import frozen
from core.language import has_han
from core.understanding.asks import context, rules
from core.understanding.asks.echoing import echoed
from core.understanding.asks.naming import requests
from core.understanding.goods import products
from core.understanding.goods.several import OF_EACH, is_only_goods
from core.understanding.model.mind import Mind
from core.understanding.model.thresholds import MARGIN
from core.understanding.reading.extracting import overlapping
from core.understanding.reading.reading import Reading
from core.understanding.reading.splitting import Piece, looks_like_request
from core.understanding.words import lexicon
from core.understanding.words.lexicon_not import ruled_out

_SURE_ALREADY = 0.9
"""From here on the n-grams alone decide, and the encoder is not asked."""
_THINKABLE = 0.02
"""An ask less likely than this changes nothing, and need not be ruled out."""
_NOTHING, _NOTHING_ASKED = 0.5, 0.6
"""How likely a piece, and one that looks like a question, must be of no ask to be passed over."""
_MAYBE = 0.15
_MANY = 3
_LEAST, _LEAST_STATED = 0.3, 0.5
_WITH_VECTOR = {"zh": 0.2, "en": 0.0}
"""How likely the model must think an ask that keywords tell, in a question and in a statement, and how much more where the
encoder has had its say."""
_RIVAL = 0.6
_WITHOUT_WORDS, _STATED_WITHOUT_WORDS = 0.75, 0.93
_SURER, _SURER_WITHOUT_WORDS = 0.05, 0.8
"""Where the encoder has its say in Chinese, it is surer of what is wrong as well: found on the half of the rows that is looked at."""
_STATED, _FLOOR = 0.85, 0.4
_ASKED = {"zh": 0.05, "en": 0.1}
"""A statement must be clearer than the phrases tell, a question or a request less so: buyers tell much that only sounds like
an ask, which phrases never do."""
_TOLD_BY_NATURE = frozenset({"complaint", "damaged", "missing_item", "praise"})
"""Asks that are stated more often than asked."""
_NEEDS_A_WORD = frozenset({"order_status"})
"""Asks named after a word that every talk of a purchase holds: without a sure turn of phrase they are not believed."""
_KEYWORD_ALONE = 0.6
_NO_KEYWORD = frozenset({"other", "greeting", "thanks_bye", "praise"})


_NOT_BY_NAME = frozenset({"missing_item", "damaged", "complaint", "special_request", "return_exchange"})
"""Asks that no bare name and number ask: and one apron in black."""
_SIBLINGS = {
    "order_status": ("track",),
    "track": ("order_status", "ship_eta"),
    "ship_eta": ("track",),
    "promo": ("haggle",),
    "haggle": ("promo",),
}
_OWN_PART = 0.4


@frozen
class Verdict:
    """`ask` is "" where nothing is asked; `maybe` and `is_doubt` where something may be. `also` are further pieces that ask
    the same; `before` asks that the piece asks as well, ahead of this one."""

    piece: Piece
    ask: str = ""
    confidence: float = 0.0
    source: str = "model"
    why: str = ""
    adds: str = ""
    is_doubt: bool = False
    maybe: tuple[str, ...] = ()
    also: tuple[Piece, ...] = ()
    before: tuple[str, ...] = ()


def decide(piece: Piece, reading: Reading, heard: Heard, mind: Mind, said: str = "") -> Verdict:
    """What one piece asks. Rules and taught lines first, then the model with the keywords, then what was said before.

    `said` is the ask before it in the same message, which goes before what was asked earlier.
    """
    words = reading.folded[piece.start : piece.end]
    taught = mind.taught.find(words)
    if taught is not None:
        verdict = Verdict(piece, "" if taught.ask == "other" else taught.ask, 1.0, "taught", f"taught: {taught.line}")
        return verdict if taught.is_whole else _of_a_person(verdict, reading, heard, mind)
    denied = mind.taught.denies(words)
    masked = reading.masked(piece.start, piece.end)
    held = rules.rule(words, masked, tuple(overlapping(reading.found, piece.start, piece.end)), heard)
    if held is not None and held.ask not in denied:
        return Verdict(piece, "" if held.ask == "other" else held.ask, 1.0, "rule", held.name, held.adds)
    before = Heard(last_ask=said) if said else heard
    is_of_arriving = bool(reading.places) or context.asks_sooner(reading.folded[piece.end :])
    for ask, name in (
        (context.bare_amount(words, before), "a bare number"),
        (context.so_many(words, before) if piece.is_question and not said else "", "so many of it"),
        (context.bare_wait(words, before, is_of_arriving), "how long, after what was said"),
        (context.who_pays(words, before), "the postage of a return"),
        (context.sooner(words, reading.folded[: piece.start], before), "sooner, after what was said"),
    ):
        if ask and ask not in denied:
            return Verdict(piece, ask, 0.8, "context", name)
    if said and context.is_only_measured(words):
        return Verdict(piece, "", 1.0, "rule", "says how large")
    again = context.same_again(words, before)
    if not said and context.tells_size(words) and heard.last_products and heard.last_ask in OF_EACH:
        again = heard.last_ask
    if again and said and not _names_another(piece, reading, mind):
        again = ""
    too = context.asked_too(again, heard) if again and not said else ()
    if again and again not in OF_EACH and not said and OF_EACH.isdisjoint(too):
        is_variant = context.is_of_any_goods(again) and heard.last_products and _names_another(piece, reading, mind)
        if is_variant or _names_goods(piece, reading, mind):
            again, too = "stock", ()  # other goods, behind a talk of parcels: 那斜挎包呢
    verdict = _by_model(piece, reading, masked, mind, denied)
    if again and (not verdict.ask or (verdict.source == "model" and verdict.confidence < 0.7)) and again not in denied:
        return Verdict(piece, again, 0.7, "context", f"asks {again} again for another", before=too)
    if said in OF_EACH and not verdict.ask and said not in denied and is_only_goods(masked):
        return Verdict(piece, said, 0.7, "context", f"asks {said} of this too")
    if verdict.is_doubt and (requests(words) or context.is_of_another(words)) and _names_goods(piece, reading, mind):
        return Verdict(piece, "", 1.0, "model", "wishes for goods")
    if verdict.ask in _NOT_BY_NAME and not piece.is_question and is_only_goods(masked, in_order=True):
        return Verdict(piece, "", 1.0, "model", "only names goods")
    return verdict


def _names_another(piece: Piece, reading: Reading, mind: Mind) -> bool:
    """Whether a piece names goods of the catalogue, or a colour or size: "and the lamp?" behind another ask."""
    if any(piece.start <= one.start < piece.end for one in reading.named):
        return True
    return mind.index is not None and products.find(reading.folded[piece.start : piece.end], mind.index).family >= 0


def _names_goods(piece: Piece, reading: Reading, mind: Mind) -> bool:
    """Whether a piece names goods of the catalogue."""
    if mind.index is None or any(piece.start <= start < piece.end for _, start, _ in reading.places):
        return False
    match = products.find(reading.folded[piece.start : piece.end], mind.index)
    return match.family >= 0 or bool(match.choices)


def _of_a_person(verdict: Verdict, reading: Reading, heard: Heard, mind: Mind) -> Verdict:
    """A piece that holds a taught line and more. Anger and a wish for a person are heard, whatever was taught."""
    piece = verdict.piece
    words, masked = reading.folded[piece.start : piece.end], reading.masked(piece.start, piece.end)
    held = rules.rule(words, masked, tuple(overlapping(reading.found, piece.start, piece.end)), heard)
    if held is not None and held.ask in TO_A_PERSON:
        return Verdict(piece, held.ask, 1.0, "rule", held.name, held.adds)
    by_model = _by_model(piece, reading, masked, mind, frozenset())
    return by_model if by_model.ask in TO_A_PERSON else verdict


def _by_model(piece: Piece, reading: Reading, masked: str, mind: Mind, denied: frozenset[str]) -> Verdict:
    model = mind.model
    folded = reading.folded
    matches, row, alone = mind.pieces.glance(masked, model)
    with_vector = mind.vectors is not None and model.dense is not None and float(alone.max()) < _SURE_ALREADY
    if with_vector and mind.vectors is not None:
        alone = model.chances(row, mind.vectors.of(reading.spoken(piece.start, piece.end)))
    chances = dict(zip(model.asks, alone.tolist(), strict=True))
    sure = lexicon.sure(matches, model.trusted)
    thinkable = {ask for ask, chance in chances.items() if chance >= _THINKABLE} | sure.keys()
    for ask in denied | ruled_out(folded[piece.start : piece.end], thinkable):
        if ask in chances:
            chances[ask] = 0.0
        sure.pop(ask, None)
    best = max(chances, key=chances.__getitem__)
    chance = chances[best]
    # What is split between two asks that one answer serves is not unclear.
    near = sum(chances.get(ask, 0.0) for ask in _SIBLINGS.get(best, ())) if chance >= _OWN_PART else 0.0
    passed = (best, *_SIBLINGS.get(best, ())) if near else (best,)
    second = max((other for ask, other in chances.items() if ask not in passed), default=0.0)
    language = "zh" if has_han(masked) else "en"
    is_surer = with_vector and language == "zh"
    least = model.threshold(best, language, with_vector=with_vector) + (_SURER if is_surer else 0)
    if _asks_outright(piece, folded):
        least = max(_FLOOR, least - _ASKED[language])
    elif best not in _TOLD_BY_NATURE:
        least = max(least, _STATED)
    if best in _NEEDS_A_WORD and language == "zh" and best not in sure:
        least = 2.0
    elif not any(one.ask == best for one in matches):
        # An ask none of whose own words were met must be very clear.
        is_plain = piece.is_question and not is_surer
        least = max(least, _WITHOUT_WORDS if is_plain or language == "en" else _SURER_WITHOUT_WORDS)
        if language == "zh" and not _asks_outright(piece, folded):
            least = max(least, _STATED_WITHOUT_WORDS)
    if best != "other" and best in model.sure_of and chance + near >= least and chance - second >= MARGIN:
        return Verdict(piece, best, min(1.0, chance + near), "model")
    told = _told(piece, folded, mind, chances, sure, _WITH_VECTOR[language] if with_vector else 0.0)
    if told:
        return Verdict(piece, told, max(chances[told], _KEYWORD_ALONE), "keyword")
    is_sayable = best not in _NO_KEYWORD | _NEEDS_A_WORD and best in model.sure_of
    if with_vector and is_sayable and (surer := echoed(best, chances, piece, reading, mind)):
        return Verdict(piece, best, max(chance, surer), "model")
    return _unsure(piece, chances, sure)


def _told(piece: Piece, folded: str, mind: Mind, chances: dict[str, float], sure: dict[str, int], more: float) -> str:
    """The one ask that sure keywords tell in a question or a request, where the model neither rules it out nor is set on another."""
    asks = [ask for ask in sure if ask not in _NO_KEYWORD]
    if len(asks) != 1 or asks[0] not in mind.model.sure_of:
        return ""
    rival = max(chance for ask, chance in chances.items() if ask not in (asks[0], "other"))
    if rival >= _RIVAL or chances[asks[0]] < more + (_LEAST if _asks_outright(piece, folded) else _LEAST_STATED):
        return ""
    return asks[0]


def _asks_outright(piece: Piece, folded: str) -> bool:
    return piece.is_question or looks_like_request(folded[piece.start : piece.end])


def _unsure(piece: Piece, chances: dict[str, float], sure: dict[str, int]) -> Verdict:
    other = chances["other"]
    likeliest = sorted(chances, key=chances.__getitem__, reverse=True)[: _MANY + 1]
    maybe = tuple(ask for ask in likeliest if chances[ask] >= _MAYBE and ask not in _NO_KEYWORD)[:_MANY]
    strongest = max((chances[ask] for ask in maybe), default=0.0)
    told = {ask for ask in sure if ask not in _NO_KEYWORD}
    nothing = _NOTHING_ASKED if piece.is_question else _NOTHING
    if other >= nothing and not (piece.is_question and (told or strongest >= 0.25)):
        return Verdict(piece, "", other, "model", "asks nothing")
    if maybe and (strongest >= 0.25 or piece.is_question):
        return Verdict(piece, "", strongest, is_doubt=True, maybe=maybe)
    if piece.is_question and other < 0.8:
        return Verdict(piece, "", other, is_doubt=True)
    return Verdict(piece, "", other, "model", "asks nothing")

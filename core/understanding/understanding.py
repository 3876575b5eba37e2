"""The whole way: a buyer's text to what it asks, with product and details, in the order asked."""

from collections.abc import Sequence
from dataclasses import replace

from core.asks import Ask, Details, Doubt, Heard, Understanding
from core.language import language as language_of
from core.language import script as script_of
from core.understanding import context, products, rules
from core.understanding.attributes import Named, attributes
from core.understanding.deciding import Verdict, decide
from core.understanding.details import details
from core.understanding.extracting import Found, extract
from core.understanding.mind import Mind
from core.understanding.normalising import Normal, normalise
from core.understanding.splitting import Piece, split
from core.understanding.telling import without_story
from core.understanding.unjoining import unjoined

_POLITE = frozenset({"greeting", "thanks_bye"})


def understand(text: str, heard: Heard, mind: Mind) -> Understanding:
    """What one message, or one turn of several lines, asks. Never raises, whatever the text holds; never guesses."""
    normal = normalise(text)
    found = extract(normal.folded)
    named = attributes(normal.folded)
    pieces = split(normal.folded, found)
    verdicts = [
        verdict
        for piece in pieces
        for verdict in unjoined(decide(piece, normal.folded, found, heard, mind), normal.folded, found, heard, mind)
    ]
    verdicts = without_story(_whole_line(verdicts, normal, found, heard, mind), normal.folded)
    told = _merged([one for one in verdicts if one.ask])
    doubts = [one for one in verdicts if one.is_doubt]
    asked = [one for one in told if one.ask not in _POLITE]
    told = asked if asked or doubts else told[-1:]
    asks = tuple(_ask(one, verdicts, normal, found, named, heard, mind) for one in told)
    whole = details(normal.folded, found, named, 0, len(normal.folded), mind.regions)
    alarm = rules.alarm(normal.folded)
    return Understanding(
        language_of(normal.text) or heard.language or "zh",
        script_of(normal.text) or heard.script,
        asks,
        tuple(_doubt(one, normal) for one in doubts),
        bool(alarm) or any(one.name in ("human", "complaint") for one in asks),
        alarm,
        whole,
    )


def _whole_line(
    verdicts: list[Verdict], normal: Normal, found: tuple[Found, ...], heard: Heard, mind: Mind
) -> list[Verdict]:
    """A short line cut in pieces none of which asks may ask as a whole: 我想取消, 可以吗."""
    if len(verdicts) < 2 or any(one.ask and one.ask not in _POLITE for one in verdicts):
        return verdicts
    start, end = verdicts[0].piece.start, verdicts[-1].piece.end
    if end - start > 80:
        return verdicts
    whole = decide(Piece(start, end, any(one.piece.is_question for one in verdicts)), normal.folded, found, heard, mind)
    return [whole] if whole.ask and whole.ask not in _POLITE else verdicts


def _merged(told: Sequence[Verdict]) -> list[Verdict]:
    """One verdict per ask: pieces that ask the same are one ask, over both spans where they are neighbours."""
    merged: list[Verdict] = []
    for one in told:
        at = next((at for at, before in enumerate(merged) if before.ask == one.ask), None)
        if at is None:
            merged.append(one)
            continue
        before = merged[at]
        neighbours = at == len(merged) - 1
        strongest = max(before, one, key=lambda verdict: verdict.confidence)
        piece = Piece(before.piece.start, one.piece.end, True) if neighbours else before.piece
        merged[at] = replace(strongest, piece=piece, adds=before.adds or one.adds)
    return merged


def _ask(
    verdict: Verdict,
    verdicts: Sequence[Verdict],
    normal: Normal,
    found: tuple[Found, ...],
    named: tuple[Named, ...],
    heard: Heard,
    mind: Mind,
) -> Ask:
    start, end = verdict.piece.start, verdict.piece.end
    lent = [(start, end), *((one.piece.start, one.piece.end) for one in _neighbours(verdict, verdicts))]
    facts = details(normal.folded, found, named, start, end, mind.regions)
    for from_, to in lent[1:]:
        facts = _lent(facts, details(normal.folded, found, named, from_, to, mind.regions))
    if verdict.adds:
        facts = replace(
            facts, photos=facts.photos or verdict.adds == "photos", opening_hours=verdict.adds == "opening_hours"
        )
    skus, unsure = ((), ()) if verdict.adds == "opening_hours" else _products(verdict, lent, normal, named, heard, mind)
    return Ask(
        verdict.ask,
        round(verdict.confidence, 3),
        normal.span(start, end),
        skus,
        unsure,
        details=facts,
        source=verdict.source,
        why=verdict.why,
    )


def _neighbours(verdict: Verdict, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Pieces that ask nothing themselves, nearest first: they lend their product words and details to an ask."""
    idle = [one for one in verdicts if (not one.ask and not one.is_doubt) or one.ask in _POLITE]
    return sorted(
        idle, key=lambda one: min(abs(one.piece.start - verdict.piece.end), abs(verdict.piece.start - one.piece.end))
    )


def _products(
    verdict: Verdict,
    lent: Sequence[tuple[int, int]],
    normal: Normal,
    named: tuple[Named, ...],
    heard: Heard,
    mind: Mind,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if mind.index is None:
        return (), ()
    is_named = False
    best: products.Match | None = None
    for start, end in lent:
        match = products.find(normal.folded[start:end], mind.index)
        is_named = is_named or match.is_named
        if match.family >= 0:
            return _variants(mind.index, mind.index.families[match.family], lent, normal, named), ()
        best = best or (match if match.choices else None)
    if best is None:
        match = products.find(normal.folded, mind.index)
        if match.family >= 0 and len(lent) == 1:
            return _variants(
                mind.index, mind.index.families[match.family], [*lent, (0, len(normal.folded))], normal, named
            ), ()
    here = normal.folded[verdict.piece.start : verdict.piece.end]
    needs = verdict.ask in context.NEEDS_PRODUCT
    last = tuple(sku for sku in heard.last_products if sku in mind.index.variants)
    if last and not (is_named and best is None) and (context.points_back(here) or (needs and best is None)):
        family = next((one for one in mind.index.families if last[0] in one), last)
        wider = family if any(start <= one.start < end for one in named for start, end in lent) else last
        return _variants(mind.index, wider, lent, normal, named), ()
    if best is not None:
        return (), tuple(_first(mind.index, family, lent, normal, named) for family in best.choices) if needs else ()
    if needs and not is_named and len(mind.index) == 1:
        return _variants(mind.index, mind.index.families[0], lent, normal, named), ()
    return (), ()


def _variants(
    index: products.Index,
    skus: Sequence[str],
    lent: Sequence[tuple[int, int]],
    normal: Normal,
    named: tuple[Named, ...],
) -> tuple[str, ...]:
    own = [one for one in named if any(start <= one.start < end for start, end in lent)]
    return products.variants_of(index, skus, " ".join(normal.folded[start:end] for start, end in lent), own)


def _first(
    index: products.Index, family: int, lent: Sequence[tuple[int, int]], normal: Normal, named: tuple[Named, ...]
) -> str:
    return _variants(index, index.families[family], lent, normal, named)[0]


def _lent(own: Details, other: Details) -> Details:
    """`own` with what only the neighbour says."""
    changes = {
        name: getattr(other, name)
        for name in (
            "quantity",
            "amount",
            "currency",
            "destination",
            "order_no",
            "tracking_no",
            "phone",
            "day",
            "wanted",
            "unwanted",
        )
        if not getattr(own, name) and getattr(other, name)
    }
    return replace(own, original_only=own.original_only or other.original_only, **changes)


def _doubt(verdict: Verdict, normal: Normal) -> Doubt:
    start, end = normal.span(verdict.piece.start, verdict.piece.end)
    return Doubt(normal.text[start:end], (start, end), verdict.maybe)

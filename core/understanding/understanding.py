"""The whole way: a buyer's text to what it asks, with product and details, in the order asked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.asks import COURTESIES, TO_A_PERSON, Ask, Details, Doubt, Heard, Understanding
from core.language import is_of_any_language
from core.language import language as language_of
from core.language import script as script_of
from core.understanding.asks import context, rules
from core.understanding.asks.beside import beside, last_said
from core.understanding.asks.counting import bought, counted_before_names
from core.understanding.asks.deciding import Verdict, decide
from core.understanding.asks.details import details
from core.understanding.asks.meaning import Meant, meant_by, of_its_kind
from core.understanding.asks.telling import without_story
from core.understanding.asks.topic import resumed
from core.understanding.asks.turns_of_phrase import is_angry
from core.understanding.asks.unjoining import unjoined
from core.understanding.goods.products import find
from core.understanding.goods.several import listed_before, places
from core.understanding.model.mind import Mind
from core.understanding.reading.reading import Reading, read
from core.understanding.reading.splitting import Piece, looks_like_request, split

_ADDED = frozenset(("photos", "opening_hours", "sent_from", "how_many", "cheaper", "kinds"))
_SHORT = 80


def understand(text: str, heard: Heard, mind: Mind) -> Understanding:
    """What one message, or one turn of several lines, asks. Never raises, whatever the text holds; never guesses."""
    return mind.remembered.of(text, heard, lambda heard: _understood(text, heard, mind))


def _understood(text: str, heard: Heard, mind: Mind) -> Understanding:
    reading = read(text, mind.regions, mind.index.called if mind.index is not None else None)
    if is_angry(text):
        return Understanding(heard.language or "zh", heard.script, (_angry(text),), handover=True)
    verdicts: list[Verdict] = []
    for piece in mind.taught.joined(split(reading.folded, reading.found), reading.folded):
        verdicts += unjoined(decide(piece, reading, heard, mind, last_said(verdicts)), reading, heard, mind)
    verdicts = resumed(_whole_line(verdicts, reading, heard, mind), reading, heard, mind)
    verdicts = beside(without_story(verdicts, reading.folded), reading.folded)
    told = _merged([each for one in verdicts if one.ask for each in _asked_at_once(one)])
    if any(one.ask not in COURTESIES for one in told):
        # Beside an ask, a line that neither asks nor demands only lends its words to it: 那个蓝色的.
        verdicts = [
            one if not one.is_doubt or _speaks_up(one, reading) else replace(one, is_doubt=False) for one in verdicts
        ]
    doubts = [one for one in verdicts if one.is_doubt]
    asked = [one for one in told if one.ask not in COURTESIES]
    told = asked if asked or doubts else told[-1:]
    asks = _asks(told, verdicts, reading, heard, mind)
    alarm = rules.alarm(reading.folded)
    return Understanding(
        language=_language(reading.normal.text, heard),
        script=script_of(reading.normal.text) or heard.script,
        asks=asks,
        doubts=tuple(_doubt(one, reading, heard, mind) for one in doubts),
        handover=bool(alarm) or any(one.name in TO_A_PERSON for one in asks),
        alarm=alarm,
        details=details(reading, 0, len(reading.folded)),
        dismissed=bool(verdicts) and all(one.source == "taught" and not one.ask for one in verdicts),
    )


def _angry(text: str) -> Ask:
    return Ask("complaint", 0.9, (0, len(text)), source="rule", why="signs of anger")


def _whole_line(verdicts: list[Verdict], reading: Reading, heard: Heard, mind: Mind) -> list[Verdict]:
    """A short line cut in pieces none of which asks may ask as a whole: 我想取消, 可以吗. Not where a piece denies a wish."""
    if len(verdicts) < 2 or any((one.ask and one.ask not in COURTESIES) or one.why == rules.DENIED for one in verdicts):
        return verdicts
    start, end = verdicts[0].piece.start, verdicts[-1].piece.end
    if end - start > _SHORT:
        return verdicts
    whole = decide(Piece(start, end, any(one.piece.is_question for one in verdicts)), reading, heard, mind)
    return [whole] if whole.ask and whole.ask not in COURTESIES else verdicts


def _speaks_up(doubt: Verdict, reading: Reading) -> bool:
    return doubt.piece.is_question or looks_like_request(reading.folded[doubt.piece.start : doubt.piece.end])


def _asked_at_once(verdict: Verdict) -> list[Verdict]:
    """A verdict for each ask of a piece that asks several: 藏青的呢, behind 有货吗，什么时候发货."""
    return [*(replace(verdict, ask=ask, before=()) for ask in verdict.before), verdict]


def _merged(told: Sequence[Verdict]) -> list[Verdict]:
    """One verdict per ask: pieces that ask the same are one ask, over both spans where they are neighbours."""
    merged: list[Verdict] = []
    for one in told:
        at = next((at for at, before in enumerate(merged) if before.ask == one.ask), None)
        if at is None:
            merged.append(one)
            continue
        before = merged[at]
        strongest = max(before, one, key=lambda verdict: verdict.confidence)
        if at == len(merged) - 1 and not before.also:
            piece, also = Piece(before.piece.start, one.piece.end, True), before.also
        else:
            piece, also = before.piece, (*before.also, one.piece)
        merged[at] = replace(strongest, piece=piece, also=also, adds=before.adds or one.adds)
    return merged


def _asks(
    told: Sequence[Verdict], verdicts: Sequence[Verdict], reading: Reading, heard: Heard, mind: Mind
) -> tuple[Ask, ...]:
    """Each ask in turn, once for each of the goods it names. What this message has named by then goes before what was
    spoken of earlier; and where it speaks of other goods, that is meant only by an ask that points back at it."""
    asks = _in_turn(told, verdicts, reading, heard, mind, heard)
    if any(ask.unsure or ask.named for ask in asks) and heard.last_products:
        asks = _in_turn(told, verdicts, reading, heard, mind, Heard())
    return asks


def _in_turn(
    told: Sequence[Verdict],
    verdicts: Sequence[Verdict],
    reading: Reading,
    pointed_at: Heard,
    mind: Mind,
    otherwise: Heard,
) -> tuple[Ask, ...]:
    """The asks. What was spoken of before is in `pointed_at` for those that point back, in `otherwise` for the rest."""
    asks: list[Ask] = []
    spoken_of: dict[str, None] = {}
    for one in told:
        own = [(piece.start, piece.end) for piece in (one.piece, *one.also)]
        idle = [(each.piece.start, each.piece.end) for each in _neighbours(one, verdicts)]
        named = [*listed_before(idle, own[0], reading), *own]
        is_same = pointed_at is otherwise or context.points_back(reading.folded[one.piece.start : one.piece.end])
        heard = pointed_at if is_same else otherwise
        several = places(one.ask, named, reading, mind.index) if not one.adds else ()
        found = (
            _each(one, several, own, reading, heard, mind)
            if several
            else _ask(one, [*own, *idle], reading, heard, mind, tuple(spoken_of))
        )
        if one.ask in context.NEEDS_PRODUCT and not any(ask.products or ask.unsure or ask.named for ask in found):
            # What is in doubt may name what the rest is about: are these earbuds any good, and how long do they last?
            doubted = _in_doubt(verdicts, reading, mind)
            found = _ask(one, [*own, *doubted], reading, heard, mind, tuple(spoken_of)) if doubted else found
        asks += found
        spoken_of.update((sku, None) for ask in found for sku in ask.products)
    return tuple(asks)


def _in_doubt(verdicts: Sequence[Verdict], reading: Reading, mind: Mind) -> list[tuple[int, int]]:
    """The pieces in doubt that name one thing of the catalogue."""
    spans = [(one.piece.start, one.piece.end) for one in verdicts if one.is_doubt] if mind.index is not None else []
    return [span for span in spans if mind.index and find(reading.folded[slice(*span)], mind.index).is_one]


def _each(
    verdict: Verdict,
    several: Sequence[tuple[int, int]],
    own: Sequence[tuple[int, int]],
    reading: Reading,
    heard: Heard,
    mind: Mind,
) -> list[Ask]:
    """The ask of each of several things; a part that only names a colour is of the thing before it."""
    found: list[Ask] = []
    for place in several:
        before = found[-1].products if found else ()
        found += [_worded(ask, own, reading) for ask in _ask(verdict, [place], reading, heard, mind, before)]
    return found


def _ask(
    verdict: Verdict,
    spans: Sequence[tuple[int, int]],
    reading: Reading,
    heard: Heard,
    mind: Mind,
    spoken_of: tuple[str, ...],
) -> list[Ask]:
    """The ask, of all goods that it means. `spans` are its own, then those that lend it words."""
    start, end = spans[0]
    facts = details(reading, start, end)
    for from_, to in spans[1:]:
        facts = _lent(facts, details(reading, from_, to))
    if verdict.adds in _ADDED:
        added: dict[str, Any] = {verdict.adds: True}
        facts = replace(facts, **added)
    if verdict.adds == "sent_from":
        facts = replace(facts, destination=None)
    meant: tuple[Meant, ...] = (Meant(),)
    if verdict.adds == "kinds" and mind.index is not None and (kinds := of_its_kind(reading, start, end, mind.index)):
        meant = (Meant(unsure=kinds),)
    elif verdict.adds != "opening_hours":
        meant = meant_by(verdict.ask, spans, reading, heard, mind.index, spoken_of)
        if mind.index is not None and (mind.index.units or any(one.kind == "quantity" for one in reading.found)):
            facts = replace(facts, quantity=bought(reading, spans, meant[0].products, mind.index))
        if meant[0].products and not facts.quantity and reading.folded.isascii():
            facts = replace(facts, quantity=counted_before_names(reading, spans))
    return [
        Ask(
            verdict.ask,
            round(verdict.confidence, 3),
            reading.normal.span(start, end),
            products=one.products,
            unsure=one.unsure,
            named=one.named,
            details=facts,
            source=verdict.source,
            why=verdict.why,
            also=tuple(reading.normal.span(piece.start, piece.end) for piece in verdict.also),
        )
        for one in meant
    ]


def _worded(ask: Ask, own: Sequence[tuple[int, int]], reading: Reading) -> Ask:
    """A question about what several things are like is asked by all its words: the size, of the bag and of the lamp."""
    return replace(ask, span=reading.normal.span(own[0][0], own[0][1])) if ask.name == "spec" else ask


def _neighbours(verdict: Verdict, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Pieces that ask nothing themselves, nearest first: they lend their product words and details to an ask."""
    idle = [
        one
        for one in verdicts
        if ((not one.ask and not (one.is_doubt and one.piece.is_question)) or one.ask in COURTESIES)
        and one.why not in rules.BARE
    ]
    return sorted(
        idle, key=lambda one: min(abs(one.piece.start - verdict.piece.end), abs(verdict.piece.start - one.piece.end))
    )


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


def _doubt(verdict: Verdict, reading: Reading, heard: Heard, mind: Mind) -> Doubt:
    """The doubt, with the goods it may be about: those of its own piece, else of the whole line."""
    own, whole = (verdict.piece.start, verdict.piece.end), (0, len(reading.folded))
    start, end = reading.normal.span(*own)
    for ask, span in (("spec", own), ("spec", whole), ("price", whole)):  # a price is of all that is named
        if products := meant_by(ask, [span], reading, heard, mind.index)[0].of_one:
            break
    return Doubt(reading.normal.text[start:end], (start, end), verdict.maybe, products)


def _language(text: str, heard: Heard) -> str:
    """The language a line is written in; the one before where it tells nothing, or only what is written in any."""
    told = language_of(text)
    return (told and not is_of_any_language(text) and told) or heard.language or told or "zh"

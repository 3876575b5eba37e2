"""What a buyer has said they want in a talk, thing after thing: remembered among what was told, and summed up when asked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.answering.values import Scene
from core.answering.variants import called, each_is_named, meant
from core.answering.wording import asks_for_the_sum
from core.asks import Ask
from core.catalogue import Catalogue, Variant
from core.language import to_simplified
from core.often import often
from core.regional import in_mandarin
from core.understanding.words.numerals import number
from core.units import COUNTERS, measured_in

WANTED = "wanted:"
UNWANTED = "unwanted"
"""The source of an ask that only names what is no longer wanted."""
SUMMED = "sum"
"""The source of an ask for the price of one of several things that are summed up."""
WITHIN = timedelta(hours=3)
"""So long goods wanted one after the other are one purchase."""
PRICED_WITHIN = timedelta(minutes=30)
MOST = 8
_TIMES = " × "
_PRICES = ("price:", "price_of_family:")
_MORE = re.compile(r"再|多[来要拿]|加|另外|\b(?:another|more|extra|also)\b", re.IGNORECASE)
_ENGLISH = {word: place for place, word in enumerate("one two three four five six".split(), start=1)}
_NUMBER = rf"\d{{1,3}}|[一二两三四五六七八九十]|(?<![a-z])(?:{'|'.join(_ENGLISH)})(?![a-z])"
_EACH = re.compile(r"各(?:来|要|拿|买)?(?:\d|[一两二三四五六七八九十])|\beach\b")
_MEASURE = f"[{COUNTERS}米]?"
_DROPS = re.compile(
    r"不要了|不用了|先不要|就不要|不买了|去掉|拿掉|减掉|删掉|\b(?:leave out|remove|without|skip|drop|take off|don['’]?t (?:want|need))\b",
    re.IGNORECASE,
)
_WITH = re.compile(r"加上?|带上?|连上?|再[要来加]|\b(?:plus|with|and|including|add)\b", re.IGNORECASE)


def wanted_key(sku: str, many: int) -> str:
    """The key under which a chat remembers that so many of this are wanted; 0 where they no longer are."""
    return f"{WANTED}{sku}{_TIMES}{many}"


def wanted_lately(told: Mapping[str, datetime], now: datetime) -> dict[str, int]:
    """How many of which skus are wanted, in the order in which they were named last."""
    found: dict[str, tuple[datetime, int]] = {}
    for key, at in told.items():
        if key.startswith(WANTED) and now - at <= WITHIN:
            sku, _, many = key.removeprefix(WANTED).rpartition(_TIMES)
            if sku not in found or found[sku][0] <= at:
                found[sku] = (at, int(many))
    return {sku: many for sku, (_, many) in sorted(found.items(), key=lambda item: item[1][0]) if many}


def wanted_now(asks: Iterable[Ask], scene: Scene) -> tuple[tuple[str, int], ...]:
    """What a turn's wishes are for, where no colour or size is left open: 再要一个 of what is wanted already is one more."""
    before: dict[str, int] | None = None
    found: list[tuple[str, int]] = []
    asks = tuple(asks)
    asks_wished = [ask for ask in asks if ask.source == "wish"]
    for ask in asks:
        variants = meant(ask, scene) if ask.source == "wish" else ()
        if variants and not ask.details.quantity and _is_part_of_one(variants[0], scene.words_of(ask)):
            continue  # 3.5 metres are the shopkeeper's to write down
        if len(asks_wished) > 1 and all(one.is_sold_out for one in variants):
            continue  # of several, what is sold out is not there to be written down
        if not variants or (len(variants) > 1 and not each_is_named(variants, scene.words)):
            continue
        before = wanted_lately(scene.told, scene.now) if before is None else before
        is_more = bool(_MORE.search(to_simplified(scene.words)))
        is_told = bool(ask.details.quantity) or len(variants) > 1 or is_more
        for one, many in zip(variants, _of_each(variants, ask.details.quantity, scene.words), strict=True):
            told = many if is_told else before.get(one.sku, many)  # 行吧，下单: as many as were wanted
            found.append((one.sku, told + (before.get(one.sku, 0) if is_more else 0)))
    return tuple(found)


def untold(ask: Ask, asks: Sequence[Ask], scene: Scene) -> frozenset[str]:
    """The companions that are no news to who wants several variants of one product: which others there are."""
    titles = [{one.title for one in meant(each, scene)} for each in asks if each.source == "wish"]
    own = {one.title for one in meant(ask, scene)}
    return frozenset({"variants"}) if ask.source == "wish" and titles.count(own) > 1 else frozenset()


def _is_part_of_one(one: Variant, words: str) -> bool:
    """Whether an amount of what is cut or poured is no whole number."""
    return bool(measured_in(one.wording.unit)) and _FRACTION.search(to_simplified(words)) is not None


_FRACTION = re.compile(r"\d\.\d|半|\bhalf\b|½", re.IGNORECASE)


def _of_each(variants: Sequence[Variant], together: int | None, words: str) -> list[int]:
    """How many of each variant: the numbers beside their names, 一个米白两个墨绿, else as many of each."""
    spoken = to_simplified(words).casefold()
    if len(variants) == 1:
        return [together or _number_before(variants[0], spoken)]
    if together and _EACH.search(spoken):
        return [together // len(variants)] * len(variants)
    beside = [_beside(one, spoken) for one in variants]
    if all(beside):
        return [many or 1 for many in beside]
    return [max(1, (together or len(variants)) // len(variants))] * len(variants)


def _number_before(one: Variant, spoken: str) -> int:
    """The number said right before the name of the only variant there is, 两件米白的一件黑的; else one. A figure alone may be a
    day or a size."""
    for name in called(one):
        how_many = (
            rf"(?<![a-z])(?P<n>{'|'.join(_ENGLISH)})"
            if name.isascii()
            else rf"(?<![\d一二两三四五六七八九十])(?P<n>{_NUMBER}) ?[{COUNTERS}]"
        )
        if (match := re.search(rf"{how_many}(?:of|in|the|的|\s)*{re.escape(name)}", spoken)) is not None:
            return int(number(match["n"]) or _ENGLISH.get(match["n"], 1))
    return 1


def _beside(one: Variant, spoken: str) -> int | None:
    """The number in front of a variant's name, else right behind it."""
    for name in called(one):
        before = rf"(?P<n>{_NUMBER}) ?{_MEASURE}(?:要|是|of|in|the|的|\s)*{re.escape(name)}"
        behind = rf"{re.escape(name)}(?:色|的|要|来|拿|ones?|[x×*]|\s)*(?P<n>{_NUMBER})"
        if (match := re.search(before, spoken) or re.search(behind, spoken)) is not None:
            return int(number(match["n"]) or _ENGLISH.get(match["n"], 0)) or None
    return None


@often
def drops(words: str) -> bool:
    """Whether a line takes back something that was wanted: 围裙不要了, leave out the apron."""
    return bool(_DROPS.search(in_mandarin(words)))


def dropped(asks: Iterable[Ask], scene: Scene) -> tuple[str, ...]:
    """The skus that a turn takes back of what is wanted; none where more than one may be meant."""
    named = {sku for ask in asks if ask.source == UNWANTED for sku in ask.products}
    found = tuple(sku for sku in wanted_lately(scene.told, scene.now) if sku in named) if named else ()
    return found if len(found) == len(named) or len(found) == 1 else ()


def summed_up(asks: tuple[Ask, ...], scene: Scene) -> tuple[Ask, ...]:
    """一共多少 is about all that is wanted, and where nothing is, about all whose price was told a moment ago: one ask of
    the price for each of them. As it was where the words name what is to be added up, or how many."""
    sums = [ask for ask in asks if ask.name == "price" and asks_for_the_sum(scene.words_of(ask))]
    if not sums and asks_for_the_sum(scene.words) and any(ask.name == "ship_fee" for ask in asks):
        sums = [Ask("price", 1.0, (0, len(scene.words)), source="rule", why="asks what it comes to")]
        asks = (*sums, *asks)
    named = [ask for ask in sums if not set(ask.products) <= set(scene.last_products)]
    if not sums or len(named) > 1 or any(ask.unsure for ask in sums):
        return asks
    ask, is_new = (named or sums)[0], bool(named)
    if not _WITH.search(to_simplified(scene.words)) if is_new else ask.details.quantity:
        return asks
    wanted = wanted_lately(scene.told, scene.now)
    found: list[tuple[tuple[str, ...], int]] = [
        ((sku,), many) for sku, many in wanted.items() if sku in scene.catalogue.by_sku
    ]
    found = found or ([] if is_new else _priced_lately(scene))
    if is_new:
        found.append((ask.products, ask.details.quantity or 1))
    if len(found) < 2 and not wanted:
        return asks
    each = tuple(
        replace(ask, products=skus, details=replace(ask.details, quantity=many), source=SUMMED)
        for skus, many in found[-MOST:]
    )
    return tuple(part for one in asks for part in (each if one is ask else () if one in sums else (one,)))


def _priced_lately(scene: Scene) -> list[tuple[tuple[str, ...], int]]:
    """What prices were told of a moment ago, the latest of each product, in the order they were told."""
    found: dict[str, tuple[datetime, tuple[str, ...], int]] = {}
    for key, at in scene.told.items():
        if not key.startswith(_PRICES) or scene.now - at > PRICED_WITHIN:
            continue
        about, _, many = key.partition(":")[2].partition(_TIMES)
        skus = _of(about, scene.catalogue)
        title = scene.catalogue.by_sku[skus[0]].title if skus else ""
        if skus and (title not in found or found[title][0] <= at):
            found[title] = (at, skus, int(many or 1))
    return [(skus, many) for _, skus, many in sorted(found.values(), key=lambda one: one[0])]


def _of(about: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The skus that a price was told of: one of them, or all of a title."""
    if about in catalogue.by_sku:
        return (about,)
    return tuple(one.sku for one in catalogue.families.get(about, ()))

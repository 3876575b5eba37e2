"""What a buyer's wish for other goods makes of an order, where their words say it exactly; else it is for a person to read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from core.asks import Understanding
from core.catalogue import Catalogue, Variant
from core.language import to_simplified
from core.ordering import total
from core.orders import Order, OrderLine

_IN_PART = re.compile(
    r"再|另外|多[要加买拿来]|[加添]|还要|还想|少|减|去掉|其中|里面|一半|各|或者|还是|都?行$|随便"
    r"|\b(?:add|more|extra|another|plus|also|less|fewer|remove|drop|one of|half|each|both|or|either|maybe)\b"
)
"""Words that change a part of what was ordered, add to it, or leave a choice."""
_BECOMES = re.compile(r"改|换|变|要|\b(?:change|swap|switch|make|have|want|like|instead|to)\b")
_NOT_THIS = re.compile(r"不要|不是|别|instead of|rather than|\bnot\b|n(?:'|’)t\b")


class Unclear(StrEnum):
    """Why the order was not rewritten."""

    WORDS = "words"
    """They do not say exactly one other variant of one product, or another quantity of it."""
    STOCK = "stock"
    AMOUNT = "amount"
    """What was agreed to be paid is not what the goods come to, so nobody can tell what it is now."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The order as it is from now on, and the one line of it that was changed."""

    order: Order
    before: OrderLine
    after: OrderLine


def rewritten(order: Order, words: str, understood: Understanding, catalogue: Catalogue) -> Rewritten | Unclear:
    """The order with the wish carried out. `understood` is what the same words were understood to say."""
    spoken = to_simplified(words).casefold()
    line = _line_meant(order, spoken, understood, catalogue)
    one = catalogue.get(line.sku) if line is not None else None
    if line is None or one is None or _IN_PART.search(spoken) or not _BECOMES.search(spoken):
        return Unclear.WORDS
    other = _variant_wanted(one, spoken, understood, catalogue)
    count = understood.details.quantity
    if isinstance(other, Unclear) or (other is None and count in (None, line.quantity)):
        return Unclear.WORDS
    if other is not None and count is not None and line.quantity not in (1, count):
        return Unclear.WORDS  # "change one to white", of three: which become white is not said
    wanted = other or one
    after = OrderLine(wanted.sku, count or line.quantity, line.price if other is None else wanted.price)
    if after.quantity < 1 or any(each.sku == after.sku for each in order.lines if each is not line):
        return Unclear.WORDS
    held = line.taken if other is None else 0
    if wanted.stock is not None and wanted.stock + held < after.quantity:
        return Unclear.STOCK
    if (other is not None and line.price not in (None, one.price)) or order.amount != total(order.lines, catalogue):
        return Unclear.AMOUNT
    lines = tuple(after if each is line else each for each in order.lines)
    return Rewritten(replace(order, lines=lines, amount=total(lines, catalogue)), line, after)


def names_variant(spoken: str, order: Order, catalogue: Catalogue) -> bool:
    """Whether the folded words name another variant of something that was ordered."""
    for line in order.lines:
        one = catalogue.get(line.sku)
        if one is not None and any(sku != one.sku for sku, _ in _named(spoken, catalogue.families[one.title])):
            return True
    return False


def _line_meant(order: Order, spoken: str, understood: Understanding, catalogue: Catalogue) -> OrderLine | None:
    """The line the wish is about: the only one, or the only one whose product is named; None when it speaks of other goods."""
    titles = {one.title for ask in understood.asks for sku in ask.products if (one := catalogue.get(sku))}
    own = [(line, one) for line in order.lines if (one := catalogue.get(line.sku)) is not None]
    if titles - {one.title for _, one in own}:
        return None
    meant = [line for line, one in own if one.title in titles or to_simplified(one.title).casefold() in spoken]
    if len(order.lines) == 1:
        return order.lines[0]
    return meant[0] if len(meant) == 1 else None


def _variant_wanted(
    one: Variant, spoken: str, understood: Understanding, catalogue: Catalogue
) -> Variant | Unclear | None:
    """The one other variant the words name; None when they name none."""
    named = dict(_named(spoken, catalogue.families[one.title]))
    others = [sku for sku in named if sku != one.sku]
    if not others:
        understood_as = {ask.product for ask in understood.asks} - {None, one.sku}
        sku = understood_as.pop() if len(understood_as) == 1 else None
        found = catalogue.get(sku) if sku else None
        return Unclear.WORDS if understood_as or understood.details.unwanted else found
    if len(others) > 1:
        return Unclear.WORDS
    at, was = named[others[0]], named.get(one.sku)
    ruled_out = any(match.end() <= at <= match.end() + 2 for match in _NOT_THIS.finditer(spoken))
    if ruled_out:
        return Unclear.WORDS
    if (
        was is not None and was > at
    ):  # "white instead of black" names the old one last, "white to black" is another order
        between = spoken[at:was]
        if not _NOT_THIS.search(between):
            return Unclear.WORDS
    return catalogue.get(others[0])


def _named(spoken: str, family: tuple[Variant, ...]) -> Iterator[tuple[str, int]]:
    """Which variants are named, and where last; a name within a longer one does not count: 蓝 in 深蓝."""
    spots: list[tuple[int, int, str]] = []
    for one in family:
        names = {one.wording.variant, one.english.variant if one.english else ""} - {""}
        for name in (to_simplified(each).casefold() for each in names):
            pattern = rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name)
            spots += [(match.start(), match.end(), one.sku) for match in re.finditer(pattern, spoken)]
    for start, end, sku in sorted(spots):
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in spots):
            yield sku, start

"""What an order for several variants, each with its own number, is heard as."""

from dataclasses import replace

from core.answering.stock import MISCOUNTED
from core.answering.wanting import SUMMED
from core.asks import Ask, Details
from core.catalogue import Catalogue
from core.understanding.asks.assorting import Asks, Assortment

_HEARD_AS = {Asks.ORDER: ("stock", "wish"), Asks.PRICE: ("price", SUMMED), Asks.STOCK: ("stock", "rule")}
"""What is asked of each variant, and the source of that."""


def wanted_of(assortment: Assortment, words: str, catalogue: Catalogue) -> tuple[Ask, ...]:
    """Several variants, each with its own number: ordered, or asked about. Where fewer are named than are wanted together, the
    rest of them may be any of the others; where more are, nobody knows which number is right."""
    name, source = _HEARD_AS[assortment.asks]
    plain = Ask(name, 1.0, (0, len(words)), source=source, why="so many of each")
    asks = [
        replace(plain, span=one.span, products=one.products, details=Details(quantity=one.count))
        for one in assortment.portions
    ]
    named = {sku for one in assortment.portions for sku in one.products}
    if assortment.is_miscounted:
        asks = [
            replace(
                plain,
                name="stock",
                products=asks[-1].products,
                details=Details(quantity=assortment.total),
                source=MISCOUNTED,
            )
        ]
    elif assortment.missing and (one := catalogue.get(asks[-1].products[0])) is not None:
        others = tuple(each.sku for each in catalogue.families[one.title] if each.sku not in named)
        asks.append(replace(asks[-1], products=others, details=Details(quantity=assortment.missing)))
    return tuple(asks)

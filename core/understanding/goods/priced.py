"""Which of several variants is pointed at by its price: 便宜的那个来三饼, the cheaper one."""

import re
from collections.abc import Sequence

from core.catalogue import Variant


def by_its_price(words: str, known: Sequence[Variant]) -> tuple[str, ...]:
    """The sku of the cheapest or the dearest, where the words point at it; () where they do not, or all cost the same."""
    match = _PRICED.search(words.casefold()) if _MAY_PRICE.search(words) else None
    if match is None:
        return ()
    least, most = (pick(one.price.minor for one in known) for pick in (min, max))
    found = tuple(one.sku for one in known if one.price.minor == (least if match["least"] else most))
    return found if least < most else ()


_MAY_PRICE = re.compile(r"便宜|贵|貴|cheap|expensive|dear", re.IGNORECASE)
_PRICED = re.compile(
    r"(?P<least>(?:最|比较|更)?便宜一?点?(?:的那[个個款种種]|那[个個款种種]|的(?=[来來要拿给給]))|(?<![a-z])(?:the )?cheap(?:er|est)(?: one)?(?! than))|(?:最|比较|比較|更)?[贵貴]一?[点點]?(?:的那[个個款种種]|那[个個款种種]|的(?=[来來要拿给給]))|(?<![a-z])the (?:more |most )?(?:expensive|dear(?:er|est)) one"
)

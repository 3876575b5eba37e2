"""Arguments as they are typed on a phone: in the other order, with a comma or a unit too many. What is meant all the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.time_phrases import number_in
from handlers.seller.asking import find

if TYPE_CHECKING:
    from core.catalogue import Catalogue

SWITCHED: Mapping[str, bool] = {
    **dict.fromkeys(("on", "enable", "yes", "开", "打开", "开启", "启用"), True),
    **dict.fromkeys(("off", "disable", "no", "关", "关掉", "关闭", "停", "停用"), False),
}
"""Words for on and off."""
_SIGNS = ",，=＝:：、"
_SPLIT = re.compile(f"[{_SIGNS}]")
_COUNT = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d{1,9}|[一二两三四五六七八九十]{1,3})"
    r"\s*(?:[件个個只隻双雙套条條张張支瓶盒包本把台米份块片]|pcs?|pieces?|units?)?",
    re.IGNORECASE,
)


def sku_first(words: tuple[str, ...], catalogue: Catalogue) -> tuple[str, ...]:
    """An item's number and what follows: "20 A-1", "A-1，20" and "A-1 = 20" are A-1 20. Words that name no item stay."""
    if not words or find(words[0], catalogue) is not None:
        return words[:1] + tuple(word for word in words[1:] if word.strip(_SIGNS))
    head, *behind = _SPLIT.split(words[0], maxsplit=1)
    if find(head, catalogue) is not None:
        return sku_first((head, *behind, *words[1:]), catalogue)
    if len(words) == 2 and find(words[1], catalogue) is not None and re.search(r"\d", words[0]):
        return words[1], words[0]
    return words


def count_in(written: str) -> int | None:
    """20, 20件, 1,200, 二十 and 20 pcs; None for what is no whole number."""
    match = _COUNT.fullmatch(written.strip())
    return number_in(match[1].replace(",", "")) if match else None

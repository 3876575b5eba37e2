"""Two goods with floors, for the tests of what may be offered."""

from datetime import UTC, datetime

from core.catalogue import Catalogue, Variant, Wording
from core.money import Money

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def yuan(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


CUP = Variant("C-1", Wording("马克杯", "白色"), yuan(60), 9, floor_price=yuan(50), english=Wording("Mug", "white"))
BRUSH = Variant("C-2", Wording("杯刷", ""), yuan(20), 9, floor_price=yuan(15), english=Wording("Brush"))
GOODS = Catalogue((CUP, BRUSH))

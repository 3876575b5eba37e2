"""Prices: what things cost before, as far back as a discount is measured by it."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.catalogue import Variant, Wording
from core.money import Money
from core.pricing import Held
from store import Store

NOW = datetime.fromisoformat("2026-11-03T08:30:00+00:00")

CUP = Variant("C-1", Wording("马克杯"), Money(6000, "CNY"), 3)
BRUSH = Variant("C-2", Wording("杯刷"), Money(2000, "CNY"), 3)
DAY = timedelta(days=1)


async def lay_out(store: Store) -> None:
    """A cup at 60, at 90 from day 10 on, at 75 from day 50 on; a brush that never changed."""
    await store.write(store.catalogue.put([CUP, BRUSH], "owner:1", "import", NOW))
    await store.write(store.catalogue.set_price("C-1", Money(9000, "CNY"), "owner:1", NOW + 10 * DAY))
    await store.write(
        store.catalogue.put([replace(CUP, price=Money(7500, "CNY"))], "owner:1", "import", NOW + 50 * DAY)
    )
    await store.write(
        store.catalogue.put([replace(CUP, price=Money(7500, "CNY"))], "owner:1", "import", NOW + 51 * DAY)
    )


async def test_prices_are_known_back_to_the_one_that_held_then(store: Store) -> None:
    """Whether a file or a command set them, newest first; the same price again is no change."""
    await lay_out(store)
    dear, now = Held(NOW + 10 * DAY, Money(9000, "CNY")), Held(NOW + 50 * DAY, Money(7500, "CNY"))
    assert await store.prices.history(NOW + 20 * DAY) == {"C-1": (now, dear)}
    assert await store.prices.history(NOW + 20 * DAY, ["C-1"]) == {"C-1": (now, dear)}
    assert (await store.prices.history(NOW))["C-1"] == (now, dear, Held(NOW, Money(6000, "CNY")))


async def test_what_was_not_repriced_lately_is_not_read(store: Store) -> None:
    await lay_out(store)
    assert await store.prices.history(NOW + 60 * DAY) == {}


async def test_of_very_many_all_are_read_at_once(store: Store) -> None:
    await lay_out(store)
    assert set(await store.prices.history(NOW, [f"X-{number}" for number in range(3000)])) == {"C-1"}

"""What stories are played with: carriers who answer, and a shop that asks them."""

from collections.abc import AsyncIterator

import pytest

from tests.carriers.pretend import KEY, PretendCarriers
from tests.play import OPENING, OpenShop, Play


@pytest.fixture
async def pretend() -> AsyncIterator[PretendCarriers]:
    made = PretendCarriers(lambda: OPENING)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def shop(open_shop: OpenShop, pretend: PretendCarriers) -> Play:
    """A shop with a 17TRACK account."""
    play = await open_shop(seventeentrack_key=KEY, seventeentrack_url=pretend.url)
    pretend.now = play.clock.now
    return play

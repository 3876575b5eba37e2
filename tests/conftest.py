"""What every test may ask for: a trained understanding, made once, and a shop at work in a pretend Telegram."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import hypothesis
import pytest

from core.understanding import Mind
from tests import databases, understood
from tests.play import Play, open_play

SEED = os.environ.setdefault("SHOP_SEED", f"r{random.randrange(10**6)}")
"""What is left to chance in this run goes by it; set by chance itself (r…) where nobody has set it."""
hypothesis.settings.register_profile(
    "here",
    deadline=None,  # a busy machine is no fault of the code
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=not SEED.startswith("r"),
)
hypothesis.settings.load_profile("here")


@pytest.fixture(autouse=True)
def _the_same_chances(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same SHOP_SEED what is left to chance falls alike in every run: numbers of orders, pauses before another
    try, and the shops themselves (tests/made_shop.py)."""
    chance = random.Random(f"{SEED} {request.node.nodeid}")
    random.seed(chance.random())
    monkeypatch.setattr(random, "SystemRandom", lambda: chance)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    """Who meets a failure can meet it again."""
    if exitstatus == pytest.ExitCode.TESTS_FAILED:
        terminalreporter.write_line(f"The same shops are made again with SHOP_SEED={SEED}")


def pytest_sessionfinish() -> None:
    """Nothing is left on a server."""
    asyncio.run(databases.drop_model())


@pytest.fixture(scope="session")
def understanding(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file with the built-in model; put beside a database as `….understanding.npz`, it spares the program training."""
    base = tmp_path_factory.getbasetemp()
    return understood.trained(pytestconfig, base.parent if hasattr(pytestconfig, "workerinput") else base)


@pytest.fixture(scope="session")
def mind(understanding: Path) -> Mind:
    """The built-in understanding without the encoder: what answers in the first seconds, and on small machines."""
    return Mind(understood.model_in(understanding))


@pytest.fixture
async def open_shop(mind: Mind, tmp_path: Path) -> AsyncIterator[Callable[..., Awaitable[Play]]]:
    """Opens shops: `play = await open_shop()`; they are closed when the test ends."""
    opened: list[Play] = []

    async def open_one(**more: object) -> Play:
        play = await open_play(mind, tmp_path / f"shop-{len(opened)}", **more)  # type: ignore[arg-type]
        opened.append(play)
        return play

    yield open_one
    for play in opened:
        await play.close()


@pytest.fixture
async def play(open_shop: Callable[..., Awaitable[Play]]) -> Play:
    """A made-up shop at work on a Friday morning, ten o'clock in Shanghai."""
    return await open_shop()

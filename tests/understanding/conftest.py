"""A mind trained on the shipped phrases, once for all tests."""

from pathlib import Path

import pytest

from core.understanding import Mind, train
from sheets.phrases import load

PHRASES = Path(__file__).parents[2] / "phrases"


@pytest.fixture(scope="session")
def mind() -> Mind:
    return Mind(train(load(PHRASES).book.phrases))

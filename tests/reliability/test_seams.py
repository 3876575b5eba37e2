"""The whole story with something going wrong at a numbered call; `make soak` does it for every number."""

from pathlib import Path

import pytest

from core.understanding import Mind
from tests.reliability.story import FAULTS, Prepared, told_with

pytestmark = pytest.mark.filterwarnings("ignore:The garbage collector")  # a program that is dropped closes nothing


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("story")


@pytest.fixture
async def prepared(folder: Path, mind: Mind) -> Prepared:
    base = folder / "prepared"
    if base.exists():
        return Prepared.at(base)
    base.mkdir()
    return await Prepared.make(base, mind)


@pytest.mark.parametrize("number", [41, 118, 187])
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "kill"])
async def test_rows_1_13_30_and_48_a_fault_at_a_numbered_call_loses_nothing(
    prepared: Prepared, tmp_path: Path, mind: Mind, fault: str, number: int
) -> None:
    """A call fails or its task is cancelled: after it the story has each effect once, or unknown and listed. Kills by number
    are `make soak`'s; a real one stands below."""
    told, passed = await told_with(prepared, tmp_path / "shop", mind, FAULTS[fault], number)
    assert len(passed) >= number
    assert told.wrong() == [], passed[number - 1]

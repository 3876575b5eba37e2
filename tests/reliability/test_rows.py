"""The table of faults: what it names is there, so that a moved test or guard is not lost from it unnoticed."""

import pytest

from tests.reliability.rows import MORE_GUARDS, ROOT, ROWS, Row


@pytest.mark.parametrize("row", [*ROWS, *MORE_GUARDS], ids=lambda row: f"{row.number} {row.fault}")
def test_a_row_names_tests_and_a_guard_that_stand(row: Row) -> None:
    """Each test in its file, and the guard's own words in its file."""
    assert row.tests or row.not_yet
    for test in row.tests:
        file, _, name = test.partition("::")
        assert f"def {name.split('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8"), test
    if row.guard:
        assert row.old in (ROOT / row.guard.split(":")[0]).read_text(encoding="utf-8"), row.guard

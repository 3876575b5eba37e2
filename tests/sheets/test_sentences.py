"""The table of sentences: nothing missing, nothing idle, two languages alike."""

import re
from pathlib import Path

import pytest

import sheets
from sheets.problems import Problem, Problems, shown
from sheets.sentences import FAULTS

CODE = "".join(
    path.read_text("utf-8") for path in Path(sheets.__file__).parent.rglob("*.py") if path.parent.name != "sentences"
)


def test_every_fault_is_found_by_something() -> None:
    """A row of the table that no code names is told to nobody."""
    assert [name for name in FAULTS if f'"{name}"' not in CODE] == []


def test_every_fault_told_has_its_sentences() -> None:
    """Whoever finds a fault names one that can be said."""
    told = re.findall(r'(?:tell|warn|Refused|wrong\.add|odd\.add)\(\s*"(\w+)"', CODE)
    told += re.findall(r'refusal\(\w+(?:\.\w+)?, "(\w+)"', CODE)
    assert len(told) > 40
    assert [name for name in told if name not in FAULTS] == []


@pytest.mark.parametrize("name", FAULTS)
def test_both_languages_say_the_same_blanks(name: str) -> None:
    """Each sentence stands alone, ends as one, and the Chinese one fills no blank the English one lacks."""
    fault = FAULTS[name]
    texts = (fault.why_zh + fault.mend_zh, fault.why_en + fault.mend_en)
    blanks = [set(re.findall(r"(?<!\{)\{(\w+)\}", text)) for text in texts]
    assert blanks[0] <= blanks[1] | {"size", "limit"}
    problem = Problem(
        "a.csv", name, 2, "price", "x", tuple((key, "7") for key in blanks[0] | blanks[1] if key != "value")
    )
    assert problem.sentence("zh").endswith(("。", "？"))
    assert problem.sentence("en").endswith((".", "?", '"'))
    assert "{" not in problem.sentence("zh").replace("{ ", "")


def test_a_value_is_shown_short_and_visible() -> None:
    assert shown("a\x07b\u202e") == "a\\u0007b\\u202e"
    assert shown("字" * 50) == "字" * 40 + "…"
    assert shown("{file}") == "{file}"


def test_a_value_with_braces_harms_no_sentence() -> None:
    assert "{file}" in Problem("a.csv", "not_amount", 2, "price", "{file}").sentence()


def test_problems_of_several_files_are_one_list() -> None:
    one = Problems.of(Problem("a.csv", "empty"))
    assert Problems.gathered([one, one]).count == 2
    assert not Problems()

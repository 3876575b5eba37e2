"""What comes out of reading a file: the value, or every reason why not, each with its place and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sheets.sentences import FAULTS, PLACES, Fault

SHOWN = 20
"""Problems told one by one; the rest are counted."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file.

    `row` counts from 1, the header being row 1, as a spreadsheet shows it; in shop.toml it is the line. None: the whole
    file is meant. `column` is the header as the file spells it, or the key in shop.toml. `fault` names a row of the
    table of sentences, and `blanks` fill it.
    """

    file: str
    fault: str
    row: int | None = None
    column: str = ""
    value: str = ""
    blanks: tuple[tuple[str, str], ...] = ()

    def why(self, language: str = "en") -> str:
        """What is wrong, without its place."""
        return self._said(_fault(self).why(language))

    def mend(self, language: str = "en") -> str:
        """What to do about it."""
        return self._said(_fault(self).mend(language))

    def sentence(self, language: str = "en") -> str:
        """Place, value, reason and remedy, in "en" or "zh"."""
        return (
            f"{self._place(language)}{self.why(language)}{' ' if language != 'zh' else ''}{self.mend(language)}".strip()
        )

    def __str__(self) -> str:
        return self.sentence()

    def _place(self, language: str) -> str:
        kind = "file" if self.row is None and not self.column else "key" if self.row is None else "row"
        if kind == "row" and self.column:
            kind = "line" if self.file.lower().endswith(".toml") else "cell"
        elif kind == "row" and self.file.lower().endswith(".toml"):
            kind = "bare line"
        return PLACES[kind][0 if language == "zh" else 1].format(file=self.file, row=self.row, column=self.column)

    def _said(self, text: str) -> str:
        return text.format(value=shown(self.value), column=self.column, **dict(self.blanks))


@dataclass(frozen=True, slots=True)
class Problems:
    """The first problems of a file and how many there are altogether. An empty one is falsy."""

    shown: tuple[Problem, ...] = ()
    count: int = 0

    def __bool__(self) -> bool:
        return self.count > 0

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """One sentence each, and a last one that counts those not shown."""
        said = tuple(problem.sentence(language) for problem in self.shown)
        if (more := self.count - len(self.shown)) > 0:
            said += (PLACES["more"][0 if language == "zh" else 1].format(count=more),)
        return said

    @classmethod
    def of(cls, *problems: Problem) -> "Problems":
        return cls(problems[:SHOWN], len(problems))

    @classmethod
    def gathered(cls, many: Iterable["Problems"]) -> "Problems":
        """Those of several files as one list."""
        every = tuple(many)
        return cls(tuple(p for one in every for p in one.shown)[:SHOWN], sum(one.count for one in every))


@dataclass(slots=True)
class Listing:
    """Problems while a file is being read; keeps the first twenty and counts the others."""

    file: str
    kept: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, fault: str, row: int | None = None, column: str = "", value: str = "", **blanks: object) -> None:
        self.count += 1
        if len(self.kept) < SHOWN:
            filled = tuple((key, str(blank)) for key, blank in blanks.items())
            self.kept.append(Problem(self.file, fault, row, column, value, filled))

    def problems(self) -> Problems:
        return Problems(tuple(self.kept), self.count)


@dataclass(frozen=True, slots=True)
class Taken(Generic[T]):
    """A file that was understood, with what is odd about it but was taken all the same."""

    value: T
    warnings: Problems = Problems()


Parsed = Taken[T] | Problems
"""All of a file, or none of it."""


def refusal(
    file: str, fault: str, row: int | None = None, column: str = "", value: str = "", **blanks: object
) -> Problems:
    """A file refused for one reason."""
    listing = Listing(file)
    listing.add(fault, row, column, value, **blanks)
    return listing.problems()


def shown(value: str, longest: int = 40) -> str:
    """A value fit for a sentence: short, on one line, nothing invisible."""
    visible = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in value[: longest + 1])
    return visible if len(value) <= longest else visible[:longest] + "…"


def _fault(problem: Problem) -> Fault:
    return FAULTS[problem.fault]

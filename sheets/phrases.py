"""Reading phrases/<zh|en>/<ask>.txt: what buyers say, a line each; `#` comments, `not: ` marks what an ask is not."""

from dataclasses import dataclass
from pathlib import Path

from core.asks import ASKS, Phrase, PhraseBook

LANGUAGES = ("zh", "en")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line, or a whole file when `line` is 0, that was left out, and why."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Loaded:
    book: PhraseBook
    bad: tuple[BadLine, ...] = ()


def load(folder: Path, origin: str = "built-in") -> Loaded:
    """Every phrase under `folder`, in the order of the file names. A seller's mistake is reported and left out; nothing is raised."""
    phrases: list[Phrase] = []
    own: dict[str, str] = {}
    bad: list[BadLine] = []
    for language in LANGUAGES:
        for file in sorted((folder / language).glob("*.txt")):
            name = f"{language}/{file.name}"
            ask = file.stem.strip()
            if ask not in ASKS and not ask.startswith("own"):
                bad.append(BadLine(name, 0, f"no ask is called {ask!r}; one of the seller's own begins with own-"))
                continue
            if ask not in ASKS:
                ask = "own:" + ask.removeprefix("own").lstrip("-_:. ")
                own.setdefault(ask, "")
            try:
                text = file.read_bytes().decode("utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                bad.append(BadLine(name, 0, f"cannot be read as UTF-8 text ({type(error).__name__})"))
                continue
            _read(text, name, ask, language, origin, phrases, bad)
    return Loaded(PhraseBook(tuple(phrases), own), tuple(bad))


def _read(
    text: str, name: str, ask: str, language: str, origin: str, phrases: list[Phrase], bad: list[BadLine]
) -> None:
    seen: set[tuple[str, bool]] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        is_not = words.lower().startswith(("not:", "not："))
        if is_not:
            words = words[4:].strip()
        if not words:
            bad.append(BadLine(name, number, "says not: and nothing after it"))
        elif len(words) > _LONGEST:
            bad.append(BadLine(name, number, f"is longer than {_LONGEST} characters"))
        elif (words, is_not) not in seen:
            seen.add((words, is_not))
            phrases.append(Phrase(words, ask, language, is_not, origin))

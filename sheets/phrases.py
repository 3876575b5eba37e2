"""Reading and writing phrases/<zh|en>/<ask>.txt: what buyers say, a line each; `#` comments, `not: ` marks what an ask is not,
`answer: ` what the seller answers (each line of it), `/…/` is a pattern. A line that only looks like one of these has a backslash before it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.answers import KeptAnswer
from core.asks import ASKS, OWN, Phrase, PhraseBook, is_pattern, own_name
from core.language import has_han
from core.patterns import Refused, read

LANGUAGES = ("zh", "en")
FOLDERS = {"zh": "zh", "zh_hant": "zh", "en": "en"}
"""A seller's folders, and the language of their lines: zh_hant has answers in a wording of their own."""
_LONGEST = 200
_MARKED = re.compile(r"#|\\|(?:not|answer)[:：]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line, or a whole file when `line` is 0, that was left out, and why; `fault` names the sentence a seller is told."""

    file: str
    line: int
    reason: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    book: PhraseBook
    bad: tuple[BadLine, ...] = ()
    answers: tuple[KeptAnswer, ...] = ()


def load(folder: Path, origin: str = "built-in") -> Loaded:
    """Every phrase under `folder`, in the order of the file names. A seller's mistake is reported and left out; nothing is raised."""
    phrases: list[Phrase] = []
    answers: list[KeptAnswer] = []
    own: dict[str, str] = {}
    bad: list[BadLine] = []
    for language in FOLDERS:
        for file in sorted((folder / language).glob("*.txt")):
            _read_file(file, language, origin, phrases, answers, own, bad)
    return Loaded(PhraseBook(tuple(phrases), own), tuple(bad), tuple(answers))


def load_files(files: Sequence[Path], origin: str = "taught") -> Loaded:
    """The same of single files, each in a folder named as its language."""
    phrases: list[Phrase] = []
    answers: list[KeptAnswer] = []
    own: dict[str, str] = {}
    bad: list[BadLine] = []
    for file in files:
        if file.parent.name in FOLDERS:
            _read_file(file, file.parent.name, origin, phrases, answers, own, bad)
        else:
            bad.append(BadLine(file.name, 0, "must lie in a folder named zh, zh_hant or en"))
    return Loaded(PhraseBook(tuple(phrases), own), tuple(bad), tuple(answers))


def load_sent(name: str, data: bytes, origin: str = "taught") -> Loaded:
    """A single file that came without its folder, such as own-代发.txt: its own words tell the language."""
    phrases: list[Phrase] = []
    answers: list[KeptAnswer] = []
    own: dict[str, str] = {}
    bad: list[BadLine] = []
    language = "zh" if has_han(data.decode("utf-8-sig", "replace")) else "en"
    _read_data(name, Path(name).stem, data, language, origin, phrases, answers, own, bad)
    return Loaded(PhraseBook(tuple(phrases), own), tuple(bad), tuple(answers))


def written(phrases: Iterable[Phrase], answers: Iterable[KeptAnswer]) -> dict[str, str]:
    """Files that read back as the same: "zh/own-代发.txt" → its text. Answers about one product stand in answers.csv."""
    lines: dict[str, list[str]] = {}
    for answer in answers:
        if not (answer.product or answer.question):
            place = lines.setdefault(f"{answer.language}/{_stem(answer.ask)}.txt", [])
            place += [f"answer: {line}" for line in answer.text.split("\n")]
    for one in phrases:
        text = " ".join(one.text.split())
        shielded = f"\\{text}" if _MARKED.match(text) else text
        lines.setdefault(f"{one.language}/{_stem(one.ask)}.txt", []).append(f"not: {text}" if one.is_not else shielded)
    return {name: "\n".join(kept) + "\n" for name, kept in sorted(lines.items())}


def _stem(ask: str) -> str:
    return "own-" + ask.removeprefix(OWN) if ask.startswith(OWN) else ask


def _read_file(
    file: Path,
    language: str,
    origin: str,
    phrases: list[Phrase],
    answers: list[KeptAnswer],
    own: dict[str, str],
    bad: list[BadLine],
) -> None:
    name = f"{language}/{file.name}"
    try:
        data = file.read_bytes()
    except OSError as error:
        bad.append(BadLine(name, 0, f"cannot be read ({type(error).__name__})", "phrases_not_text"))
        return
    _read_data(name, file.stem, data, language, origin, phrases, answers, own, bad)


def _read_data(
    name: str,
    stem: str,
    data: bytes,
    language: str,
    origin: str,
    phrases: list[Phrase],
    answers: list[KeptAnswer],
    own: dict[str, str],
    bad: list[BadLine],
) -> None:
    ask = stem.strip()
    if ask not in ASKS:
        named = own_name(ask.removeprefix("own").lstrip("-_:. ")) if ask.startswith("own") else ""
        if not named:
            reason = f"no ask is called {ask!r}; one of the seller's own begins with own-"
            bad.append(BadLine(name, 0, reason, "phrases_of_no_ask"))
            return
        ask = named
        own.setdefault(ask, "")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad.append(BadLine(name, 0, f"cannot be read as UTF-8 text ({type(error).__name__})", "phrases_not_text"))
        return
    answer: list[str] = []
    _read(text, name, ask, FOLDERS[language], origin, phrases, answer, bad)
    if answer:
        answers.append(KeptAnswer(ask, "\n".join(answer).strip(), language))


def _read(
    text: str,
    name: str,
    ask: str,
    language: str,
    origin: str,
    phrases: list[Phrase],
    answer: list[str],
    bad: list[BadLine],
) -> None:
    seen: set[tuple[str, bool]] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if words.lower().startswith(("answer:", "answer：")):
            answer.append(words[7:].strip())
            continue
        is_not = words.lower().startswith(("not:", "not："))
        if is_not:
            words = words[4:].strip()
        elif words.startswith("\\"):
            words = words[1:].strip()
        if not words:
            bad.append(BadLine(name, number, "says not: and nothing after it", "phrase_blank"))
        elif len(words) > _LONGEST:
            bad.append(BadLine(name, number, f"is longer than {_LONGEST} characters", "phrase_long"))
        elif is_pattern(words) and isinstance(found := read(words), Refused):
            bad.append(BadLine(name, number, f"is a pattern that cannot be used ({found.reason})", "phrase_pattern"))
        elif (words, is_not) not in seen:
            seen.add((words, is_not))
            phrases.append(Phrase(words, ask, language, is_not, origin))

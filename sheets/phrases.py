"""Reading and writing phrases/<zh|en>/<ask>.txt: what buyers say, a line each; `#` comments, `not: ` marks what an ask
is not, `answer: ` what the seller answers (each line of it), `/…/` is a pattern. A line that only looks like one of
these has a backslash before it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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
    reading = _Reading(origin)
    for language in FOLDERS:
        for file in sorted((folder / language).glob("*.txt")):
            reading.take_file(file, language)
    return reading.loaded()


def load_files(files: Sequence[Path], origin: str = "taught") -> Loaded:
    """The same of single files, each in a folder named as its language."""
    reading = _Reading(origin)
    for file in files:
        if file.parent.name in FOLDERS:
            reading.take_file(file, file.parent.name)
        else:
            reading.bad.append(BadLine(file.name, 0, "must lie in a folder named zh, zh_hant or en"))
    return reading.loaded()


def load_sent(name: str, data: bytes, origin: str = "taught") -> Loaded:
    """A single file that came without its folder, such as own-代发.txt: its own words tell the language."""
    reading = _Reading(origin)
    reading.take(name, Path(name).stem, data, "zh" if has_han(data.decode("utf-8-sig", "replace")) else "en")
    return reading.loaded()


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


@dataclass(slots=True)
class _Reading:
    """Files being read: what they hold so far, and what was left out. `own` are asks of the seller's own, by name."""

    origin: str
    phrases: list[Phrase] = field(default_factory=list)
    answers: list[KeptAnswer] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    bad: list[BadLine] = field(default_factory=list)

    def loaded(self) -> Loaded:
        return Loaded(PhraseBook(tuple(self.phrases), self.own), tuple(self.bad), tuple(self.answers))

    def take_file(self, file: Path, folder: str) -> None:
        name = f"{folder}/{file.name}"
        try:
            data = file.read_bytes()
        except OSError as error:
            self.bad.append(BadLine(name, 0, f"cannot be read ({type(error).__name__})", "phrases_not_text"))
            return
        self.take(name, file.stem, data, folder)

    def take(self, name: str, stem: str, data: bytes, folder: str) -> None:
        """One file: its `stem` is the ask, its `folder` the language of its lines and of its answer."""
        ask = stem.strip()
        if ask not in ASKS:
            named = own_name(ask.removeprefix("own").lstrip("-_:. ")) if ask.startswith("own") else ""
            if not named:
                reason = f"no ask is called {ask!r}; one of the seller's own begins with own-"
                self.bad.append(BadLine(name, 0, reason, "phrases_of_no_ask"))
                return
            ask = named
            self.own.setdefault(ask, "")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            reason = f"cannot be read as UTF-8 text ({type(error).__name__})"
            self.bad.append(BadLine(name, 0, reason, "phrases_not_text"))
            return
        answer = self._take_lines(text, name, ask, FOLDERS[folder])
        if answer:
            self.answers.append(KeptAnswer(ask, "\n".join(answer).strip(), folder))

    def _take_lines(self, text: str, name: str, ask: str, language: str) -> list[str]:
        """Takes the phrases; returns the lines of the answer."""
        answer: list[str] = []
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
            if reason := _unfit(words):
                self.bad.append(BadLine(name, number, *reason))
            elif (words, is_not) not in seen:
                seen.add((words, is_not))
                self.phrases.append(Phrase(words, ask, language, is_not, self.origin))
        return answer


def _unfit(words: str) -> tuple[str, str] | None:
    """Why a phrase is left out, and the sentence a seller is told."""
    if not words:
        return "says not: and nothing after it", "phrase_blank"
    if len(words) > _LONGEST:
        return f"is longer than {_LONGEST} characters", "phrase_long"
    if is_pattern(words) and isinstance(found := read(words), Refused):
        return f"is a pattern that cannot be used ({found.reason})", "phrase_pattern"
    return None

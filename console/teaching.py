"""Importing what a seller taught: phrase files, answers.csv, and the folders they lie in; and writing them out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.answers import KeptAnswer
    from core.asks import Phrase
    from store import Store


def sorted_out(paths: list[Path]) -> tuple[list[Path], list[Path], list[Path]]:
    """(phrase files, files of answers, the rest): a folder gives the phrase files in its zh, zh_hant and en, or in
    phrases/zh …, and is of the rest only where it holds none."""
    from sheets.answers import NAME
    from sheets.phrases import FOLDERS

    phrases: list[Path] = []
    answers: list[Path] = []
    rest: list[Path] = []
    for path in paths:
        if path.is_dir():
            places = [path / language for language in FOLDERS] + [path / "phrases" / language for language in FOLDERS]
            places += [path] if path.name in FOLDERS else []
            inside = [file for place in places for file in sorted(place.glob("*.txt"))]
            phrases += inside
            if not inside:
                rest.append(path)
        elif path.suffix.lower() == ".txt":
            phrases.append(path)
        elif path.name.lower() == NAME:
            answers.append(path)
        else:
            rest.append(path)
    return phrases, answers, rest


def read_lessons(phrases: list[Path], answers: list[Path]) -> tuple[list[Phrase], list[KeptAnswer], list[str]]:
    """The phrases and answers in them, and a sentence for every bad line."""
    from sheets.answers import read_answers
    from sheets.phrases import load_files

    loaded = load_files(phrases)
    wrong = [f"{bad.file}{f', line {bad.line}' if bad.line else ''}: {bad.reason}." for bad in loaded.bad]
    said = list(loaded.answers)
    for path in answers:
        try:
            found, bad_rows = read_answers(path.name, path.read_bytes())
        except OSError as error:
            wrong.append(f"{path}: it cannot be read ({error.strerror}).")
            continue
        said += found
        wrong += bad_rows
    return list(loaded.book.phrases), said, wrong


async def write_lessons(store: Store, folder: Path) -> None:
    """Write what was taught as phrases/<language>/<ask>.txt, which `import` reads back."""
    from sheets.phrases import written

    files = written(await store.phrases.taught(), await store.answers.all())
    for name, text in files.items():
        path = folder / "phrases" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

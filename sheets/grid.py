"""A file as a grid of texts: its header, and its rows numbered as a spreadsheet shows them. Text files are read here."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheets.limits import LIMITS, Limits
from sheets.problems import Problem, Problems, refusal

Rows = Sequence[Sequence[str]]
Marks = Mapping[tuple[int, int], str]

DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows` hold what stands under the header, blank ones left out, each with its number in the file.

    `marks` tell of cells that are not what they look like, by row number and column index: "formula", "error" or
    "digits" (a number too long for a spreadsheet to keep). `is_text` is true for a text file, where a leading
    apostrophe may be our own guard. `unread` names the workbook's other sheets that hold something.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    header_row: int = 1
    marks: Marks = field(default_factory=dict)
    is_text: bool = True
    unread: tuple[str, ...] = ()


def read_grid(name: str, data: bytes, limits: Limits = LIMITS) -> Grid | Problems:
    """The grid of a CSV file or of a workbook's first visible sheet, or the one reason why it cannot be read.

    Never raises, whatever the bytes. A workbook is opened in this process: see `reading.read_in_child`.
    """
    if fault := unfit(name, data, limits):
        return fault
    if not is_workbook(data):
        return _text_grid(name, data, limits)
    from sheets.workbook import Refused, open_workbook  # as a rule a child process opens workbooks

    try:
        opened = open_workbook(data, limits)
    except Refused as refused:
        return Problems.of(Problem(name, refused.fault, blanks=tuple(refused.blanks.items())))
    return grid_of(name, opened.rows, opened.marks, limits, is_text=False, unread=opened.unread)


def unfit(name: str, data: bytes, limits: Limits) -> Problems | None:
    """Why a file is not even opened: empty, too large or plainly of another kind. None when it may be."""
    if not data.strip(b"\x00 \r\n\t"):
        return refusal(name, "empty")
    if fault := unlike(data):
        return refusal(name, fault)
    if len(data) > limits.file_bytes:
        size, limit = f"{len(data) / 2**20:.1f}", f"{limits.file_bytes / 2**20:.0f}"
        return refusal(name, "too_large", size=size, limit=limit)
    return None


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip archive, as every .xlsx is."""
    return data.startswith(b"PK\x03\x04")


def grid_of(
    name: str, rows: Rows, marks: Marks, limits: Limits = LIMITS, *, is_text: bool, unread: Sequence[str] = ()
) -> Grid | Problems:
    """Rows as they stand in the file. The first that is neither blank nor a lone caption is the header."""
    filled = [(number, tuple(row)) for number, row in enumerate(rows, 1) if any(map(str.strip, row))]
    if not filled:
        return refusal(name, "empty")
    while len(filled) > 1 and _filled(filled[0][1]) == 1 < _filled(filled[1][1]):
        filled = filled[1:]  # a caption above the header
    (header_row, header), *body = filled
    while header and not header[-1].strip():
        header = header[:-1]
    if len(header) > limits.columns:
        return refusal(name, "too_many_columns", count=len(header), limit=limits.columns)
    if len(body) > limits.rows:
        return refusal(name, "too_many_rows", count=f"{len(body):,}", limit=f"{limits.rows:,}")
    for number, row in body:
        for place, cell in enumerate(row):
            if len(cell) > limits.cell_characters:
                named = header[place] if place < len(header) else ""
                return refusal(name, "cell_too_long", number, named, cell, limit=f"{limits.cell_characters:,}")
    return Grid(name, header, tuple(body), header_row, marks, is_text, tuple(unread))


def decoded(data: bytes) -> str | None:
    """Text in utf-8 (with or without its mark), utf-16 with its mark, or gb18030. None when it is none of these."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def unlike(data: bytes) -> str | None:
    """The fault that names a well-known kind of file which is no table, or None."""
    for start, fault in _STRANGERS:
        if data.startswith(start):
            return fault
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_excel"
    if data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return "kind_html"
    return None


_STRANGERS = (
    (b"%PDF", "kind_pdf"),
    (b"\xff\xd8\xff", "kind_picture"),
    (b"\x89PNG", "kind_picture"),
    (b"GIF8", "kind_picture"),
    (b"RIFF", "kind_picture"),
    (b"Rar!", "kind_archive"),
    (b"7z\xbc\xaf", "kind_archive"),
    (b"\x1f\x8b", "kind_archive"),
    (b"{\\rtf", "kind_document"),
)


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _text_grid(name: str, data: bytes, limits: Limits) -> Grid | Problems:
    text = decoded(data)
    if text is None:
        return refusal(name, "encoding")
    if "\x00" in text:
        return refusal(name, "not_text")
    delimiter, skip = _delimiter(text)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > limits.rows * 2:
                return refusal(name, "too_many_rows", count=f"{limits.rows:,}+", limit=f"{limits.rows:,}")
    except csv.Error as wrong:
        fault = "cell_too_long" if "field limit" in str(wrong) else "quotes"
        return refusal(name, fault, len(rows) + 1, limit=f"{limits.cell_characters:,}")
    if skip and rows:
        rows[0] = []
    return grid_of(name, rows, {}, limits, is_text=True)


def _delimiter(text: str) -> tuple[str, bool]:
    """The sign between cells: what `sep=` says, or what the first filled line has most of. And whether to skip line 1."""
    lines = text[:20_000].lstrip().splitlines() or [""]
    first = lines[0]
    if first.lower().startswith("sep=") and first[4:5] in tuple(DELIMITERS):
        return first[4], True
    outside = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside.count), False

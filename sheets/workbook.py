"""An .xlsx as rows of texts, opened with distrust: sizes from the zip's directory first, then formulas, then values.

Everything is unpacked once, by us, within the limits; what reads the values sees only that copy. So the cells looked
at for formulas are the very cells that are read.
"""

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # it has no stubs
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # it has no stubs
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from sheets.limits import LIMITS, Limits

Value = int | float | str | bool | time | date | datetime | timedelta

LONGEST_NUMBER = 10**15
"""From here on a number has 16 digits, and a spreadsheet keeps only 15."""


_STANDS_FOR = {"formula": "=…", "error": "#…", "digits": ""}


class Refused(Exception):
    """The workbook is not read: `fault` names the sentence, `blanks` fill it."""

    def __init__(self, fault: str, **blanks: object) -> None:
        super().__init__(fault)
        self.fault = fault
        self.blanks = {key: str(blank) for key, blank in blanks.items()}


@dataclass(frozen=True, slots=True)
class Opened:
    """The first visible sheet that holds anything: its rows as texts, and the marks of cells that are not plain (see
    `grid.Grid`). `unread` names the other visible sheets that hold something."""

    rows: list[list[str]]
    marks: dict[tuple[int, int], str]
    unread: list[str]


def open_workbook(data: bytes, limits: Limits = LIMITS) -> Opened:
    """What the workbook holds.

    Raises Refused, and nothing else but MemoryError, whatever the bytes.
    """
    try:
        return _opened(data, limits)
    except (Refused, MemoryError):
        raise
    except PasswordError:
        raise Refused("encrypted") from None
    except DefusedXmlException:
        raise Refused("entities") from None
    except _UNREADABLE:
        raise Refused("damaged") from None


_UNREADABLE: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zlib.error, CalamineError, ParseError, expat.ExpatError, OSError, EOFError),
    *(ValueError, KeyError, IndexError, TypeError, NotImplementedError, RuntimeError, OverflowError, StopIteration),
)


def _opened(data: bytes, limits: Limits) -> Opened:
    parts = _unpacked(data, limits)
    if not any(name.lower() == "xl/workbook.xml" for name in parts):
        raise Refused("kind_document" if any(n.startswith(("word/", "ppt/")) for n in parts) else "not_a_workbook")
    sheets = _sheets(parts)
    for place, (name, part) in enumerate(sheets, 1):
        scan = _Scan(limits)
        scan.read(parts[part])
        if scan.width:
            scan.check()
            book = CalamineWorkbook.from_filelike(io.BytesIO(_repacked(parts)))
            rows, marks = _texts(book.get_sheet_by_name(name).to_python(skip_empty_area=False), scan.marks)
            return Opened(rows, marks, [other for other, its in sheets[place:] if _VALUE.search(parts[its])])
    raise Refused("empty")


_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>]")
"""A cell with something in it."""


def _unpacked(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Every part of the archive. The directory is believed only for refusing: what it promises is never exceeded."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if any(info.flag_bits & 0x1 for info in infos):
            raise Refused("encrypted")
        inflated = sum(info.file_size for info in infos)
        if inflated > limits.inflated_bytes or len(infos) > limits.parts:
            raise Refused("bomb", size=f"{inflated / 2**20:.0f}", limit=f"{limits.inflated_bytes / 2**20:.0f}")
        if any(info.file_size > limits.ratio * max(info.compress_size, 4096) for info in infos):
            raise Refused("bomb", size=f"{inflated / 2**20:.0f}", limit=f"{limits.inflated_bytes / 2**20:.0f}")
        names = [info.filename for info in infos]
        if len({name.lower() for name in names}) < len(names):
            raise Refused("damaged")
        return {info.filename: archive.read(info) for info in infos}


def _repacked(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            if not name.startswith(("xl/media/", "xl/embeddings/")):
                archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _sheets(parts: dict[str, bytes]) -> list[tuple[str, str]]:
    """Name and part of every worksheet, hidden ones left out: workbook.xml gives an id, the relations its target."""
    relations = fromstring(parts["xl/_rels/workbook.xml.rels"], forbid_dtd=True)
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    sheets = []
    for one in fromstring(parts["xl/workbook.xml"], forbid_dtd=True).iter():
        if one.tag.rpartition("}")[2] == "sheet" and one.get("state", "visible") == "visible":
            relation = next(value for key, value in one.attrib.items() if key.endswith("}id"))
            part = posixpath.normpath(posixpath.join("/xl", targets[relation])).lstrip("/")
            if "chartsheet" not in part:
                sheets.append((one.get("name", ""), part))
    return sheets


class _Scan:
    """One pass over a sheet's XML: how far it reaches, and which cells hold formulas or errors. Nothing is kept of texts."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.marks: dict[tuple[int, int], str] = {}
        self.height = self.width = self.filled = 0
        self._row = self._column = 0
        self._counted = -1

    def read(self, xml: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = self._doctype
        parser.Parse(xml, True)

    def check(self) -> None:
        if self.width > self.limits.columns:
            raise Refused("too_many_columns", count=self.width, limit=self.limits.columns)
        if self.filled > self.limits.rows + 10:
            raise Refused("too_many_rows", count=f"{self.filled:,}", limit=f"{self.limits.rows:,}")
        if self.height > self.limits.rows * 4:
            raise Refused("stray_cell", far=f"{self.height:,}")

    def _doctype(self, *_: object) -> None:
        raise Refused("entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition("}")[2]
        if kind == "c":
            place = attributes.get("r")
            self._row, self._column = _place(place) if place else (self._row, self._column + 1)
            if attributes.get("t") == "e":
                self.marks[self._row, self._column - 1] = "error"
        elif kind in ("v", "is", "f"):
            self.height, self.width = max(self.height, self._row), max(self.width, self._column)
            if self._row != self._counted:
                self._counted = self._row
                self.filled += 1
            if kind == "f":
                self.marks[self._row, self._column - 1] = "formula"
        elif kind == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0


def _place(reference: str) -> tuple[int, int]:
    """Row and column, from 1, of a reference such as "AB12"."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    if not 0 < column <= 16_384:
        raise ValueError(reference)
    return int(reference[len(letters) :]), column


def _texts(
    values: list[list[Value]], marks: dict[tuple[int, int], str]
) -> tuple[list[list[str]], dict[tuple[int, int], str]]:
    rows: list[list[str]] = []
    for number, cells in enumerate(values, 1):
        row = []
        for place, value in enumerate(cells):
            if isinstance(value, float) and abs(value) >= LONGEST_NUMBER:
                marks.setdefault((number, place), "digits")
            row.append(_text(value))
        rows.append(row)
    for (number, place), mark in marks.items():  # a formula never reckoned has no value, but its cell is not blank
        while len(rows) < number:
            rows.append([])
        row = rows[number - 1]
        row.extend([""] * (place + 1 - len(row)))
        row[place] = row[place] or _STANDS_FOR[mark]
    return rows, marks


def _text(value: Value) -> str:
    """A cell as a person would type it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        whole = abs(value) < 1e300 and float(value).is_integer()
        return str(int(value)) if whole else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)

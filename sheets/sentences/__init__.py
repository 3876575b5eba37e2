"""What is said about a file, in Chinese and English: for every fault why it is one, and how it is mended."""

from sheets.sentences.cells import OF_CELLS
from sheets.sentences.fault import Fault
from sheets.sentences.files import OF_FILES
from sheets.sentences.shop import OF_SHOP

__all__ = ["FAULTS", "PLACES", "Fault"]

PLACES: dict[str, tuple[str, str]] = {
    "file": ("{file}：", "{file}: "),
    "row": ("{file} 第 {row} 行：", "{file}, row {row}: "),
    "cell": ("{file} 第 {row} 行「{column}」：", "{file}, row {row}, column {column}: "),
    "key": ("{file}「{column}」：", "{file}, {column}: "),
    "line": ("{file} 第 {row} 行「{column}」：", "{file}, line {row}, {column}: "),
    "bare line": ("{file} 第 {row} 行：", "{file}, line {row}: "),
    "more": ("……另外还有 {count} 处。", "… and {count} more."),
}
"""How the place of a fault is written."""

FAULTS: dict[str, Fault] = {**OF_FILES, **OF_CELLS, **OF_SHOP}

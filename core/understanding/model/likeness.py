"""The phrases by their features, so that those most like a piece are found in a few hundredths of a millisecond."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.understanding.reading.features import Floats, Ints, Rows

_HEAVIEST = 12
"""So many features of a piece are looked up, those that tell most; the others stand in every second phrase."""
_MOST_SMALL = 65535


@dataclass(frozen=True, slots=True)
class Columns:
    """A sparse matrix by columns: feature i stands in rows[starts[i]:starts[i+1]] with these values."""

    starts: Ints
    rows: NDArray[np.uint16] | Ints
    values: Floats

    def likest(self, indices: Ints, values: Floats, first: int, last: int, most: int) -> list[int]:
        """Of the rows from `first` to before `last` the numbers of the `most` likest ones that share a feature, likest first."""
        heaviest = np.argsort(-values)[:_HEAVIEST]
        ends = [(self.starts[at], self.starts[at + 1]) for at in indices[heaviest].tolist()]
        rows = np.concatenate([self.rows[begin:end] for begin, end in ends])
        shared = np.concatenate(
            [
                value * self.values[begin:end]
                for value, (begin, end) in zip(values[heaviest].tolist(), ends, strict=True)
            ]
        )
        inside = (rows >= first) & (rows < last)
        likeness = np.bincount(rows[inside] - first, weights=shared[inside], minlength=last - first)
        best: list[int] = []
        while len(best) < most and likeness[at := int(likeness.argmax())] > 0:
            best.append(first + at)
            likeness[at] = 0
        return best


def columns(table: Rows, features: int) -> Columns:
    """The same matrix by columns; in each the rows stand in order."""
    order = np.argsort(table.indices, kind="stable")
    counts = np.bincount(table.indices, minlength=features)
    # Two bytes a row number as long as they are enough: there are more than half a million of them.
    row: NDArray[np.uint16] | Ints = np.repeat(np.arange(len(table), dtype=np.int32), np.diff(table.starts))
    if len(table) <= _MOST_SMALL:
        row = row.astype(np.uint16)
    return Columns(np.concatenate(([0], np.cumsum(counts))).astype(np.int32), row[order], table.values[order])

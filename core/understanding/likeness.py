"""The phrases by their features, so that those most like a piece are found in a few hundredths of a millisecond."""

from dataclasses import dataclass

import numpy as np

from core.understanding.features import Floats, Ints, Rows

_HEAVIEST = 12
"""So many features of a piece are looked up, those that tell most; the others stand in every second phrase."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A sparse matrix by columns: feature i stands in rows[starts[i]:starts[i+1]] with these values."""

    starts: Ints
    rows: Ints
    values: Floats

    def likest(self, indices: Ints, values: Floats, first: int, last: int, most: int) -> list[int]:
        """Of the rows from `first` to before `last` the numbers of the `most` likest ones that share a feature, likest first."""
        heaviest = np.argsort(-values)[:_HEAVIEST]
        likeness = np.zeros(last - first, dtype=np.float32)
        for at, value in zip(indices[heaviest].tolist(), values[heaviest].tolist(), strict=True):
            begin, end = self.starts[at], self.starts[at + 1]
            rows = self.rows[begin:end]
            low, high = rows.searchsorted((first, last))
            likeness[rows[low:high] - first] += value * self.values[begin + low : begin + high]
        best = np.argsort(-likeness)[:most]
        return [first + int(at) for at in best if likeness[at] > 0]


def columns(table: Rows, features: int) -> Columns:
    """The same matrix by columns; in each the rows stand in order."""
    order = np.argsort(table.indices, kind="stable")
    counts = np.bincount(table.indices, minlength=features)
    row = np.repeat(np.arange(len(table), dtype=np.int32), np.diff(table.starts))
    return Columns(np.concatenate(([0], np.cumsum(counts))).astype(np.int32), row[order], table.values[order])

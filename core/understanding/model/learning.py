"""Multinomial logistic regression in numpy: by small batches over sparse rows, by L-BFGS over dense ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.understanding.reading.features import Bools, Floats, Ints, Rows

_BATCH = 512
_Longs = NDArray[np.int64]
_Batch = tuple[_Longs, Rows, Ints, _Longs, _Longs, _Longs]
_Loss = Callable[[Floats], tuple[float, Floats]]


@dataclass(frozen=True, slots=True)
class Weights:
    """`matrix` has a row per feature and a column per class; `bias` one number per class."""

    matrix: Floats
    bias: Floats


def softmax(logits: Floats) -> Floats:
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def logits(rows: Rows, weights: Weights) -> Floats:
    """Row by row, class by class; a row without features has the bias alone."""
    return _times(rows, weights.matrix) + weights.bias


def fit_sparse(
    rows: Rows,
    classes: Ints,
    is_not: Bools,
    importance: Floats,
    features: int,
    count: int,
    decay: Floats,
    hidden: Floats,
    epochs: int = 8,
) -> Weights:
    """Adagrad over batches of 512 rows, in another order each time; the mean over the later half of the epochs, which depends
    less on that order than the last one does. The same input gives the same weights.

    `decay` is how much of a feature's weights is lost with each row that has it, `hidden` what part of a row's features is
    hidden from each look at it, so that no ask hangs on a single turn of phrase.
    """
    matrix = np.zeros((features, count), dtype=np.float32)
    bias = np.zeros(count, dtype=np.float32)
    squares = np.full((features, 1), 1e-2, dtype=np.float32)
    bias_squares = np.float32(1.0)
    total, total_bias = np.zeros_like(matrix), np.zeros_like(bias)
    chance = np.random.default_rng(7)
    order = chance.permutation(len(rows))
    batches = [_batch(rows, order[at : at + _BATCH]) for at in range(0, len(order), _BATCH)]
    for epoch in range(epochs):
        rate = np.float32(0.8 * (1 - 0.8 * epoch / epochs))
        for at in chance.permutation(len(batches)).tolist():
            chosen, whole, columns, by_column, column_starts, row_of = batches[at]
            part = _partly(whole, hidden[chosen], chance)
            guess = _slope(softmax(_times(part, matrix) + bias), classes[chosen], is_not[chosen])
            guess *= importance[chosen][:, None]
            push = np.add.reduceat(guess[row_of] * part.values[by_column][:, None], column_starts, axis=0)
            push += (decay[columns] * np.float32(len(chosen)))[:, None] * matrix[columns]
            squares[columns] += np.mean(push * push, axis=1, keepdims=True)
            matrix[columns] -= rate * push / np.sqrt(squares[columns])
            push_bias = guess.sum(axis=0)
            bias_squares += np.float32(np.mean(push_bias * push_bias))
            bias -= np.float32(0.1) * rate * push_bias / np.sqrt(bias_squares)
        if epoch >= epochs // 2:
            total += matrix
            total_bias += bias
    last = np.float32(epochs - epochs // 2)
    return Weights(total / last, total_bias / last)


def fit_dense(
    vectors: Floats,
    classes: Ints,
    is_not: Bools,
    importance: Floats,
    count: int,
    strength: float = 1e-5,
    steps: int = 50,
) -> Weights:
    """L-BFGS with ten memories over the mean loss plus `strength` times the squares of the weights."""
    size = vectors.shape[1]
    total = importance.sum()
    every = np.arange(len(classes))

    def loss(flat: Floats) -> tuple[float, Floats]:
        matrix, bias = flat[:-count].reshape(size, count), flat[-count:]
        guess = softmax(vectors @ matrix + bias)
        chance = guess[every, classes]
        chance = np.where(is_not, 1 - chance, chance)
        value = -float((importance * np.log(np.maximum(chance, 1e-9))).sum() / total) + strength * float(
            (matrix * matrix).sum()
        )
        guess = _slope(guess, classes, is_not)
        guess *= (importance / total)[:, None]
        slope = np.concatenate(((vectors.T @ guess + 2 * strength * matrix).ravel(), guess.sum(axis=0)))
        return value, slope.astype(np.float32)

    flat = _lbfgs(loss, np.zeros(size * count + count, dtype=np.float32), steps)
    return Weights(flat[:-count].reshape(size, count).copy(), flat[-count:].copy())


def _slope(guess: Floats, classes: Ints, is_not: Bools) -> Floats:
    """The loss's slope at these chances: of -log p for a line of a class, of -log(1 - p) for a line that is *not* of it."""
    every = np.arange(len(classes))
    chance = np.minimum(guess[every, classes], np.float32(0.999))
    guess[is_not] *= -(chance / (1 - chance))[is_not, None]
    guess[every, classes] = np.where(is_not, chance, chance - 1)
    return guess


def _batch(rows: Rows, chosen: NDArray[np.int64]) -> _Batch:
    part = rows.take(chosen)
    by_column = np.argsort(part.indices, kind="stable")
    sorted_columns = part.indices[by_column]
    column_starts = np.flatnonzero(np.diff(sorted_columns, prepend=-1))
    columns = sorted_columns[column_starts]
    row_of = np.repeat(np.arange(len(chosen)), np.diff(part.starts))[by_column]
    return chosen, part, columns, by_column, column_starts, row_of


def _partly(rows: Rows, hidden: Floats, chance: np.random.Generator) -> Rows:
    """The rows with part of each hidden by chance, and the rest made up for it."""
    if not hidden.any():
        return rows
    share = np.repeat(hidden, np.diff(rows.starts))
    left = chance.random(len(share), dtype=np.float32) >= share
    return Rows(rows.starts, rows.indices, rows.values * left / (1 - share))


def _times(rows: Rows, matrix: Floats) -> Floats:
    result = np.zeros((len(rows), matrix.shape[1]), dtype=np.float32)
    filled = np.flatnonzero(np.diff(rows.starts))
    step = 2048
    for at in range(0, len(filled), step):
        chosen = filled[at : at + step]
        begin, end = rows.starts[chosen[0]], rows.starts[chosen[-1] + 1]
        products = matrix[rows.indices[begin:end]] * rows.values[begin:end, None]
        result[chosen] = np.add.reduceat(products, rows.starts[chosen] - begin, axis=0)
    return result


def _lbfgs(loss: _Loss, start: Floats, steps: int) -> Floats:
    point = start
    value, slope = loss(point)
    moves: list[Floats] = []
    turns: list[Floats] = []
    for step in range(steps):
        direction = slope.copy()
        alphas: list[float] = []
        for move, turn in zip(reversed(moves), reversed(turns), strict=True):
            alpha = float(move @ direction) / float(move @ turn)
            alphas.append(alpha)
            direction -= np.float32(alpha) * turn
        if moves:
            direction *= np.float32(float(moves[-1] @ turns[-1]) / float(turns[-1] @ turns[-1]))
        for move, turn, alpha in zip(moves, turns, reversed(alphas), strict=True):
            direction += np.float32(alpha - float(turn @ direction) / float(move @ turn)) * move
        downhill = float(direction @ slope)
        if downhill <= 1e-10:
            break
        length = 1.0 if step else min(1.0, 1.0 / float(np.abs(slope).sum()))
        for _ in range(20):
            new = point - np.float32(length) * direction
            new_value, new_slope = loss(new)
            if new_value <= value - 1e-4 * length * downhill:
                break
            length /= 2
        else:
            break
        move, turn = new - point, new_slope - slope
        if float(move @ turn) > 1e-12:
            moves, turns = [*moves[-9:], move], [*turns[-9:], turn]
        done = abs(value - new_value) < 1e-7
        point, value, slope = new, new_value, new_slope
        if done:
            break
    return point

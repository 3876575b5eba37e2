"""From which probability on an ask is answered: where lines not learnt from were right nineteen times in twenty."""

from collections.abc import Sequence

import numpy as np

from core.understanding.reading.features import Floats, Ints

FLOOR = 0.45
MARGIN = 0.15
PRECISION = 0.95
HARD = frozenset({"haggle", "complaint", "return_exchange", "refund", "payment"})
"""Asks where a wrong answer costs most."""
HARD_PRECISION = 0.97
UNKNOWN = 0.92
"""The threshold of an ask that was never calibrated, or met too seldom, such as a seller's own."""
_FEWEST = 8
_SHARED = 40
"""As so many lines of its own an ask counts what is known of its whole group: two hundred lines alone tell little of the
last twentieth that is wrong."""


def thresholds(asks: Sequence[str], chances: Floats, classes: Ints) -> dict[str, float]:
    """Per ask the lowest probability, never under 0.45, from which on the precision wanted is kept.

    `chances` are rows of out-of-fold probabilities of one language. The precision of an ask's own lines is mixed with that of
    all asks of its group, the hard ones or the others.
    """
    best = chances.argmax(axis=1)
    two = np.sort(chances, axis=1)[:, -2:]
    sure = two[:, 1]
    clear = (two[:, 1] - two[:, 0] >= MARGIN) & (sure >= FLOOR)
    right = best == classes
    found: dict[str, float] = {}
    for hard, wanted in ((False, PRECISION), (True, HARD_PRECISION)):
        numbers = [at for at, ask in enumerate(asks) if ask != "other" and (ask in HARD) == hard]
        group = np.flatnonzero(clear & np.isin(best, numbers))
        group = group[np.argsort(-sure[group], kind="stable")]
        # Lines of one and the same probability are taken together or not at all.
        is_last = np.append(np.diff(sure[group]) != 0, True)[: len(group)]
        among = np.cumsum(right[group]) / np.arange(1, len(group) + 1)
        for number in numbers:
            own = best[group] == number
            enough = own.sum() > _FEWEST
            precision = (np.cumsum(own & right[group]) + _SHARED * among) / (np.cumsum(own) + _SHARED)
            kept = np.flatnonzero(is_last & (precision >= wanted))
            found[asks[number]] = round(float(sure[group[kept[-1]]]), 3) if enough and len(kept) else UNKNOWN
    return found


def _table(language: str, row: str) -> dict[str, float]:
    return {f"{language}:{ask}": float(least) for ask, least in (pair.split("=") for pair in row.split())}


DEFAULTS: dict[str, float] = _table(
    "zh",
    (
        "authenticity=0.54 cancel=0.52 carrier=0.49 change_address=0.62 change_order=0.67 complaint=0.85 "
        "damaged=0.64 greeting=0.69 haggle=0.72 human=0.45 invoice=0.45 missing_item=0.62 order_status=0.69 "
        "payment=0.75 praise=0.78 price=0.65 promo=0.74 recommend=0.64 refund=0.74 return_exchange=0.77 "
        "ship_eta=0.58 ship_fee=0.87 ship_to=0.45 ship_when=0.66 spec=0.70 special_request=0.71 stock=0.59 "
        "thanks_bye=0.75 track=0.67 warranty=0.45 "
    ),
) | _table(
    "en",
    (
        "authenticity=0.71 cancel=0.59 carrier=0.82 change_address=0.74 change_order=0.75 complaint=0.81 "
        "damaged=0.76 greeting=0.73 haggle=0.93 human=0.66 invoice=0.52 missing_item=0.69 order_status=0.83 "
        "payment=0.79 praise=0.96 price=0.80 promo=0.84 recommend=0.90 refund=0.78 return_exchange=0.77 "
        "ship_eta=0.74 ship_fee=0.72 ship_to=0.79 ship_when=0.79 spec=0.81 special_request=0.80 stock=0.83 "
        "thanks_bye=0.76 track=0.73 warranty=0.58 "
    ),
)
"""Searched out of fold on the shipped phrases, n-grams alone: for a first start that has no time to search."""

"""How long to wait after each failure in a row."""

import random


class Backoff:
    """Seconds to wait after each failure in a row: 1, 2, 4 … `most`, somewhat scattered."""

    def __init__(self, most: float = 60.0) -> None:
        self.failures = 0
        self._most = most

    def next(self) -> float:
        self.failures += 1
        return float(min(self._most, 2.0 ** min(self.failures - 1, 16)) * random.uniform(0.75, 1.0))

    def reset(self) -> None:
        self.failures = 0

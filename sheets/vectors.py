"""Phrase vectors and the trained model, kept in one file beside the database so that a start takes a moment."""

import contextlib
import os
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.understanding.model.model import Model
from core.understanding.model.packing import pack, unpack

_TEXTS, _VECTORS, _ENCODER, _KEY = "vector_texts", "vectors", "encoder", "key"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file holds: `model` only where its key is the one asked for, `vectors` by phrase where the encoder is."""

    model: Model | None = None
    vectors: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)


def load(path: Path, key: str, encoder: str = "", *, with_vectors: bool = False) -> Kept:
    """Read the file. One that is missing, damaged or of other phrases gives nothing; it never raises."""
    try:
        with np.load(path, allow_pickle=False) as file:
            model = None
            if _text(file, _KEY) == key:
                inner = (_KEY, _ENCODER, _TEXTS, _VECTORS)
                model = unpack({name: file[name] for name in file.files if name not in inner})
            vectors: dict[str, NDArray[np.float32]] = {}
            if with_vectors and _TEXTS in file.files and _text(file, _ENCODER) == encoder:
                texts = _text(file, _TEXTS).split("\n")
                rows = file[_VECTORS].astype(np.float32)
                vectors = dict(zip(texts, rows, strict=True)) if len(rows) else {}
            return Kept(model, vectors)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return Kept()


def save(
    path: Path, key: str, model: Model, encoder: str = "", vectors: Mapping[str, NDArray[np.float32]] | None = None
) -> bool:
    """Write the file anew and put it in place at once. False where the disk does not allow it: the next start is slower."""
    arrays: dict[str, NDArray[Any]] = dict(pack(model))
    arrays[_KEY], arrays[_ENCODER] = _array(key), _array(encoder)
    if vectors:
        texts = [text for text in vectors if "\n" not in text]
        arrays[_TEXTS] = _array("\n".join(texts))
        arrays[_VECTORS] = np.stack([vectors[text] for text in texts]).astype(np.float16)
    name = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, suffix=".new", delete=False) as file:
            name = file.name
            np.savez(file, **arrays)  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        if name:
            with contextlib.suppress(OSError):
                os.unlink(name)
        return False
    return True


def _array(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "replace"), dtype=np.uint8)


def _text(file: Mapping[str, NDArray[Any]], name: str) -> str:
    return file[name].tobytes().decode()

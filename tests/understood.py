"""The understanding that the tests share: trained once for a state of the code and the phrases, and kept for the next run."""

import fcntl
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from core.understanding import Model, train
from core.understanding.model import packing
from sheets import vectors
from sheets.phrases import load

ROOT = Path(__file__).parent.parent
PHRASES = ROOT / "phrases"


def trained(config: pytest.Config, run: Path) -> Path:
    """The file with the built-in model, as the program keeps it beside its database.

    It lies in pytest's cache, or in the folder of the `run` where there is none. The first of several processes trains,
    the others wait for it.
    """
    folder = config.cache.mkdir("understanding") if hasattr(config, "cache") else run
    file = folder / f"{_state()}.npz"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            phrases = load(PHRASES).book.phrases
            for old in folder.glob("*.npz"):
                old.unlink()
            assert vectors.save(file, packing.key(phrases, ""), train(phrases)), file
    return file


def model_in(file: Path) -> Model:
    """The model in such a file."""
    model = vectors.load(file, packing.key(load(PHRASES).book.phrases, "")).model
    assert model is not None, file
    return model


def _state() -> str:
    """All that training depends on: phrases, code, numpy."""
    made = sha256(np.__version__.encode())
    for file in sorted(path for room in ("core", "sheets", "phrases") for path in (ROOT / room).rglob("*")):
        if file.suffix in (".py", ".txt"):
            made.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return made.hexdigest()[:16]

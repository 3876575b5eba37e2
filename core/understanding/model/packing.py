"""A model as plain arrays and back, for keeping it beside the database."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.asks import Phrase
from core.understanding.model.learning import Weights
from core.understanding.model.model import Model
from core.understanding.model.nearness import Near

VERSION = 6
"""Changes whenever a model saved by other code could not be read, or would answer otherwise."""

Arrays = Mapping[str, NDArray[Any]]


def key(phrases: "tuple[Phrase, ...]", encoder: str) -> str:
    """What a saved model was made of: the phrases, the encoder and this code."""
    made = sha256(f"{VERSION}\0{encoder}\0".encode())
    for one in phrases:
        made.update(f"{one.language}\0{one.ask}\0{one.is_not:d}\0{one.origin}\0{one.text}\n".encode("utf-8", "replace"))
    return made.hexdigest()


def pack(model: Model) -> dict[str, NDArray[Any]]:
    """Arrays without objects in them, so that reading them runs no code."""
    words = {
        "asks": list(model.asks),
        "known": list(model.known),
        "thresholds": dict(model.thresholds),
        "dense_thresholds": dict(model.dense_thresholds),
        "sure_of": sorted(model.sure_of),
        "trusted": sorted(model.trusted),
        "examples": list(model.examples),
    }
    arrays: dict[str, NDArray[Any]] = {
        "words": np.frombuffer(json.dumps(words, ensure_ascii=False).encode(), dtype=np.uint8),
        "inverse": model.inverse,
        "sparse": model.sparse.matrix.astype(np.float16),
        "sparse_bias": model.sparse.bias,
        "example_ask": model.example_ask,
    }
    if model.dense is not None:
        arrays |= {"dense": model.dense.matrix, "dense_bias": model.dense.bias}
    if model.near is not None:
        arrays["near"] = model.near.rows
    return arrays


def unpack(arrays: Arrays) -> Model | None:
    """The model that `pack` laid down, or None where something is missing or does not fit together."""
    try:
        words = json.loads(arrays["words"].tobytes())
        # Left in half precision, as it was kept: the few rows a piece needs are widened when they are read.
        sparse = Weights(arrays["sparse"], arrays["sparse_bias"])
        dense = Weights(arrays["dense"], arrays["dense_bias"]) if "dense" in arrays else None
        model = Model(
            asks=tuple(words["asks"]),
            known={gram: at for at, gram in enumerate(words["known"])},
            inverse=arrays["inverse"],
            sparse=sparse,
            dense=dense,
            thresholds=words["thresholds"],
            dense_thresholds=words["dense_thresholds"],
            sure_of=frozenset(words["sure_of"]),
            trusted=frozenset(words["trusted"]),
            examples=tuple(words["examples"]),
            example_ask=arrays["example_ask"],
            near=Near(arrays["near"], arrays["example_ask"], len(words["asks"])) if "near" in arrays else None,
        )
    except (KeyError, ValueError, TypeError):
        return None
    fits = (
        len(model.inverse) == len(model.known)
        and model.sparse.matrix.shape[1] == len(model.asks) == len(model.sparse.bias)
        and len(model.examples) == len(model.example_ask)
        and (model.near is None or len(model.near.rows) == len(model.examples))
    )
    return model if fits else None

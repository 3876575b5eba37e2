"""A few phrases to train a model of, and a stand-in for the encoder."""

from collections.abc import Sequence

import numpy as np

from core.asks import Phrase
from core.understanding.reading.features import Floats


def letters(texts: Sequence[str]) -> Floats:
    """A stand-in for an encoder: characters hashed into 512 numbers of length one."""
    rows = np.zeros((len(texts), 512), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for one in text:
            row[ord(one) % 512] += 1
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def lesson() -> list[Phrase]:
    asks = {"price": "多少钱", "stock": "有货吗", "invoice": "开发票", "other": "好的"}
    ends = ("", "啊", "呢", "亲", "老板", "谢谢", "请问", "这个", "那个", "现在", "你们", "一下")
    return [Phrase(end + words, ask, "zh") for ask, words in asks.items() for end in ends]

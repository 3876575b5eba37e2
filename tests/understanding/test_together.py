"""Many lines at once are understood as they would be one after the other, with fewer calls of the encoder."""

from collections.abc import Sequence

from core.asks import Heard
from core.understanding import Mind, train, understand
from core.understanding.model.encoder import Vectors
from core.understanding.reading.features import Floats
from core.understanding.together import understand_all
from tests.understanding.lessons import lesson, letters

LINES = [
    "那个啥时候能到啊", "在不在的呀这个货", "票能开不", "多少米", "好的吧那就这样", "嗯嗯这个能行吗", "有木有", "开个票多少钱还有货没",
    "hello there", "你们这里是不是", "货多吗", "发",
]  # fmt: skip


def test_a_batch_is_the_same_as_its_lines() -> None:
    """Every line as by itself; the encoder was asked for several pieces at a time."""
    calls: list[int] = []

    def encode(texts: Sequence[str]) -> Floats:
        calls.append(len(texts))
        return letters(texts)

    model = train(lesson(), letters)
    lines = [(text, Heard(previous=before)) for text in LINES for before in ("", "最低多少")]
    together = understand_all(lines, Mind(model, vectors=Vectors(encode)))
    asked_for = list(calls)
    calls.clear()
    mind = Mind(model, vectors=Vectors(encode))
    assert together == [understand(text, heard, mind) for text, heard in lines]
    assert sum(asked_for) >= sum(calls) > len(asked_for)


def test_without_an_encoder_lines_are_simply_understood() -> None:
    """Nothing is foreseen where there is nothing to ask."""
    mind = Mind(train(lesson()))
    assert understand_all([(LINES[0], Heard())], mind) == [understand(LINES[0], Heard(), mind)]
    assert understand_all([], mind) == []

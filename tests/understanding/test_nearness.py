"""Questions in doubt, put to the phrases that mean nearly the same."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from core.asks import Heard
from core.understanding import Mind, Model, understand
from core.understanding.model.encoder import SIZE, Vectors
from core.understanding.model.learning import Weights
from core.understanding.model.nearness import near
from core.understanding.reading.features import Floats
from core.understanding.reading.splitting import looks_like_question, looks_like_request


def unit(*places: int) -> Floats:
    """A vector of length one that is spread over these places alone."""
    row = np.zeros(SIZE, dtype=np.float32)
    row[list(places)] = 1
    return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


def test_the_nearest_phrases_tell_by_how_near_they_are() -> None:
    """What is further off counts for less, and all shares together are one."""
    wide = [tuple(range(start, start + 40)) for start in (0, 10, 400)]
    found = near(np.stack([unit(*one) for one in wide]), np.array([0, 1, 2], dtype=np.int32), 4)
    shares = found.shares(unit(*wide[0]), np.arange(4))
    assert shares.argmax() == 0
    assert shares[1] > shares[2]
    assert shares[3] == 0
    assert float(shares.sum()) == pytest.approx(1, abs=1e-5)


def test_asks_that_are_not_possible_have_no_say() -> None:
    """What the model rules out is not asked; where nothing is possible, nothing is near."""
    found = near(np.stack([unit(1), unit(2)]), np.array([0, 1], dtype=np.int32), 2)
    assert found.shares(unit(1), np.array([1])).tolist() == [0.0, 1.0]
    assert found.shares(unit(1), np.array([], dtype=np.int64)).tolist() == [0.0, 0.0]


def test_one_byte_a_number_keeps_what_is_near() -> None:
    """Vectors are kept in steps of 1/400: the order of likeness hardly changes."""
    draw = np.random.default_rng(4)
    rows = draw.standard_normal((300, SIZE)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    found = near(rows, np.arange(300, dtype=np.int32), 300)
    assert [int(found.shares(rows[at], np.arange(300)).argmax()) for at in range(20)] == list(range(20))


@pytest.fixture
def leaning(model: Model) -> Callable[[str], Mind]:
    """Makes a mind that leans to a return and is not sure of it, with phrases that are near and all ask what is given."""

    def made(said_by: str) -> Mind:
        bias = np.zeros(len(model.asks), dtype=np.float32)
        bias[model.asks.index("return_exchange")] = 6.5
        bias[model.asks.index("refund")] = 5.0
        rows = np.stack([unit(at) for at in range(40)])
        trained = replace(
            model,
            sparse=Weights(np.zeros_like(model.sparse.matrix), bias),
            dense=Weights(np.zeros((SIZE, len(model.asks)), dtype=np.float32), bias * 0),
            dense_thresholds={f"zh:{ask}": 0.9 for ask in model.asks},
            trusted=frozenset(),
            near=near(rows, np.full(40, model.asks.index(said_by), dtype=np.int32), len(model.asks)),
        )
        return Mind(trained, vectors=Vectors(lambda texts: np.stack([unit(1)] * len(texts))))

    return made


@pytest.mark.parametrize("text", ["那样弄得成吗", "那样弄了"], ids=["a question", "a statement"])
def test_a_doubt_is_settled_by_what_is_near(text: str, leaning: Callable[[str], Mind]) -> None:
    """What the model leans to is answered where the nearest phrases ask the same, asked back where they do not."""
    agreed = understand(text, Heard(), leaning("return_exchange"))
    assert [one.name for one in agreed.asks] == ["return_exchange"]
    assert not agreed.doubts
    against = understand(text, Heard(), leaning("promo"))
    assert not against.asks
    assert against.doubts


def test_what_is_only_supposed_is_not_settled(leaning: Callable[[str], Mind]) -> None:
    """Words that begin with "if it were so" ask for nothing yet."""
    assert not understand("要是那样就弄了", Heard(), leaning("return_exchange")).asks


@pytest.mark.parametrize(
    "words",
    [
        "审核过了没",
        "送不送屯门",
        "明天收不收到",
        "398是一只还是一双",
        "寄过去修还是上门",
        "补货补没补",
        "got it in navy",
        "leaving friday will i have it by then",
        "u still have any left or nah",
    ],
)
def test_questions_without_a_word_that_asks(words: str) -> None:
    """Buyers ask by repeating the verb, by a 没 at the end, by naming two things, or with the verb in the middle."""
    assert looks_like_question(words)


@pytest.mark.parametrize(
    "words",
    ["时不时响一下", "充了电还是不亮", "还是这个好", "昨天买的还没到手", "it is what it is i guess", "ok that will do"],
)
def test_statements_that_only_look_like_questions(words: str) -> None:
    """The same words in a statement ask nothing."""
    assert not looks_like_question(words)


@pytest.mark.parametrize(
    "words", ["求个性价比高的", "推荐个耐用的", "包厚一点拜托", "pick me a ripe one", "add one more mug"]
)
def test_requests(words: str) -> None:
    """A wish in any mood."""
    assert looks_like_request(words)

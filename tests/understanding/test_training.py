"""Learning from phrases: files, thresholds, taught lines, keeping the model."""

from pathlib import Path

import numpy as np
import pytest

from core.asks import Heard, Phrase
from core.understanding import Mind, Model, train, understand
from core.understanding.asks.explaining import likest, why
from core.understanding.model.encoder import Vectors, encode_in_steps
from core.understanding.model.packing import key, pack, unpack
from core.understanding.model.thresholds import FLOOR, UNKNOWN, thresholds
from sheets import vectors
from sheets.phrases import load
from tests.understanding.lessons import lesson, letters


def test_the_same_phrases_give_the_same_model() -> None:
    """Training draws nothing by chance."""
    first, second = train(lesson()), train(lesson())
    assert np.array_equal(first.sparse.matrix, second.sparse.matrix)


def test_with_an_encoder_thresholds_are_searched_out_of_fold() -> None:
    """A model trained with vectors carries thresholds of its own, none under the floor."""
    model = train(lesson(), letters)
    assert model.dense is not None
    assert set(model.dense_thresholds) >= {"zh:price", "zh:stock"}
    assert min(model.dense_thresholds.values()) >= FLOOR
    understood = understand("请问多少钱", Heard(), Mind(model, vectors=Vectors(letters)))
    assert [one.name for one in understood.asks] in (["price"], [])


def test_few_phrases_suggest_and_never_answer() -> None:
    """An ask with fewer than eight phrases is only suggested."""
    few = [*lesson(), *(Phrase(words, "own:engraving", "zh") for words in ("能刻字吗", "可以刻字吗", "刻字多少字"))]
    model = train(few)
    assert "own:engraving" not in model.sure_of


def test_thresholds_keep_the_precision() -> None:
    """The lowest probability is taken from which on nineteen in twenty are right; hard asks want more."""
    chances = np.tile(np.array([[0.8, 0.1, 0.1]], dtype=np.float32), (40, 1))
    chances[:20, 0] = np.linspace(0.6, 0.99, 20)
    chances[20:, 0] = 0.5
    classes = np.array([0] * 20 + [0, 1] * 10, dtype=np.int32)
    found = thresholds(("price", "refund", "other"), chances, classes)
    assert 0.5 < found["price"] <= 0.61


def test_an_ask_with_few_lines_leans_on_its_group() -> None:
    """Twenty lines that were all right do not make an ask of a careless group an easy one."""
    rows = np.tile(np.array([[0.05, 0.8, 0.1]], dtype=np.float32), (220, 1))
    rows[:20] = [0.8, 0.05, 0.1]
    classes = np.array([0] * 20 + [1, 2] * 100, dtype=np.int32)
    assert thresholds(("price", "stock", "other"), rows, classes)["price"] == UNKNOWN


def test_the_likest_phrases_are_found(model: Model) -> None:
    """A phrase is most like itself, and only phrases of the ask are named; a rule and a seller's line are reasons already."""
    mind = Mind(model)
    assert likest("多少钱？", "price", mind, 1) == ("多少钱",)
    assert "多少钱" not in likest("多少钱", "refund", mind)
    assert why("", "keyword", "price", "多少钱", mind).startswith("like: 多少钱 / ")
    assert why("", "model", "price", "zzz", mind) == "its own words"
    assert why("bare greeting", "rule", "greeting", "在吗", mind) == "bare greeting"
    assert why("", "model", "own:none", "在吗", mind) == "its own words"


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        pytest.param("宝贝几个大洋呀", "price", id="equal"),
        pytest.param("老板！宝贝几个大洋呀？？", "price", id="contained"),
    ],
)
def test_a_taught_line_answers_at_once(text: str, ask: str, model: Model) -> None:
    """What the seller taught needs no training: equality or containment is enough."""
    mind = Mind(model).with_taught([Phrase("宝贝几个大洋呀", "price", "zh", origin="taught")])
    [found] = understand(text, Heard(), mind).asks
    assert (found.name, found.source, found.confidence) == (ask, "taught", 1.0)


def test_a_line_taught_not_to_be_an_ask(model: Model) -> None:
    """`not:` taken to heart at once."""
    line = "这个多少钱"
    assert understand(line, Heard(), Mind(model)).asks
    mind = Mind(model).with_taught([Phrase(line, "price", "zh", is_not=True, origin="taught")])
    assert "price" not in [one.name for one in understand(line, Heard(), mind).asks]


def test_a_model_survives_the_disk(tmp_path: Path, shipped: tuple[Phrase, ...]) -> None:
    """A model laid down and read again decides alike; another key finds nothing."""
    model = train(shipped[::4])
    file, name = tmp_path / "shop.db.npz", key(shipped, "none")
    assert vectors.save(file, name, model, "none", {"多少钱": letters(["多少钱"])[0]})
    kept = vectors.load(file, name, "none", with_vectors=True)
    assert kept.model is not None
    assert list(kept.vectors) == ["多少钱"]
    for text in ("多少钱", "do you ship to canada", "我要退货"):
        asks = [one.name for one in understand(text, Heard(), Mind(model)).asks]
        assert asks
        assert [one.name for one in understand(text, Heard(), Mind(kept.model)).asks] == asks
    assert vectors.load(file, "another key").model is None


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 torn"])
def test_a_damaged_file_is_ignored(content: bytes, tmp_path: Path) -> None:
    """A torn or foreign file is as good as none."""
    file = tmp_path / "shop.db.npz"
    file.write_bytes(content)
    assert vectors.load(file, "any") == vectors.Kept()


def test_missing_arrays_give_no_model(model: Model) -> None:
    """A file of older code is not half read."""
    arrays = pack(model)
    del arrays["inverse"]
    assert unpack(arrays) is None


def test_encoding_goes_in_steps() -> None:
    """Others may run between two steps; the rows are the same."""
    texts = [str(number) for number in range(70)]
    steps = list(encode_in_steps(letters, texts, 32))
    assert [len(one) for one in steps] == [32, 32, 6]
    assert np.array_equal(np.concatenate(steps), letters(texts))


def test_phrase_files_report_bad_lines(tmp_path: Path) -> None:
    """A seller's mistake is named with file and line, and the rest is read."""
    folder = tmp_path / "zh"
    folder.mkdir()
    (folder / "price.txt").write_text(
        "# 价格\n多少钱\nnot: 便宜点\nnot:\n" + "长" * 300 + "\n多少钱\n", encoding="utf-8"
    )
    (folder / "prise.txt").write_text("几块\n", encoding="utf-8")
    (folder / "stock.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "own-engraving.txt").write_text("能刻字吗\n", encoding="utf-8")
    loaded = load(tmp_path)
    assert [(one.text, one.ask, one.is_not) for one in loaded.book.phrases] == [
        ("能刻字吗", "own:engraving", False),
        ("多少钱", "price", False),
        ("便宜点", "price", True),
    ]
    assert [(one.file, one.line) for one in loaded.bad] == [
        ("zh/price.txt", 4),
        ("zh/price.txt", 5),
        ("zh/prise.txt", 0),
        ("zh/stock.txt", 0),
    ]


def test_shipped_phrases_are_clean(shipped: tuple[Phrase, ...]) -> None:
    """Every shipped line is read, in both languages, for every ask."""
    assert load(Path(__file__).parents[2] / "phrases").bad == ()
    assert len({(one.ask, one.language) for one in shipped}) == 62

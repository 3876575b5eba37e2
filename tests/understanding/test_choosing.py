"""Which of the goods offered a line means."""

import pytest

from core.catalogue import Catalogue, Wording
from core.understanding import Mind
from core.understanding.asks.choosing import chosen
from tests.understanding.conftest import variant


@pytest.fixture(scope="module")
def cushions(mind: Mind) -> Mind:
    return mind.with_catalogue(
        Catalogue(
            (
                variant("CORD-L", "灯芯绒抱枕", "奶咖", english=Wording("Corduroy Cushion", "Latte")),
                variant("CORD-M", "灯芯绒抱枕", "苔绿", english=Wording("Corduroy Cushion", "Moss Green")),
                variant("LIN-O", "棉麻抱枕", "燕麦色", english=Wording("Linen Cushion", "Oat")),
                variant("LIN-R", "棉麻抱枕", "砖红", english=Wording("Linen Cushion", "Brick Red")),
                variant("SHOE-38", "棉拖鞋", "38-39"),
                variant("SHOE-40", "棉拖鞋", "40-41"),
            )
        )
    )


OFFERED = ("CORD-L", "LIN-O", "SHOE-38")


@pytest.mark.parametrize(
    ("words", "asked", "skus"),
    [
        pytest.param("灯芯绒那个", "抱枕多少钱", ("CORD-L", "CORD-M"), id="by a word of its title"),
        pytest.param("the corduroy one", "", ("CORD-L", "CORD-M"), id="in English"),
        pytest.param("绿色的有吗", "", ("CORD-M",), id="by a colour that only one has"),
        pytest.param("灯芯绒的", "抱枕要奶咖的", ("CORD-L",), id="with the colour asked for before"),
        pytest.param("第二个", "", ("LIN-O", "LIN-R"), id="by its place"),
        pytest.param("the last one please", "39码的有吗", ("SHOE-38",), id="the last, in the size asked for"),
        pytest.param("2", "", ("LIN-O", "LIN-R"), id="a bare number"),
        pytest.param("抱枕", "", (), id="a word of two of them"),
        pytest.param("便宜点吗", "", (), id="something else"),
        pytest.param("第五个", "", (), id="a place that is not there"),
    ],
)
def test_words_that_choose(words: str, asked: str, skus: tuple[str, ...], cushions: Mind) -> None:
    """A word, a colour or a place that fits one of those offered, and no other."""
    assert chosen(words, OFFERED, cushions, asked) == skus

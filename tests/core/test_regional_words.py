"""The words of Hong Kong and Taiwan, told in those of the mainland."""

import pytest

from core.language import to_simplified
from core.regional import WORDS, in_mandarin


@pytest.mark.parametrize("word", sorted(WORDS))
def test_what_a_word_is_called_elsewhere_is_folded_already(word: str) -> None:
    """Folding the characters once more changes nothing: 打坏 would become 打坯."""
    assert to_simplified(WORDS[word]) == WORDS[word]
    assert to_simplified(f"個{WORDS[word]}") == to_simplified("個") + WORDS[word]


def test_whole_lines() -> None:
    """As they are written in chats."""
    assert in_mandarin("有無相睇下") == "有没有照片看下"
    assert in_mandarin("打爛咗點算") == "打碎了怎么办"
    assert in_mandarin("收到嘅係白色唔係黑色") == "收到的是白色不是黑色"
    assert in_mandarin("數量唔啱") == "数量不对"
    assert in_mandarin("啱唔啱我") == "合不合适我"

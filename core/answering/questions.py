"""The questions of one ask, where its pieces hold several: each is answered, and none is lost behind another's answer."""

import re

from core.answering.values import Scene
from core.answering.wording import is_question
from core.asks import Ask
from core.often import often
from core.regional import in_mandarin


def questions_of(ask: Ask, scene: Scene) -> tuple[str, ...]:
    """Its questions one by one, in the order asked: 多大, and 有拉链吗. All of its words, where they are one question."""
    first, *_ = spans = sorted({ask.span, *ask.also})
    words = scene.words_of(ask) if len(spans) == 1 else scene.words[slice(*first)]
    found = questions_in(words) + sum((questions_in(scene.words[slice(*span)]) for span in spans[1:]), ())
    return found if len(found) > 1 else (scene.words_of(ask),)


@often
def questions_in(words: str) -> tuple[str, ...]:
    """The parts of a text that ask something."""
    parts = (part.group().strip() for part in _PARTS.finditer(words))
    return tuple(part for part in parts if is_question(part) or _MEASURE_ASKED.search(in_mandarin(part)))


_HAN = "[\u3400-\u9fff]"
_ENDS = rf"[,，。;；!！?？\n~～]|\.(?=\s|$)|(?<={_HAN})\s(?={_HAN})|\s(?:and|but|or)\s(?=(?:do|does|did|can|could|is|are|will|would|has|have|what|when|where|how|which|who|why)\b)"
_PARTS = re.compile(rf"(?:(?!{_ENDS}).)+(?:\s*[?？])?", re.IGNORECASE)
_MEASURE_ASKED = re.compile(
    r"多[大重长高宽厚深]|([一-鿿])[不没]\1|[什啥]么?(?:材质|面料|料子|颜色)|\bhow (?:big|long|wide|tall|heavy|thick)\b"
)

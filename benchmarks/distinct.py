"""The lines of corpus.txt said in different ways, so that hardly one comes twice: nothing is remembered of them.

    python -m benchmarks.distinct > distinct.txt

Only lines that ask what the plain line asks are printed; whoever compares with a corpus of few lines sees what
`core.understanding.model.remembering` brings.
"""

from itertools import product
from pathlib import Path

from core.asks import Heard
from core.understanding import Mind, train, understand
from sheets.phrases import load

ROOT = Path(__file__).parent.parent
BEFORE = {
    "zh": ("", "亲 ", "你好，", "请问", "老板，", "在吗 ", "掌柜的 ", "那个 "),
    "en": ("", "hi, ", "hello ", "excuse me, ", "quick question: "),
}
AFTER = {"zh": ("", "呀", "呢", " 谢谢", "~", " 急"), "en": ("", " please", " thanks", "??", " :)", " pls")}


def main() -> None:
    mind = Mind(train(load(ROOT / "phrases").book.phrases))
    for plain in (ROOT / "benchmarks" / "corpus.txt").read_text(encoding="utf-8").split("\n"):
        language = "en" if plain.isascii() else "zh"
        asks = [one.name for one in understand(plain, Heard(), mind).asks]
        for before, after in product(BEFORE[language], AFTER[language]):
            line = before + plain + after
            if plain and [one.name for one in understand(line, Heard(), mind).asks] == asks:
                print(line)


if __name__ == "__main__":
    main()

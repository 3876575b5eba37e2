"""How well and how fast messages are understood, measured on labelled rows kept outside the project.

    python -m benchmarks.understanding [FOLDER] [--half a|b|both] [--encoder] [--errors FILE] [--keep]

The project's own rows, in understanding_set, are scored whole, and the run fails where a figure has dropped by more than
two points and three rows since understanding_baseline.json was written (`--keep` writes it anew). FOLDER holds further .jsonl files of
{"id", "text", "prev"?, "asks", "also_ok"?}: those rows are halved by a hash of their id, errors are looked at in half A only,
half B is what is reported.
"""

import argparse
import hashlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.understanding_scores import Score, dropped, keep, score, table, wilson, worst
from core.asks import Heard, Understanding
from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from core.understanding import Mind, train, understand
from core.understanding.asks.explaining import why
from core.understanding.model.encoder import Vectors, load
from sheets.phrases import load as load_phrases

ROOT = Path(__file__).parents[1]
Row = dict[str, Any]
OWN = ROOT / "benchmarks" / "understanding_set"
BASELINE = ROOT / "benchmarks" / "understanding_baseline.json"


def is_half_a(row: Row) -> bool:
    return hashlib.sha256(row["id"].encode()).digest()[0] % 2 == 0


def read(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def answer(row: Row, mind: Mind) -> Understanding:
    return understand(row["text"], Heard(previous=row.get("prev") or ""), mind)


def turned(rows: list[Row], config: str) -> list[Row]:
    import opencc

    convert = opencc.OpenCC(config).convert
    return [row | {"text": convert(row["text"]), "prev": convert(row.get("prev") or "")} for row in rows]


def own(mind: Mind) -> dict[str, Score]:
    """The project's own rows by language, each with its table and its worst asks."""
    totals: dict[str, Score] = {}
    for file in sorted(OWN.glob("*.jsonl")):
        rows = read(file)
        totals[file.stem] = score(rows, {row["id"]: {one.name for one in answer(row, mind).asks} for row in rows})
        print(f"own {file.stem} {len(rows):4}  {totals[file.stem]}")
        print(worst(totals[file.stem]))
        print(table(totals[file.stem]))
    return totals


def measure(folder: Path, mind: Mind, halves: str, errors: Path | None) -> None:
    wrong: list[str] = []
    times: list[float] = []
    for file in sorted(folder.glob("*_asks*.jsonl")):
        rows = read(file)
        said: dict[str, set[str]] = {}
        for row in rows:
            start = time.perf_counter()
            understood = answer(row, mind)
            times.append(time.perf_counter() - start)
            said[row["id"]] = {one.name for one in understood.asks}
            if is_half_a(row):
                wrong += _explained(row, understood, mind)
        for name, half in (
            ("A", [row for row in rows if is_half_a(row)]),
            ("B", [row for row in rows if not is_half_a(row)]),
        ):
            if halves in ("both", name.lower()):
                print(f"{file.stem:16} {name} {len(half):4}  {score(half, said)}")
        if file.stem == "zh_asks":
            for config in ("s2t", "s2tw", "s2hk"):
                other = {row["id"]: {one.name for one in answer(row, mind).asks} for row in turned(rows, config)}
                same = sum(other[row["id"]] == said[row["id"]] for row in rows)
                print(f"{config:16}   {len(rows):4}  answered alike {wilson(same, len(rows))}")
    times.sort()
    print(
        f"a message: p50 {1000 * times[len(times) // 2]:.2f} ms, p99 {1000 * times[int(len(times) * 0.99)]:.2f} ms, n {len(times)}"
    )
    if errors:
        errors.write_text("\n".join(wrong), encoding="utf-8")


def _explained(row: Row, understood: Understanding, mind: Mind) -> list[str]:
    want = set(row["asks"]) - {"other"}
    fair = (set(row["asks"]) | set(row.get("also_ok", []))) - {"other"}
    lines = []
    got = {one.name for one in understood.asks}
    for one in understood.asks:
        if one.name not in fair:
            words = row["text"][one.span[0] : one.span[1]].replace("\n", "⏎")
            reason = why(one.why, one.source, one.name, words, mind)
            lines.append(
                f"WRONG {row['id']} {one.name} {one.confidence} {one.source} «{words}» want {row['asks']} ~{row.get('also_ok', [])} why {reason} | prev {str(row.get('prev'))[-40:]!r}"
            )
    if want - got:
        words = row["text"].replace("\n", "⏎")
        lines.append(
            f"MISS  {row['id']} {sorted(want - got)} «{words[:120]}» said {sorted(got)} doubts {[(doubt.text[:30], doubt.maybe) for doubt in understood.doubts]} | prev {str(row.get('prev'))[-40:]!r}"
        )
    return lines


def made_catalogue(count: int) -> Catalogue:
    words = "手机壳 保温杯 蓝牙耳机 数据线 充电器 棉麻桌布 连衣裙 防水背包 陶瓷茶杯 抱枕 儿童玩具 可爱 简约 复古 加厚 便携 磁吸 透明 卡通 夏季 女士 男士".split()
    return Catalogue(
        tuple(
            Variant(
                f"S{n}",
                Wording(f"{words[n % 17]}{words[(n * 7) % 23 % len(words)]} {'abcdefgh'[n % 8]}{n % 997}"),
                Money(100, "CNY"),
            )
            for n in range(count)
        )
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--half", choices=("a", "b", "both"), default="both")
    parser.add_argument("--encoder", action="store_true", help="with the sentence encoder")
    parser.add_argument("--keep", action="store_true", help="write today's figures on the own rows as the baseline")
    parser.add_argument("--errors", type=Path, help="write what went wrong in half A to this file")
    options = parser.parse_args()
    phrases = load_phrases(ROOT / "phrases").book.phrases
    encode = load() if options.encoder else None
    start = time.perf_counter()
    model = train(phrases, encode)
    print(
        f"{len(phrases)} phrases, {len(model.known)} n-grams, trained in {time.perf_counter() - start:.2f} s, encoder: {'yes' if encode else 'no'}"
    )
    mind = Mind(model, vectors=Vectors(encode) if encode else None)
    way = "with the encoder" if encode else "without the encoder"
    totals = own(mind)
    if options.keep:
        keep(BASELINE, way, totals)
    if options.folder is not None:
        measure(options.folder, mind, options.half, options.errors)
    shop = mind.with_catalogue(made_catalogue(5000))
    times = []
    for n in range(200):
        start = time.perf_counter()
        understand(f"请问蓝牙耳机a{n}还有货吗 多少钱", Heard(), shop)
        times.append(time.perf_counter() - start)
    times.sort()
    print(f"with 5,000 titles: p50 {1000 * times[100]:.2f} ms, p99 {1000 * times[197]:.2f} ms")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    lost = dropped(BASELINE, way, totals)
    for sentence in lost:
        print(f"Worse than the baseline: {sentence}", file=sys.stderr)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())

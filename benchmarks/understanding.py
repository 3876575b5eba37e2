"""How well and how fast messages are understood, measured on labelled rows kept outside the project.

    python benchmarks/understanding.py [FOLDER] [--half a|b|both] [--encoder] [--errors FILE]

FOLDER holds .jsonl files of {"id", "text", "prev"?, "asks", "also_ok"?} and defaults to ../shared/data/dev. The rows are
halved by a hash of their id: errors are looked at in half A only, half B is what is reported.
"""

import argparse
import hashlib
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable
from math import sqrt
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from core.asks import Heard, Understanding  # noqa: E402  the project's own folder comes first
from core.catalogue import Catalogue, Variant, Wording  # noqa: E402
from core.money import Money  # noqa: E402
from core.understanding import Mind, train, understand  # noqa: E402
from core.understanding.encoder import Vectors, load  # noqa: E402
from sheets.phrases import load as load_phrases  # noqa: E402

Row = dict[str, Any]


def wilson(part: int, whole: int) -> str:
    """A share with its 95 % interval."""
    if not whole:
        return "    –      (0)"
    share, z = part / whole, 1.96
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return f"{100 * share:5.1f} % [{abs(100 * (middle - reach)):3.0f}–{100 * (middle + reach):3.0f}] ({part}/{whole})"


def is_half_a(row: Row) -> bool:
    return hashlib.sha256(row["id"].encode()).digest()[0] % 2 == 0


def score(rows: Iterable[Row], said: dict[str, set[str]]) -> str:
    counts: Counter[str] = Counter()
    for row in rows:
        want = set(row["asks"]) - {"other"}
        fair = (set(row["asks"]) | set(row.get("also_ok", []))) - {"other"}
        got = said[row["id"]]
        counts["said"] += len(got)
        counts["right"] += len(got & fair)
        counts["asked"] += len(want)
        counts["found"] += len(got & want)
        if len(want) >= 2:
            counts["several"] += 1
            counts["exact"] += got - (fair - want) == want
        if not want:
            counts["quiet"] += 1
            counts["chatter"] += bool(got - fair)
    return (
        f"precision {wilson(counts['right'], counts['said'])}  coverage {wilson(counts['found'], counts['asked'])}  "
        f"exact {wilson(counts['exact'], counts['several'])}  chatter {wilson(counts['chatter'], counts['quiet'])}"
    )


def read(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def answer(row: Row, mind: Mind) -> Understanding:
    return understand(row["text"], Heard(previous=row.get("prev") or ""), mind)


def turned(rows: list[Row], config: str) -> list[Row]:
    import opencc

    convert = opencc.OpenCC(config).convert
    return [row | {"text": convert(row["text"]), "prev": convert(row.get("prev") or "")} for row in rows]


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
                wrong += _explained(row, understood)
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


def _explained(row: Row, understood: Understanding) -> list[str]:
    want = set(row["asks"]) - {"other"}
    fair = (set(row["asks"]) | set(row.get("also_ok", []))) - {"other"}
    lines = []
    got = {one.name for one in understood.asks}
    for one in understood.asks:
        if one.name not in fair:
            words = row["text"][one.span[0] : one.span[1]].replace("\n", "⏎")
            lines.append(
                f"WRONG {row['id']} {one.name} {one.confidence} {one.source} «{words}» want {row['asks']} ~{row.get('also_ok', [])} why {one.why} | prev {str(row.get('prev'))[-40:]!r}"
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "data" / "dev")
    parser.add_argument("--half", choices=("a", "b", "both"), default="both")
    parser.add_argument("--encoder", action="store_true", help="with the sentence encoder")
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
    if options.folder.is_dir():
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


if __name__ == "__main__":
    main()

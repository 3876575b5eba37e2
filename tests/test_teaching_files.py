"""What a seller taught, in files: written, read back, and wrong lines named."""

import shutil
from pathlib import Path

from core.answers import KeptAnswer
from core.asks import Phrase
from sheets.answers import read_answers
from sheets.phrases import load, load_files, written
from tests.console import Console

PHRASES = (
    Phrase("能一件代发吗", "own:代发", "zh", origin="taught"), Phrase("代发票吗", "own:代发", "zh", True, "taught"),
    Phrase("do you dropship", "own:代发", "en", origin="taught"), Phrase("包不包邮呀", "ship_fee", "zh", origin="taught"),
    Phrase("# 3 好了没", "ship_when", "zh", origin="taught"), Phrase("not: a line", "price", "en", origin="taught"),
    Phrase("\\o/ 谢啦", "thanks_bye", "zh", origin="taught"), Phrase("/代.{0,2}发/", "own:代发", "zh", origin="taught"),
    Phrase("/代发.{0,2}票/", "own:代发", "zh", True, "taught"),
)  # fmt: skip
ANSWERS = (
    KeptAnswer("own:代发", "可以代发。\n一件起发。", "zh"), KeptAnswer("own:代发", "Yes.", "en"), KeptAnswer("own:代发", "可以代發喔。", "zh_hant"),
    KeptAnswer("payment", "支持货到付款。", "zh"),
)  # fmt: skip


def test_what_was_written_reads_back_the_same(tmp_path: Path) -> None:
    """Lines that look like marks, answers of several lines, a wording for Traditional: nothing is lost or changed."""
    for name, text in written(PHRASES, ANSWERS).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    for loaded in (load(tmp_path, "taught"), load_files(sorted(tmp_path.rglob("*.txt")))):
        assert loaded.bad == ()
        assert set(loaded.book.phrases) == set(PHRASES)
        assert set(loaded.answers) == set(ANSWERS)
    assert (tmp_path / "zh" / "own-代发.txt").read_text(encoding="utf-8").splitlines()[0] == "answer: 可以代发。"


def test_bad_lines_and_rows_are_named(tmp_path: Path) -> None:
    """A file of no ask, one outside a language's folder, a row without an answer or of no ask."""
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "weather.txt").write_text("会下雨吗", encoding="utf-8")
    (tmp_path / "stock.txt").write_text("有货吗", encoding="utf-8")
    loaded = load_files([tmp_path / "zh" / "weather.txt", tmp_path / "stock.txt"])
    assert [bad.file for bad in loaded.bad] == ["zh/weather.txt", "stock.txt"]
    rows = "ask,product,question,language,answer\nown:wifi,,,zh,1234\nweather,,,zh,x\nspec,A-1,会起球吗,zh,\nown:wifi,,,fr,x\nspec,A-1,会起球吗,zh,'=不会\n"
    found, wrong = read_answers("answers.csv", rows.encode())
    assert found == [KeptAnswer("own:wifi", "1234", "zh"), KeptAnswer("spec", "=不会", "zh", "A-1", "会起球吗")]
    assert [sentence.split(":")[0] for sentence in wrong] == [f"answers.csv, row {row}" for row in (3, 4, 5)]
    assert read_answers("answers.csv", b"\xff\xfe\x00")[1]


def test_import_and_export_carry_what_was_taught(tmp_path: Path, understanding: Path) -> None:
    """From a folder into one shop, out of it, and into another: the same phrases and answers, heard by `ask` and `understand`."""
    first, second = Console(tmp_path / "first"), Console(tmp_path / "second")
    for console in (first, second):
        console.folder.mkdir()
        shutil.copyfile(understanding, console.folder / "shop.understanding.npz")
    folder = tmp_path / "mine" / "zh"
    folder.mkdir(parents=True)
    (folder / "own-代发.txt").write_text(
        "answer: 可以代发，一件起发。\n能一件代发吗\n代发\n/替.{0,4}寄/\n", encoding="utf-8"
    )
    done = first.run("import", str(tmp_path / "mine"))
    assert (done.exit_code, "phrases: 3" in done.stdout, "answers: 1" in done.stdout) == (0, True, True), done.stderr
    assert first.run("export", str(tmp_path / "out")).exit_code == 0
    assert (tmp_path / "out" / "phrases" / "zh" / "own-代发.txt").exists()
    done = second.run("import", str(tmp_path / "out" / "phrases"), str(tmp_path / "out" / "answers.csv"))
    assert done.exit_code == 0, done.stderr
    assert second.run("export", str(tmp_path / "again")).exit_code == 0
    for name in ("zh/own-代发.txt",):
        texts = [(tmp_path / place / "phrases" / name).read_text(encoding="utf-8") for place in ("out", "again")]
        assert texts[0] == texts[1]
    (told,) = second.answer("ask", "你好，支持代发不", "--json")
    assert "可以代发，一件起发。" in told["messages"][0]["text"]
    assert [ask["name"] for ask in told["asks"]] == ["own:代发"]
    (told,) = second.answer("understand", stdin='{"id": 1, "text": "能代发么"}')
    assert (told["asks"][0]["name"], told["asks"][0]["source"]) == ("own:代发", "taught")
    (told,) = second.answer("understand", stdin='{"id": 1, "text": "想请你们替我直接寄给客人"}')
    assert [ask["name"] for ask in told["asks"]] == ["own:代发"]
    (folder / "own-代发.txt").write_text("/(替寄/\n", encoding="utf-8")
    refused = first.run("import", str(tmp_path / "mine"))
    assert (refused.exit_code, "line 1" in refused.stderr, "pattern" in refused.stderr) == (1, True, True)
    (folder / "weather.txt").write_text("会下雨吗", encoding="utf-8")
    refused = first.run("import", str(tmp_path / "mine"))
    assert refused.exit_code == 1
    assert "weather" in refused.stderr

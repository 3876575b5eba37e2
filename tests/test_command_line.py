"""The command line: what people script against. Answers on stdout, sentences on stderr, exit status 0, 1 or 2."""

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from settings import read_settings
from tests.console import Console

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory, understanding: Path) -> Console:
    """One shop for all of them, which has learnt the phrases."""
    console = Console(tmp_path_factory.mktemp("console"))
    shutil.copyfile(understanding, console.folder / "shop.understanding.npz")
    shop, catalogue = console.made.write(console.folder)
    result = console.run("import", str(shop), str(catalogue))
    assert result.exit_code == 0, result.stderr
    assert str(len(console.made.goods)) in result.stdout
    return console


def test_ask_tells_the_reply_and_why_as_json(console: Console) -> None:
    """One bundled message with the facts of the shop, the asks in order, and nothing handed over."""
    one = console.made.plenty
    (told,) = console.answer("ask", f"{one.title}多少钱，什么时候发货", "--json")
    assert set(told) == {"messages", "asks", "unclear", "handover"}
    (message,) = told["messages"]
    assert f"¥{one.price}" in message["text"]
    assert f"{console.made.cutoff:%H:%M}" in message["text"]
    assert [ask["name"] for ask in told["asks"]] == ["price", "ship_when"]
    assert told["asks"][0]["product"] == one.sku
    assert (told["unclear"], told["handover"]) == ([], False)


def test_ask_shows_the_buttons_of_a_sold_out_thing(console: Console) -> None:
    """A sold-out variant is answered with its sister and the buttons, also on the console."""
    gone = console.made.sold_out
    (told,) = console.answer("ask", f"{gone.title}{gone.variant}有货吗", "--json")
    labels = [label for row in told["messages"][0]["buttons"] for label in row]
    assert any("看这款" in label for label in labels)
    assert "有货通知我" in labels


def test_ask_without_json_reads_like_a_chat(console: Console) -> None:
    """The words first, then what led to them."""
    result = console.run("ask", "什么时候发货?")
    assert result.exit_code == 0
    assert f"{console.made.cutoff:%H:%M}" in result.stdout
    assert "ship_when" in result.stdout


def test_an_unknown_buyer_is_told_of(console: Console) -> None:
    """Asking as a buyer nobody knows is status 1 and a sentence."""
    result = console.run("ask", "在吗", "--buyer", "987654")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "987654" in result.stderr


def test_understand_answers_line_for_line(console: Console) -> None:
    """Every line of input is answered by one of output, with the id it came with; a bad line is named and hurts no other."""
    lines = [
        '{"id": "a", "text": "包邮吗"}',
        "not json",
        '{"id": 7, "text": "when do you ship?", "prev": "Hello"}',
        '{"id": "c"}',
    ]
    result = console.run("understand", stdin="\n".join(lines))
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["id"] for one in told] == ["a", 7]
    assert [[ask["name"] for ask in one["asks"]] for one in told] == [["ship_fee"], ["ship_when"]]
    assert {"name", "confidence", "product", "span", "source"} <= set(told[0]["asks"][0])
    assert result.exit_code == 1
    assert "Line 2" in result.stderr
    assert "Line 4" in result.stderr


def test_understand_hands_a_wish_for_a_person_over(console: Console) -> None:
    """human and complaint are among the asks, with handover true; small talk asks nothing."""
    told = console.answer("understand", stdin='{"id": 1, "text": "转人工"}\n{"id": 2, "text": "好的"}')
    assert [one["handover"] for one in told] == [True, False]
    assert told[0]["asks"][0]["name"] == "human"
    assert told[1]["asks"] == []


def test_understand_works_without_a_database(console: Console, tmp_path: Path) -> None:
    """An empty folder is no obstacle: the phrases are learnt there and kept, products are null, and no database is made."""
    result = console.run(
        "understand", stdin='{"id": 1, "text": "这个有货吗"}', DATABASE_URL=f"sqlite:///{tmp_path}/shop.db"
    )
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["asks"][0]["product"] is None
    assert not (tmp_path / "shop.db").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["shop.understanding.npz"]


def test_a_port_in_use_is_named_in_a_sentence(tmp_path: Path) -> None:
    """With what to do about it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, ROOT / "bot.py", "sandbox", "--port", str(port)],
            cwd=tmp_path, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"Port {port} cannot be used (Address already in use): choose another" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_ask_makes_no_database(console: Console, tmp_path: Path) -> None:
    """In the wrong folder it says so beside the reply, and leaves no shop there."""
    shutil.copyfile(console.folder / "shop.understanding.npz", tmp_path / "shop.understanding.npz")
    result = console.run("ask", "这个有货吗", DATABASE_URL=f"sqlite:///{tmp_path}/shop.db")
    assert result.exit_code == 0, result.stderr
    assert "stock" in result.stdout
    assert "shop.db" in result.stderr
    assert not (tmp_path / "shop.db").exists()


def test_a_bad_file_changes_nothing(console: Console, tmp_path: Path) -> None:
    """Every bad cell is named by file, row and column; status 1; the good file beside it is not taken over either."""
    bad = tmp_path / "catalogue.csv"
    bad.write_text("sku,title,price,stock\nZ-1,新货,12,3\nZ-2,坏货,abc,-4\n", encoding="utf-8")
    result = console.run("import", str(bad))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "row 3" in result.stderr
    assert "price" in result.stderr
    assert "stock" in result.stderr
    (told,) = console.answer("ask", "Z-1 有货吗", "--json")
    assert not any(ask["product"] for ask in told["asks"])


def test_a_folder_stands_for_the_tables_in_it(console: Console, tmp_path: Path) -> None:
    """`import shop/*` may name the folder of pictures as well, and `import shop` is all of the shop."""
    files = console.made.write(tmp_path)
    pictures = tmp_path / "photos"
    pictures.mkdir()
    (pictures / "one.jpg").write_bytes(b"picture")
    for named in ([*files, pictures], [tmp_path]):
        result = console.run("import", *map(str, named), "--dry-run")
        assert result.exit_code == 0, result.stderr
        assert f"catalogue: {len(console.made.goods)} rows" in result.stdout
        assert ("photos: no table in this folder" in result.stderr) == (pictures in named)


def test_a_sheet_of_two_columns_is_taken_whole_or_not(console: Console, tmp_path: Path) -> None:
    """It changes what is known; with a number nobody knows nothing is changed, for nobody looks on: the row is named."""
    goods, stock = tmp_path / "catalogue.csv", tmp_path / "stock.csv"
    goods.write_text("sku,title,price,stock\nA-1,包,12,3\n", encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'two.db'}"
    console.run("import", str(goods), DATABASE_URL=url)
    stock.write_text("sku,stock\nA-1,8\nB-1,2\n", encoding="utf-8")
    refused = console.run("import", str(stock), DATABASE_URL=url)
    assert refused.exit_code == 1
    assert "row 3: the shop has no B-1" in refused.stderr
    stock.write_text("sku,stock\nA-1,8\n", encoding="utf-8")
    assert (
        "catalogue: 1 row (0 new, 1 changed, 0 as before)" in console.run("import", str(stock), DATABASE_URL=url).stdout
    )


def test_an_import_is_taken_back(console: Console, tmp_path: Path) -> None:
    """`import` counts what is new, changed and as before; `import --undo` puts the last file back, and the one before it the
    next time; with files beside it, or without anything, the call is wrong."""
    file = tmp_path / "more.csv"

    def imported(price: int) -> str:
        file.write_text(f"sku,title,price,stock\nZ-9,新皂,{price},3\n", encoding="utf-8")
        return console.run("import", str(file)).stdout

    assert "catalogue: 1 row (1 new, 0 changed, 0 as before)" in imported(12)
    assert "catalogue: 1 row (0 new, 1 changed, 0 as before)" in imported(13)
    assert "catalogue: 1 row (0 new, 0 changed, 1 as before)" in imported(13)
    for there in (True, False):
        result = console.run("import", "--undo")
        assert (result.exit_code, "more.csv" in result.stdout) == (0, True), result.stderr
        (told,) = console.answer("ask", "Z-9多少钱", "--json")
        assert ("¥12" in told["messages"][0]["text"]) == there
    assert console.run("import", "--undo", str(file)).exit_code == 2
    assert console.run("import").exit_code == 2


def test_a_dry_run_changes_nothing(console: Console, tmp_path: Path) -> None:
    """--dry-run tells what would be done and does not do it."""
    file = tmp_path / "catalogue.csv"
    file.write_text("sku,title,price,stock\nZ-1,新货,12,3\n", encoding="utf-8")
    result = console.run("import", str(file), "--dry-run")
    assert result.exit_code == 0
    assert "Would import catalogue: 1 row" in result.stdout
    (told,) = console.answer("ask", "Z-1 有货吗", "--json")
    assert not any(ask["product"] for ask in told["asks"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OWNER_ID", "@shop"), ("REPLY_DELAY", "soon"), ("DATABASE_URL", "mysql://x"), ("BOT_TOKEN", "hello"),
        ("SEND_RATE", "-1"), ("FLOOD_MERGE", "many"), ("LOG_LEVEL", "LOUD"), ("WEBHOOK_URL", "ftp://x"),
        ("WEBHOOK_URL", "http://shop.example/telegram"), ("WEBHOOK_URL", "https://shop.example:9000/telegram"), ("WEBHOOK_LISTEN", "127.0.0.1:70000"),
        ("OWNER_ID", "0"), ("OWNER_ID", "99999999999999999999"),
        ("TRACKING_INTERVAL", "0"), ("ENCODER", "maybe"), ("REPLY_DELAY", "11"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_one_sentence_and_status_2(console: Console, name: str, value: str) -> None:
    """The setting is named, with what to write instead, and nothing else is printed."""
    result = console.run("ask", "在吗", **{name: value})
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{name}: ")
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Input should" not in result.stderr


def test_a_local_server_posts_to_any_address() -> None:
    """Telegram itself wants https on a few ports; a Bot API server of one's own takes http too."""
    local = read_settings(
        webhook_url="http://10.0.0.5:9000/telegram", bot_api_url="http://127.0.0.1:8081", _env_file=None
    )
    assert local.webhook_url == "http://10.0.0.5:9000/telegram"
    for port in ("", ":443", ":8443"):
        assert read_settings(webhook_url=f"https://shop.example{port}/telegram", _env_file=None).webhook_url


def test_half_an_account_is_told(console: Console) -> None:
    """One of two settings that belong together is named with the one that is missing."""
    result = console.run("doctor", KUAIDI100_KEY="abc")
    assert (result.exit_code, "KUAIDI100_CUSTOMER" in result.stderr) == (2, True)


def test_a_port_nobody_has_is_a_wrong_call(console: Console) -> None:
    """Status 2 and a sentence."""
    result = console.run("sandbox", "--port", "99999")
    assert (result.exit_code, "65535" in result.stderr) == (2, True)


def test_a_slip_in_the_env_file_is_told(console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is nearly a setting's would be passed over in silence; names of others are nobody's business."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("POSTGRES_PASSWORD=x\n# REPLY_DELY=3\nREPLY_DELY=3\n", encoding="utf-8")
    result = console.run("doctor")
    assert (result.exit_code, "line 3: REPLY_DELY" in result.stderr, "REPLY_DELAY" in result.stderr) == (2, True, True)
    (tmp_path / ".env").write_text("POSTGRES_PASSWORD=x\nCOMPOSE_PROJECT_NAME=y\n", encoding="utf-8")
    assert console.run("ask", "在吗").exit_code == 0


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("BOT_TOKEN：123456:ABC".encode(), "line 1: BOT_TOKEN and its value are joined by ="),
        (b"# mine\nOWNER_ID 5", "line 2: OWNER_ID and its value are joined by ="),
        ("\ufeffBOT_TOKN=123456:ABC".encode(), "line 1: BOT_TOKN is no setting; BOT_TOKEN is meant"),
        ("BOT_TOKEN=123456:ABC".encode("utf-16"), "is no UTF-8 text"),
        (None, "cannot be read"),
        (b"REPLY_DELAY=1d", "REPLY_DELAY: “86400 s” is too much; it may be 10 s at most"),
        (b"FLOOD_MERGE=20 in 5 cats", "FLOOD_MERGE: “20 in 5 cats” is not understood"),
    ],
)
def test_an_env_file_that_would_be_passed_over_is_told(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bytes | None, told: str
) -> None:
    """One sentence that names the file and the line, and no word of the value: a token may stand there."""
    if written is None:
        (tmp_path / ".env").mkdir()
    else:
        (tmp_path / ".env").write_bytes(written)
    monkeypatch.chdir(tmp_path)
    wrong = console.run("doctor")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert told in wrong.stderr
    assert "ABC" not in wrong.stderr
    assert len(wrong.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("written", "lines", "seconds"),
    [("20 in 10 s", 20, 10), ("20", 20, 10), ("30 in 2 min", 30, 120), ("60 a minute", 60, 60), ("0", 0, 10)],
)
def test_a_flood_is_measured_in_the_unit_that_is_written(written: str, lines: int, seconds: float) -> None:
    """Seconds where none stands there."""
    assert read_settings(flood_merge=written, _env_file=None).flood_merge == (lines, seconds)


def test_an_import_of_nothing_makes_no_database(console: Console, tmp_path: Path) -> None:
    """A file that is not there, or a dry run, leaves the folder as it was."""
    file, url = tmp_path / "catalogue.csv", f"sqlite:///{tmp_path}/new.db"
    gone = console.run("import", str(file), DATABASE_URL=url)
    assert (gone.exit_code, "no such file" in gone.stderr) == (1, True)
    file.write_text("sku,title,price\nA-1,皂,12\n", encoding="utf-8")
    assert console.run("import", str(file), "--dry-run", DATABASE_URL=url).exit_code == 0
    assert [one.name for one in tmp_path.iterdir()] == ["catalogue.csv"]


def test_a_wrong_call_is_status_2(console: Console) -> None:
    """An unknown command or option is the caller's mistake."""
    assert console.run("dance").exit_code == 2
    assert console.run("ask").exit_code == 2


def test_a_backup_is_a_sound_copy(console: Console, tmp_path: Path) -> None:
    """The copy answers as the shop does; a second one does not overwrite it."""
    copy = tmp_path / "copy.db"
    assert console.run("backup", str(copy)).exit_code == 0
    assert console.run("backup", str(copy)).exit_code == 1
    for kept in console.folder.glob("*.npz"):
        (tmp_path / kept.name.replace("shop", "copy")).write_bytes(kept.read_bytes())
    result = console.run("ask", f"{console.made.plenty.title}多少钱", "--json", DATABASE_URL=f"sqlite:///{copy}")
    assert f"¥{console.made.plenty.price}" in json.loads(result.stdout)["messages"][0]["text"]


def test_judge_answers_line_for_line(console: Console) -> None:
    """A conversation a line, with times and list price or without; a bad line is named and hurts no other."""
    asks = [{"who": "buyer", "text": words} for words in ("便宜点吧", "再少点", "抹个零行不行", "最低多少")]
    rows: list[Any] = [
        {"id": "a", "turns": asks},
        {"id": "b", "turns": asks, "ordered": True},
        {
            "id": 7,
            "turns": [{"who": "buyer", "text": "Is it in stock?", "at": "2026-11-20T10:00:00Z"}],
            "list_price": 12.5,
        },
    ]
    lines = [json.dumps(row) for row in rows]
    result = console.run("judge", stdin="\n".join([lines[0], "not json", *lines[1:], '{"id": "c"}']))
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["id"], one["haggler"]) for one in told] == [("a", True), ("b", False), (7, False)]
    assert all(set(one) == {"id", "haggler", "score", "reasons"} for one in told)
    assert told[0]["reasons"]
    assert result.exit_code == 1
    assert "Line 2" in result.stderr
    assert "Line 5" in result.stderr


def test_an_exported_catalogue_can_be_imported(console: Console, tmp_path: Path) -> None:
    """export → edit in a spreadsheet → import: pictures lie beside the file, in the same shop and in a new one."""
    folder = tmp_path / "out"
    assert console.run("export", str(folder)).exit_code == 0
    assert sorted(path.name for path in (folder / "photos").iterdir()) == sorted(
        {name for good in console.made.goods for name in good.photos.split("|") if name}
    )
    (tmp_path / "new").mkdir()
    other = Console(tmp_path / "new")
    for shop in (console, other):
        result = shop.run("import", str(folder / "catalogue.csv"))
        assert result.exit_code == 0, result.stderr
        assert f"{len(console.made.goods)} rows" in result.stdout
    again = tmp_path / "again"
    assert other.run("export", str(again)).exit_code == 0
    assert (again / "catalogue.csv").read_text("utf-8-sig") == (folder / "catalogue.csv").read_text("utf-8-sig")

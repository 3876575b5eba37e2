"""The command line of keeping: what is answered, where, and with which exit status."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from typer.testing import CliRunner, Result

from bot import app
from store import open_store
from store.buyers import Buyer
from store.conversations import Conversation
from store.messages import Message, Who

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
BUYER = 20001


async def a_shop(url: str) -> None:
    """A database with one buyer, who said something."""
    store = await open_store(url)
    chat = Conversation(BUYER, BUYER, NOW)
    line = Message(chat.id, Who.BUYER, "is the zebrafinch in stock?", NOW)
    await store.write([store.buyers.seen(Buyer(BUYER, NOW, "Ann")), store.conversations.save(chat)])
    await store.write(store.messages.add(line))
    await store.close()


class Console:
    """A console in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "shop.db"

    def does(self, *arguments: object, **environment: str) -> Result:
        env = {"DATABASE_URL": f"sqlite:///{self.database}", "BOT_TOKEN": "", "ENCODER": "0", **environment}
        return CliRunner().invoke(app, [str(one) for one in arguments], env=env)


def test_the_commands_answer_on_stdout_and_leave_with_the_right_status(tmp_path: Path) -> None:
    """0 done, 1 it could not be done, 2 the call or the settings are wrong; what went wrong is one sentence on stderr."""
    console = Console(tmp_path)
    nothing = console.does("doctor")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "no database" in nothing.stderr
    for command in (("backup", tmp_path / "x"), ("export", tmp_path / "x"), ("forget", BUYER), ("restore",)):
        assert console.does(*command).exit_code == 1
        assert not console.database.exists()
    open_to_all = console.does("doctor", METRICS_LISTEN="0.0.0.0:9100")
    assert (open_to_all.exit_code, open_to_all.stdout) == (2, "")
    assert "127.0.0.1:9100" in open_to_all.stderr

    asyncio.run(a_shop(f"sqlite:///{console.database}"))
    copy, folder = tmp_path / "copy.db", tmp_path / "mine"
    assert console.does("backup", copy).stdout == f"Backed up to {copy}.\n"
    assert console.does("backup", copy).exit_code == 1
    assert console.does("export", folder, "--buyer", BUYER).exit_code == 0
    assert "zebrafinch" in (folder / "messages.csv").read_text(encoding="utf-8")
    assert console.does("export", folder, "--buyer", 5).exit_code == 1
    well = console.does("doctor")
    assert (well.exit_code, well.stderr) == (0, "")
    assert all(line.split()[0] in ("OK", "NOTE") for line in well.stdout.splitlines())

    assert console.does("forget", BUYER).exit_code == 0
    assert console.does("forget", BUYER).exit_code == 1
    assert console.does("forget", "Ann").exit_code == 2
    assert b"zebrafinch" not in console.database.read_bytes()


def test_a_damaged_backup_and_a_taken_place_are_status_1(tmp_path: Path) -> None:
    """A restored shop is paused, and the doctor says so."""
    console = Console(tmp_path)
    asyncio.run(a_shop(f"sqlite:///{console.database}"))
    copy, elsewhere = tmp_path / "copy.db", Console(tmp_path / "new")
    console.does("backup", copy)
    unnamed = console.does("restore")
    assert (unnamed.exit_code, unnamed.stdout) == (1, "")
    assert "Name the copy" in unnamed.stderr
    assert "/go" not in console.does("doctor").stdout
    assert console.does("restore", copy).exit_code == 1
    assert elsewhere.does("restore", copy).exit_code == 0
    doctor = elsewhere.does("doctor")
    assert doctor.exit_code == 0
    assert "/go" in doctor.stdout
    copy.write_bytes(copy.read_bytes()[:-5000])
    damaged = Console(tmp_path / "third").does("restore", copy)
    assert (damaged.exit_code, damaged.stdout) == (1, "")
    assert "damaged" in damaged.stderr

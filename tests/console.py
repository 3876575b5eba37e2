"""A shop in a folder, and the commands run there."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from bot import app
from tests.made_shop import MadeShop, make_shop


class Console:
    """A folder with a made-up shop in its database, and the commands run there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: MadeShop = make_shop()
        self.environment = {
            "DATABASE_URL": f"sqlite:///{folder}/shop.db", "ENCODER": "0", "BOT_TOKEN": "", "OWNER_ID": "", "REPLY_DELAY": "",
        }  # fmt: skip

    def run(self, *words: str, stdin: str = "", **environment: str) -> Result:
        return CliRunner().invoke(app, list(words), input=stdin, env=self.environment | environment)

    def answer(self, *words: str, stdin: str = "") -> Any:
        """The lines of JSON a command prints, which must succeed."""
        result = self.run(*words, stdin=stdin)
        assert result.exit_code == 0, result.stderr
        return [json.loads(line) for line in result.stdout.splitlines()]

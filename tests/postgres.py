"""A PostgreSQL server of our own for the tests, gone when they end: `python -m tests.postgres [pytest's arguments]`.

It runs Debian's `postgresql` package from a temporary directory and listens on a socket in there, on no port.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TESTS = ("-n", "auto", "--dist", "worksteal", "tests/store", "tests/stories", "tests/ops", "-k", "not sqlite")
"""What is about a file alone is left to the everyday run."""
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "32MB"}
"""Nothing here outlives the run."""


class NoServer(Exception):
    """There is no server to be had; the message says what to do."""


def programs() -> Path:
    """Where initdb and postgres lie: Debian keeps them out of PATH, a folder for each version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[4].split(".")[0]))
    plain = shutil.which("initdb")
    if found:
        return found[-1].parent
    if plain:
        return Path(plain).resolve().parent
    raise NoServer("PostgreSQL's server is not installed: sudo apt install postgresql")


@contextmanager
def server() -> Iterator[str]:
    """A running server; yields the URL of its database. initdb refuses root, who therefore runs it as `postgres`."""
    place = programs()
    who: dict[str, Any] = {}
    folder = Path(tempfile.mkdtemp(prefix="zhanggui-postgres-"))
    try:
        if os.getuid() == 0:
            who = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(folder, "postgres", "postgres")
        data, log = folder / "data", folder / "log"
        made = subprocess.run(
            [place / "initdb", "-D", data, "-U", "shop", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            cwd="/", capture_output=True, text=True, **who,
        )  # fmt: skip
        if made.returncode:
            raise NoServer(f"PostgreSQL could not be set up: {made.stderr.strip()}")
        options = [f"--{name}={value}" for name, value in {**QUICK, "listen_addresses": ""}.items()]
        with log.open("wb") as written:
            process = subprocess.Popen(
                [place / "postgres", "-D", data, "-k", folder, *options], cwd="/", stdout=written, stderr=written, **who
            )
        try:
            for _ in range(300):
                ready = subprocess.run([place / "pg_isready", "-q", "-h", folder, "-d", "postgres", "-U", "shop"])
                if ready.returncode == 0:
                    break
                if process.poll() is not None:
                    raise NoServer(f"PostgreSQL did not start: {log.read_text()[-2000:]}")
                time.sleep(0.1)
            yield f"postgresql://shop@/postgres?host={folder}"
        finally:
            process.send_signal(signal.SIGINT)  # let nobody finish, but leave in order
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Run the tests of store, stories and ops (or those named) against the server; pytest's exit status."""
    try:
        with server() as url:
            return subprocess.run(
                [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *(arguments or TESTS)],
                env={**os.environ, "TEST_POSTGRES_URL": url},
            ).returncode
    except NoServer as why:
        print(why, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

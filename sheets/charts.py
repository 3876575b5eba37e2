"""Charts as pictures. matplotlib is heavy: it draws in a child process, and the bot itself never loads it."""

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from core.charts import Chart

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 30.0
"""Seconds a picture may take; a machine that needs longer sends the numbers alone."""


async def draw(chart: Chart, in_english: Chart) -> bytes | None:
    """The chart as a PNG, in English on a machine without a Chinese font. None when it could not be drawn: the numbers
    stand in the text as well."""
    asked = json.dumps([asdict(chart), asdict(in_english)]).encode()
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sheets.drawing"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
        env={key: os.environ[key] for key in ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT") if key in os.environ},
    )
    picture = b""
    try:
        async with asyncio.timeout(LONGEST):
            picture, _ = await child.communicate(asked)
    except TimeoutError:
        return None
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    return picture if child.returncode == 0 and picture.startswith(b"\x89PNG") else None

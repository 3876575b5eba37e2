"""The whole bot in a process of its own, killed (-9) at the n-th call it makes: `python -m tests.reliability.mortal`."""

import asyncio
import os
import pickle
import signal
import sys
from pathlib import Path

from clock import Clock
from running import start
from store import open_store
from tests.reliability.programs import settings_for
from tests.seams import Numbered


async def main(base_url: str, token: str, folder: Path, kill_at: int) -> None:
    """Serve the shop in `folder` until SIGTERM, or until the kill (0: never)."""

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    asked = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked.set)
    settings = settings_for(folder)
    mind = pickle.loads((folder / "mind").read_bytes())
    seam = Numbered(die, lambda number, name: number == kill_at)
    store = await open_store(settings.database_url)
    store.faults.hook = seam
    running = await start(settings, store, Clock(), mind, token=token, base_url=base_url)
    running.api._seam = seam
    await asked.wait()
    await running.stop()
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))

"""The sandbox in a process of its own: `python -m sandbox --port 8081`."""

import argparse
import asyncio
import contextlib

from sandbox.server import Sandbox


async def serve(port: int) -> None:
    """Listen until interrupted."""
    sandbox = Sandbox()
    sandbox.seller(id=1)
    await sandbox.start(port)
    print(f"{sandbox.base_url}  BOT_TOKEN={sandbox.token}", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="sandbox", description="A pretend Telegram on loopback.")
    parser.add_argument("--port", type=int, default=8081)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(parser.parse_args().port))

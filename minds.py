"""How the shop comes to understand: phrases, a cache beside the database, training, and the encoder when it is ready."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.desk import Desk

PHRASES = Path(__file__).parent / "phrases"


class Learning:
    """Makes the understanding and hands it to the desk: a quick one first, the better one when it is ready."""

    def __init__(self, desk: Desk, database_file: Path | None, *, use_encoder: bool = True) -> None:
        self._desk = desk
        self._use_encoder = use_encoder
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Learn while the bot is already receiving."""
        self._task = asyncio.create_task(self.whole(), name="learning")

    async def whole(self) -> None:
        """Learn all there is to learn."""
        from core.understanding import Mind, train
        from sheets.phrases import load

        book = (await asyncio.to_thread(load, PHRASES)).book
        model = await asyncio.to_thread(train, book.phrases)
        self._desk.shelf.learn(Mind(model))

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

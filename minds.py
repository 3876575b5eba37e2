"""How the shop comes to understand: phrases, training in a child process, a cache beside the database, and the encoder.

A model without the encoder is there first and answers; the better one takes its place when it is ready. Both are kept as
files beside the database, by the hash of phrases and encoder, so that the next start takes a moment.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.asks import Phrase
    from core.understanding import Model
    from core.understanding.model.encoder import Vectors
    from handlers.desk import Desk
    from store.phrases import TaughtLine

ROOT = Path(__file__).parent
PHRASES = ROOT / "phrases"
log = logging.getLogger(__name__)


class Learning:
    """Makes the understanding and hands it to the desk's shelf: a quick one first, the better one when it is ready."""

    def __init__(
        self,
        desk: Desk,
        database_file: Path | None,
        *,
        use_encoder: bool = True,
        phrases: Path = PHRASES,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._desk = desk
        self._use_encoder = use_encoder
        self._folder = phrases
        self._tell = tell
        self._beside = (database_file or Path("shop.db")).resolve()
        self._task: asyncio.Task[None] | None = None
        self._taught = asyncio.Event()
        self._known = ""

    def begin(self, then: Callable[[], None] = lambda: None) -> None:
        """Learn while the bot is already receiving; what takes long is done in the time that it leaves over.

        `then` is called at the end of it."""
        self._task = asyncio.create_task(self._begun(then), name="learning")

    async def _begun(self, then: Callable[[], None]) -> None:
        self._desk.shelf.on_taught = self._taught.set
        await self.whole(in_spare_time=True)
        then()
        self._taught.set()
        while True:
            await self._taught.wait()
            self._taught.clear()
            try:
                await self.again()
            except Exception:
                log.exception("the taught lines could not be learnt; they answer by themselves, and it is tried again")

    async def whole(self, *, in_spare_time: bool = False) -> None:
        """Learn all there is to learn: without the encoder, then with it."""
        from core.understanding import Mind
        from core.understanding.model import packing
        from core.understanding.model.encoder import version

        phrases = await self._phrases()
        quick = await self._model(phrases, "")
        self._known = packing.key(phrases, "")
        await self._desk.shelf.learn(Mind(quick))
        encoder = version() if self._use_encoder else ""
        if not encoder:
            return
        model = await self._model(phrases, encoder, in_spare_time=in_spare_time)
        vectors = await asyncio.to_thread(_vectors)
        if model.dense is not None and vectors is not None:
            self._known = packing.key(phrases, encoder)
            await self._desk.shelf.learn(Mind(model, vectors=vectors))

    async def again(self) -> None:
        """Make the model anew beside the old one with what was taught since, try it on the shop's labelled lines, and put it
        in place. One that loses too much is shown to the seller, and the lines that did it wait for a word."""
        from core.understanding import Mind
        from core.understanding.model import packing
        from core.understanding.model.encoder import version
        from core.understanding.teaching.trying import Tally, tried
        from handlers.seller.teaching.lessons import labelled
        from handlers.seller.teaching.relearning import held, tell
        from sheets import vectors

        desk = self._desk
        before = desk.shelf.mind
        if before is None:
            return None
        waiting = await held(desk)
        lines = [one for one in await self._lines() if one.id not in waiting]
        fresh = [one.id for one in lines if one.learnt_at is None]
        phrases = (*await self._built_in(), *(one.phrase for one in lines))
        encoder = version() if before.vectors is not None else ""
        path, key = self._file(encoder), packing.key(phrases, encoder)
        if key == self._known:
            return None
        candidate = path.with_name(f"{path.name}.tried")
        if encoder and path.exists():  # it holds the vectors of the phrases known already
            await asyncio.to_thread(shutil.copyfile, path, candidate)
        await self._train(phrases, candidate, encoder, thresholds=before.model)
        model = (await asyncio.to_thread(vectors.load, candidate, key)).model
        if model is None:
            return None
        after = Mind(model, vectors=before.vectors)
        tallies: tuple[Tally, ...] = ()
        if fresh:
            taught = desk.shelf.now.taught
            tallies = await asyncio.to_thread(
                lambda rows: tried(rows, before.with_taught(taught), after.with_taught(taught)), await labelled(desk)
            )
        if any(one.is_worse for one in tallies):
            candidate.unlink(missing_ok=True)
            return await tell(desk, tallies, fresh, warned=True)
        await asyncio.to_thread(os.replace, candidate, path)
        await desk.shelf.learn(after)
        self._known = key
        await desk.write(desk.store.phrases.learnt(fresh, desk.clock.now()))
        return await tell(desk, tallies, fresh, warned=False)

    async def stop(self) -> None:
        """Stop learning; what was finished is kept."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _phrases(self) -> tuple[Phrase, ...]:
        """The built-in phrases, and the lines this shop's seller has taught, as far as they were tried and learnt."""
        lines = await self._lines()
        return (*await self._built_in(), *(one.phrase for one in lines if one.learnt_at is not None))

    async def _lines(self) -> list[TaughtLine]:
        """What was taught, but for patterns: there is nothing in them for a model to learn."""
        return [one for one in await self._desk.store.phrases.lines() if not one.phrase.is_pattern]

    async def _built_in(self) -> tuple[Phrase, ...]:
        from sheets.phrases import load

        loaded = await asyncio.to_thread(load, self._folder)
        for bad in loaded.bad:
            log.warning("phrases/%s line %s is left out: %s", bad.file, bad.line, bad.reason)
        return loaded.book.phrases

    def _file(self, encoder: str) -> Path:
        return self._beside.with_name(f"{self._beside.stem}.understanding{'-encoder' if encoder else ''}.npz")

    async def _model(self, phrases: tuple[Phrase, ...], encoder: str, *, in_spare_time: bool = False) -> Model:
        """The model kept beside the database, or else one trained in a child process, whose memory goes with it."""
        from core.understanding import train
        from core.understanding.model import packing
        from sheets import vectors

        path = self._file(encoder)
        key = packing.key(phrases, encoder)
        kept = await asyncio.to_thread(vectors.load, path, key)
        if kept.model is None:
            if encoder:
                self._tell("Learning the phrases: this is done once and takes about half a minute …")
            await self._train(phrases, path, encoder, in_spare_time=in_spare_time)
            kept = await asyncio.to_thread(vectors.load, path, key)
        if kept.model is not None:
            return kept.model
        log.warning("%s cannot be kept; the understanding is trained anew at every start", path)
        return await asyncio.to_thread(train, phrases)

    async def _train(
        self,
        phrases: tuple[Phrase, ...],
        path: Path,
        encoder: str,
        *,
        in_spare_time: bool = False,
        thresholds: Model | None = None,
    ) -> None:
        """Train in a child. With the `thresholds` of an earlier model they are not searched anew, which saves most of it."""
        kept = thresholds and {"plain": dict(thresholds.thresholds), "dense": dict(thresholds.dense_thresholds)}
        taught = "\n".join(
            json.dumps(one) for one in (kept, *(asdict(one) for one in phrases if one.origin == "taught"))
        )
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "minds", str(path), encoder, "spare" if in_spare_time else "", str(self._folder)),
            cwd=ROOT,
            env={name: os.environ[name] for name in ("PATH", "LANG", "HOME", "TMPDIR") if name in os.environ},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            _, said = await child.communicate(taught.encode())
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if child.returncode != 0:
            log.error("training failed: %s", said.decode(errors="replace")[-500:])


def _vectors() -> Vectors | None:
    from core.understanding.model.encoder import Vectors, load

    encode = load()
    return None if encode is None else Vectors(encode)


def _train_here(path: Path, encoder: str, in_spare_time: bool, folder: Path) -> None:
    """The child's work: train, reuse the vectors of phrases known already, and keep both."""
    import numpy as np

    from core.asks import Phrase
    from core.understanding.model import packing
    from core.understanding.model.encoder import encode_in_steps, load
    from core.understanding.model.training import learn, prepare
    from sheets import vectors
    from sheets.phrases import load as load_phrases

    if in_spare_time:
        os.nice(19)
        if hasattr(os, "SCHED_IDLE"):  # Linux: only what nobody else wants
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    thresholds = json.loads(sys.stdin.readline())
    taught = [Phrase(**json.loads(line)) for line in sys.stdin if line.strip()]
    phrases = (*load_phrases(folder).book.phrases, *taught)
    lesson = prepare(phrases)
    known: dict[str, np.ndarray] = {}
    rows = None
    encode = load() if encoder else None
    if encode is not None:
        known = dict(vectors.load(path, "", encoder, with_vectors=True).vectors)
        new = [text for text in dict.fromkeys(lesson.spoken) if text not in known]
        for at, step in enumerate(encode_in_steps(encode, new)):
            known.update(zip(new[at * 32 :], step, strict=False))
        rows = np.stack([known[text] for text in lesson.spoken])
        known = {text: known[text] for text in lesson.spoken}
    model = learn(lesson, vectors=rows, calibrate=False if thresholds else None)
    if thresholds:
        model = replace(model, thresholds=thresholds["plain"], dense_thresholds=thresholds["dense"])
    vectors.save(path, packing.key(phrases, encoder), model, encoder, known)


if __name__ == "__main__":
    _train_here(Path(sys.argv[1]), sys.argv[2], bool(sys.argv[3]), Path(sys.argv[4]))

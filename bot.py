"""Zhanggui, the shopkeeper in your Telegram: the command line. How the parts are put together stands in running.py."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Coroutine, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from console import keeping
from console.asking import show_reply, understand_lines
from console.importing import import_files, import_into_shop, take_last_back
from console.opening import CannotDo, backups_of, opened_store, say_aside
from ops.listening import NotLoopback, loopback
from settings import Settings, WrongSettings, read_settings

if TYPE_CHECKING:
    from carriers.asking import Adapter
    from minds import Learning
    from running import Running
    from store import Store

PORT = 8765
SELLER = 10001
"""The seller's id in the sandbox, unless OWNER_ID says otherwise."""
SANDBOX_DATABASE = Path("sandbox-data/shop.db")
SAMPLE_SHOP = Path(__file__).parent / "sandbox" / "sample_shop"
FAILED, WRONG = 1, 2
"""Exit statuses: the thing asked for could not be done; the call or the settings are wrong."""
CLAIM_LASTS = timedelta(hours=24)

Result = TypeVar("Result")
app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False,
    help="Zhanggui, the shopkeeper in your Telegram. Without a command it runs the bot; with no BOT_TOKEN set, the sandbox.",
)  # fmt: skip


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
        return _do(_sandbox(settings, PORT, SAMPLE_SHOP))
    return _do(_run(settings))


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The page's port; 0 takes a free one.")] = PORT,
    shop: Annotated[
        Path | None, typer.Option(help="A folder with your own shop.toml and tables.", show_default=False)
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="A shop of which nothing is known, to try /setup.")] = False,
) -> None:
    """Open a pretend Telegram, and a page to play buyer and seller on, with a sample shop, your own or an empty one."""
    if shop is not None and empty:
        say_aside("A shop of your own (--shop FOLDER) and an empty one (--empty) are two things: choose one.")
        raise typer.Exit(WRONG)
    if shop is not None and not shop.exists():
        say_aside(f"There is nothing at {shop}: --shop names the folder with your shop.toml and catalogue.csv.")
        raise typer.Exit(WRONG)
    _do(_sandbox(_settings(), port, shop=None if empty else shop or SAMPLE_SHOP))


@app.command("import")
def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="shop.toml, tables .csv or .xlsx, phrase files, or folders of them", show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last file back, where nothing of it was used.")
    ] = False,
) -> None:
    """Take over shop.toml, catalogue, orders, customers, phrases: all of it or nothing, every bad cell named."""
    if undo and not files and not dry_run:
        return _do(take_last_back(_settings()))
    if undo or not files:
        say_aside("Name the files to import, or write --undo alone to take the last file back.")
        raise typer.Exit(WRONG)
    return _do(import_into_shop(_settings(), files, dry_run))


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="What a buyer might write.")],
    buyer: Annotated[int | None, typer.Option(help="A buyer's number: the reply this one would get.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one line of JSON.")] = False,
) -> None:
    """Show the reply a buyer would get, and why; nothing is sent."""
    _do(show_reply(_settings(), text, buyer, as_json))


@app.command()
def understand() -> None:
    """Read lines of JSON {"id","text","prev"?} and write {"id","asks","unclear","handover"} for each."""
    _do(understand_lines(_settings()))


@app.command()
def judge() -> None:
    """Read conversations, a line of JSON each, and write {"id","haggler","score","reasons"} for each."""
    from console.judging import judge_lines

    _do(judge_lines())


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where the copy goes; it must not exist yet.")]) -> None:
    """Write a checked copy of the database, also while the bot runs."""
    _do(keeping.back_up(_settings(), file))


@app.command()
def restore(
    file: Annotated[
        Path | None, typer.Argument(help="A copy that backup made. Without one: pg_restore has already put it there.")
    ] = None,
) -> None:
    """Put a backup where no database is yet; the bot is then paused until an owner sends it /go."""
    _do(keeping.restore(_settings(), file))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where the CSV files go, one a table.")],
    buyer: Annotated[int | None, typer.Option(help="A buyer's number: only what concerns this one.")] = None,
) -> None:
    """Write everything, or all about one buyer, as CSV files."""
    _do(keeping.export(_settings(), folder, buyer))


@app.command()
def forget(buyer: Annotated[int, typer.Argument(help="A buyer's number.")]) -> None:
    """Delete all about a buyer, here and in the daily copies, so that no byte is left. It cannot be undone."""
    _do(keeping.forget(_settings(), buyer))


@app.command()
def doctor() -> None:
    """Look whether all is well; every line says what to do."""
    _do(keeping.look_at_health(_settings()))


# What they do


async def _run(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C; a second one leaves at once."""
    from clock import Clock
    from delivery.redacting import redact_logs
    from ops.keeping import kept
    from ops.leaving import heed_signals, soon
    from ops.logs import set_up_logs

    set_up_logs(settings.log_level)
    redact_logs((settings.bot_token, settings.webhook_secret, settings.seventeentrack_key, settings.kuaidi100_key))
    clock, asked = Clock(), heed_signals()
    async with opened_store(settings) as store:
        await store.lock()
        async with kept(
            store,
            clock,
            backups_of(settings),
            settings.metrics_listen,
            polls=not settings.webhook_url,
            owners=settings.owner_id,
        ) as back_up:
            running, learning = await _start(settings, store, clock)
            running.desk.back_up = back_up
            if not running.desk.owners:
                print(f"Nobody owns this shop yet. Send your bot:  /claim {await _offer_claim(store)}", flush=True)
            print("The shop is open.", flush=True)
            await asked.wait()
            with soon():
                await _stop(running, learning)


async def _sandbox(settings: Settings, port: int, shop: Path | None) -> None:
    """The same bot as `run`, speaking to a Telegram of our own. `shop` is taken over: the sample only where there is no shop
    yet; None is an empty one."""
    from carriers.sandbox import SandboxCarrier
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
    clock, asked = Clock(), heed_signals()
    world = Sandbox(clock)
    try:
        await world.start(port)
    except OSError as error:
        raise CannotDo(f"Port {port} cannot be used ({error.strerror}); choose another with --port.") from None
    if "database_url" not in settings.model_fields_set:
        for old in SANDBOX_DATABASE.parent.glob(f"{SANDBOX_DATABASE.name}*"):
            if old.is_file():
                old.unlink()  # every sandbox begins anew; set DATABASE_URL to keep one
        changes["database_url"] = f"sqlite:///{SANDBOX_DATABASE}"
    settings = settings.model_copy(update=changes)
    async with opened_store(settings) as store, kept(store, clock, None, settings.metrics_listen):
        await store.lock()
        is_new = await store.shop.load() is None and not await store.catalogue.count()
        if shop is not None and (is_new or shop is not SAMPLE_SHOP):
            await import_files(store, [shop], clock.now(), tell=say_aside)
        world.restart_update_ids(int(clock.now().timestamp()))
        for owner in settings.owner_id:
            world.seller(id=owner)
        for number, (name, language) in enumerate(
            (("小林", "zh-hans"), ("阿芳", "zh-hant"), ("Emma", "en")), start=20001
        ):
            world.person(name, language, id=number)
        running, learning = await _start(
            settings, store, clock, token=world.token, base_url=world.base_url, more_carriers=[SandboxCarrier(clock)]
        )
        world.idle = running.idle
        if settings.send_rate and settings.chat_rate and settings.group_rate:
            world.enforce_limits(burst=2)  # as strict as the real one, unless the bot was told to keep to no limits
        for owner in settings.owner_id:
            await world.seller(id=owner).start()
        print(f"The sandbox is open: {world.base_url}   (Ctrl-C closes it)", flush=True)
        await asked.wait()
        with soon():
            await _stop(running, learning)
            await world.stop()


# What they share


async def _start(
    settings: Settings,
    store: Store,
    clock: Any,
    *,
    token: str | None = None,
    base_url: str | None = None,
    more_carriers: Sequence[Adapter] = (),
) -> tuple[Running, Learning]:
    """Start the bot, and let its understanding be made ready meanwhile."""
    from minds import Learning
    from ops.collecting import spare_what_stays
    from running import start

    running = await start(settings, store, clock, token=token, base_url=base_url, more_carriers=more_carriers)
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


def _settings() -> Settings:
    try:
        settings = read_settings()
        if settings.metrics_listen:
            loopback(settings.metrics_listen)
        return settings
    except (WrongSettings, NotLoopback) as wrong:
        say_aside(str(wrong))
        raise typer.Exit(WRONG) from None


def _do(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it; whatever is expected to go wrong becomes one sentence and an exit status."""
    from store.errors import StoreError

    try:
        return asyncio.run(work)
    except (CannotDo, StoreError, OSError) as cannot:
        say_aside(str(cannot))
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


if __name__ == "__main__":
    app()

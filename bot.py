"""Zhanggui, the shopkeeper in your Telegram: the command line. How the parts are put together stands in running.py."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from console import keeping
from console.asking import show_reply, understand_lines
from console.importing import import_into_shop, take_last_back
from console.opening import CannotDo, say_aside
from console.serving import SAMPLE_SHOP, run_bot, run_sandbox
from ops.listening import NotLoopback, loopback
from settings import Settings, WrongSettings, read_settings

PORT = 8765
FAILED, WRONG = 1, 2
"""Exit statuses: the thing asked for could not be done; the call or the settings are wrong."""

Result = TypeVar("Result")
app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False,
    help="Zhanggui, the shopkeeper in your Telegram. Without a command it runs the bot; with no BOT_TOKEN set, the sandbox.",
)  # fmt: skip


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
        return _do(run_sandbox(settings, PORT, SAMPLE_SHOP))
    return _do(run_bot(settings))


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
    _do(run_sandbox(_settings(), port, shop=None if empty else shop or SAMPLE_SHOP))


@app.command("import")
def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="shop.toml, tables .csv or .xlsx, phrase files, or folders of them", show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back what the last file changed, where nothing of it was used since.")
    ] = False,
) -> None:
    """Import shop.toml, catalogue, orders, customers, phrases: all of it or nothing, every bad cell named."""
    if undo and not files and not dry_run:
        return _do(take_last_back(_settings()))
    if undo or not files:
        say_aside("Name the files to import, or write --undo alone to take the last file back.")
        raise typer.Exit(WRONG)
    return _do(import_into_shop(_settings(), files, dry_run))


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="What a buyer might write.")],
    buyer: Annotated[
        int | None, typer.Option(help="A buyer's numeric Telegram id: the reply this one would get.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one line of JSON.")] = False,
) -> None:
    """Show the reply a buyer would get, and why; nothing is sent."""
    _do(show_reply(_settings(), text, buyer, as_json))


@app.command()
def understand() -> None:
    """Read a line of JSON {"id","text","prev"?} for each text, and write {"id","asks","unclear","handover"}."""
    _do(understand_lines(_settings()))


@app.command()
def judge() -> None:
    """Read a line of JSON {"id","turns","ordered"?,"list_price"?} for each conversation, and write {"id","haggler","score","reasons"}."""
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
    buyer: Annotated[
        int | None, typer.Option(help="A buyer's numeric Telegram id: only what concerns this one.")
    ] = None,
) -> None:
    """Write everything, or all about one buyer, as CSV files."""
    _do(keeping.export(_settings(), folder, buyer))


@app.command()
def forget(buyer: Annotated[int, typer.Argument(help="A buyer's numeric Telegram id.")]) -> None:
    """Delete all about a buyer, here and in the daily copies, so that no byte is left. It cannot be undone."""
    _do(keeping.forget(_settings(), buyer))


@app.command()
def doctor() -> None:
    """Tell how the shop stands, and what to do about what is wrong."""
    _do(keeping.look_at_health(_settings()))


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

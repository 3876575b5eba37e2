"""The doctor: what is looked at, how it stands, and one sentence on what to do. The health page shows the same checks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from core.dispatching import calendar_knows
from ops.backups import Backups
from ops.readings import Readings, read
from store import HEAD, open_store, schema
from store.errors import DatabaseUnavailable, StoreError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from core.shop import Shop
    from store import Store

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LITTLE_DISK = 200 * 2**20
RESTORE = "Stop the bot, and restore a backup into a new file: python bot.py restore FILE"


class State(StrEnum):
    """`note` is worth knowing, `wrong` must be seen to: the doctor then leaves with status 1."""

    OK = "OK"
    NOTE = "NOTE"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    state: State
    said: str


@dataclass(frozen=True, slots=True)
class Around:
    """What the doctor is told of what lies outside the database."""

    bad_phrases: Sequence[str] = ()
    has_encoder: bool = True
    wants_encoder: bool = True
    has_token: bool = True
    owners: Collection[int] = ()


def ok(name: str, said: str) -> Check:
    return Check(name, State.OK, said)


def note(name: str, said: str) -> Check:
    return Check(name, State.NOTE, said)


def wrong(name: str, said: str) -> Check:
    return Check(name, State.WRONG, said)


async def examine(url: str, now: datetime, around: Around, folder: Path | None) -> list[Check]:
    """Look at a database that may be damaged, of another version, or in use. `folder`: where its daily copies lie."""
    try:
        found = await schema(url)
    except StoreError as error:
        return [_unreadable(error)]
    if found is None:
        return [note("database", "It is empty. Import shop.toml and the catalogue, or start the bot.")]
    if found > HEAD:
        return [wrong("schema", f"It is {found}, and this program knows {HEAD}: install the newer program.")]
    if found < HEAD:
        return [note("schema", f"It is {found} and becomes {HEAD} at the next start; a copy is made first.")]
    try:
        store = await open_store(url)
    except StoreError as error:
        return [_unreadable(error)]
    try:
        sound = await pages(store)
        checks = [ok("schema", f"It is {found}, as it should be."), sound]
        if sound.state is State.WRONG:
            return checks
        runs = await _runs(store)
        readings = await read(store, now, None if folder is None else Backups(store, folder), around.owners)
        checks += [running(runs, around), *of_readings(readings, runs)]
        return [*checks, *of_shop(await store.shop.load(), now), *of_understanding(around)]
    except StoreError as error:
        return [_unreadable(error)]
    finally:
        await store.close()


def _unreadable(error: StoreError) -> Check:
    said = str(error).rstrip(".")
    if isinstance(error, DatabaseUnavailable):
        return wrong("database", f"{said}. Look at DATABASE_URL, at the disk, and whether the server runs.")
    return wrong("database", f"{said}. {RESTORE}")


async def _runs(store: Store) -> bool:
    try:
        await store.lock()
    except StoreError:
        return True
    return False


async def pages(store: Store) -> Check:
    """Every page is read."""
    try:
        await store.check()
    except StoreError as error:
        return wrong("pages", f"{error} {RESTORE}")
    return ok("pages", "All of them are sound.")


def running(runs: bool, around: Around) -> Check:
    if runs:
        return ok("program", "It is running.")
    if not around.has_token:
        return note("program", "It is not running, and BOT_TOKEN is not set: get one from @BotFather.")
    return note("program", "It is not running: python bot.py run")


def of_readings(now: Readings, runs: bool) -> list[Check]:
    """The checks of what is read alike from outside and from within. `runs`: the program does, and Telegram should be heard all
    the time."""
    return [
        _poll(now, runs), _inbox(now), _set_aside(now), _outbox(now), _unknown(now), _failed(now), _paused(now),
        _account(now), _topics(now), _disk(now), _backup(now), _clock(now),
    ]  # fmt: skip


def _poll(now: Readings, runs: bool) -> Check:
    if now.polled_at is None:
        return note("last poll", "Telegram has not been heard yet.")
    age = now.now - now.polled_at
    if runs and age > 5 * MINUTE:
        return wrong(
            "last poll",
            f"Telegram was last heard {told(age)} ago: look at the network, at BOT_TOKEN and, where it is set, at what leads to WEBHOOK_URL.",
        )
    if age > 23 * HOUR:
        return note("last poll", f"Telegram was last heard {told(age)} ago; it drops what is older than 24 hours.")
    return ok("last poll", f"Telegram was last heard {told(age)} ago.")


def _inbox(now: Readings) -> Check:
    if now.inbox_age is None:
        return ok("inbox", "Nothing waits.")
    said = f"{now.inbox_new} updates wait, the oldest for {told(now.inbox_age)}."
    if now.inbox_age > 10 * MINUTE:
        return wrong("inbox", f"{said} If the bot runs, look at its log and start it anew; else start it.")
    return ok("inbox", said)


def _set_aside(now: Readings) -> Check:
    if not now.inbox_dead:
        return ok("set aside", "Nothing.")
    return note(
        "set aside",
        f"{now.inbox_dead} updates of the last days could not be handled: see the log for each. The owners have a card; /retry tries them again.",
    )


def _outbox(now: Readings) -> Check:
    if now.outbox_age is None:
        return ok("outbox", "Nothing waits.")
    said = f"{now.outbox_pending} messages wait, the oldest for {told(now.outbox_age)}."
    if now.outbox_age > 10 * MINUTE and now.pause is None:
        return wrong("outbox", f"{said} Look whether Telegram can be reached, and at the log.")
    return ok("outbox", said)


def _unknown(now: Readings) -> Check:
    if not now.outbox_unknown:
        return ok("unknown", "Nothing.")
    said = f"Of {now.outbox_unknown} messages nobody can tell whether they arrived."
    return note("unknown", f"{said} They stand in the owner's chat and are never sent again by themselves.")


def _failed(now: Readings) -> Check:
    if not now.outbox_failed:
        return ok("failed", "Nothing.")
    return note("failed", f"Telegram refused {now.outbox_failed} messages of the last days: see the owner's chat.")


def _paused(now: Readings) -> Check:
    if now.pause is None:
        return ok("paused", "No.")
    since = f"{now.pause.since:%Y-%m-%d %H:%M} UTC"
    return note("paused", f"Since the restore of {since} nothing goes to buyers, until an owner sends the bot /go.")


def _account(now: Readings) -> Check:
    """The owners' own Telegram accounts."""
    if not now.accounts:
        return ok("account", "None is connected; buyers write to the bot.")
    mute = [one.name for one in now.accounts if one.is_enabled and not one.can_reply]
    if mute:
        said = f"{', '.join(mute)}: connected without the right to reply"
        return wrong("account", f"{said}. Allow it in Telegram: Settings, Chat Automation, reply to messages.")
    off = [one.name for one in now.accounts if not one.is_enabled]
    if off:
        said = f"{', '.join(off)}: disconnected, so nothing is answered there"
        return note("account", f"{said}. Connect it again in Telegram: Settings, Chat Automation.")
    return ok("account", f"{', '.join(one.name for one in now.accounts)}: connected, and the bot may reply.")


def _topics(now: Readings) -> Check:
    """The shop's group with a topic for every buyer."""
    again = "Make the bot an administrator there with manage topics and pin messages, and send /setup inbox in it."
    if not now.group and now.topics:
        return note("topics", f"The group is gone, so cards go to the sellers' own chats. {again}")
    if not now.group:
        return ok("topics", "There is no group; cards go to the sellers' own chats.")
    if now.group_refused:
        said = f"Telegram refused {now.group_refused} messages to the group in the last days."
        return note("topics", f"{said} {again}")
    return ok("topics", f"The group takes what it is sent; {now.topics} buyers have a topic.")


def _disk(now: Readings) -> Check:
    if now.disk_free is None or now.database_bytes is None:
        return ok("disk", "The database is not on this machine's disk.")
    said = f"{megabytes(now.disk_free)} are free, the database has {megabytes(now.database_bytes)}."
    if now.disk_free < max(LITTLE_DISK, now.database_bytes):
        return wrong("disk", f"{said} Make room, or nothing can be received soon.")
    if now.disk_free < 4 * now.database_bytes:
        return note("disk", f"{said} Copies need room too.")
    return ok("disk", said)


def _backup(now: Readings) -> Check:
    if not now.keeps_backups and now.database_bytes is None:
        return ok("backup", "PostgreSQL is backed up by pg_dump, not by this program.")
    if not now.keeps_backups:
        return ok("backup", "The sandbox makes none.")
    if now.backup_trouble:
        return wrong("backup", f"Today's could not be made, and is tried again: {now.backup_trouble}")
    if now.backup_at is None:
        return note("backup", "There is none yet; one is made each day while the bot runs.")
    age = now.now - now.backup_at
    said = f"The newest is {told(age)} old."
    if age > 50 * HOUR:
        return wrong("backup", f"{said} Look at the log and at the disk, or make one: python bot.py backup FILE")
    return ok("backup", said)


def _clock(now: Readings) -> Check:
    behind = now.clock_behind
    if behind is None:
        return ok("clock", "There is nothing yet to compare it with.")
    if behind > timedelta(seconds=5):
        return wrong("clock", f"This machine is {told(behind)} behind Telegram: let it be set by NTP.")
    if behind < -timedelta(minutes=5):
        return note("clock", f"Updates seem {told(-behind)} late: let the clock be set by NTP.")
    return ok("clock", "It agrees with Telegram's.")


def of_shop(shop: Shop | None, now: datetime) -> list[Check]:
    """What shop.toml leaves open."""
    if shop is None:
        return [note("shop", "Nothing was told about it yet: python bot.py import shop.toml")]
    checks = [ok("shop", "Its facts are known.")]
    if shop.dispatch is not None and shop.dispatch.calendar == "CN":
        year = now.astimezone(shop.timezone).year
        unknown = [str(one) for one in (year, year + 1) if not calendar_knows(one)]
        said = f"China's calendar does not know {' and '.join(unknown)} yet"
        checks.append(
            note("calendar", f"{said}: put the days off into [dispatch] holidays, or update chinesecalendar.")
            if unknown
            else ok("calendar", f"China's calendar knows {year} and {year + 1}.")
        )
    return checks


def of_understanding(around: Around) -> list[Check]:
    """What the understanding is made of."""
    checks = [ok("phrases", "Every line is good.")]
    if around.bad_phrases:
        more = f" (and {len(around.bad_phrases) - 3} more)" if len(around.bad_phrases) > 3 else ""
        checks = [
            note("phrases", f"Left out: {'; '.join(around.bad_phrases[:3])}{more}. Mend these lines in phrases/.")
        ]
    if not around.wants_encoder:
        return [*checks, ok("encoder", "It is switched off by ENCODER=0.")]
    if not around.has_encoder:
        said = "It is not installed, so a little less is understood: pip install -r requirements.lock"
        return [*checks, note("encoder", said)]
    return [*checks, ok("encoder", "It is there.")]


def told(length: timedelta) -> str:
    """ "3 s", "12 min", "5 h", "3 days"."""
    seconds = round(length.total_seconds())
    for unit, size in (("days", 2 * 86400), ("h", 2 * 3600), ("min", 120)):
        if seconds >= size:
            return f"{seconds // (size // 2)} {unit}"
    return f"{seconds} s"


def megabytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MB"

"""What whoever runs the shop sees: the doctor, the health page, the metrics."""

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from clock import Clock
from core.shop import Dispatch, Shop
from delivery.transport import read_answer
from ops.backups import Backups
from ops.doctor import Around, State, examine, of_readings, of_understanding
from ops.health import Health
from ops.lag import MUCH, Lag
from ops.listening import NotLoopback, loopback
from ops.logs import set_up_logs
from ops.readings import Account, Readings, read
from store import HEAD, DatabaseUnavailable, Store, open_store
from store.buyers import Buyer
from store.connections import Connection
from store.inbox import Arrival
from store.outbox import Kind, Outgoing
from store.pausing import Pause
from store.topics import GROUP, Topic

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
FINE = Readings(
    NOW, polled_at=NOW - timedelta(seconds=40), database_bytes=10**6, disk_free=10**11,
    backup_at=NOW - timedelta(hours=5), keeps_backups=True, clock_behind=timedelta(seconds=-1),
)  # fmt: skip
HOUR = timedelta(hours=1)


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    store = await open_store(url)
    yield store
    await store.close()


def changed(**by: object) -> Readings:
    return Readings(**{**{name: getattr(FINE, name) for name in FINE.__dataclass_fields__}, **by})


def test_a_healthy_shop_has_nothing_to_mend() -> None:
    """Every check is OK, and says so in a sentence."""
    checks = of_readings(FINE, runs=True)
    assert {one.state for one in checks} == {State.OK}
    assert all(one.said.endswith(".") for one in checks)


@pytest.mark.parametrize(
    ("name", "readings", "state"),
    [
        ("last poll", changed(polled_at=NOW - HOUR), State.WRONG),
        ("last poll", changed(polled_at=None), State.NOTE),
        ("inbox", changed(inbox_new=3, inbox_age=HOUR), State.WRONG),
        ("inbox", changed(inbox_new=3, inbox_age=timedelta(seconds=2)), State.OK),
        ("set aside", changed(inbox_dead=1), State.NOTE),
        ("outbox", changed(outbox_pending=3, outbox_age=HOUR), State.WRONG),
        ("outbox", changed(outbox_pending=3, outbox_age=timedelta(seconds=9)), State.OK),
        ("unknown", changed(outbox_unknown=1), State.NOTE),
        ("failed", changed(outbox_failed=1), State.NOTE),
        ("paused", changed(pause=Pause(NOW, 2, 1)), State.NOTE),
        ("account", changed(accounts=(Account("Lin", is_enabled=True, can_reply=False),)), State.WRONG),
        ("account", changed(accounts=(Account("Lin", is_enabled=False, can_reply=True),)), State.NOTE),
        ("account", changed(accounts=(Account("Lin", is_enabled=True, can_reply=True),)), State.OK),
        ("topics", changed(group=-100, topics=3, group_refused=2), State.NOTE),
        ("topics", changed(group=0, topics=3), State.NOTE),
        ("topics", changed(group=-100, topics=3), State.OK),
        ("disk", changed(disk_free=10**7), State.WRONG),
        ("disk", changed(database_bytes=10**11), State.NOTE),
        ("backup", changed(backup_at=None), State.NOTE),
        ("backup", changed(backup_at=NOW - timedelta(days=3)), State.WRONG),
        ("backup", changed(backup_trouble="The disk is full."), State.WRONG),
        ("clock", changed(clock_behind=timedelta(minutes=2)), State.WRONG),
        ("clock", changed(clock_behind=-timedelta(minutes=9)), State.NOTE),
    ],
)
def test_what_is_not_as_it_should_be_is_named_with_what_to_do(name: str, readings: Readings, state: State) -> None:
    """One check speaks, the others stay as they were."""
    checks = {one.name: one for one in of_readings(readings, runs=True)}
    assert checks[name].state is state
    assert {one.state for one in checks.values() if one.name != name} == {State.OK}


def test_while_the_program_stands_still_a_silence_is_no_fault() -> None:
    """Longer than Telegram keeps what was not fetched, it is worth a note."""
    for age, state in ((HOUR, State.OK), (25 * HOUR, State.NOTE)):
        [check] = [one for one in of_readings(changed(polled_at=NOW - age), runs=False) if one.name == "last poll"]
        assert check.state is state


def test_where_no_copies_are_made_it_is_said_who_makes_them() -> None:
    """PostgreSQL has pg_dump; a sandbox is not kept."""
    said = [
        next(
            one
            for one in of_readings(changed(keeps_backups=False, database_bytes=size), runs=True)
            if one.name == "backup"
        )
        for size in (None, 10**6)
    ]
    assert [one.state for one in said] == [State.OK, State.OK]
    assert ["pg_dump" in one.said for one in said] == [True, False]


def test_bad_phrases_and_a_missing_encoder_are_told() -> None:
    """With the line to mend, and what to install."""
    checks = of_understanding(
        Around(bad_phrases=["zh/price.txt line 3 is longer than 200 characters"], has_encoder=False)
    )
    assert [one.state for one in checks] == [State.NOTE, State.NOTE]
    assert "zh/price.txt line 3" in checks[0].said
    assert of_understanding(Around(has_encoder=False, wants_encoder=False))[1].state is State.OK


async def test_an_owners_account_and_the_group_are_read(store: Store) -> None:
    """A stranger's connection is none of the shop's; a refused message to the group is counted while it is recent."""
    for id, user in (("mine", 7), ("other", 8)):
        await store.write([store.connections.save(Connection(id, user, user, NOW, NOW, id, True, user == 8))])
    row = Outgoing("g", ":-100", -100, "sendMessage", {}, Kind.SELLER, NOW)
    await store.write(
        [
            store.outbox.put(row),
            store.buyers.seen(Buyer(20001, NOW)),
            store.marks.set(GROUP, {"chat_id": -100}, NOW),
            store.topics.save(Topic(-100, 20001, 1)),
        ]
    )
    await store.write([store.outbox.failed(row.id, "chat not found")])
    now = await read(store, NOW + HOUR, owners=(7,))
    assert now.accounts == (Account("mine", is_enabled=True, can_reply=False),)
    assert (now.group, now.group_refused, now.topics) == (-100, 1, 1)
    assert (await read(store, NOW + HOUR)).accounts == ()


async def test_the_doctor_looks_at_a_real_database(store: Store, url: str, tmp_path: Path) -> None:
    """Whether it is in use, what waits in it, and which year the calendar does not know."""
    shop = Shop("店", timezone=ZoneInfo("Asia/Shanghai"), dispatch=Dispatch(clock_time(16, 0), calendar="CN"))
    raw = f'{{"message":{{"date":{int(NOW.timestamp()) + 60}}}}}'
    await store.inbox.receive([Arrival(1, 1, "a", raw, "1::7", "message")], NOW)
    row = Outgoing("k", "1::7", 7, "sendMessage", {}, Kind.REPLY, NOW)
    await store.write([store.outbox.put(row), *store.shop.save(shop, "test", NOW)])
    await store.lock()
    readings = await read(store, NOW + HOUR)
    assert (readings.inbox_age, readings.outbox_age) == (HOUR, HOUR)
    checks = {one.name: one for one in await examine(url, NOW + HOUR, Around(), tmp_path)}
    assert checks["program"].said == "It is running."
    assert checks["inbox"].state is State.WRONG
    assert checks["calendar"].state is State.NOTE
    assert "2027" in checks["calendar"].said


async def test_the_doctor_finds_damage_and_a_newer_schema(tmp_path: Path) -> None:
    """And says what to do, whatever the file holds."""
    file = tmp_path / "shop.db"
    store = await open_store(f"sqlite:///{file}")
    await store.write([store.marks.set(str(one), "x" * 300, NOW) for one in range(500)])
    await store.close()
    whole = file.read_bytes()
    for damaged in (
        b"nothing of the kind" * 500,
        whole[: len(whole) // 2],
        whole[:4096] + b"\xff" * (len(whole) - 4096),
    ):
        file.write_bytes(damaged)
        checks = await examine(f"sqlite:///{file}", NOW, Around(), None)
        assert State.WRONG in {one.state for one in checks}, checks
        assert "restore" in checks[-1].said
    file.write_bytes(whole.replace(HEAD.encode(), b"9999"))
    [check] = await examine(f"sqlite:///{file}", NOW, Around(), None)
    assert check.state is State.WRONG
    assert "newer program" in check.said


async def test_health_and_metrics_are_served_on_loopback(store: Store, tmp_path: Path) -> None:
    """A page, JSON, and Prometheus's text; 503 while something is wrong."""
    clock = Clock()
    lag = Lag()
    health = Health(store, clock, lag, Backups(store, tmp_path / "backups"))
    close = await health.serve("127.0.0.1:0")
    try:
        await store.write([store.marks.set("last_poll", clock.now().isoformat(), clock.now())])
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{health.url}/health") as answer:
                assert answer.status == 200
                page = await answer.text()
                for word in ("last poll", "inbox", "outbox", "set aside", "unknown", "loop lag", "disk", "backup"):
                    assert f"<td>{word}<td" in page
            async with session.get(f"{health.url}/metrics") as answer:
                figures = dict(re.findall(r"^(zhanggui_\w+) (\S+)$", await answer.text(), re.MULTILINE))
                assert float(figures["zhanggui_last_poll_age_seconds"]) < 60
                assert {"zhanggui_inbox_new", "zhanggui_outbox_unknown", "zhanggui_loop_lag_seconds"} <= set(figures)
            clock.move(timedelta(hours=1))
            async with session.get(f"{health.url}/health.json") as answer:
                assert answer.status == 503
                assert (await answer.json())["last poll"]["state"] == "WRONG"
        with pytest.raises(OSError, match="METRICS_LISTEN"):
            await Health(store, clock, lag).serve(health.url.removeprefix("http://"))
    finally:
        await close()


async def test_health_tells_that_the_database_is_away(store: Store) -> None:
    """Not that it met an error of its own: 503 with the reason, and the metrics too."""

    async def away(name: str) -> None:
        raise DatabaseUnavailable("The database could not be read: disk I/O error.")

    health = Health(store, Clock(), Lag())
    close = await health.serve("127.0.0.1:0")
    store.faults.hook = away
    try:
        async with aiohttp.ClientSession() as session:
            for path in ("health", "health.json", "metrics"):
                async with session.get(f"{health.url}/{path}") as answer:
                    assert answer.status == 503
                    assert "disk I/O error" in await answer.text()
    finally:
        store.faults.hook = None
        await close()


async def test_row_43_health_tells_that_nothing_can_be_written(store: Store) -> None:
    """Reading goes on where a disk is full or read-only, and all that is read would look well."""
    is_full = True

    async def full(name: str) -> None:
        if is_full and name == "db:commit":
            raise DatabaseUnavailable("The database could not write: database or disk is full")

    health = Health(store, Clock(), Lag())
    store.faults.hook = full
    with pytest.raises(DatabaseUnavailable):
        await store.write([store.buyers.seen(Buyer(7))])
    [told] = [one for one in await health.checks() if one.name == "database"]
    assert told.state is State.WRONG
    assert "disk is full" in told.said
    is_full = False
    await store.write([store.buyers.seen(Buyer(7))])
    assert "database" not in {one.name for one in await health.checks()}


@pytest.mark.parametrize("listen", ["0.0.0.0:9100", "192.168.1.5:9100", "[::]:9100", "shop.example:9100"])
def test_metrics_are_for_this_machine_alone(listen: str) -> None:
    """Any other place is refused with a sentence that says what to write."""
    with pytest.raises(NotLoopback, match=r"write 127\.0\.0\.1:9100"):
        loopback(listen)


@pytest.mark.parametrize("listen", ["127.0.0.1:9100", "localhost:9100", "[::1]:9100", ":9100"])
def test_loopback_has_several_names(listen: str) -> None:
    assert loopback(listen)[1] == 9100


async def test_a_held_up_loop_is_noticed() -> None:
    """Work that lets nobody else run shows as lag."""
    lag = Lag()
    lag.start()
    async with asyncio.timeout(60):
        while lag.worst < MUCH:
            until = time.monotonic() + 0.6
            while time.monotonic() < until:
                pass
            await asyncio.sleep(0)
    await lag.stop()


def test_row_41_no_words_of_an_answer_that_was_cut_off_are_logged(capfd: pytest.CaptureFixture[str]) -> None:
    """A poll that breaks off in the middle is no JSON, and full of what buyers wrote."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    root.handlers[:] = []  # else they would be closed
    try:
        set_up_logs("DEBUG")
        logging.getLogger("shop").warning("something else")
        answer = read_answer(200, b'{"ok":true,"result":[{"message":{"text":"a zebrafinch')
    finally:
        root.handlers[:], root.level = before
    assert not answer.is_readable
    said = capfd.readouterr().err
    assert "something else" in said
    assert "zebrafinch" not in said

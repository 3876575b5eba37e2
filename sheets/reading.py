"""Reading a file from outside, from an asyncio program: workbooks are opened in a child process, the rest off the loop."""

import asyncio
import json
import os
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import orjson

from core.answers import KeptAnswer
from core.asks import ASKS, Phrase
from core.catalogue import Variant
from core.shop import Shop
from sheets.catalogue import catalogue_from
from sheets.customers import Customer, customers_from
from sheets.detect import Kind, is_phrase_file, is_shop_file, kind_of
from sheets.grid import Grid, grid_of, is_workbook, read_grid, unfit
from sheets.limits import LIMITS, Limits
from sheets.orders import Order, orders_from
from sheets.phrases import load_sent
from sheets.problems import Parsed, Problem, Problems, Taken, refusal
from sheets.shop_file.reading import read_shop

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file held: the field its kind names is set, the others are empty. `columns` are those a catalogue has, and `rows`
    say where each of its goods stands."""

    kind: Kind
    shop: Shop | None = None
    variants: tuple[Variant, ...] = ()
    columns: frozenset[str] = frozenset()
    rows: Mapping[str, int] = field(default_factory=dict)
    orders: tuple[Order, ...] = ()
    customers: tuple[Customer, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    answers: tuple[KeptAnswer, ...] = ()


async def read_file(
    name: str,
    data: bytes,
    shop: Shop | None = None,
    companions: Collection[str] = ASKS,
    limits: Limits = LIMITS,
) -> Parsed[Contents]:
    """Whatever kind of file this is, wholly or not at all. Currency and time zone are those of `shop`, and what a shop.toml
    leaves open stays as it stands there."""
    currency, zone = (shop.currency, shop.timezone) if shop else ("CNY", ZoneInfo("Asia/Shanghai"))
    if is_shop_file(name):
        taken = await asyncio.to_thread(read_shop, name, data, companions, limits, shop)
        return taken if isinstance(taken, Problems) else Taken(Contents(Kind.SHOP, taken.value), taken.warnings)
    if is_phrase_file(name):
        return await asyncio.to_thread(_lessons, name, data)
    grid = await read_in_child(name, data, limits)
    if isinstance(grid, Problems):
        return grid
    return await asyncio.to_thread(_contents, grid, currency, zone)


async def read_in_child(name: str, data: bytes, limits: Limits = LIMITS) -> Grid | Problems:
    """The grid of a file. A workbook is opened in a child with a ceiling of memory, processor and wall time.

    A child that breaks a limit is killed and told of in one sentence; none is left behind, also when this is cancelled.
    """
    if (fault := unfit(name, data, limits)) is not None:
        return fault
    if not is_workbook(data):
        return await asyncio.to_thread(read_grid, name, data, limits)
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sheets.child", json.dumps(asdict(limits))),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
        env=_bare_environment(),
    )
    try:
        async with asyncio.timeout(limits.wall_seconds):
            answer, _ = await child.communicate(data)
    except TimeoutError:
        return refusal(name, "too_heavy")
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    if child.returncode != 0:
        return refusal(name, "too_heavy")
    return await asyncio.to_thread(_grid, name, answer, limits)


def _lessons(name: str, data: bytes) -> Parsed[Contents]:
    """What a phrase file teaches, wholly or not at all."""
    loaded = load_sent(name, data)
    if loaded.bad:
        return Problems.of(*(Problem(name, bad.fault, bad.line or None) for bad in loaded.bad))
    if not (loaded.book.phrases or loaded.answers):
        return Problems.of(Problem(name, "phrases_none"))
    return Taken(Contents(Kind.PHRASES, phrases=loaded.book.phrases, answers=loaded.answers))


def _bare_environment() -> dict[str, str]:
    """What Python needs to start, and none of our secrets."""
    kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "TMPDIR")
    return {key: os.environ[key] for key in kept if key in os.environ} | {"PYTHONDONTWRITEBYTECODE": "1"}


def _grid(name: str, answer: bytes, limits: Limits) -> Grid | Problems:
    told = orjson.loads(answer)
    if "fault" in told:
        return Problems.of(Problem(name, told["fault"], blanks=tuple(told["blanks"].items())))
    marks = {(row, column): mark for row, column, mark in told["marks"]}
    return grid_of(name, told["rows"], marks, limits, is_text=False, unread=told["unread"])


def _contents(grid: Grid, currency: str, zone: ZoneInfo) -> Parsed[Contents]:
    kind = kind_of(grid)
    if isinstance(kind, Problems):
        return kind
    if kind is Kind.CATALOGUE:
        parsed = catalogue_from(grid, currency)
        if isinstance(parsed, Problems):
            return parsed
        sheet = parsed.value
        contents = Contents(kind, variants=sheet.variants, columns=sheet.columns, rows=sheet.rows)
        return Taken(contents, parsed.warnings)
    if kind is Kind.ORDERS:
        orders = orders_from(grid, currency, zone)
        return orders if isinstance(orders, Problems) else Taken(Contents(kind, orders=orders.value), orders.warnings)
    customers = customers_from(grid)
    return (
        customers
        if isinstance(customers, Problems)
        else Taken(Contents(kind, customers=customers.value), customers.warnings)
    )

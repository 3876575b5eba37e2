"""Odd things by the thousand: updates, webhook bodies, templates, patterns, files and lines: `make fuzz`.

    python -m tests.reliability.fuzz [--seed N] [--share 1.0]

Nothing may crash, no refusal may be empty, and the shop must still answer afterwards. What sellers write is in `fuzz_texts`.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import json
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from core.asks import Heard
from core.understanding import Mind, train, understand
from delivery.receiving import Receiver
from delivery.webhook import Webhook
from sheets.phrases import load
from sheets.reading import read_file
from store import open_store
from tests.made_shop import make_shop
from tests.play import Play, numbers, open_play
from tests.reliability import fuzz_texts
from tests.reliability.fuzz_texts import is_refused
from tests.sheets.making import workbook

ROOT = Path(__file__).parents[2]
UPDATES, BODIES, TEMPLATES, PATTERNS, SHOPS, SHEETS = 20_000, 2_000, 10_000, 2_000, 2_000, 1_000
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 2**31, 2**63, -(2**63), 10**400, 1e308, "", " ", "0", "\x00", "\ud800", "{{ 7*7 }}", "<b>", "/start", "/stock",
    "😀" * 50, "a" * 5000, [], {}, [None], [[]], {"id": None}, {"": ""}, [{}] * 3, {"id": "1", "type": 3},
)  # fmt: skip
SEEDS: tuple[dict[str, Any], ...] = (
    {"message": {"text": "有货吗"}}, {"message": {"text": "/start item_1", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}},
    {"edited_message": {"text": "多少钱", "edit_date": 1795140001}}, {"message": {"caption": "看", "photo": [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}], "media_group_id": "7"}},
    {"message": {"voice": {"file_id": "x", "file_unique_id": "y", "duration": 1}}}, {"message": {"location": {"latitude": 1.0, "longitude": 2.0}}},
    {"message": {"text": "x", "reply_to_message": {"message_id": 3, "date": 1, "chat": {"id": 1, "type": "private"}}, "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "a"}}},
    {"business_message": {"text": "在吗", "business_connection_id": "bc"}}, {"message": {"document": {"file_id": "x", "file_unique_id": "y", "file_name": "a.csv"}}},
)  # fmt: skip


def whole_update(chance: random.Random, number: int) -> dict[str, Any]:
    """An update as Telegram might send it, of one of some buyers."""
    who = 40_000 + chance.randrange(60)
    if chance.random() < 0.15:
        message = {"message_id": number, "date": 1795140000, "chat": {"id": who, "type": "private"}, "text": "x"}
        tap = {"id": str(number), "from": {"id": who, "is_bot": False, "first_name": "x"}, "chat_instance": "1"}
        return {"callback_query": {**tap, "data": "abc", "message": message}}
    if chance.random() < 0.05:
        member = {
            "user": {"id": 1, "is_bot": True, "first_name": "b"},
            "status": chance.choice(["member", "kicked", "x"]),
        }
        chat = {"id": who, "type": "private", "first_name": "x"}
        return {"my_chat_member": {"chat": chat, "from": {"id": who, "is_bot": False, "first_name": "x"}, "date": 1, "old_chat_member": member, "new_chat_member": member}}  # fmt: skip
    ((kind, body),) = copy.deepcopy(chance.choice(SEEDS)).items()
    person = {
        "id": who,
        "is_bot": False,
        "first_name": "客",
        "language_code": chance.choice(["zh-hans", "en", "x" * 40]),
    }
    where = {"message_id": 900_000 + number, "date": 1795140000 + number, "from": person}
    return {kind: {**where, "chat": {"id": who, "type": "private", "first_name": "客"}, **body}}


def mutated(chance: random.Random, value: Any, depth: int = 0) -> Any:
    """The same with something in it lost, doubled, renamed, or put in the place of something else."""
    if depth > 6 or chance.random() < 0.12:
        return chance.choice(ODD)
    if isinstance(value, dict) and value:
        made = dict(value)
        key = chance.choice(list(made))
        way = chance.random()
        if way < 0.15:
            del made[key]
        elif way < 0.25:
            made[chance.choice(["", "id", "message", "text", key + "x"])] = made.pop(key)
        else:
            made[key] = mutated(chance, made[key], depth + 1)
        return made
    if isinstance(value, list) and value:
        made_list = list(value)
        made_list[chance.randrange(len(made_list))] = mutated(chance, value[0], depth + 1)
        return made_list * chance.choice([1, 1, 3])
    if isinstance(value, str) and value:
        at = chance.randrange(len(value))
        return value[:at] + chance.choice(["\x00", "\ud800", "<", "{{", "\u202e", "9" * 30, ""]) + value[at + 1 :]
    return chance.choice(ODD)


async def odd_updates(play: Play, chance: random.Random, count: int) -> dict[str, int]:
    """Mutated updates through the whole bot: each ends as done or dead with a reason, none waits, and the shop answers."""
    for start in range(0, count, 500):
        for number in range(start, min(count, start + 500)):
            update = whole_update(chance, number)
            update = mutated(chance, update) if chance.random() < 0.9 else update
            play.sandbox.inject(as_sent(update))
        await play.sandbox.settled(timeout=300)
    for _ in range(400):
        if not await play.store.inbox.new(1):
            break
        play.clock.move(timedelta(seconds=70))
        await asyncio.sleep(0.02)
        await play.sandbox.settled(timeout=300)
    assert not await play.store.inbox.new(1), await play.store.inbox.new(5)
    dead = await play.store.inbox.dead(count)
    assert all(one.error for one in dead)
    own = Counter(one.error[:90] for one in dead if not one.error.startswith("Unparsable"))
    print(f"handlers refused {own.total()}: {own.most_common(8)}")
    buyer = play.buyer()
    assert play.made.warranty_months in numbers((await play.ask(buyer, "怎么保修")).text)
    return {"updates": count, "set aside as unreadable": len(dead) - own.total(), "set aside later": own.total()}


def as_sent(update: Any) -> dict[str, Any]:
    """What JSON can carry of it."""
    try:
        found = json.loads(json.dumps(update))
    except (TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {"odd": found}


class _Collecting:
    """Stands where the lanes do: it only counts what it is handed."""

    def __init__(self) -> None:
        self.taken = 0

    def take(self, rows: Sequence[Any], updates: Any = None, *, fetch: bool = False) -> None:
        self.taken += len(rows)

    def begin_with(self, rows: Sequence[Any], updates: Any, kept: Any) -> None:
        """What is only being kept is counted when it is."""

    async def look(self) -> int:
        return 0


async def odd_bodies(folder: Path, chance: random.Random, count: int) -> dict[str, int]:
    """Bodies with the right secret: each is kept and answered 200, or is too long and refused; nothing else."""
    from clock import Clock

    store = await open_store(f"sqlite:///{folder}/bodies.db")
    collecting = _Collecting()
    webhook = Webhook("/hook", "s3cret", Receiver(1, store.inbox, collecting, Clock()))  # type: ignore[arg-type]
    app = web.Application(client_max_size=2**21)
    app.add_routes(webhook.routes())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    statuses: dict[int, int] = {}
    async with aiohttp.ClientSession() as session:
        for number in range(count):
            headers = {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}
            headers["Content-Type"] = chance.choice(
                ["application/json", "application/json; charset=utf-8", "text/x", "x"]
            )
            async with session.post(address, data=odd_body(chance, number), headers=headers) as answer:
                statuses[answer.status] = statuses.get(answer.status, 0) + 1
    await runner.cleanup()
    assert set(statuses) <= {200, 413}, statuses
    kept = sum((await store.inbox.counts()).values())
    assert kept == collecting.taken
    await store.close()
    return {"bodies": count, "kept": kept, "too long": statuses.get(413, 0)}


def odd_body(chance: random.Random, number: int) -> bytes:
    whole = json.dumps(as_sent({"update_id": number, **whole_update(chance, number)})).encode()
    way = chance.randrange(8)
    if way == 0:
        return whole
    if way == 1:
        return whole[: chance.randrange(len(whole))]
    if way == 2:
        return bytes(chance.randrange(256) for _ in range(chance.randrange(200)))
    if way == 3:
        return b"[" * chance.choice([10, 5000, 50_000])
    if way == 4 and number % 40 == 4:
        return b'"' + b"x" * (1 << 20) + b'"'
    made = bytearray(whole)
    for _ in range(chance.randrange(1, 6)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


async def odd_sheets(chance: random.Random, count: int) -> dict[str, int]:
    """Damaged catalogues: taken, or refused with sentences that say where. One in forty is a workbook."""
    whole = make_shop(7).catalogue_csv
    refused = 0
    for number in range(count):
        made = list(whole)
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(made))
            made[at] = chance.choice(
                [",", "\n", '"', "=", "\t", "\x00", "9" * 40, "-", "\u202e", "", "x" * 300, "'", ";"]
            )
        data = "".join(made).encode(chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16", "latin-1"]), "replace")
        name = "catalogue.csv"
        if number % 40 == 0:
            book = bytearray(workbook(*[line.split(",") for line in whole.splitlines()]))
            for _ in range(chance.randrange(4)):
                book[chance.randrange(len(book))] = chance.randrange(256)
            data, name = bytes(book), "catalogue.xlsx"
        refused += is_refused(await read_file(name, data))
    return {"sheets": count, "refused with a sentence": refused}


def odd_line(chance: random.Random) -> str:
    """Four thousand characters that would hold up a careless pattern."""
    piece = chance.choice(
        [
            "a",
            "a ",
            "1",
            "1,",
            "尺",
            "有货吗",
            "...",
            "￥",
            "1x",
            "x1",
            "-",
            "( ",
            "吗?",
            "\u3000",
            "1.",
            "K00",
            "😀",
            "aA1 ",
            "不要",
            "12:00 ",
        ]
    )
    text = piece * (4096 // len(piece))
    return text[: 4096 - 10] + chance.choice(["!", "", "\n", "多少钱", "$"])


def odd_lines(chance: random.Random, mind: Mind, count: int) -> dict[str, float]:
    """The longest line there is, made for slow patterns: understood within a second of processor time."""
    worst = 0.0
    for _ in range(count):
        text = odd_line(chance)
        began = time.process_time()
        understand(text, Heard(), mind)
        worst = max(worst, time.process_time() - began)
        assert worst < 1.0, (text[:40], worst)
    return {"lines": count, "worst ms": round(1000 * worst)}


async def fuzz(seed: int, share: float) -> None:
    chance = random.Random(seed)
    mind = Mind(train(load(ROOT / "phrases").book.phrases))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        play = await open_play(mind, folder / "shop")
        print(await odd_updates(play, chance, round(UPDATES * share)), flush=True)
        await play.close()
        print(await odd_bodies(folder, chance, round(BODIES * share)), flush=True)
    print(fuzz_texts.odd_templates(chance, round(TEMPLATES * share)), flush=True)
    print(fuzz_texts.odd_patterns(chance, round(PATTERNS * share)), flush=True)
    print(await fuzz_texts.odd_shops(chance, round(SHOPS * share)), flush=True)
    print(await fuzz_texts.odd_shops(chance, round(SHOPS * share), pattern=True), flush=True)
    print(await odd_sheets(chance, round(SHEETS * share)), flush=True)
    print(odd_lines(chance, mind, round(200 * share) or 1), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--share", type=float, default=1.0)
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    logging.disable(logging.CRITICAL)
    asyncio.run(fuzz(given.seed, given.share))
    return 0


if __name__ == "__main__":
    sys.exit(main())

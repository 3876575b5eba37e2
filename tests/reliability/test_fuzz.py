"""A little of `make fuzz` every day, from a fixed seed; and what broke once."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.understanding import Mind
from store.errors import StoreError
from tests.play import Play, numbers
from tests.reliability import fuzz, fuzz_texts

SEED = 20261121


async def test_rows_6_and_22_odd_updates_harm_nobody(play: Play) -> None:
    """Each mutated update ends as done, or set aside with a reason; the shop still answers."""
    await fuzz.odd_updates(play, random.Random(SEED), 300)


async def test_row_6_a_date_beyond_all_numbers_holds_nobody_up(play: Play) -> None:
    """Found by fuzzing: such a date once kept everything that came in the same batch from being handled."""
    buyer = play.buyer()
    await play.settled()
    who = {"id": 40001, "is_bot": False, "first_name": "x"}
    chat = {"id": 40001, "type": "private", "first_name": "x"}
    for number, date in enumerate((10**400, -(10**400), 2**63, "x", None)):
        message = {"message_id": 900_000 + number, "date": date, "from": who, "chat": chat, "text": "x"}
        play.sandbox.inject({"message": message})
    assert play.made.warranty_months in numbers((await play.ask(buyer, "怎么保修")).text)


@pytest.mark.parametrize(
    "odd",
    [
        {"date": None}, {"message_id": 2**63}, {"from": {"id": 2**64, "is_bot": False, "first_name": "x"}},
        {"media_group_id": {"a": 1}}, {"media_group_id": True}, {"entities": [{"type": "bot_command", "offset": 0, "length": "x"}]},
        {"chat": {"id": -(2**70), "type": "private"}}, {"business_connection_id": {"a": 1}},
        {"reply_to_message": {"message_id": {"a": 1}, "date": 1, "chat": {"id": 40001, "type": "private"}}},
        {"reply_to_message": {"message_id": 2**64, "date": 1, "chat": {"id": 40001, "type": "private"}}},
    ],
    ids=str,
)  # fmt: skip
async def test_row_6_what_no_column_can_hold_is_unreadable(play: Play, odd: dict[str, Any]) -> None:
    """Found by fuzzing: a handler met these, failed four times, and held up the buyer's own lines for over a minute."""
    who = {"id": 40001, "is_bot": False, "first_name": "x"}
    message = {"message_id": 9, "date": 1795140000, "from": who, "chat": {**who, "type": "private"}, "text": "/start x"}
    play.sandbox.inject({"message": {**message, **odd}})
    play.sandbox.inject({"my_chat_member": {"chat": message["chat"], "from": who, "date": 1, "old_chat_member": None}})
    for _ in range(200):
        await play.settled()
        if len(dead := await play.store.inbox.dead()) == 2:
            break
        play.clock.move(timedelta(seconds=11))
    assert [one.error.split(":")[0] for one in dead] == ["Unparsable"] * 2


async def test_row_48_a_value_no_database_takes_does_not_hold_up_its_lane(play: Play) -> None:
    """Found by fuzzing: such a question was taken for a database that is away, and the buyer's lane waited for ever."""
    with pytest.raises(Exception, match="binding") as raised:
        await play.store.messages.by_telegram_id(1, [None])  # type: ignore[arg-type]  # as an update may carry it
    assert not isinstance(raised.value, StoreError)


async def test_row_22_odd_bodies_are_kept_and_answered(tmp_path: Path) -> None:
    """With the right secret everything is kept and answered 200, but for what is too long."""
    await fuzz.odd_bodies(tmp_path, random.Random(SEED), 100)


async def test_row_37_odd_shop_files_are_taken_as_data_or_refused() -> None:
    """Policies and bundles may hold anything: it is data, or it is refused with a sentence."""
    await fuzz_texts.odd_shops(random.Random(SEED), 100)
    await fuzz_texts.odd_shops(random.Random(SEED), 50, pattern=True)


def test_row_39_odd_templates_are_refused_or_said() -> None:
    """Whatever a seller writes: a line and a reason, or a text that Telegram takes."""
    told = fuzz_texts.odd_templates(random.Random(SEED), 400)
    assert told["said"]
    assert told["refused with line and reason"]


def test_row_35_odd_patterns_are_refused_or_quick() -> None:
    """Whatever a seller writes: a sentence, or an answer in no time on the longest line."""
    told = fuzz_texts.odd_patterns(random.Random(SEED), 200)
    assert 0 < told["refused with a sentence"] < 200


async def test_row_37_odd_sheets_are_refused_with_a_sentence() -> None:
    """A damaged file is taken or refused, never a crash and never an empty word."""
    await fuzz.odd_sheets(random.Random(SEED), 30)


def test_row_35_no_line_holds_up_the_shop(mind: Mind) -> None:
    """Lines of 4,096 characters made for slow patterns are understood all the same."""
    fuzz.odd_lines(random.Random(SEED), mind, 6)

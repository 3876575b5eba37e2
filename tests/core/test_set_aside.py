"""What an update that could not be handled was, whatever Telegram or anybody else put into it."""

import json
from typing import Any

import pytest

from core.set_aside import Update, What, of_raw

WHO = {"id": 7, "is_bot": False, "first_name": "林", "last_name": "小"}


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ({"update_id": 1, "message": {"from": WHO, "text": "在吗"}}, Update(What.SAID, "林 小", 7, "在吗")),
        ({"business_message": {"from": WHO, "caption": "这个"}}, Update(What.SAID, "林 小", 7, "这个")),
        ({"message": {"from": WHO, "photo": []}}, Update(What.SAID, "林 小", 7)),
        ({"edited_message": {"from": WHO, "text": "三个"}}, Update(What.EDITED, "林 小", 7, "三个")),
        ({"callback_query": {"from": WHO, "data": "x"}}, Update(What.TAPPED, "林 小", 7)),
        ({"my_chat_member": {"from": WHO}}, Update(What.OTHER, "林 小", 7)),
        ({"message": {"from": {"id": 7}, "text": 5}}, Update(What.SAID, "", 7)),
        ({"message": {"from": {"id": 2**64, "first_name": "x"}}}, Update(What.ODD)),
        ({"message": {"from": {"id": True}}}, Update(What.ODD)),
        ({"message": {"from": [7]}}, Update(What.ODD)),
        ({"message": 17}, Update(What.ODD)),
        ([1], Update(What.ODD)),
        ("x", Update(What.ODD)),
    ],
    ids=str,
)
def test_who_did_what(update: Any, told: Update) -> None:
    """As far as it is told; what is not what it should be counts as not told."""
    assert of_raw(json.dumps(update)) == told


@pytest.mark.parametrize("raw", ["", "[", '{"message": 1e999}', "9" * 10_000, "[" * 100_000, "\x00", "null"])
def test_what_nobody_can_read_is_odd(raw: str) -> None:
    """No text fails."""
    assert of_raw(raw) == Update(What.ODD)

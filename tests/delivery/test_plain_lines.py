"""Plain lines are read as python-telegram-bot reads them, and everything else is left to it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import TelegramObject, Update

from delivery.plain_lines import LATEST, PlainLines

NUMBERS = st.integers(-(2**63), 2**63 - 1)
WORDS = st.text(max_size=20)
USERS = st.fixed_dictionaries(
    {"id": NUMBERS, "is_bot": st.booleans(), "first_name": WORDS},
    optional={"last_name": WORDS, "username": WORDS, "language_code": st.sampled_from(["zh-hans", "en"]), "new": WORDS},
)
CHATS = st.fixed_dictionaries(
    {"id": NUMBERS, "type": st.sampled_from(["private", "supergroup", "somewhere"])},
    optional={"first_name": WORDS, "title": WORDS, "is_forum": st.booleans(), "new": WORDS},
)
MESSAGES = st.fixed_dictionaries(
    {"message_id": NUMBERS, "from": USERS, "chat": CHATS, "date": st.integers(1, 4_102_444_800), "text": WORDS}
)


def update(kind: str = "message", /, **changes: Any) -> dict[str, Any]:
    message = {
        "message_id": 7,
        "from": {"id": 5, "is_bot": False, "first_name": "Mei"},
        "chat": {"id": 5, "type": "private", "first_name": "Mei"},
        "date": 1_790_000_000,
        "text": "在吗",
        **changes,
    }
    return {"update_id": 3, kind: {name: value for name, value in message.items() if value is not ...}}


def all_of(one: TelegramObject) -> dict[str, Any]:
    """Everything in it, and in what it holds."""
    found = {name: getattr(one, name, ...) for name in one._get_attrs_names(include_private=True) if name != "_bot"}
    return {name: all_of(value) if isinstance(value, TelegramObject) else value for name, value in found.items()}


@given(USERS, MESSAGES, st.booleans())
def test_a_line_is_what_the_library_makes_of_it(user: Any, message: Any, again: bool) -> None:
    """Fields, types, times and what is new to the library are the same, also when the buyer is known by then."""
    reads = PlainLines(None)
    if again:
        reads.read({"update_id": 1, "message": {**message, "from": {**user, "id": message["from"]["id"]}}})
    raw = {"update_id": 2, "message": message}
    line, theirs = reads.read(raw), Update.de_json(raw, None)
    assert line is not None
    assert all_of(line) == all_of(theirs)
    assert (line, line.message) == (theirs, theirs.message)
    assert hash(line.message) == hash(theirs.message)
    with pytest.raises(AttributeError):
        line.message.text = "changed"  # type: ignore[union-attr]


def test_a_line_in_the_sellers_own_account_is_one_too() -> None:
    """With the number of its connection."""
    raw = update("business_message", business_connection_id="c1")
    line = PlainLines(None).read(raw)
    assert line is not None
    assert all_of(line) == all_of(Update.de_json(raw, None))
    assert line.effective_message is line.business_message


def test_somebody_renamed_is_somebody_new() -> None:
    """What is remembered of a buyer holds only as long as Telegram says the same of them."""
    reads = PlainLines(None)
    first, second = (reads.read(update(**{"from": {"id": 5, "is_bot": False, "first_name": name}})) for name in "ab")
    third = reads.read(update(**{"from": {"id": 5, "is_bot": False, "first_name": "b"}}))
    people = [one.effective_user for one in (first, second, third) if one is not None]
    assert [one.first_name for one in people if one is not None] == ["a", "b", "b"]
    assert people[1] is people[2]


def test_it_remembers_no_more_people_than_it_says() -> None:
    reads = PlainLines(None)
    for number in range(LATEST + 10):
        reads.read(update(**{"from": {"id": number, "is_bot": False, "first_name": "a"}}))
    assert len(reads._people) == LATEST


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"update_id": 3},
        {**update(), "also": 1},
        {**update(), "update_id": "3"},
        {"update_id": 3, "edited_message": update()["message"]},
        {"update_id": 3, "message": []},
        update(entities=[]),
        update(text=...),
        update(text=5),
        update(text=None),
        update(date=0),
        update(date=True),
        update(date=10**12),
        update(message_id=2**63),
        update(message_id=True),
        update(chat=None),
        update(chat={"id": 5}),
        update(chat={"id": "5", "type": "private"}),
        update(**{"from": {"id": 5, "is_bot": False, "first_name": None}}),
        update(**{"from": {"id": 5.5, "is_bot": False, "first_name": "a"}}),
        update(business_connection_id="c1"),
        update("business_message"),
        update("business_message", business_connection_id=1),
    ],
    ids=repr,
)
def test_everything_else_is_left_to_the_library(raw: dict[str, Any]) -> None:
    """An edit, a mark, a field too many or too few, and whatever is odd."""
    assert PlainLines(None).read(raw) is None

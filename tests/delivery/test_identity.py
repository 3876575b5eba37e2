"""What an update is, from its raw JSON."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.identity import as_json, identify

CHAT = {"id": 5, "type": "private"}
CASES: list[tuple[dict[str, Any], str, str, str]] = [
    ({"message": {"message_id": 7, "date": 1, "chat": CHAT}}, "message", "message:5:7:", "1::5"),
    (
        {"edited_message": {"message_id": 7, "date": 1, "edit_date": 9, "chat": CHAT}},
        "edited_message", "edited_message:5:7:9", "1::5",
    ),
    (
        {"business_message": {"business_connection_id": "bc", "message_id": 7, "date": 1, "chat": CHAT}},
        "business_message", "business_message:5:7:", "1:bc:5",
    ),
    (
        {"message": {"message_id": 7, "date": 1, "chat": {"id": -9}, "is_topic_message": True, "message_thread_id": 4}},
        "message", "message:-9:7:", "1::-9:4",
    ),
    (
        {"message": {"message_id": 7, "date": 1, "chat": {"id": -9}, "message_thread_id": 4}},
        "message", "message:-9:7:", "1::-9",
    ),
    (
        {"callback_query": {"id": "99", "from": {"id": 3}, "message": {"message_id": 7, "chat": CHAT, "date": 0}}},
        "callback_query", "callback_query:99", "1::5",
    ),
    (
        {"callback_query": {"id": "99", "from": {"id": 3}, "message": {"business_connection_id": "bc", "chat": CHAT}}},
        "callback_query", "callback_query:99", "1:bc:5",
    ),
    ({"callback_query": {"id": "99", "from": {"id": 3}}}, "callback_query", "callback_query:99", "1::3"),
]  # fmt: skip


@pytest.mark.parametrize(("update", "kind", "ident", "lane"), CASES)
def test_kind_ident_and_lane(update: dict[str, Any], kind: str, ident: str, lane: str) -> None:
    """The fields the inbox keeps."""
    found = identify(1, {"update_id": 12, **update})
    assert (found.update_id, found.kind, found.ident, found.lane) == (12, kind, ident, lane)


def test_other_kinds_go_to_their_chat_or_person() -> None:
    """Whatever has a chat or a person has their lane, and a digest tells two of them apart."""
    for update, lane in (
        ({"my_chat_member": {"chat": CHAT, "from": {"id": 3}, "date": 1}}, "1::5"),
        ({"message_reaction": {"chat": CHAT, "message_id": 7, "date": 1}}, "1::5"),
        ({"deleted_business_messages": {"business_connection_id": "bc", "chat": CHAT, "message_ids": [1]}}, "1:bc:5"),
        ({"business_connection": {"id": "bc", "user": {"id": 3}, "user_chat_id": 4, "date": 1}}, "1::4"),
        ({"pre_checkout_query": {"id": "1", "from": {"id": 3}}}, "1::3"),
        ({"something_new": {"x": 1}}, "1::0"),
    ):
        assert identify(1, update).lane == lane
    assert identify(1, {"a": {"x": 1}}).ident != identify(1, {"a": {"x": 2}}).ident


def test_row_05_a_number_used_again_for_another_event_is_another_event() -> None:
    """The identity is the message's, not only the number's."""
    one = identify(1, {"update_id": 4, "message": {"message_id": 7, "chat": CHAT, "date": 1}})
    two = identify(1, {"update_id": 4, "message": {"message_id": 8, "chat": CHAT, "date": 1}})
    assert one.update_id == two.update_id
    assert one.ident != two.ident


KEYS = st.sampled_from(
    "update_id message callback_query chat id from user business_connection_id message_id date edit_date user_chat_id "
    "is_topic_message message_thread_id data my_chat_member".split()
) | st.text(max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@settings(max_examples=500, deadline=None)
@given(JSON)
def test_row_06_any_json_has_an_identity(update: Any) -> None:
    """Nothing raises, everything fits its column, and the same thing has the same identity."""
    found = identify(1, update)
    assert found == identify(1, update)
    assert abs(found.update_id) < 2**63
    for text in (found.kind, found.ident, found.lane):
        assert "\x00" not in text
        assert len(text.encode()) < 600
    json.loads(as_json(update))


def test_texts_that_are_no_utf8_are_kept_as_json() -> None:
    """Half of a surrogate pair, a number without end."""
    assert json.loads(as_json({"a": "\ud800", "b": 10**40})) == {"a": "\ud800", "b": 10**40}

"""The outbox: said once, sent in order, and never in doubt without saying so."""

from datetime import datetime, timedelta

from store import Store
from store.conversations import Conversation
from store.messages import Message, Who
from store.outbox import Kind, Outgoing, Status


def say(now: datetime, key: str, kind: Kind = Kind.REPLY, **more: object) -> Outgoing:
    values = {"chat_id": 7, "method": "sendMessage", "payload": {"text": "有货。"}, **more}
    return Outgoing(key=key, lane=f"1::{values['chat_id']}", kind=kind, created_at=now, **values)  # type: ignore[arg-type]


async def status(store: Store, id: int) -> Status:
    one = await store.outbox.get(id)
    assert one is not None
    return one.status


async def test_a_row_comes_back_as_it_was_put(store: Store, now: datetime) -> None:
    """Payload, guard and times survive."""
    one = say(now, "k", not_before=now, expires_at=now + timedelta(hours=24), guard={"turn": 3}, conversation_id=5)
    await store.write([store.outbox.put(one)])
    assert await store.outbox.pending(now) == [one]
    assert await store.outbox.by_key("k") == one


async def test_the_same_key_is_said_once(store: Store, now: datetime) -> None:
    """The second row with a key is dropped, in the same unit or a later one, whatever became of the first."""
    first = say(now, "push:1")
    await store.write([store.outbox.put(first), store.outbox.put(say(now, "push:1"))])
    await store.write([store.outbox.sending(first.id, now)])
    await store.write(store.outbox.sent(first.id, 99, now))
    await store.write([store.outbox.put(say(now, "push:1"))])
    assert await store.outbox.pending(now) == []
    assert await store.outbox.counts() == {Status.SENT: 1}


async def test_replies_go_before_pushes_before_bulk(store: Store, now: datetime) -> None:
    """Within a kind, in the order they were said."""
    rows = [
        say(now, key, kind) for key, kind in (("b", Kind.BULK), ("p", Kind.PUSH), ("r", Kind.REPLY), ("s", Kind.SELLER))
    ]
    await store.write([store.outbox.put(one) for one in rows])
    assert [one.key for one in await store.outbox.pending(now)] == ["r", "s", "p", "b"]


async def test_what_is_not_due_waits(store: Store, now: datetime) -> None:
    """A row with a later time is not pending before it, and tells when it will be."""
    later = now + timedelta(minutes=5)
    await store.write([store.outbox.put(say(now, "now")), store.outbox.put(say(now, "later", not_before=later))])
    assert [one.key for one in await store.outbox.pending(now)] == ["now"]
    assert await store.outbox.next_at(now) == later
    assert [one.key for one in await store.outbox.pending(later)] == ["now", "later"]
    assert await store.outbox.oldest_due(now) == now


async def test_a_restart_while_sending_leaves_unknown(store: Store, now: datetime) -> None:
    """Nobody can tell whether it arrived: it is shown, and not sent again."""
    one, two = say(now, "a"), say(now, "b")
    await store.write([store.outbox.put(one), store.outbox.put(two), store.outbox.sending(one.id, now)])
    assert [row.id for row in await store.outbox.under_way()] == [one.id]
    await store.write([store.outbox.unclear(one.id, "The program stopped while sending it.")])
    assert [row.id for row in await store.doubts.all()] == [one.id]
    assert [row.id for row in await store.outbox.pending(now)] == [two.id]
    assert await store.outbox.under_way() == []


async def test_a_wait_that_telegram_asks_for_is_no_attempt(store: Store, now: datetime) -> None:
    """429 is not counted; a broken network is."""
    one = say(now, "a")
    await store.write([store.outbox.put(one), store.outbox.sending(one.id, now)])
    await store.write([store.outbox.later(one.id, now + timedelta(seconds=3), "429", counted=False)])
    await store.write([store.outbox.sending(one.id, now)])
    await store.write([store.outbox.later(one.id, now, "no network")])
    kept = await store.outbox.get(one.id)
    assert kept is not None
    assert (kept.status, kept.attempts, kept.error) == (Status.PENDING, 1, "no network")


async def test_sending_teaches_the_message_its_number(store: Store, now: datetime, chat: Conversation) -> None:
    """The message that records a reply is found by Telegram's number once it arrived; echoes of ours are known."""
    one = say(now, "a", conversation_id=chat.id)
    reply = Message(chat.id, Who.BOT, "有货。", now, outbox_id=one.id)
    await store.write([store.outbox.put(one), *store.messages.add(reply)])
    assert await store.sent.is_ours(7, "", 42) is False
    await store.write(store.outbox.sent(one.id, 42, now))
    found = await store.messages.by_telegram_id(chat.id, 42)
    assert found is not None
    assert (found.id, found.sent_at) == (reply.id, now)
    assert await store.sent.is_ours(7, "", 42) is True
    assert await store.sent.about(7, 42) == chat.id
    assert await store.sent.about(8, 42) is None


async def test_every_fate_is_kept_with_its_reason(store: Store, now: datetime) -> None:
    """Failed, unclear, expired, skipped and cancelled rows are not sent and say why."""
    rows = {name: say(now, name) for name in ("failed", "unknown", "expired", "skipped", "cancelled")}
    await store.write([store.outbox.put(one) for one in rows.values()])
    await store.write(
        [
            store.outbox.failed(rows["failed"].id, "chat not found"),
            store.outbox.unclear(rows["unknown"].id, "timed out"),
            store.outbox.expired(rows["expired"].id, "too late"),
            store.outbox.skipped(rows["skipped"].id, "seller took over"),
            store.outbox.cancelled(rows["cancelled"].id, "seller"),
        ]
    )
    assert {name: await status(store, one.id) for name, one in rows.items()} == {name: Status(name) for name in rows}
    assert await store.outbox.pending(now) == []


async def test_a_blocked_chat_is_skipped_alone(store: Store, now: datetime) -> None:
    """Only that chat's waiting rows, and only from the kind asked on."""
    reply, push, other = say(now, "r"), say(now, "p", Kind.PUSH), say(now, "o", Kind.PUSH, chat_id=8)
    await store.write([store.outbox.put(one) for one in (reply, push, other)])
    await store.write([store.outbox.skip_chat(7, "", "blocked", least=Kind.PUSH)])
    assert [one.key for one in await store.outbox.pending(now)] == ["r", "o"]


async def test_a_message_taken_back_in_time_is_not_sent(store: Store, now: datetime) -> None:
    """Taking back works while it waits and changes nothing afterwards."""
    one, two = say(now, "a"), say(now, "b")
    await store.write([store.outbox.put(one), store.outbox.put(two), *store.outbox.sent(two.id, 5, now)])
    await store.write([store.outbox.cancel_key("a", "edited"), store.outbox.cancel_key("b", "edited")])
    assert (await status(store, one.id), await status(store, two.id)) == (Status.CANCELLED, Status.SENT)


async def test_after_a_restore_nothing_due_before_is_sent(store: Store, now: datetime) -> None:
    """What may have been sent after the backup was made is in doubt; what lies ahead stays."""
    ahead = now + timedelta(days=1)
    await store.write([store.outbox.put(say(now, "due")), store.outbox.put(say(now, "ahead", not_before=ahead))])
    await store.write(await store.pausing.begin(now))
    assert await store.outbox.pending(now) == []
    assert [one.key for one in await store.outbox.pending(ahead)] == ["ahead"]


async def test_a_group_that_moved_keeps_its_messages(store: Store, now: datetime) -> None:
    """Rows for the old number go to the new one, under the same keys."""
    await store.write([store.outbox.put(say(now, "a"))])
    await store.write([store.outbox.moved(7, -100, "1::-100")])
    assert [(one.chat_id, one.lane, one.key) for one in await store.outbox.pending(now)] == [(-100, "1::-100", "a")]

"""The durable way in and out, the cards and buttons in it, and who waits for what."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, SmallInteger, Table, UniqueConstraint

from store.tables.columns import Id, Json, Moment, Words, metadata, must, only, only_where

inbox = Table(
    "inbox",
    metadata,
    Column("seq", Id, primary_key=True, autoincrement=False),
    must("bot_id", Id),
    must("update_id", BigInteger),
    must("ident", Words),
    must("raw", Words),
    must("lane", Words),
    must("kind", Words),
    must("received_at", Moment),
    must("status", Words),
    must("attempts", Integer),
    Column("not_before", Moment),
    must("error", Words),
    UniqueConstraint("bot_id", "update_id", "ident"),
    only("status", "new", "done", "dead", "ignored"),  # nothing is "ignored" any more
    only_where("status = 'new'", "ix_inbox_new", "lane", "seq"),
    only_where("status = 'dead'", "ix_inbox_dead", "seq"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("key", Words, unique=True),
    must("lane", Words),
    must("chat_id", Id),
    must("connection_id", Words),
    Column("conversation_id", Id),
    must("method", Words),
    must("payload", Json),
    must("kind", Words),
    must("urgency", SmallInteger),
    must("status", Words),
    must("attempts", Integer),
    must("created_at", Moment),
    Column("not_before", Moment),
    Column("expires_at", Moment),
    Column("sending_at", Moment),
    Column("sent_at", Moment),
    Column("message_id", Id),
    must("error", Words),
    must("guard", Json),
    only("kind", "reply", "seller", "push", "bulk"),
    only("status", "pending", "sending", "sent", "failed", "unknown", "expired", "skipped", "cancelled"),
    only_where("status = 'pending'", "ix_outbox_pending", "urgency", "id"),
    only_where("status = 'sending'", "ix_outbox_sending", "id"),
    only_where("status = 'unknown'", "ix_outbox_unknown", "id"),
    only_where("message_id IS NOT NULL", "ix_outbox_message", "chat_id", "message_id"),
)
"""`conversation_id` is what a message is about: a seller's reply to a card finds its buyer by it."""

cards = Table(
    "cards",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("chat_id", Id, primary_key=True, autoincrement=False),
    Column("message_id", Id),
    must("outbox_key", Words),
    must("shown", Words),
    must("at", Moment),
)
"""The seller's one card per conversation, in each seller's chat."""

buttons = Table(
    "buttons",
    metadata,
    Column("id", Words, primary_key=True),
    must("chat_id", Id),
    Column("user_id", Id),
    must("action", Words),
    must("data", Json),
    must("made_at", Moment),
    Column("expires_at", Moment, index=True),
)

button_uses = Table(
    "button_uses",
    metadata,
    Column("button_id", Words, ForeignKey("buttons.id"), primary_key=True),
    must("at", Moment),
    must("by", Id),
)
"""A button is used once: the second row is refused."""

waiting = Table(
    "waiting",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("buyer_id", Id, ForeignKey("buyers.id")),
    must("sku", Words),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    must("asked_at", Moment),
    Column("closed_at", Moment),
    must("outcome", Words),
    only_where("closed_at IS NULL", "uq_waiting_open", "buyer_id", "sku", unique=True),
    only_where("closed_at IS NULL", "ix_waiting_open_sku", "sku", "id"),
)

"""Buyers, their conversations, and every word of both sides."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, UniqueConstraint

from store.tables.columns import Id, Json, Moment, Words, metadata, must, only, only_where

buyers = Table(
    "buyers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("first_seen_at", Moment),
    must("telegram_name", Words),
    must("username", Words),
    must("language", Words),
    must("script", Words),
    must("timezone", Words),
    must("source", Words),
    Column("referrer_id", Id),
    Column("blocked_at", Moment),
    Column("stopped_at", Moment),
    Column("unreachable_at", Moment),
    Column("merged_into", Id, ForeignKey("buyers.id")),
    must("name", Words),
    must("phone", Words),
    must("birthday", Words),
    must("calendar", Words),
    must("grade", Words),
    must("note", Words),
)
"""`id` is the numeric Telegram id: files and commands name buyers by it, and nothing must be looked up to write a unit."""

buyer_chats = Table(
    "buyer_chats",
    metadata,
    Column("chat_id", Id, primary_key=True, autoincrement=False),
    Column("connection_id", Words, primary_key=True),
    must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    must("kind", Words),
    must("since", Moment),
    only("kind", "bot", "business"),
)

buyer_switches = Table(
    "buyer_switches",
    metadata,
    Column("buyer_id", Id, ForeignKey("buyers.id"), primary_key=True, autoincrement=False),
    Column("kind", Words, primary_key=True),
    must("is_on", Boolean),
    must("at", Moment),
)
"""What a buyer wants to be told, a row per class of push; no row: the class's own default."""

conversations = Table(
    "conversations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    must("chat_id", Id),
    must("connection_id", Words),
    must("since", Moment),
    Column("muted_until", Moment),
    must("is_off", Boolean),
    Column("disclosed_at", Moment),
    Column("handed_over_at", Moment),
    must("handover_reason", Words),
    Column("seller_wrote_at", Moment),
    must("last_products", Json),
    Column("last_products_at", Moment),
    must("last_ask", Words),
    must("last_said", Words),
    Column("tip_offered_at", Moment),
    Column("last_word_at", Moment),
    must("original_only", Boolean),
    must("destination", Words),
    Column("last_inbound_at", Moment, index=True),
    Column("last_outbound_at", Moment),
    Column("taken_by", Id),
    UniqueConstraint("chat_id", "connection_id"),
)
"""One per chat, with the state answering needs: read whole, written whole."""

told = Table(
    "told",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("fact", Words, primary_key=True),
    must("at", Moment),
    sqlite_with_rowid=False,
)

turns = Table(
    "turns",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("conversation_id", Id, ForeignKey("conversations.id")),
    must("opened_at", Moment),
    must("answer_at", Moment),
    Column("closed_at", Moment),
    must("outcome", Words),
    Column("understanding", Json),
    Index(None, "conversation_id", "id"),
    only_where("closed_at IS NULL", "uq_turns_open", "conversation_id", unique=True),
    only_where("closed_at IS NULL", "ix_turns_due", "answer_at"),
)
"""Several short lines answered once. A conversation has at most one open turn."""

messages = Table(
    "messages",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("conversation_id", Id, ForeignKey("conversations.id")),
    Column("turn_id", Id, ForeignKey("turns.id"), index=True),
    must("who", Words),
    Column("staff_id", Id),
    must("text", Words),
    must("at", Moment),
    Column("sent_at", Moment),
    Column("telegram_id", Id),
    Column("reply_to", Id),
    must("album", Words),
    Column("media", Json),
    must("template", Words),
    must("asks", Json),
    Column("inbox_seq", Id),  # which update it came by: read by nobody but who looks into the tables
    Column("outbox_id", Id),
    only("who", "buyer", "bot", "seller", "staff"),
    Index(None, "conversation_id", "id"),
    only_where("telegram_id IS NOT NULL", "ix_messages_telegram_id", "telegram_id", "conversation_id"),
    only_where("outbox_id IS NOT NULL", "ix_messages_outbox_id", "outbox_id"),
)
"""Both sides, immutable but for what is learned on sending (`telegram_id`, `sent_at`). Edits and deletions are versions."""

message_versions = Table(
    "message_versions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("message_id", Id, ForeignKey("messages.id"), index=True),
    must("at", Moment),
    must("kind", Words),
    must("text", Words),
    Column("media", Json),
    only("kind", "edit", "deletion"),
)

unindexed = Table("unindexed", metadata, Column("id", Id, primary_key=True, autoincrement=False))
"""Messages, and versions of them, whose words the search does not know yet (`store/indexing.py`)."""

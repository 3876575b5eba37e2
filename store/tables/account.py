"""The seller's own account, and the group with a topic per buyer."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table

from store.tables.columns import Id, Json, Moment, Words, metadata, must

business_connections = Table(
    "business_connections",
    metadata,
    Column("id", Words, primary_key=True),
    must("user_id", Id),
    must("user_chat_id", Id),
    must("name", Words),
    must("since", Moment),
    must("is_enabled", Boolean),
    must("can_reply", Boolean),
    must("rights", Json),
    must("changed_at", Moment),
)
"""Accounts that connected this bot, a stranger's too: whose `user_id` is no owner's is refused. `rights` are those given."""

choices = Table(
    "choices",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    must("buttons", Json),
    must("at", Moment),
)
"""The buttons a buyer may also answer by number, in the order they were numbered; the latest message's only."""

topics = Table(
    "topics",
    metadata,
    Column("group_id", Id, primary_key=True, autoincrement=False),
    Column("buyer_id", Id, ForeignKey("buyers.id"), primary_key=True, autoincrement=False),
    must("generation", Integer),
    Column("thread_id", Id),
    must("from_id", Id),
    must("title", Words),
    must("icon", Words),
    must("card", Words),
    Column("closed_at", Moment),
    Column("told_closed_at", Moment),
    Column("due_at", Moment, index=True),
    Index(None, "group_id", "thread_id"),
)
"""A buyer's topic in the sellers' group, as it was last shown there. `generation` counts how often it was made anew;
messages older than the id `from_id` are not shown in it; at `due_at` it is to be looked at again."""

mirrors = Table(
    "mirrors",
    metadata,
    Column("message_id", Id, ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    must("group_id", Id),
    must("key", Words, index=True),
    Column("group_message_id", Id),
    must("shown", Words),
    Index(None, "group_id", "group_message_id"),
)
"""Which message of the group shows a message of a buyer's chat: sent under the outbox `key`, or written there by staff."""

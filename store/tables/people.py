"""The shop's people and their work: reviews, reminders, wordings of their own, what is being asked of them."""

from sqlalchemy import Column, ForeignKey, Table

from store.tables.columns import Id, Json, Moment, Words, metadata, must, only, only_where

reviews = Table(
    "reviews",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("at", Moment),
    must("by", Id),
    must("kind", Words),
    must("about", Words),
    Column("before", Words),
    Column("after", Words),
    Column("decided_at", Moment),
    Column("decided_by", Id),
    must("decision", Words),
    only("decision", "", "accepted", "refused", "stale"),
    only_where("decided_at IS NULL", "ix_reviews_open", "id"),
)
"""An agent's change of a protected field, which waits for a manager. `before` NULL: it was not set; `after`: take it away.
Who decided is kept for the tables and what is exported of them; the audit tells it too."""

reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("user_id", Id),
    must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    must("due_at", Moment),
    must("note", Words),
    must("made_at", Moment),
    Column("told_at", Moment),
    Column("closed_at", Moment),
    only_where("closed_at IS NULL", "ix_reminders_open", "due_at"),
)
"""What one of the shop's people wants to be reminded of, about a buyer."""

wordings = Table(
    "wordings",
    metadata,
    Column("name", Words, primary_key=True),
    Column("language", Words, primary_key=True),
    must("source", Words),
    Column("media", Json),
    must("at", Moment),
    must("by", Words),
    only("language", "zh", "en", "zh_hant"),
)
"""The seller's own wording of a buyer template, laid over the built-in one, or a reply of their own (`reply:KEY`)."""

dialogs = Table(
    "dialogs",
    metadata,
    Column("user_id", Id, primary_key=True, autoincrement=False),
    must("kind", Words),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    must("data", Json),
    must("at", Moment),
)
"""What one of the shop's people was asked and has not answered yet: a step of /setup, a value for /r."""

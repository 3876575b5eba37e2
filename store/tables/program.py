"""The program itself: its revision, its marks, the audit, who may command."""

from sqlalchemy import BigInteger, CheckConstraint, Column, SmallInteger, Table

from store.tables.columns import Id, Json, Moment, Words, metadata, must, only

revision = Table(
    "revision",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    must("number", BigInteger),
    CheckConstraint("id = 1", name="single"),
)
"""One row. Its number grows with every change to catalogue, shop facts, presence or phrases."""

marks = Table(
    "marks",
    metadata,
    Column("name", Words, primary_key=True),
    must("value", Json),
    must("at", Moment),
)
"""Small facts of the program itself: paused since a restore, the last poll, …"""

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("at", Moment, index=True),
    must("who", Words),
    must("what", Words),
    must("about", Words, index=True),
    must("data", Json),
)

staff = Table(
    "staff",
    metadata,
    Column("user_id", Id, primary_key=True, autoincrement=False),
    must("role", Words),
    must("name", Words),
    must("added_at", Moment),
    must("added_by", Words),
    Column("removed_at", Moment),
    only("role", "owner", "manager", "agent", "viewer"),
)

claims = Table(
    "claims",
    metadata,
    Column("code_hash", Words, primary_key=True),
    must("made_at", Moment),
    must("expires_at", Moment),
    Column("used_at", Moment),
    Column("used_by", Id),
)
"""One-time codes printed on the console; only their hash is kept."""

"""Files that were imported, and what each of their rows changed."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from store.tables.columns import Id, Json, Moment, Words, metadata, must

imports = Table(
    "imports",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("at", Moment, index=True),
    must("by", Words),
    must("kind", Words),
    must("file", Words),
    Column("undone_at", Moment),
)

import_rows = Table(
    "import_rows",
    metadata,
    Column("import_id", Id, ForeignKey("imports.id"), primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    must("what", Words),
    must("key", Words),
    Column("buyer_id", Id),
    Column("before", Json),
    must("after", Words),
    Index(None, "buyer_id"),
)
"""What a file added or changed. `before` is what it was, NULL where it was new; `after` is what tells whether it is still as
the file made it."""

"""Less to write with each reply: words are indexed later, and indexes hold only the rows somebody looks for."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "unindexed",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unindexed")),
    )
    for table, columns in (
        ("inbox", ("status_lane_seq", "received_at")),
        ("outbox", ("unsettled", "chat_id_message_id", "conversation_id")),
        ("messages", ("conversation_id_telegram_id", "outbox_id")),
    ):
        for column in columns:
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    _index("ix_inbox_new", "inbox", ["lane", "seq"], "status = 'new'")
    _index("ix_inbox_dead", "inbox", ["seq"], "status = 'dead'")
    _index("ix_outbox_sending", "outbox", ["id"], "status = 'sending'")
    _index("ix_outbox_unknown", "outbox", ["id"], "status = 'unknown'")
    _index("ix_outbox_message", "outbox", ["chat_id", "message_id"], "message_id IS NOT NULL")
    _index("ix_messages_telegram_id", "messages", ["telegram_id", "conversation_id"], "telegram_id IS NOT NULL")
    _index("ix_messages_outbox_id", "messages", ["outbox_id"], "outbox_id IS NOT NULL")
    if op.get_bind().dialect.name == "sqlite":
        _told_without_rowid()


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _told_without_rowid() -> None:
    op.rename_table("told", "told_before")
    op.create_table(
        "told",
        sa.Column("conversation_id", Id, autoincrement=False, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_told_conversation_id")),
        sa.PrimaryKeyConstraint("conversation_id", "fact", name=op.f("pk_told")),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO told SELECT conversation_id, fact, at FROM told_before")
    op.drop_table("told_before")

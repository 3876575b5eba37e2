"""Business connections, and the group with a topic per buyer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "business_connections",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("user_chat_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("can_reply", sa.Boolean(), nullable=False),
        sa.Column("rights", Json, nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_connections")),
    )
    op.create_table(
        "choices",
        sa.Column("conversation_id", Id, autoincrement=False, nullable=False),
        sa.Column("buttons", Json, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_choices_conversation_id")),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_choices")),
    )
    op.create_table(
        "topics",
        sa.Column("group_id", Id, autoincrement=False, nullable=False),
        sa.Column("buyer_id", Id, autoincrement=False, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("thread_id", Id, nullable=True),
        sa.Column("from_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("icon", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("told_closed_at", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_topics_buyer_id")),
        sa.PrimaryKeyConstraint("group_id", "buyer_id", name=op.f("pk_topics")),
    )
    op.create_index(op.f("ix_topics_due_at"), "topics", ["due_at"], unique=False)
    op.create_index(op.f("ix_topics_group_id_thread_id"), "topics", ["group_id", "thread_id"], unique=False)
    op.create_table(
        "mirrors",
        sa.Column("message_id", Id, autoincrement=False, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("group_message_id", Id, nullable=True),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_mirrors_message_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_mirrors")),
    )
    op.create_index(op.f("ix_mirrors_key"), "mirrors", ["key"], unique=False)
    op.create_index(
        op.f("ix_mirrors_group_id_group_message_id"), "mirrors", ["group_id", "group_message_id"], unique=False
    )

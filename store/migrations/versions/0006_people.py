"""Roles, reviews, reminders: who may do what, and what is to be done later."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _give_staff_roles()
    op.add_column("conversations", sa.Column("taken_by", Id, nullable=True))
    op.create_table(
        "reviews",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.CheckConstraint("decision IN ('', 'accepted', 'refused', 'stale')", name=op.f("ck_reviews_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(
        "ix_reviews_open",
        "reviews",
        ["id"],
        unique=False,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_table(
        "reminders",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_reminders_buyer_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_reminders_conversation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
    )
    op.create_index(op.f("ix_reminders_buyer_id"), "reminders", ["buyer_id"], unique=False)
    op.create_index(
        "ix_reminders_open",
        "reminders",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "wordings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("media", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.CheckConstraint("language IN ('zh', 'en', 'zh_hant')", name=op.f("ck_wordings_language")),
        sa.PrimaryKeyConstraint("name", "language", name=op.f("pk_wordings")),
    )
    op.create_table(
        "dialogs",
        sa.Column("user_id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("conversation_id", Id, nullable=True),
        sa.Column("data", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_dialogs_conversation_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_dialogs")),
    )


def _give_staff_roles() -> None:
    """Who was staff is an agent now. SQLite cannot change a constraint: the table is made anew."""
    roles = "role IN ('owner', 'manager', 'agent', 'viewer')"
    if op.get_bind().dialect.name == "sqlite":
        op.create_table(
            "staff_with_roles",
            sa.Column("user_id", Id, autoincrement=False, nullable=False),
            sa.Column("role", sa.Text(), nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("added_at", sa.BigInteger(), nullable=False),
            sa.Column("added_by", sa.Text(), nullable=False),
            sa.Column("removed_at", sa.BigInteger(), nullable=True),
            sa.CheckConstraint(roles, name=op.f("ck_staff_role")),
            sa.PrimaryKeyConstraint("user_id", name=op.f("pk_staff")),
        )
        op.execute(
            "INSERT INTO staff_with_roles (user_id, role, name, added_at, added_by, removed_at) SELECT user_id,"
            " CASE role WHEN 'staff' THEN 'agent' ELSE role END, name, added_at, added_by, removed_at FROM staff"
        )
        op.drop_table("staff")
        op.rename_table("staff_with_roles", "staff")
    else:
        op.drop_constraint(op.f("ck_staff_role"), "staff", type_="check")
        op.execute("UPDATE staff SET role = 'agent' WHERE role = 'staff'")
        op.create_check_constraint(op.f("ck_staff_role"), "staff", roles)

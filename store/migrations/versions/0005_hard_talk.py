"""Price ladders, and marks on conversations about nothing but the price."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "price_policies",
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("document", Json, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_price_policies")),
    )
    op.create_table(
        "haggling",
        sa.Column("conversation_id", Id, autoincrement=False, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("judged_at", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("price_seconds", sa.Integer(), nullable=False),
        sa.Column("goods_seconds", sa.Integer(), nullable=False),
        sa.Column("reasons", Json, nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.Column("marked_at", sa.BigInteger(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("counted_from", sa.BigInteger(), nullable=True),
        sa.Column("cleared_line", Id, nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_haggling_buyer_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_haggling_conversation_id")),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_haggling")),
    )
    op.create_index(op.f("ix_haggling_buyer_id"), "haggling", ["buyer_id"], unique=False)
    op.create_index(op.f("ix_haggling_judged_at"), "haggling", ["judged_at"], unique=False)
    op.create_index(
        "ix_haggling_marked",
        "haggling",
        ["marked_at"],
        unique=False,
        sqlite_where=sa.text("marked_at IS NOT NULL"),
        postgresql_where=sa.text("marked_at IS NOT NULL"),
    )

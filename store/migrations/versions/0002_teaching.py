"""Teaching: answers of the seller's own, lines with what they ask, and what a reply to a message of ours means."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("phrases", sa.Column("learnt_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "answers",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint(
            "ask", "product", "question", "language", name=op.f("uq_answers_ask_product_question_language")
        ),
    )
    # An answer had one language only: what it was given in was the shop's first, which is Chinese unless stated.
    op.execute(
        'INSERT INTO answers (id, ask, product, question, language, answer, at, "by") '
        "SELECT (SELECT count(*) FROM own_answers AS earlier WHERE earlier.ask <= own_answers.ask), "
        "ask, '', '', 'zh', answer, at, \"by\" FROM own_answers"
    )
    op.drop_table("own_answers")
    op.create_table(
        "labelled",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("conversation_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_labelled_conversation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labelled")),
    )
    op.create_table(
        "prompts",
        sa.Column("outbox_key", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("outbox_key", name=op.f("pk_prompts")),
    )

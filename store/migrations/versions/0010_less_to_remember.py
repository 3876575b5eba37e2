"""Of a mistake it is not kept when somebody was reminded of it: its task stands in /overdue until it is done."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("mistakes", "reminded_at")

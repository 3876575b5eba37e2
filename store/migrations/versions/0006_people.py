"""Roles, reviews, reminders: who may do what, and what is to be done later."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""

"""Teaching: own asks, labelled lines, what a change won and lost."""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""

"""Parcels, what carriers said of them, and what a buyer wants to be told."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""

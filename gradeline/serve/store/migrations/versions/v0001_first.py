"""The first tables: cards shown, feedback, tokens seen, calls counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "shown",
        sa.Column("card", sa.String(36), primary_key=True),
        sa.Column("shown", sa.Float, nullable=False, index=True),
        sa.Column("service", sa.String(128), nullable=False),
        sa.Column("guideline", sa.String(128), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("encoding", sa.String(64), nullable=False),
        sa.Column("recommendation", sa.String(128), nullable=False),
        sa.Column("indicator", sa.String(16), nullable=False),
        sa.Column("patient", sa.String(64), nullable=False),
        sa.Column("repeat", sa.String(64), nullable=False, index=True),
        sa.Column("suggestions", sa.Text, nullable=False),
    )
    feedback()
    op.create_table(
        "seen", sa.Column("token", sa.String(64), primary_key=True), sa.Column("until", sa.Float, nullable=False)
    )
    op.create_table(
        "calls",
        sa.Column("client", sa.String(64), primary_key=True),
        sa.Column("minute", sa.Integer, primary_key=True),
        sa.Column("calls", sa.Integer, nullable=False),
    )


def feedback() -> None:
    """Make the table of feedback."""
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("card", sa.String(36), nullable=False, index=True),
        sa.Column("service", sa.String(128), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("received", sa.Float, nullable=False),
        sa.Column("accepted", sa.Text, nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.UniqueConstraint("card", "outcome", "at"),
    )


def downgrade() -> None:
    """Take the tables away."""
    for name in ("calls", "seen", "feedback", "shown"):
        op.drop_table(name)

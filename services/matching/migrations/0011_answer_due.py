"""Until when an answer to a proposal is awaited, which is told and therefore kept."""

import sqlalchemy as sa
from alembic import op

revision = "matching_0011"
down_revision = "matching_0010"
branch_labels = None
depends_on = None

# What waited so far lapsed after fourteen days, for both sides.
_WAITING = """
    UPDATE match SET answer_due = (since AT TIME ZONE 'Europe/Copenhagen')::date + 14
    FROM (
        SELECT id AS waits, CASE state WHEN 'proposed' THEN proposed_at ELSE consented_at END AS since FROM match
        WHERE state IN ('proposed', 'consented')
    ) AS waiting WHERE id = waits
"""


def upgrade() -> None:
    op.add_column("match", sa.Column("answer_due", sa.Date(), nullable=True))
    op.execute(_WAITING)


def downgrade() -> None:
    op.drop_column("match", "answer_due")

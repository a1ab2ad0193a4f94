"""The call that somebody had before they were given on, so that a hand-over can be taken back whole."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0017"
down_revision = "intake_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hand_over", sa.Column("called_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("hand_over", sa.Column("called_to", sa.String(), nullable=True))
    op.add_column("hand_over", sa.Column("called_by", sa.String(), nullable=True))


def downgrade() -> None:
    for name in ("called_by", "called_to", "called_at"):
        op.drop_column("hand_over", name)

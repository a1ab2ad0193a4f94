"""Hours of a need as they were said where that was per month."""

import sqlalchemy as sa
from alembic import op

revision = "matching_0027"
down_revision = "matching_0026"
branch_labels = None
depends_on = None

MONTHLY = ("monthly_hours_min", "monthly_hours_max")


def upgrade() -> None:
    for name in MONTHLY:
        op.add_column("need", sa.Column(name, sa.Double(), nullable=True))


def downgrade() -> None:
    for name in MONTHLY:
        op.drop_column("need", name)

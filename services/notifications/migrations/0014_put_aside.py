"""How often a returned mail could not be dealt with."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0014"
down_revision = "notifications_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("returned_mail", sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    op.drop_column("returned_mail", "tries")

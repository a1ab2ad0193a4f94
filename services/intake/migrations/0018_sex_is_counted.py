"""The legal sex as the CPR number tells it, for counting alone; of those who are here already nobody knows it."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "intake_0018"
down_revision = "intake_0017"
branch_labels = None
depends_on = None

NEVER = ("cpr_secret", "cpr_index", "birth_date", "name", "name_sort", "email", "phone", "postal_code")


def upgrade() -> None:
    op.add_column("citizen", sa.Column("sex", sa.String(), nullable=True))
    op.execute("DROP TRIGGER audit ON citizen")
    audit.attach("citizen", never=(*NEVER, "sex"))


def downgrade() -> None:
    op.execute("DROP TRIGGER audit ON citizen")
    audit.attach("citizen", never=NEVER)
    op.drop_column("citizen", "sex")

"""What is told of a first contact is numbered."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0019"
down_revision = "intake_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("first_contact", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("first_contact", "version", server_default=None)


def downgrade() -> None:
    op.drop_column("first_contact", "version")

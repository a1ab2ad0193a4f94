"""What company and municipality write to each other is sealed; what was written in the clear before is gone."""

import sqlalchemy as sa
from alembic import op

revision = "matching_0030"
down_revision = "matching_0029"
branch_labels = None
depends_on = None

# The text in the clear is taken away on purpose: the code that reads it goes in the same version.
CONTRACTS = True


def upgrade() -> None:
    # No version with readable messages was ever released, and a migration has no key to seal them with.
    op.execute("DELETE FROM company_message")
    op.drop_column("company_message", "text")
    op.add_column("company_message", sa.Column("sealed", sa.String(), nullable=False, server_default=""))
    op.alter_column("company_message", "sealed", server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM company_message")
    op.drop_column("company_message", "sealed")
    op.add_column("company_message", sa.Column("text", sa.String(), nullable=False))

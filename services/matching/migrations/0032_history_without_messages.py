"""What company and municipality write to each other is not copied into the history, sealed neither."""

from alembic import op

from shared import audit

revision = "matching_0032"
down_revision = "matching_0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP TRIGGER audit ON company_message")
    audit.attach("company_message", never=("sealed", "writer"))


def downgrade() -> None:
    op.execute("DROP TRIGGER audit ON company_message")
    audit.attach("company_message", never=("text", "writer"))

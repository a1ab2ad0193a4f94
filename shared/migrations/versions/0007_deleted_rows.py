"""The way from a person to the history of rows about them that are no more."""

from alembic import op

revision = "shared_0007"
down_revision = "shared_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Only of deletions: they are few, and each of their lines says all that the row held.
    op.execute("CREATE INDEX ix_audit_deleted ON audit USING gin (changes jsonb_path_ops) WHERE verb = 'delete'")


def downgrade() -> None:
    op.execute("DROP INDEX ix_audit_deleted")

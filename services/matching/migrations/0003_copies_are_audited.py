"""Changes of the copies that decide who is listed for a need; what intake tells first is on record there."""

from alembic import op

from shared import audit

revision = "matching_0003"
down_revision = "matching_0002"
branch_labels = None
depends_on = "shared_0002"

NEVER = {"citizen_copy": ("postal_code", "name"), "readiness_copy": (), "wishes_copy": ("postal_code", "needs")}


def upgrade() -> None:
    for table, never in NEVER.items():
        audit.attach(table, never=never, verbs="UPDATE OR DELETE")


def downgrade() -> None:
    for table in NEVER:
        op.execute(f"DROP TRIGGER audit ON {table}")

"""Alarms before the legal limit, by unit and day."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "intake_0016"
down_revision = "intake_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "promise_alarm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quiet_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_alarm")),
    )
    op.create_index(
        "uq_promise_alarm_open", "promise_alarm", ["unit_code", "due"], unique=True, postgresql_where="over_at IS NULL"
    )
    audit.attach("promise_alarm")


def downgrade() -> None:
    op.drop_table("promise_alarm")

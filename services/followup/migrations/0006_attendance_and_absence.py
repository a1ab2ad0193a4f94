"""Attendance by day, and absence with its attempts of contact and its hearing."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0006"
down_revision = "followup_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("hours", sa.Float(), nullable=True),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_attendance_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("placement_id", "on_day", name=op.f("uq_attendance_placement_id")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ground_code", sa.String(), nullable=True),
        sa.Column("reasonable", sa.Boolean(), nullable=True),
        sa.Column("restored_on", sa.Date(), nullable=True),
        sa.Column("hearing_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hearing_due", sa.Date(), nullable=True),
        sa.Column("hearing_policies", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_by", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_code", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_citizen_id", "absence", ["citizen_id", "on_day"], unique=False)
    op.create_table(
        "contact_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("absence_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["absence_id"], ["absence.id"], name=op.f("fk_contact_attempt_absence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempt")),
    )
    op.create_index("ix_contact_attempt_absence_id", "contact_attempt", ["absence_id", "at"], unique=False)
    audit.attach("attendance")
    audit.attach("absence", never=("ground_code", "answer"))
    audit.attach("contact_attempt")


def downgrade() -> None:
    op.drop_index("ix_contact_attempt_absence_id", table_name="contact_attempt")
    op.drop_table("contact_attempt")
    op.drop_index("ix_absence_citizen_id", table_name="absence")
    op.drop_table("absence")
    op.drop_table("attendance")

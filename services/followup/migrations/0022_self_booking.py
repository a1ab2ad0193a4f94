"""Times and talks to come of the contact course, and who has no right to book themselves."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0022"
down_revision = "followup_0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interview_slot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_slot")),
        sa.UniqueConstraint("opened_by", "starts_at", name=op.f("uq_interview_slot_opened_by")),
    )
    op.create_table(
        "interview_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=True),
        sa.Column("book_by", sa.Date(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("interview_id", sa.Uuid(), nullable=True),
        sa.Column("absence_id", sa.Uuid(), nullable=True),
        sa.Column("policies", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["interview_slot.id"], name=op.f("fk_interview_call_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_call")),
    )
    op.create_index("ix_interview_call_citizen_id", "interview_call", ["citizen_id"])
    op.create_index(
        "uq_interview_call_slot_id", "interview_call", ["slot_id"], unique=True,
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )  # fmt: skip
    op.create_index(
        "ix_interview_call_open", "interview_call", ["id"],
        postgresql_where=sa.text("cancelled_at IS NULL AND outcome IS NULL"),
    )  # fmt: skip
    for name, kind in (("booking_code", sa.String()), ("booking_by", sa.String())):
        op.add_column("interview_standing", sa.Column(name, kind, nullable=True))
    op.add_column("interview_standing", sa.Column("booking_at", sa.DateTime(timezone=True), nullable=True))
    for table in ("interview_slot", "interview_call"):
        audit.attach(table)


def downgrade() -> None:
    for name in ("booking_at", "booking_by", "booking_code"):
        op.drop_column("interview_standing", name)
    op.drop_table("interview_call")
    op.drop_table("interview_slot")

"""Cohorts of people who try educations together, and each one's way through."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "followup_0012"
down_revision = "followup_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cohort",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("tracks", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("placement_weeks", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
    )
    op.create_table(
        "cohort_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("age_at_start", sa.Integer(), nullable=False),
        sa.Column("age_policy", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=True),
        sa.Column("placement_from", sa.Date(), nullable=True),
        sa.Column("placement_until", sa.Date(), nullable=True),
        sa.Column("outcome_code", sa.String(), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("enrolled_by", sa.String(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_member_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_member")),
    )
    op.create_index(op.f("ix_cohort_member_citizen_id"), "cohort_member", ["citizen_id"])
    op.create_index("ix_cohort_member_cohort_id", "cohort_member", ["cohort_id"])
    op.create_table(
        "cohort_quota",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_quota_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_quota")),
        sa.UniqueConstraint("cohort_id", "municipality", name=op.f("uq_cohort_quota_cohort_id_municipality")),
    )
    op.create_table(
        "cohort_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["cohort_member.id"], name=op.f("fk_cohort_entry_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_entry")),
        sa.UniqueConstraint("member_id", "on_day", name=op.f("uq_cohort_entry_member_id_on_day")),
    )
    op.create_table(
        "cohort_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("education", sa.String(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["cohort_member.id"], name=op.f("fk_cohort_visit_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_visit")),
    )
    op.create_index("ix_cohort_visit_member_id", "cohort_visit", ["member_id", "on_day"])
    audit.attach("cohort")
    audit.attach("cohort_quota")
    audit.attach("cohort_member")
    audit.attach("cohort_visit", never=("education",))
    audit.attach("cohort_entry", never=("words",))


def downgrade() -> None:
    op.drop_table("cohort_visit")
    op.drop_table("cohort_entry")
    op.drop_table("cohort_quota")
    op.drop_table("cohort_member")
    op.drop_table("cohort")

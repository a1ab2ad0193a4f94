"""The talk: places, guidance about education, CV days, hours that count, own words, outcomes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "intake_0011"
down_revision = "intake_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assisted_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assisted_item")),
        sa.UniqueConstraint(
            "citizen_id", "item_code", "on_day", name=op.f("uq_assisted_item_citizen_id_item_code_on_day")
        ),
    )
    op.create_table(
        "cv_deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_by", sa.String(), nullable=True),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cv_deadline")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_cv_deadline_contact_id")),
    )
    op.create_index(op.f("ix_cv_deadline_citizen_id"), "cv_deadline", ["citizen_id"], unique=False)
    op.create_index("ix_cv_deadline_state", "cv_deadline", ["state", "due_on", "id"], unique=False)
    op.create_table(
        "found_opening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_opening")),
    )
    op.create_index(op.f("ix_found_opening_citizen_id"), "found_opening", ["citizen_id"], unique=False)
    op.create_table(
        "own_knowledge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("tasks", sa.String(), nullable=True),
        sa.Column("hours", sa.String(), nullable=True),
        sa.Column("times_of_day", sa.String(), nullable=True),
        sa.Column("transport", sa.String(), nullable=True),
        sa.Column("licences", sa.String(), nullable=True),
        sa.Column("languages", sa.String(), nullable=True),
        sa.Column("adjustments", sa.String(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_knowledge")),
        sa.UniqueConstraint("citizen_id", name=op.f("uq_own_knowledge_citizen_id")),
    )
    op.create_table(
        "work_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("weekly_hours", sa.Double(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_duty")),
        sa.UniqueConstraint("citizen_id", "from_on", name=op.f("uq_work_duty_citizen_id_from_on")),
    )
    op.create_table(
        "work_hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("kind_code", sa.String(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=False),
        sa.Column("source_code", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_hours")),
    )
    op.create_index("ix_work_hours_week", "work_hours", ["citizen_id", "monday"], unique=False)
    op.create_table(
        "door_outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("outcome_code", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["first_contact.id"], name=op.f("fk_door_outcome_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_outcome")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_door_outcome_contact_id")),
    )
    op.create_index(op.f("ix_door_outcome_citizen_id"), "door_outcome", ["citizen_id"], unique=False)
    op.create_table(
        "education_guidance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visitation_id", sa.Uuid(), nullable=False),
        sa.Column("guide_code", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["visitation_id"], ["visitation.id"], name=op.f("fk_education_guidance_visitation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_education_guidance")),
        sa.UniqueConstraint("visitation_id", name=op.f("uq_education_guidance_visitation_id")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visitation_id", sa.Uuid(), nullable=False),
        sa.Column("host_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_place_host_id")),
        sa.ForeignKeyConstraint(["visitation_id"], ["visitation.id"], name=op.f("fk_place_visitation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("visitation_id", name=op.f("uq_place_visitation_id")),
    )
    op.create_index("ix_place_host_id", "place", ["host_id", "ends_on"], unique=False)
    op.add_column("host", sa.Column("places", postgresql.ARRAY(sa.Integer()), nullable=True))
    op.add_column("host", sa.Column("closed_days", postgresql.ARRAY(sa.Date()), server_default="{}", nullable=False))
    op.add_column("referral", sa.Column("first_choice_code", sa.String(), nullable=True))
    op.add_column("referral", sa.Column("choice_reason_code", sa.String(), nullable=True))
    op.add_column("referral", sa.Column("provider_reason_code", sa.String(), nullable=True))
    audit.attach("education_guidance")
    audit.attach("place")
    audit.attach("cv_deadline")
    audit.attach("assisted_item")
    audit.attach("work_duty")
    audit.attach("work_hours", never=("kind_code",))
    audit.attach("door_outcome")
    audit.attach(
        "own_knowledge", never=("tasks", "hours", "times_of_day", "transport", "licences", "languages", "adjustments")
    )
    audit.attach("found_opening", never=("title", "place"))


def downgrade() -> None:
    op.drop_column("referral", "provider_reason_code")
    op.drop_column("referral", "choice_reason_code")
    op.drop_column("referral", "first_choice_code")
    op.drop_column("host", "closed_days")
    op.drop_column("host", "places")
    op.drop_index("ix_place_host_id", table_name="place")
    op.drop_table("place")
    op.drop_table("education_guidance")
    op.drop_index(op.f("ix_door_outcome_citizen_id"), table_name="door_outcome")
    op.drop_table("door_outcome")
    op.drop_index("ix_work_hours_week", table_name="work_hours")
    op.drop_table("work_hours")
    op.drop_table("work_duty")
    op.drop_table("own_knowledge")
    op.drop_index(op.f("ix_found_opening_citizen_id"), table_name="found_opening")
    op.drop_table("found_opening")
    op.drop_index("ix_cv_deadline_state", table_name="cv_deadline")
    op.drop_index(op.f("ix_cv_deadline_citizen_id"), table_name="cv_deadline")
    op.drop_table("cv_deadline")
    op.drop_table("assisted_item")

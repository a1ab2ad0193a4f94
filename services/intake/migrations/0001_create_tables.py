"""Citizens, first contacts, slots, visitations, hosts, referrals, job wishes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "intake_0001"
down_revision = None
branch_labels = ("intake",)
depends_on = "shared_0001"


def upgrade() -> None:
    op.create_table(
        "citizen",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cpr_secret", sa.String(), nullable=False),
        sa.Column("cpr_index", sa.LargeBinary(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("digital_post_exempt", sa.Boolean(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.Column("municipality_code", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen")),
        sa.UniqueConstraint("cpr_index", name=op.f("uq_citizen_cpr_index")),
    )
    op.create_table(
        "host",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("place_code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
        sa.UniqueConstraint("code", name=op.f("uq_host_code")),
    )
    op.create_table(
        "slot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultant", sa.String(), nullable=False),
        sa.Column("place_code", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visitation_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("consultant", "starts_at", name=op.f("uq_slot_consultant_starts_at")),
        sa.UniqueConstraint("visitation_id", name=op.f("uq_slot_visitation_id")),
    )
    op.create_index("ix_slot_free", "slot", ["starts_at", "id"], unique=False, postgresql_where="visitation_id IS NULL")
    op.create_table(
        "first_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("applied_for", sa.String(), nullable=False),
        sa.Column("guidance_version", sa.String(), nullable=False),
        sa.Column("guidance_written", sa.Boolean(), nullable=False),
        sa.Column("qualifying_education", sa.Boolean(), nullable=False),
        sa.Column("local_goal_due", sa.Date(), nullable=False),
        sa.Column("local_goal_policy", sa.String(), nullable=False),
        sa.Column("statutory_due", sa.Date(), nullable=True),
        sa.Column("statutory_policy", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_first_contact_citizen_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_contact")),
    )
    op.create_index(op.f("ix_first_contact_citizen_id"), "first_contact", ["citizen_id"], unique=False)
    op.create_table(
        "job_wishes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("occupations", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("forms", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("weekly_hours_min", sa.Double(), nullable=False),
        sa.Column("weekly_hours_max", sa.Double(), nullable=False),
        sa.Column("availability", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("travel_km_max", sa.Integer(), nullable=False),
        sa.Column("licences", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("needs", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("mentor_wanted", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("consent_to_matching", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_job_wishes_citizen_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_wishes")),
        sa.UniqueConstraint("citizen_id", name=op.f("uq_job_wishes_citizen_id")),
    )
    op.create_table(
        "visitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place_code", sa.String(), nullable=False),
        sa.Column("within_local_goal", sa.Boolean(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("default_category", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("category_policy", sa.String(), nullable=True),
        sa.Column("override_reason_code", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_visitation_citizen_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["first_contact.id"], name=op.f("fk_visitation_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitation")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_visitation_contact_id")),
    )
    op.create_index(op.f("ix_visitation_citizen_id"), "visitation", ["citizen_id"], unique=False)
    op.create_index(op.f("ix_visitation_starts_at"), "visitation", ["starts_at"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visitation_id", sa.Uuid(), nullable=False),
        sa.Column("offer_type", sa.String(), nullable=False),
        sa.Column("host_code", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["host_code"], ["host.code"], name=op.f("fk_referral_host_code")),
        sa.ForeignKeyConstraint(["visitation_id"], ["visitation.id"], name=op.f("fk_referral_visitation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("visitation_id", name=op.f("uq_referral_visitation_id")),
    )
    audit.attach("citizen", never=("cpr_secret", "cpr_index", "birth_date", "name", "email", "phone", "postal_code"))
    audit.attach("job_wishes", never=("needs",))
    for table in ("first_contact", "visitation", "host", "referral"):
        audit.attach(table)


def downgrade() -> None:
    op.drop_table("referral")
    op.drop_index(op.f("ix_visitation_starts_at"), table_name="visitation")
    op.drop_index(op.f("ix_visitation_citizen_id"), table_name="visitation")
    op.drop_table("visitation")
    op.drop_table("job_wishes")
    op.drop_index(op.f("ix_first_contact_citizen_id"), table_name="first_contact")
    op.drop_table("first_contact")
    op.drop_index("ix_slot_free", table_name="slot", postgresql_where="visitation_id IS NULL")
    op.drop_table("slot")
    op.drop_table("host")
    op.drop_table("citizen")

"""The talk: places at workplaces, guidance about education."""

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


def downgrade() -> None:
    op.drop_column("referral", "provider_reason_code")
    op.drop_column("referral", "choice_reason_code")
    op.drop_column("referral", "first_choice_code")
    op.drop_column("host", "closed_days")
    op.drop_column("host", "places")
    op.drop_index("ix_place_host_id", table_name="place")
    op.drop_table("place")
    op.drop_table("education_guidance")

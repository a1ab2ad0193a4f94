"""A family's plan across departments."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0013"
down_revision = "followup_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "family",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("dream", sa.String(), nullable=True),
        sa.Column("next_dream", sa.String(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("lead_name", sa.String(), nullable=False),
        sa.Column("lead_department", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family")),
    )
    op.create_index(op.f("ix_family_citizen_id"), "family", ["citizen_id"])
    op.create_table(
        "family_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("after_code", sa.String(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_family_action_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_action")),
    )
    op.create_index("ix_family_action_family_id", "family_action", ["family_id"])
    op.create_table(
        "family_forum",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("decisions", sa.String(), nullable=True),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_family_forum_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_forum")),
    )
    op.create_index("ix_family_forum_family_id", "family_forum", ["family_id"])
    op.create_table(
        "family_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_family_grant_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_grant")),
        sa.UniqueConstraint("family_id", "kind", name=op.f("uq_family_grant_family_id_kind")),
    )
    op.create_table(
        "family_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_family_member_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_member")),
    )
    op.create_index(op.f("ix_family_member_citizen_id"), "family_member", ["citizen_id"])
    op.create_index("ix_family_member_family_id", "family_member", ["family_id"])
    op.create_table(
        "family_milestone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("reached_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_family_milestone_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_milestone")),
        sa.UniqueConstraint("family_id", "code", name=op.f("uq_family_milestone_family_id_code")),
    )
    op.create_table(
        "family_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["family_member.id"], name=op.f("fk_family_consent_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_consent")),
    )
    op.create_index("ix_family_consent_member_id", "family_consent", ["member_id", "department"])
    op.create_table(
        "forum_attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("forum_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["family_forum.id"], name=op.f("fk_forum_attendance_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_attendance")),
    )
    op.create_index(op.f("ix_forum_attendance_forum_id"), "forum_attendance", ["forum_id"])
    audit.attach(
        "family",
        never=(
            "dream",
            "next_dream",
            "lead_name",
        ),
    )
    audit.attach("family_member")
    audit.attach("family_milestone")
    audit.attach(
        "family_action",
        never=(
            "what",
            "responsible",
        ),
    )
    audit.attach("family_forum", never=("decisions",))
    audit.attach("forum_attendance", never=("name",))
    audit.attach("family_consent")
    audit.attach("family_grant")


def downgrade() -> None:
    op.drop_table("forum_attendance")
    op.drop_table("family_consent")
    op.drop_table("family_milestone")
    op.drop_table("family_member")
    op.drop_table("family_grant")
    op.drop_table("family_forum")
    op.drop_table("family_action")
    op.drop_table("family")

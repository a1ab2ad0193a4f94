"""The register of mentors, their room, meetings and direct line, and hours bought free."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0010"
down_revision = "followup_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mentor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("line_name", sa.String(), nullable=True),
        sa.Column("line_phone", sa.String(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor")),
    )
    op.create_table(
        "network_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.String(), nullable=True),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_meeting")),
    )
    op.create_table(
        "mentor_alias",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("linked_by", sa.String(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_alias_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_alias")),
    )
    op.create_index("ix_mentor_alias_mentor_id", "mentor_alias", ["mentor_id"])
    op.create_table(
        "mentor_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_mentor_call_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_call")),
    )
    op.create_index(
        "ix_mentor_call_open",
        "mentor_call",
        ["asked_at"],
        postgresql_where="answered_at IS NULL AND withdrawn_at IS NULL",
    )
    op.create_index("ix_mentor_call_placement_id", "mentor_call", ["placement_id"])
    op.create_table(
        "mentor_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("former_id", sa.Uuid(), nullable=False),
        sa.Column("former_name", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_mentor_change_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_change")),
    )
    op.create_index("ix_mentor_change_placement_id", "mentor_change", ["placement_id", "made_at"])
    op.create_table(
        "mentor_places",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_places_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_places")),
        sa.UniqueConstraint("mentor_id", "since", name=op.f("uq_mentor_places_mentor_id_since")),
    )
    op.create_table(
        "mentor_support",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("weekly_hours", sa.Double(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("policies", sa.String(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_mentor_support_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_support")),
    )
    op.create_index("ix_mentor_support_placement_id", "mentor_support", ["placement_id"])
    op.create_table(
        "network_attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["network_meeting.id"], name=op.f("fk_network_attendance_meeting_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_network_attendance_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_attendance")),
        sa.UniqueConstraint("meeting_id", "mentor_id", name=op.f("uq_network_attendance_meeting_id_mentor_id")),
    )
    audit.attach(
        "mentor",
        never=(
            "name",
            "email",
            "phone",
            "line_name",
            "line_phone",
        ),
    )
    audit.attach("mentor_alias")
    audit.attach("mentor_places")
    audit.attach("mentor_change", never=("former_name",))
    audit.attach("mentor_support")
    audit.attach("mentor_call")
    audit.attach("network_meeting", never=("minutes",))
    audit.attach("network_attendance")


def downgrade() -> None:
    op.drop_table("network_attendance")
    op.drop_table("mentor_support")
    op.drop_table("mentor_places")
    op.drop_table("mentor_change")
    op.drop_table("mentor_call")
    op.drop_table("mentor_alias")
    op.drop_table("network_meeting")
    op.drop_table("mentor")

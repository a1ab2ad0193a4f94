"""What became of a course, so that its plan can be made anew from its causes; and the mentor's starter kit."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0005"
down_revision = "followup_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "course_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_course_change_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_change")),
    )
    op.create_index("ix_course_change_placement_id", "course_change", ["placement_id", "made_at"], unique=False)
    audit.attach("course_change")
    op.add_column("placement", sa.Column("agreed_ends_on", sa.Date(), nullable=True))
    op.execute("UPDATE placement SET agreed_ends_on = ends_on")
    op.alter_column("placement", "agreed_ends_on", nullable=False)
    op.add_column("placement", sa.Column("place_rule", sa.String(), server_default="anywhere", nullable=False))
    op.alter_column("placement", "place_rule", server_default=None)
    op.add_column("placement", sa.Column("replanned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contact", sa.Column("why_code", sa.String(), nullable=True))
    op.add_column("contact", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contact", sa.Column("moved_from_form", sa.String(), nullable=True))
    op.drop_index("ix_contact_open", table_name="contact")
    op.create_index(
        "ix_contact_open", "contact", ["planned_at", "id"], postgresql_where="held_at IS NULL AND withdrawn_at IS NULL"
    )
    op.add_column("checklist_item", sa.Column("kit", sa.String(), server_default="first_day", nullable=False))
    op.alter_column("checklist_item", "kit", server_default=None)
    op.add_column("checklist_item", sa.Column("day_number", sa.Integer(), server_default="1", nullable=False))
    op.alter_column("checklist_item", "day_number", server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM checklist_item WHERE kit <> 'first_day'")
    op.drop_column("checklist_item", "day_number")
    op.drop_column("checklist_item", "kit")
    op.execute("DELETE FROM contact WHERE withdrawn_at IS NOT NULL")
    op.drop_index("ix_contact_open", table_name="contact")
    op.create_index("ix_contact_open", "contact", ["planned_at", "id"], postgresql_where="held_at IS NULL")
    op.drop_column("contact", "moved_from_form")
    op.drop_column("contact", "withdrawn_at")
    op.drop_column("contact", "why_code")
    op.drop_column("placement", "replanned_at")
    op.drop_column("placement", "place_rule")
    op.drop_column("placement", "agreed_ends_on")
    op.drop_index("ix_course_change_placement_id", table_name="course_change")
    op.drop_table("course_change")

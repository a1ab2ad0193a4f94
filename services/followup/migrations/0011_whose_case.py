"""Whose case a placement is, next steps with a day and an owner, what was said in a talk, the interpreter for it."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0011"
down_revision = "followup_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "colleague",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_colleague")),
    )
    op.create_table(
        "next_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_next_step_placement_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_next_step_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_step")),
    )
    op.create_index("ix_next_step_placement_id", "next_step", ["placement_id"])
    op.create_index("ix_next_step_contact_id", "next_step", ["contact_id"])
    op.create_index("ix_next_step_open", "next_step", ["due_on", "id"], postgresql_where="done_at IS NULL")
    op.add_column("placement", sa.Column("owner", sa.String(), nullable=True))
    op.create_index("ix_placement_owner", "placement", ["owner"])
    op.add_column("contact", sa.Column("note", sa.String(), nullable=True))
    op.add_column("contact", sa.Column("interpreter_booked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contact", sa.Column("interpreter_booked_by", sa.String(), nullable=True))
    audit.attach("colleague", never=("name",))
    audit.attach("next_step")
    op.execute("DROP TRIGGER audit ON contact")
    audit.attach("contact", never=("note",))


def downgrade() -> None:
    op.execute("DROP TRIGGER audit ON contact")
    audit.attach("contact")
    op.drop_column("contact", "interpreter_booked_by")
    op.drop_column("contact", "interpreter_booked_at")
    op.drop_column("contact", "note")
    op.drop_index("ix_placement_owner", table_name="placement")
    op.drop_column("placement", "owner")
    op.drop_table("next_step")
    op.drop_table("colleague")

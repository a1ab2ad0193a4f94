"""Who moved or cancelled a talk, and the causes of promises that were not kept."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "intake_0009"
down_revision = "intake_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visitation", sa.Column("moved_by", sa.String(), nullable=True))
    op.add_column("visitation", sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("visitation", sa.Column("cancelled_by", sa.String(), nullable=True))
    op.create_table(
        "breach_cause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("chosen_by", sa.String(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["first_contact.id"], name=op.f("fk_breach_cause_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_cause")),
        sa.UniqueConstraint("contact_id", "promise", name=op.f("uq_breach_cause_contact_id_promise")),
    )
    op.create_index("ix_first_contact_statutory_due", "first_contact", ["statutory_due"], unique=False)
    audit.attach("breach_cause")


def downgrade() -> None:
    op.drop_index("ix_first_contact_statutory_due", table_name="first_contact")
    op.drop_table("breach_cause")
    for column in ("cancelled_by", "cancelled_at", "moved_by"):
        op.drop_column("visitation", column)

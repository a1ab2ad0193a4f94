"""What staff confirmed, the national application's state, and support that is proposed and decided."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0026"
down_revision = "matching_0025"
branch_labels = None
depends_on = None

PRIVATE = (
    "purpose_code", "exception_ground", "ratio_exemption", "document_reference", "length_policy", "mentor_name",
    "mentor_email", "mentor_phone",
)  # fmt: skip


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_placement(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["placement_id"], ["placement.id"], name=op.f(f"fk_{table}_placement_id_placement")
    )  # fmt: skip


def upgrade() -> None:
    confirmed = sa.Column("confirmed", postgresql.ARRAY(sa.String()), nullable=False, server_default="{}")
    op.add_column("placement", confirmed)
    op.alter_column("placement", "confirmed", server_default=None)
    op.create_table(
        "national_application",
        sa.Column("id", sa.Uuid(), nullable=False), sa.Column("placement_id", sa.Uuid(), nullable=False),
        _text("reference"), _text("state"), _text("noted_by"),
        _moment("noted_at"), sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_national_application")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_national_application_placement_id")),
        _of_placement("national_application"),
    )  # fmt: skip
    op.create_table(
        "support",
        sa.Column("id", sa.Uuid(), nullable=False), sa.Column("placement_id", sa.Uuid(), nullable=False),
        _text("kind"), _text("reason_code"), sa.Column("weekly_hours", sa.Double(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False), sa.Column("ends_on", sa.Date(), nullable=False),
        _text("state"), _text("proposed_by"), _moment("proposed_at"), _text("decided_by", nullable=True),
        _moment("decided_at", nullable=True), _text("policy", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")), _of_placement("support"),
    )  # fmt: skip
    op.create_index(op.f("ix_support_placement_id"), "support", ["placement_id"])
    op.execute("DROP TRIGGER audit ON placement")
    audit.attach("placement", never=("confirmed", *PRIVATE))
    audit.attach("national_application")
    audit.attach("support", never=("kind", "reason_code", "policy"))


def downgrade() -> None:
    op.execute("DROP TRIGGER audit ON placement")
    audit.attach("placement", never=PRIVATE)
    op.drop_table("support")
    op.drop_table("national_application")
    op.drop_column("placement", "confirmed")

"""Virksomhedscentre: standing places, who has them and who waits."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0019"
down_revision = "matching_0018"
branch_labels = None
depends_on = None


def _windows() -> sa.Column[list[str]]:
    return sa.Column("windows", postgresql.ARRAY(sa.String()), nullable=False)


def upgrade() -> None:
    op.create_table(
        "centre",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("prefers_elsewhere", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre")),
        sa.UniqueConstraint("workplace_id", name=op.f("uq_centre_workplace_id")),
        sa.ForeignKeyConstraint(["workplace_id"], ["workplace.id"], name=op.f("fk_centre_workplace_id_workplace")),
    )
    audit.attach("centre")
    op.create_table(
        "centre_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        _windows(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_place")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_centre_place_centre_id_centre")),
    )
    op.create_index(op.f("ix_centre_place_centre_id"), "centre_place", ["centre_id"])
    audit.attach("centre_place", never=("name",))
    op.create_table(
        "centre_stay",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        _windows(),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by", sa.String(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("order_reason_code", sa.String(), nullable=True),
        sa.Column("talked_on", sa.Date(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_stay")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_centre_stay_centre_id_centre")),
        sa.ForeignKeyConstraint(["place_id"], ["centre_place.id"], name=op.f("fk_centre_stay_place_id_centre_place")),
    )
    for name in ("centre_id", "citizen_id"):
        op.create_index(op.f(f"ix_centre_stay_{name}"), "centre_stay", [name])
    op.create_index(
        "uq_centre_stay_live", "centre_stay", ["centre_id", "citizen_id"], unique=True,
        postgresql_where=sa.text("state IN ('waiting', 'offered', 'taken')"),
    )  # fmt: skip
    audit.attach("centre_stay")


def downgrade() -> None:
    for table in ("centre_stay", "centre_place", "centre"):
        op.drop_table(table)

"""The inbox in the product, and what tells whose a thing is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "notifications_0009"
down_revision = "notifications_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("address", sa.Column("cvr", sa.String(), nullable=True))
    op.create_index(op.f("ix_address_cvr"), "address", ["cvr"])
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=True),
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("roles", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=True),
        sa.Column("cvr", sa.String(), nullable=True),
        sa.Column("p_number", sa.String(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_code", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("kind", "cause_id", name=op.f("uq_notice_kind_cause_id")),
    )
    op.create_index("ix_notice_citizen_id", "notice", ["citizen_id"])
    op.create_index("ix_notice_cvr", "notice", ["cvr"])
    op.create_index("ix_notice_open", "notice", ["id"], postgresql_where=sa.text("cleared_at IS NULL"))
    op.create_index(
        "ix_notice_placement_id", "notice", ["placement_id"], postgresql_where=sa.text("cleared_at IS NULL")
    )
    op.create_table(
        "notice_read",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_read_notice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("notice_id", "reader", name=op.f("pk_notice_read")),
    )
    op.create_table(
        "need_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("p_number", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_place")),
    )
    op.create_table(
        "case_of",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_of")),
    )
    op.create_index("ix_case_of_owner", "case_of", ["owner"])
    op.create_index("ix_case_of_citizen_id", "case_of", ["citizen_id"])
    for table in ("notice", "notice_read", "need_place", "case_of"):
        audit.attach(table)


def downgrade() -> None:
    for table in ("case_of", "need_place", "notice_read", "notice"):
        op.drop_table(table)
    op.drop_column("address", "cvr")

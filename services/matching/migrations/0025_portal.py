"""Who a company lets in to its portal, and the thread with the municipality."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "matching_0025"
down_revision = "matching_0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_member")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_company_member_company_id_company")),
        sa.UniqueConstraint("company_id", "subject", name=op.f("uq_company_member_company_id")),
    )
    op.create_table(
        "company_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_invitation")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_company_invitation_company_id_company")),
    )
    op.create_index(op.f("ix_company_invitation_company_id"), "company_invitation", ["company_id"])
    op.create_table(
        "company_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=True),
        sa.Column("by_company", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_message")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_company_message_company_id_company")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_company_message_need_id_need")),
    )
    op.create_index(op.f("ix_company_message_company_id"), "company_message", ["company_id"])
    audit.attach("company_member", never=("name",))
    audit.attach("company_invitation")
    audit.attach("company_message", never=("text", "writer"))


def downgrade() -> None:
    op.drop_table("company_message")
    op.drop_table("company_invitation")
    op.drop_table("company_member")

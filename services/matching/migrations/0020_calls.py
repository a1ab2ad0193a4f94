"""Companies' calls, as drafts and when they are done."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0020"
down_revision = "matching_0019"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("typed", postgresql.JSONB(), nullable=False),
        _moment("started_at"),
        _moment("saved_at"),
        sa.Column("need_id", sa.Uuid(), nullable=True),
        _moment("read_back_until", nullable=True),
        sa.Column("heard", sa.String(), nullable=True),
        _moment("heard_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_call_company_id_company")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_call_need_id_need")),
    )
    op.create_index(op.f("ix_call_owner"), "call", ["owner"])
    op.create_index(op.f("ix_call_need_id"), "call", ["need_id"])
    op.create_index("uq_call_draft", "call", ["owner"], unique=True, postgresql_where="state = 'draft'")
    audit.attach("call", never=("said", "typed"))


def downgrade() -> None:
    op.drop_table("call")

"""The industry of a company, what it can offer in general, and what it would like."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0029"
down_revision = "matching_0028"
branch_labels = None
depends_on = None

CODES = ("adjustments", "shifts", "season", "languages", "soft_wishes")


def upgrade() -> None:
    op.add_column("company", sa.Column("industry", sa.String(), nullable=True))
    op.create_table(
        "company_offer",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, postgresql.ARRAY(sa.String()), nullable=False) for name in CODES),
        sa.Column("mentor_offered", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_company_offer_company_id_company")),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_company_offer")),
    )
    audit.attach("company_offer")


def downgrade() -> None:
    op.drop_table("company_offer")
    op.drop_column("company", "industry")

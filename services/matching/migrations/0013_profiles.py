"""Citizens' own profiles for companies, and which of them a company keeps."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "matching_0013"
down_revision = "matching_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("own_words", sa.String(), nullable=False),
        sa.Column("tells_needs", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sa.UniqueConstraint("citizen_id", name=op.f("uq_profile_citizen_id")),
    )
    op.create_table(
        "kept_profile",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_profile")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_kept_profile_company_id_company")),
        sa.UniqueConstraint("company_id", "profile_id", name=op.f("uq_kept_profile_company_id")),
    )
    audit.attach("profile", never=("own_words",))
    audit.attach("kept_profile")


def downgrade() -> None:
    op.drop_table("kept_profile")
    op.drop_table("profile")

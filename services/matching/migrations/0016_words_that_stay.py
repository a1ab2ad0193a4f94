"""Words that staff kept in a company's text, with why."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0016"
down_revision = "matching_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wording_kept",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("words", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by", sa.String(), nullable=False, server_default=sa.text("current_setting('jb.actor')")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_kept")),
    )
    op.create_index(op.f("ix_wording_kept_about"), "wording_kept", ["about"])
    audit.attach("wording_kept", never=("words",))


def downgrade() -> None:
    op.drop_table("wording_kept")

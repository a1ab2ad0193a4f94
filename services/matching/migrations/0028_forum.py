"""The closed forum: posts, seats at events, the dialogue, and whose profile was written with help."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "matching_0028"
down_revision = "matching_0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forum_post",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("posted_by", sa.String(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_post")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_forum_post_company_id_company")),
    )
    op.create_table(
        "forum_seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=True),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_seat")),
        sa.ForeignKeyConstraint(["post_id"], ["forum_post.id"], name=op.f("fk_forum_seat_post_id_forum_post")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_forum_seat_company_id_company")),
        sa.UniqueConstraint("post_id", "citizen_id", name="uq_forum_seat_citizen"),
        sa.UniqueConstraint("post_id", "company_id", name="uq_forum_seat_company"),
    )
    op.create_table(
        "forum_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("by_company", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_line")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_forum_line_company_id_company")),
    )
    op.create_index(op.f("ix_forum_line_citizen_id"), "forum_line", ["citizen_id"])
    op.create_index(op.f("ix_forum_line_company_id"), "forum_line", ["company_id"])
    op.add_column("profile", sa.Column("assisted_by", sa.String(), nullable=True))
    audit.attach("forum_post", never=("title", "text", "link", "place"))
    audit.attach("forum_seat")
    audit.attach("forum_line", never=("sealed",))


def downgrade() -> None:
    op.drop_column("profile", "assisted_by")
    op.drop_table("forum_line")
    op.drop_table("forum_seat")
    op.drop_table("forum_post")

"""What staff know of a candidate, and what a need asks for beyond its hours."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0008"
down_revision = "matching_0007"
branch_labels = None
depends_on = None

NOW = "pg_current_xact_id()::text::bigint"


def _codes(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, postgresql.ARRAY(sa.String()), nullable=False)


def _numbers(name: str) -> sa.Column[list[int]]:
    return sa.Column(name, postgresql.ARRAY(sa.Integer()), nullable=False)


def upgrade() -> None:
    op.create_table(
        "knowledge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False, server_default=sa.text(NOW)),
        _numbers("skills"),
        _codes("languages"),
        sa.Column("danish_level", sa.String(), nullable=True),
        sa.Column("transport", sa.String(), nullable=True),
        sa.Column("transport_from", sa.String(), nullable=True),
        sa.Column("transport_until", sa.String(), nullable=True),
        sa.Column("travel_minutes_max", sa.Integer(), nullable=True),
        _codes("hour_steps"),
        _codes("soft_wishes"),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge")),
        sa.UniqueConstraint("citizen_id", name=op.f("uq_knowledge_citizen_id")),
    )
    op.create_index(op.f("ix_knowledge_changed"), "knowledge", ["changed"])
    op.execute(
        "CREATE TRIGGER number_change BEFORE INSERT OR UPDATE ON knowledge FOR EACH ROW EXECUTE FUNCTION number_change()"
    )
    op.execute(
        "CREATE TRIGGER number_removal AFTER DELETE ON knowledge REFERENCING OLD TABLE AS removed "
        "FOR EACH STATEMENT EXECUTE FUNCTION number_removal()"
    )
    audit.attach("knowledge")
    op.create_table(
        "need_profile",
        sa.Column("need_id", sa.Uuid(), nullable=False),
        _numbers("skills"),
        _numbers("learnable"),
        sa.Column("danish_level", sa.String(), nullable=True),
        sa.Column("lifting_kg", sa.Integer(), nullable=True),
        _codes("soft_wishes"),
        _codes("season"),
        _codes("shifts"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("need_id", name=op.f("pk_need_profile")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_need_profile_need_id_need")),
    )
    audit.attach("need_profile")


def downgrade() -> None:
    op.drop_table("need_profile")
    op.drop_table("knowledge")

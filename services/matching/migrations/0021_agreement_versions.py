"""Versions of an agreement, everybody's approval of them, and drafts that expire."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0021"
down_revision = "matching_0020"
branch_labels = None
depends_on = None

KEPT = """
    INSERT INTO agreement_version (id, placement_id, number, kind, offer_type, starts_on, ends_on, first_day_at,
        weekly_hours, purpose_code, mentor_name, policies, content_hash, made_by, made_at, in_force_at)
    SELECT gen_random_uuid(), id, 1, 'made', offer_type, starts_on, ends_on, first_day_at, weekly_hours,
        purpose_code, mentor_name, ARRAY[length_policy], '', made_by, coalesce(agreed_at, now()), agreed_at
    FROM placement
"""
ASKED = """
    INSERT INTO statement (id, placement_id, number, party, asked_at, on_behalf)
    SELECT gen_random_uuid(), placement.id, 1, party, now(), false
    FROM placement, unnest(statements_needed) AS party
    WHERE state = 'awaiting_statements' AND NOT EXISTS (
        SELECT FROM statement WHERE statement.placement_id = placement.id AND statement.party = party)
"""


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    for name, default in (("number", "1"), ("warned", "0")):
        op.add_column("placement", sa.Column(name, sa.Integer(), nullable=False, server_default=default))
        op.alter_column("placement", name, server_default=None)
    op.add_column("placement", sa.Column("expires_on", sa.Date()))
    op.add_column("placement", _text("closed_code", nullable=True))
    op.create_table(
        "agreement_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("kind"), _text("reason_code", nullable=True), _text("offer_type"),
        sa.Column("starts_on", sa.Date(), nullable=False), sa.Column("ends_on", sa.Date(), nullable=False),
        _moment("first_day_at"), sa.Column("weekly_hours", sa.Double(), nullable=False), _text("purpose_code"),
        _text("mentor_name"), sa.Column("policies", postgresql.ARRAY(sa.String()), nullable=False),
        _text("content_hash"), _text("made_by"), _moment("made_at"), _moment("in_force_at", nullable=True),
        _moment("closed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_version")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_agreement_version_placement_id_placement")
        ),
        sa.UniqueConstraint("placement_id", "number", name=op.f("uq_agreement_version_placement_id_number")),
    )  # fmt: skip
    _ask_everybody()
    op.execute(KEPT)
    op.execute(ASKED)
    audit.attach("agreement_version", never=("mentor_name", "content_hash", "purpose_code", "policies"))


def _ask_everybody() -> None:
    op.add_column("statement", sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("statement", "number", server_default=None)
    op.add_column("statement", _moment("asked_at", nullable=True))
    op.execute("UPDATE statement SET asked_at = at")
    op.alter_column("statement", "asked_at", nullable=False)
    for name in ("how", "reason_code"):
        op.add_column("statement", _text(name, nullable=True))
    op.execute("UPDATE statement SET how = CASE WHEN on_behalf THEN 'on_behalf' ELSE 'own' END")
    op.add_column("statement", _moment("withdrawn_at", nullable=True))
    for name in ("positive", "at", "stated_by"):
        op.alter_column("statement", name, nullable=True)
    op.drop_constraint("uq_statement_placement_id_party", "statement")
    op.create_index(
        "uq_statement_live", "statement", ["placement_id", "party"], unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )  # fmt: skip
    op.create_index("ix_statement_placement_id", "statement", ["placement_id"])


def downgrade() -> None:
    op.execute("DELETE FROM statement WHERE positive IS NULL OR withdrawn_at IS NOT NULL")
    op.drop_index("uq_statement_live", "statement")
    op.drop_index("ix_statement_placement_id", "statement")
    op.create_unique_constraint("uq_statement_placement_id_party", "statement", ["placement_id", "party"])
    for name in ("positive", "at", "stated_by"):
        op.alter_column("statement", name, nullable=False)
    for name in ("number", "asked_at", "how", "reason_code", "withdrawn_at"):
        op.drop_column("statement", name)
    op.drop_table("agreement_version")
    for name in ("number", "warned", "expires_on", "closed_code"):
        op.drop_column("placement", name)

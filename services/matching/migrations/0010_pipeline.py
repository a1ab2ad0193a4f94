"""Shortlists, pools, holders of needs, notices, the diary of needs without a match, and saved searches."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0010"
down_revision = "matching_0009"
branch_labels = None
depends_on = None

TABLES = ("shortlisted", "pooled", "need_holder", "notice", "no_match", "saved_search")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[sa.Uuid]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _codes(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, postgresql.ARRAY(sa.String()), nullable=False)


def _of_need(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f(f"fk_{table}_need_id_need"))


def _key(table: str, column: str = "id") -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(column, name=op.f(f"pk_{table}"))


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{columns[0]}"))


def upgrade() -> None:
    op.create_table(
        "shortlisted", _id("id"), _id("need_id"), _id("citizen_id"), _text("added_by"), _moment("added_at"),
        _key("shortlisted"), _of_need("shortlisted"), _once("shortlisted", "need_id", "citizen_id"),
    )  # fmt: skip
    op.create_index(op.f("ix_shortlisted_citizen_id"), "shortlisted", ["citizen_id"])
    op.create_table(
        "pooled", _id("id"), _text("occupation"), _id("citizen_id"), _text("added_by"), _moment("added_at"),
        _key("pooled"), _once("pooled", "occupation", "citizen_id"),
    )  # fmt: skip
    op.create_index(op.f("ix_pooled_citizen_id"), "pooled", ["citizen_id"])
    op.create_table(
        "need_holder", _id("need_id"), _text("held_by"), _text("held_name"), _moment("since"),
        _moment("offered_at", nullable=True), sa.Column("version", sa.Integer(), nullable=False),
        _key("need_holder", "need_id"), _of_need("need_holder"),
    )  # fmt: skip
    op.create_index(op.f("ix_need_holder_held_by"), "need_holder", ["held_by"])
    op.create_table(
        "notice", _id("id"), _text("to_subject"), _text("kind"), _id("about"), _id("need_id"), _moment("at"),
        _moment("seen_at", nullable=True), _key("notice"), _of_need("notice"),
        _once("notice", "to_subject", "kind", "about"),
    )  # fmt: skip
    op.create_table(
        "no_match", _id("id"), _id("need_id"), sa.Column("on_day", sa.Date(), nullable=False), _text("noted_by"),
        _moment("noted_at"), _codes("reasons"), _codes("excluded"), _key("no_match"), _of_need("no_match"),
        _once("no_match", "need_id", "on_day", "noted_by"),
    )  # fmt: skip
    op.create_table(
        "saved_search", _id("id"), _text("owner"), _id("citizen_id", nullable=True), _text("occupation", nullable=True),
        _codes("employment_forms"), sa.Column("weekly_hours_max", sa.Double(), nullable=True), _moment("saved_at"),
        _key("saved_search"),
    )  # fmt: skip
    op.create_index(op.f("ix_saved_search_owner"), "saved_search", ["owner"])
    op.create_index(op.f("ix_saved_search_citizen_id"), "saved_search", ["citizen_id"])
    for table in TABLES:
        audit.attach(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)

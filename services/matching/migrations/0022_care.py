"""Who looks after a company, what it was promised, who was in touch with it, and its pauses."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "matching_0022"
down_revision = "matching_0021"
branch_labels = None
depends_on = None

TABLES = ("company_promise", "company_consultant", "consultant_cover", "company_contact", "company_pause")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[sa.Date]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[sa.Uuid]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _version() -> sa.Column[sa.Integer]:
    return sa.Column("version", sa.Integer(), nullable=False)


def _key(table: str, column: str = "id") -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(column, name=op.f(f"pk_{table}"))


def _of(table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{other}_id_{other}"))


def upgrade() -> None:
    op.create_table(
        "company_promise", _id("id"), _id("company_id"), _id("need_id", nullable=True), _text("kind"),
        _day("due_on", nullable=True), _text("owner", nullable=True), _text("owner_name", nullable=True),
        _moment("made_at"), _moment("done_at", nullable=True), _text("done_by", nullable=True),
        _moment("broken_at", nullable=True), _version(), _key("company_promise"), _of("company_promise", "company"),
        _of("company_promise", "need"),
    )  # fmt: skip
    op.create_index(op.f("ix_company_promise_company_id"), "company_promise", ["company_id"])
    op.create_index("ix_company_promise_open", "company_promise", ["due_on"], postgresql_where="done_at IS NULL")
    op.create_table(
        "company_consultant", _id("company_id"), _text("subject"), _text("name"), _moment("since"),
        _moment("offered_at", nullable=True), _version(), _key("company_consultant", "company_id"),
        _of("company_consultant", "company"),
    )  # fmt: skip
    op.create_index(op.f("ix_company_consultant_subject"), "company_consultant", ["subject"])
    op.create_table(
        "consultant_cover", _id("id"), _text("absent"), _text("absent_name"), _text("cover"), _text("cover_name"),
        _day("from_on"), _day("until_on"), _moment("made_at"), _key("consultant_cover"),
    )  # fmt: skip
    op.create_index(op.f("ix_consultant_cover_absent"), "consultant_cover", ["absent"])
    op.create_table(
        "company_contact", _id("id"), _id("company_id"), _moment("at"), _text("by_subject"), _text("by_name"),
        _text("team", nullable=True), _text("way"), _text("direction"), _text("outcome"),
        _text("over_budget_reason", nullable=True), _key("company_contact"), _of("company_contact", "company"),
    )  # fmt: skip
    op.create_index(op.f("ix_company_contact_company_id"), "company_contact", ["company_id"])
    op.create_table(
        "company_pause", _id("company_id"), _day("until_on", nullable=True), _text("reason_code"), _text("made_by"),
        _version(), _key("company_pause", "company_id"), _of("company_pause", "company"),
    )  # fmt: skip
    for table in TABLES:
        audit.attach(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)

"""The waiting room: arrivals with their times, hand-overs between desks, and the numbers of a day."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "intake_0012"
down_revision = "intake_0011"
branch_labels = None
depends_on = None

TIMES = ("arrived_at", "called_at", "talk_at", "done_at", "left_at", "no_show_at", "typed_at")
# The boards hear of an arrival as they hear of what is told.
WAKE = "CREATE TRIGGER wake AFTER INSERT OR UPDATE OR DELETE ON {} FOR EACH STATEMENT EXECUTE FUNCTION outbox_wake()"


def upgrade() -> None:
    op.create_table(
        "arrival",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("visitation_id", sa.Uuid(), nullable=True),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in TIMES),
        sa.Column("called_to", sa.String(), nullable=True),
        sa.Column("called_by", sa.String(), nullable=True),
        sa.Column("typed_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
        sa.ForeignKeyConstraint(["visitation_id"], ["visitation.id"], name=op.f("fk_arrival_visitation_id")),
        sa.UniqueConstraint("visitation_id", "on_day", name=op.f("uq_arrival_visitation_id_on_day")),
        sa.UniqueConstraint("unit_code", "on_day", "number", name=op.f("uq_arrival_unit_code_on_day_number")),
    )
    op.create_index(op.f("ix_arrival_citizen_id"), "arrival", ["citizen_id"], unique=False)
    op.create_index(op.f("ix_arrival_on_day"), "arrival", ["on_day"], unique=False)
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("arrival_id", sa.Uuid(), nullable=False),
        sa.Column("to_code", sa.String(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrival.id"], name=op.f("fk_hand_over_arrival_id")),
    )
    op.create_index(op.f("ix_hand_over_arrival_id"), "hand_over", ["arrival_id"], unique=False)
    op.create_table(
        "number_series",
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "on_day", name=op.f("pk_number_series")),
    )
    for table in ("arrival", "hand_over"):
        audit.attach(table)
        op.execute(WAKE.format(table))


def downgrade() -> None:
    op.drop_table("number_series")
    op.drop_index(op.f("ix_hand_over_arrival_id"), table_name="hand_over")
    op.drop_table("hand_over")
    op.drop_index(op.f("ix_arrival_on_day"), table_name="arrival")
    op.drop_index(op.f("ix_arrival_citizen_id"), table_name="arrival")
    op.drop_table("arrival")

"""Consultants, absences and rooms; slots with a room, a hold, and a mark where the calendars left them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "intake_0008"
down_revision = "intake_0007"
branch_labels = None
depends_on = None

# So that a desk has slots from the first start; whoever keeps the calendars puts their own people there.
FIRST = """
INSERT INTO consultant (id, code, name, hours, active, version)
    SELECT gen_random_uuid(), 'consultant-' || n, 'Konsulent ' || n,
           ARRAY['mon 08:00-17:00', 'tue 08:00-17:00', 'wed 08:00-17:00', 'thu 08:00-17:00', 'fri 08:00-17:00'], true, 1
    FROM generate_series(1, 3) AS n;
INSERT INTO room (id, code, name, place_code, places, active, version)
    SELECT gen_random_uuid(), 'room-' || n, 'Samtalerum ' || n, 'jobbutik', 1, true, 1 FROM generate_series(1, 3) AS n;
DELETE FROM slot WHERE visitation_id IS NULL;
UPDATE slot SET room_code = replace(consultant, 'consultant-', 'room-'), seat = 1;
"""


def upgrade() -> None:
    op.create_table(
        "consultant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("hours", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultant")),
        sa.UniqueConstraint("code", name=op.f("uq_consultant_code")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultant_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["consultant_id"], ["consultant.id"], name=op.f("fk_absence_consultant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_consultant_id"), "absence", ["consultant_id"], unique=False)
    op.create_table(
        "room",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place_code", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("code", name=op.f("uq_room_code")),
    )
    op.add_column("slot", sa.Column("room_code", sa.String(), nullable=True))
    op.add_column("slot", sa.Column("seat", sa.Integer(), nullable=True))
    op.add_column("slot", sa.Column("hold_id", sa.Uuid(), nullable=True))
    op.add_column("slot", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("slot", sa.Column("off_calendar", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("slot", "off_calendar", server_default=None)
    op.execute(FIRST)
    for table in ("consultant", "absence", "room"):
        audit.attach(table)
    op.alter_column("slot", "room_code", nullable=False)
    op.alter_column("slot", "seat", nullable=False)
    op.create_unique_constraint(op.f("uq_slot_room_code_seat_starts_at"), "slot", ["room_code", "seat", "starts_at"])
    op.create_index("ix_slot_hold_id", "slot", ["hold_id"], unique=False, postgresql_where="hold_id IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_slot_hold_id", table_name="slot")
    op.drop_constraint(op.f("uq_slot_room_code_seat_starts_at"), "slot", type_="unique")
    for column in ("off_calendar", "held_until", "hold_id", "seat", "room_code"):
        op.drop_column("slot", column)
    for table in ("room", "absence", "consultant"):
        op.drop_table(table)

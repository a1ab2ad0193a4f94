"""A citizen's unit moves to the table that every service has, and the others are told of it."""

import sqlalchemy as sa
from alembic import op

from shared import audit, envelope
from shared.database import new_id
from shared.envelope import Trace
from shared.events import CitizenUnitChanged

revision = "intake_0005"
down_revision = "intake_0004"
branch_labels = None
depends_on = "shared_0004"

VERSION = 2
# Newer than what was told of them when they were registered, which was without a unit.
MOVE = """
INSERT INTO citizen_unit (citizen_id, unit_code, version)
SELECT id, unit_code, :version FROM citizen WHERE unit_code IS NOT NULL RETURNING citizen_id, unit_code
"""
# It named citizens; where a row is gone, its history is emptied, and that stays verifiable (shared/audit.py).
GONE = """
WITH gone AS (DELETE FROM unit_access RETURNING id) SELECT coalesce(array_agg(id::text), '{}') FROM gone
"""
TELL = "INSERT INTO outbox (event_id, type, partition_key, body) VALUES (:event_id, :type, :key, :body)"


def upgrade() -> None:
    connection = op.get_bind()
    for citizen_id, unit_code in connection.execute(sa.text(MOVE), {"version": VERSION}).all():
        told = CitizenUnitChanged(citizen_id=citizen_id, unit_code=unit_code)
        trace = Trace(correlation_id=str(new_id()))
        event_id, body = envelope.write(told, version=VERSION, trace=trace, seals={})
        row = {
            "event_id": event_id,
            "type": envelope.wire_type(CitizenUnitChanged),
            "key": str(citizen_id),
            "body": body.decode(),
        }
        connection.execute(sa.text(TELL), row)
    op.drop_column("citizen", "unit_code")
    gone = connection.scalar(sa.text(GONE))
    connection.execute(sa.text("SELECT empty_changes('unit_access', :gone, '{}')"), {"gone": gone})
    op.drop_table("unit_access")


def downgrade() -> None:
    op.create_table(
        "unit_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("access_id", sa.String(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_access")),
        sa.UniqueConstraint("access_id", "citizen_id", name=op.f("uq_unit_access_access_id_citizen_id")),
    )
    audit.attach("unit_access")
    op.add_column("citizen", sa.Column("unit_code", sa.String(), nullable=True))
    op.execute(
        "UPDATE citizen SET unit_code = known.unit_code FROM citizen_unit AS known WHERE citizen_id = citizen.id"
    )

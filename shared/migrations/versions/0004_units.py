"""Whose citizen somebody is: the unit that works with them, in every service."""

from alembic import op
from sqlalchemy import text

from shared import audit

revision = "shared_0004"
down_revision = "shared_0003"
branch_labels = None
depends_on = None

CITIZEN_UNIT = """
CREATE TABLE citizen_unit (
    citizen_id uuid PRIMARY KEY,
    unit_code text,
    version integer NOT NULL
);
COMMENT ON COLUMN citizen_unit.unit_code IS 'empty: moved out of every unit; who never had one has no row';
"""


def upgrade() -> None:
    op.execute(CITIZEN_UNIT)
    # A copy's first word is on record in intake, and thousands of them a second come in on the bus.
    is_home = op.get_bind().scalar(text("SELECT current_schema() = 'intake'"))
    audit.attach("citizen_unit", verbs="INSERT OR UPDATE OR DELETE" if is_home else "UPDATE OR DELETE")


def downgrade() -> None:
    op.execute("DROP TABLE citizen_unit")

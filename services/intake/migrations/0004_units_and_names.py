"""Whose citizen somebody is, why another unit looked, and names to be found and sorted by."""

import sqlalchemy as sa
from alembic import op

from shared import audit
from shared.danish import sort_key

revision = "intake_0004"
down_revision = "intake_0003"
branch_labels = None
depends_on = None

NEVER = ("cpr_secret", "cpr_index", "birth_date", "name", "name_sort", "email", "phone", "postal_code")
NAMES = """
CREATE FUNCTION keep_names() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole text := replace(replace(replace(NEW.name_sort, '{', 'ae'), '|', 'oe'), '}', 'aa');
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM citizen_name WHERE citizen_id = NEW.id;
    END IF;
    INSERT INTO citizen_name (citizen_id, part, whole)
        SELECT DISTINCT NEW.id, part, whole FROM string_to_table(whole, ' ') AS part WHERE part <> '';
    RETURN NULL;
END $$;
CREATE TRIGGER keep_names AFTER INSERT OR UPDATE OF name_sort ON citizen FOR EACH ROW EXECUTE FUNCTION keep_names();
"""


def upgrade() -> None:
    op.create_table(
        "citizen_name",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(collation="C"), nullable=False),
        sa.Column("whole", sa.String(collation="C"), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["citizen.id"], name=op.f("fk_citizen_name_citizen_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("citizen_id", "part", name=op.f("pk_citizen_name")),
    )
    op.create_index("ix_citizen_name_part", "citizen_name", ["part", "whole", "citizen_id"], unique=False)
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
    op.add_column("citizen", sa.Column("unit_code", sa.String(), nullable=True))
    op.add_column("citizen", sa.Column("name_sort", sa.String(collation="C"), nullable=False, server_default=""))
    op.create_index("ix_citizen_born", "citizen", ["birth_date", "name_sort"], unique=False)
    op.create_index(op.f("ix_first_contact_at"), "first_contact", ["at"], unique=False)
    op.create_index(op.f("ix_visitation_held_at"), "visitation", ["held_at"], unique=False)
    op.execute("DROP TRIGGER audit ON citizen")
    audit.attach("citizen", never=NEVER)
    audit.attach("unit_access")
    op.execute(NAMES)
    _sort_known_names()


def _sort_known_names() -> None:
    connection = op.get_bind()
    known = connection.execute(sa.text("SELECT id, name FROM citizen")).all()
    for citizen_id, name in known:
        keyed = {"id": citizen_id, "key": sort_key(name)}
        connection.execute(sa.text("UPDATE citizen SET name_sort = :key WHERE id = :id"), keyed)
    op.alter_column("citizen", "name_sort", server_default=None)


def downgrade() -> None:
    op.execute("DROP TRIGGER keep_names ON citizen; DROP FUNCTION keep_names")
    op.execute("DROP TRIGGER audit ON citizen")
    audit.attach("citizen", never=NEVER)
    op.drop_index(op.f("ix_visitation_held_at"), table_name="visitation")
    op.drop_index(op.f("ix_first_contact_at"), table_name="first_contact")
    op.drop_index("ix_citizen_born", table_name="citizen")
    op.drop_column("citizen", "name_sort")
    op.drop_column("citizen", "unit_code")
    op.drop_table("unit_access")
    op.drop_table("citizen_name")

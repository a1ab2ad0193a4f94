"""In which transaction a candidate's copies were changed last, so that every web process finds what is new to it.

The number is set by the database itself, whoever writes. A row that goes leaves no number behind, so that it leaves
no id either: then everybody reads all of it again.
"""

import sqlalchemy as sa
from alembic import op

revision = "matching_0006"
down_revision = "matching_0005"
branch_labels = None
depends_on = None

COPIES = ("citizen_copy", "wishes_copy")
NOW = "pg_current_xact_id()::text::bigint"
FUNCTIONS = """
CREATE FUNCTION number_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE FUNCTION number_removal() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE candidate_removal SET changed = pg_current_xact_id()::text::bigint WHERE EXISTS (SELECT FROM removed);
    RETURN NULL;
END $$;
"""


def upgrade() -> None:
    op.create_table("candidate_removal", sa.Column("changed", sa.BigInteger(), nullable=False, primary_key=True))
    op.execute("INSERT INTO candidate_removal VALUES (0)")
    op.execute(FUNCTIONS)
    for table in COPIES:
        op.add_column(table, sa.Column("changed", sa.BigInteger(), nullable=False, server_default=sa.text(NOW)))
        op.create_index(op.f(f"ix_{table}_changed"), table, ["changed"])
        op.execute(
            f"CREATE TRIGGER number_change BEFORE INSERT OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION number_change()"
        )
        op.execute(
            f"CREATE TRIGGER number_removal AFTER DELETE ON {table} "
            "REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION number_removal()"
        )


def downgrade() -> None:
    for table in COPIES:
        op.execute(f"DROP TRIGGER number_change ON {table}")
        op.execute(f"DROP TRIGGER number_removal ON {table}")
        op.drop_column(table, "changed")
    op.execute("DROP FUNCTION number_change, number_removal")
    op.drop_table("candidate_removal")

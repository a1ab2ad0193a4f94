"""Every change of a row, written by the database itself, so that no statement can go round it.

The trigger function belongs to the schema's owner; the service's own role can neither change nor remove its
rows. Values of secret or free-text columns are never copied: a migration names them when it attaches the trigger.
"""

from alembic import op


def attach(table: str, *, never: tuple[str, ...] = ()) -> None:
    """In a migration: record inserts, updates and deletes of `table`, leaving the `never` columns' values out."""
    arguments = ", ".join(f"'{column}'" for column in never)
    op.execute(
        f"CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION audit_row({arguments})"
    )

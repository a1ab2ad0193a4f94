"""Alembic's entry: runs over the connection that shared.migrate opened, inside one service's schema."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes["metadata"],
    version_table_schema=context.config.attributes["schema"],
    include_name=context.config.attributes["include_name"],
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

"""What a citizen is called, for staff; and the Danish order of companies."""

import sqlalchemy as sa
from alembic import op

from shared.danish import sort_key

revision = "matching_0002"
down_revision = "matching_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("citizen_copy", sa.Column("name", sa.String(), nullable=True))
    op.add_column("company", sa.Column("sort_key", sa.String(collation="C"), nullable=True))
    connection = op.get_bind()
    for company_id, name in connection.execute(sa.text("SELECT id, name FROM company")).all():
        connection.execute(
            sa.text("UPDATE company SET sort_key = :key WHERE id = :id"), {"key": sort_key(name), "id": company_id}
        )
    op.alter_column("company", "sort_key", nullable=False)
    op.create_index(op.f("ix_company_sort_key"), "company", ["sort_key"])


def downgrade() -> None:
    op.drop_index(op.f("ix_company_sort_key"), table_name="company")
    op.drop_column("company", "sort_key")
    op.drop_column("citizen_copy", "name")

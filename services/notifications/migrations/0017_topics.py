"""What people chose about reminders, by the two topics that these have become."""

from alembic import op

revision = "notifications_0017"
down_revision = "notifications_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        UPDATE address SET choices = (choices - 'reminders') || jsonb_build_object(
            'appointments', choices->'reminders', 'deadlines', choices->'reminders')
        WHERE jsonb_exists(choices, 'reminders')
    """)


def downgrade() -> None:
    op.execute("""
        UPDATE address SET choices = (choices - 'appointments' - 'deadlines') || jsonb_build_object(
            'reminders', choices->'appointments')
        WHERE jsonb_exists(choices, 'appointments')
    """)

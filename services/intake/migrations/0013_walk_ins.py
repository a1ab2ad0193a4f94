"""The walk-in: urgency, the digital application, names by their sound, and whom somebody was told apart from."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "intake_0013"
down_revision = "intake_0012"
branch_labels = None
depends_on = None

SOUND = r"""
CREATE FUNCTION name_sound(spelt text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(replace(replace(translate(regexp_replace(regexp_replace(
        regexp_replace(regexp_replace(regexp_replace(regexp_replace(
            spelt, '\mh([jv])', '\1', 'g'), 'c([eiy])', 's\1', 'g'), '(ch|ck|c|q)', 'k', 'g'),
            '([kg])j', '\1', 'g'), 'ph', 'f', 'g'), '(th|dt)', 't', 'g'),
        'zywj', 'sivi'), 'ae', 'e'), 'oe', 'o'), '([a-z])\1+', '\1', 'g')
$$;
"""
KEPT = """
CREATE OR REPLACE FUNCTION keep_names() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole text := replace(replace(replace(NEW.name_sort, '{', 'ae'), '|', 'oe'), '}', 'aa');
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM citizen_name WHERE citizen_id = NEW.id;
    END IF;
    INSERT INTO citizen_name (citizen_id, part, whole%(more)s)
        SELECT DISTINCT NEW.id, part, whole%(value)s FROM string_to_table(whole, ' ') AS part WHERE part <> '';
    RETURN NULL;
END $$;
"""


def upgrade() -> None:
    op.execute(SOUND)
    op.add_column("citizen_name", sa.Column("sound", sa.String(collation="C"), nullable=True))
    op.execute("UPDATE citizen_name SET sound = name_sound(part)")
    op.alter_column("citizen_name", "sound", nullable=False)
    op.create_index("ix_citizen_name_sound", "citizen_name", ["sound", "citizen_id"], unique=False)
    op.execute(KEPT % {"more": ", sound", "value": ", name_sound(part)"})
    op.add_column("first_contact", sa.Column("urgency", sa.String(), nullable=False, server_default="ordinary"))
    op.alter_column("first_contact", "urgency", server_default=None)
    op.add_column("first_contact", sa.Column("application", sa.String(), nullable=True))
    op.create_table(
        "application_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["first_contact.id"], name=op.f("fk_application_step_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_step")),
    )
    op.create_index(op.f("ix_application_step_contact_id"), "application_step", ["contact_id"], unique=False)
    op.create_index(op.f("ix_application_step_citizen_id"), "application_step", ["citizen_id"], unique=False)
    op.create_table(
        "told_apart",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["citizen.id"], name=op.f("fk_told_apart_citizen_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["other_id"], ["citizen.id"], name=op.f("fk_told_apart_other_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_apart")),
    )
    op.create_index(op.f("ix_told_apart_citizen_id"), "told_apart", ["citizen_id"], unique=False)
    op.create_index(op.f("ix_told_apart_other_id"), "told_apart", ["other_id"], unique=False)
    audit.attach("application_step")
    audit.attach("told_apart")


def downgrade() -> None:
    op.drop_table("told_apart")
    op.drop_table("application_step")
    op.drop_column("first_contact", "application")
    op.drop_column("first_contact", "urgency")
    op.execute(KEPT % {"more": "", "value": ""})
    op.drop_index("ix_citizen_name_sound", table_name="citizen_name")
    op.drop_column("citizen_name", "sound")
    op.execute("DROP FUNCTION name_sound(text)")

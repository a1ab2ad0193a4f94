"""Who looked by name; one row for what a page fetches by itself, again and again; what a nightly job did.

What was sealed without a name keeps its digest. After the way down, what was sealed with one no longer verifies.
"""

from alembic import op
from sqlalchemy import text

revision = "shared_0005"
down_revision = "shared_0004"
branch_labels = None
depends_on = None

COLUMNS = """
ALTER TABLE lookup ADD COLUMN actor_name text, ADD COLUMN repeat_key uuid;
COMMENT ON COLUMN lookup.actor_name IS 'as the employee is called; never of a citizen, never shown to one';
COMMENT ON COLUMN lookup.repeat_key IS
    'of what a page fetches by itself: session, route, subjects, purpose, outcome and clock hour, hashed';
CREATE UNIQUE INDEX uq_lookup_repeat_key ON lookup (repeat_key) WHERE repeat_key IS NOT NULL;
CREATE INDEX ix_lookup_actor_name ON lookup (actor_name, seq) WHERE actor_name IS NOT NULL;
ALTER TABLE nightly ALTER COLUMN done_on DROP NOT NULL;
ALTER TABLE nightly ADD COLUMN did_on date, ADD COLUMN did jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN nightly.did IS 'how many of each class of data, on did_on, the last Danish day that it ran';
"""
ROWS_AFTER = """
CREATE OR REPLACE FUNCTION rows_after(
    wanted text, after_seq bigint, upto_seq bigint, most integer, OUT rows bytea, OUT newest bigint)
LANGUAGE sql STABLE SET search_path = {schema}, pg_temp AS $$
    SELECT string_agg(int8send(seq) || digest, '' ORDER BY seq), max(seq) FROM (
        (SELECT seq, audit_digest(audit) AS digest
           FROM audit WHERE wanted = 'audit' AND seq > after_seq AND seq <= upto_seq ORDER BY seq LIMIT most)
        UNION ALL
        (SELECT seq, sha256(convert_to((jsonb_build_array(seq, id, micros(at), actor, role, kind, organisation, purpose,
                     data, how, route, subjects, refused, correlation_id){named})::text, 'UTF8')) AS digest
           FROM lookup WHERE wanted = 'lookup' AND seq > after_seq AND seq <= upto_seq ORDER BY seq LIMIT most)
    ) AS taken
$$;
"""
NAMED = """ || CASE
                     WHEN actor_name IS NULL AND repeat_key IS NULL THEN '[]'::jsonb
                     ELSE jsonb_build_array(actor_name, repeat_key) END"""


def upgrade() -> None:
    schema = op.get_bind().scalar(text("SELECT quote_ident(current_schema())"))
    op.execute(COLUMNS)
    op.execute(ROWS_AFTER.format(schema=schema, named=NAMED))


def downgrade() -> None:
    schema = op.get_bind().scalar(text("SELECT quote_ident(current_schema())"))
    op.execute(ROWS_AFTER.format(schema=schema, named=""))
    op.execute(
        "ALTER TABLE lookup DROP COLUMN actor_name, DROP COLUMN repeat_key;"
        "DELETE FROM nightly WHERE done_on IS NULL;"
        "ALTER TABLE nightly ALTER COLUMN done_on SET NOT NULL;"
        "ALTER TABLE nightly DROP COLUMN did_on, DROP COLUMN did"
    )

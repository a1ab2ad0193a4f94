"""Which nightly jobs are done, and a change history that can be emptied without breaking its seal."""

from alembic import op
from sqlalchemy import text

revision = "shared_0003"
down_revision = "shared_0002"
branch_labels = None
depends_on = None

NIGHTLY = """
CREATE TABLE nightly (
    job text PRIMARY KEY,
    done_on date NOT NULL
);
COMMENT ON COLUMN nightly.done_on IS 'the last Danish day that the job was finished for';
"""
EMPTIED = """
ALTER TABLE audit ADD COLUMN emptied bytea;
COMMENT ON COLUMN audit.emptied IS 'SHA-256 of the row as it was before a person in it was erased';
CREATE FUNCTION audit_digest(kept audit) RETURNS bytea LANGUAGE sql STABLE SET search_path = {schema}, pg_temp AS $$
    SELECT CASE WHEN kept.emptied IS NOT NULL AND kept.changes = '{{}}' THEN kept.emptied ELSE sha256(convert_to(
        jsonb_build_array(kept.seq, micros(kept.at), kept.actor, kept.table_name, kept.row_id, kept.verb,
                          kept.changes)::text, 'UTF8')) END
$$;
CREATE OR REPLACE FUNCTION rows_after(
    wanted text, after_seq bigint, upto_seq bigint, most integer, OUT rows bytea, OUT newest bigint)
LANGUAGE sql STABLE SET search_path = {schema}, pg_temp AS $$
    SELECT string_agg(int8send(seq) || digest, '' ORDER BY seq), max(seq) FROM (
        (SELECT seq, audit_digest(audit) AS digest
           FROM audit WHERE wanted = 'audit' AND seq > after_seq AND seq <= upto_seq ORDER BY seq LIMIT most)
        UNION ALL
        (SELECT seq, sha256(convert_to(jsonb_build_array(seq, id, micros(at), actor, role, kind, organisation, purpose,
                     data, how, route, subjects, refused, correlation_id)::text, 'UTF8')) AS digest
           FROM lookup WHERE wanted = 'lookup' AND seq > after_seq AND seq <= upto_seq ORDER BY seq LIMIT most)
    ) AS taken
$$;
CREATE FUNCTION empty_changes(wanted text, row_ids text[], people text[]) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    emptied_rows bigint;
BEGIN
    UPDATE audit SET emptied = audit_digest(audit), changes = '{{}}',
           row_id = CASE WHEN row_id = ANY (people) THEN '' ELSE row_id END,
           actor = CASE WHEN actor = ANY (people) THEN '' ELSE actor END
     WHERE table_name = wanted AND row_id = ANY (row_ids);
    GET DIAGNOSTICS emptied_rows = ROW_COUNT;
    IF emptied_rows > 0 THEN
        INSERT INTO audit (actor, table_name, row_id, verb, changes)
        VALUES (coalesce(nullif(current_setting('jb.actor', true), ''), session_user), wanted, '', 'empty',
                jsonb_build_object('rows', emptied_rows));
    END IF;
END $$;
"""


def upgrade() -> None:
    schema = op.get_bind().scalar(text("SELECT quote_ident(current_schema())"))
    op.execute(NIGHTLY)
    op.execute(EMPTIED.format(schema=schema))


def downgrade() -> None:
    op.execute("DROP TABLE nightly; DROP FUNCTION empty_changes")

"""Which nightly jobs are done, and the one way to empty a change history without breaking its seal."""

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
# An erasure is a fact that other services tell of too, so each row about it says whose it was, as digests.
EMPTIED = """
CREATE FUNCTION empty_changes(wanted text, row_ids text[], people text[]) RETURNS void LANGUAGE plpgsql STRICT
SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    key text;
    is_there boolean;
    emptied_rows bigint;
BEGIN
    IF cardinality(people) = 0 THEN
        SELECT attname INTO key FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
         WHERE indrelid = quote_ident(wanted)::regclass AND indisprimary;
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I::text = ANY ($1))', wanted, key)
           INTO is_there USING row_ids;
        IF is_there THEN
            RAISE EXCEPTION 'a row that is there keeps its history';
        END IF;
    END IF;
    UPDATE audit SET emptied = audit_digest(audit), changes = '{{}}',
           row_id = CASE WHEN row_id = ANY (people) THEN '' ELSE row_id END,
           actor = CASE WHEN actor = ANY (people) THEN '' ELSE actor END
     WHERE table_name = wanted AND row_id = ANY (row_ids) AND emptied IS NULL AND verb <> 'empty';
    GET DIAGNOSTICS emptied_rows = ROW_COUNT;
    IF emptied_rows > 0 OR wanted = '' THEN
        INSERT INTO audit (actor, table_name, row_id, verb, changes)
        VALUES (coalesce(nullif(current_setting('jb.actor', true), ''), session_user), wanted, '', 'empty',
                jsonb_build_object('rows', emptied_rows, 'people', (
                    SELECT coalesce(jsonb_agg(digest ORDER BY digest), '[]')
                      FROM unnest(people) AS one, encode(sha256(convert_to(one, 'UTF8')), 'hex') AS digest)));
    END IF;
END $$;
"""


def upgrade() -> None:
    schema = op.get_bind().scalar(text("SELECT quote_ident(current_schema())"))
    op.execute(NIGHTLY)
    op.execute(EMPTIED.format(schema=schema))


def downgrade() -> None:
    op.execute("DROP TABLE nightly; DROP FUNCTION empty_changes")

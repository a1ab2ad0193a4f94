"""Who looked at whom; the seals over look-ups and changes, and neighbours' heads; ended access; counted attempts."""

from alembic import op
from sqlalchemy import text

revision = "shared_0002"
down_revision = "shared_0001"
branch_labels = None
depends_on = None

LOOKUP = """
CREATE SEQUENCE lookup_seq;
CREATE TABLE lookup (
    seq bigint PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    kind text NOT NULL,
    organisation text,
    purpose text NOT NULL,
    data text NOT NULL,
    how text NOT NULL CHECK (how IN ('read', 'list', 'search', 'change', 'reveal', 'export')),
    route text NOT NULL,
    subjects uuid[] NOT NULL,
    refused boolean NOT NULL,
    correlation_id text NOT NULL
);
ALTER SEQUENCE lookup_seq OWNED BY lookup.seq;
CREATE INDEX ix_lookup_subjects ON lookup USING gin (subjects);
CREATE INDEX ix_lookup_actor ON lookup (actor, seq);
CREATE INDEX ix_lookup_at ON lookup USING brin (at);
CREATE FUNCTION lookup_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = {schema}, pg_temp AS $$
BEGIN
    NEW.seq := nextval('lookup_seq');
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER number BEFORE INSERT ON lookup FOR EACH ROW EXECUTE FUNCTION lookup_row();
ALTER TABLE idempotency ADD COLUMN subjects uuid[];
"""
SEAL = """
CREATE TABLE seal (
    chain text NOT NULL CHECK (chain IN ('audit', 'lookup')),
    position bigint NOT NULL,
    last_seq bigint NOT NULL,
    sealed_at timestamptz NOT NULL,
    rows bytea,
    digest bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (chain, position)
);
COMMENT ON COLUMN seal.rows IS 'number and SHA-256 of each row, 8 and 32 bytes; empty when they are past their time';
CREATE TABLE sealing (
    chain text PRIMARY KEY,
    seen_seq bigint NOT NULL DEFAULT 0,
    writers text[] NOT NULL DEFAULT '{{}}'
);
COMMENT ON TABLE sealing IS 'rows up to seen_seq are all there once none of these transactions is under way';
INSERT INTO sealing (chain) VALUES ('audit'), ('lookup');
CREATE FUNCTION micros(moment timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE AS
    'SELECT (extract(epoch FROM moment) * 1000000)::bigint';
ALTER TABLE audit ADD COLUMN emptied bytea;
COMMENT ON COLUMN audit.emptied IS 'SHA-256 of the row as it was before a person in it was erased';
CREATE FUNCTION audit_digest(kept audit) RETURNS bytea LANGUAGE sql STABLE SET search_path = {schema}, pg_temp AS $$
    SELECT CASE WHEN kept.emptied IS NOT NULL AND kept.changes = '{{}}' THEN kept.emptied ELSE sha256(convert_to(
        jsonb_build_array(kept.seq, micros(kept.at), kept.actor, kept.table_name, kept.row_id, kept.verb,
                          kept.changes)::text, 'UTF8')) END
$$;
CREATE FUNCTION rows_after(
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
CREATE FUNCTION writers_of(wanted text) RETURNS text[] LANGUAGE sql VOLATILE SET search_path = {schema}, pg_temp AS $$
    SELECT coalesce(array_agg(virtualtransaction), '{{}}') FROM pg_locks
     WHERE locktype = 'relation' AND relation = wanted::regclass AND mode = 'RowExclusiveLock' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
$$;
CREATE FUNCTION seal_trail(most integer) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = {schema}, pg_temp AS $$
DECLARE
    state sealing;
    head seal;
    block record;
    newest bigint;
    now_is timestamptz;
    more boolean := false;
BEGIN
    FOR state IN SELECT * FROM sealing ORDER BY chain FOR UPDATE LOOP
        SELECT * INTO head FROM seal WHERE chain = state.chain ORDER BY position DESC LIMIT 1;
        CONTINUE WHEN state.writers && writers_of(state.chain);
        SELECT * INTO block FROM rows_after(state.chain, coalesce(head.last_seq, 0), state.seen_seq, most);
        IF block.newest IS NOT NULL THEN
            now_is := clock_timestamp();
            INSERT INTO seal VALUES (
                state.chain, coalesce(head.position, 0) + 1, block.newest, now_is, block.rows, sha256(block.rows),
                sha256(coalesce(head.hash, '') || int8send(coalesce(head.position, 0) + 1)
                       || int8send(block.newest) || int8send(micros(now_is)) || sha256(block.rows)));
            more := more OR block.newest < state.seen_seq;
            CONTINUE WHEN block.newest < state.seen_seq;
        END IF;
        SELECT greatest((SELECT max(seq) FROM audit WHERE state.chain = 'audit'),
                        (SELECT max(seq) FROM lookup WHERE state.chain = 'lookup')) INTO newest;
        IF newest > state.seen_seq THEN
            -- A row takes its number under this lock, so whoever may still bring a lower one holds it by now.
            UPDATE sealing SET seen_seq = newest, writers = writers_of(state.chain) WHERE chain = state.chain;
        END IF;
    END LOOP;
    RETURN more;
END $$;
CREATE FUNCTION forget_trail(wanted text, before timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = {schema}, pg_temp AS $$
DECLARE
    upto bigint;
    gone bigint;
BEGIN
    IF before > clock_timestamp() - interval '{least_months} months' THEN
        RAISE EXCEPTION 'the trail is kept for {least_months} months at least';
    END IF;
    SELECT max(last_seq) INTO upto FROM seal WHERE chain = wanted AND sealed_at < before;
    IF wanted = 'audit' THEN
        DELETE FROM audit WHERE seq <= upto;
    ELSE
        DELETE FROM lookup WHERE seq <= upto;
    END IF;
    GET DIAGNOSTICS gone = ROW_COUNT;
    UPDATE seal SET rows = NULL WHERE chain = wanted AND last_seq <= upto AND rows IS NOT NULL;
    RETURN gone;
END $$;
CREATE TABLE anchor (
    service text NOT NULL,
    chain text NOT NULL,
    position bigint NOT NULL,
    hash bytea NOT NULL,
    heard_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (service, chain, position, hash)
);
COMMENT ON TABLE anchor IS 'the heads of a neighbour''s chains as it told them, and our own as we told them';
"""
ACCESS = """
CREATE TABLE ended_access (
    id text PRIMARY KEY,
    ended_at timestamptz NOT NULL,
    forget_at timestamptz NOT NULL
);
CREATE INDEX ix_ended_access_forget_at ON ended_access (forget_at);
CREATE TABLE attempt (
    key text NOT NULL,
    window_start timestamptz NOT NULL,
    count integer NOT NULL,
    PRIMARY KEY (key, window_start)
);
CREATE INDEX ix_attempt_window_start ON attempt (window_start);
"""
# Copies are known by their citizen; without the second name their rows would say nobody.
ROW_ID = """
CREATE OR REPLACE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{{}}' ELSE to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{{}}' ELSE to_jsonb(NEW) END;
    whole jsonb := before || after;
    changed jsonb;
BEGIN
    SELECT coalesce(jsonb_object_agg(key, CASE
               WHEN key = ANY (TG_ARGV) THEN '"(not kept here)"'::jsonb
               ELSE jsonb_build_array(before -> key, after -> key) END), '{{}}')
      INTO changed
      FROM jsonb_object_keys(whole) AS key
     WHERE before -> key IS DISTINCT FROM after -> key;
    EXECUTE format('INSERT INTO %I.audit (actor, table_name, row_id, verb, changes) VALUES ($1, $2, $3, $4, $5)',
                   TG_TABLE_SCHEMA)
      USING coalesce(nullif(current_setting('jb.actor', true), ''), session_user),
            TG_TABLE_NAME, coalesce({row_id}, ''), lower(TG_OP), changed;
    RETURN NULL;
END $$;
"""
KNOWN_BY = "whole ->> 'id'"
LEAST_MONTHS = 12


def upgrade() -> None:
    schema = op.get_bind().scalar(text("SELECT quote_ident(current_schema())"))
    for part in (LOOKUP, SEAL, ACCESS):
        op.execute(part.format(schema=schema, least_months=LEAST_MONTHS))
    op.execute(ROW_ID.format(row_id=f"{KNOWN_BY}, whole ->> 'citizen_id'"))


def downgrade() -> None:
    op.execute(
        "DROP TABLE lookup, seal, sealing, anchor, ended_access, attempt;"
        "DROP FUNCTION lookup_row, rows_after, writers_of, seal_trail, forget_trail, audit_digest, micros;"
        "ALTER TABLE audit DROP COLUMN emptied;"
        "ALTER TABLE idempotency DROP COLUMN subjects"
    )
    op.execute(ROW_ID.format(row_id=KNOWN_BY))

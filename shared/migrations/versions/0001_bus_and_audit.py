"""What every service's schema holds: outbox, inbox, failed deliveries, beats, idempotency, audit."""

from alembic import op

revision = "shared_0001"
down_revision = None
branch_labels = ("shared",)
depends_on = None

OUTBOX = """
CREATE TABLE outbox (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL UNIQUE,
    type text NOT NULL,
    partition_key text NOT NULL,
    body text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at timestamptz
);
CREATE INDEX ix_outbox_unpublished ON outbox (seq) WHERE published_at IS NULL;
CREATE INDEX ix_outbox_recorded_at ON outbox USING brin (recorded_at);
CREATE FUNCTION outbox_wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(TG_TABLE_SCHEMA || '_outbox', '');
    RETURN NULL;
END $$;
CREATE TRIGGER wake AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_wake();
"""
INBOX = """
CREATE TABLE inbox (
    event_id uuid PRIMARY KEY,
    handled_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ix_inbox_handled_at ON inbox USING brin (handled_at);
CREATE TABLE failed_delivery (
    event_id uuid PRIMARY KEY,
    listener text NOT NULL,
    type text NOT NULL,
    subject text NOT NULL,
    body bytea NOT NULL,
    error text NOT NULL,
    tries integer NOT NULL,
    first_failed_at timestamptz NOT NULL,
    last_failed_at timestamptz NOT NULL,
    next_try_at timestamptz
);
COMMENT ON COLUMN failed_delivery.next_try_at IS 'empty: dead, until somebody revives it';
CREATE INDEX ix_failed_delivery_next_try_at ON failed_delivery (next_try_at);
CREATE TABLE started_delivery (
    event_id uuid PRIMARY KEY,
    starts integer NOT NULL
);
COMMENT ON TABLE started_delivery IS 'redelivered events, counted before they are handled: who kills the worker?';
CREATE TABLE worker_beat (
    worker_index integer PRIMARY KEY,
    at timestamptz NOT NULL,
    progressed_at timestamptz NOT NULL,
    broker_connected boolean NOT NULL
);
COMMENT ON COLUMN worker_beat.progressed_at IS 'a batch was finished, or nothing waited; a crash loop beats without it';
"""
IDEMPOTENCY = """
CREATE TABLE idempotency (
    key text PRIMARY KEY,
    body_hash text,
    status integer,
    answer text,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ix_idempotency_made_at ON idempotency (made_at);
"""
AUDIT = """
CREATE TABLE audit (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL,
    table_name text NOT NULL,
    row_id text NOT NULL,
    verb text NOT NULL,
    changes jsonb NOT NULL
);
CREATE INDEX ix_audit_row ON audit (table_name, row_id);
CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    changed jsonb;
BEGIN
    SELECT coalesce(jsonb_object_agg(key, CASE
               WHEN key = ANY (TG_ARGV) THEN '"(not kept here)"'::jsonb
               ELSE jsonb_build_array(before -> key, after -> key) END), '{}')
      INTO changed
      FROM jsonb_object_keys(before || after) AS key
     WHERE before -> key IS DISTINCT FROM after -> key;
    EXECUTE format('INSERT INTO %I.audit (actor, table_name, row_id, verb, changes) VALUES ($1, $2, $3, $4, $5)',
                   TG_TABLE_SCHEMA)
      USING coalesce(nullif(current_setting('jb.actor', true), ''), session_user),
            TG_TABLE_NAME, coalesce(after ->> 'id', before ->> 'id', ''), lower(TG_OP), changed;
    RETURN NULL;
END $$;
"""


def upgrade() -> None:
    for part in (OUTBOX, INBOX, IDEMPOTENCY, AUDIT):
        op.execute(part)


def downgrade() -> None:
    op.execute(
        "DROP TABLE outbox, inbox, failed_delivery, started_delivery, worker_beat, idempotency, audit;"
        "DROP FUNCTION outbox_wake, audit_row"
    )

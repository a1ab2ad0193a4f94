"""What ops sees and steers by: how far a listener is behind, when jobs ran, what became of dead letters, replays."""

from alembic import op

from shared import audit

revision = "shared_0006"
down_revision = "shared_0005"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE worker_beat ADD COLUMN waiting integer, ADD COLUMN oldest_seconds real;
COMMENT ON COLUMN worker_beat.waiting IS 'events told to this listener and not handled; empty: the broker did not say';
CREATE TABLE job_run (
    job text PRIMARY KEY,
    every_seconds real NOT NULL,
    ran_at timestamptz NOT NULL,
    failed_at timestamptz,
    error text
);
COMMENT ON COLUMN job_run.ran_at IS 'when it last ended well, or when its worker began';
ALTER TABLE failed_delivery ADD COLUMN settled text CHECK (settled IN ('handled', 'discarded'));
COMMENT ON COLUMN failed_delivery.settled IS 'what ops said of a dead one; empty: nobody has looked yet';
CREATE TABLE dead_decision (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL,
    decision text NOT NULL CHECK (decision IN ('again', 'handled', 'discarded', 'reopened')),
    reason_code text NOT NULL,
    decided_by text NOT NULL,
    by_name text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX ix_dead_decision_event_id ON dead_decision (event_id, at);
CREATE INDEX ix_dead_decision_at ON dead_decision (at);
CREATE TABLE replay_order (
    id uuid PRIMARY KEY,
    listener text NOT NULL,
    since timestamptz NOT NULL,
    until_seq bigint NOT NULL,
    at_seq bigint NOT NULL DEFAULT 0,
    told integer NOT NULL DEFAULT 0,
    ordered_by text NOT NULL,
    by_name text NOT NULL,
    ordered_at timestamptz NOT NULL,
    ended_at timestamptz,
    stopped_by text
);
CREATE INDEX ix_replay_order_ordered_at ON replay_order (ordered_at);
"""


def upgrade() -> None:
    op.execute(TABLES)
    audit.attach("dead_decision", never=("by_name",))
    audit.attach("replay_order", never=("by_name",), verbs="INSERT OR UPDATE OF stopped_by")


def downgrade() -> None:
    op.execute(
        "DROP TABLE dead_decision, replay_order, job_run;"
        "ALTER TABLE failed_delivery DROP COLUMN settled;"
        "ALTER TABLE worker_beat DROP COLUMN waiting, DROP COLUMN oldest_seconds"
    )

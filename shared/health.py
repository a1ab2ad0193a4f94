"""`/livez`: the process answers. `/readyz`: the service does its work, its worker included. No person's data."""

from functools import cache
from pathlib import Path
from typing import Any

import orjson
from alembic.script import ScriptDirectory
from alembic.util import to_tuple
from flask import Flask, Response, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shared.database import Database
from shared.lookups import NOBODY

MOST_BEAT_SECONDS = 15.0
MOST_OUTBOX_SECONDS = 20.0
MOST_PROGRESS_SECONDS = 25.0
ROOT = Path(__file__).resolve().parent.parent
_STATE = text("""
    SELECT (SELECT extract(epoch FROM clock_timestamp() - max(at)) FROM worker_beat) AS beat,
           (SELECT extract(epoch FROM clock_timestamp() - min(progressed_at)) FROM worker_beat
             WHERE at > clock_timestamp() - interval '1 minute') AS progress,
           (SELECT bool_or(broker_connected) FROM worker_beat
             WHERE at > clock_timestamp() - interval '15 seconds') AS broker,
           (SELECT extract(epoch FROM clock_timestamp() - min(recorded_at)) FROM outbox
             WHERE published_at IS NULL) AS oldest,
           (SELECT count(*) FROM (SELECT FROM outbox WHERE published_at IS NULL LIMIT 10000) AS waiting) AS backlog,
           (SELECT count(*) FROM failed_delivery WHERE next_try_at IS NULL AND settled IS NULL) AS dead,
           (SELECT sum(waiting) FROM worker_beat WHERE at > clock_timestamp() - interval '15 seconds') AS waiting,
           (SELECT max(oldest_seconds) FROM worker_beat
             WHERE at > clock_timestamp() - interval '15 seconds') AS behind,
           (SELECT array_agg(version_num ORDER BY version_num) FROM alembic_version) AS versions
""")


@cache
def _revisions(service: str) -> tuple[list[str], frozenset[str]]:
    """The newest revisions and all that this code knows; Alembic does not list those that another one depends on."""
    folders = [ROOT / "shared/migrations/versions", ROOT / f"services/{service}/migrations"]
    script = ScriptDirectory(str(ROOT / "shared/migrations"), version_locations=[str(f) for f in folders])
    every = list(script.walk_revisions())
    implied = {name for revision in every for name in to_tuple(revision.dependencies, default=())}
    return sorted(set(script.get_heads()) - implied), frozenset(revision.revision for revision in every)


def expected_versions(service: str) -> list[str]:
    """The newest revisions."""
    return _revisions(service)[0]


def migrated(service: str, versions: list[str] | None) -> bool:
    """Whether these tables do for this code: its own newest, or newer than it knows.

    In an upgrade the tables go first, and the code from before works on until it is replaced.
    """
    newest, known = _revisions(service)
    if versions is None:
        return False
    newer = any(version not in known for version in versions)
    return versions == newest or (newer and all(version in newest or version not in known for version in versions))


def state(database: Database) -> dict[str, Any]:
    """What `/readyz` tells: each check with true or false, and the figures behind them (seconds, counts)."""
    try:
        with database.begin(actor="health") as session:
            row = session.execute(_STATE).one()
    except SQLAlchemyError:
        return {"ready": False, "checks": {"database": False}}
    checks = {
        "database": True,
        "migrations": migrated(database.settings.service, row.versions),
        "worker": row.beat is not None and float(row.beat) < MOST_BEAT_SECONDS,
        "progress": row.progress is not None and float(row.progress) < MOST_PROGRESS_SECONDS,
        "broker": bool(row.broker),
        "outbox": row.oldest is None or float(row.oldest) < MOST_OUTBOX_SECONDS,
    }
    return {
        "ready": all(checks.values()),
        "checks": checks,
        "versions": row.versions,
        "worker_beat_seconds": row.beat and round(float(row.beat), 1),
        "outbox_oldest_seconds": row.oldest and round(float(row.oldest), 1),
        "outbox_backlog": row.backlog,
        "inbox_waiting": row.waiting,
        "inbox_oldest_seconds": row.behind and round(float(row.behind), 1),
        "dead_letters": row.dead,
    }


def register(app: Flask) -> None:
    """Both addresses, without sign-in."""

    def livez() -> Response:
        return Response(b'{"alive":true}', content_type="application/json")

    def readyz() -> Response:
        found = state(current_app.extensions["database"])
        return Response(orjson.dumps(found), 200 if found["ready"] else 503, content_type="application/json")

    for rule, view in (("/livez", livez), ("/readyz", readyz)):
        view.allowed_roles, view.about = "public", NOBODY  # type: ignore[attr-defined]
        app.add_url_rule(rule, view_func=view)

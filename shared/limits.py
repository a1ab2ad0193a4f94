"""Limits that hold over every process of a service: tries are counted in its database, in a sliding window.

Two fixed windows are kept per name, and the earlier one counts by the part of it that is still inside: nobody gets
twice as much by waiting for the boundary. A refused try is not counted, so who waits as told gets through.
"""

import logging
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import TextClause, text

from shared import clock
from shared.crypto import keyed_hash
from shared.database import Database
from shared.errors import TooMany
from shared.policy import Row

log = logging.getLogger(__name__)
_COUNT = text("""
    WITH earlier AS (
        SELECT coalesce((SELECT count FROM attempt WHERE key = :key AND window_start = :earlier), 0)
               * cast(:weight AS double precision) AS spent
    ), counted AS (
        INSERT INTO attempt AS now (key, window_start, count)
        SELECT :key, :start, 1 FROM earlier WHERE spent + 1 <= :most
        ON CONFLICT (key, window_start) DO UPDATE SET count = now.count + 1
        WHERE now.count + 1 + (SELECT spent FROM earlier) <= :most
        RETURNING 1
    )
    SELECT EXISTS (SELECT FROM counted) AS allowed, set_config('synchronous_commit', 'off', true)
""")
_LOOK = text("""
    SELECT coalesce(sum(CASE WHEN window_start = :start THEN count ELSE count * cast(:weight AS double precision) END),
                    0) + 1 <= :most AS allowed
    FROM attempt WHERE key = :key AND window_start IN (:start, :earlier)
""")


@dataclass(frozen=True)
class Limit:
    """At most `most` in any `seconds`."""

    name: str
    most: int
    seconds: int

    @classmethod
    def of(cls, row: Row) -> "Limit":
        """The limit that a policy row sets: its value is how many, and in how many seconds."""
        most, seconds = row.value
        return cls(row.name, most, seconds)


def hit(database: Database, limit: Limit, who: str) -> None:
    """Count one try, whatever becomes of the caller's transaction; raises TooMany when there were enough.

    `who` is kept as a keyed hash: it may be an address.
    """
    _ask(database, _COUNT, limit, who)


def require_room(database: Database, limit: Limit, who: str) -> None:
    """As `hit`, without counting: for what counts only when it fails."""
    _ask(database, _LOOK, limit, who)


def has_room(database: Database, limit: Limit, who: str) -> bool:
    """True where `hit` would not raise."""
    return _allowed(database, _LOOK, limit, who)


def _allowed(database: Database, statement: TextClause, limit: Limit, who: str) -> bool:
    now = clock.now()
    start = datetime.fromtimestamp(now.timestamp() // limit.seconds * limit.seconds, UTC)
    asked = {
        "key": keyed_hash(database.settings.seal_private_keys, f"{limit.name}\n{who}".encode()),
        "start": start,
        "earlier": start - timedelta(seconds=limit.seconds),
        "weight": 1 - (now - start).total_seconds() / limit.seconds,
        "most": limit.most,
    }
    return bool(database.alone(statement, asked).allowed)


def _ask(database: Database, statement: TextClause, limit: Limit, who: str) -> None:
    if not _allowed(database, statement, limit, who):
        log.warning("limit reached: %s", limit.name)
        inside = clock.now().timestamp() % limit.seconds
        # By then this window is the earlier one, and one try's worth of it has slid out.
        raise TooMany(math.ceil(limit.seconds - inside + limit.seconds / limit.most), policy=limit.name)

"""Who else is at work for this service: every worker sits on a seat, which is a lock that the database keeps.

Nobody is told how many there are or which it is: a worker more takes the next free seat, and the server frees the seat
of one that is gone. One of them alone leads: it tells what the outbox holds, since two that tell at once could tell a
citizen's second event before the first.
"""

import zlib
from typing import Any

import psycopg

# A worker that stands still longer than this has lost its seat; one that is well looks every two seconds.
STILL = "30s"
LEASE = f"-c idle_session_timeout={STILL}"
# And its rows of the outbox with it: whoever leads next waits for them.
HOLD = f"-c idle_in_transaction_session_timeout={STILL}"
SEATS = 256
_SIT = """
    SELECT seat FROM generate_series(1, %s) AS seat WHERE pg_try_advisory_lock(%s, seat) LIMIT 1
"""
_SEATS = """
    SELECT objid::integer FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND classid = %s AND objsubid = 2 AND objid > 0
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY objid
"""
_LEAD = "SELECT pg_try_advisory_lock(%s, 0)"


class Crew:
    """One worker's seat among its service's workers, for as long as the connection lives."""

    def __init__(self, connection: psycopg.Connection[Any], service: str) -> None:
        self._connection = connection
        self._room = zlib.crc32(f"jobbutik worker {service}".encode()) & 0x7FFFFFFF
        self._seat = self._ask(_SIT, SEATS, self._room)[0][0]
        self.leads = False
        self.rank, self.size = self.look()

    @property
    def index(self) -> int:
        """The seat, counted from 0."""
        return int(self._seat) - 1

    def look(self) -> tuple[int, int]:
        """Which of how many this one is now, counted from 0."""
        taken = [row[0] for row in self._ask(_SEATS, self._room)]
        self.rank, self.size = taken.index(self._seat), len(taken)
        return self.rank, self.size

    def try_to_lead(self) -> bool:
        """True while this one leads; asks for the lead where nobody has it."""
        self.leads = self.leads or bool(self._ask(_LEAD, self._room)[0][0])
        return self.leads

    def _ask(self, query: str, *values: object) -> list[Any]:
        return self._connection.execute(query.encode(), values).fetchall()

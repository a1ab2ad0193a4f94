"""The books after a fault: each accepted write once in its owner's tables, and once in whatever follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import psycopg

from faults.traffic import Saved
from shared.envelope import wire_type
from shared.events import SERVICES, heard_by

TELLERS = {listener: {event.kind.split(".", 1)[0] for event in heard_by(listener)} for listener in SERVICES}


class Check(NamedTuple):
    """Of each saved write of a kind there is one row where `column` is its `by` (id or only)."""

    kind: str
    by: str
    table: str
    column: str
    where: str = "true"


CHECKS = (
    Check("first_contact", "id", "intake.first_contact", "id"),
    Check("first_contact", "only", "intake.first_contact", "citizen_id"),
    Check("first_contact", "only", "intake.citizen", "id"),
    Check("first_contact", "only", "matching.citizen_copy", "citizen_id"),
    Check("first_contact", "only", "followup.citizen", "id"),
    Check("first_contact", "only", "notifications.address", "id"),
    Check("visitation", "only", "intake.visitation", "citizen_id"),
    Check("visitation", "only", "notifications.message", "recipient_id", "t.template = 'visitation_booked'"),
    Check("outcome", "only", "matching.wishes_copy", "citizen_id"),
    Check("outcome", "only", "matching.readiness_copy", "citizen_id"),
    Check("company", "id", "matching.company", "id"),
    Check("company", "only", "matching.company", "cvr"),
    Check("company", "id", "followup.company", "id"),
    Check("company", "id", "notifications.address", "id"),
    Check("workplace", "only", "matching.workplace", "p_number"),
    Check("need", "only", "matching.need", "company_id"),
    Check("match", "only", "matching.match", "need_id"),
    Check("match", "id", "notifications.message", "cause_id", "t.template = 'match_proposed'"),
    Check("consent", "id", "notifications.message", "cause_id", "t.template = 'match_consented'"),
    Check("placement", "only", "matching.placement", "match_id"),
    Check("statement", "id", "matching.statement", "placement_id", "t.party = s.sole AND t.at IS NOT NULL"),
    Check("agreed", "id", "followup.placement", "id"),
    Check("agreed", "id", "notifications.message", "cause_id",
          "t.template = 'placement_agreed' AND t.recipient_kind = 'citizen'"),
    Check("agreed", "id", "notifications.message", "cause_id",
          "t.template = 'placement_agreed' AND t.recipient_kind = 'company'"),
)  # fmt: skip
WORDS = ("cvr", "p_number")
BY = {"id": "id", "only": "sole"}  # a word of SQL's own cannot be a column
LAST = dict.fromkeys(SERVICES, 2**62)
# The same thing done twice, whoever began it.
TWICE = {
    "messages": "SELECT cause_event, template, recipient_id, round, data FROM notifications.message"
    " GROUP BY 1, 2, 3, 4, 5",
    "talks": "SELECT placement_id, kind, due_on, form FROM followup.contact WHERE withdrawn_at IS NULL"
    " GROUP BY 1, 2, 3, 4",
}


@dataclass
class Found:
    """What the books say; lists of words, empty where all is well."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    dead: int = 0
    events: int = 0


def numbers(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """How far each teller's log has come."""
    return {one: _value(connection, f"SELECT coalesce(max(seq), 0) FROM {one}.outbox") for one in SERVICES}


def behind(connection: psycopg.Connection[Any], since: dict[str, int], through: dict[str, int] | None = None) -> float:
    """Age in seconds of the oldest event told since these numbers that a listener has not handled; 0 for none.

    What was put aside until its next try is not handled; what was given up is, and counts as dead.
    `through` are numbers after which what is told does not count.
    """
    parts, values = [], dict[str, Any]()
    for listener in SERVICES:
        values[f"kinds_{listener}"] = [wire_type(event) for event in heard_by(listener)]
        for teller in sorted(TELLERS[listener]):
            values |= {f"since_{teller}": since[teller], f"through_{teller}": (through or LAST)[teller]}
            parts.append(_BEHIND.format(teller=teller, listener=listener))
    union = " UNION ALL ".join(parts)
    found = connection.execute(f"SELECT max(age) FROM ({union}) AS waiting".encode(), values).fetchone()
    return float(found[0] or 0) if found else 0.0


_BEHIND = """
    SELECT extract(epoch FROM clock_timestamp() - min(o.recorded_at)) AS age FROM {teller}.outbox o
    WHERE o.seq > %(since_{teller})s AND o.seq <= %(through_{teller})s AND o.type = ANY(%(kinds_{listener})s)
      AND NOT EXISTS (SELECT FROM {listener}.inbox i WHERE i.event_id = o.event_id)
      AND NOT EXISTS (SELECT FROM {listener}.failed_delivery d WHERE d.event_id = o.event_id AND d.next_try_at IS NULL)
"""


def reconciled(connection: psycopg.Connection[Any], saved: Sequence[Saved], since: dict[str, int]) -> Found:
    """Everything saved against every table; call it when nothing is behind."""
    found = Found()
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS saved (kind text, id text, sole text)")
    connection.execute("TRUNCATE saved")
    with connection.cursor().copy("COPY saved FROM STDIN") as copy:
        for one in saved:
            copy.write_row((one.kind, one.id, one.only))
    for check in CHECKS:
        _hold(connection, check, found)
    for what, query in TWICE.items():
        twice = _value(connection, f"SELECT count(*) FROM ({query} HAVING count(*) > 1) AS twice")
        found.doubled += [f"{what}: the same one again"] * twice
    for service in SERVICES:
        left = f"{service}.outbox WHERE published_at IS NULL AND recorded_at < now() - interval '20 s'"
        left_over = _value(connection, f"SELECT count(*) FROM {left}")
        found.lost += [f"{service}: an event nobody was told of"] * left_over
        told = f"SELECT count(*) FROM {service}.outbox WHERE seq > {since[service]}"
        found.events += _value(connection, told)
    found.dead = dead(connection)
    return found


def dead(connection: psycopg.Connection[Any]) -> int:
    """Deliveries that were put aside by now and that nobody has settled."""
    unsettled = "SELECT count(*) FROM {}.failed_delivery WHERE settled IS NULL"
    return sum(_value(connection, unsettled.format(service)) for service in SERVICES)


def _hold(connection: psycopg.Connection[Any], check: Check, found: Found) -> None:
    by = f"s.{BY[check.by]}" if check.column in WORDS else f"s.{BY[check.by]}::uuid"
    held = f"SELECT count(*) FROM {check.table} t WHERE t.{check.column} = {by} AND {check.where}"
    query = f"SELECT s.{BY[check.by]}, ({held}) AS rows FROM saved s WHERE s.kind = '{check.kind}'"
    for own_id, rows in connection.execute(f"SELECT * FROM ({query}) AS held WHERE rows <> 1".encode()):
        where = f"{check.kind} {own_id}: {rows} in {check.table} ({check.where})"
        (found.doubled if rows else found.lost).append(where)


def _value(connection: psycopg.Connection[Any], query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    return int(row[0]) if row else 0

"""`python -m shared.ops`: what an operator types. Runs with one service's environment.

dead                                  what no handler could take, with its reason
revive [--event ID]                   let the dead be tried again (all, or one)
replay [--listener S] --since TIME    send this service's log since TIME to one listener again, or all: no mail goes out
forget --since TIME                   before a replay: let this service handle again what it has handled since TIME
settle                                after a restore, before the worker runs: what was under way stays in the house
anchor                                tell the neighbour now where the seals over this service's trail stand
docs [--check]                        make docs/events.md and docs/asyncapi.json, or fail if they are not current
"""

import argparse
import sys
from datetime import datetime
from typing import Any

import psycopg

from shared import broker, catalogue, clock, config, envelope, outbox, restored, seals
from shared.config import Settings
from shared.database import CONNECT, Database
from shared.events import SERVICES, heard_by

_DEAD = """
    SELECT event_id, type, subject, error, tries, first_failed_at, last_failed_at
    FROM failed_delivery WHERE next_try_at IS NULL AND settled IS NULL ORDER BY last_failed_at
"""
_REVIVE = """
    UPDATE failed_delivery SET next_try_at = clock_timestamp(), tries = 0
    WHERE next_try_at IS NULL AND settled IS NULL AND (%(event)s::uuid IS NULL OR event_id = %(event)s)
"""


def dead(connection: psycopg.Connection[Any], settings: Settings) -> str:
    """One line per dead event: when, which, for whom, how often tried, why. Never its content."""
    rows = connection.execute(_DEAD).fetchall()
    lines = [
        f"{last:%Y-%m-%d %H:%M:%S}  {event_id}  {kind or 'unreadable'}  tries {tries}  since {first:%H:%M:%S}  {error}"
        for event_id, kind, _subject, error, tries, first, last in rows
    ]
    return "\n".join([f"{settings.service}: {len(rows)} dead", *lines])


def revive(connection: psycopg.Connection[Any], settings: Settings, event: str | None) -> str:
    """The worker tries them again at its next look, with fresh pauses."""
    count = connection.execute(_REVIVE, {"event": event}).rowcount
    return f"{settings.service}: {count} revived"


def replay(connection: psycopg.Connection[Any], settings: Settings, listener: str, since: datetime) -> str:
    """Published events since a moment, in their order, straight to one listener's queue, marked as replayed."""
    types = [envelope.wire_type(event) for event in heard_by(listener)]
    rows = outbox.published_since(connection, since, types)
    with broker.blocking_channel(settings.amqp_url) as channel:
        for row in rows:
            body = envelope.mark_replayed(row.body.encode())
            broker.send_to(channel, listener, row.type, row.partition_key, body)
    return f"{settings.service}: {len(rows)} events told to {listener} again"


def forget(connection: psycopg.Connection[Any], settings: Settings, since: datetime) -> str:
    """Without this a replayed event that was handled before has no effect, which is what one wants after a restore."""
    count = connection.execute("DELETE FROM inbox WHERE handled_at >= %s", (since,)).rowcount
    return f"{settings.service}: {count} handled events forgotten"


def anchor(settings: Settings) -> str:
    """What the neighbour keeps of the trail from now on."""
    database = Database(settings)
    try:
        with database.begin(actor="operator") as session:
            return f"{settings.service}: {seals.anchor(session)}"
    finally:
        database.close()


def docs(*, check: bool) -> str:
    """Write the generated documents, or name those that differ from the catalogue (exit 1)."""
    stale = []
    for path, content in catalogue.pages().items():
        if check and (not path.exists() or path.read_text(encoding="utf-8") != content):
            stale.append(path.name)
        if not check:
            path.write_text(content, encoding="utf-8")
    if stale:
        raise SystemExit(f"not current: {', '.join(stale)}; run `python -m shared.ops docs`")
    return "generated documents are current"


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.DENMARK)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m shared.ops", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("dead")
    commands.add_parser("anchor")
    commands.add_parser("settle")
    commands.add_parser("revive").add_argument("--event")
    for name in ("replay", "forget"):
        command = commands.add_parser(name)
        command.add_argument("--since", type=_moment, required=True, help="ISO 8601; Danish time without an offset")
        if name == "replay":
            command.add_argument("--listener", choices=SERVICES)
    commands.add_parser("docs").add_argument("--check", action="store_true")
    return parser.parse_args()


def main() -> None:
    given = _arguments()
    if given.command == "docs":
        sys.stdout.write(docs(check=given.check) + "\n")
        return
    settings = config.read()
    if given.command in ("anchor", "settle"):
        sys.stdout.write((anchor if given.command == "anchor" else restored.settle)(settings) + "\n")
        return
    with psycopg.connect(settings.database_url, **CONNECT) as connection:
        match given.command:
            case "dead":
                said = dead(connection, settings)
            case "revive":
                said = revive(connection, settings, given.event)
            case "forget":
                said = forget(connection, settings, given.since)
            case _:
                listeners = [given.listener] if given.listener else SERVICES
                said = "\n".join(replay(connection, settings, one, given.since) for one in listeners)
    sys.stdout.write(said + "\n")


if __name__ == "__main__":
    main()

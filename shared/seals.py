"""Seals over who looked and what was changed, and their heads kept at a neighbour's.

A row is not chained as it is written: the chain would be a lock that every transaction holds until its commit. The
worker seals what is there in blocks, each bound to the one before, and tells the newest to the next service in a
ring. Who rewrites rows must rewrite every later block, and then the neighbour's copy says something else. The
database's function decides what may be sealed (shared/migrations); `python -m shared.audit verify` checks it all.
"""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.config import Settings
from shared.envelope import Received
from shared.events import (
    FOLLOWUP,
    INTAKE,
    MATCHING,
    NOTIFICATIONS,
    Event,
    FollowUpTrailAnchored,
    IntakeTrailAnchored,
    MatchingTrailAnchored,
    NotificationsTrailAnchored,
)
from shared.outbox import record

log = logging.getLogger(__name__)
ROWS_AT_ONCE = 5000
CHAINS = ("audit", "lookup")
ANCHORED: dict[str, type[Event]] = {
    INTAKE: IntakeTrailAnchored,
    MATCHING: MatchingTrailAnchored,
    FOLLOWUP: FollowUpTrailAnchored,
    NOTIFICATIONS: NotificationsTrailAnchored,
}
_HEADS = text("SELECT DISTINCT ON (chain) chain, position, hash FROM seal ORDER BY chain, position DESC")
_TOLD = text("""
    SELECT chain, max(position) AS position, max(heard_at) > clock_timestamp() - interval '10 minutes' AS lately
    FROM anchor WHERE service = :service GROUP BY chain
""")
_KEEP = text(
    "INSERT INTO anchor (service, chain, position, hash) VALUES (:service, :chain, :position, :hash) "
    "ON CONFLICT DO NOTHING"
)


def seal_trail(session: Session) -> bool:
    """Seal what has come to rest; True while there is more. What is written now is sealed two turns later."""
    return bool(session.scalar(text("SELECT seal_trail(:most)"), {"most": ROWS_AT_ONCE}))


def tell_heads(session: Session) -> None:
    """Tell the neighbour where the chains stand, where they moved and ten minutes have passed."""
    service = session.info["settings"].service
    told = {row.chain: row for row in session.execute(_TOLD, {"service": service})}
    heads = session.execute(_HEADS).all()
    moved = any(head.chain not in told or head.position > told[head.chain].position for head in heads)
    if moved and not any(row.lately for row in told.values()):
        anchor(session)


def anchor(session: Session) -> str:
    """Tell the neighbour where the chains stand now, and say so in the log, which is kept elsewhere too."""
    settings: Settings = session.info["settings"]
    heads = {head.chain: (head.position, bytes(head.hash)) for head in session.execute(_HEADS)}
    told: dict[str, Any] = {"trail_id": uuid5(NAMESPACE_URL, f"/jobbutik/{settings.service}/trail")}
    for chain in CHAINS:
        position, head = heads.get(chain, (0, b""))
        told |= {f"{chain}_position": position, f"{chain}_hash": head.hex()}
        _keep(session, settings.service, chain, position, head)
    event = ANCHORED[settings.service](**told)
    record(session, event, max(1, told["audit_position"] + told["lookup_position"]))
    said = ", ".join(f"{chain} {told[f'{chain}_position']} {told[f'{chain}_hash'][:16]}" for chain in CHAINS)
    log.info("trail of %s: %s", settings.service, said)
    return said


def on_anchored(session: Session, batch: Sequence[Received[Any]]) -> None:
    """A neighbour's chains stand here; a second, other head for the same place stays beside the first."""
    for received in batch:
        service = received.event.kind.split(".", 1)[0]
        for chain in CHAINS:
            head = bytes.fromhex(getattr(received.event, f"{chain}_hash"))
            _keep(session, service, chain, getattr(received.event, f"{chain}_position"), head)


def _keep(session: Session, service: str, chain: str, position: int, head: bytes) -> None:
    if position:
        session.execute(_KEEP, {"service": service, "chain": chain, "position": position, "hash": head})

"""Matching's own copy of the candidates, as intake tells it. In any order, and twice: the newest version stands."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.matching.models import CitizenCopy, ReadinessCopy, WishesCopy
from shared.envelope import Received
from shared.events import CitizenChannelsChanged, CitizenRegistered, JobWishesRecorded, ReadinessAssessed
from shared.inbox import keep_newest


def keep_citizens(session: Session, batch: Sequence[Received[CitizenRegistered | CitizenChannelsChanged]]) -> None:
    """Where they live; one statement for the whole batch."""
    rows = [
        {
            "citizen_id": received.event.citizen_id,
            "version": received.version,
            "protected": received.event.protected,
            "postal_code": received.event.postal_code,
        }
        for received in batch
    ]
    keep_newest(session, CitizenCopy, rows)


def keep_readiness(session: Session, batch: Sequence[Received[ReadinessAssessed]]) -> None:
    """What was decided in a visitation, and when."""
    rows = [
        {
            "citizen_id": received.event.citizen_id,
            "visitation_id": received.event.visitation_id,
            "version": received.version,
            "category": received.event.category,
            "assessed_at": received.time,
        }
        for received in batch
    ]
    keep_newest(session, ReadinessCopy, rows)


def keep_wishes(session: Session, batch: Sequence[Received[JobWishesRecorded]]) -> None:
    """What they can and want; a withdrawn consent comes this way too."""
    rows = [
        {
            "citizen_id": received.event.citizen_id,
            "version": received.version,
            "occupations": list(received.event.occupations),
            "forms": list(received.event.forms),
            "weekly_hours_min": received.event.weekly_hours_min,
            "weekly_hours_max": received.event.weekly_hours_max,
            "availability": list(received.event.availability),
            "postal_code": received.event.postal_code,
            "travel_km_max": received.event.travel_km_max,
            "licences": list(received.event.licences),
            "needs": list(received.event.needs),
            "mentor_wanted": received.event.mentor_wanted,
            "consent_to_matching": received.event.consent_to_matching,
        }
        for received in batch
    ]
    keep_newest(session, WishesCopy, rows)

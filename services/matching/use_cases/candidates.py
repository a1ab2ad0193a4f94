"""Matching's own copy of the candidates, as intake tells it. In any order, and twice: the newest version stands."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.matching.models import CitizenCopy, ReadinessCopy, WishesCopy
from services.matching.rules.week import read_week
from services.matching.use_cases import forum, jobbank, knowledge, profiles
from shared.envelope import Received
from shared.errors import Invalid, Reject
from shared.events import CitizenChannelsChanged, CitizenRegistered, JobWishesRecorded, ReadinessAssessed
from shared.events.codes import EMPLOYMENT_FORMS, LICENCES, NEEDS
from shared.inbox import keep_newest


def keep_citizens(session: Session, batch: Sequence[Received[CitizenRegistered | CitizenChannelsChanged]]) -> None:
    """Who they are and where they live; one statement for the whole batch."""
    rows = [
        {
            "citizen_id": received.event.citizen_id,
            "version": received.version,
            "protected": received.event.protected,
            "postal_code": received.event.postal_code,
            "name": None if received.event.protected else received.event.name,
        }
        for received in batch
    ]
    keep_newest(session, CitizenCopy, rows)


def keep_readiness(session: Session, batch: Sequence[Received[ReadinessAssessed]]) -> None:
    """The category that was decided."""
    rows = [
        {
            "citizen_id": received.event.citizen_id,
            "version": received.version,
            "category": received.event.category,
        }
        for received in batch
    ]
    keep_newest(session, ReadinessCopy, rows)


def keep_wishes(session: Session, batch: Sequence[Received[JobWishesRecorded]]) -> None:
    """What they can and want; a withdrawn consent comes this way too, and leaves nothing in codes behind.

    Raises Reject where a list for a need could not read it: one citizen's row would fail the list of all.
    """
    keep_newest(session, WishesCopy, [_wishes(received) for received in batch])
    withdrawn = [received.event.citizen_id for received in batch if not received.event.consent_to_matching]
    if withdrawn:
        knowledge.forget_withdrawn(session, withdrawn)
        profiles.forget_withdrawn(session, withdrawn)
        jobbank.forget_withdrawn(session, withdrawn)
        forum.forget_withdrawn(session, withdrawn)


def _wishes(received: Received[JobWishesRecorded]) -> dict[str, Any]:
    told = received.event
    lists = ("occupations", "forms", "availability", "licences", "needs")
    if told.consent_to_matching:
        _require_readable(told)
    return {
        "citizen_id": told.citizen_id,
        "version": received.version,
        **{name: list(getattr(told, name)) if told.consent_to_matching else [] for name in lists},
        "weekly_hours_min": told.weekly_hours_min,
        "weekly_hours_max": told.weekly_hours_max,
        "postal_code": told.postal_code,
        "travel_km_max": told.travel_km_max,
        "mentor_wanted": told.mentor_wanted,
        "consent_to_matching": told.consent_to_matching,
    }


def _require_readable(told: JobWishesRecorded) -> None:
    """The reasons quote nothing: an unknown code may be a diagnosis."""
    known = {"forms": EMPLOYMENT_FORMS, "licences": LICENCES, "needs": NEEDS}
    for name, codes in known.items():
        if not codes.keys() >= set(getattr(told, name)):
            raise Reject(f"{name}: a code that is not on the list")
    try:
        read_week(told.availability)
    except Invalid:
        raise Reject("availability: a window that cannot be read, or ends before it starts") from None

"""What follow-up tells of absence and what follows from it: facts and dates, never a ground or an answer."""

from datetime import date
from uuid import UUID

from shared.events.base import Event, named


@named("followup.absence.registered.v1", subject="absence_id", partition="citizen_id", level="P3")
class AbsenceRegistered(Event):
    """Somebody did not come to a talk or to their placement."""

    absence_id: UUID
    citizen_id: UUID
    absence_kind: str
    on: date


@named("followup.contact.restored.v1", subject="absence_id", partition="citizen_id", level="P3")
class ContactRestored(Event):
    """They were in touch again on that day; None where that was a mistake."""

    absence_id: UUID
    citizen_id: UUID
    on: date | None


@named("followup.hearing.opened.v1", subject="absence_id", partition="citizen_id", level="P3")
class HearingOpened(Event):
    """They are heard before anybody decides (LAS § 35(3)); `basis` names the policy rows."""

    absence_id: UUID
    citizen_id: UUID
    due: date
    basis: tuple[str, ...]


@named("followup.hearing.answered.v1", subject="absence_id", partition="citizen_id", level="P3")
class HearingAnswered(Event):
    """They have answered; what they said stays in follow-up."""

    absence_id: UUID
    citizen_id: UUID


@named("followup.hearing.handed_over.v1", subject="absence_id", partition="citizen_id", level="P3")
class HearingHandedOver(Event):
    """An adviser handed the case to whoever decides, with the days that the rules propose."""

    absence_id: UUID
    citizen_id: UUID
    days: tuple[date, ...]
    decide_by: date

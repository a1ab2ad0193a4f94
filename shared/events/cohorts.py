"""What follow-up tells of somebody's way through a cohort (C3)."""

from datetime import date
from uuid import UUID

from shared.events.base import Event, named


@named("followup.cohort.enrolled.v1", subject="member_id", partition="citizen_id")
class CohortEnrolled(Event):
    """Somebody has a seat in a cohort; false where that was taken back."""

    member_id: UUID
    cohort_id: UUID
    citizen_id: UUID
    starts_on: date
    has_seat: bool


@named("followup.cohort_track.chosen.v1", subject="member_id", partition="citizen_id")
class TrackChosen(Event):
    """The one track that somebody chose; None where they have chosen none after all."""

    member_id: UUID
    cohort_id: UUID
    citizen_id: UUID
    track: str | None


@named("followup.education.visited.v1", subject="member_id", partition="citizen_id")
class EducationVisited(Event):
    """How many educations somebody has visited by now."""

    member_id: UUID
    cohort_id: UUID
    citizen_id: UUID
    visits: int


@named("followup.cohort.completed.v1", subject="member_id", partition="citizen_id")
class CohortCompleted(Event):
    """What a person says that the course led to, as a code; None where that was a mistake."""

    member_id: UUID
    cohort_id: UUID
    citizen_id: UUID
    outcome_code: str | None

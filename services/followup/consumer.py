"""What follow-up hears. Copies are kept by version, whole batches in one statement; a placement is planned once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.followup.models import (
    Base,
    Citizen,
    Company,
    DoorEnding,
    FirstContact,
    Guidance,
    MissedTalk,
    Readiness,
    Visitation,
)
from services.followup.use_cases import POLICY, courses, facts, placements, pulse_rhythm, real_hours
from shared import access, merges, seals, units
from shared.envelope import Received
from shared.erasure import keep_times, nightly, on_erased
from shared.events import (
    AccessEnded,
    ActivationDutyAnnounced,
    ApplicationWithdrawn,
    CaseClosedAtDoor,
    CaseReopenedAtDoor,
    CitizenChannelsChanged,
    CitizenErased,
    CitizenMerged,
    CitizenRegistered,
    CitizenUnitChanged,
    CompanyRegistered,
    Event,
    FirstContactRegistered,
    MatchingTrailAnchored,
    PlacementAgreed,
    PlacementChanged,
    ReadinessAssessed,
    VisitationHeld,
    VisitationMissed,
    VisitationNotMissed,
)
from shared.handling import Handler, Job, each
from shared.inbox import keep_newest


def on_citizens(session: Session, batch: Sequence[Received[Any]]) -> None:
    """A person became known or changed; only a newer word replaces what is known (A33)."""
    keep_newest(session, Citizen, [
        {
            "id": r.event.citizen_id, "name": r.event.name, "language": r.event.language,
            "interpreter": r.event.interpreter, "version": r.version,
        }
        for r in batch
    ])  # fmt: skip


def on_companies(session: Session, batch: Sequence[Received[CompanyRegistered]]) -> None:
    """A company became known, with the person to reach."""
    keep_newest(session, Company, [
        {
            "id": r.event.company_id, "name": r.event.name, "contact_name": r.event.contact_name,
            "version": r.version,
        }
        for r in batch
    ])  # fmt: skip


def on_first_contacts(session: Session, batch: Sequence[Received[FirstContactRegistered]]) -> None:
    """Somebody came about help."""
    keep_newest(session, FirstContact, [
        {
            "id": r.event.contact_id, "citizen_id": r.event.citizen_id, "at": r.event.at,
            "channel": r.event.channel, "statutory_due": r.event.statutory_due,
            "local_goal_due": r.event.local_goal_due, "version": r.version,
        }
        for r in batch
    ])  # fmt: skip


def on_door_endings(session: Session, batch: Sequence[Received[Any]]) -> None:
    """A contact ended at the door, or goes on after all: who has left is in no contact course."""
    keep_newest(session, DoorEnding, [
        {
            "id": r.event.contact_id, "citizen_id": r.event.citizen_id,
            "ended": not isinstance(r.event, CaseReopenedAtDoor), "version": r.version,
        }
        for r in batch
    ])  # fmt: skip


def on_guidance(session: Session, batch: Sequence[Received[ActivationDutyAnnounced]]) -> None:
    """Guidance on rights and duties was given."""
    keep_newest(session, Guidance, [
        {
            "id": r.event.contact_id, "citizen_id": r.event.citizen_id,
            "guidance_version": r.event.guidance_version, "written": r.event.written, "given_at": r.time,
            "version": r.version,
        }
        for r in batch
    ])  # fmt: skip


def on_visitations_held(session: Session, batch: Sequence[Received[VisitationHeld]]) -> None:
    """A triage talk took place."""
    keep_newest(session, Visitation, [
        {
            "id": r.event.visitation_id, "citizen_id": r.event.citizen_id, "held_at": r.event.held_at,
            "version": r.version,
        }
        for r in batch
    ])  # fmt: skip


def on_visitations_missed(session: Session, batch: Sequence[Received[VisitationMissed]]) -> None:
    """The desk noted that nobody came; whether that is an absence, a person says."""
    keep_newest(session, MissedTalk, [
        {
            "id": r.event.no_show_id, "citizen_id": r.event.citizen_id, "began_at": r.event.starts_at,
            "version": r.version,
        }
        for r in batch
    ])  # fmt: skip


def on_visitations_not_missed(session: Session, batch: Sequence[Received[VisitationNotMissed]]) -> None:
    """They came after all."""
    keep_newest(session, MissedTalk, [
        {"id": r.event.no_show_id, "citizen_id": r.event.citizen_id, "began_at": None, "version": r.version}
        for r in batch
    ])  # fmt: skip


def on_readiness(session: Session, batch: Sequence[Received[ReadinessAssessed]]) -> None:
    """A category was decided; only a newer word about the person replaces it."""
    keep_newest(session, Readiness, [
        {
            "id": r.event.citizen_id, "category": r.event.category, "policy": r.event.policy,
            "assessed_at": r.time, "version": r.version,
        }
        for r in batch
    ])  # fmt: skip


def on_placement_agreed(session: Session, received: Received[PlacementAgreed]) -> None:
    """A placement begins to be followed."""
    placements.follow(session, received.event)


def on_placement_changed(session: Session, received: Received[PlacementChanged]) -> None:
    """The plan follows the agreement; one that is not here yet is waited for."""
    courses.follow_agreement(session, received.event)


HANDLERS: dict[type[Event], Handler] = merges.following({
    **dict.fromkeys(facts.COUNTED, facts.on_told),
    CitizenRegistered: units.with_unit(on_citizens),
    CitizenChannelsChanged: on_citizens,
    CitizenUnitChanged: units.on_told,
    FirstContactRegistered: on_first_contacts,
    **dict.fromkeys((ApplicationWithdrawn, CaseClosedAtDoor, CaseReopenedAtDoor), on_door_endings),
    ActivationDutyAnnounced: on_guidance,
    VisitationHeld: on_visitations_held,
    VisitationMissed: on_visitations_missed,
    VisitationNotMissed: on_visitations_not_missed,
    ReadinessAssessed: on_readiness,
    CompanyRegistered: on_companies,
    PlacementAgreed: facts.beside(each(on_placement_agreed)),
    PlacementChanged: each(on_placement_changed),
    AccessEnded: access.on_ended,
    CitizenErased: on_erased(Base),
    CitizenMerged: merges.on_merged(Base),
    MatchingTrailAnchored: seals.on_anchored,
})  # fmt: skip
JOBS: dict[str, Job] = {
    "keep_times": keep_times(Base, POLICY),
    "catch_up": merges.catch_up(Base),
    "ask_pulses": Job(every=pulse_rhythm.LOOK_SECONDS, run=pulse_rhythm.ask_those_due),
    "close_weeks": nightly("close_weeks", real_hours.close_weeks),
}

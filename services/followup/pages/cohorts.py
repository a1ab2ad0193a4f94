"""Cohorts: the list, one with its members, a course day's entries, and somebody's way through."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import ValidationError
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS, WITH_MENTOR
from services.followup.api.cohorts import MEMBER, MEMBER_CHANGE, MEMBERS
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.use_cases import cohorts
from shared.auth import Principal
from shared.lookups import About
from shared.pages import Page, See, Undo

ALL, WAYS = f"{HOME}/hold", f"{HOME}/hold/deltager"
ONE, WAY = f"{ALL}/<uuid:cohort_id>", f"{WAYS}/<uuid:member_id>"
DAY, OF = f"{ONE}/dag", f"{HOME}/borger/<uuid:citizen_id>/hold"
OF_CITIZEN = About("case", "citizen_id", purpose="follow_up")
OF_CITIZEN_CHANGE = About("case", "citizen_id", how="change", purpose="follow_up")


@pages.get(ALL, roles=WITH_MENTOR, about=MEMBERS)
def list_cohorts(session: Session, principal: Principal, typed: Any = None) -> Page:
    """Every cohort, and the form for a new one."""
    return Page("followup/cohorts.html", {
        "items": queries.cohorts(session, principal),
        "mentors": _mentors(session) if principal.is_staff else [],
        "tracks": rules.TRACKS,
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Hold"), None)],
    })  # fmt: skip


def _mentors(session: Session) -> list[tuple[str, str]]:
    return [(str(one["id"]), one["name"]) for one in queries.mentors(session) if one["left_on"] is None]


@pages.post(ALL, roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.CohortBody, again=list_cohorts, shows="list")
def make_cohort(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """A new cohort."""
    made = cohorts.make(session, principal, **body)
    return See(f"{ALL}/{made.id}", _("Holdet er oprettet."))


@pages.get(ONE, roles=FOLLOWERS, about=MEMBERS)
def see_cohort(session: Session, principal: Principal, cohort_id: UUID, typed: Any = None) -> Page:
    """One cohort with its places and members."""
    return Page("followup/cohort.html", {
        "it": queries.cohort(session, principal, cohort_id),
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Hold"), ALL), (_("Et hold"), None)],
    })  # fmt: skip


@pages.post(
    f"{ONE}/kvote", roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.QuotaBody, again=see_cohort, shows="list"
)
def set_quota(session: Session, _principal: Principal, cohort_id: UUID, body: dict[str, Any]) -> See:
    """How many places are a municipality's."""
    before = queries.quotas_of(session, cohort_id).get(body["municipality"])
    cohorts.set_quota(session, cohort_id, **body)
    undo = Undo(f"{ALL}/{cohort_id}/kvote", body | {"places": str(before)}) if before is not None else None
    return See(f"{ALL}/{cohort_id}", _("Kommunens pladser er noteret."), undo)


@pages.get(OF, roles=FOLLOWERS, about=OF_CITIZEN)
def see_enrolment(session: Session, principal: Principal, citizen_id: UUID, typed: Any = None) -> Page:
    """The cohorts somebody is in, and a seat in another."""
    return Page("followup/enrolment.html", {
        "citizen_id": citizen_id,
        "items": queries.cohorts_of(session, citizen_id),
        "cohorts": [one for one in queries.cohorts(session, principal) if one["taken"] < one["capacity"]],
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Hold"), ALL), (_("En plads"), None)],
    })  # fmt: skip


@pages.post(OF, roles=FOLLOWERS, about=OF_CITIZEN_CHANGE, body=schemas.EnrolForm, again=see_enrolment)
def enrol(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Somebody gets a seat."""
    made = cohorts.enrol(session, principal, body.pop("cohort_id"), citizen_id=citizen_id, **body)
    return See(f"{WAYS}/{made.id}", _("Borgeren har en plads."), Undo(f"{WAYS}/{made.id}/plads", {"withdrawn": "true"}))


@pages.get(WAY, roles=FOLLOWERS, about=MEMBER)
def see_member(session: Session, _principal: Principal, member_id: UUID, typed: Any = None) -> Page:
    """Somebody's way through."""
    found = queries.cohort_member(session, member_id)
    back = f"{ALL}/{found['cohort_id']}"
    return Page("followup/cohort_member.html", {
        "it": found,
        "outcomes": rules.COHORT_OUTCOMES,
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Hold"), ALL), (found["cohort"].name, back), (_("En deltager"), None)],
    })  # fmt: skip


def _at(member_id: UUID) -> str:
    return f"{WAYS}/{member_id}"


@pages.post(f"{WAY}/plads", roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.WithdrawnBody, again=see_member)
def withdraw_member(session: Session, _principal: Principal, member_id: UUID, body: dict[str, bool]) -> See:
    """The seat is given up, or taken again."""
    cohorts.withdraw(session, member_id, **body)
    if not body["withdrawn"]:
        return See(_at(member_id), _("Borgeren har pladsen igen."))
    return See(_at(member_id), _("Pladsen er givet fri."), Undo(f"{_at(member_id)}/plads", {"withdrawn": "false"}))


@pages.post(f"{WAY}/spor", roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.TrackBody, again=see_member)
def choose_track(session: Session, _principal: Principal, member_id: UUID, body: dict[str, Any]) -> See:
    """The one track."""
    cohorts.choose_track(session, member_id, **body)
    undo = Undo(f"{_at(member_id)}/spor", {"track": ""}) if body["track"] else None
    return See(_at(member_id), _("Sporet er noteret."), undo)


@pages.post(f"{WAY}/besoeg", roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.VisitBody, again=see_member)
def visit_education(session: Session, principal: Principal, member_id: UUID, body: dict[str, Any]) -> See:
    """An education was visited."""
    made = cohorts.visit(session, principal, member_id, **body)
    undo = Undo(f"{_at(member_id)}/besoeg/fortryd", {"visit_id": str(made.id)})
    return See(_at(member_id), _("Besøget er noteret."), undo)


@pages.post(f"{WAY}/besoeg/fortryd", roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.VisitUndo, again=see_member)
def unvisit_education(session: Session, _principal: Principal, member_id: UUID, body: dict[str, UUID]) -> See:
    """It was not visited after all."""
    cohorts.unvisit(session, member_id, **body)
    return See(_at(member_id), _("Besøget er fjernet."))


@pages.post(f"{WAY}/praktik", roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.CohortPlacementBody, again=see_member)
def place_member(session: Session, _principal: Principal, member_id: UUID, body: dict[str, Any]) -> See:
    """Weeks of placement, or none."""
    cohorts.place(session, member_id, **body)
    undo = Undo(f"{_at(member_id)}/praktik") if body["first"] else None
    return See(_at(member_id), _("Praktikken er noteret.") if undo else _("Der er ingen praktik."), undo)


@pages.post(f"{WAY}/udbytte", roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.CohortOutcomeBody, again=see_member)
def conclude_member(session: Session, _principal: Principal, member_id: UUID, body: dict[str, Any]) -> See:
    """What a person says that it led to."""
    cohorts.conclude(session, member_id, **body)
    undo = Undo(f"{_at(member_id)}/udbytte") if body["outcome_code"] else None
    return See(_at(member_id), _("Det er noteret."), undo)


@pages.get(DAY, roles=WITH_MENTOR, about=MEMBERS, query=schemas.CohortDayQuery)
def see_cohort_day(session: Session, principal: Principal, cohort_id: UUID, query: dict[str, Any]) -> Page:
    """A course day with an entry about each."""
    return _day(session, principal, cohort_id, query["day"], None)


def _day(session: Session, principal: Principal, cohort_id: UUID, day: Any, typed: Any) -> Page:
    found = queries.cohort_day(session, principal, cohort_id, day)
    name = found["cohort"].name
    ways = [(_("Opfølgning"), HOME), (_("Hold"), ALL), (name, f"{ALL}/{cohort_id}")]
    return Page("followup/cohort_day.html", found | {
        "states": rules.DAY_STATES,
        "typed": typed,
        "crumbs": [*(ways if principal.is_staff else [(_("Opfølgning"), HOME)]), (_("En dag"), None)],
    })  # fmt: skip


def _day_again(session: Session, principal: Principal, cohort_id: UUID, typed: Any) -> Page:
    try:
        day = schemas.EntryForm().fields["on_day"].deserialize(typed.get("on_day"))
    except ValidationError:
        day = None
    return _day(session, principal, cohort_id, day, typed)


@pages.post(DAY, roles=WITH_MENTOR, about=MEMBER_CHANGE, body=schemas.EntryForm, again=_day_again, shows="list")
def note_cohort_day(session: Session, principal: Principal, cohort_id: UUID, body: dict[str, Any]) -> See:
    """The mentor's entry about one on a course day."""
    day = body.pop("on_day")
    cohorts.note_day(session, principal, cohort_id, on_day=day, entries=[body])
    return See(f"{ALL}/{cohort_id}/dag?dag={day}", _("Dagen er noteret. Ret den her, hvis noget er forkert."))

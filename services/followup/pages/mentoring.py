"""Mentors: the register with its figures, one mentor's calendar, and a placement's mentor."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE
from services.followup.api.mentoring import MENTOR_CHANGE, MENTORS_PEOPLE
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.pages.placements import LIST
from services.followup.use_cases import POLICY, mentor_support, mentoring
from shared import clock
from shared.auth import Principal
from shared.frame import day
from shared.pages import Page, See, Undo

ALL = f"{HOME}/mentorer"
ONE, OF = f"{ALL}/<uuid:mentor_id>", f"{LIST}/<uuid:placement_id>/mentoren"
LINE = f"{LIST}/<uuid:placement_id>/linje"


@pages.get(ALL, roles=FOLLOWERS, about=MENTORS_PEOPLE, query=schemas.SinceQuery)
def list_mentors(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """The register, the figures as Randers counted them, and who waits for a call."""
    return _register(session, query["since"], None)


def _register(session: Session, since: Any, typed: Any) -> Page:
    return Page("followup/mentors.html", {
        "items": queries.mentors(session),
        "figures": queries.mentor_figures(session, since),
        "calls": queries.open_calls(session),
        "kinds": rules.MENTOR_KINDS,
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Mentorer"), None)],
    })  # fmt: skip


def _list_again(session: Session, _principal: Principal, typed: Any) -> Page:
    return _register(session, None, typed)


@pages.post(ALL, roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.MentorForm, again=_list_again, shows="list")
def register_mentor(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """Somebody new in the register."""
    name = body.pop("company")
    company = mentoring.company_called(session, name) if name else None
    made = mentoring.register(session, principal, company_id=company, **body)
    return See(f"{ALL}/{made.id}", _("Mentoren står i registeret."))


@pages.get(ONE, roles=FOLLOWERS, about=MENTORS_PEOPLE)
def see_mentor(session: Session, _principal: Principal, mentor_id: UUID, typed: Any = None) -> Page:
    """One mentor: how to reach them, when they have room, and their placements."""
    return Page("followup/mentor.html", {
        "it": queries.mentor(session, mentor_id),
        "placements": queries.mentors_placements(session, mentor_id),
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Mentorer"), ALL), (_("En mentor"), None)],
    })  # fmt: skip


@pages.post(ONE, roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.MentorEdit, again=see_mentor, shows="list")
def change_mentor(session: Session, _principal: Principal, mentor_id: UUID, body: dict[str, Any]) -> See:
    """What is different now."""
    mentoring.change(session, mentor_id, **body)
    return See(f"{ALL}/{mentor_id}", _("Det er gemt. Ret det her, hvis det er forkert."))


@pages.post(
    f"{ONE}/uddannet", roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.TrainedBody, again=see_mentor, shows="list"
)
def train_mentor(session: Session, _principal: Principal, mentor_id: UUID, body: dict[str, Any]) -> See:
    """They were trained; an empty day takes that back."""
    mentoring.train(session, mentor_id, **body)
    if body["trained_on"] is None:
        return See(f"{ALL}/{mentor_id}", _("Mentoren står igen som ikke uddannet."))
    undo = Undo(f"{ALL}/{mentor_id}/uddannet", {"trained_on": ""})
    return See(f"{ALL}/{mentor_id}", _("Uddannelsen er noteret."), undo)


@pages.post(f"{ONE}/plads", roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.RoomBody, again=see_mentor, shows="list")
def give_room(session: Session, principal: Principal, mentor_id: UUID, body: dict[str, Any]) -> See:
    """How many at a time from a day on."""
    mentoring.give_room(session, principal, mentor_id, **body)
    undo = Undo(f"{ALL}/{mentor_id}/plads/fortryd", {"since": body["since"].isoformat()})
    return See(f"{ALL}/{mentor_id}", _("Pladsen er noteret."), undo)


@pages.post(
    f"{ONE}/plads/fortryd", roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.RoomUndo, again=see_mentor, shows="list"
)
def take_room_back(session: Session, _principal: Principal, mentor_id: UUID, body: dict[str, Any]) -> See:
    """What was said for that day counts no more."""
    mentoring.take_room_back(session, mentor_id, **body)
    return See(f"{ALL}/{mentor_id}", _("Linjen gælder ikke længere."))


def _call_again(session: Session, _principal: Principal, _call_id: UUID, typed: Any = None) -> Page:
    return _register(session, None, typed)


@pages.post(
    f"{ALL}/opkald/<uuid:call_id>", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.AnsweredBody,
    again=_call_again, shows="list",
)  # fmt: skip
def answer_call(session: Session, principal: Principal, call_id: UUID, body: dict[str, bool]) -> See:
    """The mentor was rung up."""
    mentor_support.answer(session, principal, call_id, **body)
    if not body["answered"]:
        return See(ALL, _("Mentoren venter igen på et opkald."))
    return See(ALL, _("Opkaldet er taget."), Undo(f"{ALL}/opkald/{call_id}", {"answered": "false"}))


@pages.get(OF, roles=FOLLOWERS, about=PLACEMENT)
def see_placement_mentor(session: Session, principal: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """Who the mentor is, who else could be, and hours bought free."""
    limits = [POLICY.find(key, clock.today()) for key in ("mentor.period_max", "mentor.frikoeb")]
    return Page("followup/placement_mentor.html", queries.placement_mentor(session, principal, placement_id) | {
        "mentors": [one for one in queries.mentors(session) if one["left_on"] is None],
        "longest": limits[0].value if all(limits) and limits[0] else None,
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Et forløb"), f"{LIST}/{placement_id}"), (_("Mentor"), None)],
    })  # fmt: skip


def _at(placement_id: UUID) -> str:
    return f"{LIST}/{placement_id}/mentoren"


@pages.post(OF, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ChosenMentor, again=see_placement_mentor)
def assign_mentor(session: Session, principal: Principal, placement_id: UUID, body: dict[str, UUID]) -> See:
    """Another mentor from now on; too many at a time is advice."""
    over = mentoring.assign(session, principal, placement_id, **body)
    told = _("Forløbet har en ny mentor, og opfølgningen er tættere for en tid.")
    if over is not None:
        told += " " + ngettext(
            "Husk: I ugen fra %(monday)s er det mere end den %(num)s plads, mentoren har.",
            "Husk: I ugen fra %(monday)s er det flere end de %(num)s pladser, mentoren har.",
            over.places or 0, monday=day(over.monday),
        )  # fmt: skip
    return See(_at(placement_id), told, Undo(f"{_at(placement_id)}/fortryd"))


@pages.post(f"{OF}/fortryd", roles=FOLLOWERS, about=PLACEMENT_CHANGE, again=see_placement_mentor)
def take_mentor_back(session: Session, _principal: Principal, placement_id: UUID) -> See:
    """The mentor of before."""
    mentoring.take_back(session, placement_id)
    return See(_at(placement_id), _("Forløbet har igen den mentor, det havde før."))


@pages.post(
    f"{OF}/kendt", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ChosenMentor, again=see_placement_mentor
)
def recognise_mentor(session: Session, principal: Principal, placement_id: UUID, body: dict[str, UUID]) -> See:
    """The agreement's mentor is this one of the register."""
    mentoring.recognise(session, principal, placement_id, **body)
    return See(_at(placement_id), _("Mentoren er fundet i registeret."), Undo(f"{_at(placement_id)}/kendt/fortryd"))


@pages.post(f"{OF}/kendt/fortryd", roles=FOLLOWERS, about=PLACEMENT_CHANGE, again=see_placement_mentor)
def forget_mentor(session: Session, principal: Principal, placement_id: UUID) -> See:
    """They are somebody else after all."""
    mentoring.forget(session, principal, placement_id)
    return See(_at(placement_id), _("Mentoren er ikke længere koblet til registeret."))


@pages.post(
    f"{OF}/frikoeb", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.SupportBody, again=see_placement_mentor
)
def grant_support(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """Hours are bought free."""
    made = mentor_support.grant(session, principal, placement_id, **body)
    known = {"support_id": str(made.id), "version": str(made.version)}
    return See(_at(placement_id), _("Frikøbet er noteret."), Undo(f"{_at(placement_id)}/frikoeb/fortryd", known))


@pages.post(
    f"{OF}/frikoeb/fortryd", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.SupportUndo,
    again=see_placement_mentor,
)  # fmt: skip
def take_support_back(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """They were not granted after all."""
    mentor_support.take_back(session, placement_id, **body)
    return See(_at(placement_id), _("Frikøbet er taget tilbage."))


@pages.get(LINE, roles=("mentor",), about=PLACEMENT)
def see_line(session: Session, principal: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """The mentor's fixed contact, and how to be rung up."""
    return Page("followup/mentor_line.html", queries.placement_mentor(session, principal, placement_id) | {
        "urgencies": rules.URGENCIES,
        "typed": typed,
        "crumbs": [(_("Et forløb"), f"{LIST}/{placement_id}"), (_("Direkte linje"), None)],
    })  # fmt: skip


@pages.post(LINE, roles=("mentor",), about=PLACEMENT_CHANGE, body=schemas.CallBody, again=see_line)
def ask_for_call(session: Session, principal: Principal, placement_id: UUID, body: dict[str, str]) -> See:
    """The mentor wants to be rung up."""
    mentor_support.ask(session, principal, placement_id, **body)
    undo = Undo(f"{LIST}/{placement_id}/linje/fortryd")
    return See(f"{LIST}/{placement_id}/linje", _("Kommunen kan se, at du gerne vil ringes op."), undo)


@pages.post(f"{LINE}/fortryd", roles=("mentor",), about=PLACEMENT_CHANGE, again=see_line)
def withdraw_call(session: Session, principal: Principal, placement_id: UUID) -> See:
    """There is no need any more."""
    mentor_support.withdraw(session, principal, placement_id)
    return See(f"{LIST}/{placement_id}/linje", _("Du har ikke længere bedt om et opkald."))

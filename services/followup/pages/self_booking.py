"""Talks of the contact course to come: opened, asked for and settled by staff, and booked by the citizen."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api import FOLLOWERS
from services.followup.api.duty import DECIDERS
from services.followup.api.interviews import COURSE_CHANGE
from services.followup.api.self_booking import SLOTS as SLOTS_ABOUT
from services.followup.api.self_booking import slots_answer
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.pages.interviews import ALL, OF, at, see_interviews
from services.followup.use_cases import self_booking
from shared.auth import Principal
from shared.lookups import About
from shared.pages import Page, See, Undo

SLOTS, ONE, OWN = f"{ALL}/tider", f"{OF}/kommende/<uuid:call_id>", f"{HOME}/mine-samtaler"
CITIZEN = ("citizen",)
OWN_CHANGE = About("case", how="change", purpose="own_access")


def _one(citizen_id: UUID, call_id: UUID) -> str:
    return f"{at(citizen_id)}/kommende/{call_id}"


@pages.get(SLOTS, roles=FOLLOWERS, about=SLOTS_ABOUT)
def see_slots(session: Session, principal: Principal, typed: Any = None) -> Page:
    """The caller's times to come, and what somebody has to look at."""
    crumbs = [(_("Opfølgning"), HOME), (_("Kontaktforløb"), ALL), (_("Tider"), None)]
    return Page("followup/interview_slots.html", slots_answer(session, principal) | {"typed": typed, "crumbs": crumbs})


@pages.post(SLOTS, roles=FOLLOWERS, about=SLOTS_ABOUT, body=schemas.SlotsBody, again=see_slots)
def open_slots(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """Times of a day are open."""
    opened = len(self_booking.open_slots(session, principal, **body))
    told = ngettext("%(num)s tid er åben.", "%(num)s tider er åbne.", opened)
    again = {"on_day": body["on_day"].isoformat(), "begins": body["begins"], "ends": body["ends"]}
    return See(SLOTS, told, Undo(f"{SLOTS}/luk", again))


@pages.post(f"{SLOTS}/luk", roles=FOLLOWERS, about=SLOTS_ABOUT, body=schemas.SlotsClosed, again=see_slots)
def close_slots(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """Free times of a day are closed."""
    closed = self_booking.close_slots(session, principal, **body)
    return See(SLOTS, ngettext("%(num)s ledig tid er lukket.", "%(num)s ledige tider er lukket.", closed))


@pages.post(f"{OF}/inviter", roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.InviteBody, again=see_interviews)
def invite_to_book(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """The citizen books themselves."""
    made = self_booking.invite(session, principal, citizen_id, **body)
    undo = Undo(f"{_one(citizen_id, made.id)}/aflys", {"version": str(made.version)})
    return See(at(citizen_id), _("Borgeren får et brev og kan booke på Min side."), undo)


@pages.post(f"{OF}/indkald", roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.SummonBody, again=see_interviews)
def summon(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """The citizen is told when to come."""
    made = self_booking.summon(session, principal, citizen_id, **body)
    undo = Undo(f"{_one(citizen_id, made.id)}/aflys", {"version": str(made.version)})
    return See(at(citizen_id), _("Borgeren er indkaldt og får et brev."), undo)


@pages.post(f"{ONE}/aflys", roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.CallUndo, again=see_interviews)
def call_off(session: Session, _principal: Principal, citizen_id: UUID, call_id: UUID, body: dict[str, int]) -> See:
    """It does not take place."""
    self_booking.call_off(session, citizen_id, call_id, **body)
    return See(at(citizen_id), _("Samtalen er aflyst. Er det en fejl, så indkald igen."))


@pages.post(f"{ONE}/udfald", roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.SettleBody, again=see_interviews)
def settle_call(session: Session, principal: Principal, citizen_id: UUID, call_id: UUID, body: dict[str, str]) -> See:
    """Held, or nobody came."""
    call = self_booking.settle(session, principal, citizen_id, call_id, **body)
    told = _("Samtalen tæller med.") if call.interview_id else _("Fraværet er noteret. Der er ikke trukket noget.")
    undo = Undo(f"{_one(citizen_id, call_id)}/udfald/fortryd", {"version": str(call.version)})
    return See(at(citizen_id), told, undo)


@pages.post(f"{ONE}/udfald/fortryd", roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.CallUndo, again=see_interviews)
def reopen_call(session: Session, _principal: Principal, citizen_id: UUID, call_id: UUID, body: dict[str, int]) -> See:
    """That was a mistake."""
    self_booking.reopen(session, citizen_id, call_id, **body)
    return See(at(citizen_id), _("Samtalen venter igen på, at du siger, hvordan det gik."))


@pages.post(f"{OF}/ret", roles=DECIDERS, about=COURSE_CHANGE, body=schemas.BookingRightBody, again=see_interviews)
def set_booking_right(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, str | None]) -> See:
    """A person decides whether somebody books themselves."""
    before = self_booking.set_right(session, principal, citizen_id, **body)
    return See(at(citizen_id), _("Det er noteret."), Undo(f"{at(citizen_id)}/ret", {"code": before or ""}))


@pages.get(OWN, roles=CITIZEN, about=About("case", purpose="own_access"))
def own_talk(session: Session, principal: Principal, typed: Any = None, **_ids: UUID) -> Page:
    """The citizen's talk to come, and the times to choose among."""
    return Page("followup/own_talk.html", queries.own_talk(session, principal) | {
        "typed": typed, "crumbs": [(_("Min side"), "/min-side"), (_("Min næste samtale"), None)],
    })  # fmt: skip


@pages.post(f"{OWN}/<uuid:call_id>", roles=CITIZEN, about=OWN_CHANGE, body=schemas.BookBody, again=own_talk)
def book_talk(session: Session, principal: Principal, call_id: UUID, body: dict[str, Any]) -> See:
    """A time is the citizen's."""
    self_booking.book(session, principal, call_id, **body)
    return See(OWN, _("Tiden er din. Du får et brev med den."), Undo(f"{OWN}/{call_id}/fortryd"))


@pages.post(f"{OWN}/<uuid:call_id>/fortryd", roles=CITIZEN, about=OWN_CHANGE, again=own_talk)
def give_talk_up(session: Session, principal: Principal, call_id: UUID) -> See:
    """The time is free again."""
    self_booking.give_up(session, principal, call_id)
    return See(OWN, _("Tiden er givet fri. Vælg en anden."))

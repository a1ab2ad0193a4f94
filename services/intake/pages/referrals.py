"""Jobs to apply for: told in the talk, answered by the citizen, followed up by a person, the evidence laid open."""

from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries, schemas
from services.intake.models import JobReferral
from services.intake.pages import pages
from services.intake.pages.citizen import crumbs_to
from services.intake.pages.listed import SideQuery, listed
from services.intake.rules.evidence import CONTACTS, FOLLOW_UPS, GROUNDS, RESULTS
from services.intake.use_cases import POLICY, referrals
from shared import clock
from shared.auth import STAFF, Principal
from shared.errors import NotFound
from shared.lookups import About, about_each, looked
from shared.pages import Page, See, Undo

CITIZEN = ("citizen",)
READ, LIST, CHANGE = about_each("case", purpose="follow_up")
WORDS = About("health_function", how="change", purpose="follow_up")
HOME = "/skranken/jobhenvisninger"
CODES = {"results": RESULTS, "follow_ups": FOLLOW_UPS[:-1], "grounds": GROUNDS, "contacts": CONTACTS}


@pages.get(HOME, roles=STAFF, about=LIST, query=SideQuery)
def referral_list(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """What waits for a person's follow-up."""
    crumbs = [(_("Skranken"), "/skranken"), (_("Jobhenvisninger"), None)]
    found, sides = listed(partial(queries.to_follow_up, session), HOME, query)
    return Page("intake/referral_list.html", {"found": found, "sides": sides, "crumbs": crumbs})


def _of_citizen(session: Session, principal: Principal, citizen_id: UUID, typed: Any = None) -> Page:  # noqa: ARG001
    citizen = queries.citizen(session, citizen_id)
    context = {
        "citizen": citizen,
        "found": queries.job_referrals_of(session, citizen_id),
        "row": POLICY.row("job_referral.followup", clock.today()),
        "crumbs": crumbs_to(citizen, (_("Job at søge"), None)),
    }
    return Page("intake/referrals.html", context)


@pages.get(
    "/borger/<uuid:citizen_id>/jobhenvisninger", roles=STAFF, about=About("case", "citizen_id", purpose="follow_up")
)
def citizen_referrals(session: Session, principal: Principal, citizen_id: UUID) -> Page:
    """A citizen's jobs to apply for, and the form for one more."""
    return _of_citizen(session, principal, citizen_id)


@pages.post(
    "/borger/<uuid:citizen_id>/jobhenvisninger",
    roles=STAFF,
    about=About("case", "citizen_id", "change", purpose="visitation"),
    body=schemas.NewJobReferral,
    again=_of_citizen,
)
def refer_to_job(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """One more; a letter says so."""
    queries.citizen(session, citizen_id)
    made = referrals.make(session, citizen_id, **body, by=principal.subject)
    undo = Undo(f"/skranken/jobhenvisning/{made.id}/traek-tilbage")
    return See(f"/borger/{citizen_id}/jobhenvisninger", _("Jobbet er noteret, og der går et brev til borgeren."), undo)


def _one(session: Session, principal: Principal, job_referral_id: UUID, typed: Any = None) -> Page:  # noqa: ARG001
    referral = queries.job_referral(session, job_referral_id)
    citizen = queries.citizen(session, referral.citizen_id)
    crumbs = crumbs_to(citizen, (_("Job at søge"), f"/borger/{citizen.id}/jobhenvisninger"), (referral.title, None))
    evidence = queries.evidence(session, referral)
    return Page("intake/referral.html", {
        "referral": referral, "citizen": citizen, "evidence": evidence, "crumbs": crumbs, **CODES,
        "may_ask": "adviser" in principal.roles and referral.request is None and referral.state != referrals.OPEN,
    })  # fmt: skip


@pages.get("/skranken/jobhenvisning/<uuid:job_referral_id>", roles=STAFF,
           about=About("health_function", purpose="follow_up"))  # fmt: skip
def referral_page(session: Session, principal: Principal, job_referral_id: UUID) -> Page:
    """One of them: what was sent and how far it got, what was said, and what a person does next."""
    return _one(session, principal, job_referral_id)


@pages.get("/skranken/jobhenvisning/<uuid:job_referral_id>/grundlag", roles=STAFF, about=READ)
def evidence_page(session: Session, principal: Principal, job_referral_id: UUID) -> Page:
    """The evidence, element by element, to be read and printed; it says whole or not whole and decides nothing."""
    page = _one(session, principal, job_referral_id)
    return Page("intake/evidence.html", page.context)


def _act(session: Session, principal: Principal, job_referral_id: UUID, act: str, body: dict[str, Any]) -> JobReferral:
    queries.citizen(session, queries.job_referral(session, job_referral_id).citizen_id)
    return referrals.change(session, job_referral_id, act, body, by=principal.subject)


def _back(referral: JobReferral, message: str, undo: Undo | None = None) -> See:
    return See(f"/skranken/jobhenvisning/{referral.id}", message, undo)


def _undo(referral: JobReferral, act: str, result_code: str | None = None) -> Undo:
    before = {"result_code": result_code} if result_code else {}
    fields = {"act": act, "version": str(referral.version), **before}
    return Undo(f"/skranken/jobhenvisning/{referral.id}/fortryd", fields)


@pages.post("/skranken/jobhenvisning/<uuid:job_referral_id>/svar", roles=STAFF, about=WORDS,
            body=schemas.ReferralResult, again=_one)  # fmt: skip
def note_result(session: Session, principal: Principal, job_referral_id: UUID, body: dict[str, Any]) -> See:
    """What the person tells. What replaces an answer is corrected by another, as the words before it are not kept."""
    is_first = queries.job_referral(session, job_referral_id).answered_at is None
    done = _act(session, principal, job_referral_id, "answer", body)
    return _back(done, _("Svaret er noteret."), _undo(done, "answer") if is_first else None)


@pages.post("/skranken/jobhenvisning/<uuid:job_referral_id>/opfoelgning", roles=STAFF, about=CHANGE,
            body=schemas.ReferralFollowUp, again=_one)  # fmt: skip
def note_follow_up(session: Session, principal: Principal, job_referral_id: UUID, body: dict[str, Any]) -> See:
    """The formal follow-up."""
    known = queries.job_referral(session, job_referral_id)
    state, result_code = known.state, known.result_code
    done = _act(session, principal, job_referral_id, "follow_up", body)
    undo = _undo(done, "follow_up", result_code)
    if state == referrals.FOLLOWED_UP:
        undo = Undo(f"/skranken/jobhenvisning/{done.id}/opfoelgning", {"result_code": result_code or ""})
    return _back(done, _("Der er fulgt op."), undo)


@pages.post("/skranken/jobhenvisning/<uuid:job_referral_id>/kontakt", roles=STAFF, about=CHANGE,
            body=schemas.ReferralContact, again=_one)  # fmt: skip
def note_contact(session: Session, principal: Principal, job_referral_id: UUID, body: dict[str, Any]) -> See:
    """Somebody tried to speak with the person."""
    is_first = queries.job_referral(session, job_referral_id).contacted_at is None
    done = _act(session, principal, job_referral_id, "contact", body)
    return _back(done, _("Kontakten er noteret."), _undo(done, "contact") if is_first else None)


@pages.post("/skranken/jobhenvisning/<uuid:job_referral_id>/fortryd", roles=STAFF, about=CHANGE,
            body=schemas.ReferralUndo, again=_one)  # fmt: skip
def undo_on_referral(session: Session, _principal: Principal, job_referral_id: UUID, body: dict[str, Any]) -> See:
    """It was noted by mistake."""
    return _back(referrals.take_back(session, job_referral_id, **body), _("Det er taget tilbage."))


@pages.post("/skranken/jobhenvisning/<uuid:job_referral_id>/spoerg", roles=("adviser",), about=CHANGE, again=_one)
def ask_reason(session: Session, principal: Principal, job_referral_id: UUID) -> See:
    """The person is asked why."""
    done = _act(session, principal, job_referral_id, "ask_reason", {})
    return _back(done, _("Der går et brev til borgeren om at svare."))


@pages.post("/skranken/jobhenvisning/<uuid:job_referral_id>/grund", roles=STAFF, about=WORDS,
            body=schemas.ReferralReason, again=_one)  # fmt: skip
def note_reason(session: Session, principal: Principal, job_referral_id: UUID, body: dict[str, Any]) -> See:
    """Why, as the person told staff."""
    return _back(_act(session, principal, job_referral_id, "reason", body), _("Grunden er noteret."))


@pages.post("/skranken/jobhenvisning/<uuid:job_referral_id>/traek-tilbage", roles=STAFF, about=CHANGE, again=_one)
def withdraw_referral(session: Session, principal: Principal, job_referral_id: UUID) -> See:
    """It was a mistake."""
    done = _act(session, principal, job_referral_id, "withdraw", {})
    return See(f"/borger/{done.citizen_id}/jobhenvisninger", _("Henvisningen er trukket tilbage."))


OWN_READ, OWN_CHANGE = About("case", purpose="own_access"), About("case", how="change", purpose="own_access")


def _own(session: Session, principal: Principal, typed: Any = None, **_path: UUID) -> Page:  # noqa: ARG001
    me = UUID(principal.subject)
    looked(session, me)
    crumbs = [(_("Min side"), "/min-side"), (_("Job, du skal søge"), None)]
    return Page(
        "intake/own_referrals.html", {"found": queries.job_referrals_of(session, me), "crumbs": crumbs, **CODES}
    )


@pages.get("/min-side/job", roles=CITIZEN, about=OWN_READ)
def own_referrals(session: Session, principal: Principal) -> Page:
    """The jobs I was told to apply for, and what I say about them."""
    return _own(session, principal)


def _mine(session: Session, principal: Principal, job_referral_id: UUID) -> JobReferral:
    found = referrals.locked(session, job_referral_id, of=UUID(principal.subject))
    if found.state == referrals.FOLLOWED_UP and (found.request is None or found.request.answered_at):
        raise NotFound
    return found


@pages.post("/min-side/job/<uuid:job_referral_id>/svar", roles=CITIZEN, about=OWN_CHANGE,
            body=schemas.ReferralResult, again=_own)  # fmt: skip
def own_result(session: Session, principal: Principal, job_referral_id: UUID, body: dict[str, Any]) -> See:
    """What became of it, by myself."""
    referrals.answer(_mine(session, principal, job_referral_id), **body, by="", kind=referrals.BY_CITIZEN)
    return See("/min-side/job", _("Tak. Dit svar er gemt, og du kan rette det, indtil vi har fulgt op."))


@pages.post("/min-side/job/<uuid:job_referral_id>/grund", roles=CITIZEN, about=OWN_CHANGE,
            body=schemas.ReferralReason, again=_own)  # fmt: skip
def own_reason(session: Session, principal: Principal, job_referral_id: UUID, body: dict[str, Any]) -> See:
    """Why, by myself."""
    referrals.give_reason(session, _mine(session, principal, job_referral_id), **body, by="", kind=referrals.BY_CITIZEN)
    return See("/min-side/job", _("Tak. Dit svar er gemt og bliver læst."))

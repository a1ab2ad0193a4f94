"""JSON doors to how companies are looked after: promises, consultants with cover, contacts and pauses."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching.api import CONSULTANTS, doors
from services.matching.queries import care
from services.matching.schemas import care as schemas
from services.matching.schemas.doors import DoneAnswer, PeriodQuery
from services.matching.use_cases import POLICY, caretakers, contacts, gaps, promises
from shared import clock
from shared.auth import Principal
from shared.lookups import NOBODY
from shared.paging import page_of

COMPANY = "/companies/<uuid:company_id>"


def _name(principal: Principal) -> str:
    return principal.name or principal.subject


@doors.get("/promises", roles=CONSULTANTS, about=NOBODY, query=schemas.PromisesPageQuery,
           answer=page_of(schemas.PromiseAnswer))  # fmt: skip
def list_promises(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """What companies were promised: open, the longest overdue first, or done, the newest first."""
    owner = principal.subject if query.pop("whose") == "own" else None
    found, onward = care.promises(session, owner=owner, **query)
    return {"items": [promise for promise, _company in found], "next": onward}


@doors.get("/promise-figures", roles=("leader",), about=NOBODY, query=PeriodQuery, answer=schemas.PromiseFigures)
def promise_figures(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """How many promises were kept in time, too late, or not yet."""
    since, until = gaps.period(query["since"], query["until"])
    return {"since": since, "until": until, "items": care.figures(session, since, until, clock.today())}


@doors.post(f"{COMPANY}/advice", roles=CONSULTANTS, about=NOBODY, body=schemas.AdviceBody, answer=schemas.PromiseAnswer)
def promise_advice(session: Session, principal: Principal, company_id: UUID, body: dict[str, Any]) -> Any:
    """Somebody rings back by a day about something else than a need."""
    return promises.advise(session, company_id, **body, by=principal.subject, name=_name(principal))


@doors.post("/promises/<uuid:promise_id>/done", roles=CONSULTANTS, about=NOBODY, answer=schemas.PromiseAnswer)
def keep_promise(session: Session, principal: Principal, promise_id: UUID) -> Any:
    """It is kept."""
    return promises.do(session, promise_id, principal.subject)


@doors.post("/promises/<uuid:promise_id>/undo", roles=CONSULTANTS, about=NOBODY, answer=schemas.PromiseAnswer)
def unkeep_promise(session: Session, principal: Principal, promise_id: UUID) -> Any:
    """It is not kept after all."""
    return promises.undo(session, promise_id, principal.subject)


@doors.post(
    f"{COMPANY}/consultant", roles=CONSULTANTS, about=NOBODY, body=schemas.CaretakerBody,
    answer=schemas.CaretakerAnswer,
)  # fmt: skip
def look_after(session: Session, principal: Principal, company_id: UUID, body: dict[str, Any]) -> Any:
    """Take a company, hand it on, or keep it after all."""
    return caretakers.act(
        session, company_id, body["act"], body["version"], by=principal.subject, name=_name(principal)
    )


@doors.get("/covers", roles=CONSULTANTS, about=NOBODY, answer=schemas.CoversAnswer)
def list_covers(session: Session, _principal: Principal) -> Any:
    """Who is away, or will be, and who looks after their companies."""
    return {"items": care.covers(session, clock.today())}


@doors.post("/covers", roles=CONSULTANTS, about=NOBODY, body=schemas.CoverBody, answer=schemas.CoverAnswer)
def cover_colleague(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Look after a colleague's companies from a day to a day."""
    return caretakers.cover(session, **body, by=principal.subject, name=_name(principal))


@doors.post("/covers/<uuid:cover_id>/end", roles=CONSULTANTS, about=NOBODY, answer=DoneAnswer)
def end_colleague_cover(session: Session, principal: Principal, cover_id: UUID) -> Any:
    """They are back."""
    caretakers.end_cover(session, cover_id, by=principal.subject)
    return {"done": True}


@doors.get(f"{COMPANY}/contacts", roles=CONSULTANTS, about=NOBODY, answer=schemas.CompanyContactsAnswer)
def list_contacts(session: Session, principal: Principal, company_id: UUID) -> Any:
    """Who was in touch, and whether one's own team may approach them today."""
    found, today = care.contacts(session, company_id), clock.today()
    judged = care.budget(session, company_id, principal.organisation, POLICY, today)
    return {
        "items": found, "allowed": judged.allowed, "paused": judged.paused, "teams": judged.teams,
        "free_on": judged.free_on, "silent": care.faded(found, POLICY, today),
    }  # fmt: skip


@doors.post(
    f"{COMPANY}/contacts",
    roles=CONSULTANTS,
    about=NOBODY,
    body=schemas.CompanyContactBody,
    answer=schemas.CompanyContactAnswer,
)
def log_contact(session: Session, principal: Principal, company_id: UUID, body: dict[str, Any]) -> Any:
    """Somebody was in touch."""
    told = body | {"by": principal.subject, "name": _name(principal), "team": principal.organisation}
    return contacts.log(session, company_id, **told)


@doors.post(f"{COMPANY}/contacts/<uuid:contact_id>/undo", roles=CONSULTANTS, about=NOBODY, answer=DoneAnswer)
def take_contact_back(session: Session, principal: Principal, company_id: UUID, contact_id: UUID) -> Any:
    """It did not happen."""
    contacts.take_back(session, company_id, contact_id, principal.subject)
    return {"done": True}


@doors.post(f"{COMPANY}/pause", roles=CONSULTANTS, about=NOBODY, body=schemas.PauseBody, answer=DoneAnswer)
def pause_company(session: Session, principal: Principal, company_id: UUID, body: dict[str, Any]) -> Any:
    """The company is not to be approached until a day is over; no day ends the pause."""
    contacts.pause(session, company_id, **body, by=principal.subject)
    return {"done": True}

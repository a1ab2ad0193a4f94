"""A company rings: the draft that is kept while somebody listens, who might come in question, and the need at last."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.engine.facts import Opening
from services.matching.engine.points import Scales
from services.matching.engine.ties import salt_of
from services.matching.models import Call, CompanyOffer, Need, Workplace
from services.matching.queries import calls as asked
from services.matching.queries import mentors
from services.matching.rules import catalogue
from services.matching.rules.reasons import explained
from services.matching.rules.week import read_week
from services.matching.use_cases import POLICY, needs, promises, read_backs
from shared import clock
from shared.database import new_id
from shared.errors import CannotUndo, NotFound, Refused
from shared.lookups import looked

Typed = Mapping[str, list[str]]
# What a call begins with, as the page shows it.
BEGUN: Typed = {"positions": ["1"], "unadvertised": ["on"], "read_back": ["on"]}


def keep(
    session: Session,
    owner: str,
    *,
    company_id: UUID | None = None,
    said: str | None = None,
    typed: Typed | None = None,
    otherwise: bool = False,
) -> Call:
    """What is known so far, in the consultant's one draft, which begins with it; what is left out stays.

    `otherwise`: the company that was chosen was the wrong one.
    """
    call, now = asked.draft(session, owner), clock.now()
    if call is None:
        call = Call(id=new_id(), owner=owner, state="draft", said="", typed=dict(BEGUN), started_at=now, saved_at=now)
        session.add(call)
    if otherwise:
        call.typed, call.company_id = _said_here(session, call), None
    if company_id is not None and company_id != call.company_id:
        said_here = _said_here(session, call)
        call.company_id = queries.company(session, None, company_id).id
        places = queries.workplaces(session, None, company_id)
        one = {"p_number": [places[0]["p_number"]]} if len(places) == 1 else {}
        call.typed = {**_offered(session, company_id), **said_here, **one}
    if said is not None:
        call.said = said
    if typed is not None:
        call.typed = dict(typed)
    call.saved_at = now
    session.flush()
    return call


def _said_here(session: Session, call: Call) -> dict[str, list[str]]:
    """What was typed, but for the workplace and for what the company's offer ticked and nobody corrected."""
    ticked = {name: sorted(values) for name, values in _offered(session, call.company_id).items()}
    return {
        name: values for name, values in call.typed.items()
        if name != "p_number" and ticked.get(name) != sorted(values)
    }  # fmt: skip


def _offered(session: Session, company_id: UUID | None) -> Typed:
    """What the company can offer in general, ticked to be corrected."""
    known = session.get(CompanyOffer, company_id) if company_id else None
    if known is None:
        return {}
    ticked = {"adjustments": known.adjustments, "season": known.season}
    ticked["mentor_offered"] = ["on"] if known.mentor_offered else []
    return {name: list(values) for name, values in ticked.items() if values}


def throw_away(session: Session, owner: str, call_id: UUID) -> Call:
    """It came to nothing; until the next call it can be taken back."""
    call = asked.call(session, owner, call_id)
    if call.state != "draft":
        raise CannotUndo
    session.execute(delete(Call).where(Call.owner == owner, Call.state == "thrown"))
    call.state = "thrown"
    session.flush()
    return call


def take_back(session: Session, owner: str, call_id: UUID) -> Call:
    """It is to go on after all; raises Refused where another call has begun."""
    call = asked.call(session, owner, call_id)
    if call.state != "thrown":
        raise CannotUndo
    if asked.draft(session, owner) is not None:
        raise Refused(
            "another_call",
            "Du er i gang med et andet opkald. Gør det færdigt først.",
            "You are in another call. Finish that one first.",
        )
    call.state, call.saved_at = "draft", clock.now()
    session.flush()
    return call


def finish(session: Session, owner: str, call_id: UUID, told: dict[str, Any], *, name: str) -> tuple[Call, Need]:
    """The need is received, and the draft is emptied: what was said is kept nowhere else."""
    call = asked.call(session, owner, call_id)
    if call.state != "draft":
        raise Refused("call_over", "Opkaldet er afsluttet.", "The call is over.")
    if call.company_id is None:
        raise no_company()
    read_back = told.pop("read_back")
    need = needs.receive_need(session, None, company_id=call.company_id, **told)
    session.flush()
    promises.own(session, need.id, owner, name)
    if read_back:
        read_backs.send(session, call, need)
    call.state, call.need_id, call.said, call.typed, call.saved_at = "done", need.id, "", {}, clock.now()
    session.flush()
    return call, need


def no_company() -> Refused:
    """Nobody has said yet who rings."""
    return Refused("no_company", "Vælg virksomheden først.", "Choose the company first.")


def candidates(session: Session, call: Call, told: Mapping[str, Any], most: int) -> dict[str, Any]:
    """Who might come in question as far as the need is known: it must have a place, work, form and hours.

    Nobody is put forward yet, so no list is written down as shown.
    """
    place = queries.find_workplace(session, told["p_number"])
    if place is None or place.company_id != call.company_id:
        raise NotFound
    today = clock.today()
    opening, scales, salt = _opening(session, call, told, place), Scales.of(POLICY, today), salt_of(call.id, today)
    left_out = queries.left_out(session, Need(id=call.id, starts_on=told["starts_on"]), today)
    found, people = queries.ranked(session, opening, scales, salt=salt, most=most, left_out=left_out)
    looked(session, *people)
    return {
        "fitting": found.fitting,
        "items": [explained(one, opening, people[one.key], scales) for one in found.fits],
        "near": len(found.near_misses),
    }


def _opening(session: Session, call: Call, told: Mapping[str, Any], place: Workplace) -> Opening:
    """The need that is being told of, as the rules will see it once it is received."""
    shaped, company = needs.with_hours(dict(told)), session.get(CompanyOffer, place.company_id)
    return Opening(
        need_id=call.id,
        occupation=str(told["occupation"]),
        employment_form=told["employment_form"],
        weekly_hours_min=shaped["weekly_hours_min"],
        weekly_hours_max=shaped["weekly_hours_max"],
        windows=read_week(tuple(told["windows"])),
        days_required=shaped["days_required"],
        hours_per_day=told["hours_per_day"],
        licences=frozenset(told["licences"]),
        adjustments=frozenset(told["adjustments"]),
        mentor_offered=told["mentor_offered"],
        mentor_room=mentors.room_for(
            session, place, clock.today(), id=call.id, windows=told["windows"], starts_on=told["starts_on"],
            mentor_offered=told["mentor_offered"],
        ),
        place=catalogue.place(place.postal_code),
        season=frozenset(told["season"] or (company.season if company else ())),
        strengths=frozenset(company.soft_wishes if company else ()),
        spoken=frozenset(company.languages if company else ()),
        familiar=queries.familiar(session, place.company_id),
    )  # fmt: skip


def forget(session: Session) -> bool:
    """Drafts that nobody went on with, and those thrown away, are deleted after the days of the row."""
    row = POLICY.find("call.draft_days", clock.today())
    if row is not None:
        old = Call.saved_at < clock.now() - timedelta(days=row.value)
        session.execute(delete(Call).where(Call.state != "done", old))
    return False

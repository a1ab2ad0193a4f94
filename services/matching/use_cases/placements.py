"""Ratio checks and agreements. Two agreements on one workplace queue up at its row for the last place."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, Match, Need, Placement, RatioCheck, Statement, Workplace
from services.matching.queries import Own
from services.matching.rules import agreements, ratio
from services.matching.rules.ratio import Supported, Verdict
from services.matching.use_cases import POLICY, lapsing, positions
from services.matching.use_cases.matches import no_longer_available
from shared import calendar, clock
from shared.database import new_id
from shared.errors import Forbidden, Invalid, NotFound, Refused
from shared.events import EmployeeRepresentativeStated, PlacementAgreed, RatioChecked
from shared.lookups import looked
from shared.outbox import record


def check_ratio(session: Session, p_number: str, *, ratio_exemption: str | None, **offer: Any) -> RatioCheck:
    """How the workplace stands against § 65 with one more; kept whatever it says."""
    if offer["ends_on"] < offer["starts_on"]:
        raise Invalid({"ends_on": "Før starten. / Before the start."})
    verdict = _judge(session, _locked_workplace(session, p_number), Supported(**offer), ratio_exemption)
    return _keep(session, p_number, Supported(**offer), verdict)


def weigh_ratio(session: Session, p_number: str, *, ratio_exemption: str | None, **offer: Any) -> Verdict:
    """How the workplace would stand against § 65 with one more; nothing is kept, and no place is held."""
    workplace = queries.find_workplace(session, p_number)
    if workplace is None:
        raise NotFound
    return _judge(session, workplace, Supported(**offer), ratio_exemption)


def weigh_own_ratio(session: Session, border: Own | None, *, p_number: str, **offer: Any) -> Verdict:
    """The same for a company at one of its own workplaces; raises NotFound for another's."""
    workplace = queries.find_workplace(session, p_number)
    if workplace is None:
        raise NotFound
    queries.company(session, border, workplace.company_id)
    if border is not None:
        queries.require_place(border, p_number)
    if offer["ends_on"] < offer["starts_on"]:
        raise Invalid({"ends_on": "Før starten. / Before the start."})
    return _judge(session, workplace, Supported(**offer), None)


def _locked_workplace(session: Session, p_number: str) -> Workplace:
    workplace = session.scalar(select(Workplace).where(Workplace.p_number == p_number).with_for_update())
    if workplace is None:
        raise NotFound
    return workplace


def _judge(session: Session, workplace: Workplace, new: Supported, exemption: str | None) -> Verdict:
    return ratio.check(
        new,
        queries.staff_of(session, [workplace.id])[workplace.id],
        queries.supported_at(session, workplace.p_number, new.starts_on),
        elsewhere_fte=workplace.supported_elsewhere_fte,
        exemption=exemption,
        policy=POLICY,
    )


def _keep(session: Session, p_number: str, new: Supported, verdict: Verdict) -> RatioCheck:
    """The row, and its event where something was counted: that somebody is exempt tells of their health."""
    check = RatioCheck(
        id=new_id(),
        p_number=p_number,
        at=clock.now(),
        offer_type=new.offer_type,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        months=list(verdict.months),
        ordinary_fte=None if verdict.ordinary_fte is None else float(verdict.ordinary_fte),
        supported_fte=None if verdict.supported_fte is None else float(verdict.supported_fte),
        adding_fte=float(verdict.adding_fte),
        limit=verdict.limit,
        result=verdict.result,
        policy=verdict.policy,
    )
    session.add(check)
    if check.ordinary_fte is not None and check.supported_fte is not None and check.limit is not None:
        record(session, RatioChecked(
            check_id=check.id, p_number=p_number, ordinary_fte=check.ordinary_fte, supported_fte=check.supported_fte,
            limit=check.limit, result=check.result, policy=check.policy,
        ))  # fmt: skip
    session.flush()
    return check


def agree_placement(
    session: Session, *, match_id: UUID, mentor: dict[str, Any], made_by: str, **told: Any
) -> Placement:
    """An agreement on an accepted match: period, purpose and ratio hold, and it waits for the written statements."""
    match = _accepted_match(session, match_id)
    need = session.get_one(Need, match.need_id)
    length = _lawful_period(session, match, told)
    _as_said_yes_to(match, need, told)
    agreements.check_retention(
        told["purpose_code"], told["ratio_exemption"], told["document_reference"], told["starts_on"], POLICY
    )
    positions.take_again(session, match)
    workplace = _locked_workplace(session, need.p_number)
    new = Supported(told["offer_type"], told["starts_on"], told["ends_on"], told["weekly_hours"])
    verdict = _judge(session, workplace, new, told["ratio_exemption"])
    ratio.require_allowed(verdict)
    placement = Placement(
        id=new_id(),
        match_id=match.id,
        citizen_id=match.citizen_id,
        company_id=match.company_id,
        p_number=need.p_number,
        state="awaiting_statements",
        occupation=need.occupation,
        length_policy=length,
        ratio=_keep(session, need.p_number, new, verdict),
        statements_needed=agreements.statements_needed(workplace.single_person, new.starts_on, POLICY).value,
        mentor_id=new_id(),
        mentor_name=mentor["name"],
        mentor_email=mentor["email"],
        mentor_phone=mentor["phone"],
        made_by=made_by,
        statements=[],
        **told,
    )
    session.add(placement)
    session.flush()
    return placement


def _as_said_yes_to(match: Match, need: Need, told: dict[str, Any]) -> None:
    least, most = match.weekly_hours_min, match.weekly_hours_max
    agreements.check_consented(
        told["offer_type"],
        told["weekly_hours"],
        need.employment_form,
        None if least is None or most is None else (least, most),
        told["deviation_reason_code"],
    )


def _lawful_period(session: Session, match: Match, told: dict[str, Any]) -> str:
    if told["starts_on"] < clock.today():
        raise Invalid({"starts_on": "Dagen er passeret. / That day has passed."})
    row = agreements.check_period(
        told["offer_type"],
        queries.category(session, match.citizen_id),
        public=session.get_one(Company, match.company_id).public,
        starts_on=told["starts_on"],
        ends_on=told["ends_on"],
        exception_ground=told["exception_ground"],
        policy=POLICY,
    )
    if not told["starts_on"] <= calendar.danish_day(told["first_day_at"]) <= told["ends_on"]:
        raise Invalid({"first_day_at": "Ikke inden for aftalen. / Not within the agreement."})
    if told["first_day_at"] <= clock.now():
        raise Invalid({"first_day_at": "Tidspunktet er passeret. / That moment has passed."})
    return row.name


def _accepted_match(session: Session, match_id: UUID) -> Match:
    match = session.get(Match, match_id, with_for_update=True)
    if match is None:
        raise NotFound
    looked(session, match.citizen_id)
    if match.state != "accepted":
        raise Refused("match_not_accepted", "Begge parter skal have sagt ja.", "Both sides must have said yes.")
    agreed = select(Placement.id).where(Placement.match_id == match.id, Placement.state != "refused")
    if session.scalar(agreed) is not None:
        raise Refused("already_agreed", "Aftalen er allerede lavet.", "The agreement is made already.")
    if queries.withdrawn(session, [match]):
        raise no_longer_available()
    return match


def state_in_writing(session: Session, border: Own | None, placement_id: UUID, *, by: str, **said: Any) -> Placement:
    """A party's written word (§ 65(6), A16); with the last yes the placement is agreed, a no ends it.

    A company speaks for the employer only; the representative's word is not the employer's to give. After the
    citizen withdrew no yes counts any more.
    """
    placement = session.get(Placement, placement_id, with_for_update=True)
    if placement is None:
        raise NotFound
    looked(session, placement.citizen_id)
    queries.require_own_placement(session, border, placement)
    if border is not None and said["party"] != "employer":
        raise Forbidden
    if placement.state != "awaiting_statements":
        raise Refused("not_awaited", "Aftalen venter ikke på udtalelser.", "The agreement awaits no statements.")
    if said["party"] not in placement.awaiting:
        raise Refused("not_awaited", "Den udtalelse ventes der ikke på.", "This statement is not awaited.")
    match = session.get_one(Match, placement.match_id)
    if said["positive"] and queries.withdrawn(session, [match]):
        raise no_longer_available()
    statement = Statement(
        id=new_id(), party=said["party"], positive=said["positive"],
        on_behalf=border is None, at=clock.now(), stated_by=by,
    )  # fmt: skip
    placement.statements.append(statement)
    record(session, EmployeeRepresentativeStated(
        placement_id=placement.id, party=statement.party, positive=statement.positive, at=statement.at
    ), placement)  # fmt: skip
    if not statement.positive:
        placement.state = "refused"
        positions.free(session, match.need_id)
    elif not placement.awaiting:
        _agree(session, placement, said["first_day_at"])
    session.flush()
    return placement


def _agree(session: Session, placement: Placement, first_day_at: Any) -> None:
    """The start moves to a new first day where it passed while a word was missing; the end stays."""
    if placement.first_day_at <= clock.now():
        if first_day_at is None:
            raise Refused(
                "start_passed",
                "Startdagen er passeret. Aftal en ny første dag.",
                "The start has passed: agree on a new first day.",
                fields={"first_day_at": "Mangler. / Missing."},
            )
        day = calendar.danish_day(first_day_at)
        if first_day_at <= clock.now() or day > placement.ends_on:
            raise Invalid({"first_day_at": "Ikke inden for aftalen. / Not within the agreement."})
        placement.starts_on, placement.first_day_at = day, first_day_at
    placement.state, placement.agreed_at = "agreed", clock.now()
    session.flush()
    lapsing.close_others(session, placement)
    fields = (
        "match_id", "citizen_id", "company_id", "p_number", "offer_type", "occupation", "starts_on", "ends_on",
        "first_day_at", "weekly_hours", "purpose_code", "cadence", "hire_preagreed", "mentor_id", "mentor_name",
        "mentor_email", "mentor_phone",
    )  # fmt: skip
    record(
        session,
        PlacementAgreed(placement_id=placement.id, **{name: getattr(placement, name) for name in fields}),
        placement,
    )

"""Agreements. Two on one workplace queue up at its row for the last place."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import AgreementVersion, Company, Match, Need, Placement, Statement
from services.matching.queries import Own
from services.matching.rules import agreements, forms, ratio
from services.matching.rules.ratio import Supported
from services.matching.use_cases import (
    POLICY,
    approvals,
    changes,
    lapsing,
    outlooks,
    positions,
    ratios,
    unit_register,
)
from services.matching.use_cases.matches import locked, no_longer_available
from shared import calendar, clock
from shared.database import new_id
from shared.errors import Forbidden, Invalid, Refused
from shared.events import AgreementApproved, EmployeeRepresentativeStated, PlacementAgreed
from shared.outbox import record

# Whose written word the law asks for (BEK 2636/2021 § 65(6)).
WRITTEN = ("employer", "employee_representative")


def agree_placement(
    session: Session, *, match_id: UUID, mentor: dict[str, Any], made_by: str, **told: Any
) -> Placement:
    """An agreement on an accepted match: period, purpose and ratio hold, and it waits for the written statements."""
    match = locked(session, match_id)
    sent = agreements.content_hash(told | mentor)
    if (same := _sent_before(session, match, sent)) is not None:
        return same
    _require_accepted(session, match)
    need = session.get_one(Need, match.need_id)
    unit_register.require_open(need.p_number, told["starts_on"])
    length, *used = _require_lawful(session, match, need, told)
    positions.take_again(session, match)
    workplace = ratios.locked_workplace(session, need.p_number)
    new = Supported(told["offer_type"], told["starts_on"], told["ends_on"], told["weekly_hours"])
    verdict = ratios.judge(session, workplace, new, told["ratio_exemption"])
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
        ratio=ratios.keep(session, need.p_number, new, verdict),
        statements_needed=agreements.parties_needed(workplace.single_person, new.starts_on, POLICY),
        mentor_id=new_id(),
        **{f"mentor_{name}": mentor[name] for name in ("name", "email", "phone")},
        made_by=made_by,
        approvals=[],
        **told,
    )
    session.add(placement)
    session.flush()
    approvals.first_version(session, placement, sent, (length, verdict.policy, *used))
    return placement


def _require_lawful(session: Session, match: Match, need: Need, told: dict[str, Any]) -> list[str]:
    """The names of the rows that were met, the one for the length first."""
    length = _lawful_period(session, match, told)
    _as_said_yes_to(match, need, told)
    agreements.check_retention(
        told["purpose_code"], told["ratio_exemption"], told["document_reference"], told["starts_on"], POLICY
    )
    return [length, *_as_the_form_demands(session, match, need, told)]


def _as_said_yes_to(match: Match, need: Need, told: dict[str, Any]) -> None:
    least, most = match.weekly_hours_min, match.weekly_hours_max
    agreements.check_consented(
        told["offer_type"],
        told["weekly_hours"],
        need.employment_form,
        None if least is None or most is None else (least, most),
        told["deviation_reason_code"],
    )


def _as_the_form_demands(session: Session, match: Match, need: Need, told: dict[str, Any]) -> list[str]:
    """The rows that were met; overlap is judged by what is in force or waits, not by what was."""
    company, on = session.get_one(Company, match.company_id), told["starts_on"]
    beside = queries.courses_beside(session, match.citizen_id, on, told["ends_on"])
    forms.check_overlap(told["offer_type"], beside, on, POLICY)
    used = forms.check_form(
        told["offer_type"], queries.category(session, match.citizen_id), public=company.public, on=on,
        weekly_hours=told["weekly_hours"], confirmed=told["confirmed"], policy=POLICY,
    )  # fmt: skip
    if told["offer_type"] != forms.SUBSIDISED:
        return used
    place = queries.workplace(session, company.id, need.p_number)
    extra = outlooks.extra_of(session, company, place, on)
    if not extra.holds:
        raise Refused(
            "not_net_extra",
            "Løntilskud kræver, at der er flere ansatte end i gennemsnit det sidste år.",
            "A wage subsidy takes more staff than on average over the last year.",
            policy=extra.policies[0],
        )
    return [*used, *extra.policies]


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


def _sent_before(session: Session, match: Match, content_hash: str) -> Placement | None:
    """The live agreement where the same terms are sent again."""
    rows = select(Placement).join(AgreementVersion, AgreementVersion.placement_id == Placement.id)
    same = rows.where(Placement.match_id == match.id, AgreementVersion.content_hash == content_hash)
    return session.scalar(same.where(Placement.state != "refused", AgreementVersion.number == Placement.number))


def _require_accepted(session: Session, match: Match) -> None:
    if match.state != "accepted":
        raise Refused("match_not_accepted", "Begge parter skal have sagt ja.", "Both sides must have said yes.")
    agreed = select(Placement.id).where(Placement.match_id == match.id, Placement.state != "refused")
    if session.scalar(agreed) is not None:
        raise Refused("already_agreed", "Aftalen er allerede lavet.", "The agreement is made already.")
    if queries.withdrawn(session, [match]):
        raise no_longer_available()


def state_in_writing(
    session: Session,
    border: Own | None,
    placement_id: UUID,
    *,
    by: str,
    party: str,
    positive: bool,
    first_day_at: Any = None,
    reason_code: str | None = None,
    how: str | None = None,
) -> Placement:
    """A party's word (A16; § 65(6)); with the last yes the placement is agreed, a no ends it.

    A company speaks for the employer only, staff for the municipality, and for others with a coded reason; citizens
    and links give `how`. After the citizen withdrew no yes counts any more.
    """
    placement = approvals.locked(session, placement_id)
    queries.require_own_placement(session, border, placement)
    how = how or _spoken(border, party, reason_code)
    asked = _asked(placement, party)
    match = session.get_one(Match, placement.match_id)
    if positive:
        _require_still_possible(session, match, placement)
    asked.positive, asked.at, asked.stated_by, asked.how = positive, clock.now(), by, how
    asked.on_behalf, asked.reason_code = how == "on_behalf", reason_code if how == "on_behalf" else None
    _tell_of(session, placement, asked)
    if placement.state == "agreed":
        _heard_of_change(session, placement, positive=positive)
    elif not positive:
        approvals.close(session, placement, "said_no")
        positions.free(session, match.need_id)
    elif not placement.awaiting:
        _agree(session, placement, first_day_at)
    session.flush()
    return placement


def _require_still_possible(session: Session, match: Match, placement: Placement) -> None:
    if queries.withdrawn(session, [match]):
        raise no_longer_available()
    unit_register.require_open(placement.p_number, clock.today())


def _spoken(border: Own | None, party: str, reason_code: str | None) -> str:
    if border is not None and party != "employer":
        raise Forbidden
    if border is not None or party == "municipality":
        return "own"
    if reason_code is None:
        raise Invalid({"reason_code": "Vælg, hvorfor parten ikke svarer selv. / Choose why they do not answer."})
    return "on_behalf"


def _heard_of_change(session: Session, placement: Placement, *, positive: bool) -> None:
    """With the last yes a change holds; with a no the terms in force stand."""
    if not positive:
        changes.drop(session, placement)
    elif not placement.awaiting:
        version = approvals.current(session, placement)
        ratios.locked_workplace(session, placement.p_number)
        new = Supported(placement.offer_type, placement.starts_on, version.ends_on, version.weekly_hours)
        ratio.require_allowed(ratios.weigh_beside(session, placement, new))
        changes.enter(session, placement)


def _asked(placement: Placement, party: str) -> Statement:
    if placement.state == "refused" or not placement.awaiting:
        raise Refused("not_awaited", "Aftalen venter ikke på svar.", "The agreement awaits no answer.")
    live = (one for one in placement.approvals if one.withdrawn_at is None and one.positive is None)
    asked = next((one for one in live if one.party == party), None)
    if asked is None:
        raise Refused("not_awaited", "Det svar ventes der ikke på.", "This answer is not awaited.")
    return asked


def _tell_of(session: Session, placement: Placement, said: Statement) -> None:
    if said.at is None or said.positive is None or said.how is None:
        raise ValueError("only what was said is told")
    if said.party in WRITTEN:
        record(session, EmployeeRepresentativeStated(
            placement_id=placement.id, party=said.party, positive=said.positive, at=said.at
        ), placement)  # fmt: skip
    record(session, AgreementApproved(
        statement_id=said.id, placement_id=placement.id, citizen_id=placement.citizen_id, number=said.number,
        party=said.party, positive=said.positive, how=said.how,
    ), placement)  # fmt: skip


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
    ratios.hold_the_place(session, placement)
    placement.state, placement.agreed_at = "agreed", clock.now()
    approvals.enter_into_force(session, placement)
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

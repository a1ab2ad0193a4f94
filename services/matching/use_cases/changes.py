"""An agreement changes: planned first and shown, then made; what takes approvals holds once they are in."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import AgreementVersion, Company, Match, Placement
from services.matching.rules import agreements, changes, ratio
from services.matching.rules.ratio import Supported, Verdict
from services.matching.use_cases import POLICY, approvals, positions, ratios, unit_register
from shared import clock
from shared.errors import CannotUndo, Invalid, Refused
from shared.events import PlacementChanged
from shared.outbox import record


@dataclass(frozen=True)
class Planned:
    """What a change will do: dates and hours before and after, the ratio then, who is asked, and the rows used."""

    kind: str
    reason_code: str
    number: int
    extension_no: int
    before: tuple[date, date, float]
    after: tuple[date, date, float]
    verdict: Verdict | None
    asks: list[str]
    policies: tuple[str, ...]

    @property
    def at_once(self) -> bool:
        """Whether it holds without anybody's approval."""
        return not self.asks


def plan(session: Session, placement_id: UUID, *, kind: str, reason_code: str, **wanted: Any) -> Planned:
    """The dry run: nothing is kept, no place is held."""
    return _planned(session, queries.placement(session, None, placement_id), kind, reason_code, **wanted)


def _planned(
    session: Session, placement: Placement, kind: str, reason_code: str, *, ends_on: date | None,
    weekly_hours: float | None,
) -> Planned:  # fmt: skip
    changes.check_kind(kind, reason_code, placement.state, waiting=bool(placement.awaiting))
    before = (placement.starts_on, placement.ends_on, placement.weekly_hours)
    extension_no = _extensions(session, placement.id) + (kind == changes.EXTENDED)
    asks, row = changes.touched(kind, placement.statements_needed, clock.today(), POLICY)
    made = Planned(kind, reason_code, placement.number + 1, extension_no, before, before, None, asks, (row.name,))
    if kind == changes.ANNULLED:
        return made
    if kind == changes.TERMS and ends_on is None and weekly_hours is None:
        raise Invalid({"ends_on": "Intet er ændret. / Nothing is changed."})
    if kind != changes.TERMS and ends_on is None:
        raise Invalid({"ends_on": "Mangler. / Missing."})
    end, hours = ends_on or placement.ends_on, weekly_hours or placement.weekly_hours
    names = _length(session, placement, kind, reason_code, end=end, extension_no=extension_no)
    verdict = _weighed(session, placement, end, hours) if kind != changes.SHORTENED else None
    used = tuple(name for name in (*made.policies, *names, verdict.policy if verdict else "") if name)
    return replace(made, after=(placement.starts_on, end, hours), verdict=verdict, policies=used)


def _length(
    session: Session, placement: Placement, kind: str, reason_code: str, *, end: date, extension_no: int
) -> tuple[str, ...]:
    if kind == changes.SHORTENED:
        changes.check_shorter(end, starts_on=placement.starts_on, ends_on=placement.ends_on)
        return ()
    how: dict[str, Any] = {
        "public": session.get_one(Company, placement.company_id).public, "starts_on": placement.starts_on,
        "exception_ground": placement.exception_ground, "policy": POLICY,
    }  # fmt: skip
    unit_register.require_open(placement.p_number, clock.today())
    category = queries.category(session, placement.citizen_id)
    if kind == changes.TERMS:
        return (agreements.check_period(placement.offer_type, category, ends_on=end, **how).name,)
    return (
        changes.check_length(
            placement.offer_type, category, reason_code, ends_on=placement.ends_on, new_end=end,
            extension_no=extension_no, **how,
        ).name,
    )  # fmt: skip


def _weighed(session: Session, placement: Placement, end: date, hours: float) -> Verdict:
    since = max(placement.starts_on, clock.today())
    return ratios.weigh_beside(session, placement, Supported(placement.offer_type, since, end, hours))


def _extensions(session: Session, placement_id: UUID) -> int:
    made = select(func.count(AgreementVersion.id)).where(
        AgreementVersion.placement_id == placement_id, AgreementVersion.kind == changes.EXTENDED,
        AgreementVersion.in_force_at.is_not(None),
    )  # fmt: skip
    return session.scalars(made).one()


def change(
    session: Session, placement_id: UUID, *, kind: str, reason_code: str, number: int, by: str, **wanted: Any
) -> Placement:
    """Makes the change on the version that was read; sent again with the same content it is the same change."""
    placement = approvals.locked(session, placement_id)
    sent = agreements.content_hash({"kind": kind, "reason_code": reason_code, **wanted})
    newest = approvals.current(session, placement)
    if newest.content_hash == sent and newest.closed_at is None:
        return placement
    if number != placement.number:
        raise Refused("terms_changed", "Aftalen er ændret imens. Læs den igen.", "The agreement changed meanwhile.")
    ratios.locked_workplace(session, placement.p_number)
    planned = _planned(session, placement, kind, reason_code, **wanted)
    if planned.verdict is not None:
        ratio.require_allowed(planned.verdict)
    if placement.state == "awaiting_statements":
        newest.closed_at = clock.now()
    placement.number = planned.number
    _keep(session, placement, planned, sent, by)
    if kind == changes.ANNULLED:
        _annul(session, placement)
    elif placement.state == "awaiting_statements":
        _take_terms(placement, planned.after)
        approvals.ask(session, placement, planned.asks)
    elif planned.at_once:
        enter(session, placement)
    else:
        approvals.ask(session, placement, planned.asks)
    session.flush()
    return placement


def _keep(session: Session, placement: Placement, planned: Planned, sent: str, by: str) -> None:
    terms = {name: getattr(placement, name) for name in approvals.TERMS}
    terms |= {"ends_on": planned.after[1], "weekly_hours": planned.after[2]}
    session.add(AgreementVersion(
        placement_id=placement.id, number=planned.number, kind=planned.kind, reason_code=planned.reason_code,
        policies=list(planned.policies), content_hash=sent, made_by=by, made_at=clock.now(), **terms,
    ))  # fmt: skip
    session.flush()


def _take_terms(placement: Placement, after: tuple[date, date, float]) -> None:
    placement.ends_on, placement.weekly_hours = after[1], after[2]


def enter(session: Session, placement: Placement) -> None:
    """A change of an agreement holds from now, and listeners hear of it."""
    version = approvals.current(session, placement)
    _take_terms(placement, (version.starts_on, version.ends_on, version.weekly_hours))
    version.in_force_at = clock.now()
    session.flush()
    record(session, _changed(session, placement, version.kind), placement)


def _changed(session: Session, placement: Placement, kind: str) -> PlacementChanged:
    return PlacementChanged(
        placement_id=placement.id, citizen_id=placement.citizen_id, company_id=placement.company_id, change_kind=kind,
        number=placement.number, starts_on=placement.starts_on, ends_on=placement.ends_on,
        weekly_hours=placement.weekly_hours, extension_no=_extensions(session, placement.id),
    )  # fmt: skip


def _annul(session: Session, placement: Placement) -> None:
    """A draft comes to nothing; an agreement ends as if it had not been, and its place is free."""
    agreed = placement.state == "agreed"
    approvals.close(session, placement, "annulled")
    positions.free(session, session.get_one(Match, placement.match_id).need_id)
    if agreed:
        session.flush()
        record(session, _changed(session, placement, changes.ANNULLED), placement)


def take_back(session: Session, placement_id: UUID, *, number: int, by: str) -> Placement:
    """A change that still waits was not wanted after all: the terms in force stand, and nobody is asked any more."""
    placement = approvals.locked(session, placement_id)
    newest = approvals.current(session, placement)
    if placement.state != "agreed" or newest.in_force_at is not None or newest.made_by != by:
        raise CannotUndo
    if number != placement.number:
        raise CannotUndo
    drop(session, placement)
    return placement


def drop(session: Session, placement: Placement) -> None:
    """The change that waits comes to nothing."""
    now = clock.now()
    approvals.current(session, placement).closed_at = now
    for one in placement.approvals:
        if one.withdrawn_at is None and one.number == placement.number:
            one.withdrawn_at = now
    session.flush()

"""What was spotted on visits, and what became of it in numbers."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from services.matching.models import Company, Need, SpottedOpening, Visit, Workplace
from services.matching.rules.openings import weekly_hours
from shared.paging import page

MOST = 200


class Spotted(NamedTuple):
    """A task with the visit it was seen on, where that was, and the need it became."""

    opening: SpottedOpening
    visit: Visit
    place: Workplace
    company: Company
    need: Need | None

    @property
    def hours(self) -> float:
        """Hours a week."""
        return weekly_hours(self.opening.windows)


class Figures(NamedTuple):
    """Numbers of a period: `hidden` are those the company did not know of, `hours` what skilled people got back."""

    visits: int
    spotted: int
    hidden: int
    needs: int
    hidden_needs: int
    taken: int
    hours: float


def spotted(session: Session, *, p_number: str | None = None, state: str | None = None) -> list[Spotted]:
    """What was spotted, the newest visit first; at one workplace, or in one state."""
    rows = (
        select(SpottedOpening, Visit, Workplace, Company, Need)
        .join(Visit, Visit.id == SpottedOpening.visit_id)
        .join(Workplace, Workplace.p_number == SpottedOpening.p_number)
        .join(Company, Company.id == Visit.company_id)
        .outerjoin(Need, Need.id == SpottedOpening.need_id)
    )
    if p_number is not None:
        rows = rows.where(SpottedOpening.p_number == p_number)
    if state is not None:
        rows = rows.where(SpottedOpening.state == state)
    ordered = rows.order_by(Visit.visited_on.desc(), SpottedOpening.id.desc()).limit(MOST)
    return [Spotted(*row) for row in session.execute(ordered)]


def spotted_page(session: Session, *, state: str | None, **how: Any) -> dict[str, Any]:
    """A page of them, oldest first."""
    rows = select(SpottedOpening)
    return page(session, rows if state is None else rows.where(SpottedOpening.state == state), SpottedOpening.id, **how)


def opening_figures(session: Session, since: date, until: date) -> Figures:
    """How many visits, how many tasks were spotted on them, and what became of those by today."""
    hidden, used = ~SpottedOpening.known_before, SpottedOpening.state == "need"
    busy = used & (Need.taken > 0)
    row = session.execute(
        select(
            func.count(distinct(Visit.id)),
            func.count(SpottedOpening.id),
            func.count(SpottedOpening.id).filter(hidden),
            func.count(distinct(SpottedOpening.need_id)),
            func.count(distinct(SpottedOpening.need_id)).filter(hidden),
            func.count(distinct(SpottedOpening.need_id)).filter(busy),
            func.coalesce(func.sum(SpottedOpening.skilled_hours).filter(busy), 0.0),
        )
        .select_from(Visit)
        .outerjoin(SpottedOpening, (SpottedOpening.visit_id == Visit.id) & (_not_mistaken()))
        .outerjoin(Need, Need.id == SpottedOpening.need_id)
        .where(Visit.visited_on.between(since, until))
    ).one()
    return Figures(*row[:6], row[6] or 0.0)


def _not_mistaken() -> Any:
    return func.coalesce(SpottedOpening.reason_code, "") != "mistake"

"""What a company's front page shows of its own things, and its busy months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from services.matching.models import (
    Company,
    MentorHours,
    Need,
    NeedProfile,
    Placement,
    StaffMonth,
    Workplace,
)
from services.matching.queries.agreements import latest_placements, turning
from services.matching.queries.border import Own, require_place, within
from services.matching.queries.paging import latest
from services.matching.queries.proposals import company_meetings, latest_company_matches
from services.matching.rules import catalogue
from services.matching.rules import portal as rules
from services.matching.rules.portal import Coming, Waiting
from shared import clock
from shared.calendar import DENMARK
from shared.lookups import looked

MOST = 50
AHEAD, YEAR = timedelta(days=60), timedelta(days=365)
STAFF_DAYS = 120


def narrowed(border: Own | None, place: str | None) -> Own | None:
    """The border within one of its workplaces; raises NotFound for one outside."""
    if border is None or place is None:
        return border
    require_place(border, place)
    return Own(border.cvr, (place,))


def _job(occupation: str) -> str:
    found = catalogue.find_occupation(occupation)
    return found.title if found else ""


@dataclass(frozen=True, slots=True)
class Front:
    """What a company has with the municipality now: read once, shown in several ways."""

    matches: list[dict[str, Any]]
    placements: Sequence[Placement]
    needs: Sequence[Need]

    def waiting(self, today: date) -> list[Waiting]:
        """Proposals to answer, agreements to approve, drafts to send, and needs whose start has passed."""
        asked = [one for one in self.matches if one["state"] == "consented"]
        found = [Waiting("proposal", one["id"], one["title"], one["answer_due"]) for one in asked]
        made = [one for one in self.placements if one.state == "awaiting_statements" and "employer" in one.awaiting]
        found += [Waiting("agreement", one.id, _job(one.occupation), one.starts_on) for one in made]
        kinds = [(one, "draft" if one.state == "draft" else "past") for one in self.needs]
        late = [(one, kind) for one, kind in kinds if kind == "draft" or one.starts_on < today]
        return rules.in_order([*found, *(Waiting(kind, one.id, one.title, None) for one, kind in late)])


def front(session: Session, border: Own | None) -> Front:
    """The company's proposals and agreements, and its drafts and open needs with a position left."""
    return Front(
        latest_company_matches(session, border, MOST),
        latest_placements(session, border, MOST),
        latest(
            session, _needs(border).where((Need.state == "draft") | _LEFT), Need.id, MOST,
            waiting=(Need.state == "draft") | (Need.starts_on < clock.today()),
        ),
    )  # fmt: skip


_LEFT = (Need.state == "open") & (Need.taken < Need.positions)


def _needs(border: Own | None) -> Select[Any]:
    return within(select(Need).join(Company, Company.id == Need.company_id), border, Need.p_number)


def coming(session: Session, border: Own | None, since: date, until: date) -> list[Coming]:
    """Meetings, first and last days of agreements, and starts of open needs in the period, the first first.

    All of them: the day of an old thing is as near as that of a new one.
    """
    jobs = [(one, _job(one.occupation)) for one in turning(session, border, since, until)]
    found = [Coming(_day(one.first_day_at), one.first_day_at, "first_day", one.id, job) for one, job in jobs]
    found += [Coming(one.ends_on, None, "last_day", one.id, job) for one, job in jobs]
    for one in company_meetings(session, border, since, until):
        found.append(Coming(_day(one["meeting_at"]), one["meeting_at"], "meeting", one["id"], one["title"]))
    starting = session.scalars(_needs(border).where(_LEFT, Need.starts_on.between(since, until)))
    found += [Coming(need.starts_on, None, "need", need.id, need.title) for need in starting]
    return sorted((one for one in found if since <= one.on <= until), key=lambda one: (one.on, one.kind, one.id))


def _day(moment: datetime) -> date:
    return moment.astimezone(DENMARK).date()


def busy_months(session: Session, border: Own | None) -> list[tuple[Need, list[str]]]:
    """The company's needs that are not closed and have busy months ("03"), in the order they were told."""
    rows: Any = select(Need, NeedProfile.season).join(Company, Company.id == Need.company_id)
    rows = rows.join(NeedProfile, NeedProfile.need_id == Need.id).where(Need.state != "closed")
    return [(need, season) for need, season in session.execute(within(rows, border, Need.p_number)) if season]


def ready(session: Session, company: Company, border: Own | None, today: date) -> list[tuple[str, bool]]:
    """What is known already of what an agreement asks for."""
    here = select(Workplace.id).where(Workplace.company_id == company.id)
    if border is not None and border.p_numbers:
        here = here.where(Workplace.p_number.in_(border.p_numbers))
    lately = StaffMonth.month >= today - timedelta(days=STAFF_DAYS)
    needs = within(select(Need.id).join(Company, Company.id == Need.company_id), border, Need.p_number)
    found = session.execute(
        select(
            here.exists().label("workplace"),
            exists().where(StaffMonth.workplace_id.in_(here), lately).label("staff"),
            exists().where(MentorHours.workplace_id.in_(here)).label("mentor"),
            needs.where(Need.adjustments != []).exists().label("adjustments"),
        )
    )
    return rules.ready({**found.mappings().one(), "contact": bool(company.contact_phone or company.contact_email)})


def all_needs(session: Session, border: Own | None) -> list[Need]:
    """Every need of the company, for its own file."""
    rows = within(select(Need).join(Company, Company.id == Need.company_id), border, Need.p_number)
    return list(session.scalars(rows.order_by(Need.id)))


def all_placements(session: Session, border: Own | None) -> list[Placement]:
    """Every agreement of the company, for its own file."""
    rows = within(select(Placement).join(Company, Company.id == Placement.company_id), border, Placement.p_number)
    found = list(session.scalars(rows.order_by(Placement.id)))
    looked(session, *(one.citizen_id for one in found))
    return found

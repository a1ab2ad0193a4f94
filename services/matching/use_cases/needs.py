"""Needs: received through one entrance, changed, paused, closed."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Need
from services.matching.rules import catalogue, requests
from services.matching.rules.week import read_week
from services.matching.use_cases import POLICY
from shared import clock
from shared.database import new_id
from shared.errors import Invalid, NotFound, PreconditionFailed, Refused
from shared.events import CompanyRequestReceived
from shared.outbox import record


def receive_need(session: Session, cvr: str | None, *, company_id: UUID, p_number: str, **told: Any) -> Need:
    """A company needs somebody; `cvr` limits to that company where the company itself is asking."""
    company = queries.company(session, cvr, company_id)
    workplace = queries.find_workplace(session, p_number)
    if workplace is None or workplace.company_id != company.id:
        raise Invalid({"p_number": "Ikke et af virksomhedens steder. / Not one of the company's workplaces."})
    told["occupation"] = str(told["occupation"])
    occupation = catalogue.occupation(told["occupation"])
    told["title"] = told["title"] or occupation.title
    need = Need(
        id=new_id(),
        company_id=company.id,
        p_number=p_number,
        state="open",
        received_at=clock.now(),
        answer_due=requests.answer_due(clock.today(), POLICY),
        **_with_hours(told),
    )
    session.add(need)
    record(session, CompanyRequestReceived(
        need_id=need.id, company_id=company.id, p_number=p_number, occupation=need.occupation,
        employment_form=need.employment_form, weekly_hours_min=need.weekly_hours_min,
        weekly_hours_max=need.weekly_hours_max, answer_due=need.answer_due,
    ), need)  # fmt: skip
    return need


def _with_hours(told: dict[str, Any]) -> dict[str, Any]:
    """Days and weekly hours that were left out follow from the windows; raises Invalid where they contradict."""
    week = read_week(tuple(told["windows"]))
    days = len(week.used_days())
    required = told.get("days_required") or days
    if required > days:
        raise Invalid({"days_required": "Flere dage end tidsrum. / More days than windows."})
    least, most = requests.hours_of_week(week, required, told.get("hours_per_day"))
    least = told.get("weekly_hours_min") or least
    most = told.get("weekly_hours_max") or max(most, least)
    if least > most:
        raise Invalid({"weekly_hours_min": "Mere end det højeste. / More than the most."})
    return told | {"days_required": required, "weekly_hours_min": least, "weekly_hours_max": most}


def change_need(session: Session, cvr: str | None, need_id: UUID, expected_version: int, given: dict[str, Any]) -> Need:
    """Pause, reopen, close, or move the hours; raises PreconditionFailed when someone else changed it meanwhile."""
    need = session.get(Need, need_id, with_for_update=True)
    if need is None:
        raise NotFound
    queries.company(session, cvr, need.company_id)
    if need.version != expected_version:
        raise PreconditionFailed
    if need.state == "closed":
        raise Refused("need_closed", "Behovet er lukket.", "The need is closed.")
    held = {name: getattr(need, name) for name in ("windows", "days_required", "hours_per_day")}
    if "windows" in given and "days_required" not in given:
        held["days_required"] = min(need.days_required, len(read_week(tuple(given["windows"])).used_days()))
    hours = {name: getattr(need, name) for name in ("weekly_hours_min", "weekly_hours_max")}
    for name, value in _with_hours(held | hours | given).items():
        setattr(need, name, value)
    return need

"""Needs: received through one entrance, changed, paused, closed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from services.matching import queries
from services.matching.models import Need, NeedProfile
from services.matching.queries import Own
from services.matching.rules import catalogue, requests
from services.matching.rules.week import read_week
from services.matching.use_cases import POLICY, positions, promises, unit_register, wording
from shared import clock
from shared.database import new_id
from shared.errors import Invalid, NotFound, PreconditionFailed, Refused
from shared.events import CompanyRequestReceived
from shared.outbox import record

WEEKLY, MONTHLY = ("weekly_hours_min", "weekly_hours_max"), ("monthly_hours_min", "monthly_hours_max")
LISTED = ("skills", "learnable", "soft_wishes", "shifts", "languages", "offers")
DERIVABLE = ("days_required", *WEEKLY)


def receive_need(
    session: Session, border: Own | None, *, company_id: UUID, p_number: str, draft: bool = False, **told: Any
) -> Need:
    """A company needs somebody; `border` limits to its own things where the company itself is asking.

    A `draft` is the company's own until it is sent: nobody is told, and no answer is due.
    """
    company = queries.company(session, border, company_id)
    workplace = queries.find_workplace(session, p_number)
    outside = border is not None and not border.has_place(p_number)
    if workplace is None or workplace.company_id != company.id or outside:
        raise Invalid({"p_number": "Ikke et af virksomhedens steder. / Not one of the company's workplaces."})
    unit_register.require_open(p_number, clock.today())
    told["occupation"] = str(told["occupation"])
    occupation = catalogue.occupation(told["occupation"])
    said, told["title"] = told["title"], told["title"] or occupation.title
    kept = wording.require_neutral(said, told.pop("wording_reason_code", None), field="title", by_staff=border is None)
    season = told.pop("season", [])
    need = Need(
        id=new_id(),
        company_id=company.id,
        p_number=p_number,
        state="draft" if draft else "open",
        received_at=clock.now(),
        answer_due=None if draft else requests.answer_due(clock.today(), POLICY),
        **with_hours(told),
    )
    session.add(need)
    wording.keep(session, "need", need.id, kept)
    session.flush()
    _keep_season(session, need, season)
    if not draft:
        _tell(session, need)
    return need


def _keep_season(session: Session, need: Need, season: list[str]) -> None:
    profile = session.get(NeedProfile, need.id)
    if season == (profile.season if profile else []):
        return
    if profile is None:
        profile = NeedProfile(need_id=need.id, **{name: [] for name in LISTED})
        session.add(profile)
    profile.season = season
    # Whoever has the need's form open reads the need's version only.
    flag_modified(need, "windows")


def _tell(session: Session, need: Need) -> None:
    record(session, CompanyRequestReceived(
        need_id=need.id, company_id=need.company_id, p_number=need.p_number, occupation=need.occupation,
        employment_form=need.employment_form, weekly_hours_min=need.weekly_hours_min,
        weekly_hours_max=need.weekly_hours_max, answer_due=need.answer_due,
    ), need)  # fmt: skip
    promises.of_need(session, need)


def with_hours(told: dict[str, Any]) -> dict[str, Any]:
    """Days and weekly hours that were left out follow from the windows; raises Invalid where they contradict."""
    week = read_week(tuple(told["windows"]))
    days = len(week.used_days())
    required = told.get("days_required") or days
    if required > days:
        raise Invalid({"days_required": "Flere dage end tidsrum. / More days than windows."})
    per_day = told.get("hours_per_day")
    if per_day is not None and requests.days_with(week, per_day) < required:
        raise Invalid({"hours_per_day": "Mere end der er tid til. / More than there is time for."})
    names, (said_least, said_most) = _hours_said(told)
    least, most = requests.hours_of_week(week, required, per_day)
    least = said_least or least
    most = said_most or max(most, least)
    if least > most:
        raise Invalid({names[0]: "Mere end det højeste. / More than the most."})
    if most > requests.whole_week(week):
        raise Invalid({names[1]: "Mere end tidsrummene. / More than the windows hold."})
    derived = [name for name in DERIVABLE if told.get(name) is None]
    hours = {"days_required": required, "weekly_hours_min": least, "weekly_hours_max": most}
    return told | hours | {"derived": derived}


def _hours_said(told: Mapping[str, Any]) -> tuple[tuple[str, str], list[float | None]]:
    """Least and most hours a week as they were said, and by which fields; raises Invalid for both kinds at once."""
    monthly = [told.get(name) for name in MONTHLY]
    weekly = [told.get(name) for name in WEEKLY]
    if not any(monthly):
        return WEEKLY, weekly
    if any(weekly):
        raise Invalid({MONTHLY[0]: "Timer om ugen eller om måneden, ikke begge. / Hours a week or a month, not both."})
    return MONTHLY, [requests.weekly_of(one) if one else None for one in monthly]


def change_need(
    session: Session, border: Own | None, need_id: UUID, expected_version: int, given: dict[str, Any]
) -> Need:
    """Pause, reopen, close, or change the work or its hours; raises PreconditionFailed when someone was there since."""
    need = session.get(Need, need_id, with_for_update=True)
    if need is None:
        raise NotFound
    queries.require_own(session, border, need)
    if need.version != expected_version:
        raise PreconditionFailed
    if need.state == "closed":
        raise Refused("need_closed", "Behovet er lukket.", "The need is closed.")
    _require_position(session, need, given)
    if "occupation" in given:
        given |= _other_work(session, need, str(given["occupation"]))
    if given.keys() & {"windows", "hours_per_day", *DERIVABLE, *MONTHLY}:
        given = with_hours(told_hours(need, given) | given)
    sent = _sent(need, given.get("state"))
    if "season" in given:
        _keep_season(session, need, given.pop("season"))
    for name, value in given.items():
        setattr(need, name, value)
    if sent:
        need.received_at, need.answer_due = clock.now(), requests.answer_due(clock.today(), POLICY)
        session.flush()
        _tell(session, need)
    session.flush()
    return need


def _sent(need: Need, state: str | None) -> bool:
    """True where a draft becomes a need now; raises Refused for a draft that is to be paused."""
    if need.state == "draft" and state == "paused":
        raise Refused("need_is_draft", "En kladde kan sendes eller lukkes.", "A draft can be sent or closed.")
    return need.state == "draft" and state == "open"


def _other_work(session: Session, need: Need, star_id: str) -> dict[str, Any]:
    """Another occupation, and the need's title where it was the old one's; nobody was asked about another job."""
    occupation = catalogue.occupation(star_id)
    if star_id == need.occupation:
        return {"occupation": star_id}
    if queries.matches(session, need_id=need.id, cursor=None, limit=1)["items"]:
        raise Refused(
            "need_has_proposals",
            "Der er foreslået nogen til behovet. Luk det, og opret et nyt med den anden stilling.",
            "Somebody was proposed for the need. Close it, and make another with the other occupation.",
            fields={"occupation": "Kan ikke ændres mere. / It can no longer be changed."},
        )
    before = catalogue.find_occupation(need.occupation)
    follows = before is not None and need.title == before.title
    return {"occupation": star_id} | ({"title": occupation.title} if follows else {})


def told_hours(need: Need, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """When there is work as somebody told it; what was derived is left out, so that it is derived again.

    So are hours of the one kind where those of the other are given now.
    """
    told = {name: getattr(need, name) for name in ("windows", "hours_per_day", *MONTHLY)}
    told |= {name: None if name in need.derived else getattr(need, name) for name in DERIVABLE}
    for kind, other in ((WEEKLY, MONTHLY), (MONTHLY, WEEKLY)):
        if any((given or {}).get(name) is not None for name in kind):
            told |= dict.fromkeys(other)
    return told


def _require_position(session: Session, need: Need, given: dict[str, Any]) -> None:
    positions_now, taken = given.get("positions", need.positions), positions.taken(session, need.id)
    if positions_now < taken:
        raise Invalid({"positions": f"Der er sagt ja til {taken}. / {taken} were said yes to."})
    if given.get("state") == "open" and taken >= positions_now:
        raise Refused(
            "no_position_left",
            "Alle pladser er besat. Tilføj en plads først.",
            "All positions are taken. Add a position first.",
            fields={"positions": f"Mindst {taken + 1}. / At least {taken + 1}."},
        )

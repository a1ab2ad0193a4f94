"""What consultants want to hear of, and the job that tells them in the morning, once for each need."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Need, SavedSearch
from services.matching.rules import catalogue
from services.matching.use_cases import POLICY, alert_mail, matches
from services.matching.use_cases.lapsing import tell
from shared import calendar, clock, merges
from shared.database import new_id
from shared.errors import Invalid, NotFound
from shared.lookups import looked

FITTING = 50
SOUGHT = ("occupation", "citizen_id", "employment_forms", "weekly_hours_max")


def save(session: Session, by: str, told: dict[str, Any]) -> SavedSearch:
    """An occupation or a person, and only one of them; raises Invalid."""
    if (told["occupation"] is None) == (told["citizen_id"] is None):
        raise Invalid({"occupation": "Vælg en stilling eller en borger. / Choose an occupation or a citizen."})
    if told["occupation"] is not None:
        told = told | {"occupation": catalogue.occupation(str(told["occupation"])).id}
    else:
        looked(session, person := merges.survivor(session, told["citizen_id"]))
        told = told | {"citizen_id": person}
        if queries.wishes(session, person) is None:
            raise NotFound
    search = SavedSearch(id=new_id(), owner=by, saved_at=clock.now(), **told)
    session.add(search)
    session.flush()
    return search


def drop(session: Session, search_id: UUID, by: str) -> dict[str, Any]:
    """Heard of no more; returns what would save it again."""
    search = session.get(SavedSearch, search_id)
    if search is None or search.owner != by:
        raise NotFound
    told = {name: getattr(search, name) for name in SOUGHT}
    session.delete(search)
    return told


def alert(session: Session) -> bool:
    """From the hour of the row on an open day, everybody hears of the needs that came since and are what they seek."""
    row = POLICY.find("alerts.hour", clock.today())
    now = clock.now()
    if row is None or not calendar.is_open(clock.today()) or now < calendar.danish_time(clock.today(), row.value):
        return False
    for search in session.scalars(select(SavedSearch).order_by(SavedSearch.id)).all():
        for need in _found(session, search):
            tell(session, search.owner, alert_mail.SEARCHED, need.id, need.id)
    alert_mail.send(session)
    return False


def _found(session: Session, search: SavedSearch) -> list[Need]:
    news = select(Need).where(Need.state == "open", Need.received_at > search.saved_at, Need.taken < Need.positions)
    if search.citizen_id is None:
        news = news.where(Need.occupation == search.occupation)
        if search.employment_forms:
            news = news.where(Need.employment_form.in_(search.employment_forms))
        if search.weekly_hours_max is not None:
            news = news.where(Need.weekly_hours_min <= search.weekly_hours_max)
        return list(session.scalars(news.order_by(Need.id)))
    needs = list(session.scalars(news.order_by(Need.id)))
    wishes = queries.wishes(session, search.citizen_id) if needs else None
    if wishes is None or not wishes.consent_to_matching:
        return []
    fitting = {one.need_id for one in matches.ranked_needs(session, search.citizen_id, FITTING)}
    return [need for need in needs if need.id in fitting]

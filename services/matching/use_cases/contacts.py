"""Who was in touch with a company, when it wants peace, and those who are asked again after a long silence."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import CompanyContact, CompanyPause, CompanyPromise
from services.matching.queries import care
from services.matching.rules.agreements import months_later
from services.matching.rules.promises import ASK_AGAIN
from services.matching.use_cases import POLICY, promises
from shared import calendar, clock
from shared.database import new_id
from shared.errors import CannotUndo, Invalid, NotFound, Refused


def log(
    session: Session, company_id: UUID, *, way: str, direction: str, outcome: str, over_budget_reason: str | None,
    by: str, name: str, team: str | None,
) -> CompanyContact:  # fmt: skip
    """Somebody was in touch; an approach in a pause, or of one team too many, takes a reason that is kept."""
    queries.company(session, None, company_id)
    if direction == "ours":
        _require_budget(session, company_id, team, over_budget_reason)
    row = CompanyContact(
        id=new_id(), company_id=company_id, at=clock.now(), by_subject=by, by_name=name, team=team, way=way,
        direction=direction, outcome=outcome, over_budget_reason=over_budget_reason if direction == "ours" else None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _require_budget(session: Session, company_id: UUID, team: str | None, reason: str | None) -> None:
    today = clock.today()
    judged = care.budget(session, company_id, team, POLICY, today)
    if judged.allowed or reason is not None:
        return
    row = POLICY.find("contact.teams_a_week", today)
    when = judged.free_on
    danish = "Virksomheden er på pause" if judged.paused else f"{judged.teams} hold har kontaktet dem i denne uge"
    english = "The company is on a pause" if judged.paused else f"{judged.teams} teams have approached them this week"
    raise Refused(
        "contact_budget",
        f"{danish}. De kan kontaktes igen {when:%d-%m-%Y}. Er der en grund til at gøre det nu, så vælg den.",
        f"{english}. They can be approached again on {when:%Y-%m-%d}. Choose a reason if it has to be now.",
        fields={"over_budget_reason": "Vælg en grund. / Choose a reason."},
        policy=row.name if row and not judged.paused else None,
    )


def take_back(session: Session, company_id: UUID, contact_id: UUID, by: str) -> None:
    """It did not happen; by whoever wrote it down, on the same day."""
    row = session.get(CompanyContact, contact_id)
    if row is None or row.company_id != company_id or row.by_subject != by:
        raise NotFound
    if calendar.danish_day(row.at) != clock.today():
        raise CannotUndo
    session.delete(row)
    session.flush()


def pause(session: Session, company_id: UUID, *, until_on: date | None, reason_code: str, by: str) -> date | None:
    """Not to be approached until that day is over, none for no pause; returns what was before."""
    queries.company(session, None, company_id)
    if until_on is not None and until_on < clock.today():
        raise Invalid({"until_on": "Dagen er gået. / The day is over."})
    row = session.get(CompanyPause, company_id, with_for_update=True)
    before = row.until_on if row else None
    if row is None:
        row = CompanyPause(company_id=company_id)
        session.add(row)
    row.until_on, row.reason_code, row.made_by = until_on, reason_code, by
    session.flush()
    return before if before is None or before >= clock.today() else None


def ask_again(session: Session) -> bool:
    """Companies that stopped answering come up again after the months of the row, as a promise to be kept today."""
    today = clock.today()
    row, after = POLICY.find("contact.ask_again_months", today), POLICY.find("contact.silent_after", today)
    if row is None or after is None:
        return False
    last = func.max(CompanyContact.at)
    old = calendar.danish_time(months_later(today, -row.value), 0)
    rows = select(CompanyContact.company_id, last).group_by(CompanyContact.company_id)
    for company_id, at in session.execute(rows.having(last < old)).all():
        asked = select(CompanyPromise.id).where(
            CompanyPromise.company_id == company_id, CompanyPromise.kind == ASK_AGAIN, CompanyPromise.made_at > at
        )
        known = session.scalar(asked.limit(1)) is not None
        if not known and care.faded(care.contacts(session, company_id), POLICY, today):
            promises.make(session, company_id, ASK_AGAIN, calendar.open_on_or_after(today))
    return False

"""Companies by CVR number and workplaces by P-number: known again or for the first time."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from stdnum.dk import cvr as cvr_number
from stdnum.exceptions import ValidationError

from services.matching import queries
from services.matching.models import Company, StaffMonth, Workplace
from services.matching.rules import catalogue, industries
from services.matching.rules.ratio import Staff
from services.matching.use_cases import unit_register
from shared import clock
from shared.danish import sort_key
from shared.database import new_id
from shared.errors import Invalid, NotFound, PreconditionFailed, Refused
from shared.events import CompanyRegistered
from shared.outbox import record


def register_company(
    session: Session,
    expected_version: int | None = None,
    *,
    cvr: str,
    name: str,
    public: bool,
    contact: dict[str, Any],
    industry: str | None = "",
) -> Company:
    """Know the company by its CVR number, again or for the first time; an `industry` that is empty is left as it is.

    Raises PreconditionFailed where it is no longer in the version that the caller read, if one is named.
    """
    told = {
        "name": name,
        "sort_key": sort_key(name),
        "public": public,
        "contact_name": contact["name"],
        "contact_email": contact["email"],
        "contact_phone": contact["phone"],
    }
    told |= {"industry": industries.read(industry)} if industry != "" else {}
    row: dict[str, Any] = {"id": new_id(), "version": 1, "cvr": read_cvr(cvr), **told}
    row["industry"] = row.get("industry") or unit_register.industry(row["cvr"])
    claimed = insert(Company).values(row).on_conflict_do_nothing(index_elements=["cvr"]).returning(Company)
    company = session.scalar(claimed)
    if company is None:
        known = select(Company).where(Company.cvr == row["cvr"]).with_for_update()
        company = session.scalars(known.execution_options(populate_existing=True)).one()
        _require_version(company, expected_version)
        if all(getattr(company, field) == value for field, value in told.items()):
            return company
        for field, value in told.items():
            setattr(company, field, value)
    record(session, CompanyRegistered(
        company_id=company.id, cvr=company.cvr, name=company.name, contact_name=company.contact_name,
        contact_email=company.contact_email, contact_phone=company.contact_phone,
    ), company)  # fmt: skip
    return company


def _require_version(known: Company | Workplace, expected_version: int | None) -> None:
    if expected_version not in (None, known.version):
        raise PreconditionFailed


def read_cvr(typed: str) -> str:
    """Its eight digits; raises Invalid for what is no CVR number."""
    try:
        return str(cvr_number.validate(typed))
    except ValidationError:
        raise Invalid({"cvr": "CVR-nummeret er ikke gyldigt. / This is not a CVR number."}) from None


def register_workplace(
    session: Session,
    company_id: UUID,
    expected_version: int | None = None,
    *,
    p_number: str,
    staff: list[dict[str, Any]],
    forgotten: Collection[str] = (),
    **told: Any,
) -> dict[str, Any]:
    """Know a P-number of a company again or for the first time; months told again replace what was told before.

    Of `forgotten` months nothing is known any more; a register fills those that nobody ever told.

    Raises PreconditionFailed where it is no longer in the version that the caller read, if one is named.
    """
    if session.get(Company, company_id) is None:
        raise NotFound
    catalogue.place(told["postal_code"])
    row = {"id": new_id(), "version": 1, "company_id": company_id, "p_number": p_number, **told}
    claimed = insert(Workplace).values(row).on_conflict_do_nothing(index_elements=["p_number"]).returning(Workplace)
    workplace = session.scalar(claimed)
    if workplace is not None:
        unit_register.require_open(p_number, clock.today())
    else:
        known = select(Workplace).where(Workplace.p_number == p_number).with_for_update()
        workplace = session.scalars(known.execution_options(populate_existing=True)).one()
        if workplace.company_id != company_id:
            raise Refused(
                "p_number_taken",
                "P-nummeret hører til et andet CVR-nummer.",
                "The P-number belongs to another company.",
            )
        _require_version(workplace, expected_version)
        for field, value in told.items():
            setattr(workplace, field, value)
        _renew(session, workplace, staff)
        _forget(session, workplace, forgotten)
    _tell_staff(session, workplace, staff, forgotten)
    return queries.workplace_answers(session, [workplace])[0]


def _renew(session: Session, workplace: Workplace, staff: list[dict[str, Any]]) -> None:
    """A new version where only a month changed as well, as the months are told together with the workplace."""
    known = queries.staff_of(session, [workplace.id])[workplace.id]
    told = {date.fromisoformat(f"{month['month']}-01"): Staff(month["fte"], month["subsidised_fte"]) for month in staff}
    if any(known.get(month) != figures for month, figures in told.items()):
        flag_modified(workplace, "name")
    session.flush()


def _forget(session: Session, workplace: Workplace, months: Collection[str]) -> None:
    firsts = [date.fromisoformat(f"{month}-01") for month in months]
    if firsts:
        flag_modified(workplace, "name")
        session.execute(delete(StaffMonth).where(StaffMonth.workplace_id == workplace.id, StaffMonth.month.in_(firsts)))


def _tell_staff(
    session: Session, workplace: Workplace, staff: list[dict[str, Any]], forgotten: Collection[str]
) -> None:
    known = queries.staff_of(session, [workplace.id])[workplace.id]
    settled = {*forgotten, *(f"{month:%Y-%m}" for month in known)}
    told: dict[date, dict[str, Any]] = {}
    for month in unit_register.staff_beside(workplace.p_number, staff, settled):
        if month["subsidised_fte"] > month["fte"]:
            raise Invalid({"staff": f"{month['month']}: flere støttede end ansatte. / More subsidised than staff."})
        first = date.fromisoformat(f"{month['month']}-01")
        told[first] = {"id": new_id(), "workplace_id": workplace.id, **month, "month": first}
    if not told:
        return
    statement = insert(StaffMonth)
    replaced = {name: statement.excluded[name] for name in ("fte", "subsidised_fte")}
    session.execute(
        statement.on_conflict_do_update(index_elements=["workplace_id", "month"], set_=replaced),
        [told[month] for month in sorted(told)],
    )

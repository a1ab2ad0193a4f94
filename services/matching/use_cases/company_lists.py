"""Lists of companies with their workplaces, and of staff by month: the same use cases as one by one."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, Workplace
from services.matching.schemas.lists import CompanyLine, StaffLine
from services.matching.use_cases import companies
from shared.errors import Invalid, PreconditionFailed
from shared.events.codes import Words
from shared.lists import KNOWN, Column, Kind, Line, ListImportRow, read_lines

TOLD = ("name", "public", "industry", "contact_name", "contact_email", "contact_phone")
NEW_COMPANY = {"public": False, "contact_email": None, "contact_phone": None}
# A workplace's fields, and the columns that say them.
PLACE = {"name": "workplace_name"} | {
    name: name for name in ("postal_code", "single_person", "supported_elsewhere_fte")
}
NEW_PLACE = {"single_person": False, "supported_elsewhere_fte": 0.0}
P_NUMBER = Column(Words("P-nummer", "P-number"), ("pnummer", "pnr", "pnumber", "produktionsenhed"))
COMPANY_COLUMNS = {
    "cvr": Column(Words("CVR-nummer", "CVR number"), ("cvr", "cvrnr", "cvrnummer", "cvrnumber")),
    "name": Column(Words("virksomhedens navn", "the company's name"), ("virksomhed", "navn", "name", "company")),
    "contact_name": Column(
        Words("kontaktperson", "contact person"), ("kontakt", "kontaktperson", "contact", "contactname")
    ),
    "contact_email": Column(Words("kontaktpersonens e-mail", "the contact's e-mail"), ("email", "mail")),
    "contact_phone": Column(
        Words("kontaktpersonens telefon", "the contact's telephone"), ("telefon", "tlf", "mobil", "phone")
    ),
    "public": Column(Words("offentlig (ja/nej)", "public (yes/no)"), ("offentlig", "public"), flag=True),
    "industry": Column(Words("branche (kode eller navn)", "industry (code or title)"), ("branche", "branchekode")),
    "p_number": P_NUMBER,
    "workplace_name": Column(
        Words("arbejdsstedets navn", "the workplace's name"), ("arbejdssted", "sted", "afdeling", "workplace")
    ),
    "postal_code": Column(Words("postnummer", "postal code"), ("postnr", "postnummer", "postalcode", "zip")),
    "single_person": Column(
        Words("enkeltmandsvirksomhed (ja/nej)", "a firm of one (yes/no)"),
        ("enkeltmand", "enkeltmandsvirksomhed", "singleperson"), flag=True,
    ),
    "supported_elsewhere_fte": Column(
        Words("støttede fra andre kommuner (årsværk)", "supported by other municipalities (FTE)"),
        ("andrekommuner", "stoettedeandrekommuner", "supportedelsewherefte"),
    ),
}  # fmt: skip
STAFF_COLUMNS = {
    "p_number": P_NUMBER,
    "month": Column(Words("måned (fx 2026-10)", "month (such as 2026-10)"), ("maaned", "month")),
    "fte": Column(Words("ansatte i alt (årsværk)", "all staff (FTE)"), ("fte", "aarsvaerk", "ansatte", "fuldtid")),
    "subsidised_fte": Column(
        Words("heraf støttede (årsværk)", "of these subsidised (FTE)"), ("stoettede", "heraf", "subsidisedfte")
    ),
}
_DANISH_MONTH = re.compile(r"(\d{1,2})[-/. ]+(\d{4})")


def read_month(cells: dict[str, Any]) -> dict[str, Any]:
    """ "10-2026" as "2026-10"."""
    if (found := _DANISH_MONTH.fullmatch(cells.get("month", ""))) is not None:
        cells["month"] = f"{found[2]}-{found[1]:0>2}"
    return cells


def take_company(session: Session, _one: ListImportRow, line: Line) -> None:
    """The company, and its workplace where one is named, known again or for the first time."""
    number = companies.read_cvr(line.data["cvr"])
    known = session.scalar(select(Company).where(Company.cvr == number))
    before = {name: getattr(known, name) for name in TOLD} if known else {}
    told = NEW_COMPANY | before | {name: line.data[name] for name in TOLD if name in line.data}
    company = _register(session, number, told)
    line.known_id, line.before = company.id, {"cvr": company.cvr}
    if known is not None:
        line.verdict, line.changes = KNOWN, [name for name in TOLD if before[name] != getattr(company, name)]
        if line.changes:
            line.before |= {"company": before, "after": {name: getattr(company, name) for name in TOLD}}
    if "p_number" in line.data:
        _take_place(session, company, line)


def _register(session: Session, cvr: str, told: Mapping[str, Any], version: int | None = None) -> Company:
    contact = {name: told[f"contact_{name}"] for name in ("name", "email", "phone")}
    more = {"industry": told["industry"]} if "industry" in told else {}
    return companies.register_company(
        session, version, cvr=cvr, name=told["name"], public=told["public"], contact=contact, **more
    )


def _take_place(session: Session, company: Company, line: Line) -> None:
    p_number, said = line.data["p_number"], {name: line.data[of] for name, of in PLACE.items() if of in line.data}
    known = queries.find_workplace(session, p_number)
    before = {name: getattr(known, name) for name in PLACE} if known else {}
    told = {"name": company.name} | NEW_PLACE | before | said
    place = companies.register_workplace(session, company.id, p_number=p_number, staff=[], **told)
    if not before:
        line.verdict = "new"
    elif changed := [name for name in PLACE if before[name] != place[name]]:
        line.changes += [PLACE[name] for name in changed]
        line.before = (line.before or {}) | {"place": before, "p_number": p_number, "at": place["version"]}


def undo_company(session: Session, _one: ListImportRow, before: Mapping[str, Any]) -> None:
    """What was known before stands again, unless somebody changed it since; who is new stays, as others may know it."""
    if "place" in before:
        place = queries.find_workplace(session, before["p_number"])
        if place is not None:
            companies.register_workplace(
                session, place.company_id, before["at"], p_number=before["p_number"], staff=[], **before["place"]
            )
    if "company" in before:
        company = session.scalars(select(Company).where(Company.cvr == before["cvr"])).one()
        # Not by its version: each of a company's lines, taken back after the next, makes a new one.
        if any(getattr(company, name) != told for name, told in before["after"].items()):
            raise PreconditionFailed
        _register(session, company.cvr, before["company"], company.version)


def take_month(session: Session, _one: ListImportRow, line: Line) -> None:
    """A month of a workplace that is known, told again or for the first time."""
    told = dict(line.data)
    place = queries.find_workplace(session, told.pop("p_number"))
    if place is None:
        raise Invalid({"p_number": "Arbejdsstedet er ikke registreret endnu. / This workplace is not registered yet."})
    staff = queries.staff_of(session, [place.id])[place.id].get(date.fromisoformat(f"{told['month']}-01"))
    before = None if staff is None else {"fte": float(staff.fte), "subsidised_fte": float(staff.subsidised_fte)}
    line.known_id, told = place.id, {"subsidised_fte": before["subsidised_fte"] if before else 0.0} | told
    if before is not None:
        line.verdict = KNOWN
        line.changes = [name for name in before if before[name] != told[name]]
    if before is None or line.changes:
        _tell(session, place, staff=[told])
        line.before = {"p_number": place.p_number, "month": told["month"], "staff": before}


def undo_month(session: Session, _one: ListImportRow, before: Mapping[str, Any]) -> None:
    """The figures that stood before, or none."""
    place = queries.find_workplace(session, before["p_number"])
    if place is None:
        return
    if before["staff"] is None:
        _tell(session, place, staff=[], forgotten=[before["month"]])
    else:
        _tell(session, place, staff=[before["staff"] | {"month": before["month"]}])


def _tell(session: Session, place: Workplace, **months: Any) -> None:
    known = {name: getattr(place, name) for name in PLACE}
    companies.register_workplace(session, place.company_id, p_number=place.p_number, **known, **months)


COMPANIES = Kind(
    words=Words("virksomheder og arbejdssteder", "companies and workplaces"),
    told=Words(
        "Én linje for hvert arbejdssted. En virksomhed kendes på CVR-nummeret, et arbejdssted på P-nummeret.",
        "One line for each workplace. A company is known by its CVR number, a workplace by its P-number.",
    ),
    columns=COMPANY_COLUMNS,
    needs=((frozenset({"cvr"}),), (frozenset({"name"}),), (frozenset({"contact_name"}),)),
    shown=(Words("Virksomhed", "Company"), Words("CVR-nummer", "CVR number"), Words("P-nummer", "P-number")),
    read=read_lines(CompanyLine(), COMPANY_COLUMNS, ("name", "cvr", "p_number")),
    take=take_company,
    undo=undo_company,
    page="/virksomheder/{}",
)
STAFF_MONTHS = Kind(
    words=Words("bemanding pr. måned", "staff by month"),
    told=Words(
        "Én linje for hver måned på et P-nummer. Arbejdsstedet skal være registreret først.",
        "One line for each month of a P-number. The workplace must be registered first.",
    ),
    columns=STAFF_COLUMNS,
    needs=((frozenset({"p_number"}),), (frozenset({"month"}),), (frozenset({"fte"}),)),
    shown=(Words("P-nummer", "P-number"), Words("Måned", "Month"), Words("Ansatte", "Staff")),
    read=read_lines(StaffLine(), STAFF_COLUMNS, ("p_number", "month", "fte"), read_month),
    take=take_month,
    undo=undo_month,
)

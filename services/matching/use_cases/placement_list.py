"""A list of placements that were agreed before the product: taken over as they run, with their known dates.

Everybody's approval was given elsewhere, so nobody is asked again. Each rule of the law is asked all the same, and
what it would refuse is told in the dry run; a person takes such a line or leaves it out.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import AgreementVersion, Company, Match, Need, Placement, Workplace
from services.matching.rules import agreements, catalogue, changes, forms, ratio
from services.matching.rules.ratio import Supported
from services.matching.rules.terms import TERMS
from services.matching.schemas.lists import PlacementLine
from services.matching.use_cases import POLICY, approvals, lapsing, ratios
from services.matching.use_cases import changes as changing
from shared import calendar, clock
from shared.danish import search_key
from shared.database import new_id
from shared.errors import Invalid, Refused
from shared.events import PlacementAgreed
from shared.events.codes import EMPLOYMENT_FORMS, Words
from shared.lists import KNOWN, NEAR, Column, Kind, Line, ListImportRow, read_lines
from shared.lists.work import why
from shared.lookups import looked
from shared.outbox import record

TAKEN_OVER = "taken_over"
COLUMNS = {
    "citizen_id": Column(
        Words("borgerens nummer (fra rapporten om personer)", "the citizen's number (from the report on persons)"),
        ("borgerensnummer", "borgernummer", "citizenid", "citizensnumber"),
    ),
    "p_number": Column(Words("P-nummer", "P-number"), ("pnummer", "pnr", "pnumber")),
    "occupation": Column(Words("stilling", "occupation"), ("stilling", "job", "occupation")),
    "offer_type": Column(Words("tilbud (fx virksomhedspraktik)", "offer (such as virksomhedspraktik)"),
                         ("tilbud", "type", "offertype", "offer")),
    "starts_on": Column(Words("første dag", "first day"), ("start", "startdato", "foerstedag", "startson")),
    "ends_on": Column(Words("sidste dag", "last day"), ("slut", "slutdato", "sidstedag", "endson")),
    "first_time": Column(Words("første mødetid (fx 8.00)", "time on the first day (such as 08:00)"),
                         ("moedetid", "foerstemoedetid", "firsttime")),
    "weekly_hours": Column(Words("timer om ugen", "hours a week"), ("timer", "ugentligetimer", "weeklyhours")),
    "purpose_code": Column(Words("formål", "purpose"), ("formaal", "purpose", "purposecode")),
    "cadence": Column(Words("opfølgningens rytme", "follow-up rhythm"), ("rytme", "opfoelgning", "cadence")),
    "mentor_name": Column(Words("mentors navn", "the mentor's name"), ("mentor", "mentornavn", "mentorname")),
    "mentor_email": Column(Words("mentors e-mail", "the mentor's e-mail"), ("mentoremail", "mentormail")),
    "mentor_phone": Column(Words("mentors telefon", "the mentor's telephone"), ("mentortelefon", "mentorphone")),
    "last_contact": Column(Words("sidste opfølgning (dato)", "last follow-up (day)"),
                           ("sidsteopfoelgning", "sidstesamtale", "lastcontact")),
}  # fmt: skip
CODED = {"offer_type": EMPLOYMENT_FORMS, "purpose_code": TERMS["purpose"], "cadence": TERMS["cadence"]}
COPIED = ("offer_type", "starts_on", "ends_on", "weekly_hours", "purpose_code", "cadence")


def read_cells(cells: dict[str, Any]) -> dict[str, Any]:
    """Codes by their words."""
    return cells | {name: _code(cells[name], table) for name, table in CODED.items() if name in cells}


def _code(cell: str, table: Mapping[str, Words]) -> str:
    wanted = search_key(cell)
    return next((code for code, said in table.items() if wanted in (search_key(said.danish), search_key(said.english))),
                cell)  # fmt: skip


def take(session: Session, one: ListImportRow, line: Line) -> None:
    """The placement is agreed and followed from now; one that is known already is left as it is."""
    told = dict(line.data)
    citizen_id = line.citizen_id = told["citizen_id"]
    looked(session, citizen_id)
    person = queries.names(session, [citizen_id]).get(citizen_id)
    if person is None:
        raise Invalid({"citizen_id": "Personen er ikke registreret endnu. / This person is not registered yet."})
    line.shown = ["" if person.protected else person.name or "", *line.shown[1:]]
    if (known := _known(session, told)) is not None:
        line.verdict, line.known_id = KNOWN, known.id
        return
    if told["ends_on"] < max(told["starts_on"], clock.today()):
        raise Invalid({"ends_on": "Forløbet er slut. / The placement is over."})
    if told["last_contact"] and told["last_contact"] > clock.today():
        raise Invalid({"last_contact": "Dagen er ikke kommet endnu. / That day has not come yet."})
    place, occupation = _place(session, told["p_number"]), _occupation(told["occupation"])
    told["length_policy"] = _judge(session, line, told, place)
    placement = _taken_over(session, one, told, place, occupation)
    line.known_id, line.before = placement.id, {"placement_id": str(placement.id), "number": placement.number}


def _known(session: Session, told: Mapping[str, Any]) -> Placement | None:
    same = (Placement.citizen_id, Placement.p_number, Placement.starts_on)
    asked = (told["citizen_id"], told["p_number"], told["starts_on"])
    wanted = select(Placement).where(Placement.state != "refused", *(a == b for a, b in zip(same, asked, strict=True)))
    return session.scalar(wanted.limit(1))


def _place(session: Session, p_number: str) -> Workplace:
    if queries.find_workplace(session, p_number) is None:
        raise Invalid({"p_number": "Arbejdsstedet er ikke registreret endnu. / This workplace is not registered yet."})
    return ratios.locked_workplace(session, p_number)


def _occupation(said: str) -> Any:
    found = catalogue.find_occupation(said) or next(
        (one for one in catalogue.search(said, 1) if search_key(one.title) == search_key(said)), None
    )
    if found is None:
        near = ", ".join(one.title for one in catalogue.search(said, 3))
        raise Invalid({"occupation": f"Ikke på listen. Mener du: {near}? / Not on the list. Do you mean: {near}?"})
    return found


def _judge(session: Session, line: Line, told: Mapping[str, Any], place: Workplace) -> str:
    """What the rules would say of it today, the row for the length; a refusal asks for somebody's eyes."""
    company, on = session.get_one(Company, place.company_id), told["starts_on"]
    category = queries.category(session, told["citizen_id"])
    beside = queries.courses_beside(session, told["citizen_id"], on, told["ends_on"])
    verdict = ratios.judge(session, place, _supported(told), None)
    asked: tuple[Callable[[], Any], ...] = (
        lambda: agreements.check_period(
            told["offer_type"], category, public=company.public, starts_on=on, ends_on=told["ends_on"],
            exception_ground=None, policy=POLICY,
        ).name,
        lambda: forms.check_form(
            told["offer_type"], category, public=company.public, on=on, weekly_hours=told["weekly_hours"],
            confirmed=forms.CONDITIONS, policy=POLICY,
        ),
        lambda: forms.check_overlap(told["offer_type"], beside, on, POLICY),
        lambda: ratio.require_allowed(verdict),
    )  # fmt: skip
    met: list[Any] = []
    for ask in asked:
        try:
            met.append(ask())
        except Refused as refused:
            met.append(refused.policy)
            line.verdict, line.problems = NEAR, why(refused) | line.problems
    return met[0] or verdict.policy


def _supported(told: Mapping[str, Any]) -> Supported:
    return Supported(told["offer_type"], told["starts_on"], told["ends_on"], told["weekly_hours"])


def _taken_over(
    session: Session, one: ListImportRow, told: Mapping[str, Any], place: Workplace, occupation: Any
) -> Placement:
    match = _match(session, one, told, place, occupation)
    now, new = clock.now(), _supported(told)
    hour, minute = map(int, told["first_time"].split(":"))
    placement = Placement(
        id=new_id(), match_id=match.id, citizen_id=match.citizen_id, company_id=place.company_id,
        p_number=place.p_number, state="agreed", occupation=occupation.id, length_policy=told["length_policy"],
        first_day_at=calendar.danish_time(told["starts_on"], hour, minute),
        ratio=ratios.keep(session, place.p_number, new, ratios.judge(session, place, new, None)),
        statements_needed=agreements.parties_needed(place.single_person, new.starts_on, POLICY),
        mentor_id=new_id(), mentor_name=told["mentor_name"], mentor_email=told["mentor_email"],
        mentor_phone=told["mentor_phone"], made_by=one.made_by, agreed_at=now, hire_preagreed=False,
        exception_ground=None, ratio_exemption=None, document_reference=None, deviation_reason_code=None,
        confirmed=[], approvals=[], **{name: told[name] for name in COPIED},
    )  # fmt: skip
    session.add(placement)
    session.flush()
    terms = {name: getattr(placement, name) for name in approvals.TERMS}
    session.add(AgreementVersion(
        placement_id=placement.id, number=1, kind=TAKEN_OVER, made_by=one.made_by, made_at=now, policies=[],
        content_hash="", in_force_at=now, **terms,
    ))  # fmt: skip
    lapsing.close_others(session, placement)
    _tell(session, placement, told["last_contact"])
    return placement


def _match(session: Session, one: ListImportRow, told: Mapping[str, Any], place: Workplace, occupation: Any) -> Match:
    """A need that is closed and a match of both: nobody was ranked, and what was said yes to is the agreement."""
    now, hours = clock.now(), told["weekly_hours"]
    need = Need(
        id=new_id(), company_id=place.company_id, p_number=place.p_number, state="closed", title=occupation.title,
        occupation=occupation.id, employment_form=forms.CONSENTED_AS.get(told["offer_type"], told["offer_type"]),
        weekly_hours_min=hours, weekly_hours_max=hours, windows=[], days_required=0, derived=[], licences=[],
        adjustments=[], mentor_offered=True, positions=1, unadvertised=True, starts_on=told["starts_on"],
        received_at=now,
    )  # fmt: skip
    session.add(need)
    session.flush()
    match = Match(
        id=new_id(), need_id=need.id, company_id=place.company_id, citizen_id=told["citizen_id"], state="accepted",
        proposed_by=one.made_by, proposed_at=now, score=0, factors=[], failed_rules=[], salt="", policies=[],
        disclosed_needs=[],
    )  # fmt: skip
    session.add(match)
    session.flush()
    return match


def _tell(session: Session, placement: Placement, last_contact: Any) -> None:
    fields = (
        "match_id", "citizen_id", "company_id", "p_number", "offer_type", "occupation", "starts_on", "ends_on",
        "first_day_at", "weekly_hours", "purpose_code", "cadence", "hire_preagreed", "mentor_id", "mentor_name",
        "mentor_email", "mentor_phone",
    )  # fmt: skip
    record(session, PlacementAgreed(
        placement_id=placement.id, taken_over_on=clock.today(), last_contact_on=last_contact,
        **{name: getattr(placement, name) for name in fields},
    ), placement)  # fmt: skip


def undo(session: Session, one: ListImportRow, before: Mapping[str, Any]) -> None:
    """It should not have been here: annulled, unless the agreement has changed since."""
    changing.change(
        session, UUID(before["placement_id"]), kind=changes.ANNULLED, reason_code="mistake", number=before["number"],
        by=one.made_by, ends_on=None, weekly_hours=None,
    )  # fmt: skip


PLACEMENTS = Kind(
    words=Words("igangværende forløb", "placements that run already"),
    told=Words(
        "Forløbene er aftalt, før I fik Jobbutik. Ingen bliver spurgt igen. Prøvekørslen siger, hvad reglerne ville "
        "afvise. Opfølgningen går videre fra i dag.",
        "These were agreed before you had Jobbutik. Nobody is asked again. The dry run tells what the rules would "
        "refuse. Follow-up goes on from today.",
    ),
    columns=COLUMNS,
    needs=tuple(
        (frozenset({name}),)
        for name in ("citizen_id", "p_number", "occupation", "offer_type", "starts_on", "ends_on", "weekly_hours",
                     "purpose_code", "mentor_name")
    ),
    shown=(Words("Borger", "Citizen"), Words("P-nummer", "P-number"), Words("Første dag", "First day")),
    read=read_lines(PlacementLine(), COLUMNS, ("citizen_id", "p_number", "starts_on"), read_cells),
    take=take,
    undo=undo,
    near=Words("Strider mod en regel", "Against a rule"),
    page="/match/aftale/{}",
)  # fmt: skip

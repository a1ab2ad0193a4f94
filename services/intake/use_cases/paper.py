"""What was written on paper while the power was away, typed in afterwards with the real times of the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.intake import queries, rules
from services.intake.models import Arrival, Citizen, NumberSeries, Visitation
from services.intake.rules import waiting as states
from services.intake.use_cases import POLICY, citizens, waiting
from shared import calendar, clock, units
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid
from shared.lookups import looked
from shared.units import OtherUnit

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A unit's day on paper, and when it opened."""

    day: date
    opens_at: datetime
    unit_code: str


TAKEN_BACK = {states.CALLED: ("talk_at", "done_at"), states.IN_TALK: ("done_at",)}
ALL_AFTER = ("called_at", "called_by", "called_to", "talk_at", "done_at")


def type_in(
    session: Session, principal: Principal, day: date, rows: Mapping[str, Row], *, unit_code: str
) -> list[tuple[Arrival, str]]:
    """All of the rows or none: each arrival with the state that it had before, empty where there was none.

    A row names `arrival_id`, `visitation_id`, `citizen_id` or `who` (a CPR number, or a name and a birth date), and
    holds clock times by step. Raises Invalid with every row's messages, "key.field".
    """
    sheet = Sheet(day, _opens(day), unit_code)
    wrong: dict[str, str] = {}
    found: list[tuple[Arrival, str]] = []
    for key, row in rows.items():
        try:
            found.append(_one(session, principal, sheet, row))
        except Invalid as invalid:
            wrong |= {f"{key}.{field}": message for field, message in invalid.fields.items()}
        except OtherUnit:
            wrong[f"{key}.{_named(row)}"] = (
                "Borgeren hører til en anden enhed. Åbn kortet først, og vælg hvorfor. / "
                "The citizen belongs to another unit. Open the card first and choose why."
            )
    if wrong:
        raise Invalid(wrong)
    session.flush()
    return found


def _opens(day: date) -> datetime:
    today = clock.today()
    if day > today:
        raise Invalid({"day": "Dagen er ikke kommet endnu. / That day has not come yet."})
    if not rules.is_open(day, POLICY):
        raise Invalid({"day": "Vi havde lukket den dag. / We were closed that day."})
    opens = POLICY.row("opening.hours", day).value.split("-")[0]
    return calendar.danish_time(day, *map(int, opens.split(":")))


def _named(row: Row) -> str:
    return "who" if row.get("who") else "arrived"


def _one(session: Session, principal: Principal, sheet: Sheet, row: Row) -> tuple[Arrival, str]:
    talk, citizen, arrival = _whose(session, principal, sheet.day, row)
    units.purposes(session, principal, "change", [citizen.id])
    looked(session, citizen.id)
    before = arrival.state if arrival else ""
    if arrival is None:
        arrival = Arrival(id=new_id(), citizen_id=citizen.id, visitation_id=talk and talk.id)
        arrival.unit_code, arrival.on_day = sheet.unit_code, sheet.day
    if row.get("no_show"):
        _not_come(arrival, talk, row)
    else:
        _come(session, arrival, sheet, row)
    arrival.typed_at, arrival.typed_by = clock.now(), principal.subject
    session.add(arrival)
    session.flush()
    if talk is not None and arrival.state == states.NO_SHOW:
        waiting.tell_missed(session, arrival, talk)
    return arrival, before


def _whose(
    session: Session, principal: Principal, day: date, row: Row
) -> tuple[Visitation | None, Citizen, Arrival | None]:
    """The talk, the person and what is noted of them already, each locked in this order."""
    arrival = session.get(Arrival, row["arrival_id"]) if row.get("arrival_id") else None
    talk_id = arrival.visitation_id if arrival else row.get("visitation_id")
    talk = session.get(Visitation, talk_id, with_for_update=True) if talk_id else None
    if talk is not None and (calendar.danish_day(talk.starts_at) != day or talk.state == "cancelled"):
        raise Invalid({"arrived": "Tiden er ikke den dag. / The talk is not on that day."})
    citizen_id = arrival.citizen_id if arrival else talk.citizen_id if talk else row.get("citizen_id")
    citizen = (
        session.get(Citizen, citizen_id, with_for_update=True) if citizen_id else _by_words(session, principal, row)
    )
    if citizen is None:
        raise Invalid({_named(row): "Borgeren kendes ikke. Registrér henvendelsen først. / The citizen is not known."})
    known = session.scalars(
        select(Arrival).where(Arrival.citizen_id == citizen.id, Arrival.on_day == day).order_by(Arrival.id)
        .with_for_update().execution_options(populate_existing=True)
    ).all()  # fmt: skip
    return talk, citizen, _noted(known, arrival, talk)


def _noted(known: Sequence[Arrival], arrival: Arrival | None, talk: Visitation | None) -> Arrival | None:
    if arrival is not None:
        if arrival not in known or arrival.state not in states.HERE:
            raise Invalid({"arrived": "Ankomsten er ændret imens. / The arrival was changed meanwhile."})
        return arrival
    for one in known:
        if one.state in states.HERE:
            raise Invalid(
                {"arrived": f"Er allerede noteret som nr. {one.number}. / Noted already as no. {one.number}."}
            )
        if talk is not None and one.visitation_id == talk.id:
            raise Invalid({"arrived": "Tiden er noteret. Fortryd det på tavlen først. / Noted already; undo it first."})
    return None


def _by_words(session: Session, principal: Principal, row: Row) -> Citizen | None:
    who = row.get("who") or ""
    if rules.holds_cpr(who):
        try:
            digits = rules.read_cpr(rules.read_search(who, clock.today()).cpr or "", clock.today()).digits
        except Invalid as invalid:
            raise Invalid({"who": invalid.fields["cpr"]}) from None
        citizen = citizens.find_by_cpr(session, principal, digits)
        return session.get(Citizen, citizen.id, with_for_update=True) if citizen else None
    wanted = rules.read_search(who, clock.today())
    if not wanted.names or not wanted.born:
        raise Invalid(
            {"who": "Skriv CPR-nummer, eller navn og fødselsdag. / Write a CPR number, or name and birth date."}
        )
    found = queries.people_found(session, wanted.names, wanted.born, 2)
    if len(found) > 1:
        raise Invalid({"who": "Flere passer. Skriv CPR-nummeret. / More than one fits. Write the CPR number."})
    return session.get(Citizen, found[0].id, with_for_update=True) if found else None


def _come(session: Session, arrival: Arrival, sheet: Sheet, row: Row) -> None:
    columns = {step: states.TIMES[state] for step, state in zip(states.STEPS, states.WAITING_STATES[:4], strict=True)}
    noted = {step: getattr(arrival, column) for step, column in columns.items()}
    known = [step for step, moment in noted.items() if moment is not None]
    times = {step: noted[step] or _moment(sheet.day, row.get(step)) for step in states.STEPS}
    wrong = states.check_typed(times, known=known, opens_at=sheet.opens_at, now=clock.now())
    if known and not any(row.get(step) for step in states.STEPS if step not in known):
        wrong["arrived"] = "Intet nyt er skrevet. / Nothing new is written."
    if wrong:
        raise Invalid(wrong)
    for step, column in columns.items():
        setattr(arrival, column, times[step])
    if times["talk"] and not arrival.called_at:
        arrival.called_at = times["talk"]
    arrival.state = states.state_after(times)
    if arrival.number is None:
        arrival.number = _number(session, arrival, row.get("number"))


def _moment(day: date, at: str | None) -> datetime | None:
    if at is None:
        return None
    typed = time.fromisoformat(at)
    return calendar.danish_time(day, typed.hour, typed.minute)


def _number(session: Session, arrival: Arrival, typed: int | None) -> int:
    """The number on the paper where it is nobody else's, else the day's next one."""
    if typed is None:
        return waiting.next_number(session, arrival.unit_code, arrival.on_day)
    taken = select(func.count()).where(
        Arrival.unit_code == arrival.unit_code, Arrival.on_day == arrival.on_day, Arrival.number == typed
    )
    if session.scalar(taken):
        raise Invalid({"number": "Nummeret er givet til en anden. / Somebody else has the number."})
    series = insert(NumberSeries).values(unit_code=arrival.unit_code, on_day=arrival.on_day, last=typed)
    session.execute(series.on_conflict_do_update(
        index_elements=["unit_code", "on_day"], set_={"last": func.greatest(NumberSeries.last, typed)}
    ))  # fmt: skip
    return typed


def _not_come(arrival: Arrival, talk: Visitation | None, row: Row) -> None:
    if talk is None or arrival.state is not None or any(row.get(step) for step in states.STEPS):
        raise Invalid(
            {"no_show": "Enten udeblevet eller klokkeslæt, og kun ved en tid. / A no-show has a talk and no times."}
        )
    if talk.state not in ("booked", "missed") or talk.starts_at > clock.now():
        raise Invalid(
            {"no_show": "Tiden er ikke begyndt, eller samtalen er holdt. / It has not begun, or it was held."}
        )
    talk.state = "missed"
    arrival.state, arrival.no_show_at = states.NO_SHOW, min(talk.ends_at, clock.now())


def take_back(session: Session, typed: Sequence[tuple[UUID, int, str]]) -> None:
    """Rows that were typed in together go together: id, version, and the state that it had before, empty for none.

    Raises CannotUndo where somebody did something since with one of them.
    """
    for arrival_id, version, before in typed:
        if not before:
            waiting.forget(session, arrival_id, version=version)
            continue
        arrival = waiting.locked(session, arrival_id)
        arrival.require_untouched(version)
        for name in TAKEN_BACK.get(before, ALL_AFTER):
            setattr(arrival, name, None)
        arrival.state, arrival.typed_at, arrival.typed_by = before, None, None
    session.flush()

"""How long a service keeps each class of data, what its nightly job did about that, and what it does next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Table, func, select, text
from sqlalchemy.orm import Session

from shared import clock, frame
from shared.calendar import danish_time
from shared.events.codes import Words
from shared.house import HOUSE
from shared.policy import Row
from shared.retention import CITIZEN_CLASSES, CLASSES, Keeps, declared, years_from

ACTIVITY = Words(
    "Slettes {value} år efter den seneste aktivitet i sagen",
    "Erased {value} years after the latest activity in the case",
)
WRITTEN = Words("Slettes {value} år efter, at det blev skrevet", "Erased {value} years after it was written")
DAYS = Words("Slettes efter {value} dage", "Erased after {value} days")
# A municipality writes its own source in its own words; ours are in the policy rows in English.
SOURCES = {
    "Local: no term in law is known to us; the data controller sets it (GDPR article 5(1)(e))": (
        "Kommunens egen regel: vi kender ingen frist i loven; den dataansvarlige sætter den (GDPR art. 5, stk. 1 e)"
    ),
    "Local: letters are kept elsewhere; this is the trace of sending them": (
        "Kommunens egen regel: brevene gemmes andre steder; her er kun sporet af, at de blev sendt"
    ),
    "Minimumskrav 2024: security log at least 12 months; citizens may ask who looked (Datatilsynet 6 June 2024)": (
        "Minimumskrav 2024: sikkerhedslog i mindst 12 måneder; borgere kan spørge, hvem der har set dem "
        "(Datatilsynet 6. juni 2024)"
    ),
    "Local: as far back as a replay may reach; longer than any repair has taken": (
        "Kommunens egen regel: så langt tilbage, som hændelser kan fortælles igen efter et nedbrud"
    ),
    "Local: nobody sends the same again after a week": "Kommunens egen regel: ingen sender det samme igen efter en uge",
}
_JOBS = text("SELECT job, done_on, did_on, did FROM nightly WHERE job IN ('erase', 'keep_times')")
_TRAIL = text("""
    SELECT sum(CASE chain WHEN 'lookup' THEN (SELECT count(*) FROM lookup WHERE seq <= last)
                          ELSE (SELECT count(*) FROM audit WHERE seq <= last) END)
    FROM (SELECT chain, max(last_seq) AS last FROM seal
           WHERE sealed_at < clock_timestamp() + make_interval(days => :ahead) - make_interval(years => :years)
           GROUP BY chain) AS over
""")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A class of data. `rows` say how long, none where nobody has set it; `elsewhere` where intake decides.

    `did` and `due` are numbers (people or rows) on `did_on` and `due_on`; None where no job is concerned with it.
    """

    data: str
    rows: tuple[Row, ...]
    elsewhere: bool = False
    did: int | None = None
    did_on: date | None = None
    due: int | None = None
    due_on: date | None = None

    @property
    def people(self) -> bool:
        """True where the numbers are people."""
        return self.data in CITIZEN_CLASSES

    @property
    def terms(self) -> list[str]:
        """How long, in the reader's language."""
        words = {True: ACTIVITY, False: WRITTEN}[self.people] if self.data != "technical" else DAYS
        since = _("Reglen gælder fra %(since)s.", since=frame.day(self.rows[0].since)) if self.rows else ""
        names = {"retention.events": _("Hændelser"), "retention.receipts": _("Kvitteringer")}
        lead = [f"{names[row.key]}: " if row.key in names else "" for row in self.rows]
        said = [frame.chosen(words).format(value=row.value) for row in self.rows]
        return [f"{before}{term}. {since}" for before, term in zip(lead, said, strict=True)]

    @property
    def sources(self) -> list[str]:
        """Who says so."""
        danish = frame.language() == "da"
        return [SOURCES.get(row.source, row.source) if danish else row.source for row in self.rows]


def kept(session: Session, keeps: Keeps) -> list[Kept]:
    """Every class that the service has columns of, in the order of the list of classes."""
    held = {name for holds in declared(keeps.base).values() for name in holds.classes()}
    ran = {row.job: row for row in session.execute(_JOBS)}
    people = keeps.due(session, _next(ran.get("erase"))) if keeps.due else {}
    return [_kept(session, keeps, name, ran, people) for name in CLASSES if name in held]


def _next(last: Any) -> date:
    done_today = last and last.done_on and last.done_on >= clock.today()
    return clock.today() + timedelta(days=1 if done_today else 0)


def _kept(session: Session, keeps: Keeps, name: str, ran: dict[str, Any], people: Mapping[str, int]) -> Kept:
    today, of_people = clock.today(), name in CITIZEN_CLASSES
    if name == "technical":
        house = (HOUSE.find(key, today) for key in ("retention.events", "retention.receipts"))
        return Kept(data=name, rows=tuple(row for row in house if row))
    if of_people and keeps.due is None:
        return Kept(data=name, rows=(), elsewhere=True)
    row = keeps.policy.find(f"retention.{name}", today)
    if row is None or not (of_people or name == "log" or _aged(keeps, name)):
        return Kept(data=name, rows=(row,) if row else ())
    last = ran.get("erase" if of_people else "keep_times")
    due_on = _next(last)
    return Kept(
        data=name, rows=(row,), did=last.did.get(name, 0) if last else None, did_on=last and last.did_on,
        due=people.get(name, 0) if of_people else sum(_due(session, keeps, row, name, due_on)), due_on=due_on,
    )  # fmt: skip


def _aged(keeps: Keeps, name: str) -> list[tuple[Table, str]]:
    said = declared(keeps.base, shared=False)
    tables = keeps.base.metadata.tables
    return [(tables[table], one.aged_by) for table, one in said.items() if one.aged_by and one.aged_as == name]


def _due(session: Session, keeps: Keeps, row: Row, name: str, due_on: date) -> Iterator[int]:
    before = danish_time(years_from(due_on, -row.value), 0)
    for table, time in _aged(keeps, name):
        yield session.scalar(select(func.count()).select_from(table).where(table.c[time] < before)) or 0
    if name == "log":
        ahead = {"ahead": (due_on - clock.today()).days, "years": row.value}
        yield int(session.scalar(_TRAIL, ahead) or 0)

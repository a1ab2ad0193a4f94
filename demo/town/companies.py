"""What happens with companies: known one by one, visited, rung up, promised things, and in need of people."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from demo.town import calendar as times
from demo.town.firms import Firm
from demo.town.stage import Stage
from demo.town.wishes import WEEK
from services.matching.models import CompanyPromise, Need
from services.matching.schemas.companies import NewCompany, NewWorkplace
from services.matching.schemas.needs import NewNeed
from services.matching.schemas.openings import VisitBody
from services.matching.use_cases import caretakers, companies, contacts, mentors, needs, openings, pipeline, promises
from shared import clock
from shared.events import MATCHING
from shared.occupations import called

VIGGO, JOHANNE = ("viggo", "Viggo Besøgsen"), ("johanne", "Johanne Jobstrup")
TEAMS = ("virksomhedsservice", "jobbutikken")
OPEN = timedelta(days=60)
FAMILIAR, FAMILIAR_SHARE, WITH_A_MENTOR = 16, 0.25, 0.04
MentorAt = Callable[[Firm, UUID, datetime], None]
TASKS = (
    ("Pakke varer ud", "07:00", 2.0), ("Rydde op i gården", "09:00", 1.5), ("Vaske service", "10:00", 3.0),
    ("Fylde hylder", "06:00", 2.0), ("Lægge tøj sammen", "09:00", 2.0), ("Måle temperaturer i køl", "07:00", 1.0),
    ("Makulere papirer", "12:00", 1.0), ("Klargøre mødelokaler", "08:00", 1.0), ("Sortere returvarer", "13:00", 2.0),
)  # fmt: skip
GAPS = ("form", "hours", "travel", "time")


def staff(firm: Firm, day: date, months: int = 12) -> list[dict[str, Any]]:
    """The months before a day, as the company tells them."""
    first = day.replace(day=1)
    told = []
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
        told.append({"month": f"{first:%Y-%m}", "fte": firm.fte})
    return told


class Companies:
    """Plans what becomes of each company; `known` are those that somebody can be placed at.

    `mentor_at` is told of those where somebody is a mentor in the register.
    """

    def __init__(self, stage: Stage, drawn: random.Random, mentor_at: MentorAt) -> None:
        self._stage, self._drawn, self._mentor_at = stage, drawn, mentor_at
        self.known: list[tuple[Firm, UUID]] = []
        self._told: dict[UUID, date] = {}

    def one(self) -> tuple[Firm, UUID]:
        """A company to place somebody at, often one of those that everybody knows."""
        return self._drawn.choice(self.known[:FAMILIAR] if self._drawn.random() < FAMILIAR_SHARE else self.known)

    def tell_staff(self, session: Session, company_id: UUID, firm: Firm) -> None:
        """The workplace with its newest months, once a month at most."""
        month = clock.today().replace(day=1)
        if self._told.get(company_id) != month:
            told = NewWorkplace().load({**firm.place, "staff": staff(firm, month)})
            companies.register_workplace(session, company_id, **told)
            self._told[company_id] = month

    def phones(self, firm: Firm, moment: datetime) -> None:
        """It is known from that moment."""
        self._stage.plan(moment, MATCHING, lambda session: self._register(session, firm))

    def _register(self, session: Session, firm: Firm) -> None:
        drawn = self._drawn
        its = companies.register_company(session, **NewCompany().load(firm.known)).id
        self.tell_staff(session, its, firm)
        self.known.append((firm, its))
        if len(self.known) <= FAMILIAR or drawn.random() < WITH_A_MENTOR:
            self._mentor_at(firm, its, clock.now())
        sub, name = drawn.choice((VIGGO, VIGGO, JOHANNE))
        if drawn.random() < 0.3:
            caretakers.act(session, its, "take", None, by=self._stage.who(sub), name=name)
        if drawn.random() < 0.3:
            windows = [f"{day} 08:00-15:00" for day in WEEK]
            mentors.tell_of(session, firm.p_number, name=firm.mentor, windows=windows, at_once=drawn.randint(1, 4))
        for chance, do in ((0.4, self._touch), (0.3, self._touch), (0.22, self._visit), (0.55, self._needs),
                           (0.25, self._needs), (0.5, self._advise)):  # fmt: skip
            if drawn.random() < chance:
                self._later(firm, its, do)

    def _later(self, firm: Firm, company_id: UUID, do: Callable[[Session, Firm, UUID], None]) -> None:
        """At some time between now and the last day, later ones as likely as early ones."""
        now, left = clock.now(), self._stage.now - clock.now()
        day = (now + left * self._drawn.random()).date()
        moment = times.at(self._drawn, day)
        self._stage.plan(max(moment, now + timedelta(minutes=9)), MATCHING, lambda later: do(later, firm, company_id))

    def _touch(self, session: Session, _firm: Firm, company_id: UUID) -> None:
        drawn = self._drawn
        sub, name = drawn.choice((VIGGO, JOHANNE))
        contacts.log(
            session, company_id, way=drawn.choice(("phone", "phone", "mail", "visit")),
            direction=drawn.choice(("ours", "ours", "theirs")), outcome=drawn.choice(("reached", "no_answer")),
            over_budget_reason=None, by=self._stage.who(sub), name=name, team=TEAMS[sub == JOHANNE[0]],
        )  # fmt: skip

    def _advise(self, session: Session, _firm: Firm, company_id: UUID) -> None:
        kind = self._drawn.choice(("retention", "upskilling", "fleksjob", "adult_apprentice", "subsidy"))
        due = clock.today() + timedelta(days=self._drawn.randint(2, 12))
        made = promises.advise(session, company_id, kind=kind, due_on=due, by=self._stage.who("viggo"), name=VIGGO[1])
        self._keep(made)

    def _keep(self, promise: CompanyPromise) -> None:
        """Four of five promises are kept in time, the others late."""
        if promise.due_on is None:
            return
        its, by = promise.id, self._stage.who("viggo")
        days = max(1, (promise.due_on - clock.today()).days * 5 // 7)
        late = range(days + 1, days + 9) if self._drawn.random() < 0.2 else range(days)
        done = times.soon_after(self._drawn, clock.now(), late)
        self._stage.plan(done, MATCHING, lambda session: promises.do(session, its, by))

    def _visit(self, session: Session, firm: Firm, _company_id: UUID) -> None:
        drawn = self._drawn
        seen = [
            {"task": task, "days": list(drawn.sample(WEEK, drawn.randint(2, 5))), "begins": begins,
             "hours_a_day": hours, "known_before": drawn.random() < 0.4}
            for task, begins, hours in drawn.sample(TASKS, drawn.randint(1, 3))
        ]  # fmt: skip
        told = VisitBody().load({"visited_on": clock.today().isoformat(), "tasks": seen})
        openings.note_visit(session, firm.p_number, by=self._stage.who("viggo"), name=VIGGO[1], **told)

    def _needs(self, session: Session, firm: Firm, company_id: UUID) -> None:
        drawn, least = self._drawn, self._drawn.choice((4, 8, 12, 15, 20))
        begins = drawn.choice((6, 7, 8, 9))
        title = called(drawn.choice(firm.titles))
        told = NewNeed().load({
            "company_id": str(company_id), "p_number": firm.p_number, "occupation": title.id if title else None,
            "employment_form": drawn.choice(("virksomhedspraktik", "small_job", "ordinary", "loentilskud")),
            "weekly_hours_min": least, "weekly_hours_max": min(30, least + drawn.choice((0, 4, 8))),
            "windows": [f"{day} {begins:02}:00-{begins + 6:02}:00" for day in WEEK],
            "days_required": drawn.randint(3, 5),
            "adjustments": list(firm.offers[:drawn.randint(1, 3)]), "mentor_offered": drawn.random() < 0.5,
            "positions": drawn.choice((1, 1, 1, 2, 3)), "unadvertised": drawn.random() < 0.7,
            "starts_on": (clock.today() + timedelta(days=drawn.randint(7, 40))).isoformat(),
        })  # fmt: skip
        need = needs.receive_need(session, None, **told)
        its = need.id
        self.answer(session, need)
        if drawn.random() < 0.2:
            days = times.soon_after(drawn, clock.now(), (2, 4, 8))
            self._stage.plan(days, MATCHING, lambda later: self._no_match(later, its))
        if drawn.random() < 0.75 or clock.now() < self._stage.now - OPEN:
            over = times.soon_after(drawn, clock.now(), (15, 25, 40, 60))
            self._stage.plan(over, MATCHING, lambda later: close(later, its))

    def answer(self, session: Session, need: Need) -> None:
        """What the need made somebody promise is kept, most of it."""
        for promise in session.query(CompanyPromise).filter_by(need_id=need.id):
            self._keep(promise)

    def _no_match(self, session: Session, need_id: UUID) -> None:
        if session.get_one(Need, need_id).state == "open":
            pipeline.note_no_match(session, need_id, [self._drawn.choice(GAPS)], self._stage.who("johanne"))


def close(session: Session, need_id: UUID) -> None:
    """Nobody is wanted any more."""
    need = session.get_one(Need, need_id)
    if need.state in ("open", "paused"):
        needs.change_need(session, None, need_id, need.version, {"state": "closed"})

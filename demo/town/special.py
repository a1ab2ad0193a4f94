"""The special courses: mentors, guarantees, long courses, groups of young people, families, an area, own booking."""

import random
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from demo.town import calendar as times
from demo.town import firms
from demo.town.people import Citizen
from demo.town.placing import Agreed
from demo.town.stage import Stage
from services.followup import schemas
from services.followup.use_cases import (
    areas,
    cohorts,
    families,
    guarantees,
    long_courses,
    mentor_support,
    mentoring,
    networks,
    self_booking,
)
from services.intake.rules import age_on
from shared import clock
from shared.events import FOLLOWUP

TRACKS = ["food", "building", "auto_metal"]
SEATS, YOUNGEST, OLDEST = 14, 18, 29
COHORTS_BACK = (430, 210, 35)
FIRST_COHORT = 13
EDUCATIONS = ("Tech College, smeden", "Landbrugsskolen", "Kokkeskolen", "SOSU-skolen")
DREAMS = ("En fast hverdag", "At børnene går glade i skole", "Et job tæt på hjemmet", "En bolig med plads til alle")
MILESTONES = ("daily_structure", "home_support", "children_thrive")
ACTIONS = (
    ("Søge støtte i hjemmet", "children_family", "Ulla Familieby"), ("Lægge et budget", "housing", "Bo Boligby"),
    ("Tale om flere timer", "labour_market", "Johanne Jobstrup"), ("Tale med lægen", "health", "Hanne Sundby"),
)  # fmt: skip
MINUTES = "Om at give plads til pauser."
AREA, BENEFITS = "proevebakken", ("kontanthjaelp", "dagpenge", "uddannelseshjaelp", "none")
QUALIFICATIONS = ("cleaning", "kitchen", "warehouse", "driving")


class Special:
    """Plans what only some people and some companies have."""

    def __init__(self, stage: Stage, drawn: random.Random, share: float) -> None:
        self._stage, self._drawn, self._share = stage, drawn, share
        self._known: list[tuple[UUID, Citizen]] = []
        self._settled: set[UUID] = set()
        self._mentors: list[UUID] = []

    def knows(self, citizen_id: UUID, citizen: Citizen, _moment: datetime) -> None:
        """Somebody who was talked with."""
        self._known.append((citizen_id, citizen))

    def mentor_at(self, firm: firms.Firm, company_id: UUID, moment: datetime) -> None:
        """Somebody there is a mentor in the register from the next day, with room for one or two."""
        self._stage.plan(
            times.soon_after(self._drawn, moment, (2, 4)), FOLLOWUP,
            lambda session: self._register(session, firm, company_id),
        )  # fmt: skip

    def agreed(self, one: Agreed) -> None:
        """A placement: some of them are more than that."""
        drawn, length = self._drawn, (one.ends_on - one.starts_on).days
        for chance, days, do in (
            (0.1, 3, self._guarantee), (0.07, 4, self._long), (0.08, 5, self._support), (0.06, length // 2, self._call),
        ):  # fmt: skip
            if drawn.random() < chance:
                self._plan(one.starts_on + timedelta(days=days), partial(do, one=one))

    def plan_all(self, first: date, today: date) -> None:
        """What has its own days: groups, families, the area, meetings of mentors, times to book."""
        for number, back in enumerate(COHORTS_BACK):
            begins = today - timedelta(days=back)
            begins -= timedelta(days=begins.weekday())
            if begins > first:
                self._plan(begins, partial(self._cohort, begins=begins, number=number))
        for number in range(round(24 * self._share) + 1):
            self._plan(first + (today - first) * (0.2 + 0.78 * number / 25), self._family)
        for number in range(round(70 * self._share) + 6):
            self._plan(first + (today - first) * (0.3 + 0.68 * number / 76), self._settle)
        for back in range(700, 0, -91):
            self._plan(today - timedelta(days=back), self._meet)
        self._plan(today - timedelta(days=1), self._open_times)

    def _plan(self, day: date, do: Any) -> None:
        moment = times.at(self._drawn, times.open_from(day))
        self._stage.plan(min(moment, self._stage.now - timedelta(minutes=7)), FOLLOWUP, do)

    def _register(self, session: Session, firm: firms.Firm, company_id: UUID) -> None:
        drawn, johanne = self._drawn, self._stage.principal("johanne")
        told = schemas.MentorBody().load({
            "name": firm.mentor, "kind": "company", "company_id": str(company_id),
            "email": f"mentor@firma-{firm.known['cvr']}.example", "line_name": "Johanne Jobstrup",
            "trained_on": clock.today().isoformat() if drawn.random() < 0.8 else None,
        })  # fmt: skip
        made = mentoring.register(session, johanne, **told)
        mentoring.give_room(session, johanne, made.id, since=clock.today(), places=drawn.choice((1, 1, 2, 3)))
        self._mentors.append(made.id)

    def _meet(self, session: Session) -> None:
        if self._mentors:
            there = self._drawn.sample(self._mentors, min(len(self._mentors), 9))
            networks.note(
                session, self._stage.principal("johanne"), held_on=clock.today(), mentor_ids=there, minutes=MINUTES
            )

    def _guarantee(self, session: Session, one: Agreed) -> None:
        by = self._stage.who("johanne")
        made = guarantees.agree(session, one.id, starts_on=None, target_hours=max(10.0, one.hours), agreed_by=by)
        for days in (30, 75):
            met = {name: self._drawn.random() < 0.7 for name in ("stability", "efficiency", "quality")}
            self._plan(
                one.starts_on + timedelta(days=days),
                partial(guarantees.assess, placement_id=one.id, met=met, made_by=by),
            )
        end = {"outcome_code": "not_fulfilled", "reason_code": self._drawn.choice(("stability", "other_job", "health"))}
        if not self._stage.left_open() or self._drawn.random() < 0.7:
            self._plan(
                made.earliest_end + timedelta(days=2),
                lambda s: guarantees.conclude(s, one.id, made_by=by, **end),
            )

    def _long(self, session: Session, one: Agreed) -> None:
        johanne = self._stage.principal("johanne")
        long_courses.give_role(session, johanne, one.id, role="last")
        found = self._drawn.choice(("job", "small_job", "towards_fleksjob", "goes_on", "not_clear"))
        self._plan(
            one.ends_on + timedelta(days=2),
            lambda s: long_courses.clarify(s, johanne, one.id, outcome_code=found, reasons=None),
        )

    def _support(self, session: Session, one: Agreed) -> None:
        ends = min(one.ends_on, one.starts_on + timedelta(days=56))
        mentor_support.grant(
            session, self._stage.principal("johanne"), one.id, weekly_hours=self._drawn.choice((1.0, 2.0, 3.0)),
            starts_on=clock.today(), ends_on=max(ends, clock.today()), exceeds=True,
        )  # fmt: skip

    def _call(self, session: Session, one: Agreed) -> None:
        johanne = self._stage.principal("johanne")
        its = mentor_support.ask(session, johanne, one.id, urgency=self._drawn.choice(("today", "this_week"))).id
        if not self._stage.left_open() or self._drawn.random() < 0.75:
            rung = times.soon_after(self._drawn, clock.now(), (0, 1))
            self._stage.plan(rung, FOLLOWUP, lambda s: mentor_support.answer(s, johanne, its, answered=True))

    def _young(self, on: date) -> list[tuple[UUID, int]]:
        found = [(citizen_id, age_on(one.born, on)) for citizen_id, one in self._known]
        return [(citizen_id, age) for citizen_id, age in found if YOUNGEST <= age <= OLDEST]

    def _cohort(self, session: Session, begins: date, number: int) -> None:
        drawn, johanne = self._drawn, self._stage.principal("johanne")
        told = schemas.CohortBody().load({
            "name": f"13U hold {FIRST_COHORT + number}", "starts_on": begins.isoformat(), "capacity": SEATS,
            "tracks": TRACKS, "mentor_id": str(self._mentors[0]) if self._mentors else None,
        })  # fmt: skip
        made = cohorts.make(session, johanne, **told)
        young = self._young(begins)
        members = []
        for citizen_id, age in drawn.sample(young, min(SEATS - 1, len(young))):
            member = cohorts.enrol(
                session, johanne, made.id, citizen_id=citizen_id, municipality="Eksempelby", age_at_start=age
            )
            cohorts.choose_track(session, member.id, track=drawn.choice(TRACKS))
            members.append(member.id)
        for week in range(13):
            day = begins + timedelta(days=7 * week + drawn.randrange(5))
            self._plan(day, partial(self._note, cohort_id=made.id, members=members, day=times.open_from(day)))
        for member_id in members:
            code = drawn.choice(("education_su", "education_apprentice", "job", "other_offer", "left_early"))
            self._plan(
                made.ends_on + timedelta(days=3),
                partial(cohorts.conclude, member_id=member_id, outcome_code=code),
            )

    def _note(self, session: Session, cohort_id: UUID, members: list[UUID], day: date) -> None:
        drawn, johanne = self._drawn, self._stage.principal("johanne")
        if day > clock.today():
            return
        states = ("present",) * 8 + ("late", "away_told", "no_show")
        entries = [{"member_id": one, "state": drawn.choice(states), "words": None} for one in members]
        cohorts.note_day(session, johanne, cohort_id, on_day=day, entries=entries)
        for one in drawn.sample(members, min(3, len(members))):
            cohorts.visit(session, johanne, one, on_day=day, education=drawn.choice(EDUCATIONS))

    def _family(self, session: Session) -> None:
        drawn, rune = self._drawn, self._stage.principal("rune")
        free = [one for one, _citizen in self._known if one not in self._settled]
        if not free:
            return
        citizen_id = drawn.choice(free)
        self._settled.add(citizen_id)
        told = {"lead_name": "Rune Rådvad", "next_dream": drawn.choice(DREAMS), "children": drawn.randint(1, 4)}
        made = families.make(session, rune, citizen_id, **schemas.FamilyBody().load(told))
        for what, department, who in drawn.sample(ACTIONS, drawn.randint(1, 4)):
            told = {"what": what, "department": department, "responsible": who}
            if department == "labour_market":
                told["after_code"] = "daily_structure"
            due = clock.today() + timedelta(days=drawn.randint(10, 90))
            families.assign(session, rune, made.id, **schemas.ActionBody().load({**told, "due_on": due.isoformat()}))
        for number, code in enumerate(drawn.sample(MILESTONES, drawn.randint(0, 2))):
            self._plan(
                clock.today() + timedelta(days=40 * (number + 1)),
                partial(self._reach, family_id=made.id, code=code),
            )

    def _reach(self, session: Session, family_id: UUID, code: str) -> None:
        rune = self._stage.principal("rune")
        families.reach(session, rune, family_id, code=code, reached_on=clock.today())

    def _settle(self, session: Session) -> None:
        drawn = self._drawn
        open_ones = [one for one, citizen in self._known if one not in self._settled and not citizen.about["protected"]]
        if not open_ones:
            return
        citizen_id = drawn.choice(open_ones)
        self._settled.add(citizen_id)
        benefit = drawn.choice(BENEFITS)
        until = clock.today() + timedelta(days=drawn.randint(20, 400)) if benefit == "dagpenge" else None
        areas.settle(
            session, self._stage.principal("johanne"), citizen_id, area_code=AREA, benefit=benefit,
            dagpenge_until=until, qualifications=drawn.sample(QUALIFICATIONS, 2),
        )  # fmt: skip

    def _open_times(self, session: Session) -> None:
        """Johanne's next ten days can be booked, and some are asked to."""
        johanne, day = self._stage.principal("johanne"), clock.today()
        for _ in range(10):
            day = times.open_from(day + timedelta(days=1))
            self_booking.open_slots(session, johanne, on_day=day, begins="09:00", ends="12:00")
        for citizen_id, _citizen in self._drawn.sample(self._known, min(len(self._known), 12)):
            with session.begin_nested():
                self_booking.invite(session, johanne, citizen_id, book_by=None)

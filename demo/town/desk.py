"""What happens at the desk: somebody comes, waits for a talk, is talked with, or does not come."""

import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demo.town import calendar as times
from demo.town.people import Citizen
from demo.town.stage import Stage
from demo.town.wishes import wishes
from services.intake import rules, schemas
from services.intake.models import FirstContact, Host, Slot, Visitation
from services.intake.use_cases import contacts, cv, moves, slots, talk, visitations, waiting
from shared import clock
from shared.calendar import danish_day, danish_time
from shared.events import INTAKE

UNIT, YOUTH_UNIT = "jobbutikken", "ungeenheden"
HOSTS = (
    ("genbrugspladsen", "Genbrugspladsen"), ("parkafdelingen", "Parkafdelingen"), ("biblioteket", "Biblioteket"),
)  # fmt: skip
APPLIED = (
    ("kontanthjaelp", 62), ("dagpenge", 17), ("sygedagpenge", 7), ("ledighedsydelse", 4), ("integration", 5),
    ("other", 5),
)  # fmt: skip
CHANNELS = (("desk", 58), ("phone", 20), ("digital", 14), ("borgerservice", 8))
OUTCOMES = (("job", 38), ("education", 20), ("self_supporting", 14), ("referred_on", 18), ("withdrawn", 10))
REASONS = ("health_statement_pending", "obviously_pointless", "already_enrolled_in_education")
# So that the coming days are full, and nobody from long ago still waits.
# The waiting room is three acts more for each of them; few of them long ago are enough for a figure.
WAITING_SEEN = timedelta(days=120)
LATELY, LONG_AGO = timedelta(days=9), timedelta(days=30)
Held = Callable[[UUID, Citizen, datetime], None]


def weighted(drawn: random.Random, table: Iterable[tuple[str, int]]) -> str:
    """One of the first, as often as the second says."""
    names, weights = zip(*table, strict=True)
    return str(drawn.choices(names, weights)[0])


def open_up(session: Session) -> None:
    """Slots from the first day on, and hosts for activation at once where they are not there yet."""
    slots.stock_slots(session)
    there = set(session.scalars(select(Host.code)))
    for code, name in HOSTS:
        if code not in there:
            visitations.add_host(session, code=code, name=name, public=True, place_code="genbrugspladsen")


class Desk:
    """Plans what becomes of those who come; `held` is told of everybody who was talked with and takes part."""

    def __init__(self, stage: Stage, drawn: random.Random, held: Held) -> None:
        self._stage, self._drawn, self._held = stage, drawn, held
        self.known: dict[str, UUID] = {}

    def comes(self, citizen: Citizen, moment: datetime) -> None:
        """A first contact at that moment, and what follows."""
        self._stage.plan(moment, INTAKE, lambda session: self._register(session, citizen))

    def _register(self, session: Session, citizen: Citizen) -> None:
        drawn, now = self._drawn, clock.now()
        young = rules.age_on(citizen.born, clock.today()) < 30
        channel = weighted(drawn, CHANNELS)
        told = {
            "cpr": citizen.cpr, **citizen.about, "applied_for": weighted(drawn, APPLIED), "channel": channel,
            "qualifying_education": citizen.educated, "guidance": {"version": "2026-02", "written": True},
            "unit_code": YOUTH_UNIT if young and drawn.random() < 0.5 else UNIT,
            "urgency": "eviction" if drawn.random() < 0.01 else "ordinary",
            "application": drawn.choice(("sent", "begun_with_help", "not_begun")) if channel != "phone" else None,
        }  # fmt: skip
        body = schemas.NewFirstContact().load(told)
        body.pop("other_person_reason")
        if drawn.random() < 0.03:
            body["slot_id"] = self._slot(session, Slot.starts_at.desc())
        elif now > self._stage.now - LATELY and drawn.random() < 0.35:
            body["slot_id"] = self._slot(session, func.random(), after=self._stage.now)
        made = contacts.register_first_contact(session, **body)
        self.known[citizen.cpr] = made["citizen_id"]
        if made["visitation"] is not None:
            self._expect(citizen, made["visitation"], now)
        if drawn.random() < 0.72:
            self._ends(made["contact_id"], now)

    def _slot(self, session: Session, last: Any, after: datetime | None = None) -> UUID | None:
        free = select(Slot.id).where(slots.free_now(clock.now()), Slot.starts_at > (after or clock.now()))
        return session.scalar(free.order_by(last, Slot.id).limit(1))

    def _expect(self, citizen: Citizen, visitation: Visitation, since: datetime) -> None:
        """The talk that was booked: it is moved, missed, or held at its time."""
        luck, begins, its = self._drawn.random(), visitation.starts_at, visitation.id
        if luck < 0.05 and begins - since > timedelta(hours=5):
            before = since + (begins - since) * 0.4
            self._stage.plan(before, INTAKE, lambda session: self._off(session, citizen, its))
        elif luck < 0.12:
            self._stage.plan(
                begins + timedelta(minutes=16), INTAKE, lambda session: self._missed(session, citizen, its)
            )
        elif luck < (0.55 if begins > self._stage.now - WAITING_SEEN else 0.85):
            self._stage.plan(
                begins + timedelta(minutes=self._drawn.randint(18, 34)), INTAKE,
                lambda session: self._hold(session, citizen, its),
            )  # fmt: skip
        else:
            self._by_the_waiting_room(citizen, visitation)

    def _off(self, session: Session, citizen: Citizen, visitation_id: UUID) -> None:
        moves.cancel(session, visitation_id, by="citizen")
        self._again(citizen, session.get_one(Visitation, visitation_id), (0, 1, 2))

    def _missed(self, session: Session, citizen: Citizen, visitation_id: UUID) -> None:
        waiting.no_show(session, visitation_id, unit_code=UNIT)
        if self._drawn.random() < 0.85 or clock.now() < self._stage.now - LONG_AGO:
            self._again(citizen, session.get_one(Visitation, visitation_id), (0, 1, 2, 4))

    def _again(self, citizen: Citizen, visitation: Visitation, days: tuple[int, ...]) -> None:
        contact_id = visitation.contact_id

        def book(session: Session) -> None:
            self._expect(citizen, contacts.book(session, contact_id), clock.now())

        self._stage.plan(times.soon_after(self._drawn, clock.now(), days), INTAKE, book)

    def _by_the_waiting_room(self, citizen: Citizen, visitation: Visitation) -> None:
        drawn, begins, its = self._drawn, visitation.starts_at, visitation.id
        citizen_id, there = visitation.citizen_id, begins - timedelta(minutes=drawn.randint(1, 25))
        place = drawn.choice(("desk-1", "desk-2", "room-1", "room-2", "room-3"))

        def arrive(session: Session) -> None:
            here = waiting.arrive(session, citizen_id, unit_code=UNIT, visitation_id=its).id
            called = max(begins, clock.now()) + timedelta(minutes=drawn.choice((0, 1, 2, 3, 5, 8, 13, 24)))
            self._stage.plan(called, INTAKE, lambda later: call(later, here))

        def call(session: Session, arrival_id: UUID) -> None:
            waiting.call(session, arrival_id, place=place, by=self._stage.who("frida"))
            waiting.begin_talk(session, arrival_id, by=self._stage.who("rune"))
            over = clock.now() + timedelta(minutes=drawn.randint(15, 38))
            self._stage.plan(over, INTAKE, lambda later: self._hold(later, citizen, its))

        self._stage.plan(there, INTAKE, arrive)

    def _hold(self, session: Session, citizen: Citizen, visitation_id: UUID) -> None:
        drawn = self._drawn
        visitation = session.get_one(Visitation, visitation_id)
        contact = session.get_one(FirstContact, visitation.contact_id)
        young = rules.age_on(citizen.born, clock.today()) < 30
        told: dict[str, Any] = {"education_guidance": young and not citizen.educated and drawn.random() < 0.5}
        if drawn.random() < 0.13:
            told |= {"category": "aktivitetsparat", "override_reason_code": drawn.choice(REASONS)}
        if contact.applied_for == "kontanthjaelp" and drawn.random() < 0.3:
            told["referral"] = self._referral()
        if drawn.random() < 0.5:
            told["job_wishes"] = wishes(drawn)
        body = schemas.VisitationOutcome().load(told)
        visitations.hold_visitation(session, visitation_id, decided_by=self._stage.who("rune"), **body)
        takes_part = "job_wishes" in told and told["job_wishes"]["consent_to_matching"]
        self._then(visitation.citizen_id, citizen, takes_part=takes_part)

    def _referral(self) -> dict[str, Any]:
        begins = danish_day(times.soon_after(self._drawn, clock.now(), (1, 1, 2, 3)))
        return {
            "offer_type": "nytteindsats", "host_code": self._drawn.choice(HOSTS)[0], "weeks": self._drawn.randint(1, 4),
            "starts_at": danish_time(begins, 8).isoformat(),
        }  # fmt: skip

    def _then(self, citizen_id: UUID, citizen: Citizen, *, takes_part: bool) -> None:
        drawn, who = self._drawn, self._stage.who("johanne")
        if drawn.random() < 0.3:
            self._stage.plan(
                clock.now() + timedelta(minutes=4), INTAKE,
                lambda session: talk.assist(session, citizen_id, items=drawn.sample(rules.ASSISTED_ITEMS, 2), by=who),
            )  # fmt: skip
        made = times.soon_after(drawn, clock.now(), (1, 2, 3, 5, 8, 11, 14) if drawn.random() < 0.85 else (18, 24))
        self._stage.plan(made, INTAKE, lambda session: _cv(session, citizen_id, who))
        if takes_part:
            self._held(citizen_id, citizen, clock.now())

    def _ends(self, contact_id: UUID, since: datetime) -> None:
        """Most are soon no longer anybody's concern."""
        drawn, code = self._drawn, weighted(self._drawn, OUTCOMES)
        over = times.soon_after(drawn, since, (3, 10, 15, 25, 40, 55, 80, 110))
        self._stage.plan(
            over, INTAKE,
            lambda session: talk.close(session, contact_id, outcome_code=code, by=self._stage.who("johanne")),
        )  # fmt: skip


def _cv(session: Session, citizen_id: UUID, by: str) -> None:
    deadline = cv.newest(session, citizen_id)
    if deadline is not None and deadline.state != cv.MET:
        cv.meet(session, citizen_id, by=by)

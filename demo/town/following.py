"""What happens in a placement: talks, hours that grow, days away, each party's word, and how it ends."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from demo.town import calendar as times
from demo.town.placing import Agreed
from demo.town.stage import Do, Stage
from services.followup import queries, rules
from services.followup.models import ChecklistItem, Contact, HourReview, NextStep
from services.followup.use_cases import (
    attendance,
    cases,
    contacts,
    duty,
    evaluations,
    hours,
    interviews,
    placements,
    pulse,
    real_hours,
)
from shared import clock
from shared.calendar import danish_time
from shared.errors import Refused
from shared.events import FOLLOWUP

OWNERS = ("johanne", "johanne", "viggo", "rune")
TALKS = ("going_well",) * 12 + ("needs_adjustment",) * 4 + ("at_risk",)
ENDINGS = (("hire", "next_place", "nothing"), (40, 30, 30))
SAID = "Bussen kom ikke, og jeg havde ikke nummeret på arbejdspladsen."
ATTENDED = ("present",) * 9 + ("away_told",)
MOST_AT_ONCE, HOURS = 400, (1.0,) * 12 + (0.9, 0.8, 0.7, 0.6, 1.3)
CONTACT_SEEN = timedelta(days=390)
USUALLY = ("yes", "yes", "adjust")


class Following:
    """Plans what each placement brings; `courses` are those that have begun to be followed."""

    def __init__(self, stage: Stage, drawn: random.Random) -> None:
        self._stage, self._drawn = stage, drawn
        self.courses: list[Agreed] = []

    def agreed(self, one: Agreed) -> None:
        """A placement to be followed from its first day."""
        self.courses.append(one)
        drawn, first, days = self._drawn, one.starts_on, (one.ends_on - one.starts_on).days
        taken = max(clock.now() + timedelta(hours=3), danish_time(first, 7))
        if not self._stage.left_open() or drawn.random() < 0.93:
            self._stage.plan(taken, FOLLOWUP, lambda session: self._take(session, one))
        if drawn.random() < 0.6:
            for share, more in ((0.35, 1.4), (0.7, 1.8)):
                grows = first + timedelta(days=int(days * share))
                self._plan(grows, partial(self._grow, one=one, more=more))
        if drawn.random() < 0.16:
            self._plan(first + timedelta(days=drawn.randint(2, max(3, days - 2))), lambda s: self._absent(s, one))
        if drawn.random() < 0.2:
            self._plan(first + timedelta(days=days // 3), lambda s: self._ask(s, one))
        self._plan(first + timedelta(days=days // 2), lambda session: self._say(session, one, "midpoint"))
        self._plan(one.ends_on, lambda session: self._end(session, one))

    def _plan(self, day: date, do: Do) -> None:
        self._stage.plan(times.at(self._drawn, times.open_from(day)), FOLLOWUP, do)

    def hold_talks(self, session: Session) -> None:
        """In the morning: talks that were to be held; of the last weeks' some are late."""
        now = clock.now()
        due = select(Contact).where(
            Contact.held_at.is_(None), Contact.withdrawn_at.is_(None), Contact.planned_at < now
        )  # fmt: skip
        for contact in session.scalars(due.order_by(Contact.planned_at, Contact.id).limit(MOST_AT_ONCE)):
            if self._stage.left_open() and self._drawn.random() < 0.3:
                continue
            outcome = self._drawn.choice(TALKS)
            step = {"needs_adjustment": "other_tasks", "at_risk": "find_another"}.get(outcome, "continue")
            if contact.placement.starts_on > clock.today():
                continue
            contacts.hold_contact(
                session, contact.id, held_by=self._stage.who("johanne"), outcome_code=outcome,
                held_at=min(now, contact.planned_at + timedelta(minutes=10)), next_step_code=step,
            )  # fmt: skip

    def finish_steps(self, session: Session) -> None:
        """In the morning: what was to be done by then is done; of the last weeks' some is late."""
        due = select(NextStep).where(NextStep.done_at.is_(None), NextStep.due_on <= clock.today())
        for step in session.scalars(due.order_by(NextStep.due_on, NextStep.id)).all():
            if not self._stage.left_open() or self._drawn.random() < 0.6:
                cases.finish_step(session, step.id, done_by=step.owner)

    def look_at_weeks(self, session: Session) -> None:
        """In the morning: weeks above what was agreed are looked at by both who are to."""
        seen = (("rune", HourReview.adviser_at), ("johanne", HourReview.coordinator_at))
        for sub, at in seen if not self._stage.left_open() or self._drawn.random() < 0.3 else ():
            for review in session.scalars(select(HourReview).where(at.is_(None)).order_by(HourReview.id)).all():
                real_hours.look_at(session, self._stage.principal(sub), review.placement_id, review.id, seen=True)

    def keep_contact(self, session: Session) -> None:
        """On Mondays of the last year: who has had too few talks has left, or has one; some of the last still wait."""
        if clock.today().weekday() or clock.now() < self._stage.now - CONTACT_SEEN:
            return
        johanne = self._stage.principal("johanne")
        for line in queries.interview_report(session)["outside"]:
            luck, too_late = self._drawn.random(), line["standing"] == rules.OUTSIDE
            if self._stage.left_open() and luck < 0.2:
                continue
            if luck < 0.9 if too_late else line["talks"] < 2 and luck < 0.75:
                interviews.judge(session, johanne, line["citizen_id"], code=rules.LEFT)
            elif not too_late:
                interviews.note(
                    session, johanne, line["citizen_id"], held_on=clock.today(), form=self._drawn.choice(rules.FORMS)
                )

    def tell_weeks(self, session: Session) -> None:
        """On Mondays: what the week before had of hours, told of most."""
        today = clock.today()
        if today.weekday():
            return
        monday = today - timedelta(days=7)
        for one in self._running(monday):
            if self._drawn.random() < 0.5 and one.starts_on <= monday:
                self._week(session, one, monday)

    def _running(self, day: date) -> Sequence[Agreed]:
        return [one for one in self.courses if one.starts_on <= day <= one.ends_on]

    def _week(self, session: Session, one: Agreed, monday: date) -> None:
        share = self._drawn.choice(HOURS)
        johanne = self._stage.principal("johanne")
        real_hours.tell_week(
            session, johanne, one.id, monday=monday, worked=round(one.hours * share, 1), told_by="company"
        )
        if self._drawn.random() < 0.3:
            week = (monday + timedelta(days=later) for later in range(5))
            days = {day: {"state": self._drawn.choice(ATTENDED), "hours": None} for day in week if day <= one.ends_on}
            attendance.note(session, johanne, one.id, days)

    def _take(self, session: Session, one: Agreed) -> None:
        cases.take(session, self._stage.principal(self._drawn.choice(OWNERS)), one.id)
        for item in _items(session, one.id)[: self._drawn.randint(0, 5)]:
            placements.tick(session, self._stage.principal("johanne"), one.id, item, done=True)

    def _grow(self, session: Session, one: Agreed, more: float) -> None:
        new = min(37.0, round(one.hours * more * 2) / 2)
        paid = round(new * self._drawn.choice((0, 0, 0.25, 0.5)) * 2) / 2
        hours.agree_hours(
            session, one.id, starts_on=clock.today() + timedelta(days=1), placement_hours=new - paid, paid_hours=paid,
            reason_code="next_step", asked_by=self._drawn.choice(("citizen", "company", "consultant")),
        )  # fmt: skip

    def _ask(self, session: Session, one: Agreed) -> None:
        asked = pulse.ask(session, one.id, asked_by=self._stage.who("johanne"))
        for answer in pulse.answers_of(session, asked.id):
            if self._drawn.random() < 0.7:
                said = self._drawn.choice(("very_well", "well", "well", "well", "not_so_well"))
                its, when = answer.id, clock.now() + timedelta(hours=self._drawn.randint(1, 40))
                self._stage.plan(when, FOLLOWUP, partial(pulse.answer, answer_id=its, said=said))

    def _absent(self, session: Session, one: Agreed) -> None:
        """Somebody stays away: tried to be reached, heard, and a person closes it or hands it over."""
        drawn, made_by = self._drawn, self._stage.who("johanne")
        its = duty.register(
            session, one.citizen_id, kind="offer", on=clock.today() - timedelta(days=1), made_by=made_by
        ).id
        duty.attempt(session, its, way="phone", reached=drawn.random() < 0.6, at=None, made_by=made_by)
        if self._stage.left_open() and drawn.random() < 0.2:
            return
        heard = times.soon_after(drawn, clock.now(), (1, 2, 3))
        self._stage.plan(heard, FOLLOWUP, lambda later: self._hear(later, its))

    def _hear(self, session: Session, absence_id: UUID) -> None:
        drawn = self._drawn
        duty.attempt(session, absence_id, way="phone", reached=True, at=None, made_by=self._stage.who("johanne"))
        try:
            duty.open_hearing(session, absence_id)
        except Refused as refused:
            # Nothing to be heard about, for want of guidance or of a law in force; a person sees that.
            if refused.code not in ("no_basis", "guidance_missing"):
                raise
            duty.close(session, absence_id, closed_code="no_basis")
            return
        if not self._stage.left_open() or drawn.random() < 0.8:
            said = times.soon_after(drawn, clock.now(), (2, 4, 6))
            self._stage.plan(said, FOLLOWUP, lambda later: duty.answer(later, absence_id, said=SAID))
            over = times.soon_after(drawn, said, (1, 2, 3))
            self._stage.plan(over, FOLLOWUP, lambda later: self._judge(later, absence_id))

    def _judge(self, session: Session, absence_id: UUID) -> None:
        reasonable = self._drawn.random() < 0.7
        duty.judge_ground(session, absence_id, ground_code="transport", reasonable=reasonable)
        if reasonable:
            duty.close(session, absence_id, closed_code="reasonable_ground")
        else:
            duty.hand_over(session, absence_id, made_by=self._stage.who("rune"))

    def _say(self, session: Session, one: Agreed, kind: str, verdicts: Sequence[str] = USUALLY) -> None:
        for party in ("citizen", "company"):
            evaluations.say(
                session, self._stage.principal("johanne"), one.id, kind=kind, party=party,
                verdict=self._drawn.choice(verdicts), words=None,
            )  # fmt: skip

    def _end(self, session: Session, one: Agreed) -> None:
        if self._stage.left_open() and self._drawn.random() < 0.15:
            return
        outcome = self._drawn.choices(*ENDINGS)[0]
        self._say(session, one, "end", ("yes",) if outcome == "hire" else ("adjust", "no", "yes"))
        try:
            evaluations.conclude(session, one.id, outcome_code=outcome, made_by=self._stage.who("johanne"))
        except Refused as refused:
            # A guarantee is concluded first, and is not by now.
            if refused.code != "guarantee_open":
                raise


def _items(session: Session, placement_id: UUID) -> list[str]:
    wanted = select(ChecklistItem.code).where(ChecklistItem.placement_id == placement_id)
    return list(session.scalars(wanted.order_by(ChecklistItem.position)))

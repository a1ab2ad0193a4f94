"""The last hours before now: who sits in the waiting room, what came back from the post, and what nobody could take."""

import random
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from demo.town.desk import UNIT
from demo.town.stage import LEFT_OPEN, Stage
from services.intake.models import FirstContact
from services.intake.queries import promise as breaches
from services.intake.use_cases import promises, waiting
from services.notifications.models import Message
from services.notifications.rules.returns import PERMANENT, Returned
from services.notifications.use_cases import messages, returns
from shared import clock
from shared.database import new_id
from shared.events import FOLLOWUP, INTAKE, PlacementChanged

WALK_INS, CAUSES = 8, ("no_slot", "citizen_asked_later", "no_show", "staff_absence")
BOUNCED = 5
HALF_AN_HOUR = timedelta(minutes=30)


class Today:
    """Plans it for the people who are known by then."""

    def __init__(self, stage: Stage, drawn: random.Random) -> None:
        self._stage, self._drawn = stage, drawn

    def plan_all(self, known: dict[str, UUID]) -> None:
        """Acts of the last hours; `known` fills while the play goes on."""
        now = self._stage.now
        for number in range(WALK_INS):
            came = now - timedelta(minutes=50 - 5 * number)
            self._stage.plan(came, INTAKE, partial(self._walk_in, known=known, number=number))
        self._stage.plan(now - HALF_AN_HOUR, INTAKE, self._causes)

    def _walk_in(self, session: Session, known: dict[str, UUID], number: int) -> None:
        if not known:
            return
        arrival = waiting.arrive(session, self._drawn.choice(list(known.values())), unit_code=UNIT)
        its, soon = arrival.id, clock.now() + timedelta(minutes=4)
        if number < 3:
            place = ("desk-1", "room-1", "desk-2")[number]
            self._stage.plan(soon, INTAKE, lambda s: waiting.call(s, its, place=place, by=self._stage.who("frida")))
        if number < 2:
            talk = soon + timedelta(minutes=3)
            self._stage.plan(talk, INTAKE, lambda s: waiting.begin_talk(s, its, by=self._stage.who("rune")))
        if number == 0:
            self._stage.plan(soon + timedelta(minutes=20), INTAKE, lambda s: waiting.finish(s, its))

    def _causes(self, session: Session) -> None:
        """Of all broken promises but half of the newest somebody has said why."""
        broken = breaches.broken(FirstContact.local_goal_due, clock.now(), clock.today())
        for contact in session.scalars(select(FirstContact).where(broken).order_by(FirstContact.at)):
            if contact.at < clock.now() - LEFT_OPEN or self._drawn.random() < 0.5:
                promises.choose_cause(
                    session, contact.id, promise="local", cause=self._drawn.choice(CAUSES),
                    by=self._stage.who("frida"),
                )  # fmt: skip


def bounce(session: Session) -> None:
    """Some addresses turn out not to exist: the mail came back, and the next channel is taken."""
    messages.find_addresses(session)
    session.flush()
    by_mail = select(Message).where(Message.state == messages.QUEUED, Message.channel == "email")
    for message in session.scalars(by_mail.order_by(Message.id).limit(BOUNCED)):
        messages.tell_sent(session, message)
        session.flush()
        returns.bounced(session, message, Returned(kind=PERMANENT, tags=(), status="5.1.1"))


def dead(stage: Stage) -> None:
    """A change of an agreement that never came: tried anew six times, and given up."""
    unknown = PlacementChanged(
        placement_id=new_id(), citizen_id=new_id(), company_id=new_id(), change_kind="extended", number=2,
        starts_on=stage.now.date(), ends_on=stage.now.date() + timedelta(days=28), weekly_hours=15, extension_no=1,
    )  # fmt: skip
    stage.give_up(FOLLOWUP, unknown, stage.now - timedelta(hours=5))

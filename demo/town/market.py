"""What companies and citizens share beyond matches: the forum, profiles, standing places, seasons, score cards."""

import random
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from demo.town import calendar as times
from demo.town.companies import VIGGO, Companies
from demo.town.people import Citizen
from demo.town.stage import Stage
from demo.town.wishes import WEEK
from services.matching.models import Need
from services.matching.schemas.forum import PostBody
from services.matching.use_cases import centres, forum, jobbank, profiles, responsibility
from shared import clock
from shared.calendar import danish_time
from shared.events import MATCHING

EVENTS = (
    ("Kaffe og korte møder", "Virksomheder og jobsøgere mødes ti minutter ad gangen.", "Rådhuset, stuen"),
    ("Åbent hus på lageret", "Se, hvordan en dag på et lager går.", "Nordlager"),
    ("Sådan er det at være i praktik", "Nogle fortæller, og der er tid til spørgsmål.", "Biblioteket"),
    ("Jobmesse for køkken og service", "Otte arbejdspladser viser, hvad de laver.", "Idrætshallen"),
)
ARTICLES = (
    ("Små timer, der vokser", "To timer om ugen kan være begyndelsen på en fuld uge."),
    ("En mentor er en kollega", "Hvad en mentor gør, og hvad en mentor ikke gør."),
    ("Første dag på et nyt sted", "Ting, der gør den første dag lettere."),
)
WORDS = (
    "Jeg møder til tiden og er glad for faste rutiner.", "Jeg er god til at få ting til at hænge sammen.",
    "Jeg lærer hurtigt og spørger, når jeg er i tvivl.", "Jeg kan godt lide at arbejde med hænderne.",
)  # fmt: skip
EVIDENCE = {
    "continuous_places": "Fast aftale om praktik hele året", "fleksjobber": "En i fleksjob",
    "individual_agreements": "Skriftlig aftale med hver enkelt", "mentors": "To er mentorer",
}  # fmt: skip


class Market:
    """Plans it around the companies that are known by then."""

    def __init__(self, stage: Stage, drawn: random.Random, companies: Companies, share: float) -> None:
        self._stage, self._drawn, self._companies, self._share = stage, drawn, companies, share
        self._taking_part: list[UUID] = []

    def knows(self, citizen_id: UUID, _citizen: Citizen, moment: datetime) -> None:
        """Somebody whose wishes are known: a few write a profile."""
        self._taking_part.append(citizen_id)
        if self._drawn.random() < 0.04:
            self._stage.plan(
                times.soon_after(self._drawn, moment, (6, 9)), MATCHING,
                lambda session: profiles.write(
                    session, citizen_id, None, own_words=self._drawn.choice(WORDS), tells_needs=True, shown=True
                ),
            )  # fmt: skip

    def plan_all(self, first: date, today: date) -> None:
        """Over the two years, and what is to come."""
        span = today - first
        for number, (title, text) in enumerate(ARTICLES):
            self._plan(first + span * (0.4 + 0.2 * number), partial(self._article, title=title, text=text))
        for number, (title, text, place) in enumerate(EVENTS):
            about = {"kind": "event", "title": title, "text": text, "place": place, "capacity": 12 + 4 * number}
            self._plan(
                today - timedelta(days=9 - 2 * number), lambda s, about=about, n=number: self._event(s, about, n)
            )
        for number in range(max(2, round(12 * self._share))):
            self._plan(first + span * (0.3 + 0.05 * number), self._score)
        for number in range(2):
            self._plan(first + span * (0.5 + 0.2 * number), self._centre)
        for number in range(max(1, round(6 * self._share))):
            self._plan(first + span * (0.4 + 0.08 * number), self._season)

    def _plan(self, day: date, do: Any) -> None:
        moment = times.at(self._drawn, times.open_from(day))
        self._stage.plan(min(moment, self._stage.now - timedelta(minutes=8)), MATCHING, do)

    def _article(self, session: Session, title: str, text: str) -> None:
        told = PostBody().load({"kind": "article", "title": title, "text": text})
        forum.post(session, self._stage.principal("johanne"), None, **told)

    def _event(self, session: Session, about: dict[str, Any], number: int) -> None:
        begins = danish_time(times.open_from(clock.today() + timedelta(days=12 + 3 * number)), 10)
        told = PostBody().load({**about, "starts_at": begins.isoformat()})
        made = forum.post(session, self._stage.principal("johanne"), None, **told)
        for citizen_id in self._drawn.sample(self._taking_part, min(len(self._taking_part), 6 + 5 * number)):
            when = clock.now() + timedelta(hours=self._drawn.randint(1, 60))
            self._stage.plan(when, MATCHING, partial(forum.sign_up, post_id=made.id, citizen_id=citizen_id))

    def _score(self, session: Session) -> None:
        if self._companies.known:
            _firm, company_id = self._drawn.choice(self._companies.known)
            evidence = dict(self._drawn.sample(list(EVIDENCE.items()), self._drawn.randint(2, 4)))
            responsibility.assess(
                session, company_id, assessed_on=clock.today(), evidence=evidence, by=self._stage.who("viggo"),
                name=VIGGO[1],
            )  # fmt: skip

    def _centre(self, session: Session) -> None:
        if not self._companies.known:
            return
        firm, _company = self._drawn.choice(self._companies.known)
        by = self._stage.who("viggo")
        centres.set_up(session, firm.p_number, None, role="last", prefers_elsewhere=True)
        mornings = [f"{day} 09:00-12:00" for day in WEEK[:4]]
        for name in ("Plads 1", "Plads 2"):
            centres.add_place(session, firm.p_number, name=name, windows=mornings)
        for citizen_id in self._drawn.sample(self._taking_part, min(len(self._taking_part), 4)):
            centres.ask(session, firm.p_number, citizen_id=citizen_id, windows=["tue 10:00-11:00"], by=by)

    def _season(self, session: Session) -> None:
        need = session.scalar(select(Need).where(Need.state == "open").order_by(Need.id).limit(1))
        if need is not None:
            jobbank.add_season(
                session, need.p_number, name="Julehandel", months=["11", "12"], positions=2, need_id=need.id
            )

"""From what a citizen wants to an agreement: known, proposed, consented, accepted, agreed in writing."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from demo.town import calendar as times
from demo.town.companies import Companies, close
from demo.town.firms import Firm
from demo.town.people import Citizen
from demo.town.stage import Stage
from demo.town.wishes import WEEK
from services.matching import queries
from services.matching.models import Match, Placement, WishesCopy
from services.matching.schemas.knowledge import KnowledgeBody
from services.matching.schemas.needs import NewNeed
from services.matching.schemas.placements import NewPlacement
from services.matching.use_cases import knowledge, matches, meetings, needs, placements
from shared import clock
from shared.calendar import danish_time
from shared.errors import Refused
from shared.events import MATCHING

# Of those who say what they want: who comes into a placement, who is proposed in vain, who is only known.
PLACED, IN_VAIN, KNOWN = 0.24, 0.14, 0.3
CITIZENS_NO = ("too_far", "hours_do_not_fit", "wrong_kind_of_work", "other_job")
COMPANYS_NO = ("position_taken", "skills_do_not_fit", "hours_do_not_fit")
ON_PAPER = ("signed_on_paper", "said_at_meeting")
SHORT_WEEKS, LONG_WEEKS = 4, 13


@dataclass(frozen=True)
class Agreed:
    """A placement that was agreed in writing."""

    id: UUID
    citizen_id: UUID
    company_id: UUID
    firm: Firm
    citizen: Citizen
    starts_on: date
    ends_on: date
    hours: float


class Placing:
    """Plans the way of everybody whose wishes are known; `agreed` is told of each placement."""

    def __init__(
        self, stage: Stage, drawn: random.Random, companies: Companies, agreed: Callable[[Agreed], None]
    ) -> None:
        self._stage, self._drawn, self._companies, self._agreed = stage, drawn, companies, agreed

    def wished(self, citizen_id: UUID, citizen: Citizen, moment: datetime) -> None:
        """Somebody has said what they want."""
        luck = self._drawn.random()
        if luck > PLACED + IN_VAIN + KNOWN:
            return
        known = times.soon_after(self._drawn, moment, (1, 2, 3, 5))
        self._stage.plan(known, MATCHING, lambda session: self._know(session, citizen_id))
        if luck < PLACED + IN_VAIN:
            proposed = times.soon_after(self._drawn, known, (1, 2, 4, 8, 12))
            vain = luck > PLACED
            self._stage.plan(proposed, MATCHING, lambda session: self._propose(session, citizen_id, citizen, vain=vain))

    def _know(self, session: Session, citizen_id: UUID) -> None:
        drawn = self._drawn
        told = KnowledgeBody().load({
            "skills": [9, 37], "transport": drawn.choice(("bicycle", "public", "car", "walk")),
            "danish_level": drawn.choice(("everyday", "work", "fluent")),
            "languages": drawn.sample(("en", "de", "ar", "pl"), drawn.randint(0, 2)),
        })  # fmt: skip
        version = told.pop("version")
        knowledge.write_down(session, citizen_id, version, told, self._stage.who("johanne"))

    def _propose(self, session: Session, citizen_id: UUID, citizen: Citizen, *, vain: bool) -> None:
        wishes = session.get(WishesCopy, citizen_id)
        if wishes is None or not wishes.consent_to_matching or not self._companies.known:
            return
        firm, company_id = self._companies.one()
        hours = min(max(wishes.weekly_hours_min, self._drawn.choice((6, 10, 15, 20, 25))), wishes.weekly_hours_max)
        starts_on = clock.today() + timedelta(days=self._drawn.randint(9, 21))
        need = needs.receive_need(session, None, **NewNeed().load({
            "company_id": str(company_id), "p_number": firm.p_number, "occupation": wishes.occupations[0],
            "employment_form": "virksomhedspraktik", "weekly_hours_min": hours, "weekly_hours_max": hours,
            "windows": [f"{day} 09:00-15:00" for day in WEEK], "mentor_offered": True,
            "adjustments": sorted({*firm.offers, *wishes.needs}), "starts_on": starts_on.isoformat(),
        }))  # fmt: skip
        self._companies.answer(session, need)
        wanted = need.id
        self._stage.plan(clock.now() + timedelta(days=50), MATCHING, lambda later: close(later, wanted))
        its = self._put_forward(session, need.id, citizen_id).id
        asked = times.soon_after(self._drawn, clock.now(), (0, 1, 2, 3))
        self._stage.plan(
            asked, MATCHING, lambda later: self._consent(later, its, firm, citizen, vain=vain, hours=hours)
        )

    def _put_forward(self, session: Session, need_id: UUID, citizen_id: UUID) -> Match:
        def propose(reason: str | None) -> Match:
            return matches.propose_match(
                session, need_id=need_id, citizen_id=citizen_id, override_reason_code=reason,
                proposed_by=self._stage.who("johanne"),
            )  # fmt: skip

        try:
            return propose(None)
        except Refused as refused:
            if refused.code != "hard_rule_failed":
                raise
            return propose("transport_arranged")

    def _consent(
        self, session: Session, match_id: UUID, firm: Firm, citizen: Citizen, *, vain: bool, hours: float
    ) -> None:
        no = vain and self._drawn.random() < 0.5
        if vain and not no and self._drawn.random() < 0.2:
            return
        matches.answer_consent(
            session, None, match_id, given=not no, how=self._drawn.choice(("phone", "in_person")),
            reason_code=self._drawn.choice(CITIZENS_NO) if no else None, by=self._stage.who("johanne"),
        )  # fmt: skip
        if no:
            return
        answered = times.soon_after(self._drawn, clock.now(), (0, 1, 2, 3, 4))
        self._stage.plan(
            answered, MATCHING, lambda later: self._answer(later, match_id, firm, citizen, vain=vain, hours=hours)
        )

    def _answer(
        self, session: Session, match_id: UUID, firm: Firm, citizen: Citizen, *, vain: bool, hours: float
    ) -> None:
        if vain and self._drawn.random() < 0.3:
            return
        matches.answer_match(
            session, None, match_id, accepted=not vain, reason_code=self._drawn.choice(COMPANYS_NO) if vain else None,
            by=self._stage.who("viggo"),
        )  # fmt: skip
        if vain:
            return
        agreed = times.soon_after(self._drawn, clock.now(), (1, 2, 3))
        if self._drawn.random() < 0.3:
            match = session.get_one(Match, match_id)
            meetings.arrange(session, match_id, match.version, agreed + timedelta(days=1))
        self._stage.plan(agreed, MATCHING, lambda later: self._agree(later, match_id, firm, citizen, hours))

    def _agree(self, session: Session, match_id: UUID, firm: Firm, citizen: Citizen, hours: float) -> None:
        drawn = self._drawn
        match = session.get_one(Match, match_id)
        self._companies.tell_staff(session, match.company_id, firm)
        first = times.soon_after(drawn, clock.now(), (5, 7, 9)).date()
        long = queries.category(session, match.citizen_id) == "aktivitetsparat"
        ground = None if long or drawn.random() < 0.5 else drawn.choice(("long_unemployment", "no_work_experience"))
        weeks = LONG_WEEKS if long or ground else SHORT_WEEKS
        told = NewPlacement().load({
            "match_id": str(match_id), "offer_type": "virksomhedspraktik", "starts_on": first.isoformat(),
            "ends_on": (first + timedelta(weeks=weeks, days=-1)).isoformat(), "weekly_hours": hours,
            "first_day_at": danish_time(first, 9).isoformat(), "confirmed": ["not_recently_employed"],
            "purpose_code": drawn.choice(("clarify_job_goal", "uncover_skills", "train_professional_skills")),
            "exception_ground": ground, "cadence": drawn.choice(("default", "default", "handholding", "light")),
            "hire_preagreed": drawn.random() < 0.15, "deviation_reason_code": None,
            "mentor": {"name": firm.mentor, "email": f"mentor@firma-{firm.known['cvr']}.example", "phone": None},
        })  # fmt: skip
        its = placements.agree_placement(session, made_by=self._stage.who("johanne"), **told).id
        if drawn.random() < 0.94:
            stated = times.soon_after(drawn, clock.now(), (0, 1, 2, 3))
            self._stage.plan(stated, MATCHING, lambda later: self._state(later, its, firm, citizen))

    def _state(self, session: Session, placement_id: UUID, firm: Firm, citizen: Citizen) -> None:
        placement = session.get_one(Placement, placement_id)
        refuses = self._drawn.random() < 0.04
        for party in list(placement.awaiting):
            placements.state_in_writing(
                session, None, placement_id, by=self._stage.who("johanne"), party=party,
                positive=not (refuses and party == "mentor"),
                reason_code=None if party == "municipality" else self._drawn.choice(ON_PAPER),
            )  # fmt: skip
            if placement.state != "awaiting_statements":
                break
        if placement.state == "agreed":
            self._agreed(Agreed(
                placement.id, placement.citizen_id, placement.company_id, firm, citizen, placement.starts_on,
                placement.ends_on, placement.weekly_hours,
            ))  # fmt: skip

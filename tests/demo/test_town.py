"""The demo's municipality: invented people only, two years lived by the services' own rules, and nothing sent."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from demo.town import people, play
from demo.town.stage import Told, together
from shared import clock
from shared.calendar import danish_time
from shared.database import engine_for
from shared.events import SERVICES
from tests.conftest import new_world

# A Wednesday in the middle of a morning.
NOW = danish_time(date(2026, 11, 18), 10, 40)
SIZE = play.Size(citizens=60, companies=14)
# What the pages live of: a question that counts, and how many there are at least.
LIFE = {
    "talks held in time and not": "SELECT count(DISTINCT within_local_goal) - 1 FROM intake.visitation",
    "people who wait at the desk": "SELECT count(*) - 2 FROM intake.arrival WHERE state IN ('arrived', 'called')",
    "broken promises, some with a cause": "SELECT count(*) FROM intake.breach_cause",
    "needs that are open": "SELECT count(*) FROM matching.need WHERE state = 'open'",
    "promises broken": "SELECT count(*) FROM matching.company_promise WHERE broken_at IS NOT NULL",
    "placements": "SELECT count(*) FROM matching.placement WHERE state = 'agreed'",
    "talks held in placements": "SELECT count(*) FROM followup.contact WHERE held_at IS NOT NULL",
    "next steps done": "SELECT count(*) FROM followup.next_step WHERE done_at IS NOT NULL",
    "talks of the first months": "SELECT count(*) FROM followup.interview",
    "groups with days noted": "SELECT count(DISTINCT cohort_id) - 1 FROM followup.cohort_member",
    "families": "SELECT count(*) FROM followup.family",
    "residents of the area": "SELECT count(*) FROM followup.area_resident",
    "mentors, trained": "SELECT count(*) FROM followup.mentor WHERE trained_on IS NOT NULL",
    "times to book": "SELECT count(*) FROM followup.interview_slot",
    "events to come": "SELECT count(*) - 3 FROM matching.forum_post WHERE kind = 'event'",
    "people at centres": "SELECT count(*) FROM matching.centre_stay",
    "tasks seen on visits": "SELECT count(*) FROM matching.spotted_opening",
    "addresses that bounced": "SELECT count(*) FROM notifications.bounce",
    "letters to print": "SELECT count(*) FROM notifications.message WHERE state = 'to_print'",
    "a message that is dead": "SELECT count(*) FROM followup.failed_delivery WHERE next_try_at IS NULL",
}


@pytest.fixture(scope="module")
def played() -> Iterator[Any]:
    """A small town in a database of its own, as it stays there, and a way to count in it."""
    with new_world() as world:
        with clock.moved_to(NOW):
            stage = play.town(world.settings, SIZE, clock.now(), lambda _share: None)
        engine = engine_for(world.admin_url)
        yield stage, lambda asked: _answer(engine, asked)
        engine.dispose()


def _answer(engine: Engine, asked: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(text(asked)).scalar_one()


def test_every_number_has_a_day_that_no_calendar_has_and_every_address_is_nobodys() -> None:
    invented = people.citizens(2000, date(2026, 11, 18), seed=7)
    for one in invented:
        assert 61 <= int(one.cpr[:2]) <= 91
        assert one.about["email"] is None or one.about["email"].endswith("@borger.example")
        assert "phone" not in one.about
    assert len({one.cpr for one in invented}) == 2000


def test_the_same_seed_makes_the_same_people_and_another_one_others() -> None:
    first, again, other = (people.citizens(50, date(2026, 11, 18), seed) for seed in (1, 1, 2))
    assert first == again
    assert not {one.cpr for one in first} & {one.cpr for one in other}


def test_what_is_heard_together_is_of_a_kind_as_far_as_each_keys_order_allows() -> None:
    told = [Told(kind, key, b"") for kind, key in ("aX", "bX", "aY", "aX", "bY", "cY")]
    heard = list(together(told))
    assert "".join(one.type for one in heard) == "aabbac"
    for key in ("X", "Y"):
        assert [one for one in heard if one.key == key] == [one for one in told if one.key == key]


def test_a_town_has_lived_for_two_years_and_has_life_today(played: Any) -> None:
    stage, count = played
    assert count("SELECT count(*) FROM intake.citizen") == SIZE.citizens
    first = count("SELECT min(at) FROM intake.first_contact")
    assert NOW - timedelta(days=735) < first < NOW - timedelta(days=500)
    held = count("SELECT count(*) FROM intake.visitation WHERE state = 'held'")
    assert held > SIZE.citizens / 2
    assert count("SELECT count(*) FROM followup.visitation") == held, "every listener has heard it"
    assert sum(stage.refused.values()) < stage.done / 100, stage.refused
    assert not [what for what, asked in LIFE.items() if count(asked) < 1]
    assert count("SELECT count(*) FROM followup.next_step WHERE done_at IS NULL AND due_on < '2026-10-30'") == 0


def test_nothing_of_the_past_is_sent_and_the_broker_carries_nothing(played: Any) -> None:
    _stage, count = played
    assert count("SELECT count(*) FROM notifications.message WHERE state = 'suppressed'") > SIZE.citizens
    for service in SERVICES:
        assert count(f"SELECT count(*) FROM {service}.outbox WHERE published_at IS NULL") == 0  # noqa: S608
    for service in ("intake", "matching", "notifications"):
        assert count(f"SELECT count(*) FROM {service}.failed_delivery") == 0  # noqa: S608
    assert count("SELECT count(*) FROM notifications.message WHERE state = 'sent'") == 0

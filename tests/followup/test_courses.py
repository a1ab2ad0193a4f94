"""A course that changes: its plan is made anew from its causes, by door and by page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from shared import clock
from shared.calendar import danish_time
from shared.events import FollowUpPlanned
from tests.browser import Browser, offered, words
from tests.followup.telling import PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

NOW = danish_time(date(2027, 1, 20), 11)
PLAN = f"/opfoelgning/forloeb/{PLACEMENT}/plan"


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A placement in its third week; its first two talks were held."""
    followup.hear(citizen(), company(), placement(
        starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4), first_day_at=danish_time(date(2027, 1, 4), 8),
    ))  # fmt: skip
    with clock.moved_to(NOW):
        for contact in contacts(followup)[:2]:
            followup.call("POST", f"/contacts/{contact['id']}/held", {"outcome_code": "going_well"}, client="adviser")
        yield followup


@pytest.fixture
def consultant(begun: ServiceUnderTest) -> Browser:
    return begun.browser("job_consultant")


def contacts(service: ServiceUnderTest) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = service.call("GET", f"/placements/{PLACEMENT}", client="adviser").json["contacts"]
    return found


def days(service: ServiceUnderTest) -> list[tuple[str, str]]:
    return [(one["kind"], one["planned_at"][:10]) for one in contacts(service)]


def change(service: ServiceUnderTest, **body: Any) -> Any:
    path = f"/placements/{PLACEMENT}/course/changes"
    return service.call("POST", path, {"asked_by": "company"} | body, client="consultant")


def test_extension_keeps_what_was_held_and_what_is_late_and_plans_the_rest(begun: ServiceUnderTest) -> None:
    before = contacts(begun)
    answer = change(begun, kind="new_end", until="2027-05-30")

    assert (answer.status_code, answer.json["ends_on"], answer.json["agreed_ends_on"]) == (
        201, "2027-05-30", "2027-04-04",
    )  # fmt: skip
    after = contacts(begun)
    assert [one["id"] for one in after[:3]] == [one["id"] for one in before[:3]]
    assert [one["held_at"] is not None for one in after[:3]] == [True, True, False]
    assert ("midpoint", "2027-03-18") in days(begun)
    assert days(begun)[-1] == ("end", "2027-05-28")
    assert next(one["id"] for one in after if one["kind"] == "end") == before[-1]["id"]


def test_everybody_hears_of_the_talks_that_are_to_come_and_of_no_other(begun: ServiceUnderTest) -> None:
    change(begun, kind="new_end", until="2027-02-28")

    told = begun.told(FollowUpPlanned)[-1]
    assert set(told.kinds) == {"weekly", "midpoint", "end"}
    assert min(told.due_at) > NOW
    assert max(told.due_at) == danish_time(date(2027, 2, 26), 10)


def test_pause_and_going_on_again_bring_the_same_talks_back(begun: ServiceUnderTest) -> None:
    before = {one["id"] for one in contacts(begun)}
    change(begun, kind="paused", on="2027-01-21")
    assert [kind for kind, day in days(begun) if day > "2027-01-20"] == ["midpoint", "end"]

    with clock.moved_to(danish_time(date(2027, 1, 25), 9)):
        change(begun, kind="resumed", on="2027-01-25")

    assert ("weekly", "2027-01-29") in days(begun)
    assert len(before & {one["id"] for one in contacts(begun)}) >= 5


def test_change_is_taken_back_on_its_own_day_and_the_plan_is_as_it_was(
    begun: ServiceUnderTest, consultant: Browser
) -> None:
    before = contacts(begun)
    consultant.submit(PLAN, {"kind": "new_end", "until": "2027-02-28", "asked_by": "citizen"})
    path, fields = offered(consultant.get(PLAN).text)
    consultant.submit(path, fields)

    assert [(one["id"], one["planned_at"]) for one in contacts(begun)] == [
        (one["id"], one["planned_at"]) for one in before
    ]


def test_talk_where_the_course_is_at_risk_makes_contact_closer_and_says_why(begun: ServiceUnderTest) -> None:
    late = contacts(begun)[2]["id"]
    begun.call("POST", f"/contacts/{late}/held", {"outcome_code": "at_risk"}, client="adviser")

    extra = [one["planned_at"][:10] for one in contacts(begun) if one["why_code"] == "talk_at_risk"]
    assert extra == ["2027-01-21", "2027-01-22", "2027-01-25", "2027-02-08"]
    shown = words(begun.browser("adviser").get(PLAN))
    assert "Tættere opfølgning Forløbet er i fare" in shown
    assert "Systemet selv" in shown


def test_second_bad_talk_in_a_week_does_not_tighten_twice(begun: ServiceUnderTest) -> None:
    for _ in range(2):
        open_ones = [one for one in contacts(begun) if one["held_at"] is None]
        begun.call("POST", f"/contacts/{open_ones[0]['id']}/held", {"outcome_code": "at_risk"}, client="adviser")

    assert begun.connection.scalar(text("SELECT count(*) FROM course_change")) == 1


def test_place_rule_moves_the_meetings_and_no_talk_is_moved_elsewhere(
    begun: ServiceUnderTest, consultant: Browser
) -> None:
    assert consultant.submit(f"{PLAN}/sted", {"place_rule": "home"}).status_code == 303
    meetings = {one["form"] for one in contacts(begun) if one["kind"] in ("midpoint", "end")}
    path = f"/opfoelgning/kontakt/{contacts(begun)[-1]['id']}/flyt"
    refused = consultant.submit(path, {
        "planned_at": "2027-04-01T10:00", "form": "office", "reason_code": "citizen_asked",
    })  # fmt: skip

    assert meetings == {"home"}
    assert refused.status_code in (409, 422)
    assert "Der må ikke holdes møder dér i dette forløb." in words(refused)


def test_talk_is_moved_to_video_and_back(begun: ServiceUnderTest, consultant: Browser) -> None:
    last = contacts(begun)[-1]["id"]
    path = f"/opfoelgning/kontakt/{last}/flyt"
    consultant.submit(path, {"planned_at": "2027-04-01T10:00", "form": "video", "reason_code": "citizen_asked"})
    assert contacts(begun)[-1]["form"] == "video"

    where, fields = offered(consultant.get(f"/opfoelgning/kontakt/{last}").text)
    consultant.submit(where, fields)
    assert contacts(begun)[-1]["form"] == "in_person"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "new_end", "asked_by": "citizen"}, "Til og med: Skriv den nye sidste dag."),
        ({"kind": "cadence", "asked_by": "citizen"}, "Rytme: Vælg en rytme."),
        ({"asked_by": "citizen"}, "Hvad er aftalt?: Mangler."),
        ({"kind": "paused", "on": "2027-08-01", "asked_by": "citizen"}, "Fra og med: Vælg en dag i forløbet."),
        ({"kind": "resumed", "asked_by": "citizen"}, "Forløbet er ikke på pause."),
    ],
)
def test_what_cannot_be_agreed_comes_back_with_what_is_wrong(
    consultant: Browser, typed: dict[str, str], said: str
) -> None:
    answer = consultant.submit(PLAN, typed)

    assert answer.status_code in (409, 422)
    assert said in words(answer)
    assert '<option value="citizen" selected>' in answer.text


def test_plan_shows_its_curve_and_that_nothing_has_changed(consultant: Browser) -> None:
    shown = words(consultant.get(PLAN))

    assert "Samtaler i hver uge af forløbet" in shown
    assert "Forløbet er, som det blev aftalt." in shown


def test_starter_kit_is_timed_to_the_course(begun: ServiceUnderTest) -> None:
    begun.connection.execute(text("DELETE FROM contact"))
    begun.connection.execute(text("DELETE FROM hour_agreement"))
    begun.connection.execute(text("DELETE FROM placement"))
    begun.hear(placement(
        cadence="handholding", starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4),
        first_day_at=danish_time(date(2027, 1, 4), 8),
    ))  # fmt: skip

    shown = words(begun.browser("job_consultant").get(f"/opfoelgning/forloeb/{PLACEMENT}"))
    assert "Mentorens startpakke" in shown
    assert "Tal om den første uge 8. januar 2027" in shown
    assert "Tal om den første måned 1. februar 2027" in shown

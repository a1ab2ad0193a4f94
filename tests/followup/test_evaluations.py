"""Halfway and at the end everybody is heard, and what was agreed happens (A19, A20)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from shared import clock
from shared.calendar import danish_time
from shared.events import EmploymentStarted, PlacementConcluded
from tests.browser import offered, words
from tests.followup.telling import CITIZEN, MENTOR, PLACEMENT, citizen, company, link_mentor, placement
from tests.house import ServiceUnderTest

OF = f"/placements/{PLACEMENT}/evaluations"
ENDING = f"/placements/{PLACEMENT}/conclusion"
PAGE = f"/opfoelgning/forloeb/{PLACEMENT}/evaluering"
OWN = f"/opfoelgning/mit-forloeb/{PLACEMENT}/evaluering"


@pytest.fixture
def ending(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A19's placement on its last Friday: 8 hours a week, hire agreed beforehand."""
    followup.hear(citizen(), company(), placement())
    with clock.moved_to(danish_time(date(2027, 2, 26), 11)):
        yield followup


def hear(service: ServiceUnderTest, party: str, verdict: str) -> Any:
    return service.call("POST", OF, {"kind": "end", "party": party, "verdict": verdict}, client="consultant")


def conclude(service: ServiceUnderTest, outcome: str) -> Any:
    return service.call("POST", ENDING, {"outcome_code": outcome}, client="consultant")


def hours(service: ServiceUnderTest) -> list[tuple[str, float, float]]:
    found = service.call("GET", f"/placements/{PLACEMENT}", client="consultant").json["hours"]
    return [(step["from"], step["placement_hours"], step["paid_hours"]) for step in found]


def test_a19_both_say_yes_and_eight_paid_hours_begin_on_the_first_of_march(ending: ServiceUnderTest) -> None:
    hear(ending, "citizen", "yes")
    hear(ending, "company", "yes")
    answer = conclude(ending, "hire")

    assert (answer.status_code, answer.json["conclusion"]["since"]) == (201, "2027-03-01")
    assert hours(ending) == [("2026-12-01", 8.0, 0.0), ("2027-03-01", 0.0, 8.0)]
    job = ending.told(EmploymentStarted)[0]
    assert (job.since, job.weekly_hours) == (date(2027, 3, 1), 8.0)
    assert ending.told(PlacementConcluded)[0].outcome_code == "hire"


def test_a19_nobody_is_hired_against_anybodys_no(ending: ServiceUnderTest) -> None:
    hear(ending, "citizen", "yes")
    assert conclude(ending, "hire").json["code"] == "not_all_heard"
    hear(ending, "company", "no")

    assert conclude(ending, "hire").json["code"] == "not_both_yes"
    assert conclude(ending, "next_place").status_code == 201
    assert hours(ending) == [("2026-12-01", 8.0, 0.0)]


def test_a20_second_area_is_tried_beside_the_paid_hours(ending: ServiceUnderTest) -> None:
    hear(ending, "citizen", "yes")
    hear(ending, "company", "yes")
    conclude(ending, "hire")
    ending.call("POST", f"/placements/{PLACEMENT}/course/changes", {
        "kind": "new_end", "until": "2027-05-30", "asked_by": "company",
    }, client="consultant")  # fmt: skip
    ending.call("POST", f"/placements/{PLACEMENT}/hours", {
        "from": "2027-03-08", "placement_hours": 4, "paid_hours": 8, "reason_code": "second_area",
        "asked_by": "company",
    }, client="consultant")  # fmt: skip

    assert hours(ending)[-1] == ("2027-03-08", 4.0, 8.0)


def conclude_with(service: ServiceUnderTest, **body: Any) -> Any:
    hear(service, "citizen", "yes")
    hear(service, "company", "yes")
    return service.call("POST", ENDING, body, client="consultant")


def test_a20_another_area_is_agreed_with_the_job_and_ends_by_itself_later(ending: ServiceUnderTest) -> None:
    answer = conclude_with(ending, outcome_code="hire", until="2027-05-30", weekly_hours=4)

    assert answer.status_code == 201
    assert hours(ending)[-1] == ("2027-03-01", 4.0, 8.0)
    assert ending.call("GET", f"/placements/{PLACEMENT}", client="consultant").json["ends_on"] == "2027-05-30"
    assert conclude(ending, "nothing").json["code"] == "not_all_heard"
    with clock.moved_to(danish_time(date(2027, 5, 28), 11)):
        assert conclude_with(ending, outcome_code="hire").status_code == 201
    assert hours(ending)[-1] == ("2027-05-31", 0.0, 12.0)


def test_another_area_needs_its_days_and_hours_and_is_taken_back_whole(ending: ServiceUnderTest) -> None:
    assert conclude_with(ending, outcome_code="next_area", until="2027-05-30").status_code == 422
    made = conclude_with(ending, outcome_code="next_area", until="2027-05-30", weekly_hours=6)
    assert hours(ending)[-1] == ("2027-03-01", 6.0, 0.0)
    assert ending.told(EmploymentStarted) == []

    back = {"version": made.json["conclusion"]["version"]}
    assert ending.call("POST", f"{ENDING}/undo", back, client="consultant").status_code == 201
    assert hours(ending) == [("2026-12-01", 8.0, 0.0)]
    assert ending.call("GET", f"/placements/{PLACEMENT}", client="consultant").json["ends_on"] == "2027-02-28"


def test_who_moves_on_is_told_why_first_and_another_place_is_looked_for(ending: ServiceUnderTest) -> None:
    made = conclude_with(ending, outcome_code="next_place")
    steps = "/next-steps"
    with clock.moved_to(danish_time(date(2027, 3, 5), 11)):
        due = ending.call("GET", steps, client="consultant").json["items"]
        shown = words(ending.browser("job_consultant").get("/opfoelgning"))
    assert {(one["code"], one["due_on"]) for one in due} == {
        ("expectation_talk", "2027-02-28"), ("find_another", "2027-03-05"),
    }  # fmt: skip
    assert "Tal om, hvorfor borgeren skal videre" in shown

    back = {"version": made.json["conclusion"]["version"]}
    ending.call("POST", f"{ENDING}/undo", back, client="consultant")
    with clock.moved_to(danish_time(date(2027, 3, 5), 11)):
        assert ending.call("GET", steps, client="consultant").json["items"] == []


def test_conclusion_is_taken_back_with_the_hours_that_had_not_begun(ending: ServiceUnderTest) -> None:
    consultant = ending.browser("job_consultant")
    for party in ("citizen", "company"):
        consultant.submit(PAGE, {"kind": "end", "party": party, "verdict": "yes"})
    consultant.submit(f"{PAGE}/afslut", {"outcome_code": "hire"})
    shown = consultant.get(PAGE)
    assert "Ansat fra 1. marts 2027" in words(shown)

    where, fields = offered(shown.text)
    consultant.submit(where, fields)
    assert hours(ending) == [("2026-12-01", 8.0, 0.0)]
    assert [one.outcome_code for one in ending.told(PlacementConcluded)] == ["hire", None]
    assert conclude(ending, "nothing").status_code == 201


def test_citizen_answers_in_their_own_words_which_go_nowhere(ending: ServiceUnderTest) -> None:
    nancy = ending.browser("citizen", subject=str(CITIZEN))
    nancy.submit(OWN, {"kind": "midpoint", "verdict": "adjust", "words": "Hellere om formiddagen"})

    assert "Hellere om formiddagen" in words(ending.browser("adviser").get(PAGE))
    told = "".join(str(one) for one in ending.envelopes()) + ending.call("GET", OF, client="consultant").text
    assert "formiddagen" not in told


def test_mentor_says_theirs_and_sees_nobody_elses(ending: ServiceUnderTest) -> None:
    hear(ending, "citizen", "no")
    link_mentor(ending, str(MENTOR))
    mentor = ending.browser("mentor", subject=str(MENTOR))
    path = f"/opfoelgning/forloeb/{PLACEMENT}/min-vurdering"
    assert mentor.submit(path, {"kind": "end", "verdict": "yes", "words": "En god kollega"}).status_code == 303

    shown = words(mentor.get(path))
    assert "En god kollega" in shown
    assert "Det har du sagt Hvornår Dit svar Dine ord Ved afslutningen Ja, det går godt En god kollega" in shown
    assert mentor.get(PAGE).status_code == 403


def test_word_without_a_verdict_comes_back_as_it_was_typed(ending: ServiceUnderTest) -> None:
    nancy = ending.browser("citizen", subject=str(CITIZEN))
    answer = nancy.submit(OWN, {"kind": "end", "words": "Jeg ved det ikke"})

    assert answer.status_code == 422
    assert "Dit svar: Mangler." in words(answer)
    assert "Jeg ved det ikke" in answer.text


def test_nobody_is_heard_about_the_end_when_it_is_concluded(ending: ServiceUnderTest) -> None:
    hear(ending, "citizen", "yes")
    hear(ending, "company", "yes")
    conclude(ending, "nothing")

    assert hear(ending, "company", "no").json["code"] == "concluded"


def test_page_says_that_nobody_was_heard_yet(ending: ServiceUnderTest) -> None:
    assert "Ingen er hørt endnu." in words(ending.browser("adviser").get(PAGE))

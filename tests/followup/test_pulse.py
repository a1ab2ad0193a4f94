"""How it goes, asked of all three with one link each; what asks for a talk, and what a link may do."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from shared import clock, links
from shared.calendar import danish_time
from shared.events import PulseAsked, PulseWithdrawn
from tests.browser import offered, words
from tests.followup.telling import PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

CASE, ASK = f"/opfoelgning/forloeb/{PLACEMENT}", f"/placements/{PLACEMENT}/pulses"
WEDNESDAY = danish_time(date(2027, 1, 6), 11)


@pytest.fixture
def asked(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A19's placement in its sixth week, on the day that everybody is asked."""
    followup.hear(citizen(), company(), placement())
    with clock.moved_to(WEDNESDAY):
        assert followup.call("POST", ASK, client="consultant").status_code == 201
        yield followup


def code_of(service: ServiceUnderTest, party: str) -> str:
    """The code of the link in that party's letter."""
    told = service.told(PulseAsked)[0]
    return links.code(service.settings, links.PULSE, getattr(told, f"{party}_answer_id"), told.ends_at)


def tap(service: ServiceUnderTest, party: str, answer: str) -> Any:
    return service.browser().submit(links.PULSE_PATH, {"kode": code_of(service, party), "answer": answer})


def reasons(service: ServiceUnderTest) -> list[tuple[Any, ...]]:
    found = service.connection.execute(text(
        "SELECT why_code, count(*), min(due_on) FROM contact WHERE why_code IS NOT NULL AND withdrawn_at IS NULL "
        "GROUP BY why_code"
    ))  # fmt: skip
    return [tuple(row) for row in found]


def test_all_three_are_asked_the_same_and_answer_without_signing_in(asked: ServiceUnderTest) -> None:
    for party in ("citizen", "company", "mentor"):
        page = asked.browser().get(f"{links.PULSE_PATH}?kode={code_of(asked, party)}")
        assert "Hvordan går det på arbejdspladsen?" in words(page)
        assert "Nancy" not in page.text
        assert tap(asked, party, "well").status_code == 303

    [line] = asked.call("GET", ASK, client="consultant").json["items"]
    assert line["answers"] == {"citizen": "well", "company": "well", "mentor": "well"}
    assert reasons(asked) == []


def test_a_low_answer_makes_contact_closer_by_itself_and_says_why(asked: ServiceUnderTest) -> None:
    tap(asked, "citizen", "badly")

    assert reasons(asked) == [("low_pulse", 5, date(2027, 1, 7))]
    assert "Nogen siger, det går dårligt" in words(asked.browser("job_consultant").get("/opfoelgning"))


def test_answers_far_apart_raise_one_talk_and_no_score(asked: ServiceUnderTest) -> None:
    tap(asked, "company", "very_well")
    assert reasons(asked) == []
    tap(asked, "citizen", "not_so_well")

    assert reasons(asked) == [("pulse_differs", 1, date(2027, 1, 7))]


def test_a_link_is_used_once_and_a_slip_of_the_finger_is_taken_back_the_same_day(asked: ServiceUnderTest) -> None:
    tap(asked, "mentor", "badly")
    again = tap(asked, "mentor", "well")
    assert (again.status_code, "Du har allerede svaret." in words(again)) == (409, True)

    visitor = asked.browser()
    taken = visitor.submit(links.PULSE_PATH, {"kode": code_of(asked, "company"), "answer": "badly"})
    undo, fields = offered(visitor.get(taken.location).text)
    assert visitor.submit(undo, fields).status_code == 303
    assert tap(asked, "company", "well").status_code == 303


@pytest.mark.parametrize("code", ["", "x", "AAAA"])
def test_a_link_that_is_not_ours_says_so(asked: ServiceUnderTest, code: str) -> None:
    assert asked.browser().get(f"{links.PULSE_PATH}?kode={code}").status_code in (410, 422)


def test_a_link_is_over_after_a_week_and_another_kind_of_link_opens_nothing(asked: ServiceUnderTest) -> None:
    told = asked.told(PulseAsked)[0]
    other = links.code(asked.settings, links.APPOINTMENT, told.citizen_answer_id, told.ends_at)
    assert asked.browser().get(f"{links.PULSE_PATH}?kode={other}").status_code == 410

    code = code_of(asked, "citizen")
    with clock.moved_to(told.ends_at - timedelta(minutes=1)):
        assert asked.browser().get(f"{links.PULSE_PATH}?kode={code}").status_code == 200
    with clock.moved_to(told.ends_at):
        assert asked.browser().get(f"{links.PULSE_PATH}?kode={code}").status_code == 410


def test_asking_is_taken_back_until_somebody_has_answered(asked: ServiceUnderTest) -> None:
    consultant = asked.browser("job_consultant")
    assert consultant.submit(f"{CASE}/puls").status_code == 409
    pulse = asked.told(PulseAsked)[0].pulse_id
    assert consultant.submit(f"{CASE}/puls/{pulse}/fortryd").status_code == 303
    assert [one.pulse_id for one in asked.told(PulseWithdrawn)] == [pulse]
    assert asked.browser().get(f"{links.PULSE_PATH}?kode={code_of(asked, 'citizen')}").status_code == 410

    assert consultant.submit(f"{CASE}/puls").status_code == 303
    undo, fields = offered(consultant.get(CASE).text)
    assert re.search(r"/puls/.*/fortryd", undo)
    second = asked.told(PulseAsked)[1]
    code = links.code(asked.settings, links.PULSE, second.mentor_answer_id, second.ends_at)
    asked.browser().submit(links.PULSE_PATH, {"kode": code, "answer": "well"})
    assert consultant.submit(undo, fields).status_code == 409


def test_an_answer_is_in_no_event_and_in_no_trail(asked: ServiceUnderTest) -> None:
    tap(asked, "citizen", "badly")

    assert "badly" not in str(asked.envelopes())
    assert "badly" not in str(asked.connection.execute(text("SELECT changes FROM audit")).all())

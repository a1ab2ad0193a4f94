"""The plan of one placement: who does what by when, seen by the citizen, who agrees or says it in their own words."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from shared import clock
from shared.calendar import danish_time
from tests.browser import Browser, offered, words
from tests.followup.surroundings import mentor
from tests.followup.telling import CITIZEN, MENTOR, PLACEMENT, citizen, company, link_mentor, placement
from tests.house import ServiceUnderTest

OF = f"/placements/{PLACEMENT}/plan"
PAGE = f"/opfoelgning/forloeb/{PLACEMENT}/handleplan"
OWN = f"/opfoelgning/mit-forloeb/{PLACEMENT}/plan"
HERS = {"what": "Prøve bussen en morgen", "party": "citizen", "due_on": "2026-12-04"}
INSTEAD = "Jeg vil hellere cykle."


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    followup.hear(citizen(), company(), placement())
    with clock.moved_to(danish_time(date(2026, 12, 1), 12)):
        followup.call("POST", f"/placements/{PLACEMENT}/taken", client="consultant")
        yield followup


@pytest.fixture
def nancy(begun: ServiceUnderTest) -> Browser:
    return begun.browser("citizen", subject=str(CITIZEN))


def plan(service: ServiceUnderTest) -> list[Any]:
    found: list[Any] = service.call("GET", OF, client="consultant").json["actions"]
    return found


def agreed(service: ServiceUnderTest, **changed: Any) -> str:
    return str(service.call("POST", OF, HERS | changed, client="consultant").json["actions"][0]["id"])


def steps(service: ServiceUnderTest) -> list[str]:
    return [one["code"] for one in service.call("GET", "/next-steps?whose=all", client="consultant").json["items"]]


def test_citizen_sees_who_does_what_by_when_and_agrees(begun: ServiceUnderTest, nancy: Browser) -> None:
    action = agreed(begun)
    card = words(nancy.get("/opfoelgning/kort/mig"))
    assert "Prøve bussen en morgen" in card
    assert "4. december 2026" in card

    answer = nancy.submit(f"{OWN}/{action}/svar", {"answer": "agreed"})
    assert (answer.status_code, plan(begun)[0]["answer"]) == (303, "agreed")
    nancy.submit(*offered(nancy.get(OWN).text))
    assert plan(begun)[0]["answer"] is None


def test_own_words_are_read_by_whoever_has_the_case_and_copied_nowhere(begun: ServiceUnderTest, nancy: Browser) -> None:
    action = agreed(begun)
    empty = nancy.submit(f"{OWN}/{action}/svar", {"answer": "otherwise", "words": ""})
    assert (empty.status_code, "egne ord" in words(empty)) == (422, True)
    nancy.submit(f"{OWN}/{action}/svar", {"answer": "otherwise", "words": INSTEAD})

    with clock.moved_to(danish_time(date(2026, 12, 9), 12)):
        assert steps(begun) == ["plan_answer"]
    assert INSTEAD in words(begun.browser("job_consultant").get(PAGE))
    assert INSTEAD not in begun.call("GET", OF, client="consultant").text
    assert all("cykle" not in str(one) for one in begun.envelopes())

    nancy.submit(f"{OWN}/{action}/svar/fortryd")
    with clock.moved_to(danish_time(date(2026, 12, 9), 12)):
        assert steps(begun) == []


def test_other_words_of_staff_ask_the_citizen_anew(begun: ServiceUnderTest, nancy: Browser) -> None:
    action = agreed(begun)
    nancy.submit(f"{OWN}/{action}/svar", {"answer": "agreed"})
    changed = HERS | {"what": "Prøve cyklen en morgen", "version": plan(begun)[0]["version"]}

    assert begun.call("POST", f"{OF}/{action}", changed, client="consultant").status_code == 200
    assert plan(begun)[0]["answer"] is None
    assert begun.call("POST", f"{OF}/{action}", changed, client="consultant").status_code == 409


def test_citizen_ticks_what_is_theirs_to_do_and_nothing_else(begun: ServiceUnderTest, nancy: Browser) -> None:
    hers, other = agreed(begun), agreed(begun, party="mentor", due_on="2026-12-01", what="Vise rundt")

    assert nancy.submit(f"{OWN}/{hers}/gjort", {"done": "true"}).status_code == 303
    assert nancy.submit(f"{OWN}/{other}/gjort", {"done": "true"}).status_code == 404
    assert {one["id"]: bool(one["done_at"]) for one in plan(begun)} == {hers: True, other: False}
    nancy.submit(*offered(nancy.get(OWN).text))
    assert not any(one["done_at"] for one in plan(begun))


def test_what_is_late_is_said_and_what_was_dropped_comes_back(begun: ServiceUnderTest) -> None:
    action = agreed(begun)
    johanne = begun.browser("job_consultant")
    with clock.moved_to(danish_time(date(2026, 12, 5), 12)):
        assert plan(begun)[0]["late"] is True
        assert "For sent" in words(begun.browser("job_consultant").get(PAGE))
    johanne.submit(f"{PAGE}/{action}/fjern", {"dropped": "true"})
    assert "Der er ikke aftalt noget endnu." in words(johanne.get(PAGE))
    johanne.submit(f"{PAGE}/{action}/fjern", {"dropped": "false"})
    assert len(plan(begun)) == 1


def test_form_without_words_says_so_and_keeps_the_rest(begun: ServiceUnderTest) -> None:
    wrong = begun.browser("job_consultant").submit(PAGE, HERS | {"what": "", "due_on": "04-12-2026"})

    assert (wrong.status_code, "04-12-2026" in wrong.text) == (422, True)


def test_nobody_elses_plan_is_there(begun: ServiceUnderTest) -> None:
    action = agreed(begun)
    stranger = begun.browser("citizen", subject=str(uuid4()))

    assert stranger.get(OWN).status_code == 404
    assert stranger.submit(f"{OWN}/{action}/svar", {"answer": "agreed"}).status_code == 404
    assert begun.browser("mentor").get(PAGE).status_code == 404


def test_the_mentor_sees_who_does_what_when_the_citizen_says_so_and_never_the_answers(
    begun: ServiceUnderTest, nancy: Browser
) -> None:
    link_mentor(begun, str(MENTOR))
    max_ = begun.browser("mentor", subject=str(MENTOR))
    hers, his = agreed(begun), agreed(begun, party="mentor", due_on="2026-12-02", what="Vise rundt")
    nancy.submit(f"{OWN}/{hers}/svar", {"answer": "otherwise", "words": INSTEAD})
    assert "Det bestemmer borgeren selv" in words(max_.get(PAGE))
    assert max_.submit(f"{PAGE}/{his}/gjort", {"done": "true"}).status_code == 404

    nancy.submit(f"{OWN}/del", {"shared": "true"})
    seen = words(max_.get(PAGE))
    assert ("Prøve bussen en morgen" in seen, INSTEAD in seen) == (True, False)
    assert max_.submit(f"{PAGE}/{his}/gjort", {"done": "true"}).status_code == 303
    assert max_.submit(f"{PAGE}/{hers}/gjort", {"done": "true"}).status_code == 404

    nancy.submit(*offered(nancy.get(OWN).text))
    assert "Prøve bussen" not in words(max_.get(PAGE))


def test_a_new_mentor_sees_no_plan_that_was_shared_with_the_former(begun: ServiceUnderTest, nancy: Browser) -> None:
    nancy.submit(f"{OWN}/del", {"shared": "true"})
    assert begun.call("GET", OF, client="consultant").json["shared"] is True
    begun.call("POST", f"/placements/{PLACEMENT}/mentor", {"mentor_id": mentor(begun)["id"]}, client="consultant")

    assert begun.call("GET", OF, client="consultant").json["shared"] is False


def test_words_that_are_not_taken_stand_in_the_form_where_they_were_typed_alone(
    begun: ServiceUnderTest, nancy: Browser
) -> None:
    action = agreed(begun)
    agreed(begun, what="Ringe til kontoret")
    too_long = "Kun her: " + "jeg vil hellere noget andet. " * 400

    page = nancy.submit(f"{OWN}/{action}/svar", {"answer": "otherwise", "words": too_long})

    assert page.status_code == 422
    assert page.text.count("Kun her: ") == 1

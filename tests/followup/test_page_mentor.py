"""A mentor's pages: their own placements, when and how people meet, never why, and never another mentor's."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text

from shared import clock
from shared.calendar import danish_time
from tests.browser import Browser, words
from tests.followup.telling import CITIZEN, MENTOR, PLACEMENT, citizen, company, link_mentor, placement
from tests.house import ServiceUnderTest

OWN = f"/opfoelgning/forloeb/{PLACEMENT}"
PLANTED = (
    "train_social_skills", "Optræne sociale kompetencer", "handholding", "Tæt støtte", "interpreter_missing",
    "Tolken mangler", "needs_adjustment", "Noget skal justeres", "find_another", "Find et andet sted",
    "fewer_for_now", "Færre for en tid", "Aftalt fra start", "somali", "Tolk", "/borger/",
)  # fmt: skip


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A32's placement with something planted in every field that says why."""
    followup.hear(
        citizen(language="so", interpreter=True), company(),
        placement(
            cadence="handholding", purpose_code="train_social_skills", starts_on=date(2027, 1, 4),
            ends_on=date(2027, 4, 4), first_day_at=danish_time(date(2027, 1, 4), 8),
        ),
    )  # fmt: skip
    with clock.moved_to(danish_time(date(2027, 1, 6), 11)):
        link_mentor(followup, str(MENTOR))
        held, moved = contacts(followup)[:2]
        consultant = followup.browser("job_consultant")
        for path, fields in (
            (f"kontakt/{held}/holdt", {"outcome_code": "needs_adjustment", "next_step_code": "find_another"}),
            (f"kontakt/{moved}/flyt", {"planned_at": "2027-01-07T12:00", "reason_code": "interpreter_missing"}),
            (f"forloeb/{PLACEMENT}/timer", {
                "from": "2027-01-11", "placement_hours": "6", "paid_hours": "0", "reason_code": "fewer_for_now",
                "asked_by": "citizen",
            }),
        ):  # fmt: skip
            assert consultant.submit(f"/opfoelgning/{path}", fields).status_code == 303
        yield followup


@pytest.fixture
def mentor(begun: ServiceUnderTest) -> Browser:
    return begun.browser("mentor", subject=str(MENTOR))


@pytest.fixture
def other(begun: ServiceUnderTest) -> Browser:
    return begun.browser("mentor", subject=str(UUID(int=99)))


def contacts(service: ServiceUnderTest) -> list[UUID]:
    return list(service.connection.scalars(text("SELECT id FROM contact ORDER BY due_on")))


def pages(service: ServiceUnderTest) -> list[str]:
    own = [f"/opfoelgning/kontakt/{contact}" for contact in contacts(service)[:3]]
    return ["/opfoelgning", "/opfoelgning?dag=2027-01-07", "/opfoelgning/forloeb", OWN, *own]


def test_mentor_sees_nothing_of_why_on_any_page(mentor: Browser, begun: ServiceUnderTest) -> None:
    for path in pages(begun):
        answer = mentor.get(path)
        assert answer.status_code == 200
        assert [planted for planted in PLANTED if planted in answer.text] == [], path


def test_what_was_planted_is_there_for_the_consultant(begun: ServiceUnderTest) -> None:
    consultant = begun.browser("job_consultant")
    seen = "".join(consultant.get(path).text for path in pages(begun))

    assert [planted for planted in PLANTED if planted not in seen and "_" not in planted] == ["handholding"]


def test_mentor_sees_their_own_people_and_when_to_meet(mentor: Browser) -> None:
    board = words(mentor.get("/opfoelgning"))

    assert "Nancy Ann Test Berggren" in board
    assert "6. januar 2027 kl. 10.00" in board
    assert "Timer om ugen i forløbet" in words(mentor.get(OWN))


def test_mentor_is_offered_no_act_that_is_not_theirs(mentor: Browser, begun: ServiceUnderTest) -> None:
    seen = "".join(mentor.get(path).text for path in pages(begun))

    for act in ("/holdt", "/flyt", "/timer"):
        assert act not in seen


def test_mentor_ticks_the_checklist(mentor: Browser) -> None:
    mentor.submit(f"{OWN}/tjekliste/lunch")

    assert "På plads Frokosten er aftalt" in words(mentor.get(OWN))


def test_mentor_of_nobody_is_told_so(other: Browser) -> None:
    assert "Du er ikke mentor for nogen lige nu." in words(other.get("/opfoelgning/forloeb"))
    board = words(other.get("/opfoelgning"))
    assert "Godt nyt: Alle samtaler er holdt." in board
    assert "For sent 0 Tilbage i dag 0 De næste 7 dage 0" in board
    assert "Nancy" not in board


@pytest.mark.parametrize(
    ("door", "status"),
    [
        (f"GET {OWN}", 404),
        ("GET /opfoelgning/kontakt/{contact}", 404),
        (f"POST {OWN}/tjekliste/lunch", 404),
        (f"POST {OWN}/tjekliste/lunch/fortryd", 404),
        (f"POST {OWN}/timer", 403),
        ("GET /opfoelgning/kontakt/{contact}/flyt", 403),
        ("POST /opfoelgning/kontakt/{contact}/holdt", 403),
        ("GET /opfoelgning/kort/soeg?q=nancy", 403),
    ],
)
def test_mentor_is_refused_another_s_things_and_it_is_on_record(
    other: Browser, begun: ServiceUnderTest, door: str, status: int
) -> None:
    method, path = door.format(contact=contacts(begun)[0]).split(" ")
    answer = other.get(path) if method == "GET" else other.submit(path)

    assert answer.status_code == status
    assert "Nancy" not in answer.text
    last = begun.connection.execute(text("SELECT role, refused, subjects FROM lookup ORDER BY seq DESC LIMIT 1")).one()
    assert tuple(last) == ("mentor", True, [CITIZEN] if status == 404 else [])

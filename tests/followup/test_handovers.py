"""Cases change hands with their promises: for good, for a holiday, refused, and taken back."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared import clock
from shared.calendar import danish_time
from tests.browser import Browser, offered, words
from tests.followup.telling import CITIZEN, PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

BOARD, ALL = "/opfoelgning", "/opfoelgning/overdragelse"
SECOND, OTHER = UUID(int=41), UUID(int=42)
WEDNESDAY = date(2027, 1, 6)


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """Johanne has two cases; in one a next step waits, and a citizen is being heard."""
    dates = {
        "starts_on": date(2027, 1, 4),
        "ends_on": date(2027, 4, 4),
        "first_day_at": danish_time(date(2027, 1, 4), 8),
    }
    followup.hear(citizen(), citizen(citizen_id=OTHER, name="Ruddi Test Berggren"), company())
    followup.hear(placement(**dates), placement(placement_id=SECOND, citizen_id=OTHER, **dates))
    with clock.moved_to(danish_time(WEDNESDAY, 11)):
        yield followup


@pytest.fixture
def rune(begun: ServiceUnderTest) -> Browser:
    return begun.browser("job_consultant", subject="rune", name="Rune Prøve", organisation="jobbutikken")


@pytest.fixture
def johanne(begun: ServiceUnderTest, rune: Browser) -> Browser:
    assert rune.get(BOARD).status_code == 200
    johanne = begun.browser("job_consultant", subject="johanne", name="Johanne Prøve", organisation="jobbutikken")
    for one in (PLACEMENT, SECOND):
        johanne.submit(f"{BOARD}/forloeb/{one}/ansvarlig/mig")
    first = begun.connection.scalar(
        text("SELECT id FROM contact WHERE placement_id = :of ORDER BY planned_at LIMIT 1"), {"of": PLACEMENT}
    )
    johanne.submit(f"{BOARD}/kontakt/{first}/holdt", {
        "outcome_code": "needs_adjustment", "next_step_code": "other_tasks", "next_step_on": "08-01-2027",
    })  # fmt: skip
    return johanne


def ask(johanne: Browser, **fields: Any) -> str:
    answer = johanne.submit(ALL, {"kind": "give", "to_owner": "rune", **fields})
    assert answer.status_code == 303, words(answer)
    return str(answer.location)


def lines(service: ServiceUnderTest, of: UUID = PLACEMENT) -> list[tuple[str, str | None]]:
    found = service.connection.execute(
        text("SELECT kind, state FROM hand_over_line WHERE placement_id = :of ORDER BY due_on NULLS FIRST, id"),
        {"of": of},
    )
    return [(row.kind, row.state) for row in found]


def owner(service: ServiceUnderTest, of: UUID = PLACEMENT) -> Any:
    return service.connection.scalar(text("SELECT owner FROM placement WHERE id = :of"), {"of": of})


def test_a_whole_caseload_goes_with_its_open_promises_each_acknowledged(
    begun: ServiceUnderTest, johanne: Browser, rune: Browser
) -> None:
    begun.call("POST", f"/citizens/{CITIZEN}/absences", {"kind": "interview", "on": "2027-01-05"}, client="consultant")
    begun.connection.execute(text("UPDATE absence SET hearing_due = '2027-01-20'"))
    path = ask(johanne)

    kinds = [kind for kind, _state in lines(begun)]
    counted = (kinds[0], kinds.count("next_step"), kinds.count("hearing"), "contact" in kinds)
    assert counted == ("case", 1, 1, True)
    assert "venter på din kvittering" in words(rune.get(BOARD))
    for one in lines_of(begun, PLACEMENT):
        assert owner(begun) == "johanne"
        assert rune.submit(f"{path}/sag/{PLACEMENT}/linje/{one}").status_code == 303

    assert (owner(begun), owner(begun, SECOND)) == ("rune", "johanne")
    assert begun.connection.scalar(text("SELECT owner FROM next_step")) == "rune"
    assert rune.submit(f"{path}/sag/{SECOND}/kvitter").status_code == 303
    assert owner(begun, SECOND) == "rune"


def lines_of(service: ServiceUnderTest, of: UUID) -> list[UUID]:
    return list(service.connection.scalars(text("SELECT id FROM hand_over_line WHERE placement_id = :of"), {"of": of}))


def test_one_case_goes_alone_and_a_promise_made_since_comes_up_first(
    begun: ServiceUnderTest, johanne: Browser, rune: Browser
) -> None:
    path = ask(johanne, placements=str(SECOND))
    contact = begun.connection.scalar(
        text("SELECT id FROM contact WHERE placement_id = :of ORDER BY planned_at LIMIT 1"), {"of": SECOND}
    )
    johanne.submit(f"{BOARD}/kontakt/{contact}/holdt", {"outcome_code": "going_well", "next_step_code": "extend"})

    rune.submit(f"{path}/sag/{SECOND}/kvitter")
    assert owner(begun, SECOND) == "johanne"
    assert ("next_step", None) in lines(begun, SECOND)
    rune.submit(f"{path}/sag/{SECOND}/kvitter")
    assert owner(begun, SECOND) == "rune"
    assert lines(begun, PLACEMENT) == []


def test_a_holidays_cases_are_the_colleagues_for_its_days_and_come_back_by_themselves(
    begun: ServiceUnderTest, johanne: Browser, rune: Browser
) -> None:
    path = ask(johanne, kind="cover", from_on="11-01-2027", until_on="15-01-2027")
    for one in (PLACEMENT, SECOND):
        assert rune.submit(f"{path}/sag/{one}/kvitter").status_code == 303

    for day, covered in ((8, False), (11, True), (15, True), (18, False)):
        with clock.moved_to(danish_time(date(2027, 1, day), 11)):
            who = {"organisation": "jobbutikken"}
            his = begun.browser("job_consultant", subject="rune", name="Rune Prøve", **who)
            hers = begun.browser("job_consultant", subject="johanne", name="Johanne Prøve", **who)
            assert ("Nancy" in words(his.get(f"{BOARD}?hvis=mine"))) == covered, day
            assert ("Andre opgaver" in words(his.get(f"{BOARD}?hvis=mine"))) == covered, day
            assert ("Nancy" in words(hers.get(f"{BOARD}?hvis=mine"))) != covered, day
            assert ("Rune Prøve til og med" in words(hers.get(f"{BOARD}/forloeb/{PLACEMENT}"))) == covered, day
    assert owner(begun) == "johanne"


def test_a_case_is_refused_and_stays_and_the_answer_is_taken_back(
    begun: ServiceUnderTest, johanne: Browser, rune: Browser
) -> None:
    path = ask(johanne)
    rune.submit(f"{path}/sag/{PLACEMENT}/afvis")
    assert owner(begun) == "johanne"
    assert "Sagen er afvist" in words(johanne.get(path))
    assert rune.submit(f"{path}/sag/{PLACEMENT}/kvitter").status_code == 409

    rune.submit(f"{path}/sag/{PLACEMENT}/fortryd")
    rune.submit(f"{path}/sag/{PLACEMENT}/kvitter")
    assert owner(begun) == "rune"
    undo, fields = offered(rune.get(path).text)
    assert rune.submit(undo, fields).status_code == 303
    assert (owner(begun), begun.connection.scalar(text("SELECT owner FROM next_step"))) == ("johanne", "johanne")


def test_nobody_answers_for_another_and_what_was_taken_back_is_not_answered(
    begun: ServiceUnderTest, johanne: Browser, rune: Browser
) -> None:
    path = ask(johanne)
    third = begun.browser("job_consultant", subject="third")
    assert "Kvittér" not in words(third.get(path))
    assert third.submit(f"{path}/fortryd").status_code == 404
    assert johanne.submit(f"{path}/sag/{PLACEMENT}/kvitter").status_code == 404
    undo, fields = offered(johanne.get(path).text)
    assert johanne.submit(undo, fields).status_code == 303

    assert rune.submit(f"{path}/sag/{PLACEMENT}/kvitter").status_code == 409
    assert "venter på din kvittering" not in words(rune.get(BOARD))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"to_owner": "johanne"}, "Vælg en anden"),
        ({"to_owner": "x"}, "Vælg en kollega."),
        ({"kind": "cover"}, "Skriv feriens sidste dag."),
        ({"kind": "cover", "until_on": "01-01-2027"}, "Skriv feriens sidste dag."),
        ({"from_on": "01-01-2027"}, "Vælg en dag fra i dag."),
        ({"from_owner": "rune", "to_owner": "johanne"}, "Der er ingen sager at give."),
    ],
)
def test_what_makes_no_sense_is_said_and_loses_nothing(johanne: Browser, fields: dict[str, str], said: str) -> None:
    answer = johanne.submit(ALL, {"kind": "give", "to_owner": "rune"} | fields)

    assert answer.status_code in (409, 422)
    assert said in words(answer)


def test_a_case_that_somebody_else_took_meanwhile_is_not_taken_from_them(
    begun: ServiceUnderTest, johanne: Browser, rune: Browser
) -> None:
    path = ask(johanne)
    begun.browser("job_consultant", subject="viggo", name="Viggo Prøve").submit(
        f"{BOARD}/forloeb/{PLACEMENT}/ansvarlig/mig"
    )

    answer = rune.submit(f"{path}/sag/{PLACEMENT}/kvitter")

    assert answer.status_code == 409
    assert "en anden ansvarlig" in words(answer)
    assert owner(begun) == "viggo"


def test_a_cover_for_whoever_had_the_case_before_covers_it_no_more(
    begun: ServiceUnderTest, johanne: Browser, rune: Browser
) -> None:
    path = ask(johanne, kind="cover", from_on="06-01-2027", until_on="15-01-2027")
    rune.submit(f"{path}/sag/{PLACEMENT}/kvitter")
    case = f"{BOARD}/forloeb/{PLACEMENT}"
    assert "Vikar Rune Prøve til og med" in words(johanne.get(case))
    viggo = begun.browser("job_consultant", subject="viggo", name="Viggo Prøve")
    viggo.submit(f"{case}/ansvarlig/mig")

    assert "Vikar" not in words(viggo.get(case))
    assert "Nancy" in words(viggo.get(f"{BOARD}?hvis=mine"))

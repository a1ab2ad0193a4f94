"""What follow-up shows inside the pages of others: each card to those it is for, and to nobody else."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, text

from services.followup import schemas
from services.followup.pages import words as spoken
from services.followup.rules import FORMS, IMPORTANCE
from services.followup.use_cases import POLICY
from shared import clock
from shared.calendar import danish_time
from tests.browser import words
from tests.followup.telling import CITIZEN, PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

OTHER = UUID(int=50)


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A19's placement, a week after its first day, its hours grown; and somebody else's."""
    followup.hear(
        citizen(), company(name="Ærø Smedje"), placement(),
        citizen(citizen_id=OTHER, name="Åge Test Ørsted"),
        placement(placement_id=UUID(int=51), citizen_id=OTHER, company_id=UUID(int=52), mentor_id=UUID(int=53)),
    )  # fmt: skip
    with clock.moved_to(danish_time(date(2026, 12, 9), 9)):
        hours = {"starts_on": "2026-12-08", "placement_hours": 12.5, "paid_hours": 0}
        consultant = followup.browser("job_consultant")
        consultant.submit(
            f"/opfoelgning/forloeb/{PLACEMENT}/timer",
            {"from": hours["starts_on"], "placement_hours": "12,5", "paid_hours": "0", "reason_code": "next_step",
             "asked_by": "citizen"},
        )  # fmt: skip
        yield followup


def last_look(service: ServiceUnderTest) -> tuple[Any, ...]:
    row = service.connection.execute(
        text("SELECT how, purpose, subjects, refused FROM lookup ORDER BY seq DESC LIMIT 1")
    )
    return tuple(row.one())


def test_citizens_card_for_staff_has_hours_and_what_is_due(begun: ServiceUnderTest) -> None:
    answer = begun.browser("adviser").get(f"/opfoelgning/kort/borger/{CITIZEN}")

    shown = words(answer)
    assert "<html" not in answer.text
    assert "Ærø Smedje I gang" in shown
    assert "Timer nu 12,5 timer om ugen" in shown
    assert "Næste samtale 1. december 2026 kl. 10.00 8 dage for sent" in shown
    assert f'href="/opfoelgning/forloeb/{PLACEMENT}"' in answer.text
    assert last_look(begun) == ("read", "follow_up", [CITIZEN], False)


def test_front_desk_sees_the_card_without_a_way_that_is_closed_to_it(begun: ServiceUnderTest) -> None:
    answer = begun.browser("front_desk").get(f"/opfoelgning/kort/borger/{CITIZEN}")

    assert "Ærø Smedje" in answer.text
    assert "/opfoelgning/forloeb/" not in answer.text


def test_card_of_somebody_without_a_placement_says_so(begun: ServiceUnderTest) -> None:
    assert "Borgeren er ikke i et forløb." in words(begun.browser("adviser").get(f"/opfoelgning/kort/borger/{uuid4()}"))


@pytest.mark.parametrize("role", ["citizen", "mentor", "company_employee", "partner", "ops"])
def test_citizens_card_is_for_staff_only(begun: ServiceUnderTest, role: str) -> None:
    told = {"organisation": "90000009"} if role == "company_employee" else {}

    assert begun.browser(role, **told).get(f"/opfoelgning/kort/borger/{CITIZEN}").status_code == 403
    assert last_look(begun) == ("read", "follow_up", [CITIZEN], True)


def test_citizen_sees_the_next_talk_and_how_the_hours_grew(begun: ServiceUnderTest) -> None:
    answer = begun.browser("citizen", subject=str(CITIZEN)).get("/opfoelgning/kort/mig")

    shown = words(answer)
    assert "Din mentor Max Test Berggren" in shown
    assert "Næste samtale 15. december 2026 kl. 10.00 , på telefon" in shown
    assert "Du begyndte med 8 timer. Det er vokset til 12,5." in shown
    assert "for sent" not in shown
    assert last_look(begun) == ("read", "own_access", [CITIZEN], False)


def test_citizen_sees_their_own_card_and_never_another_s(begun: ServiceUnderTest) -> None:
    other = begun.browser("citizen", subject=str(OTHER)).get("/opfoelgning/kort/mig")
    stranger = begun.browser("citizen").get("/opfoelgning/kort/mig")

    assert "Ærø Smedje" not in other.text
    assert "Virksomhed uden navn endnu" in other.text
    assert "Du er ikke i et forløb lige nu." in stranger.text
    assert begun.browser("adviser").get("/opfoelgning/kort/mig").status_code == 403


@pytest.mark.parametrize(
    ("typed", "found"),
    [("berggren", [CITIZEN]), ("ærø", [CITIZEN]), ("ÅGE", [OTHER]), ("%", []), ("b", []), ("", []), ("_a_", [])],
)
def test_search_finds_by_the_citizens_or_the_companys_name(
    begun: ServiceUnderTest, typed: str, found: list[UUID]
) -> None:
    answer = begun.browser("company_consultant").get(f"/opfoelgning/kort/soeg?{urlencode({'q': typed})}")

    assert answer.status_code == 200
    assert ("Ingen forløb passer til søgningen." in answer.text) == (not found)
    assert last_look(begun) == ("search", "follow_up", found, False)


def statements(service: ServiceUnderTest) -> list[str]:
    """The statements sent from now on, but for the savepoints that only tests have."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "SAVEPOINT" not in statement:
            sent.append(statement)

    event.listen(service.connection, "before_cursor_execute", note)
    return sent


@pytest.mark.parametrize(
    ("role", "path", "number"),
    [
        ("job_consultant", "/opfoelgning", 11),
        ("job_consultant", "/opfoelgning/forloeb", 3),
        ("job_consultant", f"/opfoelgning/forloeb/{PLACEMENT}", 11),
        ("adviser", f"/opfoelgning/kort/borger/{CITIZEN}", 7),
        ("job_consultant", "/opfoelgning/kort/soeg?q=smede", 3),
    ],
)
def test_pages_ask_few_questions(begun: ServiceUnderTest, role: str, path: str, number: int) -> None:
    browser = begun.browser(role)
    sent = statements(begun)
    browser.get(path)

    assert len(sent) == number, sent


def test_every_code_has_words_in_both_languages() -> None:
    codes = {
        "kind": IMPORTANCE, "form": FORMS, "outcome": schemas.OUTCOMES, "next_step": schemas.NEXT_STEPS,
        "move_reason": schemas.MOVE_REASONS, "hour_reason": ("agreed_at_start", *schemas.HOUR_REASONS),
        "asked_by": schemas.ASKED_BY,
        "checklist": POLICY.row("checklist.first_day", date(2026, 12, 1), "handholding").value,
        "cadence": ("default", "light", "handholding"),
    }  # fmt: skip

    assert [
        (what, code) for what, all_codes in codes.items() for code in all_codes if code not in spoken.TABLE[what]
    ] == []
    assert [said for table in spoken.TABLE.values() for said in table.values() if not all(said)] == []

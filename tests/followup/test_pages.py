"""The consultant's pages: what is due, held, moved and taken back; the placement; what others embed."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from shared import clock
from shared.calendar import danish_time
from shared.events import FollowUpHeld, FollowUpMoved
from tests.browser import Browser, words
from tests.followup.telling import CITIZEN, PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

NOW = danish_time(date(2027, 1, 6), 11)
OUTSIDERS = ("leader", "company_employee", "partner", "citizen", "ops", "data_protection_officer", "front_desk")


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A placement on its third day, with a checklist; nothing was held yet."""
    first = danish_time(date(2027, 1, 4), 8)
    followup.hear(citizen(language="so", interpreter=True), company(), placement(
        cadence="handholding", starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4), first_day_at=first,
    ))  # fmt: skip
    with clock.moved_to(NOW):
        yield followup


@pytest.fixture
def consultant(begun: ServiceUnderTest) -> Browser:
    return begun.browser("job_consultant")


def contacts(service: ServiceUnderTest) -> list[UUID]:
    return list(service.connection.scalars(text("SELECT id FROM contact ORDER BY planned_at")))


def looks(service: ServiceUnderTest) -> list[tuple[Any, ...]]:
    found = service.connection.execute(text("SELECT how, purpose, subjects, refused FROM lookup ORDER BY seq"))
    return [tuple(row) for row in found]


def test_board_says_in_words_how_late_each_contact_is(consultant: Browser) -> None:
    shown = words(consultant.get("/opfoelgning"))

    assert "For sent 2 Tilbage i dag 1 De næste 7 dage 2" in shown
    assert re.findall(r"\d dage? for sent", shown) == ["2 dage for sent", "1 dag for sent"]
    assert "Nancy Ann Test Berggren" in shown
    assert "Daglig opfølgning, på arbejdspladsen Tolk: somali" in shown


def test_board_of_one_day_has_that_day_only(consultant: Browser) -> None:
    shown = words(consultant.get("/opfoelgning?dag=2027-01-15"))

    assert "Ugentlig opfølgning, på telefon" in shown
    assert "Daglig opfølgning" not in shown
    assert "Ingen samtaler mangler den dag." in words(consultant.get("/opfoelgning?dag=2027-01-16"))


def test_board_without_anything_due_says_that_this_is_good(followup: ServiceUnderTest) -> None:
    shown = words(followup.browser("adviser").get("/opfoelgning"))

    assert "Godt nyt: Alle samtaler er holdt." in shown
    assert "Ingen samtaler de næste 7 dage." in shown


def test_board_speaks_english_too(consultant: Browser, begun: ServiceUnderTest) -> None:
    consultant.get("/sprog?sprog=en&til=/opfoelgning")

    shown = words(consultant.get("/opfoelgning"))
    assert "Daily follow-up, at the workplace" in shown
    assert "Somali" in shown


def test_long_board_goes_on_where_it_stopped(begun: ServiceUnderTest) -> None:
    for number in range(100, 151):
        begun.hear(placement(
            placement_id=UUID(int=number), citizen_id=UUID(int=number), starts_on=date(2027, 1, 5),
            ends_on=date(2027, 2, 5), first_day_at=danish_time(date(2027, 1, 5), 8),
        ))  # fmt: skip
    consultant = begun.browser("company_consultant")
    following = re.search(r'href="(/opfoelgning\?[^"]*efter=[^"]+)"', consultant.get("/opfoelgning").text)

    assert following
    assert "1 dag for sent" in words(consultant.get(unescape(following[1])))
    assert consultant.get("/opfoelgning?efter=x").status_code == 422


def test_list_of_contacts_is_on_record_with_everybody_shown(consultant: Browser, begun: ServiceUnderTest) -> None:
    consultant.get("/opfoelgning")

    assert looks(begun) == [("list", "follow_up", [CITIZEN], False)]


def test_contact_is_held_and_taken_back(consultant: Browser, begun: ServiceUnderTest) -> None:
    first = contacts(begun)[0]
    answer = consultant.submit(
        f"/opfoelgning/kontakt/{first}/holdt", {"outcome_code": "going_well", "next_step_code": "continue"}
    )
    assert (answer.status_code, answer.location) == (303, "/opfoelgning")
    board = consultant.get("/opfoelgning")
    assert f'action="/opfoelgning/kontakt/{first}/fortryd"' in board.text
    assert "For sent 1" in words(board)
    assert "Hvordan gik det? Det går godt Næste skridt Fortsæt som aftalt" in words(
        consultant.get(f"/opfoelgning/kontakt/{first}")
    )

    consultant.submit(f"/opfoelgning/kontakt/{first}/fortryd", {"version": "2"})
    assert "For sent 2" in words(consultant.get("/opfoelgning"))
    assert begun.told(FollowUpHeld)[0].contact_id == first


def test_contact_without_an_outcome_comes_back_as_it_was_typed(consultant: Browser, begun: ServiceUnderTest) -> None:
    first = contacts(begun)[0]
    answer = consultant.submit(
        f"/opfoelgning/kontakt/{first}/holdt", {"next_step_code": "hire", "held_at": "2027-01-05T10:30"}
    )

    assert answer.status_code == 422
    assert "Hvordan det gik: Mangler." in words(answer)
    assert '<option value="hire" selected>' in answer.text
    assert 'value="2027-01-05T10:30"' in answer.text


def test_contact_in_a_time_to_come_is_refused_at_its_field(consultant: Browser, begun: ServiceUnderTest) -> None:
    answer = consultant.submit(
        f"/opfoelgning/kontakt/{contacts(begun)[0]}/holdt",
        {"outcome_code": "at_risk", "held_at": "2027-01-07T10:30"},
    )

    assert answer.status_code == 422
    assert "Hvornår: Tidspunktet er ikke kommet endnu." in words(answer)
    assert 'value="at_risk" checked' in answer.text


def test_contact_that_a_colleague_held_meanwhile_shows_both_words(consultant: Browser, begun: ServiceUnderTest) -> None:
    first = contacts(begun)[0]
    begun.browser("adviser").submit(f"/opfoelgning/kontakt/{first}/holdt", {"outcome_code": "going_well"})

    answer = consultant.submit(f"/opfoelgning/kontakt/{first}/holdt", {"outcome_code": "at_risk"})

    assert answer.status_code == 409
    shown = words(answer)
    assert "Samtalen er allerede holdt." in shown
    assert "Hvordan gik det? Det går godt" in shown
    assert "Det valgte du Hvordan gik det? Forløbet er i fare" in shown
    assert len(begun.told(FollowUpHeld)) == 1


def test_contact_of_yesterday_is_not_taken_back_today(consultant: Browser, begun: ServiceUnderTest) -> None:
    first = contacts(begun)[0]
    consultant.submit(f"/opfoelgning/kontakt/{first}/holdt", {"outcome_code": "going_well"})

    with clock.moved_to(danish_time(date(2027, 1, 7), 9)):
        later = begun.browser("job_consultant")
        assert "/fortryd" not in later.get(f"/opfoelgning/kontakt/{first}").text
        answer = later.submit(f"/opfoelgning/kontakt/{first}/fortryd", {"version": "2"})

    assert answer.status_code == 409
    assert "Det kan kun fortrydes samme dag." in words(answer)


def test_contact_is_moved_with_a_reason(consultant: Browser, begun: ServiceUnderTest) -> None:
    first = contacts(begun)[0]
    path = f"/opfoelgning/kontakt/{first}/flyt"
    assert 'value="04-01-2027 10.00"' in consultant.get(path).text

    answer = consultant.submit(path, {"planned_at": "2027-01-08T13:00", "reason_code": "interpreter_missing"})

    assert answer.status_code == 303
    assert begun.told(FollowUpMoved)[0].planned_at == danish_time(date(2027, 1, 8), 13)
    shown = words(consultant.get(f"/opfoelgning/kontakt/{first}"))
    assert "Samtalen er flyttet." in shown
    assert "8. januar 2027 kl. 13.00" in shown
    assert "Flyttet fordi Tolken mangler" in shown


@pytest.mark.parametrize(
    ("wanted", "status", "said"),
    [
        ("2027-01-09T10:00", 409, "Der er lukket den dag. Vælg en åbningsdag."),
        ("2027-01-08T19:00", 409, "Vælg et tidspunkt inden for kl. 08:00-18:00."),
        ("2027-01-05T10:00", 422, "Vælg et tidspunkt, der ikke er gået."),
        ("aldrig", 422, "Skriv dato og klokkeslæt, fx 01-12-2026 10.00."),
    ],
)
def test_contact_is_not_moved_to_where_nobody_is(
    consultant: Browser, begun: ServiceUnderTest, wanted: str, status: int, said: str
) -> None:
    answer = consultant.submit(
        f"/opfoelgning/kontakt/{contacts(begun)[0]}/flyt", {"planned_at": wanted, "reason_code": "citizen_asked"}
    )

    assert answer.status_code == status
    assert f"Nyt tidspunkt: {said}" in words(answer)
    assert f'value="{wanted}"' in answer.text
    assert '<option value="citizen_asked" selected>' in answer.text


def test_contact_that_was_held_is_not_moved(consultant: Browser, begun: ServiceUnderTest) -> None:
    first = contacts(begun)[0]
    consultant.submit(f"/opfoelgning/kontakt/{first}/holdt", {"outcome_code": "going_well"})

    answer = consultant.submit(
        f"/opfoelgning/kontakt/{first}/flyt", {"planned_at": "2027-01-08T13:00", "reason_code": "citizen_asked"}
    )

    assert answer.status_code == 409
    assert "Samtalen er allerede holdt og kan ikke flyttes." in words(answer)


def test_person_with_a_protected_address_has_no_name_on_any_page(begun: ServiceUnderTest) -> None:
    begun.hear(citizen(protected=True, name=None), version=2)
    consultant = begun.browser("job_consultant")

    for path in ("/opfoelgning", "/opfoelgning/forloeb", f"/opfoelgning/forloeb/{PLACEMENT}"):
        answer = consultant.get(path)
        assert "Beskyttet navn" in answer.text
        assert "Nancy" not in answer.text


PAGES = (
    "GET /opfoelgning", "GET /opfoelgning/forloeb", f"GET /opfoelgning/forloeb/{PLACEMENT}",
    "GET /opfoelgning/kontakt/{contact}", "GET /opfoelgning/kontakt/{contact}/flyt",
    "POST /opfoelgning/kontakt/{contact}/holdt", "POST /opfoelgning/kontakt/{contact}/flyt",
    "POST /opfoelgning/kontakt/{contact}/fortryd", f"POST /opfoelgning/forloeb/{PLACEMENT}/timer",
    f"POST /opfoelgning/forloeb/{PLACEMENT}/tjekliste/lunch",
)  # fmt: skip


@pytest.mark.parametrize("role", OUTSIDERS)
def test_others_are_refused_everywhere_and_it_is_on_record(begun: ServiceUnderTest, role: str) -> None:
    told = {"organisation": "90000009"} if role == "company_employee" else {}
    outsider = begun.browser(role, **told)
    contact = contacts(begun)[0]

    for page in PAGES:
        method, path = page.format(contact=contact).split(" ")
        answer = outsider.get(path) if method == "GET" else outsider.submit(path)
        assert answer.status_code == 403, page
    assert [row[-1] for row in looks(begun)] == [True] * len(PAGES)


@pytest.mark.parametrize("path", ["/opfoelgning/kontakt/{}", "/opfoelgning/kontakt/{}/flyt", "/opfoelgning/forloeb/{}"])
def test_what_is_not_there_is_not_found(consultant: Browser, path: str) -> None:
    assert consultant.get(path.format(uuid4())).status_code == 404

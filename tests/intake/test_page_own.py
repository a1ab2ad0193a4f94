"""The citizen's own page: their own things and nobody else's."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from shared import clock
from tests.browser import Browser, queries_of, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN, register
from tests.intake.test_visitation import HOSTS, REFERRAL, WISHES


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def known(intake: ServiceUnderTest) -> Any:
    register(intake, cpr="150277-9995", name="Ruddi Test", email="ruddi@example.dk")
    return register(intake)


@pytest.fixture
def citizen(intake: ServiceUnderTest, known: Any) -> Browser:
    return intake.browser("citizen", subject=known["citizen_id"])


def looks(intake: ServiceUnderTest) -> list[tuple[Any, ...]]:
    rows = intake.connection.execute(
        text("SELECT data, how, purpose, subjects FROM lookup WHERE kind = 'citizen' ORDER BY seq")
    )
    return [tuple(str(value) for value in row) for row in rows]


def test_own_page_tells_what_is_agreed_and_how_i_am_reached(
    citizen: Browser, known: Any, intake: ServiceUnderTest
) -> None:
    answer = citizen.get("/min-side")

    shown = words(answer)
    assert "Hej Nancy" in shown
    assert "2. november 2026 kl. 10.30" in shown
    assert "Telefon 20 12 34 56 E-mail nancy@example.dk" in shown
    assert "Du er ikke henvist til noget." in shown
    assert "Ruddi" not in shown
    for card in ("/match/kort/mig", "/opfoelgning/kort/mig", "/beskeder/kort/mig"):
        assert f'hx-get="{card}"' in answer.text
    assert looks(intake) == [("case", "read", "own_access", f"[UUID('{known['citizen_id']}')]")]


def test_own_page_tells_what_i_am_referred_to_and_my_wishes(
    citizen: Browser, known: Any, intake: ServiceUnderTest
) -> None:
    for host in HOSTS:
        intake.call("POST", "/hosts", host, client="adviser")
    path = f"/visitations/{known['visitation']['id']}/outcome"
    held = intake.call("POST", path, {"referral": REFERRAL, "job_wishes": WISHES}, client="adviser")
    assert held.status_code == 201

    shown = words(citizen.get("/min-side"))

    assert "Hvad nytteindsats Hvor Park og Vej Du begynder 4. november 2026 kl. 8.00 Hvor længe 4 uger" in shown
    assert "Hensyn på arbejdet et roligt sted" in shown
    assert "Du har ingen samtaler hos os lige nu." in shown


def test_own_page_costs_few_questions(citizen: Browser, intake: ServiceUnderTest) -> None:
    with queries_of(intake.connection) as asked:
        citizen.get("/min-side")

    assert len(asked) <= 6


def test_i_change_how_i_am_reached_and_nothing_else(citizen: Browser, intake: ServiceUnderTest) -> None:
    typed = {"email": "ny@example.dk", "phone": "20 99 88 77", "language": "da", "version": "1", "name": "Another Name"}

    answer = citizen.submit("/min-side/kontakt", typed)

    assert (answer.status_code, answer.location) == (303, "/min-side")
    assert "Kontaktoplysningerne er gemt. Fortryd" in words(citizen.get("/min-side"))
    rows = intake.connection.execute(text("SELECT name, email, phone FROM citizen ORDER BY name")).all()
    assert [tuple(row) for row in rows] == [
        ("Nancy Ann Test Berggren", "ny@example.dk", "+4520998877"),
        ("Ruddi Test", "ruddi@example.dk", "+4520123456"),
    ]


def test_wrong_number_stays_in_its_field(citizen: Browser) -> None:
    answer = citizen.submit("/min-side/kontakt", {"phone": "12345678", "language": "da", "version": "1"})

    assert answer.status_code == 422
    assert "Telefon: Telefonnummeret findes ikke." in words(answer)
    assert 'value="12345678"' in answer.text


def test_desks_change_meanwhile_is_told(citizen: Browser, intake: ServiceUnderTest, known: Any) -> None:
    intake.call("PATCH", f"/citizens/{known['citizen_id']}", {"phone": "20998877"}, If_Match='"v1"')

    answer = citizen.submit("/min-side/kontakt", {"email": "ny@example.dk", "language": "da", "version": "1"})

    assert answer.status_code == 412
    assert 'value="ny@example.dk"' in answer.text
    assert 'name="version" value="2"' in answer.text


@pytest.mark.parametrize("path", ["/min-side", "/min-side/kontakt"])
def test_somebody_the_desk_does_not_know_is_told_why_and_what_to_do(intake: ServiceUnderTest, path: str) -> None:
    shown = words(intake.browser("citizen").get(path))

    assert "Vi kender dig ikke endnu" in shown
    assert "Kom forbi Jobbutikken i åbningstiden, eller ring til os." in shown


def test_who_has_looked_is_asked_of_every_service(citizen: Browser) -> None:
    page = citizen.get("/min-side/opslag").text

    for service in ("skranken", "match", "opfoelgning", "beskeder"):
        assert f'hx-get="/{service}/kort/mine-opslag"' in page


@pytest.mark.parametrize("role", ["front_desk", "adviser", "mentor", "company_employee", "partner", "ops"])
def test_own_page_is_for_citizens(intake: ServiceUnderTest, role: str) -> None:
    assert intake.browser(role).get("/min-side").status_code == 403


def test_i_choose_a_new_time_where_mine_is_off(citizen: Browser, known: Any, intake: ServiceUnderTest) -> None:
    talk = known["visitation"]["id"]
    intake.call("POST", f"/visitations/{talk}/cancellation")

    page = citizen.get("/min-side")
    assert f'href="/min-side/aftale/{talk}"' in page.text
    assert "Vælg en ny tid" in words(page)


def test_i_get_the_first_time_where_there_was_none_and_may_move_it(intake: ServiceUnderTest) -> None:
    register(intake, cpr="150277-9995", name="Ruddi Test")
    intake.connection.execute(text("UPDATE slot SET visitation_id = gen_random_uuid() WHERE visitation_id IS NULL"))
    made = intake.call("POST", "/first-contacts", WALK_IN).json
    citizen = intake.browser("citizen", subject=made["citizen_id"])
    assert "Få den første ledige tid" in words(citizen.get("/min-side"))
    full = citizen.submit("/min-side/tid")
    assert (full.status_code, "Der er ingen ledig tid endnu." in words(full)) == (409, True)

    intake.connection.execute(text("UPDATE slot SET visitation_id = NULL"))
    answer = citizen.submit("/min-side/tid")
    assert answer.location.startswith("/min-side/aftale/")
    assert "Du har fået en tid i dag kl. 10.30." in words(citizen.get(answer.location))
    assert citizen.submit("/min-side/tid").status_code == 404


def test_whoever_ended_at_the_door_is_offered_no_time(citizen: Browser, known: Any, intake: ServiceUnderTest) -> None:
    intake.call("POST", f"/visitations/{known['visitation']['id']}/cancellation")
    intake.call("POST", f"/first-contacts/{known['contact_id']}/outcome", {"outcome_code": "job"})

    shown = words(citizen.get("/min-side"))
    assert ("Vælg en ny tid" in shown, "Få den første ledige tid" in shown) == (False, False)

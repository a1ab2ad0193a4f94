"""The pages about places: how many there are, and one held while the person sits there."""

from collections.abc import Iterator

import pytest

from shared import clock
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register
from tests.intake.test_page_visitation import outcome
from tests.intake.test_visitation import HOSTS


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def host(intake: ServiceUnderTest) -> str:
    ids = [intake.call("POST", "/hosts", one, client="adviser").json["id"] for one in HOSTS]
    found: str = ids[0]
    return found


@pytest.fixture
def talk(intake: ServiceUnderTest) -> str:
    return f"/skranken/visitation/{register(intake)['visitation']['id']}"


@pytest.fixture
def adviser(intake: ServiceUnderTest) -> Browser:
    return intake.browser("adviser", organisation="jobbutikken")


def test_places_are_set_by_weekday_and_taken_away_again(host: str, adviser: Browser, intake: ServiceUnderTest) -> None:
    path = f"/skranken/steder/{host}"
    assert "pladser ikke sat op" in words(adviser.get("/skranken/steder"))
    assert adviser.submit(path, {"mon": "2", "fri": "1", "closed_days": "24-12-2026\n2026-12-31"}).status_code == 303

    stored = next(one for one in intake.call("GET", "/hosts").json["items"] if one["id"] == host)
    assert (stored["places"], stored["closed_days"]) == ([2, 0, 0, 0, 1, 0, 0], ["2026-12-24", "2026-12-31"])
    assert "24-12-2026\n31-12-2026</textarea>" in adviser.get("/skranken/steder").text
    adviser.submit(path, {})
    assert next(one for one in intake.call("GET", "/hosts").json["items"] if one["id"] == host)["places"] is None


def test_places_are_put_back_as_they_were(host: str, adviser: Browser, intake: ServiceUnderTest) -> None:
    path = f"/skranken/steder/{host}"
    adviser.submit(path, {"mon": "2", "closed_days": "24-12-2026\n31-12-2026"})
    for fields in ({"tue": "5"}, {}):
        changed = adviser.submit(path, fields)
        adviser.submit(*offered(adviser.get(changed.location).text))
        stored = next(one for one in intake.call("GET", "/hosts").json["items"] if one["id"] == host)
        assert (stored["places"], stored["closed_days"]) == ([2, 0, 0, 0, 0, 0, 0], ["2026-12-24", "2026-12-31"])


def test_closed_day_that_is_none_is_named_and_kept(host: str, adviser: Browser) -> None:
    answer = adviser.submit(f"/skranken/steder/{host}", {"mon": "2", "closed_days": "juleaften"})

    assert answer.status_code == 422
    assert "Skriv en dag på hver linje: 24-12-2026." in words(answer)
    assert "juleaften" in answer.text


def test_held_place_stands_in_the_visitations_form_and_can_be_let_go(host: str, adviser: Browser, talk: str) -> None:
    adviser.submit(f"/skranken/steder/{host}", dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "1"))

    assert "Park og Vej offentlig ledig" in words(adviser.get(f"{talk}/plads?start=2026-11-04&uger=4"))
    typed = {"host_code": "park-og-vej", "starts_at": "2026-11-04T08:00", "weeks": "4"}
    assert adviser.submit(f"{talk}/plads", typed).location == talk

    shown = adviser.get(talk)
    assert "Pladsen på Park og Vej holdes til kl. 10.20." in words(shown)
    assert 'value="04-11-2026 8.00"' in shown.text
    adviser.submit(f"{talk}/plads/slip")
    assert "holdes til" not in words(adviser.get(talk))


def test_full_place_says_so_beside_the_next_best(
    host: str, adviser: Browser, intake: ServiceUnderTest, talk: str
) -> None:
    adviser.submit(f"/skranken/steder/{host}", {"wed": "1"})
    typed = {"host_code": "park-og-vej", "starts_at": "2026-11-04T08:00", "weeks": "1"}
    first = register(intake, cpr="750501-0001", email=None, phone=None)["visitation"]["id"]
    adviser.submit(f"/skranken/visitation/{first}/plads", typed)

    answer = adviser.submit(f"{talk}/plads", typed)

    assert answer.status_code == 409
    assert "Der er ikke plads de dage." in words(answer)
    assert "fuldt optaget 11. november 2026" in words(answer)


def test_days_are_read_as_danes_write_them(host: str, adviser: Browser, talk: str) -> None:
    shown = adviser.get(f"{talk}/plads?start=04-11-2026&uger=2")

    assert shown.status_code == 200
    assert 'value="04-11-2026"' in shown.text


def test_mistake_in_the_form_is_named_and_the_rest_of_it_kept(host: str, adviser: Browser, talk: str) -> None:
    typed = {"host_code": "park-og-vej", "starts_at": "05-11-2026 8.30", "weeks": "mange"}
    answer = adviser.submit(f"{talk}/plads", typed)

    assert answer.status_code == 422
    assert "Uger" in words(answer)
    assert 'value="2026-11-05T08:30"' in answer.text


def test_private_provider_without_a_challenge_keeps_what_was_typed(host: str, adviser: Browser, talk: str) -> None:
    answer = adviser.submit(talk, outcome(**{
        "referral.offer_type": "private_provider", "referral.host_code": "vestkystens-smede",
        "referral.starts_at": "2026-11-04T08:00", "referral.weeks": "4",
    }))  # fmt: skip

    assert answer.status_code == 409
    assert "Vælg den særlige udfordring" in words(answer)
    assert 'value="vestkystens-smede" selected' in answer.text

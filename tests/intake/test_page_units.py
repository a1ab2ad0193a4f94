"""The unit's border at the desk: what for, before the card opens; who moves somebody; whom the desk registers where."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from shared import clock
from shared.events import CitizenChannelsChanged, CitizenRegistered, CitizenUnitChanged
from tests.browser import Browser, without_ids, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN, register
from tests.intake.test_page_citizen import CHANNELS, looks
from tests.intake.test_page_desk import TYPED


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def known(intake: ServiceUnderTest) -> Any:
    """Somebody of the youth unit who came, with a visitation."""
    return register(intake, unit_code="ungeenheden")


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


@pytest.fixture
def colleague(intake: ServiceUnderTest) -> Browser:
    """Of the youth unit."""
    return intake.browser("front_desk", organisation="ungeenheden")


def belonging(intake: ServiceUnderTest) -> Any:
    row = intake.connection.execute(text("SELECT unit_code, version FROM citizen_unit")).one_or_none()
    return row and tuple(row)


def opened(desk: Browser, citizen_id: str, purpose: str = "follow_up") -> None:
    answer = desk.submit(f"/skranken/formaal/{citizen_id}", {"purpose": purpose})
    assert (answer.status_code, answer.location) == (303, f"/borger/{citizen_id}")


def undo_of(page: str, path: str) -> dict[str, str]:
    form = re.search(rf'<form method="post" action="{path}">(.*?)</form>', page, re.DOTALL)
    assert form
    return dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form[1]))


def test_s07_another_unit_says_why_before_the_card_opens(known: Any, desk: Browser, intake: ServiceUnderTest) -> None:
    path = f"/borger/{known['citizen_id']}"

    closed = desk.get(path)

    assert closed.status_code == 403
    assert "Borgeren hører til Ungeenheden Vælg, hvorfor du åbner kortet" in words(closed)
    assert "Nancy" not in closed.text
    assert f'name="til" value="{path}"' in closed.text
    opened(desk, known["citizen_id"])
    assert "Nancy" in desk.get(path).text
    assert looks(intake) == [
        ("read", "visitation", True),
        ("read", "follow_up", False),
        ("read", "follow_up", False),
    ]


@pytest.mark.parametrize("what", ["cpr", "kanaler", "enhed"])
def test_no_form_leads_round_the_units_border(known: Any, desk: Browser, intake: ServiceUnderTest, what: str) -> None:
    sent = CHANNELS | {"purpose": "visitation", "name": "X", "unit_code": "jobbutikken", "version": "1"}
    fields = {"cpr": ("purpose",), "kanaler": CHANNELS, "enhed": ("unit_code", "version")}[what]

    answer = desk.submit(f"/borger/{known['citizen_id']}/{what}", {name: sent[name] for name in fields})

    assert answer.status_code == 403
    assert "9996" not in without_ids(answer.text)
    assert belonging(intake) == ("ungeenheden", 1)
    assert not intake.told(CitizenChannelsChanged, CitizenUnitChanged)


def test_a_form_without_a_purpose_is_asked_again_and_leads_nowhere_else(known: Any, desk: Browser) -> None:
    path = f"/skranken/formaal/{known['citizen_id']}"

    again = desk.submit(path, {"purpose": "", "til": "/skranken"})

    assert again.status_code == 422
    assert "Formål: Vælg et formål." in words(again)
    assert 'name="til" value="/skranken"' in again.text
    assert desk.submit(path, {"purpose": "curiosity"}).status_code == 422
    assert desk.submit(path, {"purpose": "visitation", "til": "https://evil.example"}).location == "/"


def test_who_reveals_a_number_says_what_that_is_for(known: Any, desk: Browser, intake: ServiceUnderTest) -> None:
    opened(desk, known["citizen_id"])

    desk.submit(f"/borger/{known['citizen_id']}/cpr", {"purpose": "supervision"})

    assert looks(intake)[-1] == ("reveal", "supervision", False)


def test_a_search_finds_everybody_and_says_where_they_belong(known: Any, desk: Browser) -> None:
    assert "Nancy Ann Test Berggren 251248-xxxx Ungeenheden" in words(desk.get("/soeg?q=Nancy"))


def test_the_desk_registers_into_its_own_unit_unless_it_says_another(desk: Browser, intake: ServiceUnderTest) -> None:
    assert '<option value="jobbutikken" selected' in desk.get("/skranken/ny").text

    receipt = desk.submit("/skranken/ny", TYPED | {"unit_code": "ungeenheden"}).location

    assert belonging(intake) == ("ungeenheden", 1)
    assert intake.told(CitizenRegistered)[0].unit_code == "ungeenheden"
    assert desk.get(receipt).status_code == 200
    assert {purpose for _how, purpose, _refused in looks(intake)} == {"visitation"}


def test_a_known_citizen_stays_in_their_unit_and_is_opened_to_the_desk_they_come_to(
    known: Any, desk: Browser, intake: ServiceUnderTest
) -> None:
    receipt = desk.submit("/skranken/ny", TYPED | {"cpr": WALK_IN["cpr"]}).location

    assert desk.get(receipt).status_code == 200
    assert belonging(intake) == ("ungeenheden", 1)
    assert desk.get(f"/borger/{known['citizen_id']}").status_code == 200


def test_nobody_has_a_unit_who_is_registered_by_a_program_that_says_none(intake: ServiceUnderTest) -> None:
    register(intake)

    assert belonging(intake) is None
    assert intake.told(CitizenRegistered)[0].unit_code is None


def test_a_unit_that_is_not_there_is_refused(intake: ServiceUnderTest) -> None:
    answer = intake.call("POST", "/first-contacts", WALK_IN | {"unit_code": "nowhere"})

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["unit_code"])


def test_a_citizen_is_moved_and_moved_back(known: Any, colleague: Browser, intake: ServiceUnderTest) -> None:
    path = f"/borger/{known['citizen_id']}"
    assert 'name="version" value="1"' in colleague.get(path).text

    colleague.submit(f"{path}/enhed", {"unit_code": "jobbutikken", "version": "1"})

    assert belonging(intake) == ("jobbutikken", 2)
    page = colleague.get(path)
    assert "Borgeren hører nu til Jobbutikken." in page.text
    assert colleague.submit(f"{path}/enhed", undo_of(page.text, f"{path}/enhed")).status_code == 303
    assert belonging(intake) == ("ungeenheden", 3)
    assert [one.unit_code for one in intake.told(CitizenUnitChanged)] == ["jobbutikken", "ungeenheden"]
    assert [one["subjectversion"] for one in intake.envelopes() if "unit_changed" in one["type"]] == [2, 3]


def test_a_citizen_without_a_unit_gets_one_and_loses_it_again(intake: ServiceUnderTest, desk: Browser) -> None:
    path = f"/borger/{register(intake)['citizen_id']}"
    desk.submit(f"{path}/enhed", {"unit_code": "jobbutikken", "version": "1"})
    desk.submit(f"{path}/enhed", {"unit_code": "", "version": "2"})

    assert belonging(intake) == (None, 3)
    assert "Borgeren hører nu til ingen enhed." in desk.get(path).text
    assert "Enhed ingen" in words(desk.get(path))


def test_a_move_to_where_somebody_is_tells_nothing(known: Any, colleague: Browser, intake: ServiceUnderTest) -> None:
    colleague.submit(f"/borger/{known['citizen_id']}/enhed", {"unit_code": "ungeenheden", "version": "1"})

    assert belonging(intake) == ("ungeenheden", 1)
    assert not intake.told(CitizenUnitChanged)


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"unit_code": "jobbutikken", "version": "7"}, 412, "En anden har ændret"),
        ({"unit_code": "nowhere", "version": "1"}, 422, "Enhed: Enheden kendes ikke."),
    ],
)
def test_a_move_that_cannot_be_is_refused_in_words(
    known: Any, colleague: Browser, typed: dict[str, str], status: int, said: str
) -> None:
    answer = colleague.submit(f"/borger/{known['citizen_id']}/enhed", typed)

    assert (answer.status_code, said in words(answer)) == (status, True)

"""The citizen's card and the visitation: who may open them and why, what is changed, decided and revealed."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from shared import clock
from shared.events import CitizenChannelsChanged
from tests.browser import Browser, queries_of, without_ids, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register
from tests.intake.test_visitation import HOSTS, WISHES

CHANNELS = {
    "name": "Nancy Ann Test Berggren",
    "email": "nancy@example.dk",
    "phone": "20 12 34 56",
    "postal_code": "3400",
    "municipality_code": "0219",
    "language": "da",
    "version": "1",
}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def known(intake: ServiceUnderTest) -> Any:
    """Somebody who came, with a visitation."""
    for host in HOSTS:
        assert intake.call("POST", "/hosts", host, client="adviser").status_code == 201
    return register(intake)


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


@pytest.fixture
def adviser(intake: ServiceUnderTest) -> Browser:
    return intake.browser("adviser", organisation="jobbutikken")


def looks(intake: ServiceUnderTest) -> list[tuple[Any, ...]]:
    """Those of people, without the desk's own registration by machine."""
    found = intake.connection.execute(
        text("SELECT how, purpose, refused FROM lookup WHERE kind <> 'machine' AND subjects <> '{}' ORDER BY seq")
    )
    return [tuple(row) for row in found]


def test_card_tells_who_it_is_with_the_cpr_number_masked(known: Any, desk: Browser, intake: ServiceUnderTest) -> None:
    answer = desk.get(f"/borger/{known['citizen_id']}")

    shown = words(answer)
    assert "CPR-nummer 251248-xxxx Alder 77 år" in shown
    assert "Telefon 20 12 34 56 E-mail nancy@example.dk Postnummer 3400" in shown
    assert "kontanthjælp ved skranken" in shown
    assert "9996" not in without_ids(answer.text)
    for card in ("/match/kort/borger/", "/opfoelgning/kort/borger/", "/beskeder/kort/borger/"):
        assert f'hx-get="{card}{known["citizen_id"]}"' in answer.text
    assert looks(intake) == [("read", "visitation", False)]


def test_card_costs_few_questions(known: Any, desk: Browser, intake: ServiceUnderTest) -> None:
    with queries_of(intake.connection) as asked:
        desk.get(f"/borger/{known['citizen_id']}")

    assert len(asked) <= 8


def test_protected_address_is_not_on_the_card(intake: ServiceUnderTest, desk: Browser) -> None:
    made = register(intake, protected=True)

    shown = words(desk.get(f"/borger/{made['citizen_id']}"))

    assert "Postnummer beskyttet" in shown
    assert "3400" not in shown


def test_nobody_known_is_not_found(desk: Browser) -> None:
    assert desk.get("/borger/01999999-0000-7000-8000-000000000001").status_code == 404


def test_wishes_come_as_words(known: Any, desk: Browser, intake: ServiceUnderTest) -> None:
    path = f"/skranken/kort/oensker/{known['citizen_id']}"
    assert "Ingen ønsker er noteret." in words(desk.get(path))
    wishes = WISHES | {"occupations": ["88f9ea64-3b98-4a98-b0a9-dde1208e1768"]}
    intake.call("POST", f"/citizens/{known['citizen_id']}/job-wishes", wishes)

    shown = words(desk.get(path))

    assert "Stillinger Officer Ansættelsesformer ordinært job, småjob" in shown
    assert "Kan arbejde mandag–tirsdag 8.00–15.00 " in shown
    assert "Hensyn på arbejdet et roligt sted" in shown


def test_cpr_number_is_revealed_once_for_a_purpose_and_that_is_on_record(
    known: Any, desk: Browser, intake: ServiceUnderTest
) -> None:
    path = f"/borger/{known['citizen_id']}"

    shown = desk.submit(f"{path}/cpr", {"purpose": "follow_up"})

    assert "251248-9996" in words(shown)
    assert "9996" not in without_ids(desk.get(path).text)
    assert looks(intake)[0] == ("reveal", "follow_up", False)


def test_no_cpr_number_without_a_purpose(known: Any, desk: Browser, intake: ServiceUnderTest) -> None:
    answer = desk.submit(f"/borger/{known['citizen_id']}/cpr", {"purpose": ""})

    assert answer.status_code == 422
    assert "Formål: Mangler." in words(answer)
    assert "9996" not in without_ids(answer.text)
    assert ("read", "visitation", False) in looks(intake)


def test_revealing_again_is_on_record_again(known: Any, desk: Browser, intake: ServiceUnderTest) -> None:
    path, sent = f"/borger/{known['citizen_id']}/cpr", {"purpose": "follow_up", "form_key": "k" * 22}
    for _ in range(2):
        assert "251248-9996" in desk.submit(path, sent).text

    assert looks(intake) == [("reveal", "follow_up", False)] * 2
    assert desk.get(path).location == f"/borger/{known['citizen_id']}"


def test_cpr_numbers_are_not_revealed_one_after_the_other(known: Any, desk: Browser) -> None:
    path = f"/borger/{known['citizen_id']}/cpr"

    assert [desk.submit(path, {"purpose": "visitation"}).status_code for _ in range(16)] == [200] * 15 + [429]


def test_channels_are_changed_and_changed_back(known: Any, desk: Browser, intake: ServiceUnderTest) -> None:
    path = f"/borger/{known['citizen_id']}"

    answer = desk.submit(f"{path}/kanaler", CHANNELS | {"phone": "20 99 88 77", "interpreter": "on"})

    assert (answer.status_code, answer.location) == (303, path)
    page = desk.get(path).text
    assert "Kontaktoplysningerne er gemt." in page
    assert "20 99 88 77" in page
    undo = re.search(rf'<form method="post" action="{path}/kanaler">(.*?)</form>', page, re.DOTALL)
    assert undo
    fields = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', undo[1]))
    assert desk.submit(f"{path}/kanaler", fields).status_code == 303
    now = intake.connection.execute(text("SELECT phone, interpreter, version FROM citizen")).one()
    assert tuple(now) == ("+4520123456", False, 3)
    assert len(intake.told(CitizenChannelsChanged)) == 2


def test_channels_that_nobody_changed_are_not_told_of(known: Any, desk: Browser, intake: ServiceUnderTest) -> None:
    desk.submit(f"/borger/{known['citizen_id']}/kanaler", CHANNELS)

    assert "Der var ikke noget at ændre." in desk.get(f"/borger/{known['citizen_id']}").text
    assert not intake.told(CitizenChannelsChanged)


def test_somebody_elses_change_is_not_written_over_unseen(known: Any, desk: Browser, intake: ServiceUnderTest) -> None:
    path = f"/borger/{known['citizen_id']}/kanaler"
    desk.submit(path, CHANNELS | {"phone": "20 99 88 77"})

    answer = desk.submit(path, CHANNELS | {"email": "ny@example.dk"})

    assert answer.status_code == 412
    assert "En anden har ændret oplysningerne." in words(answer)
    assert "Det står der nu Det, du har skrevet, står stadig i felterne." in words(answer)
    assert "Telefon 20 99 88 77" in words(answer)
    assert 'value="ny@example.dk"' in answer.text
    assert 'name="version" value="2"' in answer.text
    assert desk.submit(path, CHANNELS | {"email": "ny@example.dk", "version": "2"}).status_code == 303


def test_wrong_channels_keep_the_version_that_was_read(known: Any, desk: Browser) -> None:
    path = f"/borger/{known['citizen_id']}/kanaler"
    desk.submit(path, CHANNELS | {"phone": "20 99 88 77"})

    answer = desk.submit(path, CHANNELS | {"phone": "1"})

    assert answer.status_code == 422
    assert "Telefon: Telefonnummeret findes ikke." in words(answer)
    assert 'name="version" value="1"' in answer.text

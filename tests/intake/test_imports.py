"""A list of persons: nothing before it is said, all that was chosen or nothing, and nothing readable left behind."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any, cast
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.intake.use_cases.lists import LISTS
from shared import clock, units
from shared.events import CitizenChannelsChanged, CitizenRegistered, FirstContactRegistered
from shared.lists import Kind
from tests import lists
from tests.browser import Browser, without_ids, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register

HEAD = "CPR-nr.;Navn;Postnr.;Telefon;Adressebeskyttelse;Kommet;Søger om"
GOOD = ("150277-9995;Ruddi Test Hansen;3400;20123457;;;", "010190-9990;Bo Test Bang;2730;;;;")
KNOWN = "251248-9996;Nancy Ann Test Berggren;3400;20123499;nej;;"
NEAR = "251248-9988;Nancy Test Berggren;3400;;;;"
WRONG = "320190-0000;Ulla Test Fejl;34000;;;;"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


def upload(desk: Browser, *lines: str, head: str = HEAD) -> Any:
    return lists.upload(desk, LISTS.home, "\r\n".join((head, *lines)))


def checked(desk: Browser, *lines: str, head: str = HEAD) -> str:
    return lists.checked(desk, LISTS.home, "\r\n".join((head, *lines)))


def work(intake: ServiceUnderTest) -> None:
    lists.work_on(intake, LISTS)


def names(intake: ServiceUnderTest) -> list[str]:
    return list(intake.connection.scalars(text("SELECT name FROM citizen ORDER BY name")))


def state(intake: ServiceUnderTest) -> Any:
    return intake.connection.scalar(text("SELECT state FROM list_import"))


def test_columns_are_guessed_and_the_first_lines_shown_without_the_last_four(desk: Browser) -> None:
    shown = desk.get(upload(desk, *GOOD).location)

    assert re.findall(r'<option value="([^"]*)" selected', shown.text) == [
        "cpr", "name", "postal_code", "phone", "protected", "came", "applied_for",
    ]  # fmt: skip
    assert "150277-xxxx · 010190-xxxx" in words(shown)
    assert "9995" not in without_ids(shown.text)


def test_dry_run_tells_every_line_in_words_and_registers_nobody(intake: ServiceUnderTest, desk: Browser) -> None:
    register(intake)
    told = len(intake.told())
    shown = words(desk.get(checked(desk, GOOD[0], KNOWN, NEAR, WRONG, GOOD[0])))

    assert "2 Ruddi Test Hansen 150277-xxxx Ny" in shown
    assert "3 Nancy Ann Test Berggren 251248-xxxx Kendt Ændres: telefon" in shown
    assert "4 Nancy Test Berggren 251248-xxxx Ligner en anden Navn: Ligner en, vi kender" in shown
    assert "5 Ulla Test Fejl – Fejl Postnummer: Skal være 1 til 4 lang." in shown
    assert "6 Ruddi Test Hansen 150277-xxxx Fejl CPR-nummer: CPR-nummeret står også på linje 2." in shown
    assert (names(intake), len(intake.told())) == (["Nancy Ann Test Berggren"], told)


def test_whole_list_is_registered_as_at_the_desk_without_a_contact(intake: ServiceUnderTest, desk: Browser) -> None:
    at = checked(desk, *GOOD)
    assert desk.submit(f"{at}/registrer", {"take": "all"}).status_code == 303
    assert "Listen venter på at blive registreret" in words(desk.get(at))
    work(intake)

    assert names(intake) == ["Bo Test Bang", "Ruddi Test Hansen"]
    ruddi, _bo = intake.told(CitizenRegistered)
    assert (ruddi.name, ruddi.phone, ruddi.municipality_code) == (None, None, "0219")
    assert intake.told(FirstContactRegistered) == []
    assert intake.connection.scalar(text("SELECT count(*) FROM citizen_unit WHERE unit_code = 'jobbutikken'")) == 2
    assert "Listen er registreret" in words(desk.get(at))


def test_same_list_again_finds_everybody_known_and_tells_nothing(intake: ServiceUnderTest, desk: Browser) -> None:
    for _ in range(2):
        at = checked(desk, *GOOD)
        desk.submit(f"{at}/registrer", {"take": "all"})
        work(intake)

    assert set(intake.connection.scalars(text("SELECT state FROM list_import"))) == {"done"}
    assert len(names(intake)) == 2
    assert (len(intake.told(CitizenRegistered)), intake.told(CitizenChannelsChanged)) == (2, [])
    assert words(desk.get(at)).count("Kendt Intet ændres") == 2


def test_list_with_mistakes_is_not_half_done_unless_somebody_says_so(intake: ServiceUnderTest, desk: Browser) -> None:
    at = checked(desk, *GOOD, WRONG)

    refused = desk.submit(f"{at}/registrer", {"take": "all"})
    work(intake)
    assert (refused.status_code, names(intake)) == (409, [])
    assert "Der er fejl i listen (1)." in words(refused)

    desk.submit(f"{at}/registrer", {"take": "good"})
    work(intake)
    assert len(names(intake)) == 2
    assert "4 Ulla Test Fejl – Fejl Udeladt" in words(desk.get(at))
    left = desk.get(f"{at}/linjer.csv")
    assert left.data.decode("utf-8-sig").splitlines() == [HEAD, WRONG]


def test_near_doubles_can_be_left_out_too(intake: ServiceUnderTest, desk: Browser) -> None:
    register(intake)
    at = checked(desk, GOOD[0], NEAR)
    desk.submit(f"{at}/registrer", {"take": "sure"})
    work(intake)

    assert names(intake) == ["Nancy Ann Test Berggren", "Ruddi Test Hansen"]
    assert desk.get(f"{at}/linjer.csv").data.decode("utf-8-sig").splitlines() == [HEAD, NEAR]


def test_failure_midway_registers_nobody_and_tells_nothing(
    intake: ServiceUnderTest, desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = checked(desk, *GOOD)
    desk.submit(f"{at}/registrer", {"take": "all"})
    persons, done = LISTS.kinds["persons"], list[Any]()

    def fails_at_the_second(*given: Any) -> None:
        if done:
            raise RuntimeError
        done.append(persons.take(*given))

    with monkeypatch.context() as patched:
        patched.setitem(cast("dict[str, Kind]", LISTS.kinds), "persons", replace(persons, take=fails_at_the_second))
        work(intake)
    assert (names(intake), intake.told(), state(intake)) == ([], [], "failed")
    assert "derfor er intet registreret" in words(desk.get(at))

    desk.submit(f"{at}/registrer", {"take": "all"})
    work(intake)
    assert len(names(intake)) == 2


def test_clock_starts_only_for_whoever_the_list_says_came(intake: ServiceUnderTest, desk: Browser) -> None:
    at = checked(desk, "150277-9995;Ruddi Test Hansen;3400;;;ja;Kontanthjælp", GOOD[1])
    desk.submit(f"{at}/registrer", {"take": "all"})
    work(intake)

    (came,) = intake.told(FirstContactRegistered)
    assert (came.channel, came.local_goal_policy) == ("desk", "visitation.local_goal@2019-06-01")


def test_whoever_came_must_have_come_for_something(desk: Browser) -> None:
    shown = words(desk.get(checked(desk, "150277-9995;Ruddi Test Hansen;3400;;;ja;")))

    assert "Søger om: Mangler." in shown


def test_old_list_does_not_lift_a_protection(intake: ServiceUnderTest, desk: Browser) -> None:
    register(intake, protected=True)
    at = checked(desk, KNOWN)
    desk.submit(f"{at}/registrer", {"take": "all"})
    work(intake)

    assert state(intake) == "done"
    assert intake.connection.execute(text("SELECT protected, phone FROM citizen")).one() == (True, "+4520123499")


def test_file_lies_nowhere_readable_and_is_gone_within_the_hour(intake: ServiceUnderTest, desk: Browser) -> None:
    at = checked(desk, *GOOD, WRONG)
    row = str(intake.connection.execute(text("SELECT * FROM list_import")).one())
    changes = str(intake.connection.scalars(text("SELECT changes FROM audit")).all())
    for needle in ("9995", "Ruddi", "150277"):
        assert needle not in row + changes + at

    with clock.moved_to(MONDAY + timedelta(minutes=61)):
        assert intake.browser("front_desk", subject=desk.who and desk.who.subject).get(at).status_code == 404
        work(intake)
    assert intake.connection.scalar(text("SELECT count(*) FROM list_import")) == 0


def test_file_goes_with_the_registration(intake: ServiceUnderTest, desk: Browser) -> None:
    at = checked(desk, *GOOD)
    desk.submit(f"{at}/registrer", {"take": "all"})
    work(intake)

    assert intake.connection.scalar(text("SELECT content FROM list_import")) is None


def test_discarded_list_is_registered_no_more(intake: ServiceUnderTest, desk: Browser) -> None:
    at = checked(desk, *GOOD)
    desk.submit(f"{at}/registrer", {"take": "all"})
    answer = desk.submit(f"{at}/slet")
    work(intake)

    assert (answer.location, names(intake)) == ("/skranken/import", [])


def test_list_of_somebody_else_is_not_there(intake: ServiceUnderTest, desk: Browser) -> None:
    at = checked(desk, *GOOD)

    other = intake.browser("adviser")
    assert [other.get(at).status_code, other.get(f"{at}/linjer.csv").status_code] == [404, 404]
    assert other.submit(f"{at}/registrer", {"take": "all"}).status_code == 404


def test_change_and_look_bear_the_name_of_whoever_said_so(intake: ServiceUnderTest, desk: Browser) -> None:
    at = checked(desk, *GOOD)
    desk.submit(f"{at}/registrer", {"take": "all"})
    work(intake)

    assert desk.who is not None
    rows = text("SELECT DISTINCT actor FROM audit WHERE table_name = 'citizen'")
    assert intake.connection.scalars(rows).all() == [desk.who.subject]
    looked = text("SELECT cardinality(subjects) FROM lookup WHERE route = 'import' AND how = 'change' AND actor = :who")
    assert intake.connection.scalar(looked, {"who": desk.who.subject}) == 2


def test_citizen_of_another_unit_who_was_opened_is_brought_up_to_date(intake: ServiceUnderTest, desk: Browser) -> None:
    citizen = register(intake, unit_code="ungeenheden")["citizen_id"]
    at = checked(desk, KNOWN)
    assert desk.submit(f"{at}/registrer", {"take": "all"}).status_code == 403
    desk.submit(f"/skranken/formaal/{citizen}", {"purpose": "visitation", "til": at})
    desk.submit(f"{at}/registrer", {"take": "all"})
    work(intake)

    assert state(intake) == "done"
    assert intake.call("GET", f"/citizens/{citizen}").json["phone"] == "+4520123499"


def test_lines_left_out_ask_for_no_purpose_for_another_units_citizen(intake: ServiceUnderTest, desk: Browser) -> None:
    register(intake, unit_code="ungeenheden")
    at = checked(desk, NEAR, *GOOD)

    assert desk.submit(f"{at}/registrer", {"take": "all"}).status_code == 403
    assert desk.submit(f"{at}/registrer", {"take": "sure"}).status_code == 303


def test_more_people_of_other_units_than_can_be_open_are_a_message(
    intake: ServiceUnderTest, desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "MOST_OPEN", 1)
    register(intake, unit_code="ungeenheden")
    register(intake, cpr="150277-9995", name="Ruddi Test Hansen", unit_code="ungeenheden")
    at = checked(desk, KNOWN, *GOOD)
    answer = desk.submit(f"{at}/registrer", {"take": "all"})

    assert (answer.status_code, state(intake)) == (409, "checked")
    assert "2 personer på listen hører til andre enheder." in words(answer)


def test_nobody_goes_through_the_numbers_by_lists(desk: Browser) -> None:
    at = checked(desk, *GOOD)
    columns = {"columns": ["cpr", "name", "postal_code", *4 * ["-"]]}

    assert [desk.submit(f"{at}/kolonner", columns).status_code for _ in range(20)][-2:] == [303, 429]


def test_file_that_is_too_large_is_refused_in_words(desk: Browser) -> None:
    answer = desk.submit("/skranken/import", {"file": (BytesIO(b"x" * 2_000_001), "stor.csv")})

    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 422
    assert "Den må fylde 2 MB" in words(answer)


def test_without_a_file_the_form_says_so(desk: Browser) -> None:
    assert "Vælg en fil." in words(desk.submit("/skranken/import"))


def test_program_does_the_same_by_json(intake: ServiceUnderTest) -> None:
    content = "\n".join((HEAD, *GOOD, WRONG))
    made = intake.call("POST", "/imports", {"content": content})
    assert made.status_code == 201, made.text
    assert [line["verdict"] for line in made.json["lines"]] == ["new", "new", "wrong"]
    assert "cpr" in made.json["lines"][2]["problems"] or "postal_code" in made.json["lines"][2]["problems"]

    at = f"/imports/{made.json['id']}"
    assert intake.call("POST", f"{at}/commit", {"take": "all"}).status_code == 409
    assert intake.call("POST", f"{at}/commit", {"take": "good"}).status_code == 202
    work(intake)
    found = intake.call("GET", at).json
    assert (found["state"], [line["taken"] for line in found["lines"]]) == ("done", [True, True, False])
    assert intake.call("GET", f"/imports/{uuid4()}").status_code == 404

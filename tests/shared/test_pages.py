"""What every page does before and after its verb: form, one effect, messages, the record, and the way back."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.browser import Browser, person
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.shared.scratch import KNOWN, Hosts


def test_a_visitor_is_shown_the_way_to_sign_in_and_back(app: Any, world: World) -> None:
    answer = Browser(app, world.settings["intake"], None).get("/form?a=1")

    assert (answer.status_code, answer.location) == (302, "/log-ind?til=%2Fform%3Fa%3D1")


def test_a_fragment_never_leads_a_page_to_the_sign_in(app: Any, world: World) -> None:
    assert Browser(app, world.settings["intake"], None).get("/part").status_code == 401


def test_another_role_is_refused_with_a_page(app: Any, world: World) -> None:
    answer = Browser(app, world.settings["intake"], person("mentor")).get("/form")

    assert (answer.status_code, answer.mimetype) == (403, "text/html")


def test_a_form_is_done_once_and_says_so_on_the_next_page(desk: Browser) -> None:
    answer = desk.submit("/form", {"name": "Park"})

    assert (answer.status_code, answer.location) == (303, "/form")
    assert desk.get("/form").text.startswith("Gemt Park.")
    assert desk.get("/form").text.startswith("|")


def test_the_same_form_sent_twice_has_one_effect(desk: Browser) -> None:
    first = desk.submit("/form", {"name": "Park", "form_key": "k" * 22})
    second = desk.submit("/form", {"name": "Park", "form_key": "k" * 22})

    assert (first.status_code, second.status_code, second.location) == (303, 303, "/form")
    assert Hosts.written == ["Park"]


def test_a_form_changed_and_sent_again_is_asked_about_and_loses_nothing(desk: Browser) -> None:
    desk.submit("/form", {"name": "Park", "form_key": "k" * 22})

    answer = desk.submit("/form", {"name": "Vej", "form_key": "k" * 22})

    assert answer.status_code == 409
    assert answer.text.endswith("|Vej")
    assert Hosts.written == ["Park"]


@pytest.mark.parametrize(
    ("typed", "status", "shown"),
    [
        ("", 422, "{&#39;name&#39;: &#39;Mangler.&#39;}"),
        ("odd", 422, "{&#39;name&#39;: &#39;Ulige.&#39;}"),
        ("taken", 409, "Navnet er optaget."),
    ],
)
def test_a_refused_form_comes_back_with_its_words(desk: Browser, typed: str, status: int, shown: str) -> None:
    answer = desk.submit("/form", {"name": typed})

    assert answer.status_code == status
    assert shown in answer.text
    assert answer.text.endswith(f"|{typed}")


def test_messages_come_in_the_language_that_was_chosen(desk: Browser) -> None:
    desk.get("/sprog?sprog=en&til=/form")

    assert "{&#39;name&#39;: &#39;Missing.&#39;}" in desk.submit("/form", {"name": ""}).text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "", "Origin": "https://evil.example"},
        {"Sec_Fetch_Site": "", "Origin": "null"},
        {"Sec_Fetch_Site": ""},
    ],
)
def test_a_form_from_elsewhere_is_refused(desk: Browser, headers: dict[str, str]) -> None:
    assert desk.submit("/form", {"name": "Park"}, **headers).status_code == 403
    assert Hosts.written == []


@pytest.mark.parametrize("token", ["", "0" * 64, "æ"])
def test_a_form_without_the_sessions_token_is_refused(desk: Browser, token: str) -> None:
    assert desk.submit("/form", {"name": "Park", "csrf": token}).status_code == 403
    assert Hosts.written == []


def test_a_look_at_a_person_is_on_record_also_the_refused(
    desk: Browser, intake: ServiceUnderTest, app: Any, world: World
) -> None:
    stranger = uuid4()
    desk.get(f"/person/{KNOWN}")
    desk.get(f"/person/{stranger}")
    Browser(app, world.settings["intake"], person("mentor")).get(f"/person/{KNOWN}")

    rows = intake.connection.execute(text("SELECT role, subjects, refused, purpose FROM lookup ORDER BY seq")).all()

    assert [tuple(row) for row in rows] == [
        ("front_desk", [KNOWN], False, "visitation"),
        ("front_desk", [stranger], True, "visitation"),
        ("mentor", [KNOWN], True, "visitation"),
    ]


@pytest.mark.parametrize("path", ["/form", "/ukendt", "/static/none.css", "/"])
def test_every_answer_is_hardened(desk: Browser, path: str) -> None:
    headers = desk.get(path).headers

    assert "default-src 'self'; script-src 'self'; style-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert {"base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"} <= set(
        headers["Content-Security-Policy"].split("; ")
    )
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/%0d//x\n"])
def test_no_redirect_leads_elsewhere(desk: Browser, elsewhere: str) -> None:
    answer = desk.get(f"/sprog?sprog=en&til={elsewhere}")

    assert answer.location == "/"


def test_an_act_that_answers_with_a_page_is_done_once_too(desk: Browser) -> None:
    first = desk.submit("/shown-once", {"name": "Park", "form_key": "k" * 22})
    second = desk.submit("/shown-once", {"name": "Park", "form_key": "k" * 22})

    assert (first.status_code, second.status_code, second.location) == (200, 303, "/form")
    assert Hosts.written == ["Park"]


def test_a_form_shown_again_is_recorded_as_read_not_as_done(desk: Browser, intake: ServiceUnderTest) -> None:
    desk.submit(f"/person/{KNOWN}", {"name": ""})

    rows = intake.connection.execute(text("SELECT how, refused FROM lookup ORDER BY seq")).all()
    assert [tuple(row) for row in rows] == [("read", False)]


def test_the_role_that_let_somebody_in_is_the_one_on_record(app: Any, world: World, intake: ServiceUnderTest) -> None:
    Browser(app, world.settings["intake"], person("ops", "front_desk")).get(f"/person/{KNOWN}")

    assert intake.connection.scalar(text("SELECT role FROM lookup")) == "front_desk"


@pytest.mark.parametrize("wrong", ["//[evil", "/\x00", "http://[::1"])
def test_an_address_that_is_none_leads_home(desk: Browser, wrong: str) -> None:
    assert desk.get(f"/sprog?sprog=en&til={wrong}").location == "/"

"""What every page does before and after its verb: session, form, one effect, messages, and the way back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Blueprint
from flask_smorest import Blueprint as ApiBlueprint
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import app as house_app
from shared import clock
from shared.auth import Principal
from shared.errors import Invalid, NotFound, Refused
from shared.fields import Body, Text
from shared.lookups import NOBODY, About
from shared.pages import Page, Pages, See, Undo
from shared.sessions import COOKIE
from tests.browser import Browser, cookie_for, person
from tests.conftest import World
from tests.house import ServiceUnderTest

TEMPLATES = {
    "scratch.html": "{{ flash.message if flash }}|{{ errors or '' }}|{{ refused or '' }}|{{ typed.name if typed }}"
}
KNOWN = UUID("01999999-0000-7000-8000-000000000001")


class Named(Body):
    name = Text(10, required=True)


class Hosts:
    """What the scratch pages wrote."""

    written: list[str] = []  # noqa: RUF012  emptied by the fixture


def scratch_pages() -> Blueprint:
    """A form that writes, a page about a person, a fragment."""
    blueprint = Blueprint("scratch", __name__)
    pages = Pages(blueprint)

    @pages.get("/form", roles=("front_desk",), about=NOBODY)
    def form(_session: Session, _who: Principal, typed: Any = None) -> Page:
        return Page("scratch.html")

    @pages.post("/form", roles=("front_desk",), about=NOBODY, body=Named, again=form)
    def send(session: Session, _who: Principal, body: dict[str, str]) -> See:
        if body["name"] == "taken":
            raise Refused("taken", "Navnet er optaget.", "The name is taken.")
        if body["name"] == "odd":
            raise Invalid({"name": "Ulige. / Odd."})
        Hosts.written.append(body["name"])
        return See("/form", f"Gemt {body['name']}.", Undo("/undo", {"id": "1"}))

    @pages.get(
        "/person/<uuid:citizen_id>", roles=("front_desk",), about=About("case", "citizen_id", purpose="visitation")
    )
    def about_somebody(_session: Session, _who: Principal, citizen_id: UUID) -> Page:
        if citizen_id != KNOWN:
            raise NotFound
        return Page("scratch.html")

    @pages.get("/part", roles=("front_desk",), about=NOBODY, fragment=True)
    def part(_session: Session, _who: Principal) -> Page:
        return Page("scratch.html")

    return blueprint


@pytest.fixture
def app(intake: ServiceUnderTest) -> Iterator[Any]:
    Hosts.written.clear()
    made = house_app.build(
        ApiBlueprint("intake", __name__), scratch_pages(), title="Scratch",
        settings=intake.settings, database=intake.database,
    )  # fmt: skip
    made.jinja_loader = ChoiceLoader([DictLoader(TEMPLATES), made.jinja_loader])  # type: ignore[list-item,assignment]
    return made


@pytest.fixture
def desk(app: Any, world: World) -> Browser:
    return Browser(app, world.settings["intake"], person("front_desk"))


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


def test_a_session_ends_when_nobody_is_there(desk: Browser) -> None:
    with clock.moved_to(clock.now() + timedelta(minutes=31)):
        assert desk.get("/form").status_code == 302


def test_being_there_keeps_the_session_and_a_fragment_does_not(desk: Browser) -> None:
    for minutes in (20, 40):
        with clock.moved_to(clock.now() + timedelta(minutes=minutes)):
            assert desk.get("/form").status_code == 200
    with clock.moved_to(clock.now() + timedelta(minutes=60)):
        assert desk.get("/part").status_code == 200
    with clock.moved_to(clock.now() + timedelta(minutes=71)):
        assert desk.get("/form").status_code == 302


def test_a_session_ends_in_the_end_however_busy(app: Any, world: World) -> None:
    desk = Browser(app, world.settings["intake"], person("front_desk"), absolute_seconds=3600)
    for minutes in (20, 40, 59):
        with clock.moved_to(clock.now() + timedelta(minutes=minutes)):
            assert desk.get("/form").status_code == 200

    with clock.moved_to(clock.now() + timedelta(minutes=61)):
        assert desk.get("/form").status_code == 302


def test_an_ended_session_is_refused_and_its_cookie_taken_back(desk: Browser, intake: ServiceUnderTest) -> None:
    assert desk.who
    with intake.begin() as session:
        session.execute(
            text("INSERT INTO ended_access (id, ended_at, forget_at) VALUES (:id, now(), now())"),
            {"id": desk.who.access_id},
        )

    assert desk.get("/form").status_code == 302
    assert desk.submit("/form", {"name": "Park"}).status_code == 401
    assert Hosts.written == []


def test_nobody_but_intake_can_make_a_session(app: Any, world: World, desk: Browser) -> None:
    signing = world.settings["intake"].token_private_key
    assert signing
    forger = replace(world.settings["intake"], token_private_key=replace(signing, key=b"\x01" * 32))
    client = app.test_client()
    client.set_cookie(COOKIE, cookie_for(forger, person("ops", "front_desk")))

    assert client.get("/form", base_url="https://localhost").status_code == 302


def test_the_cookie_tells_its_reader_nothing(desk: Browser) -> None:
    value = desk.cookie().value
    assert desk.who

    assert desk.who.subject not in value
    assert "front_desk" not in value


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
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/%0d//x\n"])
def test_no_redirect_leads_elsewhere(desk: Browser, elsewhere: str) -> None:
    answer = desk.get(f"/sprog?sprog=en&til={elsewhere}")

    assert answer.location == "/"

"""A session begins at intake, ends by the clock or by a word, and tells nobody what is in it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from shared import clock
from shared.sessions import COOKIE
from tests.browser import Browser, cookie_for, person
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.shared.scratch import Hosts


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


def test_a_message_is_not_read_by_who_uses_the_browser_next(desk: Browser, app: Any, world: World) -> None:
    desk.submit("/form", {"name": "Park"})
    left = desk.cookie("__Host-jobbutik-besked").value
    next_one = Browser(app, world.settings["intake"], person("front_desk"))
    next_one.leave("__Host-jobbutik-besked", left)

    assert "Park" not in next_one.get("/form").text


def test_an_ended_session_is_no_session_when_the_page_asks(desk: Browser, intake: ServiceUnderTest) -> None:
    assert desk.who
    before = desk.get("/skranken/session").status_code
    with intake.begin() as session:
        session.execute(
            text("INSERT INTO ended_access (id, ended_at, forget_at) VALUES (:id, now(), now())"),
            {"id": desk.who.access_id},
        )

    assert (before, desk.get("/skranken/session").status_code) == (200, 302)

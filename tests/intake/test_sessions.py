"""S13 to S16: a session is new at every sign-in, ends on the server, and its cookie says nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from services.intake.use_cases import sessions
from shared import clock
from shared.events import INTAKE, AccessEnded
from shared.openid import OpenIdConnect
from shared.sessions import COOKIE
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.intake.signing_in import PATH, Browser, demo_provider, query_of, serving

MINE = "/session/mine"


@pytest.fixture(scope="module")
def issuer(world: World) -> Iterator[str]:
    with serving(demo_provider(world.settings[INTAKE])) as found:
        yield found


@pytest.fixture
def visitor(intake: ServiceUnderTest, issuer: str) -> Browser:
    return Browser(intake, issuer)


def another(visitor: Browser) -> Browser:
    """Somebody's second browser."""
    return Browser(visitor.intake, visitor.intake.settings.oidc_issuer)


def cookie_of(visitor: Browser) -> str:
    found = visitor.client.get_cookie(COOKIE)
    assert found is not None
    return found.value


def reasons(visitor: Browser) -> list[tuple[str, str | None]]:
    rows = visitor.intake.connection.execute(text("SELECT id, end_reason FROM sign_in ORDER BY started_at"))
    return [(str(row.id), row.end_reason) for row in rows]


def test_a_second_sign_in_is_a_new_session_and_ends_the_first(visitor: Browser) -> None:
    visitor.sign_in("frida")
    before = cookie_of(visitor)
    visitor.sign_in("rune")
    after = cookie_of(visitor)

    assert [reason for _id, reason in reasons(visitor)] == ["replaced", None]
    visitor.client.set_cookie(COOKIE, before)
    assert visitor.client.get(MINE).status_code == 302
    visitor.client.set_cookie(COOKIE, after)
    assert visitor.client.get(MINE).status_code == 200


def test_a_session_that_was_planted_is_not_kept(visitor: Browser) -> None:
    attacker = another(visitor)
    attacker.sign_in("pia")
    planted = cookie_of(attacker)
    visitor.client.set_cookie(COOKIE, planted)
    visitor.sign_in("rune")

    assert cookie_of(visitor) != planted
    assert attacker.client.get(MINE).status_code == 302


def test_the_cookie_has_every_flag_and_shows_nothing(visitor: Browser) -> None:
    answer = visitor.sign_in("frida")
    own = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith(f"{COOKIE}="))

    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} == set(own.split("; ")[1:])
    assert "eyJ" not in own
    assert len(own) < 4096


def test_sign_out_ends_the_session_on_the_server_and_tells_everybody(visitor: Browser) -> None:
    visitor.sign_in("frida")
    kept, session = cookie_of(visitor), visitor.session()
    answer = visitor.post("/log-ud")

    assert (answer.status_code, answer.location) == (303, "/logget-ud")
    assert visitor.client.get_cookie(COOKIE) is None
    assert session is not None
    told = visitor.intake.told(AccessEnded)
    assert [str(event.access_id) for event in told] == [session.principal.access_id]
    visitor.client.set_cookie(COOKIE, kept)
    assert visitor.client.get(MINE).status_code == 302


def test_the_provider_is_told_by_the_page_after_sign_out(visitor: Browser) -> None:
    visitor.sign_in("frida")
    answer = visitor.client.get(visitor.post("/log-ud").location)

    assert answer.headers["Refresh"].startswith(f"0; url={visitor.intake.settings.oidc_issuer}/end-session?client_id=")
    assert "Refresh" not in visitor.client.get("/logget-ud").headers


@pytest.mark.parametrize("link", ["/logget-ud", "/logget-ud?videre=1"])
def test_a_link_ends_nobodys_session_with_the_provider(visitor: Browser, link: str) -> None:
    visitor.sign_in("frida")

    assert "Refresh" not in visitor.client.get(link).headers


def test_the_provider_is_told_at_an_address_that_has_a_query_already(intake: ServiceUnderTest) -> None:
    def provider(issuer: str) -> Flask:
        app = Flask("tenant")
        told = {"issuer": issuer, "end_session_endpoint": "https://login.example/end?tenant=7"}
        app.add_url_rule(f"{PATH}/.well-known/openid-configuration", "discovery", lambda: told)
        return app

    with serving(provider) as issuer:
        address = OpenIdConnect(replace(intake.settings, oidc_issuer=issuer)).end_address()

    assert address is not None
    assert address.startswith("https://login.example/end?")
    assert query_of(address) == {
        "tenant": "7", "client_id": "jobbutik", "post_logout_redirect_uri": "http://localhost/logget-ud",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "csrf"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": "http://evil.example"}, True),
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, False),
    ],
)
def test_a_foreign_form_signs_nobody_out(visitor: Browser, headers: dict[str, str], csrf: bool) -> None:
    visitor.sign_in("frida")
    session = visitor.session()
    assert session is not None
    token = visitor.intake.app.extensions["sessions"].csrf_token(session.principal) if csrf else "x"

    assert visitor.client.post("/log-ud", data={"csrf": token}, headers=headers).status_code == 403
    assert visitor.session() is not None


def test_a_session_ends_after_half_an_hour_alone_and_after_twelve_hours_at_work(visitor: Browser) -> None:
    began = clock.now()
    visitor.sign_in("frida")
    with clock.moved_to(began + timedelta(minutes=31)):
        assert visitor.session() is None
    for quarter in range(1, 48):
        with clock.moved_to(began + timedelta(minutes=15 * quarter)):
            assert visitor.client.get(MINE).status_code == 200
    with clock.moved_to(began + timedelta(hours=12, seconds=1)):
        assert visitor.session() is None


def test_one_sees_and_ends_ones_own_sessions(visitor: Browser) -> None:
    phone, library = another(visitor), another(visitor)
    for place in (library, phone, visitor):
        place.sign_in("frida")
    (left, _), *_rest = reasons(visitor)

    page = visitor.client.get(MINE)
    assert page.text.count("<tr>") == 4
    assert visitor.post(f"{MINE}/{left}/slut").status_code == 303
    assert library.client.get(MINE).status_code == 302
    assert phone.client.get(MINE).status_code == 200
    assert visitor.post(f"{MINE}/alle/slut").status_code == 303
    assert phone.client.get(MINE).status_code == 302
    assert visitor.client.get(MINE).status_code == 200


def test_nobody_ends_another_persons_session(visitor: Browser) -> None:
    other = another(visitor)
    other.sign_in("rune")
    (theirs, _) = reasons(visitor)[0]
    visitor.sign_in("frida")

    assert visitor.post(f"{MINE}/{theirs}/slut").status_code == 404
    assert other.client.get(MINE).status_code == 200


def test_all_sessions_of_somebody_can_be_ended_at_once(visitor: Browser) -> None:
    phone = another(visitor)
    for place in (phone, visitor):
        place.sign_in("frida")
    session = visitor.session()
    assert session is not None
    with visitor.intake.begin() as inside:
        assert sessions.end_all(inside, session.principal.subject, reason="disabled") == 2

    assert [place.client.get(MINE).status_code for place in (phone, visitor)] == [302, 302]


def refused_by_the_provider(visitor: Browser) -> int:
    state = query_of(visitor.off("frida"))["state"]
    return visitor.client.get(f"/log-ind/svar?error=access_denied&state={state}").status_code


def test_failed_sign_ins_are_counted_per_address_and_good_ones_are_not(visitor: Browser) -> None:
    for _ in range(20):
        visitor.sign_in("frida")
    visitor.client.delete_cookie(COOKIE)
    statuses = [refused_by_the_provider(visitor) for _ in range(16)]

    assert statuses == [400] * 15 + [429]
    assert visitor.client.get("/log-ind").status_code == 302


def test_what_a_foreign_page_makes_browsers_ask_for_shuts_nobody_out(visitor: Browser) -> None:
    bare = [visitor.client.get("/log-ind/svar?state=x").status_code for _ in range(20)]
    for _ in range(15):
        refused_by_the_provider(visitor)
    shut_out = [visitor.client.get("/log-ind/svar?state=x").status_code, refused_by_the_provider(visitor)]

    assert bare == [400] * 20
    assert shut_out == [400, 429]


def test_while_the_provider_is_away_a_page_says_what_still_works(intake: ServiceUnderTest) -> None:
    answer = Browser(intake, "http://127.0.0.1:9/demo-login").client.get("/log-ind")

    assert answer.status_code == 503
    assert "Er du logget ind i forvejen, kan du arbejde videre" in answer.text

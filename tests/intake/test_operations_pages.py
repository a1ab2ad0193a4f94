"""Ops and the data-protection officer: programs' access, how the services are, who looked, what is to be erased."""

import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from services.intake.use_cases import slots
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import WALK_IN

NEW_CLIENT = {"label": "Kantinens system", "organisation": "90000004", "roles": "company_employee",
              "scopes": "matching:read"}  # fmt: skip


def secret_on(page: str) -> str:
    found = re.search(r"Hemmelighed</dt>\s*<dd[^>]*>\s*([\w-]{40,})", page)
    assert found, page
    return found.group(1)


def test_a_programs_secret_is_shown_once_and_gives_a_token(intake: ServiceUnderTest) -> None:
    ops = intake.browser("ops")

    made = ops.submit("/drift/klienter/ny", NEW_CLIENT)
    client_id = str(intake.connection.scalar(text("SELECT id FROM machine_client")))
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret_on(made.text)}
    token = intake.call("POST", "/token", form=form, client=None)

    assert (made.status_code, token.status_code) == (200, 200)
    assert secret_on(made.text) not in ops.get("/drift/klienter").text


@pytest.mark.parametrize(
    ("wrong", "shown"),
    [({"organisation": "12345678"}, "CVR-nummeret er ikke gyldigt."), ({"label": ""}, "Mangler."), ({"roles": []}, "")],
)
def test_a_program_that_cannot_be_made_loses_nothing_typed(
    intake: ServiceUnderTest, wrong: dict[str, object], shown: str
) -> None:
    answer = intake.browser("ops").submit("/drift/klienter/ny", NEW_CLIENT | {"label": "Blomsten"} | wrong)

    assert answer.status_code == 422
    assert shown in answer.text
    assert intake.connection.scalar(text("SELECT count(*) FROM machine_client")) == 0


def test_a_closed_program_is_shown_as_closed(intake: ServiceUnderTest) -> None:
    ops = intake.browser("ops")
    ops.submit("/drift/klienter/ny", NEW_CLIENT)
    client_id = intake.connection.scalar(text("SELECT id FROM machine_client"))

    answer = ops.submit(f"/drift/klienter/{client_id}/luk")

    assert answer.status_code == 303
    assert "Kantinens system har ikke længere adgang." in words(ops.get("/drift/klienter"))
    assert "Lukket" in words(ops.get("/drift/klienter"))


def test_without_programs_the_page_says_what_it_is_for(intake: ServiceUnderTest) -> None:
    assert "Ingen programmer har adgang endnu." in words(intake.browser("ops").get("/drift/klienter"))


def test_ops_see_how_a_service_is_and_nobodys_data(intake: ServiceUnderTest) -> None:
    shown = words(intake.browser("ops").get("/skranken/kort/drift"))

    assert "Database: i orden" in shown
    assert "Opgivne hændelser" in shown


def test_every_component_has_its_page(intake: ServiceUnderTest) -> None:
    ops = intake.browser("ops")

    assert ops.get("/drift/komponenter").status_code == 200
    assert ops.submit("/drift/komponenter").status_code == 303


@pytest.fixture
def citizen_id(intake: ServiceUnderTest) -> UUID:
    return UUID(intake.call("POST", "/first-contacts", WALK_IN).json["citizen_id"])


def test_the_officer_finds_who_looked_at_a_citizen(intake: ServiceUnderTest, citizen_id: UUID) -> None:
    intake.call("GET", f"/citizens/{citizen_id}", client="consultant")
    officer = intake.browser("data_protection_officer")

    found = officer.submit("/indsigt", {"cpr": WALK_IN["cpr"]})
    page = officer.get(str(found.location))
    card = words(officer.get(f"/skranken/kort/opslag?subject={citizen_id}"))

    assert (found.location, page.status_code) == (f"/indsigt?subject={citizen_id}", 200)
    assert "Virksomhedskonsulent" in card
    assert WALK_IN["cpr"] not in page.text


def test_an_unknown_number_is_told(intake: ServiceUnderTest) -> None:
    answer = intake.browser("data_protection_officer").submit("/indsigt", {"cpr": "0101901234"})

    assert answer.status_code == 422
    assert "Ingen borger med det nummer er kendt her." in answer.text


def test_the_export_is_on_record_and_no_formula(intake: ServiceUnderTest, citizen_id: UUID) -> None:
    officer = intake.browser("data_protection_officer", subject="=cmd()")

    officer.get(f"/skranken/opslag.csv?subject={citizen_id}")
    rows = officer.get("/skranken/opslag.csv").text
    last = intake.connection.execute(text("SELECT how, subjects FROM lookup ORDER BY seq DESC LIMIT 1 OFFSET 1")).one()

    assert rows.startswith("\ufeffat;actor;actor_name;role")
    assert ";'=cmd();" in rows
    assert tuple(last) == ("export", [citizen_id])


def test_the_citizen_sees_role_and_purpose_and_no_name(intake: ServiceUnderTest, citizen_id: UUID) -> None:
    intake.browser("adviser", subject="adviser-of-the-house", name="Rita Råd").get(f"/borger/{citizen_id}")

    page = intake.browser("citizen", subject=str(citizen_id)).get("/skranken/kort/mine-opslag")

    assert "Rådgiver" in words(page)
    assert "adviser-of-the-house" not in page.text
    assert "Rita" not in page.text


def test_a_citizen_nobody_looked_at_is_told_so(intake: ServiceUnderTest) -> None:
    page = intake.browser("citizen", subject=str(uuid4())).get("/skranken/kort/mine-opslag")

    assert "Ingen har set dine oplysninger her." in words(page)


def test_erasure_on_request_is_done_at_once(intake: ServiceUnderTest, citizen_id: UUID) -> None:
    officer = intake.browser("data_protection_officer")

    officer.submit(f"/indsigt/borger/{citizen_id}/slet")

    assert "Oplysningerne er slettet." in words(officer.get("/indsigt/sletning"))
    assert intake.call("GET", f"/citizens/{citizen_id}").status_code == 404


def test_erasure_is_refused_while_an_appointment_is_to_come(intake: ServiceUnderTest) -> None:
    with intake.begin() as session:
        slots.stock_slots(session)
    citizen_id = intake.call("POST", "/first-contacts", WALK_IN).json["citizen_id"]

    answer = intake.browser("data_protection_officer").submit(f"/indsigt/borger/{citizen_id}/slet")

    assert answer.status_code == 409
    assert "ikke er afsluttet" in words(answer)


def test_nothing_to_erase_is_said_with_a_card_by_each_service(intake: ServiceUnderTest) -> None:
    page = intake.browser("data_protection_officer").get("/indsigt/sletning")

    assert "Ingen oplysninger er meldt til sletning." in words(page)
    for home in ("/skranken", "/match", "/opfoelgning", "/beskeder"):
        assert f'hx-get="{home}/kort/sletning"' in page.text

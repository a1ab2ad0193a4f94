"""GDPR article 15: the person gets a copy of what each service holds about them, and of nobody else."""

import tomllib
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from services import followup, intake, matching, notifications
from services.matching import KEEPS
from shared import erasure, own_copy
from shared.navigation import HOME_OF_SERVICE
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import WALK_IN, register
from tests.paper import inside
from tests.shared.test_erased_everywhere import lived, town

__all__ = ["town"]
OFFICER = "data_protection_officer"
SECRETS = ("cpr_secret", "cpr_index", "name_sort", "made_by", "words_sealed")


def test_copy_holds_the_person_in_every_service_and_nobody_else(town: dict[str, ServiceUnderTest]) -> None:
    other = register(town["intake"], cpr="150277-9995", name="Bodil Test Nabo")["citizen_id"]
    citizen_id, _traces = lived(town)

    for name, service in town.items():
        answer = service.browser(OFFICER).get(f"{HOME_OF_SERVICE[name]}/kopi/{citizen_id}.json")
        held: Any = answer.json
        assert (answer.status_code, held["citizen_id"]) == (200, str(citizen_id)), name
        assert "Åse Ørsted Quistgaard" in answer.text, name
        assert not [word for word in (other, "Nabo", *SECRETS) if word in answer.text], name
    assert {"citizen", "first_contact", "visitation", "job_wishes"} <= set(_held(town["intake"], citizen_id))
    assert [WALK_IN["cpr"]] == [row["cpr"] for row in _held(town["intake"], citizen_id)["citizen"]]
    assert {"placement", "contact"} <= set(_held(town["followup"], citizen_id))


def _held(service: ServiceUnderTest, citizen_id: Any) -> Any:
    address = f"{HOME_OF_SERVICE[service.settings.service]}/kopi/{citizen_id}.json"
    held: Any = service.browser(OFFICER).get(address).json
    return held["tables"]


def test_paper_is_for_everybody_and_both_are_in_the_log(intake: ServiceUnderTest) -> None:
    citizen_id = register(intake)["citizen_id"]
    answer = intake.browser(OFFICER).get(f"/skranken/kopi/{citizen_id}.pdf")
    log = "SELECT how, data, route FROM lookup WHERE :citizen = ANY(subjects) ORDER BY seq DESC LIMIT 1"
    seen = intake.connection.execute(text(log), {"citizen": citizen_id}).one()

    assert answer.status_code == 200
    assert b"/Lang" in inside(answer.data)
    assert (seen.how, seen.data, seen.route.endswith(".pdf")) == ("export", "identity", True)


def test_nobody_known_is_said_to_be_nobody(intake: ServiceUnderTest) -> None:
    assert intake.browser(OFFICER).get(f"/skranken/kopi/{uuid4()}.json").status_code == 404


def test_sealed_words_are_opened_for_the_person_and_stay_sealed_at_rest(town: dict[str, ServiceUnderTest]) -> None:
    citizen_id, _traces = lived(town)
    matching = town["matching"]

    held = [_held(matching, citizen_id)["forum_line"], _held(town["notifications"], citizen_id)["reply"]]
    assert [row["words"] for (row,) in held] == ["Jeg hedder Quistgaard", "Ring 20 12 34 56"]
    assert "Quistgaard" not in str(matching.connection.execute(text("SELECT * FROM forum_line")).all())
    with matching.begin() as session, matching.app.test_request_context():
        session.info["settings"] = replace(matching.settings, seal_private_keys={})
        parts = {part.table: part.rows for part in own_copy.parts(session, KEEPS, citizen_id)}
    assert parts["forum_line"][0]["words"] == "kan ikke åbnes: nøglen er slettet"


def test_every_table_and_column_that_is_told_has_a_word_and_no_word_is_idle() -> None:
    tables, columns = set(), set()
    for service in (intake, matching, followup, notifications):
        for table, holds in erasure.tables(service.KEEPS.base):
            opens = {name: how[0] for name, how in service.KEEPS.opens.items() if name.startswith(f"{table.name}.")}
            if holds.person and ((told := own_copy.told(table, holds)) or opens):
                tables.add(table.name)
                columns |= {column.name for column in told if f"{table.name}.{column.name}" not in opens}
                columns |= set(opens.values())
    words = tomllib.loads(own_copy.WORDS.read_text(encoding="utf-8"))

    assert (tables ^ set(words["tables"]), columns ^ set(words["columns"])) == (set(), set())


@pytest.mark.parametrize(("value", "text"), [(True, "ja"), (["a_b", "c"], "a b, c"), (None, "")])
def test_values_are_said_as_people_read_them(intake: ServiceUnderTest, value: Any, text: str) -> None:
    with intake.app.test_request_context():
        assert own_copy.said(value) == text

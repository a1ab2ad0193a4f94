"""A24: every page and every door that a company may open, taken from the routes, says nothing of who a candidate is.

A new page is walked by itself; one whose parameter nobody has given a value fails.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from deploy import access
from deploy.access import Door
from shared.events import CitizenRegistered
from tests.browser import Browser
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    P_NUMBER,
    accepted,
    add_candidate,
    add_need,
    consented,
    need_body,
    placement_body,
    posted,
    registered,
)
from tests.matching.test_company_view import NEVER_TOLD, THE_COMPANYS_OWN
from tests.paper import inside

NAME, HOME, WORDS = "Zenobia Dyrehave", "2750", "Jeg holder af orden."
# In answers as fields of the company's own things, or of the municipality's.
# The rows of law that a workplace of the company's own was counted by.
OF_THE_WORKPLACE = {"/api/matching/v1/workplaces/<int(fixed_digits=10):p_number>/places-left": {"policies"}}
OWN_FIELDS = {"name", "postal_code", *(field for own in THE_COMPANYS_OWN.values() for field in own)}


def somebody(matching: ServiceUnderTest) -> UUID:
    """A candidate with all that a company must never hear of: a name, a home, a category."""
    citizen_id = add_candidate(matching, "aktivitetsparat", needs=("quiet_place",), postal_code=HOME)
    told = registered(citizen_id, postal_code=HOME)
    matching.hear(CitizenRegistered(**{**vars(told), "name": NAME}), version=2)
    browser = matching.browser("citizen", subject=str(citizen_id))
    form = {"own_words": WORDS, "tells_needs": "on", "shown": "on"}
    assert browser.submit("/match/min-profil", form).status_code == 303
    return citizen_id


@pytest.fixture
def met(matching: ServiceUnderTest) -> dict[str, Any]:
    """Two candidates of company A: one to answer, one with an agreement."""
    need = add_need(matching, positions=4)
    waiting, agreed = somebody(matching), somebody(matching)
    match = consented(matching, need, waiting)
    other = posted(matching, "/needs", need_body({"id": need["company_id"]}))
    made = posted(matching, "/placements", placement_body(accepted(matching, other, agreed)))
    ids = {
        "company_id": need["company_id"], "need_id": need["id"], "match_id": match["id"], "placement_id": made["id"],
        "p_number": P_NUMBER,
    }  # fmt: skip
    return {
        "ids": ids,
        "secrets": (str(waiting), str(agreed), *NAME.split(), HOME, "aktivitetsparat", "Aktivitetsparat"),
    }


def doors(matching: ServiceUnderTest) -> Iterator[Door]:
    """Every door that says a company employee may come in, pages first."""
    found = access.doors("matching", matching.app)
    mine = [door for door in found if "company_employee" in (door.roles or ())]
    return iter(sorted(mine, key=lambda door: (door.method != "GET", door.rule.startswith("/api/"), door.rule)))


def answered(matching: ServiceUnderTest, boss: Browser, door: Door, ids: dict[str, str]) -> Any:
    path = re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found: ids[found[1]], door.rule)
    if not path.startswith("/api/"):
        return boss.get(path) if door.method == "GET" else boss.submit(path, {})
    more = {"If_Match": '"v1"'} if door.method == "PATCH" else {}
    body = None if door.method == "GET" else {}
    return matching.call(door.method, path.split("/v1", 1)[1], body, client="company-a", **more)


def fields_of(answer: Any) -> Iterator[str]:
    """Every field's name in a JSON answer."""
    if isinstance(answer, dict):
        for name, inner in answer.items():
            yield name
            yield from fields_of(inner)
    elif isinstance(answer, list):
        for one in answer:
            yield from fields_of(one)


def test_a24_no_page_and_no_door_of_a_company_tells_who_a_candidate_is(
    matching: ServiceUnderTest, met: dict[str, Any]
) -> None:
    boss = matching.browser("company_employee", organisation=CVR_A)
    told, walked = [], 0
    for door in doors(matching):
        answer = answered(matching, boss, door, met["ids"])
        walked += answer.status_code < 300
        shown = inside(answer.data).decode("latin-1") if answer.mimetype == "application/pdf" else answer.text
        told += [(door.method, door.rule, secret) for secret in met["secrets"] if secret in shown]
        told += [(door.method, door.rule, "CPR")] if re.search(r"\b[0-3]\d[01]\d{3}-\d{4}\b", shown) else []
        if answer.is_json and answer.status_code < 300:
            found = {*fields_of(answer.json)} & NEVER_TOLD - OWN_FIELDS - OF_THE_WORKPLACE.get(door.rule, set())
            told += [(door.method, door.rule, name) for name in found]

    assert told == []
    assert walked > 20
    assert WORDS in boss.get("/virksomhed/profiler").text

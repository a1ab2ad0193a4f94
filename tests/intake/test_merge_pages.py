"""The desk finds the other record, holds the two beside each other, and makes them one; or is told what is missing."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from shared import clock
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register
from tests.intake.test_merges import REPLACEMENT


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def two(intake: ServiceUnderTest) -> tuple[UUID, UUID]:
    """Nancy by a replacement number, then by her own: (the right one, the one that goes)."""
    gone = register(intake, cpr=REPLACEMENT, name="Nancy Bergren", email=None, phone="20 12 34 99")["citizen_id"]
    return UUID(register(intake)["citizen_id"]), UUID(gone)


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk")


def form(two: tuple[UUID, UUID], **changed: Any) -> dict[str, Any]:
    keep, gone = two
    told = {
        "keep": str(keep), "version": "1", "other_version": "1", "cpr": str(keep), "name": str(keep),
        "email": str(keep), "phone": str(gone), "booking": str(keep), "other_cpr": "theirs", "sure": "on",
    }  # fmt: skip
    return {name: value for name, value in (told | changed).items() if value is not None}


def test_desk_finds_compares_and_makes_them_one(
    intake: ServiceUnderTest, two: tuple[UUID, UUID], desk: Browser
) -> None:
    keep, gone = two
    assert f"/borger/{keep}/samme" in desk.get(f"/borger/{keep}").text
    found = desk.submit(f"/borger/{keep}/samme", {"q": "Nancy"})
    assert f"/borger/{keep}/samme/{gone}" in desk.get(found.location).text
    by_number = desk.submit(f"/borger/{keep}/samme", {"q": REPLACEMENT})
    assert by_number.location == f"/borger/{keep}/samme/{gone}"
    shown = words(desk.get(by_number.location))
    assert "Nancy Ann Test Berggren og Nancy Bergren" in shown
    assert REPLACEMENT[-4:] not in shown

    done = desk.submit(by_number.location, form(two))
    assert (done.status_code, done.location) == (303, f"/borger/{keep}"), words(done)
    shown = words(desk.get(done.location))
    assert "20 12 34 99" in shown
    assert "En anden registrering af borgeren blev lagt ind her 2. november 2026." in shown


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"sure": None}, "Sæt flueben"),
        ({"cpr": ""}, "CPR-nummer: Vælg en af de to."),
        ({"booking": ""}, "Kommende tid: Vælg en af de to."),
        ({"keep": str(uuid4())}, "Vælg en af de to."),
        ({"version": "2"}, "En anden har ændret oplysningerne"),
    ],
)
def test_form_says_what_is_missing_and_changes_nothing(
    intake: ServiceUnderTest, two: tuple[UUID, UUID], desk: Browser, changed: dict[str, Any], says: str
) -> None:
    keep, gone = two
    answer = desk.submit(f"/borger/{keep}/samme/{gone}", form(two, **changed))

    assert answer.status_code in (412, 422)
    assert says in words(answer)
    assert intake.connection.scalar(text("SELECT count(*) FROM citizen")) == 2


def test_weak_or_old_sign_in_may_not_merge(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    weak = intake.browser("front_desk", assurance="low")

    assert weak.submit(f"/borger/{keep}/samme/{gone}", form(two)).status_code == 403


def test_program_merges_by_json(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    body = {
        "from_id": str(gone), "version": 1, "from_version": 1, "other_cpr": "wrong",
        **{name: str(keep) for name in ("cpr", "name", "email", "phone", "booking")},
    }  # fmt: skip
    answer = intake.call("POST", f"/citizens/{keep}/merges", body)

    assert answer.status_code == 201, answer.text
    assert (answer.json["id"], answer.json["name"]) == (str(keep), "Nancy Ann Test Berggren")


def test_form_proposes_what_is_not_empty(intake: ServiceUnderTest, two: tuple[UUID, UUID], desk: Browser) -> None:
    keep, gone = two
    with clock.moved_to(MONDAY + timedelta(minutes=5)):
        edit = {"email": None, "phone": "20 12 34 98"}
        assert intake.call("PATCH", f"/citizens/{gone}", edit, If_Match='"v1"').status_code == 200
    page = desk.get(f"/borger/{keep}/samme/{gone}").text

    chosen = dict(re.findall(r'name="(email|phone|name)" value="([^"]+)" checked', page))
    assert chosen == {"email": str(keep), "phone": str(gone), "name": str(gone)}

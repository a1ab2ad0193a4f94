"""One agreement, everybody on it: whose turn it is, on own account, on behalf, by link, and drafts that grow old."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event as Signal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from services.matching.rules.agreements import parties_needed, warnings_due
from services.matching.use_cases import POLICY, approvals, placements
from shared import clock, links
from shared.calendar import danish_time
from shared.database import Database
from shared.errors import Refused
from shared.events import AgreementApproved, AgreementAsked, AgreementClosed, AgreementExpiring, PlacementAgreed
from tests.browser import words
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    EVERYBODY,
    accepted,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    approved,
    days,
    need_body,
    new_placement,
    placement_body,
    posted,
)

DAY = date(2026, 11, 2)
ELSEWHERE = "1099990077"


def asked_id(matching: ServiceUnderTest, placement: Any, party: str) -> UUID:
    rows = "SELECT id FROM statement WHERE placement_id = %s AND party = %s AND withdrawn_at IS NULL"
    found: UUID = matching.connection.exec_driver_sql(rows, (placement["id"], party)).scalar_one()
    return found


def link_of(matching: ServiceUnderTest, placement: Any, party: str) -> str:
    ends_at = clock.now() + timedelta(days=3)
    return links.code(matching.settings, links.AGREEMENT, asked_id(matching, placement, party), ends_at)


def said(matching: ServiceUnderTest, placement: Any, **changed: Any) -> Any:
    body = {"party": "municipality", "positive": True} | changed
    return matching.call("POST", f"/placements/{placement['id']}/statements", body, client="consultant")


def test_everybody_is_asked_and_the_turn_is_seen_until_the_last_yes(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    waiting = approved(matching, made, "employer", "municipality")
    assert (made["awaiting"], waiting["awaiting"]) == (
        list(EVERYBODY), ["citizen", "employee_representative", "mentor"],
    )  # fmt: skip
    assert not matching.told(PlacementAgreed)
    done = approved(matching, made, "citizen", "employee_representative", "mentor")

    assert (done["state"], done["awaiting"], len(matching.told(PlacementAgreed))) == ("agreed", [], 1)
    assert [(one.party, one.how) for one in matching.told(AgreementApproved)][:2] == [
        ("employer", "on_behalf"), ("municipality", "own"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("single", "parties"),
    [(False, list(EVERYBODY)), (True, ["citizen", "employer", "mentor", "municipality"])],
)
def test_a_firm_of_one_has_no_representative(single: bool, parties: list[str]) -> None:
    assert parties_needed(single, DAY, POLICY) == parties


def test_the_desk_says_why_somebody_does_not_answer_and_the_municipality_needs_no_reason(
    matching: ServiceUnderTest,
) -> None:
    made = new_placement(matching)
    desk, page = matching.browser("company_consultant"), f"/match/aftale/{made['id']}/udtalelse"
    without = desk.submit(page, {"party": "citizen", "positive": "true"})
    desk.submit(page, {"party": "citizen", "positive": "true", "reason_code": "interpreter"})
    desk.submit(page, {"party": "municipality", "positive": "true"})
    seen = words(desk.get(f"/match/aftale/{made['id']}"))

    assert (without.status_code, "Vælg, hvorfor parten ikke svarer selv." in words(without)) == (422, True)
    assert "kommunen på partens vegne: har sagt det gennem tolk" in seen
    assert "Vi mangler svar fra arbejdsgiveren, medarbejdernes repræsentant og mentoren." in seen


def test_the_citizen_reads_and_answers_on_their_own_account_and_nobody_elses(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    page = f"/match/min-aftale/{made['id']}"
    citizen = matching.browser("citizen", subject=made["citizen_id"])
    stranger = matching.browser("citizen", subject=str(add_candidate(matching)))
    read = words(citizen.get(page))
    citizen.submit(page, {"positive": "true", "number": "1"})

    assert "Siger du ja til aftalen?" in read
    assert stranger.get(page).status_code == 404
    assert "Siger du ja til aftalen?" not in words(citizen.get(page))
    assert [(one.party, one.how) for one in matching.told(AgreementApproved)] == [("citizen", "own")]


def test_a_link_lets_a_party_answer_once_without_signing_in_and_shows_no_name(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    code = link_of(matching, made, "mentor")
    visitor = matching.browser()
    read = words(visitor.get(f"/match/aftalesvar?kode={code}"))
    answered = visitor.submit("/match/aftalesvar", {"kode": code, "positive": "true", "number": "1"})
    again = visitor.submit("/match/aftalesvar", {"kode": code, "positive": "true", "number": "1"})

    assert "Som mentor får du personlige ting at vide." in read
    assert made["citizen_id"] not in read
    assert (answered.status_code, again.status_code) == (303, 409)
    assert matching.told(AgreementApproved)[0].how == "link"
    assert visitor.get("/match/aftalesvar?kode=forkert").status_code == 410


def test_the_representative_gets_a_link_from_staff_and_a_stranger_to_the_terms_is_told_they_changed(
    matching: ServiceUnderTest,
) -> None:
    made = new_placement(matching)
    page = matching.browser("company_consultant").get(f"/match/aftale/{made['id']}").text
    code = re.findall(r"aftalesvar\?kode=([\w-]+)", page)[0]
    stale = matching.browser().submit("/match/aftalesvar", {"kode": code, "positive": "true", "number": "2"})

    assert (stale.status_code, "Aftalen er ændret" in words(stale)) == (409, True)


def test_a_no_ends_the_draft_and_says_so(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    code = link_of(matching, made, "mentor")
    matching.browser().submit("/match/aftalesvar", {"kode": code, "positive": "false", "number": "1"})
    desk = words(matching.browser("company_consultant").get(f"/match/aftale/{made['id']}"))

    assert "En part sagde nej." in desk
    assert [one.closed_code for one in matching.told(AgreementClosed)] == ["said_no"]
    assert matching.browser().get(f"/match/aftalesvar?kode={code}").status_code == 410


def test_whoever_can_be_written_to_is_asked_with_a_link_of_their_own(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    told = matching.told(AgreementAsked)[0]

    assert (told.due_on, made["expires_on"]) == (date(2027, 1, 25), "2027-01-25")
    assert [told.citizen_asked_id, told.company_asked_id, told.mentor_asked_id] == [
        asked_id(matching, made, party) for party in ("citizen", "employer", "mentor")
    ]
    assert "Mona" not in str(matching.envelopes())


def test_the_same_terms_sent_again_are_the_same_agreement(matching: ServiceUnderTest) -> None:
    body = placement_body(accepted(matching, add_need(matching), add_candidate(matching)))
    first, again = posted(matching, "/placements", body), posted(matching, "/placements", body)
    other = matching.call("POST", "/placements", body | {"weekly_hours": 14}, client="consultant")

    assert (first["id"], other.json["code"]) == (again["id"], "already_agreed")
    assert len(matching.told(AgreementAsked)) == 1


@pytest.mark.parametrize(("days_left", "warnings"), [(8, 0), (7, 1), (2, 1), (1, 2), (0, 2)])
def test_two_warnings_a_week_and_a_day_before(days_left: int, warnings: int) -> None:
    assert warnings_due(DAY + timedelta(days=days_left), DAY, POLICY) == warnings


def expire_at(matching: ServiceUnderTest, day: date) -> None:
    with clock.moved_to(danish_time(day, 9)), matching.begin() as session:
        approvals.expire(session)
        approvals.expire(session)


def test_a_draft_is_warned_of_twice_then_comes_to_nothing_and_frees_its_place(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    approved(matching, made, "citizen")
    for day in (date(2027, 1, 17), date(2027, 1, 18), date(2027, 1, 24), date(2027, 1, 25)):
        expire_at(matching, day)
    warned = matching.told(AgreementExpiring)
    expire_at(matching, date(2027, 1, 26))
    seen = matching.call("GET", f"/placements/{made['id']}", client="consultant").json

    assert [(one.warning, one.citizen_asked_id is None) for one in warned] == [(1, True), (2, True)]
    assert (seen["state"], seen["closed_code"]) == ("refused", "expired")
    assert posted(matching, "/placements", placement_body({"id": made["match_id"]}))["state"] == "awaiting_statements"


def test_an_agreed_one_never_expires(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    approved(matching, made, *EVERYBODY)
    expire_at(matching, date(2027, 6, 1))

    assert matching.call("GET", f"/placements/{made['id']}", client="consultant").json["state"] == "agreed"


def two_that_wait_for_the_municipality(world: World, database: Database) -> list[UUID]:
    """Room for two when they were made, for one now; both are approved by everybody but the municipality."""
    with database.bind.connect() as connection:  # type: ignore[union-attr]  # it binds an engine
        matching = ServiceUnderTest(world.settings, "matching", world.client_secrets, connection)
        company = add_company(matching)
        add_workplace(matching, company, ELSEWHERE)
        wanted = need_body(company, p_number=ELSEWHERE, positions=2, weekly_hours_max=37, windows=days("06:00-14:00"))
        need = posted(matching, "/needs", wanted)
        made = []
        for _ in range(2):
            match = accepted(matching, need, add_candidate(matching, weekly_hours_max=37.0))
            made.append(posted(matching, "/placements", placement_body(match, weekly_hours=37)))
            approved(matching, made[-1], *EVERYBODY[:-1])
        three = [{"month": f"2026-{month:02d}", "fte": 3} for month in (7, 8, 9, 10)]
        add_workplace(matching, company, ELSEWHERE, staff=three)
        connection.commit()
    return [UUID(one["id"]) for one in made]


def test_two_consultants_who_approve_at_once_cannot_both_take_the_last_place(
    busy_world: World, committed: Database
) -> None:
    first, second = two_that_wait_for_the_municipality(busy_world, committed)
    entered = Signal()

    def approve(placement_id: UUID) -> None:
        with committed.begin(actor="test") as session:
            entered.set()
            _yes(session, placement_id)

    with ThreadPoolExecutor() as pool:
        with committed.begin(actor="test") as session:
            _yes(session, first)
            other = pool.submit(approve, second)
            assert entered.wait(5)
            with pytest.raises(TimeoutError):
                other.result(timeout=0.5)
        with pytest.raises(Refused, match="ratio_exceeded"):
            other.result(timeout=5)


def _yes(session: Session, placement_id: UUID) -> None:
    placements.state_in_writing(session, None, placement_id, by="test", party="municipality", positive=True)

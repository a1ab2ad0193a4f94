"""Between both yeses and the agreement, citizen and company meet: each sees when, and it is moved or taken back."""

from typing import Any
from uuid import UUID

import pytest

from shared.events import MatchMeetingCancelled, MatchMeetingSet
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import CVR_A, accepted, add_candidate, add_need, consented, placement_body, posted, stated

THURSDAY = "05-11-2026 10.30"


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


def both_said_yes(matching: ServiceUnderTest) -> tuple[Any, UUID]:
    citizen_id = add_candidate(matching)
    return accepted(matching, add_need(matching), citizen_id), citizen_id


def meet(consultant: Browser, match: Any, at: str = THURSDAY, version: int | None = None) -> Any:
    form = {"starts_at": at, "version": str(version or match["version"])}
    return consultant.submit(f"/match/forslag/{match['id']}/moede", form)


def test_all_three_see_when_they_meet(consultant: Browser, matching: ServiceUnderTest) -> None:
    match, citizen_id = both_said_yes(matching)
    assert meet(consultant, match).status_code == 303
    pages = [
        consultant.get(f"/match/forslag/{match['id']}"),
        matching.browser("company_employee", organisation=CVR_A).get(f"/virksomhed/forslag/{match['id']}"),
        matching.browser("citizen", subject=str(citizen_id)).get(f"/match/samtykke/{match['id']}"),
    ]

    assert ["5. november 2026" in words(page) for page in pages] == [True] * 3
    seen = matching.call("GET", f"/company-matches/{match['id']}", client="company-a").json
    assert seen["meeting_at"] == "2026-11-05T09:30:00+00:00"


def test_a_meeting_is_moved_by_program_and_taken_back_by_undo(consultant: Browser, matching: ServiceUnderTest) -> None:
    match, _citizen_id = both_said_yes(matching)
    body = {"starts_at": "2026-11-06T09:00:00+01:00", "version": match["version"]}
    moved = posted(matching, f"/matches/{match['id']}/meeting", body)
    meet(consultant, match, version=moved["version"])
    action, fields = offered(consultant.get(f"/match/forslag/{match['id']}").text)
    consultant.submit(action, fields)

    assert (
        matching.call("GET", f"/matches/{match['id']}", client="consultant").json["meeting_at"] == moved["meeting_at"]
    )
    assert meet(consultant, match).status_code == 412


def test_no_meeting_before_both_said_yes_in_the_past_or_after_the_agreement(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    need = add_need(matching, positions=2)
    waiting = consented(matching, need, add_candidate(matching))
    early = meet(consultant, waiting)
    match = accepted(matching, need, add_candidate(matching))
    past = meet(consultant, match, "01-11-2026 10.00")
    made = posted(matching, "/placements", placement_body(match))
    stated(matching, made)

    assert (early.status_code, "når begge har sagt ja" in words(early)) == (409, True)
    assert (past.status_code, "Tidspunktet er passeret." in words(past)) == (422, True)
    assert meet(consultant, match).status_code == 409


def test_others_are_told_of_each_new_time_and_of_the_end_and_of_nothing_that_did_not_change(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    match, _citizen_id = both_said_yes(matching)
    times = ["2026-11-05T09:30:00+00:00"] * 2 + ["2026-11-06T09:30:00+00:00", None, None]
    version = match["version"]
    for at in times:
        body = {"starts_at": at, "version": version}
        version = posted(matching, f"/matches/{match['id']}/meeting", body)["version"]
    told = matching.told(MatchMeetingSet, MatchMeetingCancelled)

    assert [(type(one), one.starts_at.day) for one in told] == [
        (MatchMeetingSet, 5), (MatchMeetingSet, 6), (MatchMeetingCancelled, 6),
    ]  # fmt: skip
    assert all(one.tell_company for one in told)


def test_a_yes_taken_back_takes_the_meeting_with_it(consultant: Browser, matching: ServiceUnderTest) -> None:
    match, _citizen_id = both_said_yes(matching)
    meet(consultant, match)
    now = matching.call("GET", f"/matches/{match['id']}", client="consultant").json
    back = posted(matching, f"/matches/{match['id']}/answer/undo", {"version": now["version"]}, "company-a")
    seen = matching.call("GET", f"/matches/{match['id']}", client="consultant").json

    assert (back["state"], seen["meeting_at"]) == ("consented", None)
    assert [one.starts_at.day for one in matching.told(MatchMeetingCancelled)] == [5]

"""One person who stood here twice: matches and agreements are of the record that stayed, and none is lost."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared.events import CitizenErased, CitizenMerged, MatchDeclined
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    accepted,
    add_candidate,
    add_need,
    assessed,
    consented,
    listed,
    new_placement,
    placement_body,
    posted,
    ranking,
    registered,
    stated,
    wishes,
)
from tests.scan import found_in


@pytest.fixture
def stays(matching: ServiceUnderTest) -> UUID:
    return add_candidate(matching)


def merged(matching: ServiceUnderTest, gone: UUID, stays: UUID) -> None:
    matching.hear(CitizenMerged(from_id=gone, into_id=stays))


def matches(matching: ServiceUnderTest) -> dict[str, tuple[Any, ...]]:
    rows = matching.connection.execute(text("SELECT id, citizen_id, state, decliner, reason_code FROM match"))
    return {str(row.id): tuple(row)[1:] for row in rows}


def test_match_agreement_and_copies_are_of_who_stayed(matching: ServiceUnderTest, stays: UUID) -> None:
    stated(matching, new_placement(matching))
    gone = matching.connection.scalar(text("SELECT citizen_id FROM placement"))
    merged(matching, gone, stays)

    for table in ("match", "placement", "citizen_copy", "readiness_copy", "wishes_copy"):
        found = matching.connection.scalars(text(f"SELECT citizen_id FROM {table}")).all()  # noqa: S608
        assert found == [stays], table
    assert matching.told(MatchDeclined) == []


@pytest.mark.parametrize("merged_first", [True, False])
def test_candidate_is_listed_once_in_any_order(matching: ServiceUnderTest, stays: UUID, merged_first: bool) -> None:
    need, gone = add_need(matching), UUID(int=7)
    old = (registered(gone), assessed(gone, "jobparat"), wishes(gone))
    if merged_first:
        merged(matching, gone, stays)
    matching.hear(*old, version=5)
    if not merged_first:
        merged(matching, gone, stays)

    assert listed(ranking(matching, need)) == [str(stays)]


@pytest.mark.parametrize("further", ["stays", "gone"])
def test_two_open_matches_for_one_need_become_the_one_that_came_furthest(
    matching: ServiceUnderTest, stays: UUID, further: str
) -> None:
    need, gone = add_need(matching, positions=2), add_candidate(matching)
    ahead, behind = (stays, gone) if further == "stays" else (gone, stays)
    kept = consented(matching, need, ahead)["id"]
    closed = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(behind)})["id"]
    merged(matching, gone, stays)

    assert matches(matching) == {
        kept: (stays, "consented", None, None), closed: (stays, "declined", "desk", "same_person"),
    }  # fmt: skip
    (told,) = matching.told(MatchDeclined)
    assert (str(told.match_id), told.citizen_id, told.decliner) == (closed, stays, "desk")


def test_position_of_the_closed_match_comes_free(matching: ServiceUnderTest, stays: UUID) -> None:
    need, gone = add_need(matching, positions=2), add_candidate(matching)
    for one in (stays, gone):
        accepted(matching, need, one)
    merged(matching, gone, stays)

    open_ones = [match for match in matches(matching).values() if match[1] == "accepted"]
    answer = matching.call("GET", f"/needs/{need['id']}", client="consultant").json
    assert (len(open_ones), answer["state"]) == (1, "open")


def test_agreement_on_either_match_stands(matching: ServiceUnderTest, stays: UUID) -> None:
    need, gone = add_need(matching, positions=2), add_candidate(matching)
    placements = []
    for one in (stays, gone):
        placement = posted(matching, "/placements", placement_body(accepted(matching, need, one)))
        stated(matching, placement)
        placements.append(placement["id"])
    merged(matching, gone, stays)

    rows = matching.connection.execute(text("SELECT id, citizen_id, state FROM placement ORDER BY id"))
    assert [tuple(map(str, row)) for row in rows] == [(one, str(stays), "agreed") for one in sorted(placements)]
    assert sorted(match[1] for match in matches(matching).values()) == ["accepted", "declined"]


def test_told_twice_it_changes_nothing_more(matching: ServiceUnderTest, stays: UUID) -> None:
    need, gone = add_need(matching, positions=2), add_candidate(matching)
    for one in (stays, gone):
        consented(matching, need, one)
    merged(matching, gone, stays)
    before = matches(matching)
    merged(matching, gone, stays)

    assert (matches(matching), len(matching.told(MatchDeclined))) == (before, 1)


def test_old_id_is_taken_for_who_stayed(matching: ServiceUnderTest, stays: UUID) -> None:
    need, gone = add_need(matching), add_candidate(matching)
    merged(matching, gone, stays)

    made = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(gone)})
    assert made["citizen_id"] == str(stays)
    card = matching.browser("adviser").get(f"/match/kort/borger/{gone}")
    assert made["id"] in card.text


def test_consultant_reads_why_a_match_was_closed(matching: ServiceUnderTest, stays: UUID) -> None:
    need, gone = add_need(matching, positions=2), add_candidate(matching)
    consented(matching, need, stays)
    closed = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(gone)})["id"]
    merged(matching, gone, stays)

    shown = matching.browser("adviser").get(f"/match/forslag/{closed}").text
    assert "Skranken har sagt nej: borgeren var registreret to gange." in shown


def test_s41_erasure_takes_the_old_record_along(matching: ServiceUnderTest, stays: UUID) -> None:
    new_placement(matching)
    gone = matching.connection.scalar(text("SELECT citizen_id FROM placement"))
    merged(matching, gone, stays)
    matching.hear(CitizenErased(citizen_id=stays, classes=("identity", "contact", "wishes", "health_function")))

    assert set(found_in(matching.connection, "matching", [str(stays), str(gone)])) <= {"lookup", "idempotency"}

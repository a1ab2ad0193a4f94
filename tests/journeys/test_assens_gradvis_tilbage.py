"""Assens' graded return (C7, seed 002): a document first, hours by small steps, a brake, and a level that lasts."""

from datetime import date
from typing import Any

import pytest

from shared.clock import danish_time
from tests.journeys.placing import by_night, comes, placed
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 2, 1)
CPR, NAME = "6403711111", "Alma Test Opdigtet"
FIRST, LAST = date(2027, 2, 8), date(2027, 5, 9)


def a_document_first(play: Play, path: str) -> None:
    """That the placement does no harm is on file before hours are agreed; what it says is nowhere here."""
    later = {"from": "2027-02-22", "placement_hours": 6, "paid_hours": 0, "reason_code": "next_step",
             "asked_by": "citizen"}  # fmt: skip
    refused = play.call("consultant", "POST", f"{path}/hours", later, expect=409)
    assert refused["code"] == "document_missing"
    gate = {"gate_code": "medical_statement", "document_ref": "DOK-270208"}
    play.call("consultant", "POST", f"{path}/hours-course/gate", gate)
    play.call("consultant", "POST", f"{path}/hours", later)
    play.call("consultant", "POST", f"{path}/hours", later | {"from": "2027-03-08", "placement_hours": 8})


def only_at_home_or_at_work(play: Play, path: str) -> None:
    """Meetings are where the citizen can be; a talk at the municipality is refused."""
    play.call("consultant", "POST", f"{path}/course/place-rule", {"place_rule": "home_or_workplace"})
    placement = play.call("consultant", "GET", path)
    assert {one["form"] for one in placement["contacts"]} <= {"in_person", "home", "phone"}
    talk = placement["contacts"][-1]["id"]
    moved = {"planned_at": danish_time(date(2027, 5, 7), 10).isoformat(), "reason_code": "citizen_asked"}
    refused = play.call("consultant", "POST", f"followup/contacts/{talk}/moved", moved | {"form": "office"}, expect=409)
    assert refused["code"] == "place_rule"


def the_brake(play: Play, path: str) -> None:
    """She raises her hours herself: a review for adviser and coordinator, closer contact, and no other plan."""
    play.it_is(danish_time(date(2027, 3, 12), 15))
    agreed = [(step["from"], step["placement_hours"]) for step in play.call("consultant", "GET", path)["hours"]]
    told = {"monday": "2027-03-08", "worked": 14, "told_by": "citizen"}
    play.call("consultant", "POST", f"{path}/hours-course/weeks", told)
    play.it_is(danish_time(date(2027, 3, 15), 8))

    review = by_night(play, lambda: _review(play, path), "the week to be looked at")

    assert (review["agreed"], review["worked"]) == (8.0, 14.0)
    placement = play.call("consultant", "GET", path)
    assert [(step["from"], step["placement_hours"]) for step in placement["hours"]] == agreed
    assert "hours_exceeded" in {one["why_code"] for one in placement["contacts"]}
    at_risk = play.call("consultant", "GET", "followup/at-risk")["items"]
    assert placement["id"] in [one["placement_id"] for one in at_risk]
    for client in ("adviser", "consultant"):
        play.call(client, "POST", f"{path}/hours-course/reviews/{review['id']}", {"seen": True})
    [seen] = play.call("consultant", "GET", f"{path}/hours-course")["reviews"]
    assert seen["adviser_at"] is not None
    assert seen["coordinator_at"] is not None


def _review(play: Play, path: str) -> Any | None:
    found = play.call("consultant", "GET", f"{path}/hours-course")["reviews"]
    return found[0] if found else None


def fifteen_hours_for_life(play: Play, path: str) -> None:
    """The level that lasts is recorded as final, and nobody asks for more."""
    play.it_is(danish_time(date(2027, 5, 7), 13))
    play.call("consultant", "POST", f"{path}/hours-course/sustainable", {"weekly_hours": 15, "since": "2027-05-10"})
    hours = play.call("consultant", "GET", f"{path}/hours-course")
    assert (hours["sustainable_hours"], hours["unmoved_too_long"]) == (15.0, False)
    for party in ("citizen", "company"):
        said = {"kind": "end", "party": party, "verdict": "yes"}
        play.call("consultant", "POST", f"{path}/evaluations", said)
    ended = play.call("consultant", "POST", f"{path}/conclusion", {"outcome_code": "hire"})
    assert ended["conclusion"]["since"] == "2027-05-10"


def test_assens_gradvis_tilbage(play: Play) -> None:
    play.it_is(danish_time(date(2027, 2, 1), 9))
    alma = comes(play, date(2027, 2, 1), CPR, NAME, category="aktivitetsparat", least=4, most=15)
    placement = placed(
        play, alma, FIRST, LAST, hours=2 * 2, purpose_code="retain_job", ratio_exemption="own_workplace_group_6",
        document_reference="DOK-270201", cadence="light",
    )  # fmt: skip
    path = f"followup/placements/{placement}"
    a_document_first(play, path)
    only_at_home_or_at_work(play, path)
    the_brake(play, path)
    fifteen_hours_for_life(play, path)

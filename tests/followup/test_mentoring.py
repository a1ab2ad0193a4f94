"""Mentors as in Randers: a register, room as a calendar, meetings, a direct line, and hours bought free (C11)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.followup import rules
from services.followup.use_cases import POLICY
from shared import clock
from shared.calendar import danish_time
from shared.errors import Invalid, Refused
from shared.events import (
    FollowUpPlanned,
    MentorAssigned,
    MentorContactTold,
    MentorSupportGranted,
    MentorTrained,
    NetworkMeetingHeld,
)
from shared.policy import Policy, Row
from tests.followup.surroundings import OF, mentor
from tests.followup.telling import COMPANY, MENTOR, PLACEMENT, citizen, company, link_mentor, placement
from tests.house import ServiceUnderTest

BEGUN = danish_time(date(2026, 12, 9), 11)
SECOND = UUID(int=44)


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A19's placement, in its second week."""
    with clock.moved_to(danish_time(date(2026, 11, 30), 11)):
        followup.hear(citizen(), company(), placement())
    with clock.moved_to(BEGUN):
        yield followup


def call(service: ServiceUnderTest, path: str, body: Any = None) -> Any:
    return service.call("POST", path, body, client="consultant")


def register(service: ServiceUnderTest) -> Any:
    return service.call("GET", "/mentors", client="consultant").json


def row(key: str, value: Any) -> Row:
    return Row(key, value, "", date(2014, 1, 1), None, None, "", "local")


def test_a_week_with_more_placements_than_places_is_seen_beforehand() -> None:
    spans = [(date(2026, 12, 1), date(2027, 1, 10)), (date(2026, 12, 21), date(2026, 12, 31))]
    places = [(date(2026, 12, 28), 2)]

    found = rules.loads(spans, places, 1, date(2026, 12, 9), 4)

    assert [(one.monday.isoformat(), one.placed, one.places, one.over) for one in found] == [
        ("2026-12-07", 1, 1, False), ("2026-12-14", 1, 1, False), ("2026-12-21", 2, 1, True),
        ("2026-12-28", 2, 2, False),
    ]  # fmt: skip


def test_without_a_word_about_room_nobody_is_overloaded() -> None:
    [week] = rules.loads([(date(2026, 12, 1), date(2027, 1, 10))], [], None, date(2026, 12, 9), 1)

    assert (week.places, week.over) == (None, False)


def test_too_many_is_advice_and_a_refusal_only_where_a_row_says_so() -> None:
    full = rules.loads([(date(2026, 12, 1), date(2027, 1, 10))], [], 0, date(2026, 12, 9), 1)

    over = rules.check_room(full, None)
    assert over is not None
    assert rules.check_room(full, row("mentor.load_blocks", False)) == over
    with pytest.raises(Refused, match="mentor_full"):
        rules.check_room(full, row("mentor.load_blocks", True))
    assert POLICY.find("mentor.load_blocks", date(2026, 12, 9)) is None


@pytest.mark.parametrize(
    ("starts", "ends"), [(date(2025, 1, 1), date(2025, 6, 30)), (date(2024, 8, 31), date(2025, 2, 27))]
)
def test_hours_are_bought_free_for_six_months(starts: date, ends: date) -> None:
    limits = POLICY.row("mentor.period_max", starts), POLICY.row("mentor.frikoeb", starts)

    rules.check_support(starts, ends, True, *limits)


@pytest.mark.parametrize(
    ("starts", "ends", "exceeds", "code"),
    [
        (date(2025, 1, 1), date(2025, 7, 1), True, "support_too_long"),
        (date(2024, 8, 31), date(2025, 2, 28), True, "support_too_long"),
        (date(2025, 1, 1), date(2025, 6, 30), False, "support_is_usual_work"),
    ],
)
def test_no_longer_and_not_for_what_employers_do_anyway(starts: date, ends: date, exceeds: bool, code: str) -> None:
    limits = POLICY.row("mentor.period_max", starts), POLICY.row("mentor.frikoeb", starts)

    with pytest.raises(Refused, match=code):
        rules.check_support(starts, ends, exceeds, *limits)


def test_hours_bought_free_end_after_they_begin() -> None:
    with pytest.raises(Invalid):
        rules.check_support(date(2025, 2, 1), date(2025, 1, 1), True, row("a", 6), row("b", True))


def test_limits_after_the_reform_are_not_configured_and_nothing_is_granted(begun: ServiceUnderTest) -> None:
    body = {"weekly_hours": 3, "starts_on": "2026-12-14", "ends_on": "2027-01-31", "exceeds": True}
    answer = call(begun, f"{OF}/support", body)

    assert (answer.status_code, answer.json["code"]) == (409, "not_configured")
    assert begun.told(MentorSupportGranted) == []


def test_hours_bought_free_are_granted_once_and_taken_back(
    begun: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Policy([row("mentor.period_max", 6), row("mentor.frikoeb", True)])
    monkeypatch.setattr("services.followup.use_cases.mentor_support.POLICY", known)
    body = {"weekly_hours": 3, "starts_on": "2026-12-14", "ends_on": "2027-01-31", "exceeds": True}
    granted = call(begun, f"{OF}/support", body).json["support"][0]
    again = call(begun, f"{OF}/support", body | {"starts_on": "2027-01-31", "ends_on": "2027-02-28"})

    assert (again.status_code, again.json["code"]) == (409, "support_overlaps")
    undone = call(begun, f"{OF}/support/undo", {"support_id": granted["id"], "version": granted["version"]})
    assert undone.json["support"] == []
    assert [one.weekly_hours for one in begun.told(MentorSupportGranted)] == [3.0, None]


def test_randers_figures_count_trained_mentors_their_companies_and_placements(begun: ServiceUnderTest) -> None:
    known = mentor(begun, trained_on="2026-03-02")["id"]
    mentor(begun, name="Ulla Test Lund", trained_on="2025-06-02")
    mentor(begun, name="Finn Test Bro")
    call(begun, f"{OF}/recognised", {"mentor_id": known})

    assert register(begun)["figures"] == {"since": None, "trained": 2, "companies": 1, "placements": 1}
    since = begun.call("GET", "/mentors?siden=2026-01-01", client="consultant").json["figures"]
    assert (since["trained"], since["placements"]) == (1, 1)
    assert [one.trained_on for one in begun.told(MentorTrained)] == [date(2026, 3, 2), date(2025, 6, 2)]


def test_training_is_taken_back_and_never_in_the_future(begun: ServiceUnderTest) -> None:
    known = mentor(begun, trained_on="2026-03-02")["id"]

    assert call(begun, f"/mentors/{known}/trained", {"trained_on": "2027-01-01"}).status_code == 422
    assert call(begun, f"/mentors/{known}/trained", {"trained_on": None}).json["trained_on"] is None
    assert register(begun)["figures"]["trained"] == 0


def test_load_is_an_alarm_on_the_list_and_no_obstacle(begun: ServiceUnderTest) -> None:
    known = mentor(begun)["id"]
    call(begun, f"/mentors/{known}/places", {"since": "2026-12-01", "places": 0})

    answer = call(begun, OF, {"mentor_id": known})
    assert (answer.status_code, answer.json["over_from"]) == (201, "2026-12-07")
    [one] = register(begun)["items"]
    assert (one["placed"], one["places"], one["over_from"]) == (1, 0, "2026-12-07")
    call(begun, f"/mentors/{known}/places/undo", {"since": "2026-12-01"})
    assert register(begun)["items"][0]["over_from"] is None


def test_another_mentor_is_a_risk_that_tightens_and_all_three_hear_of_the_talks(begun: ServiceUnderTest) -> None:
    known = mentor(begun, email="max@smede.example.dk")["id"]
    call(begun, OF, {"mentor_id": known})

    course = begun.call("GET", f"/placements/{PLACEMENT}/course", client="consultant").json
    assert [(one["kind"], one["code"]) for one in course["changes"]] == [("tightened", "mentor_changed")]
    assert begun.told(FollowUpPlanned)[-1].mentor_id == UUID(known)
    [told] = begun.told(MentorContactTold, opener="notifications")
    assert (told.mentor_email, begun.told(MentorContactTold)[0].mentor_email) == ("max@smede.example.dk", None)

    back = call(begun, f"{OF}/undo")
    assert (back.json["mentor_id"], begun.told(FollowUpPlanned)[-1].mentor_id) == (None, MENTOR)
    assert begun.call("GET", f"/placements/{PLACEMENT}/course", client="consultant").json["changes"] == []
    assert call(begun, f"{OF}/undo").json["code"] == "not_to_undo"
    assert [one.mentor_id for one in begun.told(MentorAssigned)] == [UUID(known), MENTOR]


def test_letters_find_a_mentor_whose_address_changed(begun: ServiceUnderTest) -> None:
    known = mentor(begun, email="max@smede.example.dk")
    call(begun, OF, {"mentor_id": known["id"]})
    path, edit = f"/mentors/{known['id']}", {"name": known["name"], "email": "max@ny.example.dk"}
    changed = call(begun, path, edit | {"version": known["version"]}).json
    call(begun, path, edit | {"left_on": "2026-12-31", "version": changed["version"]})

    told = [one.mentor_email for one in begun.told(MentorContactTold, opener="notifications")]
    assert told == ["max@smede.example.dk", "max@ny.example.dk"]


def test_the_former_mentor_sees_the_placement_no_more(begun: ServiceUnderTest) -> None:
    link_mentor(begun, str(MENTOR))
    former = begun.browser("mentor", subject=str(MENTOR))
    assert former.get(f"/opfoelgning/forloeb/{PLACEMENT}").status_code == 200
    call(begun, OF, {"mentor_id": mentor(begun)["id"]})

    assert former.get(f"/opfoelgning/forloeb/{PLACEMENT}").status_code == 404


def test_the_agreements_mentor_is_found_in_the_register_and_nobody_changes(begun: ServiceUnderTest) -> None:
    begun.hear(placement(placement_id=SECOND, mentor_id=UUID(int=33)))
    known = mentor(begun)["id"]
    call(begun, f"{OF}/recognised", {"mentor_id": known})
    found = call(begun, f"/placements/{SECOND}/mentor/recognised", {"mentor_id": known})

    assert (found.json["mentor_id"], register(begun)["items"][0]["placed"]) == (known, 2)
    assert call(begun, OF, {"mentor_id": known}).json["code"] == "same_mentor"
    assert begun.told(MentorAssigned) == []
    call(begun, f"{OF}/recognised/undo")
    assert register(begun)["items"][0]["placed"] == 1


def test_whoever_left_becomes_nobodys_mentor(begun: ServiceUnderTest) -> None:
    known = mentor(begun)
    edit = {"name": known["name"], "left_on": "2026-12-01", "version": known["version"]}

    assert call(begun, f"/mentors/{known['id']}", edit).json["left_on"] == "2026-12-01"
    assert call(begun, OF, {"mentor_id": known["id"]}).json["code"] == "mentor_left"
    assert call(begun, f"/mentors/{known['id']}", edit).json["code"] == "changed_since"


@pytest.mark.parametrize("told", [{"kind": "company", "company_id": None}, {"kind": "school"}])
def test_a_mentor_of_a_company_has_one_and_others_have_none(begun: ServiceUnderTest, told: dict[str, Any]) -> None:
    body = {"name": "Ulla Test Lund", "company_id": str(COMPANY)} | told

    assert call(begun, "/mentors", body).status_code == 422


def test_minutes_of_a_meeting_are_told_to_nobody(begun: ServiceUnderTest) -> None:
    known = mentor(begun)["id"]
    body = {"held_on": "2026-12-08", "mentor_ids": [known], "minutes": "Vi talte om pauserne"}
    answer = call(begun, "/network-meetings", body)

    assert [(one["held_on"], one["attended"]) for one in answer.json["items"]] == [("2026-12-08", 1)]
    assert begun.told(NetworkMeetingHeld)[0].mentor_ids == (UUID(known),)
    history = begun.connection.scalar(text("SELECT string_agg(changes::text, '') FROM audit"))
    assert "pauserne" not in str(begun.envelopes()) + answer.text + history
    assert "Max Test" not in history
    assert call(begun, "/network-meetings", body | {"held_on": "2026-12-20"}).status_code == 422


def test_the_mentor_whom_an_agreement_names_is_found_in_the_register_by_name_and_company(
    followup: ServiceUnderTest,
) -> None:
    followup.hear(citizen(), company())
    known = mentor(followup, name="max test berggren")["id"]
    mentor(followup, name="Max Test Berggren", kind="external", company_id=None)
    followup.hear(placement())

    found = followup.call("GET", f"/placements/{PLACEMENT}", client="consultant").json
    assert found["mentor_id"] == str(MENTOR)
    assert call(followup, f"{OF}/recognised", {"mentor_id": known}).json["code"] == "mentor_known"
    with clock.moved_to(BEGUN):
        assert {one["id"]: one["placed"] for one in register(followup)["items"]}[known] == 1


def test_of_two_with_the_name_nobody_is_taken_for_the_other(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(), company())
    mentor(followup), mentor(followup)
    followup.hear(placement())

    with clock.moved_to(BEGUN):
        assert [one["placed"] for one in register(followup)["items"]] == [0, 0]

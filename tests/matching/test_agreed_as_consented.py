"""An agreement is the one that was said yes to, keeps a job only by a document, and ends with the consent."""

from datetime import date
from typing import Any

import pytest

from shared import clock
from shared.calendar import danish_time
from shared.events import PlacementAgreed
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    RETAINED,
    accepted,
    add_candidate,
    add_need,
    approved,
    consented,
    new_placement,
    placement_body,
    posted,
    stated,
    withdraw,
)


def offered(matching: ServiceUnderTest, need: dict[str, Any], **changed: Any) -> Any:
    match = accepted(matching, add_need(matching, **need), add_candidate(matching))
    return matching.call("POST", "/placements", placement_body(match, **changed), client="consultant")


def match_of(matching: ServiceUnderTest) -> str:
    return str(matching.call("GET", "/matches", client="consultant").json["items"][0]["id"])


def audit(matching: ServiceUnderTest) -> str:
    return str(matching.connection.exec_driver_sql("SELECT table_name, changes FROM audit").all())


HOURS = "Der er sagt ja til 10 til 20 timer om ugen. / The yes was to 10 to 20 hours a week."
FORM = "Der er sagt ja til småjob. / The yes was to small job."


@pytest.mark.parametrize(
    ("need", "hours", "errors"),
    [
        ({}, 9.5, {"weekly_hours": HOURS}),
        ({}, 20.5, {"weekly_hours": HOURS}),
        ({"employment_form": "small_job"}, 15, {"offer_type": FORM}),
    ],
)
def test_another_agreement_than_was_said_yes_to_needs_a_reason(
    matching: ServiceUnderTest, need: dict[str, Any], hours: float, errors: dict[str, str]
) -> None:
    answer = offered(matching, need, weekly_hours=hours)
    body = placement_body({"id": match_of(matching)}, weekly_hours=hours, deviation_reason_code="gradual_start")

    assert (answer.status_code, answer.json["code"], answer.json["errors"]) == (409, "not_as_consented", errors)
    assert posted(matching, "/placements", body)["deviation_reason_code"] == "gradual_start"
    assert "gradual_start" in audit(matching)


def test_reason_without_a_deviation_is_refused(matching: ServiceUnderTest) -> None:
    answer = offered(matching, {}, deviation_reason_code="gradual_start")

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["deviation_reason_code"])


@pytest.mark.parametrize(
    ("left_out", "outcome"),
    [
        ((), (201, None)),
        (("document_reference",), (409, "document_missing")),
        (("ratio_exemption",), (409, "purpose_not_allowed")),
        (("purpose_code",), (409, "exemption_not_allowed")),
        (("purpose_code", "ratio_exemption"), (422, "validation_failed")),
    ],
)
def test_a22_own_workplace_needs_purpose_exemption_and_document_together(
    matching: ServiceUnderTest, left_out: tuple[str, ...], outcome: tuple[int, str | None]
) -> None:
    given = {name: value for name, value in RETAINED.items() if name not in left_out}
    answer = offered(matching, {}, **given)

    assert (answer.status_code, answer.json.get("code")) == outcome


@pytest.mark.parametrize("reference", ["lægeerklæring", "DOK-0101901234", "010190-1234", "DOK-1 depression"])
def test_a22_reference_is_a_number_and_no_text(matching: ServiceUnderTest, reference: str) -> None:
    answer = offered(matching, {}, **RETAINED | {"document_reference": reference})

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["document_reference"])


def test_purpose_ground_and_exemption_stay_out_of_the_audit_trail(matching: ServiceUnderTest) -> None:
    new_placement(matching, **RETAINED, exception_ground="hard_to_place")

    kept = audit(matching)
    for private in (*RETAINED.values(), "hard_to_place", "praktik.max_weeks", "ratio.exempt", "'exempt'"):
        assert private not in kept


def test_a25_refused_placement_does_not_outlive_the_consent(matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching)
    match = accepted(matching, add_need(matching), citizen_id)
    placement = posted(matching, "/placements", placement_body(match))
    no = {"party": "employer", "positive": False}
    posted(matching, f"/placements/{placement['id']}/statements", no)
    withdraw(matching, citizen_id)

    seen = matching.call("GET", f"/company-matches/{match['id']}", client="company-a").json
    again = matching.call("POST", "/placements", placement_body(match), client="consultant")
    assert (seen["state"], seen["functional_needs"]) == ("no_longer_available", [])
    assert (again.status_code, again.json["code"]) == (409, "no_longer_available")


def test_a25_waiting_agreement_is_not_made_after_a_withdrawal(matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching)
    match = accepted(matching, add_need(matching), citizen_id)
    path = f"/placements/{posted(matching, '/placements', placement_body(match))['id']}/statements"
    posted(matching, path, {"party": "employer", "positive": True})
    withdraw(matching, citizen_id)
    yes = {"party": "employee_representative", "positive": True}
    late = matching.call("POST", path, yes, client="consultant")

    assert (late.status_code, late.json["code"]) == (409, "no_longer_available")
    assert matching.told(PlacementAgreed) == []
    assert posted(matching, path, yes | {"positive": False})["state"] == "refused"


def test_a25_made_agreement_stands_but_shows_no_needs_any_more(matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching)
    match = accepted(matching, add_need(matching), citizen_id)
    stated(matching, posted(matching, "/placements", placement_body(match)))
    before = matching.call("GET", f"/company-matches/{match['id']}", client="company-a").json
    withdraw(matching, citizen_id)
    after = matching.call("GET", f"/company-matches/{match['id']}", client="company-a").json

    assert (before["state"], before["functional_needs"]) == ("accepted", ["quiet_place"])
    assert (after["state"], after["functional_needs"]) == ("accepted", [])


def test_refused_placement_frees_the_position_until_it_is_agreed_again(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    first = accepted(matching, need, add_candidate(matching))
    placement = posted(matching, "/placements", placement_body(first))
    no = {"party": "employer", "positive": False}
    posted(matching, f"/placements/{placement['id']}/statements", no)
    freed = matching.call("GET", f"/needs/{need['id']}", client="company-a").json
    second = consented(matching, need, add_candidate(matching))
    posted(matching, f"/matches/{second['id']}/answer", {"accepted": True}, "company-a")
    again = matching.call("POST", "/placements", placement_body(first), client="consultant")

    assert (freed["state"], freed["taken"], freed["version"]) == ("open", 0, 3)
    assert (again.status_code, again.json["code"]) == (409, "no_position_left")


def test_first_day_that_began_this_morning_has_passed(matching: ServiceUnderTest) -> None:
    placement = new_placement(matching)
    path = f"/placements/{placement['id']}/statements"
    approved(matching, placement, "citizen", "employer", "mentor", "municipality")
    yes = {"party": "employee_representative", "positive": True}
    with clock.moved_to(danish_time(date(2026, 11, 9), 7, 1)):
        late = matching.call("POST", path, yes, client="consultant")
        again = {"first_day_at": "2026-11-09T07:00:00+01:00"}
        past = matching.call("POST", path, yes | again, client="consultant")
        agreed = posted(matching, path, yes | {"first_day_at": "2026-11-09T09:00:00+01:00"})

    assert (late.status_code, late.json["code"]) == (409, "start_passed")
    assert (past.status_code, list(past.json["errors"])) == (422, ["first_day_at"])
    assert (agreed["state"], agreed["starts_on"]) == ("agreed", "2026-11-09")


def test_first_day_earlier_today_is_refused(matching: ServiceUnderTest) -> None:
    answer = offered(
        matching, {}, starts_on="2026-11-02", ends_on="2026-11-29", first_day_at="2026-11-02T09:59:00+01:00"
    )

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["first_day_at"])

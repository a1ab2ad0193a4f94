"""A person proposes, the candidate consents, the company answers."""

from typing import Any

import pytest

from shared.database import new_id
from shared.events import MatchAccepted, MatchConsented, MatchDeclined, MatchProposed
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    accepted,
    add_candidate,
    add_need,
    consented,
    placement_body,
    posted,
    ranking,
    stated,
    withdraw,
)


def refused(matching: ServiceUnderTest, path: str, body: Any, client: str = "consultant") -> tuple[int, str]:
    answer = matching.call("POST", path, body, client=client)
    return answer.status_code, answer.json["code"]


def test_three_people_say_yes_in_turn(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    match = accepted(matching, need, citizen_id)

    told = matching.told(MatchProposed, MatchConsented, MatchAccepted)
    assert [type(event) for event in told] == [MatchProposed, MatchConsented, MatchAccepted]
    assert {event.citizen_id for event in told} == {citizen_id}
    assert told[0].factors == ("occupation", "distance", "hours", "flexibility", "attention")
    assert match["state"] == "accepted"
    assert matching.call("GET", f"/needs/{need['id']}", client="company-a").json["state"] == "filled"


def test_against_a_hard_rule_only_with_a_reason_that_is_kept(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching, needs=("no_heavy_lifting",))
    body = {"need_id": need["id"], "citizen_id": str(citizen_id)}
    answer = matching.call("POST", "/matches", body, client="consultant")
    overridden = posted(matching, "/matches", body | {"override_reason_code": "adjustment_promised"})

    assert (answer.status_code, answer.json["code"]) == (409, "hard_rule_failed")
    words = "behov uden tilbud: ingen tunge løft / unmet need: no heavy lifting"
    assert answer.json["errors"] == {"adjustments": words}
    assert overridden["failed_rules"] == ["adjustments"]
    assert (overridden["override_reason_code"], overridden["proposed_by"]) == ("adjustment_promised", "consultant")


def test_reason_without_a_failed_rule_is_refused(matching: ServiceUnderTest) -> None:
    body = {"need_id": add_need(matching)["id"], "citizen_id": str(add_candidate(matching))}

    assert refused(matching, "/matches", body | {"override_reason_code": "adjustment_promised"})[0] == 422


def test_nobody_is_proposed_without_consent_whatever_the_reason(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    withdraw(matching, citizen_id)
    body = {"need_id": need["id"], "citizen_id": str(citizen_id), "override_reason_code": "adjustment_promised"}

    assert refused(matching, "/matches", body) == (409, "no_longer_available")
    assert refused(matching, "/matches", body | {"citizen_id": str(new_id())}) == (404, "not_found")


def test_same_candidate_is_proposed_once_until_a_no(matching: ServiceUnderTest) -> None:
    body = {"need_id": add_need(matching)["id"], "citizen_id": str(add_candidate(matching))}
    match = posted(matching, "/matches", body)
    second = refused(matching, "/matches", body)
    no = {"given": False, "how": "phone", "reason_code": "too_far"}
    posted(matching, f"/matches/{match['id']}/consent", no, "adviser")

    assert second == (409, "already_proposed")
    assert posted(matching, "/matches", body)["state"] == "proposed"
    declined = matching.told(MatchDeclined)[0]
    assert (declined.decliner, declined.reason_code) == ("citizen", "too_far")


def test_company_cannot_answer_before_the_consent(matching: ServiceUnderTest) -> None:
    body = {"need_id": add_need(matching)["id"], "citizen_id": str(add_candidate(matching))}
    path = f"/matches/{posted(matching, '/matches', body)['id']}/answer"

    assert refused(matching, path, {"accepted": True}, "company-a") == (404, "not_found")
    assert refused(matching, path, {"accepted": True}) == (409, "not_consented")


def test_company_answers_for_its_own_matches_only(matching: ServiceUnderTest) -> None:
    match = consented(matching, add_need(matching), add_candidate(matching))
    path = f"/matches/{match['id']}/answer"
    no = {"accepted": False, "reason_code": "position_taken"}

    assert refused(matching, path, no, "company-b") == (404, "not_found")
    assert posted(matching, path, no, "company-a")["state"] == "declined"
    assert refused(matching, path, no, "company-a") == (409, "already_answered")


@pytest.mark.parametrize(
    ("step", "body"),
    [("consent", {"given": False, "how": "phone"}), ("answer", {"accepted": True, "reason_code": "other"})],
)
def test_a_no_has_a_reason_and_a_yes_has_none(matching: ServiceUnderTest, step: str, body: Any) -> None:
    match = consented(matching, add_need(matching), add_candidate(matching))

    answer = matching.call("POST", f"/matches/{match['id']}/{step}", body, client="consultant")
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["reason_code"])


def test_citizen_speaks_for_nobody_else(matching: ServiceUnderTest) -> None:
    body = {"need_id": add_need(matching)["id"], "citizen_id": str(add_candidate(matching))}
    path = f"/matches/{posted(matching, '/matches', body)['id']}/consent"

    assert refused(matching, path, {"given": True, "how": "digital"}, "citizen") == (404, "not_found")


def test_second_yes_finds_no_position_left(matching: ServiceUnderTest) -> None:
    need = add_need(matching, positions=1)
    first, second = (consented(matching, need, add_candidate(matching)) for _ in range(2))
    posted(matching, f"/matches/{first['id']}/answer", {"accepted": True}, "company-a")

    path = f"/matches/{second['id']}/answer"
    assert refused(matching, path, {"accepted": True}, "company-a") == (409, "no_position_left")


def test_full_need_is_opened_by_adding_a_position(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    accepted(matching, need, add_candidate(matching))
    path = f"/needs/{need['id']}"

    def change(body: Any, version: str) -> Any:
        return matching.call("PATCH", path, body, client="company-a", If_Match=version)

    full = change({"state": "open"}, '"v2"')
    more = change({"state": "open", "positions": 2}, '"v2"')
    assert (full.status_code, full.json["code"]) == (409, "no_position_left")
    assert full.json["errors"] == {"positions": "Mindst 2. / At least 2."}
    assert (more.json["state"], more.json["taken"]) == ("open", 1)


def test_more_positions_open_a_filled_need_and_fewer_than_taken_are_refused(matching: ServiceUnderTest) -> None:
    need = add_need(matching, positions=2)
    for _ in range(2):
        accepted(matching, need, add_candidate(matching))
    path = f"/needs/{need['id']}"
    filled = matching.call("GET", "/needs?state=filled", client="company-a").json["items"]
    fewer = matching.call("PATCH", path, {"positions": 1}, client="company-a", If_Match='"v3"')
    more = matching.call("PATCH", path, {"positions": 3}, client="company-a", If_Match='"v3"')

    assert [(one["id"], one["taken"]) for one in filled] == [(need["id"], 2)]
    assert (fewer.status_code, list(fewer.json["errors"])) == (422, ["positions"])
    assert more.json["state"] == "open"


@pytest.mark.parametrize(
    ("step", "no"),
    [
        ("consent", {"given": False, "how": "phone", "reason_code": "other_job"}),
        ("answer", {"accepted": False, "reason_code": "position_taken"}),
    ],
)
def test_a_later_no_frees_the_position_and_ends_an_agreement_that_waits(
    matching: ServiceUnderTest, step: str, no: Any
) -> None:
    need = add_need(matching)
    match = accepted(matching, need, add_candidate(matching))
    placement = posted(matching, "/placements", placement_body(match))
    posted(matching, f"/matches/{match['id']}/{step}", no)

    after = matching.call("GET", f"/needs/{need['id']}", client="company-a").json
    ended = matching.call("GET", f"/placements/{placement['id']}", client="consultant").json
    assert (after["state"], after["taken"], after["version"], ended["state"]) == ("open", 0, 3, "refused")
    assert accepted(matching, need, add_candidate(matching))["state"] == "accepted"


def test_a_no_comes_too_late_when_the_agreement_is_made(matching: ServiceUnderTest) -> None:
    match = accepted(matching, add_need(matching), add_candidate(matching))
    stated(matching, posted(matching, "/placements", placement_body(match)))
    no = {"given": False, "how": "phone", "reason_code": "other_job"}

    assert refused(matching, f"/matches/{match['id']}/consent", no) == (409, "already_agreed")


def test_answered_match_cannot_be_consented_again(matching: ServiceUnderTest) -> None:
    match = accepted(matching, add_need(matching), add_candidate(matching))
    yes = {"given": True, "how": "in_person"}

    assert refused(matching, f"/matches/{match['id']}/consent", yes) == (409, "already_answered")


def test_a25_no_consent_after_a_withdrawal(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    match = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(citizen_id)})
    withdraw(matching, citizen_id)
    yes = {"given": True, "how": "in_person"}
    answer = matching.call("POST", f"/matches/{match['id']}/consent", yes, client="adviser")

    assert (answer.status_code, answer.json["code"]) == (409, "no_longer_available")
    assert answer.json["title"] == "Borgeren deltager ikke længere i matchningen."


def test_match_keeps_the_salt_and_the_rows_it_was_scored_by(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    found = ranking(matching, need)
    match = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(citizen_id)})

    assert (match["salt"], match["policies"]) == (found["salt"], found["policies"])
    assert match["salt"] == f"{need['id']}:2026-11-02"
    assert "match.weight[occupation]@2019-06-01" in match["policies"]

"""Jobs that somebody was told to apply for: sent, answered, lapsed, followed up; the evidence says what is there."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from services.intake.models import Citizen
from services.intake.use_cases import referrals
from services.intake.use_cases.erasure import last_heard_of
from shared import clock
from shared.calendar import danish_time
from shared.events import (
    NOTIFICATIONS,
    JobReferralFollowedUp,
    JobReferralLapsed,
    JobReferralMade,
    JobReferralReasonAsked,
    JobReferralReasonGiven,
    NotificationDelivered,
    NotificationFailed,
    NotificationRead,
    NotificationSent,
)
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import register

WEDNESDAY = danish_time(date(2026, 11, 4), 10)
COOK = {"title": "Kok", "employer": "Café Prøve"}
ELEMENTS = [
    "guidance_announced", "guidance_written", "referral_sent", "referral_delivered", "deadline_passed",
    "personal_contact", "reason_asked", "reason_delivered", "heard",
]  # fmt: skip


def told_to_apply(intake: ServiceUnderTest, citizen_id: str, moment: datetime = WEDNESDAY, **changed: Any) -> Any:
    with clock.moved_to(moment):
        answer = intake.call("POST", f"/citizens/{citizen_id}/job-referrals", COOK | changed)
    assert answer.status_code == 201, answer.text
    return answer.json


def at(intake: ServiceUnderTest, day: date, path: str, body: Any = None, client: str = "front-desk") -> Any:
    with clock.moved_to(danish_time(day, 12)):
        return intake.call("POST", path, body, client=client)


def night(intake: ServiceUnderTest, day: date) -> None:
    with clock.moved_to(danish_time(day, 0, 10)), intake.begin() as session:
        referrals.lapse_overdue(session)


def letter(intake: ServiceUnderTest, cause_id: str, template: str, moment: datetime, *steps: str) -> None:
    """What notifications tells of a letter."""
    known: dict[str, Any] = {
        "message_id": uuid4(), "template": template, "channel": "paper", "recipient_kind": "citizen",
        "cause_id": UUID(cause_id),
    }  # fmt: skip
    events = {
        "sent": NotificationSent(**known, at=moment),
        "failed": NotificationFailed(**known, reason_code="no_channel"),
        "delivered": NotificationDelivered(**known, at=moment, how_code="handed_over"),
        "read": NotificationRead(**known, at=moment),
    }
    intake.hear(*(events[step] for step in steps))


def evidence(intake: ServiceUnderTest, referral: Any, day: date) -> Any:
    with clock.moved_to(danish_time(day, 12)):
        return intake.call("GET", f"/job-referrals/{referral['id']}/evidence").json


@pytest.fixture
def citizen_id(intake: ServiceUnderTest) -> str:
    found: str = register(intake)["citizen_id"]
    return found


def test_a08_of_three_referrals_two_are_answered_and_the_third_lapses_onto_the_list(
    intake: ServiceUnderTest, citizen_id: str
) -> None:
    first, second, third = (told_to_apply(intake, citizen_id, title=title) for title in ("Kok", "Tjener", "Bager"))
    assert (third["due_on"], third["due_policy"]) == ("2026-11-11", "job_referral.followup@2019-06-01")
    for answered in (first, second):
        at(intake, date(2026, 11, 10), f"/job-referrals/{answered['id']}/answer", {"result_code": "applied"})

    night(intake, date(2026, 11, 11))
    assert not intake.told(JobReferralLapsed)
    night(intake, date(2026, 11, 12))
    night(intake, date(2026, 11, 13))

    (lapsed,) = intake.told(JobReferralLapsed)
    assert str(lapsed.job_referral_id) == third["id"]
    listed = intake.call("GET", "/job-referrals/to-follow-up").json["items"]
    assert [(one["title"], one["state"]) for one in listed] == [
        ("Kok", "answered"), ("Tjener", "answered"), ("Bager", "lapsed"),
    ]  # fmt: skip


def test_a08_follow_up_by_a_person_takes_it_off_the_list(intake: ServiceUnderTest, citizen_id: str) -> None:
    made = told_to_apply(intake, citizen_id)
    night(intake, date(2026, 11, 12))

    done = at(intake, date(2026, 11, 12), f"/job-referrals/{made['id']}/follow-up", {"result_code": "no_answer"})

    assert (done.json["state"], done.json["result_code"]) == ("followed_up", "no_answer")
    assert intake.call("GET", "/job-referrals/to-follow-up").json["items"] == []
    assert [told.result_code for told in intake.told(JobReferralFollowedUp)] == ["no_answer"]


def test_job_is_told_to_the_letter_writer_alone(intake: ServiceUnderTest, citizen_id: str) -> None:
    told_to_apply(intake, citizen_id)

    (told,) = intake.told(JobReferralMade, opener=NOTIFICATIONS)
    assert (told.job, told.due) == ("Kok, Café Prøve", date(2026, 11, 11))
    assert "Café" not in str(intake.envelopes()[-1]["data"])


def test_own_words_reach_no_event_and_no_change_history(intake: ServiceUnderTest, citizen_id: str) -> None:
    made = told_to_apply(intake, citizen_id)
    body = {"result_code": "could_not", "said": "Jeg havde ondt i ryggen"}
    answer = at(intake, date(2026, 11, 10), f"/job-referrals/{made['id']}/answer", body)

    assert answer.status_code == 201
    assert "ryggen" not in answer.text
    assert "ryggen" not in str(intake.envelopes())
    assert not intake.connection.scalar(text("SELECT count(*) FROM audit WHERE changes::text LIKE '%ryggen%'"))


def test_day_that_has_passed_is_refused(intake: ServiceUnderTest, citizen_id: str) -> None:
    with clock.moved_to(WEDNESDAY):
        body = COOK | {"due_on": "2026-11-03"}
        answer = intake.call("POST", f"/citizens/{citizen_id}/job-referrals", body)

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["due_on"])
    assert not intake.told(JobReferralMade)


def test_letter_is_known_step_by_step_however_often_it_is_told(intake: ServiceUnderTest, citizen_id: str) -> None:
    made = told_to_apply(intake, citizen_id)
    letter(intake, made["id"], "job_referred", WEDNESDAY, "sent", "sent", "delivered", "read")
    letter(intake, str(uuid4()), "visitation_booked", WEDNESDAY, "sent")

    read = intake.call("GET", f"/job-referrals/{made['id']}").json
    assert [(one["template"], one["channel"], one["step"], one["detail_code"]) for one in read["letters"]] == [
        ("job_referred", "paper", "sent", None),
        ("job_referred", "paper", "delivered", "handed_over"),
        ("job_referred", "paper", "read", None),
    ]  # fmt: skip


def test_evidence_begins_with_what_the_desk_gave_and_names_what_is_missing(
    intake: ServiceUnderTest, citizen_id: str
) -> None:
    pack = evidence(intake, told_to_apply(intake, citizen_id), date(2026, 11, 5))

    assert [one["code"] for one in pack["elements"]] == ELEMENTS
    assert pack["whole"] is False
    assert pack["missing"] == [*ELEMENTS[2:5], *ELEMENTS[6:]]
    assert pack["elements"][1]["policy"] == "evidence.guidance_written@2014-01-01"
    assert "LAS § 35(1)" in pack["elements"][1]["source"]


def whole(intake: ServiceUnderTest, citizen_id: str) -> Any:
    """A referral with everything on file by 12 November, and the hearing over by the 27th."""
    made = told_to_apply(intake, citizen_id)
    letter(intake, made["id"], "job_referred", WEDNESDAY, "sent", "delivered")
    night(intake, date(2026, 11, 12))
    asked = at(intake, date(2026, 11, 12), f"/job-referrals/{made['id']}/reason-request", client="adviser")
    assert asked.json["request"]["due_on"] == "2026-11-26"
    (told,) = intake.told(JobReferralReasonAsked)
    day = danish_time(date(2026, 11, 12), 13)
    letter(intake, str(told.reason_request_id), "reason_asked", day, "sent", "delivered")
    return made


def test_evidence_is_whole_when_all_is_there_and_the_time_to_answer_is_over(
    intake: ServiceUnderTest, citizen_id: str
) -> None:
    made = whole(intake, citizen_id)

    assert evidence(intake, made, date(2026, 11, 26))["missing"] == ["heard"]
    assert evidence(intake, made, date(2026, 11, 27)) | {"elements": []} == {
        "whole": True, "missing": [], "elements": [],
    }  # fmt: skip


def test_answer_to_the_question_completes_the_evidence_at_once(intake: ServiceUnderTest, citizen_id: str) -> None:
    made = whole(intake, citizen_id)
    at(intake, date(2026, 11, 13), f"/job-referrals/{made['id']}/reason", {"ground_code": "transport", "said": "Bus"})

    assert evidence(intake, made, date(2026, 11, 13))["whole"] is True
    (asked,), (given,) = intake.told(JobReferralReasonAsked), intake.told(JobReferralReasonGiven)
    assert given == JobReferralReasonGiven(reason_request_id=asked.reason_request_id, citizen_id=UUID(citizen_id))


def test_a_corrected_reason_leaves_the_moment_in_which_the_person_was_heard(
    intake: ServiceUnderTest, citizen_id: str
) -> None:
    made, reason = whole(intake, citizen_id), {"ground_code": "transport", "said": "Bus"}
    at(intake, date(2026, 11, 13), f"/job-referrals/{made['id']}/reason", reason)
    before = evidence(intake, made, date(2026, 11, 30))
    corrected = reason | {"ground_code": "family", "said": "Bus og barn"}
    at(intake, date(2026, 11, 30), f"/job-referrals/{made['id']}/reason", corrected)

    assert (
        intake.connection.scalar(text("SELECT ground_code || ': ' || said FROM reason_request"))
        == "family: Bus og barn"
    )
    assert evidence(intake, made, date(2026, 11, 30)) == before
    assert [one["at"][:10] for one in before["elements"] if one["code"] == "heard"] == ["2026-11-13"]
    assert len(intake.told(JobReferralReasonGiven)) == 1


def test_whoever_is_aktivitetsparat_is_spoken_with_first(intake: ServiceUnderTest, citizen_id: str) -> None:
    made = whole(intake, citizen_id)
    intake.connection.execute(text("UPDATE citizen SET category = 'aktivitetsparat'"))
    before = evidence(intake, made, date(2026, 11, 27))
    at(intake, date(2026, 11, 27), f"/job-referrals/{made['id']}/contact", {"contact_code": "talked"})

    assert before["missing"] == ["personal_contact"]
    assert evidence(intake, made, date(2026, 11, 27))["whole"] is True


def test_guidance_given_only_by_word_of_mouth_keeps_the_evidence_from_being_whole(intake: ServiceUnderTest) -> None:
    spoken = register(intake, guidance={"version": "2026-02", "written": False})
    made = whole(intake, spoken["citizen_id"])

    assert evidence(intake, made, date(2026, 11, 27))["missing"] == ["guidance_written"]


def test_before_the_first_row_nothing_is_configured_and_nothing_whole(
    intake: ServiceUnderTest, citizen_id: str
) -> None:
    made = told_to_apply(intake, citizen_id, danish_time(date(2026, 11, 4), 9))
    long_ago = danish_time(date(2013, 12, 31), 9)
    intake.connection.execute(text("UPDATE job_referral SET made_at = :at"), {"at": long_ago})

    states = {one["state"] for one in evidence(intake, made, date(2026, 11, 27))["elements"]}
    assert states == {"not_configured"}


def test_nobody_is_asked_before_the_day_or_twice_and_only_by_an_adviser(
    intake: ServiceUnderTest, citizen_id: str
) -> None:
    made = told_to_apply(intake, citizen_id)
    path = f"/job-referrals/{made['id']}/reason-request"

    assert at(intake, date(2026, 11, 5), path, client="adviser").json["code"] == "not_due"
    night(intake, date(2026, 11, 12))
    assert at(intake, date(2026, 11, 12), path).status_code == 403
    assert at(intake, date(2026, 11, 12), path, client="adviser").status_code == 201
    assert at(intake, date(2026, 11, 12), path, client="adviser").json["code"] == "asked_already"


def test_mistake_is_withdrawn_and_gone(intake: ServiceUnderTest, citizen_id: str) -> None:
    made = told_to_apply(intake, citizen_id)
    at(intake, date(2026, 11, 4), f"/job-referrals/{made['id']}/withdrawal")
    night(intake, date(2026, 11, 4) + timedelta(days=30))

    assert intake.call("GET", f"/citizens/{citizen_id}/job-referrals").json["items"] == []
    assert not intake.told(JobReferralLapsed)
    again = at(intake, date(2026, 11, 5), f"/job-referrals/{made['id']}/answer", {"result_code": "applied"})
    assert again.status_code == 404


def test_answer_after_the_follow_up_is_refused(intake: ServiceUnderTest, citizen_id: str) -> None:
    made = told_to_apply(intake, citizen_id)
    at(intake, date(2026, 11, 5), f"/job-referrals/{made['id']}/follow-up", {"result_code": "applied"})

    refused = at(intake, date(2026, 11, 5), f"/job-referrals/{made['id']}/answer", {"result_code": "other"})
    assert (refused.status_code, refused.json["code"]) == (409, "followed_up")


def test_somebody_with_a_job_to_apply_for_was_heard_of_that_day(intake: ServiceUnderTest, citizen_id: str) -> None:
    told_to_apply(intake, citizen_id, danish_time(date(2028, 5, 2), 10))
    found = select(last_heard_of).where(Citizen.id == UUID(citizen_id))

    with intake.begin() as session:
        heard = session.scalar(found)
    assert (heard.year, heard.month, heard.day) == (2028, 5, 2)

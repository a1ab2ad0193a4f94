"""The pages about jobs to apply for: the desk's, the evidence, and the citizen's own."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from shared import clock, units
from shared.calendar import danish_time
from shared.events import JobReferralFollowedUp, JobReferralLapsed, JobReferralMade
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import register
from tests.intake.test_job_referrals import COOK, WEDNESDAY, at, letter, night, told_to_apply


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[None]:
    with clock.moved_to(WEDNESDAY):
        yield


@pytest.fixture
def citizen_id(intake: ServiceUnderTest) -> str:
    found: str = register(intake)["citizen_id"]
    return found


@pytest.fixture
def adviser(intake: ServiceUnderTest) -> Browser:
    return intake.browser("adviser", organisation="jobbutikken")


def test_job_is_noted_in_the_talk_and_taken_back_by_the_undo(
    intake: ServiceUnderTest, adviser: Browser, citizen_id: str
) -> None:
    path = f"/borger/{citizen_id}/jobhenvisninger"
    assert "Borgeren er ikke henvist til noget job." in words(adviser.get(path))

    assert adviser.submit(path, COOK).status_code == 303
    shown = adviser.get(path)
    assert "Kok, Café Prøve 4. november 2026 11. november 2026 venter på svar" in words(shown)
    (told,) = intake.told(JobReferralMade)
    assert f"/skranken/jobhenvisning/{told.job_referral_id}/traek-tilbage" in shown.text

    adviser.submit(f"/skranken/jobhenvisning/{told.job_referral_id}/traek-tilbage")
    assert "Borgeren er ikke henvist til noget job." in words(adviser.get(path))


def said_of(intake: ServiceUnderTest, made: Any) -> Any:
    read = intake.call("GET", f"/job-referrals/{made['id']}").json
    return [read[name] for name in ("state", "result_code", "answered_at", "followed_up_at", "contact_code")]


@pytest.mark.parametrize(
    "noted",
    [
        ("svar", {"result_code": "could_not", "said": "Bussen kørte ikke"}),
        ("opfoelgning", {"result_code": "no_answer"}),
        ("kontakt", {"contact_code": "talked"}),
    ],
)
@pytest.mark.parametrize("lapsed", [False, True])
def test_what_staff_note_on_a_job_by_mistake_is_taken_back(
    intake: ServiceUnderTest, adviser: Browser, citizen_id: str, noted: tuple[str, dict[str, str]], lapsed: bool
) -> None:
    made = told_to_apply(intake, citizen_id)
    if lapsed:
        night(intake, date(2026, 11, 12))
    page, before = f"/skranken/jobhenvisning/{made['id']}", said_of(intake, made)
    adviser.submit(f"{page}/{noted[0]}", noted[1])
    assert said_of(intake, made) != before

    assert adviser.submit(*offered(adviser.get(page).text)).status_code == 303
    assert said_of(intake, made) == before
    assert "Bussen" not in adviser.get(page).text


def test_follow_up_taken_back_leaves_the_answer_or_the_follow_up_before_it(
    intake: ServiceUnderTest, adviser: Browser, citizen_id: str
) -> None:
    made = told_to_apply(intake, citizen_id)
    page = f"/skranken/jobhenvisning/{made['id']}"
    own(intake, citizen_id).submit(f"/min-side/job/{made['id']}/svar", {"result_code": "applied"})
    stands = []
    for codes in (["no_answer"], ["no_answer", "other"]):
        for code in codes:
            adviser.submit(f"{page}/opfoelgning", {"result_code": code})
        adviser.submit(*offered(adviser.get(page).text))
        stands.append(said_of(intake, made)[:2])

    assert stands == [["answered", "applied"], ["followed_up", "no_answer"]]


def test_follow_up_that_another_corrected_is_not_taken_back(
    intake: ServiceUnderTest, adviser: Browser, citizen_id: str
) -> None:
    made = told_to_apply(intake, citizen_id)
    page = f"/skranken/jobhenvisning/{made['id']}"
    adviser.submit(f"{page}/opfoelgning", {"result_code": "no_answer"})
    undo = offered(adviser.get(page).text)
    adviser.submit(f"{page}/opfoelgning", {"result_code": "other"})

    assert adviser.submit(*undo).status_code == 409
    assert said_of(intake, made)[:2] == ["followed_up", "other"]


def test_follow_up_of_a_lapsed_job_taken_back_is_told_as_waiting_again(
    intake: ServiceUnderTest, adviser: Browser, citizen_id: str
) -> None:
    made = told_to_apply(intake, citizen_id)
    night(intake, date(2026, 11, 12))
    adviser.submit(f"/skranken/jobhenvisning/{made['id']}/opfoelgning", {"result_code": "no_answer"})
    adviser.submit(*offered(adviser.get(f"/skranken/jobhenvisning/{made['id']}").text))

    told = intake.told(JobReferralLapsed, JobReferralFollowedUp)
    assert [type(one) for one in told] == [JobReferralLapsed, JobReferralFollowedUp, JobReferralLapsed]
    assert [one["id"] for one in intake.call("GET", "/job-referrals/to-follow-up").json["items"]] == [made["id"]]


def test_staff_do_not_take_back_what_the_citizen_answered(intake: ServiceUnderTest, citizen_id: str) -> None:
    made = told_to_apply(intake, citizen_id)
    own(intake, citizen_id).submit(f"/min-side/job/{made['id']}/svar", {"result_code": "applied"})

    refused = intake.call("POST", f"/job-referrals/{made['id']}/undo", {"act": "answer", "version": 2})
    assert (refused.status_code, said_of(intake, made)[:2]) == (409, ["answered", "applied"])


def test_form_without_a_title_keeps_what_was_typed(adviser: Browser, citizen_id: str) -> None:
    answer = adviser.submit(f"/borger/{citizen_id}/jobhenvisninger", {"employer": "Café Prøve"})

    assert answer.status_code == 422
    assert "Stilling: Mangler." in words(answer)
    assert 'value="Café Prøve"' in answer.text


def test_a08_consultant_sees_the_lapsed_job_on_the_list(intake: ServiceUnderTest, citizen_id: str) -> None:
    told_to_apply(intake, citizen_id)
    night(intake, date(2026, 11, 12))
    consultant = intake.browser("company_consultant", organisation="jobbutikken")

    shown = words(consultant.get("/skranken/jobhenvisninger"))
    assert "Nancy Ann Test Berggren Kok, Café Prøve 11. november 2026 dagen er passeret –" in shown


def test_evidence_says_whole_or_not_and_that_nothing_is_decided(
    intake: ServiceUnderTest, adviser: Browser, citizen_id: str
) -> None:
    made = told_to_apply(intake, citizen_id)
    letter(intake, made["id"], "job_referred", WEDNESDAY, "sent")

    shown = words(adviser.get(f"/skranken/jobhenvisning/{made['id']}/grundlag"))
    assert "Grundlaget er ikke helt Det mangler: Kvittering for, at henvisningen kom frem " in shown
    assert "Vejledningen er givet skriftligt findes 2. november 2026 LAS § 35, stk. 1" in shown
    assert "Systemet afgør og foreslår ikke noget." in shown


def test_other_unit_gives_a_purpose_first(intake: ServiceUnderTest, citizen_id: str) -> None:
    with intake.begin() as session:
        units.put(session, UUID(citizen_id), "ungeenheden")
    made = told_to_apply(intake, citizen_id)
    stranger = intake.browser("adviser", organisation="jobbutikken")

    for path in (f"/borger/{citizen_id}/jobhenvisninger", f"/skranken/jobhenvisning/{made['id']}"):
        assert "Kok" not in stranger.get(path).text
    asked = stranger.submit(f"/skranken/jobhenvisning/{made['id']}/opfoelgning", {"result_code": "other"})
    assert asked.status_code == 403


def own(intake: ServiceUnderTest, citizen_id: str) -> Browser:
    return intake.browser("citizen", subject=citizen_id)


def test_citizen_answers_in_their_own_words_and_staff_read_them(
    intake: ServiceUnderTest, adviser: Browser, citizen_id: str
) -> None:
    made = told_to_apply(intake, citizen_id)
    me = own(intake, citizen_id)
    assert "Kok, Café Prøve" in words(me.get("/min-side/job"))

    answer = me.submit(f"/min-side/job/{made['id']}/svar", {"result_code": "could_not", "said": "Bussen kørte ikke"})

    assert answer.status_code == 303
    assert "Dit svar kunne ikke søge Med dine egne ord Bussen kørte ikke" in words(me.get("/min-side/job"))
    assert "Bussen kørte ikke" in words(adviser.get(f"/skranken/jobhenvisning/{made['id']}"))


def test_citizen_reaches_nobody_elses_job(intake: ServiceUnderTest, citizen_id: str) -> None:
    made = told_to_apply(intake, citizen_id)
    other = register(intake, cpr="150277-9995", name="Ruddi Test", email=None, phone=None)
    somebody = own(intake, other["citizen_id"])

    assert somebody.submit(f"/min-side/job/{made['id']}/svar", {"result_code": "applied"}).status_code == 404


def test_question_and_its_answer_on_my_page(intake: ServiceUnderTest, citizen_id: str) -> None:
    made: Any = told_to_apply(intake, citizen_id)
    night(intake, date(2026, 11, 12))
    at(intake, date(2026, 11, 12), f"/job-referrals/{made['id']}/reason-request", client="adviser")
    me = own(intake, citizen_id)
    with clock.moved_to(danish_time(date(2026, 11, 13), 9)):
        me = own(intake, citizen_id)
        assert "Du kan svare til og med 26. november 2026." in words(me.get("/min-side/job"))
        answered = me.submit(f"/min-side/job/{made['id']}/grund", {"ground_code": "not_received"})

    assert answered.status_code == 303
    assert intake.call("GET", f"/job-referrals/{made['id']}").json["request"]["ground_code"] == "not_received"

"""The inbox in the product: what waits for whom, what settles it, and what each reader has read."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from shared import clock
from shared.events import (
    CaseTaken,
    CitizenUnitChanged,
    CompanyMessageTakenBack,
    CompanyRequestReceived,
    Event,
    JobReferralLapsed,
    MatchAccepted,
    VisitationNotMissed,
)
from tests.browser import offered, words
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.story import CITIZEN, COMPANY, MATCH, MONDAY, PLACEMENT, REFERRAL
from tests.notifications.test_alarms import ended, raised

INBOX, CVR, PLACE, NEED = "/beskeder/indbakke", "90000009", "1000000001", UUID(int=43)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def known(post: NotificationsUnderTest) -> NotificationsUnderTest:
    """A citizen of the Jobbutik, and a company with a need at one of its places."""
    post.hear(story.citizen(), story.company(), CitizenUnitChanged(citizen_id=CITIZEN, unit_code="jobbutikken"))
    post.hear(CompanyRequestReceived(
        need_id=NEED, company_id=COMPANY, p_number=PLACE, occupation="x", employment_form="ordinary",
        weekly_hours_min=1, weekly_hours_max=2,
    ))  # fmt: skip
    return post


def accepted() -> MatchAccepted:
    return MatchAccepted(match_id=MATCH, need_id=NEED, citizen_id=CITIZEN, company_id=COMPANY)


def lapsed() -> JobReferralLapsed:
    return JobReferralLapsed(job_referral_id=REFERRAL, citizen_id=CITIZEN, due=MONDAY.date())


def waiting(service: NotificationsUnderTest, role: str, **who: Any) -> str:
    told = {"organisation": "jobbutikken"} | who
    return words(service.browser(role, **told).get(INBOX))


TAKEN = CaseTaken(placement_id=PLACEMENT, citizen_id=CITIZEN, owner="x")
TASKS: list[tuple[str, Event, Event, str]] = [
    ("adviser", story.missed(), VisitationNotMissed(no_show_id=story.NO_SHOW, citizen_id=CITIZEN), "kom ikke til"),
    ("front_desk", story.missed(), story.visitation(), "kom ikke til"),
    ("job_consultant", lapsed(), story.job_followed_up("applied"), "er ikke fulgt op"),
    ("company_consultant", accepted(), story.match_declined("company"), "har sagt ja"),
    (
        "job_consultant",
        story.placement(),
        CaseTaken(placement_id=PLACEMENT, citizen_id=CITIZEN, owner="x"),
        "ansvarlig",
    ),
    ("company_consultant", story.company_wrote(), story.company_message(), "En virksomhed har skrevet"),
    ("job_consultant", story.forum_line(), story.forum_line_passed(state="stopped"), "skal gives videre"),
    ("leader", raised(), ended("safe"), "Lovens frist"),
]


@pytest.mark.parametrize(("role", "told", "settled", "says"), TASKS)
def test_what_waits_is_there_until_the_event_that_settles_it(
    known: NotificationsUnderTest, role: str, told: Event, settled: Event, says: str
) -> None:
    known.hear(told)
    assert says in waiting(known, role)

    known.hear(settled, version=2)
    assert "Intet venter på dig." in waiting(known, role)
    assert says in words(known.browser(role, organisation="jobbutikken").get(f"{INBOX}?vis=cleared"))


def taken_back(*, unanswered: bool) -> CompanyMessageTakenBack:
    return CompanyMessageTakenBack(
        message_id=story.company_wrote().message_id, company_id=COMPANY, unanswered=unanswered
    )


def tags(service: NotificationsUnderTest, shown: str) -> list[str]:
    page = service.browser("company_consultant", organisation="jobbutikken").get(f"{INBOX}?vis={shown}")
    return re.findall("(Ulæst|Klaret|Trukket tilbage) *<", page.text.partition("<tbody>")[2])


def test_what_a_company_takes_back_waits_no_more_and_says_so_among_what_is_done(known: NotificationsUnderTest) -> None:
    known.hear(story.company_wrote())
    assert tags(known, "open") == ["Ulæst"]

    known.hear(taken_back(unanswered=False), version=2)
    assert tags(known, "open") == []
    assert tags(known, "cleared") == ["Trukket tilbage"]


def test_what_a_company_takes_back_of_more_leaves_the_rest_waiting(known: NotificationsUnderTest) -> None:
    known.hear(story.company_wrote(), taken_back(unanswered=True))

    assert tags(known, "open") == ["Ulæst"]


def test_an_answer_that_is_taken_back_leaves_what_it_answered_waiting(known: NotificationsUnderTest) -> None:
    known.hear(story.company_wrote(), story.company_message())
    assert tags(known, "cleared") == ["Klaret"]

    known.hear(taken_back(unanswered=True))
    assert tags(known, "open") == ["Ulæst"]


def test_what_was_answered_stays_so_when_something_later_is_taken_back(known: NotificationsUnderTest) -> None:
    known.hear(story.company_wrote(), story.company_message(), taken_back(unanswered=False))

    assert tags(known, "cleared") == ["Klaret"]


def test_a33_what_is_taken_back_may_be_heard_first(known: NotificationsUnderTest) -> None:
    with clock.moved_to(MONDAY.replace(hour=12)):
        known.hear(taken_back(unanswered=False), version=2)
    known.hear(story.company_wrote())

    assert tags(known, "open") == []


def test_a33_what_settles_it_may_come_first(known: NotificationsUnderTest) -> None:
    with clock.moved_to(MONDAY.replace(hour=12)):
        known.hear(story.job_followed_up("applied"), version=2)
    known.hear(lapsed())

    assert "Intet venter på dig." in waiting(known, "adviser")


def test_another_unit_hears_nothing_of_it_and_another_role_neither(known: NotificationsUnderTest) -> None:
    known.hear(story.missed())

    assert "Intet venter" in waiting(known, "adviser", organisation="ungeenheden")
    assert "Intet venter" in waiting(known, "job_consultant")


def test_a_company_sees_its_own_proposals_and_its_places_only(known: NotificationsUnderTest) -> None:
    known.hear(story.match_consented())

    assert "venter på jeres svar" in waiting(known, "company_employee", organisation=CVR)
    assert "venter på jeres svar" in waiting(known, "company_employee", organisation=CVR, p_numbers=(PLACE,))
    assert "Intet venter" in waiting(known, "company_employee", organisation=CVR, p_numbers=("1099990099",))
    assert "Intet venter" in waiting(known, "company_employee", organisation="90000012")
    page = known.browser("company_employee", organisation=CVR).get(INBOX).text
    assert str(CITIZEN) not in page
    assert "Nancy" not in page
    known.hear(accepted())
    assert "Intet venter" in waiting(known, "company_employee", organisation=CVR)


def test_read_is_the_readers_own_and_can_be_taken_back(known: NotificationsUnderTest) -> None:
    known.hear(story.missed(), lapsed())
    reader = known.browser("adviser", organisation="jobbutikken")
    assert "2 ulæste" in words(reader.get("/beskeder/kort/indbakke"))
    listed = known.call("GET", "/inbox", client="adviser").json["items"]

    done = reader.submit(f"{INBOX}/markering", {"ids": listed[0]["id"], "read": "true"})
    assert "1 ulæste" in words(reader.get("/beskeder/kort/indbakke"))
    assert "2 ulæste" in words(known.browser("adviser", organisation="jobbutikken").get("/beskeder/kort/indbakke"))
    reader.submit(*offered(reader.get(done.location).text))
    assert "2 ulæste" in words(reader.get("/beskeder/kort/indbakke"))


def test_the_door_lists_marks_and_hides_what_is_not_the_callers(known: NotificationsUnderTest) -> None:
    known.hear(story.missed())
    (item,) = known.call("GET", "/inbox?shown=unread", client="adviser").json["items"]
    marked = known.call("POST", "/inbox/marks", {"ids": [item["id"]], "read": True}, client="adviser")

    assert (item["kind"], item["path"], item["read"]) == ("visitation_missed", f"/borger/{CITIZEN}", False)
    assert marked.json == {"unread": 0}
    assert known.call("GET", "/inbox?shown=unread", client="adviser").json["items"] == []
    stranger = known.call("POST", "/inbox/marks", {"ids": [item["id"]], "read": True}, client="company-a")
    assert stranger.status_code == 404
    by_hand = known.call("POST", "/inbox/done", {"id": item["id"]}, client="adviser")
    assert (by_hand.status_code, by_hand.json["code"]) == (409, "settles_itself")


def test_a_message_that_no_channel_takes_waits_at_the_desk_until_it_is_printed(
    known: NotificationsUnderTest, catcher: Catcher
) -> None:
    catcher.refused.add("kalender@eksempelby.example")
    known.hear(story.search_alerted())
    known.work()
    (item,) = known.call("GET", "/inbox").json["items"]
    assert item["kind"] == "message_lost"

    desk = known.browser("front_desk")
    done = desk.submit(f"{INBOX}/klaret", {"id": item["id"]})
    assert known.call("GET", "/inbox").json["items"] == []
    desk.submit(*offered(desk.get(done.location).text))
    assert [one["id"] for one in known.call("GET", "/inbox").json["items"]] == [item["id"]]

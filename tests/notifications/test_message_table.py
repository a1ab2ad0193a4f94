"""The table of messages: every event that should reach someone has a row, and every row is played to its channel."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deploy import messages as document
from services.notifications.rules import letters, table
from services.notifications.rules.table import Rule
from shared import clock
from shared.events import (
    AccessEnded,
    AgreementAsked,
    AgreementClosed,
    AgreementExpiring,
    CaseTaken,
    CentreOfferOver,
    CentrePlaceOffered,
    CitizenChannelsChanged,
    CitizenErased,
    CitizenMerged,
    CitizenRegistered,
    CitizenUnitChanged,
    CompanyMessageReceived,
    CompanyMessageSent,
    CompanyMessageTakenBack,
    CompanyRegistered,
    CompanyRequestReceived,
    CompanySeatCalledOff,
    CompanySeatMovedUp,
    CompanySeatRestored,
    CvDeadlineReminded,
    CvDeadlineSet,
    EducationGuidanceReferred,
    Event,
    FollowUpHeld,
    FollowUpMoved,
    FollowUpPlanned,
    FollowUpTrailAnchored,
    ForumLineDecided,
    ForumLineReceived,
    ForumSeatCalledOff,
    ForumSeatMovedUp,
    ForumSeatRestored,
    InterviewCalledOff,
    InterviewInvited,
    InterviewSelfBooked,
    InterviewSummoned,
    JobReferralFollowedUp,
    JobReferralLapsed,
    JobReferralMade,
    JobReferralReasonAsked,
    JobReferralReasonGiven,
    MatchAccepted,
    MatchConsented,
    MatchDeclined,
    MatchMeetingCancelled,
    MatchMeetingSet,
    MatchProposed,
    MatchReopened,
    MentorAssigned,
    MentorContactTold,
    MentorLinkTaken,
    MentorRecognised,
    NeedReadBack,
    PlacementAgreed,
    PlacementConcluded,
    PromiseAlarmEnded,
    PromiseAlarmRaised,
    PulseAsked,
    PulseWithdrawn,
    SearchAlerted,
    StraksaktiveringReferred,
    VisitationBooked,
    VisitationCancelled,
    VisitationHeld,
    VisitationMissed,
    VisitationMoved,
    VisitationNotMissed,
    heard_by,
)
from tests.browser import words
from tests.notifications import forum_story, story
from tests.notifications.post import CALM, NotificationsUnderTest
from tests.notifications.story import MONDAY
from tests.notifications.test_alarms import ended, raised
from tests.notifications.test_centre_offers import TAKEN_BACK
from tests.notifications.test_moved_visitations import cancelled, moved

# What is heard for our own books: addresses, borders, erasure, seals.
NOBODY_HEARS = {
    CitizenRegistered, CitizenChannelsChanged, CitizenUnitChanged, CompanyRegistered, AccessEnded, CitizenErased,
    AgreementClosed, CitizenMerged, FollowUpTrailAnchored, MatchReopened, MentorContactTold,
    MentorLinkTaken, MentorRecognised, PulseWithdrawn, VisitationNotMissed, CompanyMessageTakenBack,
}  # fmt: skip
# What is told in the product alone (rules/notices.py), or tells whose a thing is.
IN_THE_INBOX = {
    MatchAccepted, JobReferralLapsed, CaseTaken, CompanyRequestReceived, MentorAssigned, CompanyMessageReceived,
    ForumLineReceived,
}  # fmt: skip
# What is heard so that nobody is reminded of it.
ENDS = {VisitationHeld, FollowUpHeld, PlacementConcluded, JobReferralReasonGiven}
TOLD: dict[type[Event], tuple[Event, ...]] = {
    VisitationBooked: (story.visitation(),),
    VisitationMoved: (moved(),),
    VisitationCancelled: (cancelled(starts_at=datetime(2026, 11, 9, 8, 0, tzinfo=UTC)),),
    VisitationMissed: (story.missed(),),
    StraksaktiveringReferred: (story.referral(),),
    EducationGuidanceReferred: (story.education(),),
    CvDeadlineSet: (story.cv_day(),),
    CvDeadlineReminded: (story.cv_reminder(),),
    JobReferralMade: (story.job_referral(),),
    JobReferralFollowedUp: (story.job_referral(), story.job_followed_up("withdrawn")),
    JobReferralReasonAsked: (story.reason_question(),),
    MatchProposed: (story.match_proposed(),),
    MatchConsented: (story.match_consented(),),
    MatchDeclined: (story.match_proposed(), story.match_consented(), story.match_declined("clock")),
    MatchMeetingSet: (story.meeting_set(),),
    MatchMeetingCancelled: (story.meeting_set(), story.meeting_cancelled()),
    SearchAlerted: (story.search_alerted(),),
    AgreementAsked: (story.asked(),),
    AgreementExpiring: (story.asked(), story.expiring()),
    CentrePlaceOffered: (story.centre_offered(),),
    CentreOfferOver: (story.centre_offered(), TAKEN_BACK),
    PlacementAgreed: (story.placement(),),
    FollowUpPlanned: (story.placement(), story.plan()),
    FollowUpMoved: (story.placement(), story.moved()),
    InterviewInvited: (story.to_book(),),
    InterviewSummoned: (story.summoned(),),
    InterviewSelfBooked: (story.self_booked(),),
    InterviewCalledOff: (story.talk_off(),),
    NeedReadBack: (story.read_back(),),
    CompanyMessageSent: (story.company_message(),),
    ForumLineDecided: (story.forum_line_passed(), story.forum_line_passed(by_company=False)),
    ForumSeatMovedUp: (story.forum_seat(),),
    CompanySeatMovedUp: (story.company_seat(),),
    ForumSeatCalledOff: (forum_story.event_off(),),
    CompanySeatCalledOff: (forum_story.company_event_off(),),
    ForumSeatRestored: (forum_story.event_off(), forum_story.event_on()),
    CompanySeatRestored: (forum_story.company_event_off(), forum_story.company_event_on()),
    PulseAsked: (story.placement(), story.pulse()),
    PromiseAlarmRaised: (raised(),),
    PromiseAlarmEnded: (raised(), ended("safe")),
}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def test_every_event_that_is_heard_has_a_row_or_is_for_our_own_books() -> None:
    with_rows = {event for rule in table.RULES for event in rule.events}

    assert with_rows | NOBODY_HEARS | ENDS | IN_THE_INBOX == set(heard_by("notifications"))
    assert not with_rows & (NOBODY_HEARS | ENDS)
    assert with_rows == set(TOLD)


def test_every_template_that_is_written_has_one_row() -> None:
    written = {path.name.rsplit(".", 2)[0] for path in letters.TEMPLATES.glob("*.*.txt") if path.name.count(".") == 3}

    assert sorted(rule.name for rule in table.RULES) == sorted(written)


ROWS = [(rule, event) for rule in table.RULES for event in rule.events]


@pytest.mark.parametrize(("rule", "event"), ROWS, ids=lambda one: getattr(one, "name", None) or one.__name__)
def test_what_a_row_says_reaches_its_recipient_by_a_channel_of_the_row(
    post: NotificationsUnderTest, rule: Rule, event: type[Event]
) -> None:
    post.hear(story.citizen(), story.company())
    for version, told in enumerate(TOLD[event], start=1):
        post.hear(told, version=version)
        if not rule.before:
            post.work(later=2 * version * CALM)
    due = [one for one in post.planned() if (one.template, one.recipient_kind) == (rule.template, rule.kind)]
    if rule.before:
        post.work()
        with clock.moved_to(due[0].next_try_at or MONDAY):
            post.work(later=timedelta(minutes=75))

    reached = {
        (one.channel, one.state) for one in post.messages() if (one.template, one.recipient_kind) == (
            rule.template, rule.kind)
    }  # fmt: skip
    assert reached == {("email", "sent")}


def test_without_its_row_a_letter_is_not_written(post: NotificationsUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    without = {name: rule for name, rule in table._BY_NAME.items() if name != ("placement_agreed", "company")}
    monkeypatch.setattr(table, "_BY_NAME", without)
    post.hear(story.citizen(), story.company(), story.placement())

    assert sorted(message.recipient_kind for message in post.messages()) == ["citizen", "mentor"]


def test_document_is_what_the_table_says() -> None:
    assert Path(document.FILE).read_text(encoding="utf-8") == document.document()


def test_staff_and_ops_read_the_table_as_page_and_json(post: NotificationsUnderTest) -> None:
    shown = words(post.browser("ops").get("/beskeder/regler"))
    items = post.call("GET", "/message-rules").json["items"]

    assert (
        "Plan for samtaler Virksomhed FollowUpPlanned Når det er sket E-mail, Sms, Papir Kan vente Ja Ordentlige tider"
        in shown
    )
    assert "E-mail 07:00 til 21:00" in shown
    assert len(items) == len(table.RULES)
    assert items[0] == {
        "events": ["VisitationBooked"], "template": "visitation_booked", "recipient_kind": "citizen",
        "before_minutes": None, "channels": ["digital_post", "email", "sms", "paper"], "urgency": 1, "merges": False,
        "quiet": True, "optional": False, "topic": "letters",
    }  # fmt: skip
    assert post.browser("citizen").get("/beskeder/regler").status_code == 403

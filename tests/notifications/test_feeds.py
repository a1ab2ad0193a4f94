"""A consultant's talks in their own calendar: a private address, and nobody named."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import text

from shared import clock
from shared.events import CaseTaken, FollowUpHeld, PlacementConcluded
from tests.browser import Browser, offered, words
from tests.notifications import story
from tests.notifications.post import NotificationsUnderTest
from tests.notifications.story import CITIZEN, MIDPOINT, MONDAY, PLACEMENT

PAGE, TAKEN = "/beskeder/kalender", CaseTaken(placement_id=PLACEMENT, citizen_id=CITIZEN, owner="viggo")


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def followed(post: NotificationsUnderTest) -> NotificationsUnderTest:
    """A plan of talks of a case that Viggo has."""
    post.hear(story.citizen(), story.company(), story.placement(), TAKEN, story.plan())
    return post


def viggo(service: NotificationsUnderTest) -> Browser:
    return service.browser("job_consultant", subject="viggo", organisation="jobbutikken")


def address(service: NotificationsUnderTest) -> str:
    shown = words(viggo(service).submit(PAGE))
    return "/beskeder/kalender/" + shown.partition("/beskeder/kalender/")[2].split(" ")[0]


def fetched(service: NotificationsUnderTest, path: str, **headers: str) -> Any:
    return service.browser().get(path, **headers)


def events(answer: Any) -> dict[str, Any]:
    return {str(one["UID"]).partition("@")[0]: one for one in Calendar.from_ical(answer.text).walk("VEVENT")}


def test_own_talks_with_initials_place_and_time_and_no_name(followed: NotificationsUnderTest) -> None:
    answer = fetched(followed, address(followed))
    talk = events(answer)[str(MIDPOINT)]

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert (str(talk["SUMMARY"]), str(talk["LOCATION"])) == ("Samtale, N.A.B.", "Grønt & Godt ApS")
    assert talk["DTSTART"].dt.astimezone(UTC) == datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
    for hidden in ("Nancy", "Berggren", "Mia", "Carl", str(CITIZEN), "midpoint", "praktik"):
        assert hidden not in answer.text


def test_somebody_protected_is_the_number_of_the_case(followed: NotificationsUnderTest) -> None:
    followed.hear(story.channels(protected=True), version=2)

    assert str(events(fetched(followed, address(followed)))[str(MIDPOINT)]["SUMMARY"]) == "Samtale, forløb 000D"


def test_a_talk_that_moves_moves_and_one_that_is_off_is_cancelled(followed: NotificationsUnderTest) -> None:
    path = address(followed)
    with clock.moved_to(MONDAY + timedelta(hours=1)):
        followed.hear(story.moved())
        moved = events(fetched(followed, path))[str(MIDPOINT)]
    assert (moved["SEQUENCE"], moved["DTSTART"].dt.astimezone(UTC).day) == (1, 18)
    followed.hear(story.plan())
    assert events(fetched(followed, path))[str(MIDPOINT)]["SEQUENCE"] == 1

    with clock.moved_to(MONDAY + timedelta(hours=2)):
        followed.hear(FollowUpHeld(
            contact_id=MIDPOINT, placement_id=PLACEMENT, citizen_id=CITIZEN, contact_kind="midpoint", held_at=MONDAY
        ))  # fmt: skip
        followed.hear(concluded())
        after = events(fetched(followed, path))
    assert [one.get("STATUS") for one in after.values()] == [None, "CANCELLED"]


def concluded() -> PlacementConcluded:
    known = {"placement_id": PLACEMENT, "citizen_id": CITIZEN, "outcome_code": "ended"}
    return PlacementConcluded(**(dict.fromkeys(one.name for one in fields(PlacementConcluded)) | known))


def test_a_colleagues_talks_are_theirs_and_follow_the_case(followed: NotificationsUnderTest) -> None:
    path = address(followed)
    followed.hear(CaseTaken(placement_id=PLACEMENT, citizen_id=CITIZEN, owner="rune"), version=2)

    assert events(fetched(followed, path)) == {}


def test_what_has_not_changed_is_not_sent_again_and_nobody_else_keeps_it(followed: NotificationsUnderTest) -> None:
    path = address(followed)
    first = fetched(followed, path)
    again = fetched(followed, path, If_None_Match=first.headers["ETag"])

    assert (again.status_code, again.text) == (304, "")
    assert first.headers["Cache-Control"] == "private, no-cache"
    followed.hear(story.moved())
    assert fetched(followed, path, If_None_Match=first.headers["ETag"]).status_code == 200


def test_the_address_is_renewed_turned_off_and_on_and_grows_old(followed: NotificationsUnderTest) -> None:
    old, new = address(followed), address(followed)
    assert [fetched(followed, one).status_code for one in (old, new)] == [404, 200]
    kept = str(followed.connection.execute(text("SELECT code_hash, owner FROM calendar_feed")).all())
    assert new.partition("kalender/")[2].removesuffix(".ics") not in kept

    own = viggo(followed)
    done = own.submit(f"{PAGE}/sluk")
    assert fetched(followed, new).status_code == 404
    own.submit(*offered(own.get(done.location).text))
    assert fetched(followed, new).status_code == 200
    with clock.moved_to(MONDAY + timedelta(days=366)):
        assert fetched(followed, new).status_code == 404


def test_the_door_makes_and_turns_off(followed: NotificationsUnderTest) -> None:
    assert followed.call("GET", "/calendar-feed", client="consultant").json == {"made_at": None, "off_at": None}
    made = followed.call("POST", "/calendar-feed", client="consultant").json
    path = made["address"].removeprefix(followed.settings.public_url)

    assert fetched(followed, path).status_code == 200
    assert followed.call("POST", "/calendar-feed/off", client="consultant").json["off_at"]
    assert fetched(followed, path).status_code == 404
    assert followed.call("POST", "/calendar-feed/off", client="consultant").status_code == 409
    assert followed.call("POST", "/calendar-feed/on", client="consultant").json["off_at"] is None

"""A mentor sees their placement by the link that the job consultant made, and nobody else does."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from shared import clock
from shared.calendar import danish_time
from shared.events import MentorLinkTaken
from tests.browser import Browser, words
from tests.followup.telling import MENTOR, PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

TODAY = danish_time(date(2026, 11, 23), 10)
OWN = f"/opfoelgning/forloeb/{PLACEMENT}"


@pytest.fixture
def followed(followup: ServiceUnderTest) -> ServiceUnderTest:
    followup.hear(citizen(), company(), placement())
    return followup


def invitation(followed: ServiceUnderTest) -> str:
    """The code of a fresh link."""
    made = followed.call("POST", f"/placements/{PLACEMENT}/mentor-invitations", client="consultant")
    return str(made.json["code"])


def take(mentor: Browser, code: str) -> int:
    return mentor.submit("/opfoelgning/mentor", {"code": code}).status_code


def test_the_link_opens_the_placement_to_whoever_signs_in_with_it(followed: ServiceUnderTest) -> None:
    mentor, code = followed.browser("mentor"), invitation(followed)
    before = mentor.get(OWN).status_code

    assert mentor.get(f"/opfoelgning/mentor?code={code}").status_code == 303
    assert (before, take(mentor, code), mentor.get(OWN).status_code) == (404, 303, 200)
    assert followed.told(MentorLinkTaken)[0].mentor_id == MENTOR


def test_a_link_is_for_one_person(followed: ServiceUnderTest) -> None:
    first, second, code = followed.browser("mentor"), followed.browser("mentor"), invitation(followed)
    take(first, code)

    assert (take(second, code), second.get(OWN).status_code) == (409, 404)
    assert take(first, code) == 303


def test_a_link_is_over_in_time(followed: ServiceUnderTest) -> None:
    with clock.moved_to(TODAY):
        code = invitation(followed)
    with clock.moved_to(TODAY + timedelta(days=14, minutes=1)):
        answer = followed.browser("mentor").submit("/opfoelgning/mentor", {"code": code})

    assert answer.status_code == 409
    assert "Linket er brugt eller udløbet." in words(answer)


def test_a_guessed_code_opens_nothing(followed: ServiceUnderTest) -> None:
    assert take(followed.browser("mentor"), "a" * 32) == 409


def test_the_link_is_shown_once_and_kept_as_a_hash(followed: ServiceUnderTest) -> None:
    page = followed.browser("job_consultant").submit(f"{OWN}/mentor")
    code = page.text.split("/opfoelgning/mentor?code=")[1].split("<")[0].strip()
    kept = followed.connection.scalar(text("SELECT to_jsonb(mentor_invitation)::text FROM mentor_invitation"))

    assert code not in str(kept)
    assert take(followed.browser("mentor", subject=str(uuid4())), code) == 303


@pytest.mark.parametrize("role", ["mentor", "citizen", "company_employee", "partner"])
def test_only_who_follows_the_placement_makes_links(followed: ServiceUnderTest, role: str) -> None:
    assert followed.browser(role).submit(f"{OWN}/mentor").status_code == 403

"""Lists of the desk and of the data-protection officer that grow with the town: fifty at a time, and nothing unsaid."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from services.intake.queries.numbered import MOST
from shared import clock
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.intake.test_promise_pages import LATER, MANY, many_came, names, pages_of

OFFICER = "data_protection_officer"
REFERRED = """
    INSERT INTO job_referral (id, citizen_id, title, employer, made_at, made_by, due_on, state, version)
    SELECT gen_random_uuid(), id, 'Kok', 'Kantinen', '2026-10-01T10:00Z', 'adviser', '2026-10-08', 'lapsed', 1
    FROM citizen
"""
CVS = """
    INSERT INTO cv_deadline (id, citizen_id, contact_id, group_code, due_on, policy, state, set_at, version)
    SELECT gen_random_uuid(), id, gen_random_uuid(), 'dagpenge', '2026-10-08', 'cv.deadline[dagpenge]@2020-01-01',
        'missed', '2026-10-01T10:00Z', 1 FROM citizen
"""
ERASURES = """
    INSERT INTO erasure (id, citizen_id, classes, policies, reason_code, announced_at, due_on)
    SELECT gen_random_uuid(), id, '{case}', '{}', 'kept_long_enough', '2026-10-01T10:00Z', '2026-12-01' FROM citizen
"""


@pytest.fixture
def many(intake: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """Many came, and wait."""
    many_came(intake)
    with clock.moved_to(LATER):
        yield intake


@pytest.mark.parametrize(
    ("role", "path", "rows"),
    [
        ("front_desk", "/skranken/jobhenvisninger", REFERRED),
        ("front_desk", "/skranken/cv", CVS),
        (OFFICER, "/indsigt/sletning", ERASURES),
    ],
)
def test_a_long_list_leads_on_to_all_it_holds(
    many: ServiceUnderTest,
    role: str,
    path: str,
    rows: str,
) -> None:
    many.connection.execute(text(rows))
    browser = many.browser(role, organisation="jobbutikken")
    first, second, beyond = (browser.get(f"{path}?side={number}") for number in (1, 2, 9))

    shown = [set(names(words(page))) for page in (first, second)]
    assert ([len(page) for page in shown], len(shown[0] | shown[1])) == ([MOST, MANY - MOST], MANY)
    assert f'href="{path}?side=2" rel="next"' in first.text
    assert f'href="{path}" rel="prev"' in second.text
    assert 'rel="next"' not in second.text
    assert set(names(words(beyond))) == shown[0]


def test_the_board_counts_all_who_wait_and_leads_on_to_them(many: ServiceUnderTest) -> None:
    desk = many.browser("front_desk", organisation="jobbutikken")
    first, second, part = (desk.get(f"/skranken{at}venter={page}&day=2026-11-09") for at, page in
                           (("?", 1), ("?", 2), ("/tavle?", 2)))  # fmt: skip

    shown = [set(names(words(page))) for page in (first, second)]
    assert ([len(page) for page in shown], len(shown[0] | shown[1])) == ([MOST, MANY - MOST], MANY)
    for page in (first, second):
        assert re.search(rf"Venter på en tid {MANY} .*Målet er ikke nået {MANY} ", words(page))
    assert 'href="/skranken?day=2026-11-09&amp;venter=2" rel="next"' in first.text
    assert 'href="/skranken?day=2026-11-09" rel="prev"' in second.text
    assert "/skranken/tavle?day=2026-11-09&amp;venter=2" in second.text
    assert set(names(words(part))) == shown[1]
    assert ('data-key="b"' in first.text, 'data-key="b"' in second.text) == (True, False)


@pytest.mark.parametrize(
    ("path", "count"), [("/first-contacts/waiting?", MANY + 1), ("/job-referrals/to-follow-up?", MANY)]
)
def test_programs_are_told_of_the_page_that_follows(many: ServiceUnderTest, path: str, count: int) -> None:
    many.connection.execute(text(REFERRED))
    (first, more), (second, yet_more) = pages_of(many, path)

    assert (len(set(first)), len(set(second)), more, yet_more) == (MOST, count - MOST, True, False)
    assert not set(first) & set(second)

"""When intake tells that a person is erased, matching's copies go, and what stays leads back to nobody."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared.events import CitizenErased
from tests.house import ServiceUnderTest
from tests.matching.factories import new_placement, stated
from tests.scan import found_in

EVERYTHING = ("case", "contact", "health_function", "identity", "placement", "wishes")
COUNTS = text("""
    SELECT (SELECT count(*) FROM wishes_copy), (SELECT count(*) FROM match), (SELECT count(*) FROM placement),
           (SELECT count(*) FROM statement), (SELECT count(*) FROM ratio_check), (SELECT count(*) FROM need)
""")


@pytest.fixture
def placed(matching: ServiceUnderTest) -> UUID:
    """A citizen with an agreed placement."""
    stated(matching, new_placement(matching))
    return UUID(str(matching.connection.scalar(text("SELECT citizen_id FROM placement"))))


def erased(matching: ServiceUnderTest, person: UUID, *classes: str) -> None:
    matching.hear(CitizenErased(citizen_id=person, classes=classes))


def counts(matching: ServiceUnderTest) -> tuple[Any, ...]:
    return tuple(matching.connection.execute(COUNTS).one())


def test_identity_takes_every_way_back_and_leaves_the_placement(matching: ServiceUnderTest, placed: UUID) -> None:
    assert {"match", "placement", "wishes_copy", "outbox", "audit"} <= set(
        found_in(matching.connection, "matching", [str(placed)])
    )

    erased(matching, placed, "contact", "health_function", "identity", "wishes")

    assert set(found_in(matching.connection, "matching", [str(placed)])) <= {"lookup", "idempotency"}
    assert counts(matching) == (0, 1, 1, 5, 2, 1)
    kept = matching.connection.execute(text("SELECT disclosed_needs, state FROM match")).one()
    assert tuple(kept) == ([], "accepted")


def test_everything_takes_the_match_the_agreement_and_its_statements(matching: ServiceUnderTest, placed: UUID) -> None:
    erased(matching, placed, *EVERYTHING)

    assert counts(matching) == (0, 0, 0, 0, 2, 1)


def test_needs_alone_are_emptied_where_they_stood(matching: ServiceUnderTest, placed: UUID) -> None:
    erased(matching, placed, "health_function")

    needs = matching.connection.execute(text("SELECT needs, disclosed_needs FROM wishes_copy, match")).one()
    assert (tuple(needs), counts(matching)) == (([], []), (1, 1, 1, 5, 2, 1))
    assert matching.connection.scalar(text("SELECT citizen_id FROM match")) == placed


def test_told_twice_it_changes_nothing_more(matching: ServiceUnderTest, placed: UUID) -> None:
    erased(matching, placed, *EVERYTHING)
    erased(matching, placed, *EVERYTHING)

    assert counts(matching) == (0, 0, 0, 0, 2, 1)

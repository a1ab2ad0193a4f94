"""What matching keeps of what intake tells, in whatever order it comes."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import text

from services.matching import consumer, queries
from shared import clock
from shared.database import new_id
from shared.envelope import Received, Trace
from shared.errors import Reject
from shared.events import CitizenChannelsChanged, CitizenRegistered
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    AALBORG,
    HERLEV,
    HOTEL_CLEANER,
    add_candidate,
    add_need,
    assessed,
    listed,
    ranking,
    registered,
    wishes,
)

CITIZEN = new_id()
MOVED = CitizenChannelsChanged(
    citizen_id=CITIZEN,
    language="da",
    interpreter=False,
    digital_post_exempt=False,
    protected=False,
    postal_code=AALBORG,
)


def rows(matching: ServiceUnderTest, table: str, columns: str = "citizen_id") -> list[tuple[object, ...]]:
    return [tuple(row) for row in matching.connection.execute(text(f"SELECT {columns} FROM {table}"))]  # noqa: S608


KNOWN = "citizen_id, version, protected, postal_code, name"


def test_a33_older_version_after_a_newer_is_ignored(matching: ServiceUnderTest) -> None:
    matching.hear(MOVED, version=3)
    matching.hear(registered(CITIZEN), version=1)
    matching.hear(wishes(CITIZEN, travel_km_max=30), version=2)
    matching.hear(wishes(CITIZEN, travel_km_max=10), version=1)

    assert rows(matching, "citizen_copy", KNOWN) == [(CITIZEN, 3, False, AALBORG, None)]
    assert matching.connection.scalar(text("SELECT travel_km_max FROM wishes_copy")) == 30


def test_a33_second_delivery_changes_nothing(matching: ServiceUnderTest) -> None:
    for _ in range(2):
        matching.hear(registered(CITIZEN), wishes(CITIZEN))

    assert len(rows(matching, "citizen_copy")) == len(rows(matching, "wishes_copy")) == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a33_order_between_the_kinds_of_event_does_not_matter(
    matching: ServiceUnderTest, order: tuple[int, ...]
) -> None:
    need = add_need(matching)
    events = (registered(CITIZEN), assessed(CITIZEN, "jobparat"), wishes(CITIZEN, occupations=(HOTEL_CLEANER,)))
    for index in order:
        matching.hear(events[index])

    assert listed(ranking(matching, need)) == [str(CITIZEN)]
    assert ranking(matching, need)["items"][0]["score"] == 1050


def test_a33_newest_category_counts_whichever_visitation_it_comes_from(matching: ServiceUnderTest) -> None:
    matching.hear(assessed(CITIZEN, "jobparat"), version=3)
    matching.hear(assessed(CITIZEN, "aktivitetsparat"), version=2)

    with matching.begin() as session:
        assert queries.category(session, CITIZEN) == "jobparat"


def test_a_batch_of_registrations_is_two_statements_whatever_its_size(matching: ServiceUnderTest) -> None:
    batch = [
        Received(
            event_id=new_id(),
            event=registered(new_id()),
            version=1,
            time=clock.now(),
            trace=Trace(correlation_id="batch"),
        )
        for _ in range(200)
    ]
    seen: list[str] = []
    sql_event.listen(matching.connection, "before_cursor_execute", lambda *given: seen.append(given[2]))
    with matching.begin() as session:
        before = len(seen)
        consumer.HANDLERS[CitizenRegistered](session, batch)
        # Who of them is somebody else by now, and the rows.
        assert len(seen) - before == 2

    assert len(rows(matching, "citizen_copy")) == 200


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"availability": ("mon 15:00-07:00",)}, "availability: a window that cannot be read"),
        ({"availability": ("mandag formiddag",)}, "availability: a window that cannot be read"),
        ({"needs": ("quiet_place", "f32_1")}, "needs: a code that is not on the list"),
        ({"licences": ("pilot",)}, "licences: a code that is not on the list"),
        ({"forms": ("anything",)}, "forms: a code that is not on the list"),
    ],
)
def test_wishes_that_cannot_be_read_are_refused_and_hurt_nobody_else(
    matching: ServiceUnderTest, changed: dict[str, Any], reason: str
) -> None:
    need, good = add_need(matching), add_candidate(matching)
    with pytest.raises(Reject, match=reason) as refused:
        matching.hear(wishes(new_id(), **changed))

    assert "f32_1" not in str(refused.value)
    assert listed(ranking(matching, need)) == [str(good)]


def test_a25_withdrawal_counts_also_where_the_rest_cannot_be_read(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    gone = wishes(citizen_id, consent_to_matching=False, needs=("f32_1",), availability=("mon 15:00-07:00",))
    matching.hear(gone, version=2)

    assert (ranking(matching, need)["items"], ranking(matching, need)["excluded"]) == ([], {})
    assert matching.connection.scalar(text("SELECT needs || availability FROM wishes_copy")) == []


def test_wishes_without_a_postal_code_are_kept(matching: ServiceUnderTest) -> None:
    matching.hear(wishes(CITIZEN, postal_code=None))

    assert ranking(matching, add_need(matching))["excluded"] == {"travel": 1}


def test_name_is_kept_for_staff_and_goes_when_the_person_is_protected(matching: ServiceUnderTest) -> None:
    matching.hear(replace(registered(CITIZEN), name="Åse Ærlig"), version=1)
    told = rows(matching, "citizen_copy", KNOWN)
    matching.hear(replace(MOVED, protected=True, name="Åse Ærlig"), version=2)

    assert told == [(CITIZEN, 1, False, HERLEV, "Åse Ærlig")]
    assert rows(matching, "citizen_copy", KNOWN)[0][-1] is None


def test_no_channel_is_kept(matching: ServiceUnderTest) -> None:
    names = matching.connection.scalars(
        text("SELECT column_name FROM information_schema.columns WHERE table_name LIKE '%\\_copy'")
    )

    assert not {"email", "phone", "cpr", "birth_date", "language"} & set(names)

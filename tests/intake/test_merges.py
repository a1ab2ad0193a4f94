"""Two records of one person become one: everything moves, the old id leads on, nothing is half done."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from services.intake.use_cases import contacts, merges, slots
from shared import clock, lookups, units
from shared.database import new_id
from shared.events import (
    AccessEnded,
    CitizenChannelsChanged,
    CitizenErased,
    CitizenMerged,
    CitizenUnitChanged,
    JobWishesRecorded,
    MatchDeclined,
    MatchProposed,
    ReadinessAssessed,
)
from tests.browser import Browser
from tests.house import ServiceUnderTest
from tests.intake.test_erasure import at, match, night
from tests.intake.test_first_contact import MONDAY, WALK_IN, register
from tests.intake.test_visitation import WISHES
from tests.scan import found_in

REPLACEMENT = "851248-1230"
TABLES = ("first_contact", "visitation", "job_wishes", "engagement", "erasure", "citizen_unit")


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def two(intake: ServiceUnderTest) -> tuple[UUID, UUID]:
    """Nancy by a replacement number, then by her own: (the right one, the one that goes)."""
    gone = register(intake, cpr=REPLACEMENT, name="Nancy Bergren", email=None, phone="20 12 34 99")["citizen_id"]
    return UUID(register(intake)["citizen_id"]), UUID(gone)


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk")


def merge(intake: ServiceUnderTest, keep: UUID, gone: UUID, **changed: Any) -> None:
    with intake.begin() as session:
        sides = [merges.side(session, one) for one in (keep, gone)]
        fields = merges.differing(*sides)
        merges.merge(session, keep, gone, **{
            "versions": {side.citizen.id: side.citizen.version for side in sides},
            "chosen": dict.fromkeys([*fields, "wishes", "booking"], keep) | changed.pop("chosen", {}),
            "other_cpr_is_theirs": True, "by": "frida",
        } | changed)  # fmt: skip


def rows_of(intake: ServiceUnderTest, citizen_id: UUID) -> dict[str, int]:
    counted = {
        table: intake.connection.scalar(
            text(f"SELECT count(*) FROM {table} WHERE citizen_id = :who"),  # noqa: S608
            {"who": citizen_id},
        )
        for table in TABLES
    }
    return {table: int(count) for table, count in counted.items() if count}


def lived(intake: ServiceUnderTest, citizen_id: UUID) -> None:
    """Wishes, a match, an announced erasure, and a unit."""
    assert intake.call("POST", f"/citizens/{citizen_id}/job-wishes", WISHES).status_code == 201
    intake.hear(match(MatchProposed, citizen_id, new_id(), occupation="x", factors=()))
    with intake.begin() as session:
        session.execute(_ERASURE, {"id": new_id(), "who": citizen_id})
        units.put(session, citizen_id, "jobbutikken")


_ERASURE = text(
    "INSERT INTO erasure (id, citizen_id, classes, policies, reason_code, announced_at, due_on) "
    "VALUES (:id, :who, '{wishes}', '{}', 'inactive', now(), '2031-01-01')"
)


def test_everything_moves_and_the_old_record_is_a_trace(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    lived(intake, gone)
    merge(intake, keep, gone)

    assert rows_of(intake, gone) == {}
    assert rows_of(intake, keep) == {
        "first_contact": 2, "visitation": 2, "job_wishes": 1, "engagement": 1, "erasure": 1,
    }  # fmt: skip
    trace = intake.connection.execute(text("SELECT id, into_id, merged_by FROM citizen_merge")).one()
    assert tuple(trace) == (gone, keep, "frida")
    assert intake.connection.scalars(text("SELECT id FROM citizen")).all() == [keep]


def test_the_unit_that_was_chosen_holds_and_is_told(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    lived(intake, gone)
    merge(intake, keep, gone, chosen={"unit_code": gone})

    assert (rows_of(intake, gone), rows_of(intake, keep)["citizen_unit"]) == ({}, 1)
    assert intake.told(CitizenUnitChanged) == [CitizenUnitChanged(citizen_id=keep, unit_code="jobbutikken")]


def test_both_have_the_same_things_and_none_gets_in_the_way(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    lived(intake, keep)
    lived(intake, gone)
    merge(intake, keep, gone)

    assert rows_of(intake, keep) == {
        "first_contact": 2, "visitation": 2, "job_wishes": 1, "engagement": 2, "erasure": 2, "citizen_unit": 1,
    }  # fmt: skip


def test_change_history_tells_what_was_moved(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    merge(intake, keep, gone)

    moved = text(
        "SELECT table_name, verb FROM audit "
        "WHERE changes -> 'citizen_id' = jsonb_build_array(cast(:gone AS text), cast(:keep AS text)) ORDER BY 1"
    )
    found = intake.connection.execute(moved, {"gone": str(gone), "keep": str(keep)}).all()
    assert ("first_contact", "update") in [tuple(row) for row in found]


def test_only_the_chosen_talk_stays_on_and_the_other_is_cancelled(
    intake: ServiceUnderTest, two: tuple[UUID, UUID]
) -> None:
    keep, gone = two
    talks = {row.citizen_id: row.id for row in intake.connection.execute(text("SELECT citizen_id, id FROM visitation"))}
    merge(intake, keep, gone, chosen={"booking": gone})

    found = intake.connection.execute(text("SELECT id, state, cancelled_by FROM visitation ORDER BY state")).all()
    assert [tuple(row) for row in found] == [(talks[gone], "booked", None), (talks[keep], "cancelled", "staff")]
    taken = intake.connection.scalars(text("SELECT visitation_id FROM slot WHERE visitation_id IS NOT NULL")).all()
    assert taken == [talks[gone]]
    (told,) = intake.told(CitizenMerged)
    assert (told.from_id, told.into_id, told.freed_visitation_id) == (gone, keep, talks[keep])


def test_the_other_services_hear_anew_who_it_is(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    lived(intake, gone)
    before = len(intake.told())
    merge(intake, keep, gone, chosen={"phone": gone})

    merged, channels, wishes = intake.told()[before:]
    assert [type(one) for one in (merged, channels, wishes)] == [
        CitizenMerged, CitizenChannelsChanged, JobWishesRecorded,
    ]  # fmt: skip
    (heard, _) = intake.told(CitizenMerged, CitizenChannelsChanged, opener="notifications")[-2:]
    assert heard.into_id == channels.citizen_id == wishes.citizen_id == keep
    assert intake.told(CitizenChannelsChanged, opener="notifications")[-1].phone == "+4520123499"


def test_category_that_was_decided_is_told_again(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    talk = intake.connection.scalar(text("SELECT id FROM visitation WHERE citizen_id = :who"), {"who": gone})
    assert intake.call("POST", f"/visitations/{talk}/outcome", {}, client="adviser").status_code == 201
    merge(intake, keep, gone, chosen={"category": gone})

    told = intake.told(ReadinessAssessed)[-1]
    assert (told.citizen_id, told.visitation_id, told.category) == (keep, talk, "jobparat")


@pytest.mark.parametrize("theirs", [True, False])
def test_other_number_leads_to_the_person_only_if_it_is_theirs(
    intake: ServiceUnderTest, two: tuple[UUID, UUID], theirs: bool
) -> None:
    keep, gone = two
    merge(intake, keep, gone, other_cpr_is_theirs=theirs)

    again = register(intake, cpr=REPLACEMENT, name="Nancy Bergren")
    assert again["known_before"] is theirs
    assert (again["citizen_id"] == str(keep)) is theirs


def test_number_of_the_one_that_goes_can_be_the_right_one(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    merge(intake, gone, keep, chosen={"cpr": keep}, other_cpr_is_theirs=False)

    assert register(intake)["citizen_id"] == str(gone)
    assert register(intake, cpr=REPLACEMENT, name="En anden")["known_before"] is False


def test_old_id_leads_on_at_every_door(intake: ServiceUnderTest, two: tuple[UUID, UUID], desk: Browser) -> None:
    keep, gone = two
    merge(intake, keep, gone)

    card = desk.get(f"/borger/{gone}?x=1")
    assert (card.status_code, card.location) == (308, f"/borger/{keep}?x=1")
    sent = desk.submit(f"/borger/{gone}/kanaler", {"name": "Nancy", "version": "1"})
    assert (sent.status_code, sent.location) == (308, f"/borger/{keep}/kanaler")
    door = intake.call("GET", f"/citizens/{gone}")
    assert (door.status_code, door.location) == (308, f"/api/intake/v1/citizens/{keep}")
    assert desk.get(f"/borger/{uuid4()}").status_code == 404


def test_looks_at_the_old_record_are_looks_at_the_person(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    intake.call("GET", f"/citizens/{gone}")
    merge(intake, keep, gone)

    with intake.begin() as session:
        assert sum(look["times"] for look in lookups.who_looked(session, keep)["items"]) == 3
        assert len(lookups.search(session, subject=gone)["items"]) == 3


def test_late_word_of_the_old_record_is_about_the_person(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    which = new_id()
    merge(intake, keep, gone)
    intake.hear(match(MatchProposed, gone, which, occupation="x", factors=()))
    intake.hear(match(MatchDeclined, gone, which, decliner="citizen", reason_code="other"), version=2)

    rows = intake.connection.execute(text("SELECT citizen_id, is_open FROM engagement")).all()
    assert [tuple(row) for row in rows] == [(keep, False)]


def test_merged_twice_leads_to_who_stayed_at_last(
    intake: ServiceUnderTest, two: tuple[UUID, UUID], desk: Browser
) -> None:
    keep, gone = two
    last = UUID(register(intake, cpr="150277-9995", name="Nancy B")["citizen_id"])
    merge(intake, keep, gone)
    merge(intake, last, keep)

    assert desk.get(f"/borger/{gone}").location == f"/borger/{last}"
    assert register(intake, cpr=REPLACEMENT)["citizen_id"] == str(last)


def test_failure_on_the_way_leaves_both_as_they_were(
    intake: ServiceUnderTest, two: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, gone = two
    lived(intake, gone)
    before = rows_of(intake, gone), len(intake.told())

    def fails(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(merges, "_tell", fails)
    with pytest.raises(RuntimeError):
        merge(intake, keep, gone)

    assert (rows_of(intake, gone), len(intake.told())) == before
    assert intake.connection.scalar(text("SELECT count(*) FROM citizen_merge")) == 0
    assert intake.connection.scalar(text("SELECT count(*) FROM citizen")) == 2
    assert intake.connection.scalar(text("SELECT count(*) FROM slot WHERE visitation_id IS NOT NULL")) == 2


def test_sessions_of_the_old_record_end(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    with intake.begin() as session:
        session.execute(_SIGN_IN, {"id": new_id(), "who": str(gone), "ends": MONDAY + timedelta(hours=1)})
    merge(intake, keep, gone)

    assert len(intake.told(AccessEnded)) == 1
    rows = intake.connection.execute(text("SELECT subject, end_reason FROM sign_in")).all()
    assert [tuple(row) for row in rows] == [(str(keep), "merged")]


_SIGN_IN = text(
    "INSERT INTO sign_in (id, subject, kind, roles, assurance, started_at, ends_at) "
    "VALUES (:id, :who, 'citizen', '{citizen}', 'substantial', :ends, :ends)"
)


def test_s41_erasure_finds_the_old_record_too(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    for one in two:
        intake.call("POST", f"/citizens/{one}/job-wishes", WISHES | {"needs": ["quiet_place"]})
    merge(intake, keep, gone)
    night(intake, at(2031, 12, 1), at(2032, 1, 2))

    assert [told.citizen_id for told in intake.told(CitizenErased)][-1] == keep
    needles = [str(keep), str(gone), "Bergren", WALK_IN["cpr"]]
    assert set(found_in(intake.connection, "intake", needles)) <= {"lookup", "outbox", "idempotency"}
    assert not any(str(gone) in str(event) for event in intake.envelopes())


def test_merged_while_the_desk_registers_by_the_old_number(intake: ServiceUnderTest, two: tuple[UUID, UUID]) -> None:
    keep, gone = two
    merge(intake, keep, gone)
    with intake.begin() as session:
        slots.stock_slots(session)
        made = contacts.register_first_contact(session, **(WALK_IN | {"cpr": REPLACEMENT, "phone": None}))

    assert made["citizen_id"] == keep

"""Activation at once inside the talk: places by day, held with a time-out, given once; reasons said as codes."""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.intake.use_cases import contacts, places, slots, visitations
from shared import clock
from shared.database import Database
from shared.errors import Refused
from shared.events import NOTIFICATIONS, EducationGuidanceReferred, PrivateProviderChosen, StraksaktiveringReferred
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN, register
from tests.intake.test_merges import merge
from tests.intake.test_visitation import HOSTS, REFERRAL, hold

ONE_A_DAY = {"places": [1, 1, 1, 1, 1, 0, 0]}
STAY = {"host_code": "park-og-vej", "starts_at": "2026-11-04T08:00:00+01:00", "weeks": 1}
CHAIRS = 8


@pytest.fixture
def desk(intake: ServiceUnderTest) -> ServiceUnderTest:
    """A public host with one place a day, and a private one without any set up."""
    ids = [intake.call("POST", "/hosts", host, client="adviser").json["id"] for host in HOSTS]
    assert intake.call("POST", f"/hosts/{ids[0]}/places", ONE_A_DAY, client="adviser").status_code == 200
    return intake


def talk(intake: ServiceUnderTest, number: int = 0, **changed: Any) -> str:
    """The path of somebody's visitation; each number is somebody else."""
    cpr = f"750501{number:04d}"
    return f"/visitations/{register(intake, cpr=cpr, email=None, phone=None, **changed)['visitation']['id']}"


def held(intake: ServiceUnderTest, path: str, minutes: int = 0, **changed: Any) -> Any:
    with clock.moved_to(MONDAY + timedelta(minutes=minutes)):
        return intake.call("POST", f"{path}/place", STAY | changed, client="adviser")


def test_last_place_that_is_held_is_free_again_after_the_time_out(desk: ServiceUnderTest) -> None:
    first, second = talk(desk, 1), talk(desk, 2)

    assert held(desk, first).json["held_until"].startswith("2026-11-02T09:20:00")
    refused = held(desk, second, minutes=14)
    assert (refused.status_code, refused.json["code"]) == (409, "place_full")
    assert held(desk, second, minutes=16).status_code == 201


def test_next_best_is_offered_where_the_first_choice_is_full(desk: ServiceUnderTest) -> None:
    held(desk, talk(desk, 1))
    with clock.moved_to(MONDAY):
        listed = desk.call("GET", "/hosts/offers?starts_on=2026-11-04&weeks=1")
    assert listed.status_code == 200, listed.text
    shown = [(one["host"]["code"], one["free"], one["next_day"]) for one in listed.json["items"]]
    assert shown == [("vestkystens-smede", True, None), ("park-og-vej", False, "2026-11-11")]


def test_closed_day_weekend_and_public_holiday_have_no_place(desk: ServiceUnderTest) -> None:
    host = next(one for one in desk.call("GET", "/hosts").json["items"] if one["places"])
    desk.call("POST", f"/hosts/{host['id']}/places", ONE_A_DAY | {"closed_days": ["2026-11-04"]}, client="adviser")
    path = talk(desk, 1)

    for day in ("2026-11-04", "2026-11-07"):
        assert held(desk, path, starts_at=f"{day}T08:00:00+01:00").json["code"] == "place_full"
    assert held(desk, path, starts_at="2026-11-05T08:00:00+01:00").status_code == 201


def test_a05_held_place_becomes_the_persons_in_the_same_visitation(desk: ServiceUnderTest) -> None:
    first, second = talk(desk, 1), talk(desk, 2)
    held(desk, first)
    assert hold(desk, first, referral=REFERRAL | {"weeks": 1}).status_code == 201

    refused = hold(desk, second, referral=REFERRAL | {"weeks": 1})
    assert (refused.status_code, refused.json["code"]) == (409, "place_full")
    assert held(desk, second, minutes=60).json["code"] == "place_full"
    assert len(desk.told(StraksaktiveringReferred)) == 1


def test_a06_place_is_taken_for_all_the_weeks_that_the_row_of_the_start_allows(desk: ServiceUnderTest) -> None:
    first, second = talk(desk, 1), talk(desk, 2)
    assert hold(desk, first, referral=REFERRAL | {"weeks": 14}).status_code == 201

    full = held(desk, second, starts_at="2026-11-30T08:00:00+01:00")
    assert full.json["code"] == "place_full"


def test_another_place_than_the_first_choice_has_a_reason(desk: ServiceUnderTest) -> None:
    path, other = talk(desk, 1), REFERRAL | {"first_choice_code": "vestkystens-smede"}
    refused = hold(desk, path, referral=other)
    accepted = hold(desk, path, referral=other | {"choice_reason_code": "distance"})

    assert (refused.json["code"], list(refused.json["errors"])) == ("choice_reason_missing", ["choice_reason_code"])
    assert accepted.json["referral"]["choice_reason_code"] == "distance"


def test_private_provider_needs_a_special_challenge_and_the_bus_hears_its_code(desk: ServiceUnderTest) -> None:
    path = talk(desk, 1)
    private = REFERRAL | {"offer_type": "private_provider", "host_code": "vestkystens-smede"}
    refused = hold(desk, path, referral=private)
    accepted = hold(desk, path, referral=private | {"provider_reason_code": "language"})

    assert (refused.json["code"], refused.json["policy"]) == (
        "provider_reason_missing", "private_provider.reason@2019-06-01",
    )  # fmt: skip
    assert accepted.status_code == 201
    assert [told.reason_code for told in desk.told(PrivateProviderChosen)] == ["language"]


def test_group_that_is_not_configured_is_refused_and_integration_is_included(desk: ServiceUnderTest) -> None:
    sick = hold(desk, talk(desk, 1, applied_for="sygedagpenge"), referral=REFERRAL)
    newcomer = hold(desk, talk(desk, 2, applied_for="integration"), referral=REFERRAL)

    assert (sick.json["code"], sick.json["policy"]) == ("group_not_included", "straksaktivering.groups@2019-06-01")
    assert newcomer.status_code == 201


def test_young_person_is_referred_to_education_guidance_and_an_older_one_is_not(desk: ServiceUnderTest) -> None:
    young = register(desk, cpr="310397-9995", email=None, phone=None)["visitation"]["id"]
    assert hold(desk, f"/visitations/{young}", education_guidance=True).status_code == 201
    refused = hold(desk, talk(desk, 1), education_guidance=True)

    (told,) = desk.told(EducationGuidanceReferred, opener=NOTIFICATIONS)
    assert (told.guide_ref, told.due.isoformat()) == ("ungeenheden", "2026-11-09")
    assert (refused.json["code"], refused.json["policy"]) == ("not_young", "youth.age_limit@2014-01-01")


def test_visitation_without_a_referral_lets_its_place_go(desk: ServiceUnderTest) -> None:
    first, second = talk(desk, 1), talk(desk, 2)
    held(desk, first)
    hold(desk, first)

    assert held(desk, second).status_code == 201


def test_only_an_adviser_holds_a_place(desk: ServiceUnderTest) -> None:
    assert desk.call("POST", f"{talk(desk, 1)}/place", STAY).status_code == 403


def test_a05_last_place_of_a_day_is_given_once_in_a_rush(busy_world: World) -> None:
    database = Database(busy_world.settings["intake"])
    given = {"code": "rush", "name": "Rush", "public": True, "place_code": "jobbutik"}
    with clock.moved_to(MONDAY):
        with database.begin(actor="test") as session:
            slots.stock_slots(session)
            host = visitations.add_host(session, **given)
            places.edit(session, host.id, places=[1] * 7, closed_days=[])
        talks = [_came(database, number) for number in range(CHAIRS)]
        won, lost = [], []

        def chair(number: int) -> None:
            try:
                with database.begin(actor=f"chair-{number}") as session:
                    places.hold(session, talks[number], host_code="rush", starts_at=MONDAY + timedelta(days=2), weeks=1)
                won.append(number)
            except Refused as refused:
                lost.append(refused.code)

        rush = [threading.Thread(target=chair, args=(number,)) for number in range(CHAIRS)]
        for thread in rush:
            thread.start()
        for thread in rush:
            thread.join()
    with database.begin(actor="test") as session:
        kept = session.scalar(text("SELECT count(*) FROM place JOIN host ON host.id = host_id WHERE code = 'rush'"))
    database.close()

    assert (len(won), kept, set(lost)) == (1, 1, {"place_full"})


def _came(database: Database, number: int) -> UUID:
    who = WALK_IN | {"cpr": f"760601{number:04d}", "email": None, "phone": None}
    with database.begin(actor="test") as session:
        found: UUID = contacts.register_first_contact(session, **who)["visitation"].id
    return found


def test_a_place_held_in_a_talk_that_a_merge_gives_up_is_free_again(desk: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        one, other = (register(desk, cpr=f"750501{number:04d}", email=None, phone=None) for number in (1, 2))
        path = f"/visitations/{one['visitation']['id']}"
        assert held(desk, path).status_code == 201
        keep, gone = (UUID(made["citizen_id"]) for made in (one, other))
        merge(desk, keep, gone, chosen={"booking": gone})

    assert desk.connection.scalar(text("SELECT count(*) FROM place")) == 0


def test_a_place_held_in_a_talk_that_is_cancelled_is_free_at_once(desk: ServiceUnderTest) -> None:
    first, second = talk(desk, 1), talk(desk, 2)
    assert held(desk, first).status_code == 201
    with clock.moved_to(MONDAY):
        assert desk.call("POST", f"{first}/cancellation").status_code in (200, 201)

    assert held(desk, second).status_code == 201

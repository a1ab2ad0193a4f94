"""The visitation at the doors: a person decides, activation at once follows, and the bus hears codes only."""

from datetime import date, datetime
from typing import Any

import pytest

from services.intake.use_cases import slots
from shared import clock
from shared.calendar import danish_time
from shared.events import MATCHING, JobWishesRecorded, ReadinessAssessed, StraksaktiveringReferred, VisitationHeld
from shared.occupations import occupations
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN, register

HOSTS = (
    {"code": "park-og-vej", "name": "Park og Vej", "public": True, "place_code": "materielgaarden"},
    {"code": "vestkystens-smede", "name": "Vestkystens Smede", "public": False, "place_code": "havnen"},
)
REFERRAL = {
    "offer_type": "nytteindsats", "host_code": "park-og-vej", "starts_at": "2026-11-04T08:00:00+01:00", "weeks": 4,
}  # fmt: skip
WISHES = {
    "occupations": ["3f2a6a5e-0000-4000-8000-000000000001"],
    "forms": ["ordinary", "small_job"],
    "weekly_hours_min": 10,
    "weekly_hours_max": 20,
    "availability": ["mon 08:00-15:00", "tue 08:00-15:00"],
    "travel_km_max": 20,
    "needs": ["quiet_place"],
    "consent_to_matching": True,
}
TURNS_30_ON_31_MARCH_2027 = {"cpr": "310397-9995", "qualifying_education": False}


@pytest.fixture
def desk(intake: ServiceUnderTest) -> ServiceUnderTest:
    """Intake with a public and a private host."""
    for host in HOSTS:
        assert intake.call("POST", "/hosts", host, client="adviser").status_code == 201
    return intake


def booked(intake: ServiceUnderTest, moment: datetime = MONDAY, **changed: Any) -> str:
    """The path of a visitation that was just booked."""
    return f"/visitations/{register(intake, moment, **changed)['visitation']['id']}"


def hold(intake: ServiceUnderTest, path: str, client: str = "adviser", **outcome: Any) -> Any:
    with clock.moved_to(MONDAY):
        return intake.call("POST", f"{path}/outcome", outcome, client=client)


@pytest.mark.parametrize(
    ("day", "category"),
    [(date(2027, 3, 30), "aabenlyst_uddannelsesparat"), (date(2027, 3, 31), "jobparat")],
)
def test_a03_category_is_proposed_by_the_age_at_the_contact(intake: ServiceUnderTest, day: date, category: str) -> None:
    answer = register(intake, danish_time(day, 10), **TURNS_30_ON_31_MARCH_2027)

    assert answer["proposed_category"] == category


def test_a03_birthday_between_contact_and_visitation_does_not_change_the_default(intake: ServiceUnderTest) -> None:
    path = booked(intake, danish_time(date(2027, 3, 30), 10), **TURNS_30_ON_31_MARCH_2027)
    with clock.moved_to(danish_time(date(2027, 4, 1), 10)):
        answer = intake.call("POST", f"{path}/outcome", {}, client="adviser")

    assert answer.json["category"] == "aabenlyst_uddannelsesparat"
    assert answer.json["category_policy"] == "intake.default_category[youth_without_education]@2019-06-01"


def test_visitation_without_a_word_keeps_the_default(intake: ServiceUnderTest) -> None:
    answer = hold(intake, booked(intake))

    assert (answer.status_code, answer.json["state"], answer.json["category"]) == (201, "held", "jobparat")
    assert answer.json["referral"] is None
    assert len(intake.told(VisitationHeld)) == 1
    assert intake.told(ReadinessAssessed)[0].default_used is True


def test_a04_other_category_without_a_reason_is_refused_and_changes_nothing(intake: ServiceUnderTest) -> None:
    path = booked(intake)
    answer = hold(intake, path, category="aktivitetsparat")

    assert (answer.status_code, answer.json["code"]) == (409, "override_reason_missing")
    assert list(answer.json["errors"]) == ["override_reason_code"]
    assert intake.call("GET", path).json["state"] == "booked"
    assert not intake.told(VisitationHeld, ReadinessAssessed)


def test_a04_other_category_with_a_reason_stands_with_who_decided(intake: ServiceUnderTest) -> None:
    path = booked(intake)
    hold(intake, path, category="aktivitetsparat", override_reason_code="obviously_pointless")

    stored = intake.call("GET", path).json
    assert (stored["default_category"], stored["category"]) == ("jobparat", "aktivitetsparat")
    assert stored["override_reason_code"] == "obviously_pointless"
    (told,) = intake.told(ReadinessAssessed)
    assert (told.category, told.default_used, told.override_reason_code, told.decided_by) == (
        "aktivitetsparat", False, "obviously_pointless", "adviser",
    )  # fmt: skip


def test_a04_reason_in_free_text_is_refused(intake: ServiceUnderTest) -> None:
    answer = hold(intake, booked(intake), category="aktivitetsparat", override_reason_code="har ondt i ryggen")

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["override_reason_code"])


def test_a05_private_host_is_refused_and_a_public_one_accepted_in_the_same_visitation(desk: ServiceUnderTest) -> None:
    path = booked(desk)
    refused = hold(desk, path, referral=REFERRAL | {"host_code": "vestkystens-smede"})
    accepted = hold(desk, path, referral=REFERRAL)

    assert (refused.status_code, refused.json["code"]) == (409, "public_host_needed")
    assert refused.json["policy"] == "nytteindsats.host@2014-01-01"
    assert (accepted.status_code, accepted.json["state"]) == (201, "held")
    assert len(desk.told(VisitationHeld)) == 1


def test_a05_referral_is_told_with_place_and_moment(desk: ServiceUnderTest) -> None:
    path = booked(desk)
    hold(desk, path, referral=REFERRAL)

    (told,) = desk.told(StraksaktiveringReferred)
    assert (told.offer_type, told.host_code, told.place_code) == ("nytteindsats", "park-og-vej", "materielgaarden")
    assert told.starts_at.isoformat() == "2026-11-04T07:00:00+00:00"
    assert f"/visitations/{told.visitation_id}" == path


def test_unknown_host_is_named_as_the_wrong_field(desk: ServiceUnderTest) -> None:
    answer = hold(desk, booked(desk), referral=REFERRAL | {"host_code": "nowhere"})

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["referral.host_code"])


def test_a06_fourteen_weeks_from_2_december_2024_are_refused(desk: ServiceUnderTest) -> None:
    referral = REFERRAL | {"starts_at": "2024-12-02T08:00:00+01:00", "weeks": 14}
    answer = hold(desk, booked(desk), referral=referral)

    assert (answer.status_code, answer.json["code"]) == (409, "too_many_weeks")
    assert answer.json["policy"] == "nytteindsats.max_weeks@2014-01-01"


def test_a06_fourteen_weeks_from_6_january_2025_are_accepted(desk: ServiceUnderTest) -> None:
    path = booked(desk)
    answer = hold(desk, path, referral=REFERRAL | {"starts_at": "2025-01-06T08:00:00+01:00", "weeks": 14})

    assert (answer.status_code, answer.json["referral"]["weeks"]) == (201, 14)
    assert answer.json["referral"]["policy"] == "nytteindsats.max_weeks@2025-01-01"
    assert desk.call("GET", path).json["referral"] == answer.json["referral"]


def test_a06_limit_goes_by_the_danish_day(desk: ServiceUnderTest) -> None:
    answer = hold(desk, booked(desk), referral=REFERRAL | {"starts_at": "2024-12-31T23:30:00Z", "weeks": 14})

    assert answer.status_code == 201


def test_visitation_held_twice_is_refused(intake: ServiceUnderTest) -> None:
    path = booked(intake)
    hold(intake, path)
    again = hold(intake, path)

    assert (again.status_code, again.json["code"]) == (409, "already_held")
    assert len(intake.told(VisitationHeld)) == 1


def test_job_wishes_are_told_with_functional_needs(intake: ServiceUnderTest) -> None:
    hold(intake, booked(intake), job_wishes=WISHES)

    (told,) = intake.told(JobWishesRecorded, opener=MATCHING)
    assert (told.weekly_hours_min, told.weekly_hours_max, told.postal_code) == (10.0, 20.0, "3400")
    assert (told.availability, told.needs) == (("mon 08:00-15:00", "tue 08:00-15:00"), ("quiet_place",))
    assert told.consent_to_matching is True


def test_job_wishes_of_a_second_visitation_replace_the_first(intake: ServiceUnderTest) -> None:
    hold(intake, booked(intake), job_wishes=WISHES)
    hold(intake, booked(intake), job_wishes=WISHES | {"weekly_hours_max": 30})

    assert [told.weekly_hours_max for told in intake.told(JobWishesRecorded)] == [20.0, 30.0]
    versions = [e["subjectversion"] for e in intake.envelopes() if e["type"].endswith("job_wishes.recorded.v1")]
    assert versions == [1, 2]


def test_job_wishes_with_more_least_than_most_hours_name_the_field(intake: ServiceUnderTest) -> None:
    answer = hold(intake, booked(intake), job_wishes=WISHES | {"weekly_hours_min": 25})

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["job_wishes.weekly_hours_min"])


@pytest.mark.parametrize("client", ["front-desk", "consultant", "company-a", "citizen"])
def test_only_an_adviser_decides(intake: ServiceUnderTest, client: str) -> None:
    assert hold(intake, booked(intake), client=client).status_code == 403


def test_too_long_an_address_is_refused(intake: ServiceUnderTest) -> None:
    email = ".".join(["a" * 60] * 3) + "@" + ".".join(["b" * 60] * 2) + ".dk"
    answer = intake.call("POST", "/first-contacts", WALK_IN | {"email": email})

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["email"])


def test_token_for_another_grant_is_refused(intake: ServiceUnderTest) -> None:
    intake.call("GET", "/hosts")
    answer = intake._app.test_client().post("/api/intake/v1/token", data={"grant_type": "password"})

    assert answer.status_code == 422


def test_start_far_ahead_is_taken_for_a_slip(desk: ServiceUnderTest) -> None:
    answer = hold(desk, booked(desk), referral=REFERRAL | {"starts_at": "2062-11-09T08:00:00+01:00"})

    assert (answer.status_code, answer.json["code"]) == (409, "start_out_of_reach")


def test_talk_held_early_gives_its_slot_back(intake: ServiceUnderTest) -> None:
    path = booked(intake)
    taken = "SELECT count(*) FROM slot WHERE visitation_id IS NOT NULL"
    before = intake.connection.exec_driver_sql(taken).scalar_one()

    hold(intake, path)

    assert before - intake.connection.exec_driver_sql(taken).scalar_one() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"availability": ["mon 15:00-08:00"]},
        {"needs": ["skizofreni"]},
        {"licences": ["cpr2512489996"]},
        {"weekly_hours_min": 30},
    ],
)
def test_wishes_that_cannot_be_are_refused(intake: ServiceUnderTest, bad: dict[str, Any]) -> None:
    answer = hold(intake, booked(intake), job_wishes=WISHES | bad)

    assert answer.status_code == 422
    assert [name.split(".")[:2] for name in answer.json["errors"]] == [["job_wishes", *bad]]
    assert not intake.told(JobWishesRecorded)


def test_wishes_may_name_a_title_in_place_of_its_id(intake: ServiceUnderTest) -> None:
    hold(intake, booked(intake), job_wishes=WISHES | {"occupations": [], "occupation_titles": ["truckfører"]})

    (told,) = intake.told(JobWishesRecorded)
    assert [occupations()[one].title for one in told.occupations] == ["Truckfører"]


def test_a_title_that_is_not_on_the_list_is_refused_with_five_that_are_like_it(intake: ServiceUnderTest) -> None:
    answer = hold(intake, booked(intake), job_wishes=WISHES | {"occupation_titles": ["chauffør"]})
    message = answer.json["errors"]["job_wishes.occupations"]

    assert answer.status_code == 422
    assert message.startswith("Vælg en stilling på listen. “chauffør” kan være: Chaufførelev, Chauffør, tankvogn, ")
    assert message.count(",") >= 4
    assert not intake.told(JobWishesRecorded)


def test_a25_consent_is_withdrawn_and_told(intake: ServiceUnderTest) -> None:
    contact = register(intake)
    path = f"/citizens/{contact['citizen_id']}/job-wishes"
    intake.call("POST", path, WISHES)
    answer = intake.call("POST", path, WISHES | {"consent_to_matching": False})

    assert answer.status_code == 201
    assert [told.consent_to_matching for told in intake.told(JobWishesRecorded)] == [True, False]
    assert [envelope["subjectversion"] for envelope in intake.envelopes()][-2:] == [1, 2]
    assert intake.call("GET", path).json["consent_to_matching"] is False


def test_move_is_told_with_the_wishes(intake: ServiceUnderTest) -> None:
    contact = register(intake)
    intake.call("POST", f"/citizens/{contact['citizen_id']}/job-wishes", WISHES)
    register(intake, postal_code="9000", name="Nancy Ann Test Nyt")

    citizen = intake.call("GET", f"/citizens/{contact['citizen_id']}").json
    assert (citizen["name"], citizen["postal_code"]) == ("Nancy Ann Test Nyt", "9000")
    assert [told.postal_code for told in intake.told(JobWishesRecorded, opener=MATCHING)] == ["3400", "9000"]


def test_contact_without_a_slot_waits_until_one_is_booked(intake: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        contact = intake.call("POST", "/first-contacts", WALK_IN).json
        waiting = intake.call("GET", "/first-contacts/waiting").json["items"]
        none_yet = intake.call("POST", f"/first-contacts/{contact['contact_id']}/visitation")
        with intake.begin() as session:
            slots.stock_slots(session)
        booked_now = intake.call("POST", f"/first-contacts/{contact['contact_id']}/visitation")

    assert [item["id"] for item in waiting] == [contact["contact_id"]]
    assert (none_yet.status_code, none_yet.json["code"]) == (409, "no_slot")
    assert booked_now.json["starts_at"] == "2026-11-02T09:30:00+00:00"

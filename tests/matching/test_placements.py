"""Agreements: how long, what for, with whose word, and never two on the last place."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Event as Signal
from typing import Any
from uuid import UUID

import pytest

from services.matching.models import Match
from services.matching.schemas.placements import NewPlacement
from services.matching.use_cases import placements
from shared import clock
from shared.calendar import danish_time
from shared.database import Database, new_id
from shared.errors import Refused
from shared.events import NOTIFICATIONS, EmployeeRepresentativeStated, PlacementAgreed
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    RETAINED,
    YEAR,
    accepted,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    approved,
    assessed,
    days,
    know,
    new_placement,
    placement_body,
    posted,
    registered,
    stated,
    wishes,
    withdraw,
)

YES_EMPLOYER = {"party": "employer", "positive": True}
OTHERS = ("citizen", "mentor", "municipality")
YES_REPRESENTATIVE = {"party": "employee_representative", "positive": True}


def offered(matching: ServiceUnderTest, category: str, **changed: Any) -> Any:
    form = changed.get("offer_type", "virksomhedspraktik")
    need = add_need(matching, employment_form=form)
    if form == "loentilskud":
        add_workplace(matching, add_company(matching), staff=YEAR)
    match = accepted(matching, need, add_candidate(matching, category, forms=(form,)))
    return matching.call("POST", "/placements", placement_body(match, **changed), client="consultant")


def state(matching: ServiceUnderTest, placement: Any, said: Any, client: str = "consultant") -> Any:
    return matching.call("POST", f"/placements/{placement['id']}/statements", said, client=client)


def test_a17_jobparat_four_weeks_end_on_6_december(matching: ServiceUnderTest) -> None:
    answer = offered(matching, "jobparat")

    assert (answer.status_code, answer.json["ends_on"]) == (201, "2026-12-06")
    assert answer.json["length_policy"] == "praktik.max_weeks[jobparat]@2020-01-01"


def test_a17_fifth_week_needs_a_ground(matching: ServiceUnderTest) -> None:
    match = accepted(matching, add_need(matching), add_candidate(matching))
    body = placement_body(match, ends_on="2026-12-13")
    refused = matching.call("POST", "/placements", body, client="consultant")
    allowed = posted(matching, "/placements", body | {"exception_ground": "no_work_experience"})

    assert (refused.status_code, refused.json["code"]) == (409, "too_long")
    assert refused.json["title"] == "Højst 4 uger: senest den 6. december 2026."
    assert refused.json["policy"] == "praktik.max_weeks[jobparat]@2020-01-01"
    assert allowed["length_policy"] == "praktik.max_weeks_exception@2020-01-01"


@pytest.mark.parametrize(("ends_on", "status"), [("2027-02-07", 201), ("2027-02-08", 409)])
def test_others_have_thirteen_weeks(matching: ServiceUnderTest, ends_on: str, status: int) -> None:
    assert offered(matching, "aktivitetsparat", ends_on=ends_on).status_code == status


@pytest.mark.parametrize(
    ("category", "ends_on", "outcome"),
    [
        ("jobparat", "2027-05-08", (201, None)),
        ("jobparat", "2027-05-09", (409, "too_long")),
        ("aktivitetsparat", "2026-12-06", (409, "not_configured")),
        ("aabenlyst_uddannelsesparat", "2026-12-06", (409, "subsidy_excluded")),
    ],
)
def test_wage_subsidy_by_the_rows_that_are_known(
    matching: ServiceUnderTest, category: str, ends_on: str, outcome: tuple[int, str | None]
) -> None:
    answer = offered(matching, category, offer_type="loentilskud", ends_on=ends_on)

    assert (answer.status_code, answer.json.get("code")) == outcome


def test_purpose_is_needed_and_retention_is_for_the_own_workplace(matching: ServiceUnderTest) -> None:
    match = accepted(matching, add_need(matching), add_candidate(matching))
    missing = {name: value for name, value in placement_body(match).items() if name != "purpose_code"}
    without = matching.call("POST", "/placements", missing, client="consultant")
    retained = matching.call(
        "POST", "/placements", placement_body(match, purpose_code="retain_job"), client="consultant"
    )

    assert (without.status_code, list(without.json["errors"])) == (422, ["purpose_code"])
    assert (retained.status_code, retained.json["code"]) == (409, "purpose_not_allowed")


def test_agreement_needs_yes_from_both_and_one_that_still_takes_part(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    match = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(citizen_id)})
    early = matching.call("POST", "/placements", placement_body(match), client="consultant")
    posted(matching, f"/matches/{match['id']}/consent", {"given": True, "how": "in_person"})
    posted(matching, f"/matches/{match['id']}/answer", {"accepted": True}, "company-a")
    withdraw(matching, citizen_id)
    late = matching.call("POST", "/placements", placement_body(match), client="consultant")

    assert (early.json["code"], late.json["code"]) == ("match_not_accepted", "no_longer_available")


def test_unassessed_citizen_waits(matching: ServiceUnderTest) -> None:
    citizen_id = new_id()
    matching.hear(registered(citizen_id), wishes(citizen_id))
    know(matching, citizen_id)
    match = accepted(matching, add_need(matching), citizen_id)
    before = matching.call("POST", "/placements", placement_body(match), client="consultant")
    matching.hear(assessed(citizen_id, "jobparat"))

    assert before.json["code"] == "category_missing"
    assert posted(matching, "/placements", placement_body(match))["state"] == "awaiting_statements"


def test_a16_waits_for_the_representative_also_when_the_start_is_reached(matching: ServiceUnderTest) -> None:
    placement = new_placement(matching)
    approved(matching, placement, *OTHERS)
    state(matching, placement, YES_EMPLOYER, "company-a")
    with clock.moved_to(danish_time(date(2026, 11, 9), 6, 45)):
        waiting = matching.call("GET", f"/placements/{placement['id']}", client="consultant").json
        assert not matching.told(PlacementAgreed)
        agreed = state(matching, placement, YES_REPRESENTATIVE).json

    assert (waiting["state"], waiting["awaiting"]) == ("awaiting_statements", ["employee_representative"])
    assert (agreed["state"], agreed["awaiting"], agreed["starts_on"]) == ("agreed", [], "2026-11-09")
    assert [told.party for told in matching.told(EmployeeRepresentativeStated)] == [
        "employer",
        "employee_representative",
    ]


def test_a16_word_after_the_start_needs_a_new_first_day(matching: ServiceUnderTest) -> None:
    placement = new_placement(matching)
    approved(matching, placement, *OTHERS)
    state(matching, placement, YES_EMPLOYER)
    with clock.moved_to(danish_time(date(2026, 11, 11), 9)):
        late = state(matching, placement, YES_REPRESENTATIVE)
        new_day = YES_REPRESENTATIVE | {"first_day_at": "2026-11-16T07:00:00+01:00"}
        agreed = state(matching, placement, new_day).json

    assert (late.status_code, late.json["code"]) == (409, "start_passed")
    assert (agreed["starts_on"], agreed["ends_on"]) == ("2026-11-16", "2026-12-06")
    assert matching.told(PlacementAgreed)[0].starts_on == date(2026, 11, 16)


def test_agreed_placement_tells_all_and_seals_the_mentor(matching: ServiceUnderTest) -> None:
    placement = new_placement(matching, cadence="handholding", hire_preagreed=True)
    stated(matching, placement)

    told = matching.told(PlacementAgreed, opener=NOTIFICATIONS)[0]
    assert (told.mentor_name, told.mentor_email, told.mentor_phone) == (
        "Mona Mentor",
        "mona@firma.example",
        "+4520654321",
    )
    assert (told.cadence, told.hire_preagreed, told.weekly_hours) == ("handholding", True, 15)
    assert told.first_day_at == datetime(2026, 11, 9, 6, tzinfo=UTC)
    assert "Mona" not in str(matching.envelopes())
    assert "Mona" not in str(matching.connection.exec_driver_sql("SELECT * FROM audit").all())


def test_a_no_ends_it_and_frees_the_place(matching: ServiceUnderTest) -> None:
    placement = new_placement(matching)
    answer = state(matching, placement, YES_REPRESENTATIVE | {"positive": False})

    assert answer.json["state"] == "refused"
    assert state(matching, placement, YES_EMPLOYER).json["code"] == "not_awaited"
    again = posted(matching, "/placements", placement_body({"id": placement["match_id"]}))
    assert again["ratio"]["supported_fte"] == 0


def test_company_speaks_for_the_employer_only_and_for_itself_only(matching: ServiceUnderTest) -> None:
    placement = new_placement(matching)

    assert state(matching, placement, YES_REPRESENTATIVE, "company-a").status_code == 403
    assert state(matching, placement, YES_EMPLOYER, "company-b").status_code == 404
    assert state(matching, placement, YES_EMPLOYER, "company-a").json["statements"][0]["on_behalf"] is False


def test_firm_of_one_has_no_representative_to_ask(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    add_workplace(matching, add_company(matching), single_person=True)
    placement = posted(matching, "/placements", placement_body(accepted(matching, need, add_candidate(matching))))

    approved(matching, placement, *OTHERS)

    assert placement["awaiting"] == ["citizen", "employer", "mentor", "municipality"]
    assert state(matching, placement, YES_EMPLOYER).json["state"] == "agreed"


def test_full_workplace_refuses_and_names_the_row(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    add_workplace(matching, add_company(matching), supported_elsewhere_fte=8)
    match = accepted(matching, need, add_candidate(matching))
    answer = matching.call("POST", "/placements", placement_body(match), client="consultant")

    assert (answer.status_code, answer.json["code"]) == (409, "ratio_exceeded")
    assert answer.json["policy"] == "ratio.small_per@2022-01-01"
    exempt = posted(matching, "/placements", placement_body(match, **RETAINED))
    assert (exempt["ratio"]["result"], exempt["ratio"]["limit"]) == ("exempt", None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_day_at", "2026-11-08T07:00:00+01:00"),
        ("starts_on", "2026-11-01"),
        ("ends_on", "2026-11-08"),
        ("first_day_at", "2026-12-07T07:00:00+01:00"),
    ],
)
def test_days_that_make_no_sense_name_the_field(matching: ServiceUnderTest, field: str, value: str) -> None:
    answer = offered(matching, "jobparat", **{field: value})

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def last_place_and_two_matches(world: World, database: Database) -> list[UUID]:
    """A workplace with room for one, and two accepted matches there, all committed."""
    with database.bind.connect() as connection:  # type: ignore[union-attr]  # it binds an engine
        committing = ServiceUnderTest(world.settings, "matching", world.client_secrets, connection)
        need = add_need(committing, positions=2, weekly_hours_max=37, windows=days("06:00-14:00"))
        three = [{"month": f"2026-{month:02d}", "fte": 3} for month in (7, 8, 9, 10)]
        add_workplace(committing, add_company(committing), staff=three)
        matches = [accepted(committing, need, add_candidate(committing, weekly_hours_max=37.0)) for _ in range(2)]
        connection.commit()
    return [UUID(match["id"]) for match in matches]


def test_two_parallel_agreements_cannot_both_take_the_last_place(busy_world: World, committed: Database) -> None:
    first, second = last_place_and_two_matches(busy_world, committed)
    entered = Signal()

    def agree(match_id: UUID) -> None:
        body = NewPlacement().load(placement_body({"id": str(match_id)}, weekly_hours=37))
        with committed.begin(actor="test") as session:
            session.get_one(Match, match_id)
            entered.set()
            placements.agree_placement(session, made_by="test", **body)

    with ThreadPoolExecutor() as pool:
        with committed.begin(actor="test") as session:
            body = NewPlacement().load(placement_body({"id": str(first)}, weekly_hours=37))
            placements.agree_placement(session, made_by="test", **body)
            other = pool.submit(agree, second)
            assert entered.wait(5)
            with pytest.raises(TimeoutError):
                other.result(timeout=0.5)
        with pytest.raises(Refused, match="ratio_exceeded"):
            other.result(timeout=5)

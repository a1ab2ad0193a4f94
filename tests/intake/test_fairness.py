"""Put forward and placed by age and time known; and nothing that tells age or sex goes to where people are ranked."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.models import Citizen, Engagement, JobWishes
from services.intake.queries import fairness
from services.intake.use_cases import POLICY
from services.intake.use_cases.erasure import LAST_WORD
from shared import clock
from shared.calendar import danish_time
from shared.database import new_id
from shared.events import CitizenRegistered, JobWishesRecorded, ReadinessAssessed
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register
from tests.intake.test_visitation import WISHES

KINDS = (CitizenRegistered, ReadinessAssessed, JobWishesRecorded)


def known(
    intake: ServiceUnderTest,
    *,
    born: date,
    weeks: int,
    proposed: bool = False,
    placed: bool = False,
    sex: str | None = None,
    since: datetime | None = None,
) -> UUID:
    """Somebody who takes part, registered so many weeks ago."""
    citizen_id, then = new_id(), since or MONDAY - timedelta(weeks=weeks, hours=1)
    with intake.begin() as session:
        session.add(Citizen(
            id=citizen_id, cpr_secret="-", cpr_index=citizen_id.bytes, birth_date=born, sex=sex, name="Prøve",
            name_sort="prøve", language="da", interpreter=False, digital_post_exempt=False, protected=False,
            postal_code="3400",
            municipality_code="0219", registered_at=then, changed_at=then,
        ))  # fmt: skip
        session.flush()
        told = {**WISHES, "availability": [], "licences": [], "mentor_wanted": False}
        session.add(JobWishes(citizen_id=citizen_id, recorded_at=then, **told))
        if proposed or placed:
            version = LAST_WORD if placed else 1
            session.add(
                Engagement(id=new_id(), citizen_id=citizen_id, is_open=not placed, last_at=then, version=version)
            )
    return citizen_id


def page(intake: ServiceUnderTest, role: str = "leader") -> str:
    with clock.moved_to(MONDAY):
        return words(intake.browser(role).get("/skranken/tal/fordeling"))


def test_put_forward_and_placed_by_age_and_by_time_known(intake: ServiceUnderTest) -> None:
    for number in range(20):
        known(intake, born=date(1999, 1, 1), weeks=2, proposed=number < 10, placed=number < 5)
    for number in range(8):
        known(intake, born=date(1970, 1, 1), weeks=40, proposed=number < 8)

    shown = page(intake)
    assert "under 30 år 20 10 5" in shown
    assert "50 år og derover 8 8 0" in shown
    assert "under 4 uger 20 10 5" in shown
    assert "26 uger og derover 8 8 0" in shown


def test_weeks_since_somebody_came_are_counted_in_danish_days(intake: ServiceUnderTest) -> None:
    for minute in (-1, 30):
        known(
            intake, born=date(1999, 1, 1), weeks=0, since=danish_time(date(2026, 10, 5), 0) + timedelta(minutes=minute)
        )

    with intake.begin() as session:
        groups = fairness.by_time_known(session, MONDAY.date(), [4, 26])
    assert [one.taking_part for one in groups] == [1, 1, 0]


def test_small_numbers_and_what_would_give_them_away_are_hidden(intake: ServiceUnderTest) -> None:
    for number in range(20):
        known(intake, born=date(1990, 6, 1), weeks=6, proposed=number < 18)
    known(intake, born=date(1950, 6, 1), weeks=1)

    shown = page(intake)
    assert "30–49 år 20 vises ikke vises ikke" in shown
    assert "50 år og derover vises ikke vises ikke vises ikke" in shown


@pytest.mark.parametrize("role", ["partner", "citizen", "company_employee", "mentor"])
def test_page_is_for_leaders_and_staff(intake: ServiceUnderTest, role: str) -> None:
    assert intake.browser(role).get("/skranken/tal/fordeling").status_code == 403


def test_put_forward_and_placed_by_sex_with_small_numbers_hidden(intake: ServiceUnderTest) -> None:
    for number in range(20):
        known(intake, born=date(1990, 6, 1), weeks=6, proposed=number < 10, placed=number < 5, sex="female")
    for number in range(9):
        known(intake, born=date(1990, 6, 1), weeks=6, proposed=number < 7, sex="male")

    shown = page(intake)
    assert "kvinder 20 10 5" in shown
    assert "mænd 9 vises ikke vises ikke" in shown
    assert "ikke noteret 0 0 0" in shown


def test_sex_is_written_down_at_the_registration_where_a_row_says_so(
    intake: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for cpr in ("251248-9996", "150277-9995"):
        register(intake, cpr=cpr)
    kept = intake.connection.exec_driver_sql("SELECT sex FROM citizen ORDER BY sex").scalars().all()
    monkeypatch.setitem(POLICY._rows, ("fairness.count_sex", None), [])
    register(intake, cpr="050688-9996")
    after = intake.connection.exec_driver_sql("SELECT count(*) FROM citizen WHERE sex IS NULL").scalar()

    assert kept == ["female", "male"]
    assert after == 1
    assert "Køn er ikke sat op og bliver ikke talt." in page(intake, "adviser")


def test_sex_is_in_no_history(intake: ServiceUnderTest) -> None:
    register(intake, cpr="251248-9996")

    told = intake.connection.exec_driver_sql("SELECT changes::text FROM audit WHERE table_name = 'citizen'").scalars()
    assert (changes := told.all())
    assert [one for one in changes if "female" in one] == []


def told_to_matching(intake: ServiceUnderTest, cpr: str) -> list[dict[str, Any]]:
    """Everything that matching hears of somebody with that number, and the same answers at the desk."""
    before = len(intake.told(*KINDS, opener="matching"))
    first = register(intake, cpr=cpr)
    held = f"/visitations/{first['visitation']['id']}/outcome"
    with clock.moved_to(MONDAY):
        answer = intake.call("POST", held, {"job_wishes": WISHES, "category": "jobparat"}, client="adviser")
    assert answer.status_code == 201, answer.text
    told = [vars_of(event) for event in intake.told(*KINDS, opener="matching")[before:]]
    return [
        {name: value for name, value in event.items() if name not in ("citizen_id", "visitation_id")} for event in told
    ]


def vars_of(event: Any) -> dict[str, Any]:
    return {"event": type(event).__name__, **{name: getattr(event, name) for name in type(event).__dataclass_fields__}}


def test_swapping_sex_and_age_changes_nothing_that_matching_hears(intake: ServiceUnderTest) -> None:
    a_woman_of_77, a_man_of_49 = "251248-9996", "150277-9995"

    heard = told_to_matching(intake, a_woman_of_77)
    assert heard == told_to_matching(intake, a_man_of_49)
    assert {event["event"] for event in heard} >= {"CitizenRegistered", "JobWishesRecorded"}


def test_programs_read_the_same_groups(intake: ServiceUnderTest) -> None:
    for number in range(20):
        known(intake, born=date(1999, 1, 1), weeks=2, proposed=number < 10, placed=number < 5)

    with clock.moved_to(MONDAY):
        found = intake.call("GET", "/figures/fairness", client="adviser").json
    assert found["age"]["groups"][0] == {"taking_part": 20, "proposed": 10, "placed": 5}
    assert found["weeks_known"]["groups"][0] == {"taking_part": 20, "proposed": 10, "placed": 5}
    assert len(found["age"]["groups"]) == len(found["age"]["limits"]) + 1

"""A person's data goes when its time is over: announced, stopped, given up, done; never while something lasts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.intake import queries
from services.intake.use_cases import erasure
from shared import clock
from shared.calendar import danish_time
from shared.database import new_id
from shared.errors import Refused
from shared.events import (
    CitizenErased,
    CitizenErasureAnnounced,
    MatchAccepted,
    MatchDeclined,
    MatchProposed,
    MatchReopened,
    PlacementAgreed,
)
from shared.policy import Policy
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register
from tests.intake.test_visitation import WISHES

SHORT, LONG = ("health_function", "wishes"), ("identity", "contact", "health_function", "wishes")
OFFICER = "data_protection_officer"


def at(year: int, month: int, day: int) -> datetime:
    return danish_time(date(year, month, day), 3)


def night(intake: ServiceUnderTest, *moments: datetime) -> None:
    for moment in moments:
        with clock.moved_to(moment), intake.begin() as session:
            while erasure.night(session):
                pass


def known(intake: ServiceUnderTest, **changed: Any) -> UUID:
    """Somebody who came on Monday 2 November 2026 and said what they want; the talk was over the same day."""
    citizen_id = register(intake, **changed)["citizen_id"]
    with clock.moved_to(MONDAY):
        answer = intake.call("POST", f"/citizens/{citizen_id}/job-wishes", WISHES)
    assert answer.status_code == 201, answer.text
    return UUID(citizen_id)


def announced(intake: ServiceUnderTest) -> list[tuple[tuple[str, ...], date]]:
    return [(told.classes, told.due_on) for told in intake.told(CitizenErasureAnnounced)]


def erased(intake: ServiceUnderTest) -> list[tuple[UUID, tuple[str, ...]]]:
    return [(told.citizen_id, told.classes) for told in intake.told(CitizenErased)]


def count(intake: ServiceUnderTest, table: str) -> int:
    return int(intake.connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608


def test_what_is_wanted_goes_after_two_years_and_who_it_was_after_five(intake: ServiceUnderTest) -> None:
    citizen_id = known(intake)

    night(intake, at(2028, 10, 2))
    assert announced(intake) == []
    night(intake, at(2028, 10, 4), at(2028, 10, 5), at(2028, 11, 2))
    assert (announced(intake), erased(intake)) == ([(SHORT, date(2028, 11, 3))], [])
    night(intake, at(2028, 11, 3), at(2028, 11, 4))
    assert erased(intake) == [(citizen_id, SHORT)]
    assert (count(intake, "job_wishes"), count(intake, "citizen")) == (0, 1)

    night(intake, at(2031, 10, 4))
    assert announced(intake)[1:] == [(LONG, date(2031, 11, 3))]
    night(intake, at(2031, 11, 4), at(2031, 11, 5))
    assert erased(intake)[1:] == [(citizen_id, LONG)]
    assert (count(intake, "citizen"), count(intake, "first_contact"), count(intake, "visitation")) == (0, 1, 1)


def test_what_stays_stands_under_one_random_id_and_its_history_tells_nothing(intake: ServiceUnderTest) -> None:
    citizen_id = known(intake)
    night(intake, at(2031, 10, 4), at(2031, 11, 4))

    ids = set(
        intake.connection.scalars(text("SELECT citizen_id FROM first_contact UNION SELECT citizen_id FROM visitation"))
    )
    changes = intake.connection.scalars(
        text("SELECT DISTINCT changes::text FROM audit WHERE verb <> 'empty' AND table_name <> 'erasure'")
    )
    assert len(ids) == 1
    assert citizen_id not in ids
    assert set(changes) == {"{}"}


def test_seal_over_the_history_holds_after_an_erasure(intake: ServiceUnderTest) -> None:
    known(intake)
    digests = text("SELECT rows FROM rows_after('audit', 0, :upto, 1000)")
    upto = {"upto": intake.connection.scalar(text("SELECT max(seq) FROM audit"))}
    before = intake.connection.scalar(digests, upto)
    night(intake, at(2031, 10, 4), at(2031, 11, 4))

    assert intake.connection.scalar(digests, upto) == before


def test_coming_again_gives_the_erasure_up(intake: ServiceUnderTest) -> None:
    known(intake)
    night(intake, at(2031, 10, 20))
    again = register(intake, at(2031, 11, 1).replace(hour=11))

    assert again["known_before"] is True
    night(intake, at(2031, 11, 20), at(2032, 3, 1))
    assert erased(intake) == []
    assert count(intake, "erasure") == 0


@pytest.mark.parametrize("what", ["channels", "wishes"])
def test_every_change_at_the_desk_is_activity(intake: ServiceUnderTest, what: str) -> None:
    path = f"/citizens/{known(intake)}"
    with clock.moved_to(at(2027, 11, 2)):
        if what == "wishes":
            assert intake.call("POST", f"{path}/job-wishes", WISHES).status_code == 201
        else:
            etag = intake.call("GET", path).headers["ETag"]
            assert intake.call("PATCH", path, {"phone": "20 65 43 21"}, If_Match=etag).status_code == 200

    night(intake, at(2028, 11, 1), at(2029, 9, 1))
    assert announced(intake) == []
    night(intake, at(2029, 10, 20))
    assert announced(intake) == [(SHORT, date(2029, 11, 19))]


def match(kind: Any, citizen_id: UUID, match_id: UUID, **more: Any) -> Any:
    return kind(match_id=match_id, need_id=new_id(), citizen_id=citizen_id, company_id=new_id(), **more)


def test_nobody_is_erased_while_a_match_is_open(intake: ServiceUnderTest) -> None:
    citizen_id, match_id = known(intake), new_id()
    with clock.moved_to(MONDAY):
        intake.hear(match(MatchAccepted, citizen_id, match_id), version=3)
        intake.hear(match(MatchProposed, citizen_id, match_id, occupation="x", factors=()), version=1)
    night(intake, at(2031, 12, 1), at(2032, 2, 1))
    assert announced(intake) == []

    with clock.moved_to(at(2032, 3, 1)):
        intake.hear(match(MatchDeclined, citizen_id, match_id, decliner="company", reason_code="x"), version=4)
    night(intake, at(2034, 2, 10), at(2034, 3, 13))
    assert erased(intake) == [(citizen_id, SHORT)]


def test_a_match_whose_no_was_taken_back_is_open_still(intake: ServiceUnderTest) -> None:
    citizen_id, match_id = known(intake), new_id()
    with clock.moved_to(MONDAY):
        intake.hear(match(MatchDeclined, citizen_id, match_id, decliner="citizen", reason_code="x"), version=2)
        intake.hear(match(MatchReopened, citizen_id, match_id, waits_for="citizen"), version=3)
    night(intake, at(2031, 12, 1), at(2032, 2, 1))

    assert announced(intake) == []


def placement(citizen_id: UUID, match_id: UUID, ends_on: date) -> PlacementAgreed:
    return PlacementAgreed(
        placement_id=new_id(), match_id=match_id, citizen_id=citizen_id, company_id=new_id(), p_number="1000000001",
        offer_type="fleksjob", occupation="x", starts_on=date(2026, 12, 1), ends_on=ends_on,
        first_day_at=at(2026, 12, 1), weekly_hours=12.5, purpose_code="x", cadence="default", hire_preagreed=True,
        mentor_id=new_id(),
    )  # fmt: skip


def test_nobody_is_erased_before_a_placement_is_long_over(intake: ServiceUnderTest) -> None:
    citizen_id, match_id = known(intake), new_id()
    with clock.moved_to(MONDAY):
        intake.hear(match(MatchProposed, citizen_id, match_id, occupation="x", factors=()))
        intake.hear(placement(citizen_id, match_id, date(2034, 5, 31)))

    night(intake, at(2032, 1, 1), at(2034, 5, 31), at(2036, 5, 1))
    assert announced(intake) == []
    night(intake, at(2036, 5, 3))
    assert announced(intake) == [(SHORT, date(2036, 6, 2))]


def test_placement_agreed_meanwhile_gives_the_erasure_up(intake: ServiceUnderTest) -> None:
    citizen_id = known(intake)
    night(intake, at(2031, 10, 20))
    with clock.moved_to(at(2031, 10, 25)):
        intake.hear(placement(citizen_id, new_id(), date(2031, 12, 31)))

    night(intake, at(2031, 12, 1))
    assert (erased(intake), count(intake, "erasure")) == ([], 0)


def test_officer_stops_it_with_a_reason(intake: ServiceUnderTest) -> None:
    citizen_id = known(intake)
    night(intake, at(2031, 10, 20))
    with intake.begin() as session:
        (due,), _more = queries.due_erasures(session)
    path, token = f"/erasures/{due['id']}/stop", intake.token_for(OFFICER)
    assert (due["citizen_id"], due["name"], due["due_on"]) == (
        citizen_id,
        "Nancy Ann Test Berggren",
        date(2031, 11, 19),
    )

    assert intake.call("POST", path, {"reason_code": "complaint"}, token=intake.token_for("ops")).status_code == 403
    assert intake.call("POST", path, {"reason_code": "just so"}, token=token).status_code == 422
    stopped = intake.call("POST", path, {"reason_code": "complaint"}, token=token)
    assert (stopped.status_code, stopped.json["stop_reason_code"]) == (201, "complaint")

    night(intake, at(2031, 12, 1), at(2033, 12, 1))
    assert (erased(intake), len(announced(intake))) == ([], 1)


def request(intake: ServiceUnderTest, citizen_id: UUID, role: str = OFFICER) -> Any:
    return intake.call("POST", f"/citizens/{citizen_id}/erasure", token=intake.token_for(role))


def test_on_request_it_is_done_at_once_by_the_officer_alone(intake: ServiceUnderTest) -> None:
    citizen_id = known(intake)

    assert request(intake, citizen_id, "adviser").status_code == 403
    with clock.moved_to(MONDAY + timedelta(days=3)):
        done = request(intake, citizen_id)
        assert (done.status_code, sorted(done.json["classes"])) == (201, sorted(LONG))
        assert request(intake, citizen_id).status_code == 404
    assert erased(intake) == [(citizen_id, LONG)]
    assert count(intake, "citizen") == 0


def test_talk_that_was_called_off_is_not_to_come(intake: ServiceUnderTest) -> None:
    made = register(intake)
    with clock.moved_to(MONDAY):
        intake.call("POST", f"/visitations/{made['visitation']['id']}/cancellation")
    with clock.moved_to(MONDAY + timedelta(minutes=5)):
        assert request(intake, UUID(made["citizen_id"])).status_code == 201


def test_on_request_not_while_something_is_to_come(intake: ServiceUnderTest) -> None:
    waiting, engaged = known(intake), known(intake, cpr="010190-9990")
    with clock.moved_to(MONDAY):
        intake.hear(match(MatchProposed, engaged, new_id(), occupation="x", factors=()))
        assert request(intake, waiting).json["code"] == "case_is_open"
    with clock.moved_to(MONDAY + timedelta(days=3)):
        assert request(intake, engaged).json["code"] == "case_is_open"


def test_without_a_row_nothing_of_a_class_is_erased(intake: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    known(intake)
    monkeypatch.setattr(erasure, "POLICY", Policy([]))

    night(intake, at(2060, 1, 1))
    assert announced(intake) == []
    with intake.begin() as session, pytest.raises(Refused):
        erasure.stop(session, new_id(), reason_code="complaint", by="dpo")


def with_years(**years: int) -> Policy:
    rows = [row for same in erasure.POLICY._rows.values() for row in same]
    template = next(row for row in rows if row.key == "retention.identity")
    made = [replace(template, key=f"retention.{name}", value=value) for name, value in years.items()]
    return Policy([row for row in rows if row.key == "retention.notice"] + made)


@pytest.mark.parametrize(
    ("data", "columns", "left"),
    [
        ("contact", "SELECT email, phone, postal_code FROM citizen", (None, None, "")),
        ("case", "SELECT (SELECT count(*) FROM first_contact), count(*), min(category) FROM visitation", (0, 0, None)),
        ("health_function", "SELECT needs, consent_to_matching FROM job_wishes", ([], True)),
        ("wishes", "SELECT count(*) FROM job_wishes", (0,)),
        ("placement", "SELECT count(*) FROM engagement", (0,)),
    ],
)  # fmt: skip
def test_each_class_goes_alone_when_its_time_is_over(
    intake: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch, data: str, columns: str, left: tuple[Any, ...]
) -> None:
    citizen_id = known(intake)
    with clock.moved_to(MONDAY):
        intake.hear(match(MatchDeclined, citizen_id, new_id(), decliner="company", reason_code="x"))
    monkeypatch.setattr(erasure, "POLICY", with_years(**{data: 1}))
    night(intake, at(2027, 11, 3), at(2027, 12, 4))

    assert erased(intake) == [(citizen_id, (data,))]
    assert tuple(intake.connection.execute(text(columns)).one()) == left
    assert intake.connection.scalar(text("SELECT name FROM citizen")) == "Nancy Ann Test Berggren"

"""Somebody did not come: days proposed by the rules of that day, contact first, heard, handed over; never decided."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.followup import rules
from services.followup.rules import Facts
from services.followup.use_cases import POLICY
from shared import clock
from shared.calendar import danish_time
from shared.events import ActivationDutyAnnounced, HearingHandedOver, HearingOpened, ReadinessAssessed
from shared.policy import Policy
from tests.browser import offered, words
from tests.followup.telling import CITIZEN, PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

MISSED, RESTORED = date(2026, 11, 9), date(2026, 11, 12)


def guided(*, written: bool = True) -> ActivationDutyAnnounced:
    return ActivationDutyAnnounced(
        contact_id=CITIZEN, citizen_id=CITIZEN, guidance_version="2026-02", written=written
    )  # fmt: skip


def judged(category: str) -> ReadinessAssessed:
    return ReadinessAssessed(
        citizen_id=CITIZEN, visitation_id=CITIZEN, category=category, default_used=True, policy="x", decided_by="x"
    )


def known(service: ServiceUnderTest, *events: Any) -> ServiceUnderTest:
    """A citizen who was guided in October."""
    with clock.moved_to(danish_time(date(2026, 10, 1), 9)):
        service.hear(citizen(), *events)
    return service


def missed(service: ServiceUnderTest) -> dict[str, Any]:
    with clock.moved_to(danish_time(MISSED, 15)):
        made = service.call(
            "POST", f"/citizens/{CITIZEN}/absences", {"kind": "interview", "on": "2026-11-09"}, client="adviser"
        )
    assert made.status_code == 201
    return dict(made.json)


def act(service: ServiceUnderTest, absence: dict[str, Any], path: str, body: Any = None, day: date = RESTORED) -> Any:
    with clock.moved_to(danish_time(day, 14)):
        return service.call("POST", f"/absences/{absence['id']}{path}", body, client="adviser")


def test_a10_days_from_the_missed_talk_until_contact_are_proposed_and_a_hearing_opens(
    followup: ServiceUnderTest,
) -> None:
    absence = missed(known(followup, guided(), judged("jobparat")))
    back = act(followup, absence, "/restored", {"on": "2026-11-12"}).json

    assert back["days"] == ["2026-11-09", "2026-11-10", "2026-11-11"]
    assert "sanction.days[interview]@2014-01-01" in back["policies"]
    assert back["decide_by"] == "2027-02-28"
    heard = act(followup, absence, "/hearing").json
    assert (heard["state"], heard["hearing_due"]) == ("hearing", "2026-11-23")
    assert followup.told(HearingOpened)[0].due == date(2026, 11, 23)


def test_a11_contact_on_the_same_day_leaves_exactly_that_day(followup: ServiceUnderTest) -> None:
    absence = missed(known(followup, guided()))
    answer = act(followup, absence, "/attempts", {"way": "phone", "reached": True}, day=MISSED)

    assert answer.json["restored_on"] == "2026-11-09"
    assert answer.json["days"] == ["2026-11-09"]


@pytest.mark.parametrize("guidance", [(), (guided(written=False),)])
def test_a12_without_written_guidance_there_is_no_basis_and_the_case_says_so(
    followup: ServiceUnderTest, guidance: tuple[Any, ...]
) -> None:
    absence = missed(known(followup, *guidance))
    refused = act(followup, absence, "/hearing")

    assert (absence["days"], absence["missing"]) == ([], ["written_guidance"])
    assert (refused.status_code, refused.json["code"]) == (409, "guidance_missing")
    page = words(followup.browser("adviser").get(f"/opfoelgning/fravaer/{absence['id']}"))
    assert "Der mangler skriftlig vejledning før fraværet." in page
    assert "Ingen dage foreslås." in page


def test_a12_guidance_that_came_after_the_missed_talk_is_too_late(followup: ServiceUnderTest) -> None:
    known(followup)
    with clock.moved_to(danish_time(date(2026, 11, 10), 9)):
        followup.hear(guided())

    assert missed(followup)["missing"] == ["written_guidance"]


def test_aktivitetsparat_is_reached_in_person_before_anything_else(followup: ServiceUnderTest) -> None:
    absence = missed(known(followup, guided(), judged("aktivitetsparat")))
    act(followup, absence, "/attempts", {"way": "letter", "reached": False})
    assert act(followup, absence, "/hearing").json["code"] == "personal_contact_missing"

    act(followup, absence, "/attempts", {"way": "visit", "reached": True})
    assert act(followup, absence, "/hearing").status_code == 201


def test_reasonable_ground_leaves_nothing_to_propose(followup: ServiceUnderTest) -> None:
    absence = missed(known(followup, guided()))
    judged_so = act(followup, absence, "/ground", {"ground_code": "no_letter", "reasonable": True}).json

    assert (judged_so["days"], judged_so["missing"]) == ([], ["reasonable_ground"])


def test_case_is_handed_over_when_the_time_to_answer_is_over_and_not_before(followup: ServiceUnderTest) -> None:
    absence = missed(known(followup, guided()))
    act(followup, absence, "/restored", {"on": "2026-11-12"})
    assert act(followup, absence, "/handed-over").json["code"] == "not_heard"
    act(followup, absence, "/hearing")
    assert act(followup, absence, "/handed-over", day=date(2026, 11, 23)).json["code"] == "hearing_runs"

    handed = act(followup, absence, "/handed-over", day=date(2026, 11, 24)).json
    assert handed["state"] == "handed_over"
    told = followup.told(HearingHandedOver)[0]
    assert told.days == (date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 11))


def test_answer_lets_the_case_go_on_at_once_and_its_words_go_nowhere(followup: ServiceUnderTest) -> None:
    absence = missed(known(followup, guided()))
    act(followup, absence, "/restored", {"on": "2026-11-12"})
    act(followup, absence, "/hearing")
    answered = act(followup, absence, "/hearing/answer", {"said": "Bussen holdt i Hobro"})

    assert answered.json["state"] == "answered"
    assert "Hobro" not in answered.text + "".join(str(one) for one in followup.envelopes())
    assert act(followup, absence, "/handed-over").status_code == 201
    assert "Bussen holdt i Hobro" in followup.browser("adviser").get(f"/opfoelgning/fravaer/{absence['id']}").text


def test_nothing_is_handed_over_when_the_time_to_decide_is_over(followup: ServiceUnderTest) -> None:
    absence = missed(known(followup, guided()))
    act(followup, absence, "/restored", {"on": "2026-11-12"})
    act(followup, absence, "/hearing")

    assert act(followup, absence, "/handed-over", day=date(2027, 2, 28)).status_code == 201
    again = missed(known(followup, guided()))
    act(followup, again, "/restored", {"on": "2026-11-12"})
    act(followup, again, "/hearing")
    assert act(followup, again, "/handed-over", day=date(2027, 3, 1)).json["code"] == "too_late_to_decide"


def test_same_absence_is_registered_once_and_makes_contact_closer(followup: ServiceUnderTest) -> None:
    followup.hear(company(), placement(
        starts_on=date(2026, 11, 2), ends_on=date(2027, 1, 31), first_day_at=danish_time(date(2026, 11, 2), 8),
    ))  # fmt: skip
    known(followup, guided())

    assert missed(followup)["id"] == missed(followup)["id"]
    plan = followup.call("GET", f"/placements/{PLACEMENT}", client="adviser").json["contacts"]
    assert [one["planned_at"][:10] for one in plan if one["why_code"] == "absence"][:2] == ["2026-11-10", "2026-11-11"]


def test_missed_offer_has_no_days_as_the_rule_is_not_configured() -> None:
    found = rules.basis(Facts("offer", MISSED, RESTORED, guided_on=date(2026, 10, 1)), RESTORED, POLICY)

    assert (found.days, found.missing) == ((), ("not_configured",))


@pytest.mark.parametrize(
    ("on", "restored", "days"),
    [
        (date(2013, 12, 31), date(2014, 1, 3), 0),
        (date(2014, 1, 1), date(2014, 1, 3), 2),
        (date(2026, 12, 31), date(2027, 1, 2), 2),
    ],
)
def test_absence_is_judged_by_the_row_of_its_own_day(on: date, restored: date, days: int) -> None:
    found = rules.basis(Facts("interview", on, restored, guided_on=on), restored, POLICY)

    assert len(found.days) == days


def test_day_of_contact_counts_where_the_municipality_reads_the_law_so(tmp_path: Any) -> None:
    rows = "".join(
        f'[[row]]\nkey = "{key}"\nvalue = {value}\nunit = "x"\nfrom = 2014-01-01\nsource = "x"\nconfidence = "H"\n'
        for key, value in {
            "sanction.days": '"x"', "sanction.months_to_decide": 3, "sanction.day_of_contact_counts": "true",
        }.items()
    )  # fmt: skip
    (tmp_path / "policy.toml").write_text(rows)

    found = rules.basis(Facts("interview", MISSED, RESTORED), RESTORED, Policy.load(tmp_path / "policy.toml"))
    assert found.days == tuple(MISSED + timedelta(days=number) for number in range(4))


def test_case_is_closed_by_a_person_and_opened_again_on_its_page(followup: ServiceUnderTest) -> None:
    absence = missed(known(followup, guided()))
    path = f"/opfoelgning/fravaer/{absence['id']}"
    with clock.moved_to(danish_time(RESTORED, 14)):
        adviser = followup.browser("adviser")
        assert adviser.submit(f"{path}/luk", {"closed_code": "resolved"}).status_code == 303
        where, fields = offered(adviser.get(path).text)
        adviser.submit(where, fields)
        assert "Prøv at få kontakt" in words(adviser.get(path))


def test_whole_case_is_worked_through_on_its_page(followup: ServiceUnderTest) -> None:
    known(followup, guided())
    of_citizen = f"/opfoelgning/borger/{CITIZEN}/fravaer"
    with clock.moved_to(danish_time(MISSED, 15)):
        adviser = followup.browser("adviser")
        assert "Der er ikke noteret noget fravær." in words(adviser.get(of_citizen))
        assert "Dag: Dagen er ikke kommet endnu." in words(
            adviser.submit(of_citizen, {"kind": "interview", "on": "2026-11-10"})
        )
        path = adviser.submit(of_citizen, {"kind": "interview", "on": "2026-11-09"}).location
    with clock.moved_to(danish_time(RESTORED, 15)):
        adviser = followup.browser("adviser")
        assert "4 dage foreslås:" in words(adviser.get(path))
        adviser.submit(f"{path}/forsoeg", {"way": "phone", "reached": "on"})
        assert "3 dage foreslås:" in words(adviser.get(path))
        adviser.submit(f"{path}/hoering")
        assert "Frist for borgerens svar: 23. november 2026" in words(adviser.get(path))
        assert "Mangler." in words(adviser.submit(f"{path}/svar", {"said": ""}))
        adviser.submit(f"{path}/svar", {"said": "Jeg var syg."})
        adviser.submit(f"{path}/videre")
        shown = words(adviser.get(path))
    assert "Givet videre til afgørelse" in shown
    assert "Her afgøres intet, og intet trækkes." in shown


def test_hearing_is_opened_by_an_adviser_only(followup: ServiceUnderTest) -> None:
    absence = missed(known(followup, guided()))
    path = f"/opfoelgning/fravaer/{absence['id']}/hoering"

    assert followup.browser("job_consultant").submit(path).status_code == 403

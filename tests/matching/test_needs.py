"""The company side: one entrance for companies, workplaces and needs."""

from typing import Any

import pytest

from shared.events import NOTIFICATIONS, CompanyRegistered, CompanyRequestReceived
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CLEANER,
    CVR_A,
    CVR_B,
    P_NUMBER,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    days,
    listed,
    need_body,
    posted,
    ranking,
)


def test_same_cvr_is_the_same_company_with_its_new_contact(matching: ServiceUnderTest) -> None:
    first = add_company(matching)
    again = add_company(matching, "DK 90 00 00 04", contact={"name": "Nina Ny", "email": None, "phone": None})

    assert (again["id"], again["cvr"], again["version"]) == (first["id"], CVR_A, 2)
    assert [told.contact_name for told in matching.told(CompanyRegistered, opener=NOTIFICATIONS)] == [
        "Vera Vagn",
        "Nina Ny",
    ]


def test_contact_is_sealed_and_stays_out_of_the_audit_trail(matching: ServiceUnderTest) -> None:
    add_company(matching)

    trail = str(matching.connection.exec_driver_sql("SELECT * FROM audit").all())
    for secret in ("Vera", "vera@firma.example", "+4520123456"):
        assert secret not in str(matching.envelopes())
        assert secret not in trail


@pytest.mark.parametrize("cvr", ["90000005", "1234", "abcdefgh"])
def test_wrong_cvr_names_the_field(matching: ServiceUnderTest, cvr: str) -> None:
    body = {"cvr": cvr, "name": "X", "contact": {"name": "Y"}}
    answer = matching.call("POST", "/companies", body, client="consultant")

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["cvr"])


def test_months_told_again_replace_those_told_before(matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    again = add_workplace(matching, company, staff=[{"month": "2026-10", "fte": 30}])

    assert [month["fte"] for month in again["staff"]] == [40, 40, 40, 30]


def test_p_number_of_another_company_is_refused(matching: ServiceUnderTest) -> None:
    add_workplace(matching, add_company(matching))
    other = add_company(matching, CVR_B)
    body = {"p_number": P_NUMBER, "name": "X", "postal_code": "2730"}
    answer = matching.call("POST", f"/companies/{other['id']}/workplaces", body, client="consultant")

    assert (answer.status_code, answer.json["code"]) == (409, "p_number_taken")


def test_unknown_postal_code_is_refused(matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    body = {"p_number": P_NUMBER, "name": "X", "postal_code": "0001"}
    answer = matching.call("POST", f"/companies/{company['id']}/workplaces", body, client="consultant")

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["postal_code"])


def test_phoned_in_need_is_told_once(matching: ServiceUnderTest) -> None:
    need = add_need(matching)

    told = matching.told(CompanyRequestReceived)
    assert [str(one.need_id) for one in told] == [need["id"]]
    assert (need["state"], need["title"], need["days_required"]) == ("open", "Rengøringsassistent", 5)
    assert need["answer_due"] is None


def test_a30_coffee_machines_two_hours_on_three_days(matching: ServiceUnderTest) -> None:
    need = add_need(
        matching,
        title="Skylle kaffemaskiner",
        employment_form="small_job",
        weekly_hours_min=None,
        weekly_hours_max=None,
        windows=days("08:00-14:00"),
        days_required=3,
        hours_per_day=2,
    )
    fitting = add_candidate(
        matching,
        weekly_hours_min=4.0,
        weekly_hours_max=8.0,
        availability=("mon 09:00-11:00", "wed 12:00-14:00", "fri 08:00-10:30"),
    )
    add_candidate(
        matching,
        weekly_hours_min=4.0,
        weekly_hours_max=8.0,
        availability=("mon 09:00-11:00", "wed 12:00-14:00", "fri 08:00-09:00", "fri 10:00-11:00"),
    )

    assert (need["weekly_hours_min"], need["weekly_hours_max"], need["unadvertised"]) == (6, 6, True)
    assert listed(ranking(matching, need)) == [str(fitting)]
    assert ranking(matching, need)["near_misses"][0]["missed"][0]["words_da"] == (
        "kan 2 af 3 dage: kan ikke om tirsdagen"
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("occupation", "00000000-0000-0000-0000-000000000001"),
        ("windows", ["mon 15:00-07:00"]),
        ("days_required", 6),
        ("p_number", "1099990009"),
        ("weekly_hours_min", 30),
        ("weekly_hours_max", 20.5),
        ("hours_per_day", 4.25),
    ],
)
def test_need_that_makes_no_sense_names_the_field(matching: ServiceUnderTest, field: str, value: Any) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    answer = matching.call("POST", "/needs", need_body(company) | {field: value}, client="consultant")

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


@pytest.mark.parametrize(("field", "value"), [("adjustments", "f32_1"), ("licences", "pilot")])
def test_a24_codes_are_those_of_the_closed_lists(matching: ServiceUnderTest, field: str, value: str) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    answer = matching.call("POST", "/needs", need_body(company) | {field: [value]}, client="consultant")

    assert (answer.status_code, list(answer.json["errors"])) == (422, [f"{field}.0"])


def test_company_sees_and_changes_its_own_needs_only(matching: ServiceUnderTest) -> None:
    path = f"/needs/{add_need(matching)['id']}"
    change = {"state": "paused"}

    assert matching.call("GET", path, client="company-a").status_code == 200
    assert matching.call("GET", path, client="company-b").status_code == 404
    assert matching.call("PATCH", path, change, client="company-b", If_Match='"v1"').status_code == 404
    assert matching.call("PATCH", path, change, client="company-a", If_Match='"v1"').json["state"] == "paused"
    assert matching.call("GET", "/needs", client="company-b").json["items"] == []
    assert matching.call("GET", "/companies", client="company-b").json["items"] == []


def test_company_enters_a_need_for_itself_but_not_for_another(matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    add_workplace(matching, company)

    assert posted(matching, "/needs", need_body(company), "company-a")["state"] == "open"
    assert matching.call("POST", "/needs", need_body(company), client="company-b").status_code == 404


def test_edit_needs_the_version_that_was_read(matching: ServiceUnderTest) -> None:
    path = f"/needs/{add_need(matching)['id']}"
    windows = {"windows": days("08:00-18:00", "mon", "tue")}
    changed = matching.call("PATCH", path, windows, client="consultant", If_Match='"v1"')

    assert (changed.json["days_required"], changed.headers["ETag"]) == (2, '"v2"')
    assert matching.call("PATCH", path, windows, client="consultant", If_Match='"v1"').status_code == 412


def test_hours_that_nobody_told_follow_the_windows(matching: ServiceUnderTest) -> None:
    need = add_need(matching, weekly_hours_min=None, weekly_hours_max=None)
    path, shorter = f"/needs/{need['id']}", {"windows": days("08:00-10:00", "mon", "tue", "wed")}
    changed = matching.call("PATCH", path, shorter, client="consultant", If_Match='"v1"').json

    assert (need["weekly_hours_min"], need["weekly_hours_max"], need["days_required"]) == (20, 20, 5)
    assert (changed["weekly_hours_min"], changed["weekly_hours_max"], changed["days_required"]) == (6, 6, 3)


def test_hours_that_were_told_stand_and_must_fit_new_windows(matching: ServiceUnderTest) -> None:
    path = f"/needs/{add_need(matching)['id']}"
    short = {"windows": days("08:00-10:00")}
    refused = matching.call("PATCH", path, short, client="consultant", If_Match='"v1"')
    changed = matching.call("PATCH", path, short | {"weekly_hours_max": 10}, client="consultant", If_Match='"v1"')

    assert (refused.status_code, list(refused.json["errors"])) == (422, ["weekly_hours_max"])
    assert (changed.json["weekly_hours_min"], changed.json["weekly_hours_max"]) == (8, 10)


def test_closed_need_stays_closed_and_shows_no_candidates(matching: ServiceUnderTest) -> None:
    path = f"/needs/{add_need(matching)['id']}"
    matching.call("PATCH", path, {"state": "closed"}, client="consultant", If_Match='"v1"')

    reopened = matching.call("PATCH", path, {"state": "open"}, client="consultant", If_Match='"v2"')
    candidates = matching.call("GET", f"{path}/candidates", client="consultant")
    assert (reopened.status_code, reopened.json["code"]) == (409, "need_closed")
    assert (candidates.status_code, candidates.json["code"]) == (409, "need_not_open")


@pytest.mark.parametrize("spoken", ["rengøringsassistent", "Rengøringsasistent", "rengøringsassist"])
def test_word_of_a_caller_finds_the_occupation(matching: ServiceUnderTest, spoken: str) -> None:
    answer = matching.call("GET", f"/occupations?q={spoken}", client="consultant")

    assert answer.json["items"][0] == {"id": CLEANER, "title": "Rengøringsassistent", "isco08": "9112"}
    assert answer.json["notice"] == "This service uses the ESCO classification of the European Commission."


def test_word_that_is_no_title_finds_what_begins_like_it(matching: ServiceUnderTest) -> None:
    answer = matching.call("GET", "/occupations?q=lagermand&limit=3", client="company-a")

    assert [item["title"] for item in answer.json["items"]] == ["Lagerchef", "Lagerforvalter", "Lagerekspedient"]

"""The list for a need: who fits, why, who nearly fits, and who is never shown."""

import pytest

from services.matching.models import WishesCopy
from shared import clock
from shared.calendar import danish_time
from shared.database import new_id
from shared.occupations import occupations
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    HOTEL_CLEANER,
    MONDAY,
    OFFICER,
    add_candidate,
    add_company,
    add_need,
    assessed,
    consented,
    days,
    listed,
    need_body,
    new_placement,
    posted,
    ranking,
    registered,
    stated,
    wishes,
    withdraw,
)

COOK = next(one.id for one in occupations().values() if one.title == "Kok")
KITCHEN_HELP = next(one.id for one in occupations().values() if one.title == "Køkkenmedhjælper")


def test_a29_childcare_from_eight_excludes_where_seven_is_needed(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    from_eight = add_candidate(matching, availability=tuple(days("08:00-15:00")))
    from_seven = add_candidate(matching, availability=tuple(days("07:00-15:00")))

    found = ranking(matching, need)
    assert listed(found) == [str(from_seven)]
    assert listed(found, "near_misses") == [str(from_eight)]
    assert found["near_misses"][0]["missed"] == [
        {
            "rule": "time",
            "words_da": "kan tidligst kl. 8.00 om mandagen, arbejdet begynder kl. 7.00",
            "words_en": "can come at 8:00 at the earliest on Mondays, the work begins at 7:00",
        }
    ]


@pytest.mark.parametrize(
    ("rule", "changed", "words"),
    [
        ("form", {"forms": ("fleksjob",)}, "ønsker ikke job med løntilskud"),
        ("hours", {"weekly_hours_max": 6.5, "weekly_hours_min": 2.0}, "kan højst 6,5 timer om ugen"),
        ("hours", {"weekly_hours_max": 1.0, "weekly_hours_min": 1.0}, "kan højst 1 time om ugen"),
        ("travel", {"postal_code": "3400", "travel_km_max": 20}, "24 km væk, vil højst 20 km"),
        ("licences", {}, "mangler truckcertifikat"),
        (
            "adjustments",
            {"needs": ("no_heavy_lifting", "interpreter", "quiet_place")},
            "behov uden tilbud: tolk og ingen tunge løft",
        ),
        ("time", {"availability": tuple(days("07:00-11:00", "mon", "tue"))}, "kan ikke om onsdagen"),
    ],
)
def test_each_hard_rule_says_why(matching: ServiceUnderTest, rule: str, changed: dict[str, object], words: str) -> None:
    form = "loentilskud" if rule == "form" else "virksomhedspraktik"
    need = add_need(matching, licences=["forklift"] if rule == "licences" else [], employment_form=form)
    add_candidate(matching, **changed)

    found = ranking(matching, need)
    assert found["items"] == []
    assert found["excluded"] == {rule: 1}
    assert found["near_misses"][0]["missed"][0]["words_da"] == words


def test_three_failed_rules_or_one_failed_by_far_are_only_counted(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    add_candidate(matching, forms=("fleksjob",), needs=("no_heavy_lifting",), availability=tuple(days("08:00-15:00")))
    add_candidate(matching, postal_code="9000", travel_km_max=20)

    found = ranking(matching, need)
    assert found["near_misses"] == []
    assert found["excluded"] == {"adjustments": 1, "form": 1, "time": 1, "travel": 1}


def test_who_fails_two_rules_stands_last_with_what_would_help_with_each(matching: ServiceUnderTest) -> None:
    need = add_need(matching, licences=["forklift"])
    two = add_candidate(matching, availability=tuple(days("08:00-15:00")))
    one = add_candidate(matching, occupations=(OFFICER,))

    found = ranking(matching, need)
    assert listed(found, "near_misses") == [str(one), str(two)]
    assert [(help_["rule"], help_["side"], help_["words_da"]) for help_ in found["near_misses"][1]["changes"]] == [
        ("licences", "citizen", "borgeren får truckcertifikat"),
        ("licences", "company", "truckcertifikat ikke er et krav"),
        ("time", "company", "arbejdet kan begynde kl. 8.00 i stedet for kl. 7.00"),
        ("time", "citizen", "borgeren kan komme kl. 7.00 i stedet for kl. 8.00"),
    ]


def test_points_of_the_factors_sum_to_the_score(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    add_candidate(matching, occupations=(HOTEL_CLEANER,), postal_code="2100", mentor_wanted=True)

    item = ranking(matching, need)["items"][0]
    points = {factor["code"]: factor["points"] for factor in item["factors"]}
    assert item["score"] == sum(part or 0 for part in points.values())
    assert points == {
        "occupation": 400,
        "distance": 161,
        "hours": 200,
        "growth": None,
        "flexibility": 100,
        "attention": 150,
        "mentor": 0,
    }
    assert item["factors"][0]["words_da"] == "næsten samme stilling"


def test_somebody_who_can_do_fewer_hours_or_wants_a_mentor_loses_no_points(matching: ServiceUnderTest) -> None:
    need = add_need(matching, mentor_offered=False)
    for changed in ({}, {"weekly_hours_max": 10.0}, {"weekly_hours_max": 37.0}, {"mentor_wanted": True}):
        add_candidate(matching, **changed)

    items = ranking(matching, need)["items"]
    remarks = {item["factors"][-1]["words_da"]: item["factors"][-1]["weight"] for item in items}
    assert [item["score"] for item in items] == [1150] * 4
    assert remarks == {"ønsker ikke mentor": 0, "mentor er ønsket, men ikke tilbudt": 0}


def test_those_who_said_no_to_the_need_are_counted_and_not_listed(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    match = consented(matching, need, citizen_id)
    no = {"given": False, "how": "phone", "reason_code": "too_far"}
    posted(matching, f"/matches/{match['id']}/consent", no, "adviser")
    other = posted(matching, "/needs", need_body({"id": need["company_id"]}))

    assert ranking(matching, need)["items"] == []
    assert ranking(matching, need)["excluded"] == {"declined": 1}
    assert listed(ranking(matching, other)) == [str(citizen_id)]


@pytest.mark.parametrize(("starts_on", "excluded"), [("2026-12-06", {"placed": 1}), ("2026-12-07", {})])
def test_those_who_have_an_agreement_in_the_time_are_counted_and_not_listed(
    matching: ServiceUnderTest, starts_on: str, excluded: dict[str, int]
) -> None:
    placement = new_placement(matching)
    company = add_company(matching)
    need = posted(matching, "/needs", need_body(company, starts_on=starts_on))
    waiting = ranking(matching, need)["excluded"]
    stated(matching, placement)

    assert waiting == {}
    assert ranking(matching, need)["excluded"] == excluded


def test_nearer_occupation_stands_first(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    other, same, near = (
        add_candidate(matching, occupations=(o,)) for o in (OFFICER, need["occupation"], HOTEL_CLEANER)
    )

    assert listed(ranking(matching, need)) == [str(same), str(near), str(other)]


def test_a25_withdrawn_consent_is_gone_at_once(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    citizen_id = add_candidate(matching)
    match = consented(matching, need, citizen_id)
    with clock.moved_to(danish_time(MONDAY.date(), 22, 14)):
        withdraw(matching, citizen_id)

    with clock.moved_to(danish_time(MONDAY.date(), 22, 15)):
        found = ranking(matching, need)
        seen = matching.call("GET", f"/company-matches/{match['id']}", client="company-a")
        answer = matching.call("POST", f"/matches/{match['id']}/answer", {"accepted": True}, client="company-a")
    assert (found["items"], found["near_misses"]) == ([], [])
    assert (seen.json["state"], seen.json["functional_needs"]) == ("no_longer_available", [])
    assert (answer.status_code, answer.json["code"]) == (409, "no_longer_available")


def test_protected_address_leaves_no_trace_of_the_place(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    near = add_candidate(matching, protected=True, postal_code="2730", travel_km_max=60)
    far = add_candidate(matching, protected=True, postal_code="4000", travel_km_max=60)
    add_candidate(matching, protected=True, postal_code="3400", travel_km_max=20)

    found = ranking(matching, need)
    assert sorted(listed(found)) == sorted([str(near), str(far)])
    assert found["items"][0]["factors"] == found["items"][1]["factors"]
    assert found["near_misses"][0]["missed"][0]["words_da"] == "længere væk end ønsket"
    assert " km" not in str(found["items"]) + str(found["near_misses"])


def test_address_counts_as_protected_until_intake_has_told(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    citizen_id = new_id()
    matching.hear(wishes(citizen_id))
    before = ranking(matching, need)["items"][0]["factors"][1]["words_da"]
    matching.hear(registered(citizen_id))

    assert before == "adressen er beskyttet"
    assert ranking(matching, need)["items"][0]["factors"][1]["words_da"] == "0 km i lige linje"


def test_readiness_category_does_not_touch_the_score(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    citizen_id = add_candidate(matching, "jobparat")
    before = ranking(matching, need)
    matching.hear(assessed(citizen_id, "aktivitetsparat"), version=2)

    assert ranking(matching, need) == before


def test_related_occupation_of_another_group_has_credit_by_what_both_ask_for(matching: ServiceUnderTest) -> None:
    need = add_need(matching, occupation=COOK)
    add_candidate(matching, occupations=(OFFICER, KITCHEN_HELP))

    factor = ranking(matching, need)["items"][0]["factors"][0]
    assert (factor["code"], factor["points"]) == ("occupation", 233)
    assert factor["words_da"] == "beslægtet stilling: det, der skal kunnes, ligner 79 procent"
    assert "match.related_percent@2019-06-01" in ranking(matching, need)["policies"]


def test_list_is_for_staff_only(matching: ServiceUnderTest) -> None:
    path = f"/needs/{add_need(matching)['id']}/candidates"

    assert [matching.call("GET", path, client=c).status_code for c in ("company-a", "front-desk", "citizen")] == [
        403
    ] * 3


def test_wishes_hold_nothing_that_ranking_must_not_use() -> None:
    columns = set(WishesCopy.__table__.columns.keys())

    assert not columns & {"name", "sex", "gender", "age", "birth_date", "origin", "nationality", "benefit", "category"}

"""What staff know of both sides counts in the list itself: demands as rules, wishes as points, unknown as unknown."""

from typing import Any

import pytest

from tests.house import ServiceUnderTest
from tests.matching.factories import add_candidate, add_need, know, listed, new_placement, posted, ranking, stated


def asking(matching: ServiceUnderTest, **asked: Any) -> Any:
    """A need with what it asks for beyond its hours."""
    need = add_need(matching)
    posted(matching, f"/needs/{need['id']}/profile", asked)
    return need


def factors(matching: ServiceUnderTest, need: Any) -> dict[str, tuple[int | None, str]]:
    """What the only one on the list gets for what."""
    (item,) = ranking(matching, need)["items"]
    assert item["score"] == sum(factor["points"] or 0 for factor in item["factors"])
    return {one["code"]: (one["points"], one["words_da"]) for one in item["factors"]}


@pytest.mark.parametrize(
    ("asked", "told", "said", "helps"),
    [
        (
            {"danish_level": "work"}, {"danish_level": "everyday"}, ("danish", "kan mindre dansk, end der kræves"),
            ["dansk til hverdag er nok", "borgeren lærer dansk til arbejdet, mundtligt og skriftligt"],
        ),
        (
            {"shifts": ["weekend", "fixed"]}, {"shifts": ["fixed"]},
            ("shifts", "kan ikke arbejde på hver anden weekend"),
            ["arbejdet kan være uden hver anden weekend", "borgeren også kan arbejde på hver anden weekend"],
        ),
        (
            {}, {"transport_from": "07:40"},
            ("transport", "kan tidligst komme frem kl. 7.40, arbejdet begynder kl. 7.00"),
            [
                "arbejdet kan begynde kl. 7.40 i stedet for kl. 7.00",
                "borgeren kan komme frem og hjem mellem kl. 7.00 og 24.00",
            ],
        ),
        (
            {}, {"transport_until": "10:30"},
            ("transport", "kan senest komme hjem kl. 10.30, arbejdet slutter kl. 11.00"),
            [
                "arbejdet kan begynde kl. 6.30 i stedet for kl. 7.00",
                "borgeren kan komme frem og hjem mellem kl. 0.00 og 11.00",
            ],
        ),
    ],
)  # fmt: skip
def test_demand_that_is_known_not_to_be_met_is_a_near_miss_with_what_would_help(
    matching: ServiceUnderTest, asked: Any, told: Any, said: tuple[str, str], helps: list[str]
) -> None:
    rule, why = said
    need, citizen_id = asking(matching, **asked), add_candidate(matching)
    know(matching, citizen_id, version=1, **told)
    found = ranking(matching, need)

    assert (listed(found), listed(found, "near_misses")) == ([], [str(citizen_id)])
    (near,) = found["near_misses"]
    assert [(one["rule"], one["words_da"]) for one in near["missed"]] == [(rule, why)]
    assert [one["words_da"] for one in near["changes"]] == helps
    assert found["excluded"] == {rule: 1}


def test_lifting_keeps_out_who_must_not_lift_whatever_else_is_offered(matching: ServiceUnderTest) -> None:
    need = add_need(matching, adjustments=["no_heavy_lifting"])
    posted(matching, f"/needs/{need['id']}/profile", {"lifting_kg": 20})
    citizen_id = add_candidate(matching, needs=("no_heavy_lifting",))
    found = ranking(matching, need)

    assert listed(found, "near_misses") == [str(citizen_id)]
    assert [one["words_da"] for one in found["near_misses"][0]["changes"]] == ["der ikke skal løftes tungt"]


def test_what_nobody_knows_shuts_nobody_out_and_is_shown_as_unknown(matching: ServiceUnderTest) -> None:
    need = asking(matching, danish_level="work", shifts=["rota"], languages=["en"], soft_wishes=["careful"],
                  offers=["outdoors"], season=["06"])  # fmt: skip
    add_candidate(matching, known=False)
    shown = factors(matching, need)

    unknown = {"languages", "strengths", "offers", "season", "growth", "danish", "shifts", "transport"}
    assert {code for code, (points, _words) in shown.items() if points is None} == unknown
    assert shown["danish"][1] == "det er ikke noteret, hvor meget borgeren kan"


def test_wishes_of_both_sides_languages_months_and_growth_count_by_name(matching: ServiceUnderTest) -> None:
    need = asking(matching, languages=["en", "ar"], soft_wishes=["careful", "customer_surplus"], season=["06", "07"],
                  offers=["outdoors"])  # fmt: skip
    know(
        matching, add_candidate(matching), version=1, languages=["en"], strengths=["customer_surplus", "teamwork"],
        soft_wishes=["outdoors", "own_trade"], months=["06", "07"], hour_steps=["2027-01-11 15", "2027-03-01 25"],
        travel_minutes_max=45,
    )  # fmt: skip
    shown = factors(matching, need)

    assert {code: shown[code] for code in ("languages", "strengths", "offers", "season", "growth", "travel_time")} == {
        "languages": (50, "kan 1 af 2 sprog, der er brug for"),
        "strengths": (50, "nævner 1 af 2 ønsker selv"),
        "offers": (100, "stedet opfylder 1 af 2 ønsker"),
        "season": (50, "kan arbejde mest i 2 af 2 travle måneder"),
        "growth": (80, "planen er 25 timer fra 1. marts 2027, der er plads til 20 timer"),
        "travel_time": (None, "slå den op: borgeren vil højst rejse 45 minutter på cykel"),
    }


def test_planned_step_is_told_where_the_hours_of_today_are_too_few(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching, weekly_hours_min=2.0, weekly_hours_max=5.0)
    know(matching, citizen_id, version=1, hour_steps=["2027-01-11 7", "2027-03-01 12"])
    (near,) = ranking(matching, need)["near_misses"]

    assert near["missed"][0]["words_da"] == "kan højst 5 timer om ugen (planen er 12 timer fra 1. marts 2027)"


def test_who_had_an_agreement_at_the_company_is_known_there(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    stated(matching, made)
    match: Any = matching.call("GET", f"/matches/{made['match_id']}", client="consultant").json
    need: Any = matching.call("GET", f"/needs/{match['need_id']}", client="consultant").json
    fields = ("company_id", "p_number", "occupation", "employment_form", "windows", "adjustments")
    later = posted(matching, "/needs", {name: need[name] for name in fields} | {"starts_on": "2027-02-01"})
    new = add_candidate(matching)
    points = {
        item["citizen_id"]: factor["points"]
        for item in ranking(matching, later)["items"] for factor in item["factors"] if factor["code"] == "familiar"
    }  # fmt: skip

    assert points == {match["citizen_id"]: 50, str(new): 0}

"""The acceptance scenarios of matching as whole stories, at the pages and at the doors."""

from datetime import date

from shared import clock
from shared.calendar import danish_time
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    add_candidate,
    add_need,
    days,
    know,
    listed,
    posted,
    ranking,
    withdraw,
)

EVENING = date(2026, 11, 2)
COFFEE = {
    "windows": days("13:00-15:00", "mon", "wed", "fri"), "weekly_hours_min": None, "weekly_hours_max": None,
    "title": "Skylle kaffemaskiner", "employment_form": "small_job",
}  # fmt: skip


def test_a24_the_company_sees_quiet_and_fifteen_hours_and_nothing_of_who_or_why(matching: ServiceUnderTest) -> None:
    need = add_need(matching, employment_form="fleksjob", weekly_hours_max=15)
    citizen_id = add_candidate(matching, "fleksjob", forms=("fleksjob",), weekly_hours_max=15.0, needs=("quiet_place",))
    match = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(citizen_id)})
    posted(matching, f"/matches/{match['id']}/consent", {"given": True, "how": "in_person"})
    seen = matching.call("GET", f"/company-matches/{match['id']}", client="company-a").json
    page = matching.browser("company_employee", organisation=CVR_A).get(f"/virksomhed/forslag/{match['id']}").text

    assert (seen["functional_needs"], seen["weekly_hours_max"]) == (["quiet_place"], 15)
    assert str(citizen_id) not in page + str(seen)
    assert not {"citizen_id", "name", "category", "benefit", "address", "skills", "languages"} & set(seen)
    assert "Et roligt sted" in page or "et roligt sted" in page


def test_a25_who_withdraws_at_2214_is_not_found_at_2215_and_the_shortlist_says_so(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    home = f"/match/behov/{need['id']}"
    matching.browser("job_consultant").submit(f"{home}/liste", {"citizen_id": str(citizen_id), "kept": "on"})
    with clock.moved_to(danish_time(EVENING, 22, 14)):
        withdraw(matching, citizen_id)
    with clock.moved_to(danish_time(EVENING, 22, 15)):
        found = ranking(matching, need)
        page = words(matching.browser("job_consultant").get(home))

    assert listed(found) == []
    assert "Navn følger Ikke længere muligt" in page


def test_a29_who_can_come_at_eight_is_kept_out_with_the_reason_and_who_can_at_seven_is_listed(
    matching: ServiceUnderTest,
) -> None:
    need = add_need(matching, windows=days("07:00-11:00"))
    late, early = add_candidate(matching, availability=tuple(days("08:00-15:00"))), add_candidate(matching)
    page = words(matching.browser("adviser").get(f"/match/borger/{late}/historik?behov={need['id']}"))
    refused = matching.call("POST", "/matches", {"need_id": need["id"], "citizen_id": str(late)}, client="consultant")

    assert listed(ranking(matching, need)) == [str(early)]
    assert "Kan tidligst kl. 8.00 om mandagen, arbejdet begynder kl. 7.00" in page
    assert list(refused.json["errors"]) == ["time"]


def test_a30_coffee_machines_two_hours_on_three_days_find_who_wants_four_to_eight_hours(
    matching: ServiceUnderTest,
) -> None:
    need = add_need(matching, **COFFEE)
    wants = add_candidate(matching, forms=("small_job",), weekly_hours_min=4.0, weekly_hours_max=8.0)
    too_much = add_candidate(matching, forms=("small_job",), weekly_hours_min=10.0)
    know(matching, wants, hour_steps=["2027-01-11 10"], version=1)

    assert (need["weekly_hours_min"], need["weekly_hours_max"], need["unadvertised"]) == (6, 6, True)
    found = ranking(matching, need)
    assert (listed(found), listed(found, "near_misses")) == ([str(wants)], [str(too_much)])

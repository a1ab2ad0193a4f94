"""What the company calls the job, on the forms for a need and by the API: linked in the open, or five to choose."""

import re
from typing import Any

import pytest

from shared.occupations import occupations
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CLEANER,
    CVR_A,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    consented,
    need_body,
)
from tests.matching.test_need_pages import NEED, new_need, only_need
from tests.matching.test_undo_edits import EDIT, undo_of

TRUCK = next(known.id for known in occupations().values() if known.title == "Truckfører")
WITHOUT = {name: value for name, value in NEED.items() if name != "occupation"}


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


def chosen(page: str) -> list[str]:
    return re.findall(r'name="occupation" value="([^"]*)"[^>]* checked', page)


def offered(page: str) -> list[str]:
    return re.findall(r'name="occupation" value="([^"]*)"', page)


def test_another_name_is_chosen_while_it_is_typed_and_says_what_it_is_read_as(consultant: Browser) -> None:
    answer = consultant.get("/match/stillinger?occupation_title=gaffeltruckf%C3%B8rer")

    assert "„gaffeltruckfører“ læses som stillingen Truckfører, hvis du ikke vælger en anden." in words(answer)
    assert chosen(answer.text) == [TRUCK]
    assert len(offered(answer.text)) > 1


def test_what_is_not_sure_shows_five_and_chooses_none(consultant: Browser) -> None:
    answer = consultant.get("/match/stillinger?occupation_title=lagermand")

    assert "Vi er ikke sikre på, hvad „lagermand“ er." in words(answer)
    assert (len(offered(answer.text)), chosen(answer.text)) == (5, [])


def test_what_is_like_no_title_says_so(consultant: Browser) -> None:
    assert "Der er ingen stilling på listen, der ligner „qqqzzz“." in words(
        consultant.get("/match/stillinger?occupation_title=qqqzzz")
    )


def test_a_linked_name_is_kept_as_it_was_said_and_told_with_a_way_to_change_it(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    answer = consultant.submit(new_need(matching), WITHOUT | {"occupation_title": "gaffeltruckfører"})
    page = consultant.get(answer.location)

    assert (only_need(matching)["occupation"], only_need(matching)["title"]) == (TRUCK, "Gaffeltruckfører")
    assert "„gaffeltruckfører“ er læst som stillingen Truckfører. Er det forkert, så ret behovet." in words(page)


def test_what_is_not_sure_comes_back_with_five_to_choose_from(consultant: Browser, matching: ServiceUnderTest) -> None:
    answer = consultant.submit(new_need(matching), WITHOUT | {"occupation_title": "lagermand", "positions": "4"})

    assert answer.status_code == 422
    assert "“lagermand” kan være: Lager- og logistikmedarbejder, " in words(answer)
    assert (len(offered(answer.text)), chosen(answer.text)) == (5, [])
    assert 'name="positions" value="4"' in answer.text


def test_the_work_of_a_need_is_changed_and_put_back(consultant: Browser, matching: ServiceUnderTest) -> None:
    home = f"/match/behov/{add_need(matching)['id']}"
    action, fields = undo_of(consultant, f"{home}/ret", EDIT | {"version": "1", "occupation_title": "truckfører"})
    after = only_need(matching)
    consultant.submit(action, fields)

    assert (after["occupation"], after["title"]) == (TRUCK, "Truckfører")
    assert (only_need(matching)["occupation"], only_need(matching)["title"]) == (CLEANER, "Rengøringsassistent")


def test_other_words_on_the_form_for_a_change_say_what_they_were_read_as(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    home = f"/match/behov/{add_need(matching)['id']}"
    consultant.submit(f"{home}/ret", EDIT | {"version": "1", "occupation_title": "gaffeltruckfører"})

    assert "„gaffeltruckfører“ er læst som stillingen Truckfører." in words(consultant.get(home))


def test_the_work_is_not_changed_once_somebody_was_asked_about_it(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    need = add_need(matching)
    consented(matching, need, add_candidate(matching))
    version = str(only_need(matching)["version"])
    typed = EDIT | {"version": version, "occupation": TRUCK}
    answer = consultant.submit(f"/match/behov/{need['id']}/ret", typed)

    assert (answer.status_code, "Der er foreslået nogen til behovet." in words(answer)) == (409, True)
    assert only_need(matching)["occupation"] == CLEANER


def test_work_that_is_not_sure_changes_nothing_and_offers_five(consultant: Browser, matching: ServiceUnderTest) -> None:
    home = f"/match/behov/{add_need(matching)['id']}"
    answer = consultant.submit(f"{home}/ret", EDIT | {"version": "1", "occupation_title": "lagermand"})

    assert (answer.status_code, len(offered(answer.text))) == (422, 5)
    assert only_need(matching)["occupation"] == CLEANER


def test_a_company_changes_the_work_of_its_own_need(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    boss = matching.browser("company_employee", organisation=CVR_A)
    boss.submit(f"/virksomhed/behov/{need['id']}/ret", EDIT | {"version": "1", "occupation": TRUCK})

    assert only_need(matching)["occupation"] == TRUCK


def new_body(matching: ServiceUnderTest, **told: Any) -> dict[str, Any]:
    company = add_company(matching)
    add_workplace(matching, company)
    body = need_body(company)
    return {name: value for name, value in body.items() if name not in ("occupation", "title")} | told


def test_the_door_links_what_is_sure_and_keeps_the_words(matching: ServiceUnderTest) -> None:
    body = new_body(matching, occupation_title="gaffeltruckfører")
    answer = matching.call("POST", "/needs", body, client="consultant")

    assert (answer.status_code, answer.json["occupation"], answer.json["title"]) == (201, TRUCK, "Gaffeltruckfører")


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"occupation_title": "lagermand"}, "“lagermand” may be: Lager- og logistikmedarbejder, "),
        ({"occupation_title": None}, "Missing."),
        ({}, "Missing."),
    ],
)
def test_the_door_refuses_what_is_not_sure_with_five_to_choose_from(
    matching: ServiceUnderTest, told: dict[str, str], message: str
) -> None:
    answer = matching.call("POST", "/needs", new_body(matching, **told), client="consultant")

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["occupation"])
    assert message in answer.json["errors"]["occupation"]


def test_the_door_for_titles_tells_the_link_and_the_choices(matching: ServiceUnderTest) -> None:
    sure = matching.call("GET", "/occupation-links?q=gaffeltruckf%C3%B8rer", client="consultant").json
    unsure = matching.call("GET", "/occupation-links?q=lagermand", client="consultant").json

    assert (sure["linked"]["id"], sure["sure"]) == (TRUCK, 0.95)
    assert (unsure["linked"], unsure["sure"], len(unsure["choices"])) == (None, None, 5)
    assert unsure["choices"][0]["title"] == "Lager- og logistikmedarbejder"


def test_the_door_for_texts_tells_what_else_a_word_may_be(matching: ServiceUnderTest) -> None:
    (item,) = matching.call("POST", "/readings", {"said": "en lagermand"}, client="consultant").json["items"]

    assert (item["field"], item["start"], item["end"]) == ("occupation", 3, 12)
    assert item["sure"] <= 0.5
    assert occupations()[item["choices"][0]].title == "Lager- og logistikmedarbejder"


WISHED = "/match/stillinger/borger?job_wishes.occupation_titles="


def ticked(page: str) -> list[str]:
    return re.findall(r'name="job_wishes.occupations" value="([^"]*)"[^>]* checked', page)


def test_what_a_citizen_wants_is_linked_and_what_was_ticked_before_stays(consultant: Browser) -> None:
    answer = consultant.get(f"{WISHED}gaffeltruckf%C3%B8rer&job_wishes.occupations={CLEANER}")

    assert "„gaffeltruckfører“ læses som stillingen Truckfører. Fjern hakket, og vælg en anden" in words(answer)
    assert ticked(answer.text) == [CLEANER, TRUCK]
    assert f'name="job_wishes.offered" value="{TRUCK}"' in answer.text


def test_what_a_citizen_wants_in_words_that_are_not_sure_is_five_to_tick(consultant: Browser) -> None:
    answer = consultant.get(f"{WISHED}lagermand")

    assert "Vi er ikke sikre på, hvad „lagermand“ er." in words(answer)
    assert ticked(answer.text) == []
    assert len(re.findall('name="job_wishes.occupations"', answer.text)) == 5


def test_words_deleted_again_leave_what_was_ticked(consultant: Browser) -> None:
    answer = consultant.get(f"{WISHED}&job_wishes.occupations={CLEANER}")

    assert ticked(answer.text) == [CLEANER]
    assert "job_wishes.offered" not in answer.text

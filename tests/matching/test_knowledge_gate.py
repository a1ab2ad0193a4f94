"""No matching in the blind (C13): too little known of somebody, and no company hears of them; staff see what to ask."""

from typing import Any
from uuid import UUID

import pytest

from services.matching.use_cases import POLICY
from shared.database import new_id
from tests.browser import offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import KNOWN, add_candidate, add_need, know, listed, posted, ranking, withdraw

HOME = "/match/borger/{}/viden"


def propose(matching: ServiceUnderTest, need: Any, citizen_id: UUID) -> Any:
    body = {"need_id": need["id"], "citizen_id": str(citizen_id)}
    return matching.call("POST", "/matches", body, client="consultant")


def test_c13_who_is_not_known_well_enough_is_not_proposed_and_it_says_what_to_find_out(
    matching: ServiceUnderTest,
) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching, known=False)
    refused = propose(matching, need, citizen_id)

    assert (refused.status_code, refused.json["code"]) == (409, "not_known_well_enough")
    assert refused.json["title"].endswith(
        "Find først ud af: hvad borgeren kan, hvordan borgeren kommer frem og hvor meget dansk borgeren kan."
    )
    assert refused.json["policy"] == "match.knowledge@2019-06-01"
    know(matching, citizen_id)
    assert propose(matching, need, citizen_id).status_code == 201


def test_c13_staff_still_see_them_on_the_list_with_what_to_ask_and_where(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching, known=False)
    answer = matching.browser("job_consultant").get(f"/match/behov/{need['id']}")

    assert str(citizen_id) in listed(ranking(matching, need))
    assert "Kendes ikke godt nok Find først ud af: hvad borgeren kan, hvordan" in words(answer)
    assert f'href="/borger/{citizen_id}/samtalen"' in answer.text
    assert f'action="/match/behov/{need["id"]}/foreslaa"' not in answer.text


def test_c13_without_a_row_nothing_is_demanded_and_the_page_says_that_it_is_not_set_up(
    matching: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching, known=False)
    monkeypatch.setitem(POLICY._rows, ("match.knowledge", None), [])
    shown = words(matching.browser("job_consultant").get(HOME.format(citizen_id)))

    assert "Det er ikke sat op, hvad vi skal vide" in shown
    assert propose(matching, need, citizen_id).status_code == 201


def test_what_is_known_is_written_down_on_a_page_and_taken_back(matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching, known=False)
    browser, home = matching.browser("job_consultant"), HOME.format(citizen_id)
    empty = words(browser.get(home))
    typed = {"more_skills": "vise initiativ, Sikre kundetilfredshed", "transport": "public", "danish_level": "work",
             "step_1_from": "2027-01-11", "step_1_hours": "15"}  # fmt: skip
    browser.submit(home, typed)
    page = browser.get(home)
    action, fields = offered(page.text)

    assert "Før borgeren kan foreslås til en virksomhed, skal vi vide: hvad borgeren kan" in empty
    assert "Vi ved nok til at foreslå borgeren til en virksomhed." in words(page)
    assert 'value="9" checked' in page.text
    browser.submit(action, fields)
    assert "skal vi vide: hvad borgeren kan" in words(browser.get(home))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"more_skills": "vise initiatv"}, "“vise initiatv” kendes ikke. Mente du vise initiativ"),
        ({"step_1_from": "2027-01-11"}, "Både dag og timer."),
        ({"step_1_from": "2027-01-11", "step_1_hours": "15", "step_2_from": "2027-03-01", "step_2_hours": "10"},
         "Timerne skal vokse trin for trin."),
        ({"transport_from": "16:00", "transport_until": "07:00"}, "Slutter før det begynder."),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_comes_back_with_what_was_typed(
    matching: ServiceUnderTest, typed: dict[str, str], message: str
) -> None:
    citizen_id = add_candidate(matching, known=False)
    answer = matching.browser("job_consultant").submit(HOME.format(citizen_id), typed | {"transport": "car"})

    assert (answer.status_code, message in words(answer)) == (422, True)
    assert '<option value="car" selected>' in answer.text


def test_somebody_elses_change_meanwhile_is_not_overwritten(matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching)
    answer = matching.call("POST", f"/candidates/{citizen_id}/knowledge", KNOWN, client="consultant")

    assert answer.status_code == 412


def test_who_is_paused_is_neither_listed_nor_proposed(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    know(matching, citizen_id, paused=True, version=1)
    found = ranking(matching, need)

    assert (listed(found), found["excluded"]["paused"]) == ([], 1)
    assert propose(matching, need, citizen_id).json["code"] == "paused"


def test_a25_nothing_that_was_written_down_outlives_the_consent(matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching)
    withdraw(matching, citizen_id)

    assert matching.connection.exec_driver_sql("SELECT count(*) FROM knowledge").scalar() == 0
    refused = matching.call("POST", f"/candidates/{citizen_id}/knowledge", KNOWN, client="consultant")
    assert refused.json["code"] == "no_consent"
    assert "Borgeren deltager ikke i matchningen." in words(matching.browser("adviser").get(HOME.format(citizen_id)))


def test_a_skill_that_is_written_down_counts_where_the_need_wishes_for_it(matching: ServiceUnderTest) -> None:
    need, without, having = add_need(matching), add_candidate(matching), add_candidate(matching)
    know(matching, having, skills=[37], version=1)
    home = f"/match/behov/{need['id']}"
    matching.browser("job_consultant").submit(f"{home}/profil", {"skills": "37", "soft_wishes": "customer_surplus"})
    page = words(matching.browser("job_consultant").get(home))

    assert listed(ranking(matching, need)) == [str(having), str(without)]
    assert "Kompetencer, der ønskes sikre kundetilfredshed" in page
    assert "Ønsker, der ikke er krav overskud til kunder" in page


def test_a_hard_demand_that_is_known_not_to_be_met_takes_a_reason_and_a_profile_is_taken_back(
    matching: ServiceUnderTest,
) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    browser, home = matching.browser("job_consultant"), f"/match/behov/{need['id']}"
    browser.submit(f"{home}/profil", {"danish_level": "fluent"})
    refused = propose(matching, need, citizen_id)
    action, fields = offered(browser.get(home).text)
    browser.submit(action, fields)

    assert (refused.json["code"], list(refused.json["errors"])) == ("hard_rule_failed", ["danish"])
    assert "Der er ikke noteret kompetencer eller ønsker endnu." in words(browser.get(home))
    assert propose(matching, need, citizen_id).status_code == 201


def test_a29_who_cannot_get_there_at_seven_is_stopped_by_the_bus_as_well(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    know(matching, citizen_id, transport="public", transport_from="07:40", version=1)

    assert propose(matching, need, citizen_id).json["errors"] == {
        "transport": "kan tidligst komme frem kl. 7.40, arbejdet begynder kl. 7.00 / "
        "cannot get there before 7:40, the work begins at 7:00"
    }


def test_only_staff_who_match_write_and_nobody_unknown_is_there(matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching)
    desk = matching.browser("front_desk")

    assert "Kompetencer vise initiativ" in words(desk.get(HOME.format(citizen_id)))
    assert desk.submit(HOME.format(citizen_id), {"transport": "car"}).status_code == 403
    assert matching.browser("job_consultant").submit(HOME.format(new_id()), {}).status_code == 404
    assert matching.browser("citizen", subject=str(citizen_id)).get(HOME.format(citizen_id)).status_code == 403
    assert posted(matching, "/matches", {"need_id": add_need(matching)["id"], "citizen_id": str(citizen_id)})

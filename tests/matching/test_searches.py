"""Saved searches: a need that comes at night is told of in the morning, once, and only to whom seeks it."""

from datetime import date
from typing import Any
from uuid import UUID

from services.matching.use_cases import searches
from shared import clock
from shared.calendar import danish_time
from shared.events import SearchAlerted
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import CLEANER, OFFICER, add_candidate, add_company, add_need, need_body, posted, withdraw

TUESDAY, SATURDAY = date(2026, 11, 3), date(2026, 11, 7)
HOME = "/match/soegninger"


def post_need(matching: ServiceUnderTest, day: date, hour: int, **changed: Any) -> Any:
    with clock.moved_to(danish_time(day, hour)):
        return posted(matching, "/needs", need_body(add_company(matching), **changed))


def alerted(matching: ServiceUnderTest, day: date, hour: int) -> list[UUID]:
    with clock.moved_to(danish_time(day, hour)), matching.begin() as session:
        searches.alert(session)
    return list(matching.connection.exec_driver_sql("SELECT need_id FROM notice ORDER BY id").scalars())


def seeking(matching: ServiceUnderTest, **sought: Any) -> Browser:
    add_need(matching)
    browser = matching.browser("job_consultant")
    assert browser.submit(HOME, sought).status_code == 303
    return browser


def test_a_need_posted_at_night_is_told_of_in_the_morning_and_once(matching: ServiceUnderTest) -> None:
    browser = seeking(matching, occupation=CLEANER)
    need = post_need(matching, TUESDAY, 2)
    night, morning = alerted(matching, TUESDAY, 6), alerted(matching, TUESDAY, 7)
    again = alerted(matching, TUESDAY, 8)

    assert (night, [str(one) for one in morning], len(again)) == ([], [need["id"]], 1)
    assert "Nyt behov, der svarer til din søgning Rengøringsassistent" in words(browser.get("/match/mine"))
    assert "Der er ingen beskeder." in words(matching.browser("job_consultant").get("/match/mine"))


def test_nothing_is_told_of_what_is_not_sought_of_what_was_there_before_or_at_the_weekend(
    matching: ServiceUnderTest,
) -> None:
    seeking(matching, occupation=CLEANER, employment_forms="small_job", weekly_hours_max="10")
    post_need(matching, TUESDAY, 2, occupation=OFFICER, employment_form="small_job")
    post_need(matching, TUESDAY, 2)
    post_need(matching, TUESDAY, 2, employment_form="small_job", weekly_hours_min=15)

    assert alerted(matching, TUESDAY, 9) == []
    found = post_need(matching, SATURDAY, 2, employment_form="small_job", weekly_hours_min=8)
    assert alerted(matching, SATURDAY, 9) == []
    assert [str(one) for one in alerted(matching, date(2026, 11, 9), 9)] == [found["id"]]


def test_a_person_is_followed_as_long_as_they_take_part(matching: ServiceUnderTest) -> None:
    citizen_id, other = add_candidate(matching), add_candidate(matching, forms=("fleksjob",))
    browser = seeking(matching, citizen_id=str(citizen_id))
    browser.submit(HOME, {"citizen_id": str(other)})
    need = post_need(matching, TUESDAY, 2)
    told = alerted(matching, TUESDAY, 7)
    withdraw(matching, citizen_id)
    post_need(matching, TUESDAY, 12)

    assert [str(one) for one in told] == [need["id"]]
    assert len(alerted(matching, TUESDAY, 13)) == 1


def test_a_search_is_listed_deleted_and_put_back(matching: ServiceUnderTest) -> None:
    browser = matching.browser("job_consultant")
    empty = words(browser.get(HOME))
    wrong = browser.submit(HOME, {"occupation_title": "findes slet ikke"})
    browser.submit(HOME, {"occupation_title": "Rengøringsassistent", "weekly_hours_max": "12,5"})
    made = browser.get(HOME)
    action, fields = offered(made.text)
    browser.submit(action, fields)
    gone = browser.get(HOME)
    action, fields = offered(gone.text)
    browser.submit(action, fields)

    assert "Du har ingen søgninger." in empty
    assert (wrong.status_code, "“findes slet ikke”" in words(wrong)) == (422, True)
    assert "Rengøringsassistent alle fra højst 12,5 om ugen" in words(made)
    assert "Du har ingen søgninger." in words(gone)
    assert "Rengøringsassistent alle fra højst 12,5 om ugen" in words(browser.get(HOME))


def test_a_search_is_for_what_a_job_is_called_and_an_unsure_name_gets_a_choice(matching: ServiceUnderTest) -> None:
    browser = matching.browser("job_consultant")
    unsure = browser.submit(HOME, {"occupation_title": "rengøring"})
    browser.submit(HOME, {"occupation_title": "rengøringsdame", "weekly_hours_max": "10"})
    by_program = posted(matching, "/saved-searches", {"occupation_title": "rengøringsdame"})

    assert (unsure.status_code, unsure.text.count('name="occupation"')) == (422, 5)
    assert "Rengøringsassistent alle fra højst 10 om ugen" in words(browser.get(HOME))
    assert by_program["occupation"] == CLEANER


def test_several_alerts_are_one_mail_in_the_morning_and_name_nobody(matching: ServiceUnderTest) -> None:
    browser = seeking(matching, occupation=CLEANER)
    wrong = browser.submit(f"{HOME}/mail", {"mailbox": "ikke en mail"})
    assert browser.submit(f"{HOME}/mail", {"mailbox": "vera@kommunen.example"}).status_code == 303
    needs = [post_need(matching, TUESDAY, hour) for hour in (1, 2)]
    night = alerted(matching, TUESDAY, 6), matching.told(SearchAlerted)
    found = alerted(matching, TUESDAY, 7)
    post_need(matching, TUESDAY, 9)
    alerted(matching, TUESDAY, 10)
    told = matching.told(SearchAlerted)

    assert (wrong.status_code, night) == (422, ([], []))
    assert [str(one) for one in found] == [one["id"] for one in needs]
    assert [(one.needs, one.on_day, one.mailbox) for one in told] == [(2, TUESDAY, None)], "sealed"
    alerted(matching, date(2026, 11, 4), 7)
    assert [one.needs for one in matching.told(SearchAlerted)] == [2, 1]


def test_what_was_read_or_sought_without_a_mailbox_is_in_no_mail(matching: ServiceUnderTest) -> None:
    browser = seeking(matching, occupation=CLEANER)
    browser.submit(f"{HOME}/mail", {"mailbox": "vera@kommunen.example"})
    before = browser.get(HOME).text
    action, fields = offered(before)
    browser.submit(action, fields)
    browser.get(HOME)
    post_need(matching, TUESDAY, 2)
    alerted(matching, TUESDAY, 7)

    assert 'value="vera@kommunen.example"' in before
    assert 'value="vera@kommunen.example"' not in browser.get(HOME).text
    assert matching.told(SearchAlerted) == []
    chosen = posted(matching, "/alert-mailbox", {"mailbox": "bo@kommunen.example"})
    assert matching.call("GET", "/alert-mailbox", client="consultant").json == chosen

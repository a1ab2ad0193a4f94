"""The diary of needs for which nobody was proposed, and the list of gaps that it makes."""

from services.matching.rules.gaps import Gap, Unmet, gathered
from tests.browser import offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import add_candidate, add_need, days

WEEKEND = [*days("06:00-09:00"), "sat 08:00-12:00"]


def test_what_would_have_opened_most_needs_stands_first() -> None:
    night = Unmet(reasons=("time",), windows=("mon 05:00-07:00",))
    forklift = Unmet(reasons=("licences", "time"), licences=("forklift",), windows=("sat 08:00-12:00",))
    other = Unmet(reasons=("licences",), licences=("forklift", "b"), windows=("mon 05:00-07:00",))

    assert gathered([night, forklift, other]) == [
        Gap("licence", "forklift", 2), Gap("reason", "licences", 2), Gap("reason", "time", 2),
        Gap("licence", "b", 1), Gap("time", "early", 1), Gap("time", "weekend", 1),
    ]  # fmt: skip


def test_reasons_are_ticked_beforehand_noted_gathered_and_taken_back(matching: ServiceUnderTest) -> None:
    need = add_need(matching, licences=["forklift"], windows=WEEKEND, weekly_hours_max=10)
    add_candidate(matching)
    browser, home = matching.browser("job_consultant"), f"/match/behov/{need['id']}/ingen"
    before = browser.get(home).text
    browser.submit(home, {"reasons": ["licences", "time"]})
    noted = browser.get(home)
    gaps = words(browser.get("/match/huller"))
    file = browser.get("/match/huller.csv").get_data(as_text=True)
    action, fields = offered(noted.text)
    browser.submit(action, fields)

    assert 'value="licences" checked' in before
    assert 'value="form" checked' not in before
    assert "1 behov, hvor ingen blev foreslået." in gaps
    assert "Truckcertifikat 1" in gaps
    assert "Arbejde før klokken 8 1" in gaps
    assert "licence;forklift;truckcertifikat;1" in file
    assert words(browser.get("/match/huller")).count("Ingen i perioden.") == 1


def test_a_need_that_is_closed_with_nobody_proposed_asks_why(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    browser = matching.browser("job_consultant")
    answer = browser.submit(f"/match/behov/{need['id']}/tilstand", {"state": "closed", "version": "1"})

    assert answer.location == f"/match/behov/{need['id']}/ingen"
    assert "Behovet er lukket, og ingen blev foreslået. Notér hvorfor." in words(browser.get(answer.location))


def test_small_numbers_of_people_are_hidden_and_no_reason_is_an_error(matching: ServiceUnderTest) -> None:
    need = add_need(matching, licences=["forklift"])
    for _ in range(4):
        add_candidate(matching)
    browser, home = matching.browser("job_consultant"), f"/match/behov/{need['id']}/ingen"
    few = words(browser.get(home))
    add_candidate(matching)

    assert "Kørekort og beviser under 5" in few
    assert "Kørekort og beviser 5" in words(browser.get(home))
    answer = browser.submit(home, {})
    assert (answer.status_code, "Vælg mindst én grund." in words(answer)) == (422, True)


def test_what_somebody_else_noted_is_theirs_to_take_back(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    home = f"/match/behov/{need['id']}/ingen"
    mine, other = matching.browser("job_consultant"), matching.browser("job_consultant")
    mine.submit(home, {"reasons": "nobody"})
    _action, fields = offered(mine.get(home).text)

    assert other.submit(f"{home}/fortryd", fields).status_code == 409
    assert "ingen borgere at foreslå" in words(other.get(home))

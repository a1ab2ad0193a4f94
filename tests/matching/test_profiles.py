"""A citizen's own profile: in their own words, without who they are, and gone when they take it back (A24, A25)."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.matching.rules.profiles import reveals
from shared import clock
from shared.calendar import danish_time
from shared.events import CitizenRegistered
from tests.browser import Browser, offered, without_ids, words
from tests.house import ServiceUnderTest
from tests.matching.factories import CVR_A, HOTEL_CLEANER, add_candidate, add_company, know, registered, withdraw

MINE, COMPANYS = "/match/min-profil", "/virksomhed/profiler"
WORDS = "Jeg holder af orden og er god til at se, hvad der mangler. Bedst om formiddagen."
EVENING = date(2026, 11, 2)


@pytest.fixture
def boss(matching: ServiceUnderTest) -> Browser:
    add_company(matching)
    return matching.browser("company_employee", organisation=CVR_A)


def citizen(matching: ServiceUnderTest, citizen_id: UUID) -> Browser:
    return matching.browser("citizen", subject=str(citizen_id))


def written(matching: ServiceUnderTest, **candidate: Any) -> tuple[UUID, Browser]:
    """Somebody who shows a profile with their needs."""
    citizen_id = add_candidate(matching, **candidate)
    browser = citizen(matching, citizen_id)
    form = {"own_words": WORDS, "tells_needs": "on", "shown": "on"}
    assert browser.submit(MINE, form).status_code == 303
    return citizen_id, browser


def number(matching: ServiceUnderTest) -> str:
    return str(matching.connection.exec_driver_sql("SELECT id FROM profile").scalar())


def test_a24_companies_read_the_words_and_the_needs_and_nothing_of_who_it_is(
    boss: Browser, matching: ServiceUnderTest
) -> None:
    citizen_id, browser = written(matching, needs=("quiet_place",), weekly_hours_max=15.0)
    page = boss.get(f"{COMPANYS}?q=rengøring&timer=12")
    door = matching.call("GET", "/company-profiles", client="company-a").json["items"]

    assert [WORDS in words(page), "10–15 timer om ugen" in words(page)] == [True, True]
    assert door[0]["functional_needs"] == ["quiet_place"]
    assert str(citizen_id) not in page.text + str(door)
    assert "2730" not in without_ids(page.text)
    assert WORDS in words(browser.get(MINE)), "the citizen reads what companies read"
    assert "Ingen profiler passer" in words(boss.get(f"{COMPANYS}?timer=37"))
    assert "Ingen profiler passer" in words(boss.get(f"{COMPANYS}?q=astronaut"))


def test_a25_who_withdraws_at_2214_is_not_found_at_2215_and_is_said_to_be_gone_where_kept(
    boss: Browser, matching: ServiceUnderTest
) -> None:
    citizen_id, _browser = written(matching)
    boss.submit(f"{COMPANYS}/husk", {"profile_id": number(matching), "kept": "on"})
    with clock.moved_to(danish_time(EVENING, 22, 14)):
        browser = citizen(matching, citizen_id)
        gone = browser.submit(f"{MINE}/vis", {"version": "1"})
    with clock.moved_to(danish_time(EVENING, 22, 15)):
        late = matching.browser("company_employee", organisation=CVR_A)
        after = late.get(COMPANYS)
        kept = matching.call("GET", "/kept-profiles", client="company-a").json["items"]
        action, fields = offered(browser.get(MINE).text)
        browser.submit(action, fields)
        back = late.get(COMPANYS)

    assert gone.status_code == 303
    assert [WORDS in words(after), "ikke længere muligt" in words(after), kept[0]["profile"]] == [False, True, None]
    assert WORDS in words(back)


def test_a25_a_profile_does_not_outlive_the_consent(boss: Browser, matching: ServiceUnderTest) -> None:
    citizen_id, browser = written(matching)
    withdraw(matching, citizen_id)

    assert WORDS not in words(boss.get(COMPANYS))
    assert matching.connection.exec_driver_sql("SELECT count(*) FROM profile").scalar() == 0
    assert "Tal med os om dine jobønsker først." in words(browser.get(MINE))
    refused = browser.submit(MINE, {"own_words": WORDS, "shown": "on"})
    assert (refused.status_code, "Du deltager ikke i matchningen." in words(refused)) == (409, True)


@pytest.mark.parametrize("why", ["protected", "paused", "not chosen"])
def test_nobody_appears_who_is_protected_paused_or_has_not_chosen_it(
    boss: Browser, matching: ServiceUnderTest, why: str
) -> None:
    citizen_id = add_candidate(matching, protected=why == "protected", known=False)
    if why == "paused":
        know(matching, citizen_id, paused=True)
    browser = citizen(matching, citizen_id)
    browser.submit(MINE, {"own_words": WORDS} | ({} if why == "not chosen" else {"shown": "on"}))

    assert WORDS not in words(boss.get(COMPANYS))
    assert "Ingen virksomhed kan se din profil" in words(browser.get(MINE))
    keeping = boss.submit(f"{COMPANYS}/husk", {"profile_id": number(matching), "kept": "on"})
    assert keeping.status_code == 404


def test_needs_are_told_only_where_the_citizen_says_so(matching: ServiceUnderTest) -> None:
    add_company(matching)
    citizen_id = add_candidate(matching, needs=("quiet_place",))
    citizen(matching, citizen_id).submit(MINE, {"own_words": WORDS, "shown": "on"})

    (shown,) = matching.call("GET", "/company-profiles", client="company-a").json["items"]
    assert shown["functional_needs"] == []


def test_words_that_give_away_who_it_is_come_back_with_nothing_lost(matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching)
    told = registered(citizen_id)
    matching.hear(CitizenRegistered(**{**vars(told), "name": "Nancy Ann Berggren"}), version=2)
    browser = citizen(matching, citizen_id)
    said = "Jeg hedder Nancy. Skriv til nancy@example.dk eller ring 20 12 34 56."
    wrong = browser.submit(MINE, {"own_words": said, "shown": "on"})

    assert (wrong.status_code, said in words(wrong)) == (422, True)
    assert [f"Tag {what} ud" in words(wrong) for what in ("dit navn", "e-mailadressen", "telefonnummeret")] == [
        True
    ] * 3
    assert matching.connection.exec_driver_sql("SELECT count(*) FROM profile").scalar() == 0
    assert "Mangler." in words(browser.submit(MINE, {"own_words": ""}))


def test_a_profile_that_was_changed_meanwhile_is_not_overwritten(matching: ServiceUnderTest) -> None:
    _citizen_id, browser = written(matching)

    assert browser.submit(MINE, {"own_words": "Noget andet"}).status_code == 412
    assert browser.submit(MINE, {"own_words": "Noget andet", "version": "1"}).status_code == 303


def test_staff_find_whose_the_number_is_and_the_company_only_the_number(
    boss: Browser, matching: ServiceUnderTest
) -> None:
    empty = words(matching.browser("job_consultant").get("/match/profiler"))
    citizen_id, _browser = written(matching, occupations=(HOTEL_CLEANER,))
    page = matching.browser("job_consultant").get("/match/profiler")
    (mine,) = matching.call("GET", "/profiles", client="consultant").json["items"]

    assert "Ingen borgere viser en profil." in empty
    assert mine == {"id": number(matching), "citizen_id": str(citizen_id)}
    assert f'href="/borger/{citizen_id}"' in page.text
    assert number(matching)[-6:].upper() in words(page)
    assert number(matching)[-6:].upper() in words(boss.get(COMPANYS))


def test_a_citizen_writes_reads_and_takes_back_by_program_too(matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching)
    token = matching.token_for("citizen", str(citizen_id))

    def call(method: str, path: str, body: Any = None) -> Any:
        return matching.call(method, path, body, client=None, token=token)

    missing = call("GET", "/own-profile").status_code
    made = call("POST", "/own-profile", {"own_words": WORDS, "shown": True}).json
    gone = call("POST", "/own-profile/shown", {"version": made["version"], "shown": False}).json

    assert (missing, made["shown"], gone["shown"]) == (404, True, False)
    assert call("GET", "/own-profile").json == gone


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jeg er født 251248-9996", ["cpr"]),
        ("ring 20123456", ["phone"]),
        ("a@b.dk", ["email"]),
        ("Jeg arbejdede 3 år med 120 kunder om dagen i 2019 og 2020", []),
        ("Åse kan alt", ["name"]),
    ],
)
def test_what_gives_somebody_away_is_found(text: str, found: list[str]) -> None:
    assert reveals(text, ["Åse", "Ærlig"]) == found

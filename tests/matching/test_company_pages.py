"""Companies and workplaces as staff see them."""

import pytest

from tests.browser import Browser, queries_of, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    CVR_B,
    FULL_STAFF,
    P_NUMBER,
    add_company,
    add_need,
    add_workplace,
    new_placement,
)

WAS = {"name": "Kantinen ApS", "contact.name": "Vera Vagn", "contact.phone": "+4520123456"}
COMPANY = {"cvr": CVR_A, "name": "Kantinen ApS", "contact.name": "Vera Vagn", "contact.phone": "20123456"}
OFFER = {
    "offer_type": "virksomhedspraktik",
    "starts_on": "2026-11-09",
    "ends_on": "2026-12-06",
    "weekly_hours": "18,5",
}


@pytest.fixture
def desk(matching: ServiceUnderTest) -> Browser:
    return matching.browser("front_desk")


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_consultant")


PLACE = {"name": "Herlev", "postal_code": "2730"}


def months(*fte: str) -> dict[str, str]:
    """The rows of the workplace form, the newest month first."""
    told = {}
    for number, (month, figure) in enumerate(zip(("11", "10", "09", "08", "07", "06"), fte, strict=False), 1):
        told |= {f"month_{number}.month": f"2026-{month}", f"month_{number}.fte": figure}
    return told


def test_company_that_phones_is_registered_and_shown(desk: Browser) -> None:
    answer = desk.submit("/virksomheder/ny", COMPANY | {"public": "on"})
    shown = words(desk.get(answer.location))

    assert answer.status_code == 303
    assert "Kantinen ApS er registreret." in shown
    assert "offentlig arbejdsgiver" in shown
    assert "Intet arbejdssted er registreret." in shown


def test_wrong_cvr_number_is_said_at_the_field_and_what_was_typed_is_kept(desk: Browser) -> None:
    answer = desk.submit("/virksomheder/ny", COMPANY | {"cvr": "12345678"})

    assert answer.status_code == 422
    assert "CVR-nummeret er ikke gyldigt." in words(answer)
    assert 'value="12345678"' in answer.text
    assert 'value="Vera Vagn"' in answer.text


def test_missing_contact_is_asked_for(desk: Browser) -> None:
    answer = desk.submit("/virksomheder/ny", {"cvr": CVR_A, "name": "Kantinen ApS"})

    assert answer.status_code == 422
    assert "Navn på kontaktperson Fejl: Mangler." in words(answer)


def test_changed_contact_can_be_put_back(desk: Browser, matching: ServiceUnderTest) -> None:
    page = f"/virksomheder/{add_company(matching)['id']}"
    desk.submit(f"{page}/ret", {"name": "Kantinen A/S", "contact.name": "Bo Bæk", "version": "1"})
    told = desk.get(page).text
    changed = words(desk.get(page))
    desk.submit(f"{page}/ret", WAS | {"version": "2"})

    assert 'name="contact.name" value="Vera Vagn"' in told
    assert 'name="version" value="2"' in told
    assert "Bo Bæk" in changed
    assert "Vera Vagn" in words(desk.get(page))


def test_two_who_change_a_company_meet_and_nothing_is_lost(desk: Browser, matching: ServiceUnderTest) -> None:
    page = f"/virksomheder/{add_company(matching)['id']}/ret"
    first = desk.submit(page, {"name": "Kantinen A/S", "contact.name": "Bo Bæk", "version": "1"})
    second = desk.submit(page, {"name": "Kantinen", "contact.name": "Ida Iversen", "version": "1"})
    third = desk.submit(page, {"name": "Kantinen", "contact.name": "Ida Iversen", "version": "2"})

    assert (first.status_code, second.status_code, third.status_code) == (303, 412, 303)
    assert "En anden har ændret oplysningerne." in words(second)
    assert "Det står der nu Navn Kantinen A/S Slags privat arbejdsgiver Kontaktperson Bo Bæk" in words(second)
    assert 'name="version" value="2"' in second.text
    assert 'name="contact.name" value="Ida Iversen"' in second.text


def test_what_somebody_else_changed_since_is_not_put_back(desk: Browser, matching: ServiceUnderTest) -> None:
    page = f"/virksomheder/{add_company(matching)['id']}"
    desk.submit(f"{page}/ret", {"name": "Kantinen A/S", "contact.name": "Bo Bæk", "version": "1"})
    matching.browser("adviser").submit(
        f"{page}/ret", {"name": "Kantinen A/S", "contact.name": "Ida Iversen", "version": "2"}
    )
    undone = desk.submit(f"{page}/ret", WAS | {"version": "2"})

    assert undone.status_code == 412
    assert "Kontaktperson Ida Iversen" in words(desk.get(page))


def test_companies_stand_in_danish_order_a_page_at_a_time(desk: Browser, matching: ServiceUnderTest) -> None:
    for cvr, name in (
        ("90000004", "Åens Fisk"),
        ("90000012", "Zoo"),
        ("10150817", "Ærø Is"),
        ("13585628", "Aarhus Bo"),
    ):
        add_company(matching, cvr=cvr, name=name)
    shown = words(desk.get("/virksomheder"))

    order = [shown.index(name) for name in ("Zoo", "Ærø Is", "Åens Fisk", "Aarhus Bo")]
    assert order == sorted(order)


@pytest.mark.parametrize("typed", ["kant", "KANTINEN", "9000 00"])
def test_company_is_found_by_part_of_its_name_or_the_beginning_of_its_number(
    desk: Browser, matching: ServiceUnderTest, typed: str
) -> None:
    add_company(matching)
    add_company(matching, cvr="10150817", name="Ærø Is")
    shown = words(desk.get(f"/virksomheder?q={typed}"))

    assert "Kantinen ApS" in shown
    assert "Ærø Is" not in shown


def test_a_list_without_companies_says_what_to_do(desk: Browser) -> None:
    assert "Ingen virksomheder er registreret endnu. Registrér den første, når den ringer." in words(
        desk.get("/virksomheder")
    )
    assert "Prøv med en del af navnet, eller registrér virksomheden." in words(desk.get("/virksomheder?q=%25"))


def test_workplace_is_told_month_by_month(desk: Browser, matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    told = {"p_number": P_NUMBER, "name": "Herlev", "postal_code": "2730"} | months("", "40", "39,5")
    answer = desk.submit(f"/virksomheder/{company['id']}/steder/ny", told)
    shown = words(desk.get(answer.location))

    assert "Oktober 2026 40 0 September 2026 39,5 0" in shown
    assert "November 2026" not in shown


def test_more_supported_than_staff_keeps_what_was_typed(desk: Browser, matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    page = f"/virksomheder/{company['id']}/steder/{P_NUMBER}/ret"
    typed = PLACE | months("3") | {"month_1.subsidised_fte": "4", "version": "1"}
    answer = desk.submit(page, typed)

    assert answer.status_code == 422
    assert "flere støttede end ansatte" in words(answer)
    assert 'name="month_1.subsidised_fte" value="4"' in answer.text


@pytest.mark.parametrize(("first", "second"), [({"name": "Herlev Nord"}, {}), (months("3"), months("5"))])
def test_two_who_change_a_workplace_meet_and_nothing_is_lost(
    desk: Browser, matching: ServiceUnderTest, first: dict[str, str], second: dict[str, str]
) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    page = f"/virksomheder/{company['id']}/steder/{P_NUMBER}"
    same = PLACE | {"name": add_workplace(matching, company)["name"], "version": "1"}
    answers = [desk.submit(f"{page}/ret", same | told) for told in (first, second, second | {"version": "2"})]

    assert [answer.status_code for answer in answers] == [303, 412, 303]
    assert "En anden har ændret oplysningerne." in words(answers[1])
    assert first.get("name", "Ansatte i alt, november 2026: 3.") in words(answers[1])
    assert 'name="version" value="2"' in answers[1].text
    assert f'name="month_1.fte" value="{second.get("month_1.fte", "")}"' in answers[1].text


def test_a13_ratio_is_told_with_its_sum_and_its_rule(consultant: Browser, matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    page = f"/virksomheder/{company['id']}/steder/{P_NUMBER}"
    answer = consultant.submit(f"{page}/forholdstal", OFFER)
    shown = words(consultant.get(answer.location))

    assert "gennemsnit af juli 2026, august 2026, september 2026 og oktober 2026 40 årsværk" in shown
    assert "Den nye person 0,5 årsværk I alt 0,5 af højst 8" in shown
    assert "én på støttede vilkår for hver 5 ordinært ansatte, BEK 2636/2021 § 65, stk. 1." in shown


def test_ratio_without_staff_figures_says_which_are_missing(consultant: Browser, matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    add_workplace(matching, company, staff=FULL_STAFF[:3])
    page = f"/virksomheder/{company['id']}/steder/{P_NUMBER}/forholdstal"
    answer = consultant.submit(page, OFFER | {"starts_on": "2027-01-04", "ends_on": "2027-02-01"})

    assert answer.status_code == 409
    assert "Oplys bemandingen for" in words(answer)
    assert 'value="18,5"' in answer.text


def test_another_companys_workplace_is_not_shown_under_this_one(desk: Browser, matching: ServiceUnderTest) -> None:
    add_workplace(matching, add_company(matching))
    other = add_company(matching, cvr=CVR_B, name="Andre")

    assert desk.get(f"/virksomheder/{other['id']}/steder/{P_NUMBER}").status_code == 404


def test_who_is_placed_there_is_shown_to_those_who_match_only(
    desk: Browser, consultant: Browser, matching: ServiceUnderTest
) -> None:
    made = new_placement(matching)
    need = matching.call("GET", "/needs", client="consultant").json["items"][0]
    page = f"/virksomheder/{need['company_id']}"

    assert f"/match/aftale/{made['id']}" in consultant.get(page).text
    assert "Navn følger" in words(consultant.get(page))
    assert "/borger/" not in desk.get(page).text


@pytest.mark.parametrize("role", ["citizen", "mentor", "partner", "company_employee", "ops"])
def test_companies_are_for_staff_only(matching: ServiceUnderTest, role: str) -> None:
    need = add_need(matching)
    browser = matching.browser(role)
    home = f"/virksomheder/{need['company_id']}"
    pages = ("/virksomheder", "/virksomheder/ny", home, f"{home}/ret", f"{home}/steder/ny", f"{home}/steder/{P_NUMBER}")

    assert [browser.get(page).status_code for page in pages] == [403] * 6


def test_the_ratio_check_is_not_the_front_desks(desk: Browser, matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    page = f"/virksomheder/{company['id']}/steder/{P_NUMBER}"

    assert "Er der plads til én til?" not in words(desk.get(page))
    assert desk.submit(f"{page}/forholdstal", OFFER).status_code == 403


def test_pages_need_few_queries(consultant: Browser, matching: ServiceUnderTest) -> None:
    new_placement(matching)
    company_id = matching.call("GET", "/companies", client="consultant").json["items"][0]["id"]
    counts = {}
    for page in ("/virksomheder", f"/virksomheder/{company_id}", f"/virksomheder/{company_id}/steder/{P_NUMBER}"):
        with queries_of(matching.connection) as sent:
            consultant.get(page)
        counts[page.count("/")] = len([one for one in sent if not one.startswith(("SAVEPOINT", "RELEASE"))])

    assert counts == {1: 4, 2: 20, 4: 5}

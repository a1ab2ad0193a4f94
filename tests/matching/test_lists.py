"""Companies, staff and placements that a municipality brings on its first day: the same rules as one by one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from services.matching.use_cases.lists import LISTS
from shared import clock
from shared.events import CitizenUnitChanged, CompanyRegistered, PlacementAgreed, PlacementChanged
from shared.lists import work
from tests import lists
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.matching.factories import CVR_A, MONDAY, P_NUMBER, YEAR, add_candidate, add_company, add_workplace

COMPANY_HEAD = "CVR;Virksomhed;Kontaktperson;Telefon;P-nr.;Arbejdssted;Postnr.;Offentlig"
KITCHEN = f"90000004;Kantinen ApS;Vera Vagn;20123456;{P_NUMBER};Kantinen i Herlev;2730;nej"
PLACE_HEAD = ("Borgerens nummer;P-nummer;Stilling;Tilbud;Start;Slut;Timer;Formål;Mentor;Mentortelefon;"
              "Sidste opfølgning")  # fmt: skip


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_consultant")


def running(citizen_id: Any, starts: str = "12-10-2026", ends: str = "27-12-2026") -> str:
    told = f"{P_NUMBER};Rengøringsassistent;virksomhedspraktik;{starts};{ends};20;optræne sprog;Mona Mentor;20123456"
    return f"{citizen_id};{told};26-10-2026"


def staff_of(matching: ServiceUnderTest) -> list[Any]:
    rows = text("SELECT to_char(month, 'YYYY-MM'), fte, subsidised_fte FROM staff_month ORDER BY month")
    return [tuple(row) for row in matching.connection.execute(rows)]


def test_companies_workplaces_and_months_come_in_and_go_back_to_what_was(
    matching: ServiceUnderTest, consultant: Browser
) -> None:
    add_company(matching, "90000012", name="Bageriet", contact={"name": "Bo Bager", "email": None, "phone": None})
    told = len(matching.told())
    lines = (
        KITCHEN,
        "90000012;Bageriet;Ida Bager;;;;;",
        "123;Forkert;Ib;;;;;",
        f"90000012;Bageriet;Ib;;{P_NUMBER};;2730;",
    )
    at = lists.checked(consultant, LISTS.home, "\n".join((COMPANY_HEAD, *lines)), "companies")
    lists.work_on(matching, LISTS)

    shown = words(consultant.get(at))
    assert f"2 Kantinen ApS 90000004 {P_NUMBER} Ny" in shown
    assert "3 Bageriet 90000012 – Kendt Ændres: kontaktperson" in shown
    assert "Fejl CVR-nummer: CVR-nummeret er ikke gyldigt." in shown
    assert "Linjen: P-nummeret hører til et andet CVR-nummer." in shown
    assert (len(matching.told()), matching.connection.scalar(text("SELECT count(*) FROM workplace"))) == (told, 0)

    assert consultant.submit(f"{at}/registrer", {"take": "good"}).status_code == 303
    lists.work_on(matching, LISTS)
    contacts = text("SELECT contact_name FROM company ORDER BY name")
    assert matching.connection.scalars(contacts).all() == ["Ida Bager", "Vera Vagn"]
    assert len(matching.told(CompanyRegistered)) == 3
    report = consultant.get(f"{at}/rapport.csv").data.decode("utf-8-sig")
    assert f"2;Kantinen ApS;90000004;{P_NUMBER};Ny;" in report

    consultant.submit(f"{at}/tilbage")
    lists.work_on(matching, LISTS)
    assert "Listen er taget tilbage" in words(consultant.get(at))
    assert matching.connection.scalars(contacts).all() == ["Bo Bager", "Vera Vagn"]


def test_what_a_list_does_not_say_of_whom_we_know_stays_as_it_is(
    matching: ServiceUnderTest, consultant: Browser
) -> None:
    contact = {"name": "Vera Vagn", "email": "vera@firma.example", "phone": "20123456"}
    company = add_company(matching, public=True, industry="812100", contact=contact)
    add_workplace(matching, company, name="Køkkenet", supported_elsewhere_fte=2.5)
    known = "SELECT to_jsonb(company), to_jsonb(workplace) FROM company, workplace"
    before = matching.connection.execute(text(known)).one()
    head = "CVR;Virksomhed;Kontaktperson;P-nr.;Postnr.;Branche;Andre kommuner"
    told = f"DK{CVR_A};Kantinen ApS;Vera Vagn;{P_NUMBER};2730"

    same = lists.taken(consultant, matching, LISTS, f"{head}\n{told};;", what="companies")
    assert "Kendt" in words(consultant.get(same))
    assert "Ændres" not in words(consultant.get(same))
    assert matching.connection.execute(text(known)).one() == before

    at = lists.taken(consultant, matching, LISTS, f"{head}\n{told};107120;0", what="companies")
    after = matching.connection.execute(text(known)).one()
    assert (after[0]["industry"], after[1]["supported_elsewhere_fte"]) == ("107120", 0)
    assert "Ændres: branche, støttede fra andre kommuner" in words(consultant.get(at))
    consultant.submit(f"{at}/tilbage")
    lists.work_on(matching, LISTS)
    back = matching.connection.execute(text(known)).one()
    assert (back[0]["industry"], back[1]["supported_elsewhere_fte"]) == ("812100", 2.5)


def test_a_company_with_a_contact_on_each_line_goes_back_to_its_own(
    matching: ServiceUnderTest, consultant: Browser
) -> None:
    add_company(matching)
    told = [f"{CVR_A};Kantinen ApS;{name};;{place};;2730;" for name, place in (("Ida", P_NUMBER), ("Bo", "1099990077"))]
    at = lists.taken(consultant, matching, LISTS, "\n".join((COMPANY_HEAD, *told)), what="companies")
    contact = text("SELECT contact_name FROM company")
    last = matching.connection.scalar(contact)
    consultant.submit(f"{at}/tilbage")
    lists.work_on(matching, LISTS)

    assert (last, matching.connection.scalar(contact)) == ("Bo", "Vera Vagn")


def test_a_list_that_could_not_be_taken_back_says_so_until_it_is(
    matching: ServiceUnderTest, consultant: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_company(matching)
    at = lists.taken(consultant, matching, LISTS, f"{COMPANY_HEAD}\n{KITCHEN}", what="companies")
    fine = words(consultant.get(at))
    with monkeypatch.context() as broken:
        broken.setitem(work._WORK, work.RETURNING, lambda *_: 1 / 0)
        consultant.submit(f"{at}/tilbage")
        lists.work_on(matching, LISTS)
    failed, progress = words(consultant.get(at)), words(consultant.get(f"{at}/kort"))
    consultant.submit(f"{at}/tilbage")
    lists.work_on(matching, LISTS)

    told = "Listen kunne ikke tages tilbage."
    assert [told in page for page in (fine, failed, progress, words(consultant.get(at)))] == [False, True, True, False]


def test_staff_months_of_known_workplaces_come_in_and_go_back(matching: ServiceUnderTest, consultant: Browser) -> None:
    add_workplace(matching, add_company(matching), staff=[{"month": "2026-09", "fte": 30, "subsidised_fte": 2}])
    months = (
        f"P-nummer;Måned;Årsværk;Støttede\n{P_NUMBER};10-2026;38,5;1\n{P_NUMBER};2026-09;40;\n1099999999;2026-09;1;"
    )
    staffed = lists.checked(consultant, LISTS.home, months, "staff")
    lists.work_on(matching, LISTS)
    assert "Arbejdsstedet er ikke registreret endnu." in words(consultant.get(staffed))
    consultant.submit(f"{staffed}/registrer", {"take": "good"})
    lists.work_on(matching, LISTS)
    assert staff_of(matching) == [("2026-09", 40.0, 2.0), ("2026-10", 38.5, 1.0)]

    consultant.submit(f"{staffed}/tilbage")
    lists.work_on(matching, LISTS)
    assert staff_of(matching) == [("2026-09", 30.0, 2.0)]


def test_running_placement_is_taken_over_with_its_dates_and_what_the_law_says_of_it(
    matching: ServiceUnderTest, consultant: Browser
) -> None:
    add_workplace(matching, add_company(matching), staff=YEAR)
    one, long, over, early = (add_candidate(matching) for _ in range(4))
    content = "\n".join((
        PLACE_HEAD, running(one, ends="8-11-2026"), running(long), running(over, "1-9-2026", "2-10-2026"), running(one),
        running(early, ends="8-11-2026").replace("26-10-2026", "03-11-2026"),
    ))  # fmt: skip
    at = lists.checked(consultant, LISTS.home, content, "placements")
    lists.work_on(matching, LISTS)
    shown = words(consultant.get(at))
    assert "Strider mod en regel Sidste dag: Senest den" in shown
    assert "Fejl Sidste dag: Forløbet er slut." in shown
    assert "Fejl Sidste opfølgning: Dagen er ikke kommet endnu." in shown
    assert matching.told(PlacementAgreed) == []

    consultant.submit(f"{at}/registrer", {"take": "sure"})
    lists.work_on(matching, LISTS)
    (agreed,) = matching.told(PlacementAgreed)
    assert (agreed.citizen_id, agreed.taken_over_on, agreed.last_contact_on) == (
        one, date(2026, 11, 2), date(2026, 10, 26),
    )  # fmt: skip
    page = consultant.get(f"/match/aftale/{agreed.placement_id}")
    assert (page.status_code, "Aftalt, før vi brugte Jobbutik" in words(page)) == (200, True)

    consultant.submit(f"{at}/tilbage")
    lists.work_on(matching, LISTS)
    assert [told.change_kind for told in matching.told(PlacementChanged)] == ["annulled"]


def test_a_placement_of_another_units_citizen_waits_for_a_purpose_and_is_taken_then(matching: ServiceUnderTest) -> None:
    consultant = matching.browser("company_consultant", organisation="jobbutikken")
    add_workplace(matching, add_company(matching), staff=YEAR)
    theirs = add_candidate(matching)
    matching.hear(CitizenUnitChanged(citizen_id=theirs, unit_code="ungeenheden"), version=3)
    at = lists.checked(consultant, LISTS.home, f"{PLACE_HEAD}\n{running(theirs, ends='8-11-2026')}", "placements")
    lists.work_on(matching, LISTS)
    tried = words(consultant.get(at))
    closed = consultant.submit(f"{at}/registrer", {"take": "all"})
    consultant.submit(f"/match/formaal/{theirs}", {"purpose": "agreement", "til": at})
    opened = consultant.submit(f"{at}/registrer", {"take": "all"})
    lists.work_on(matching, LISTS)

    assert "hører til en anden enhed" not in tried
    assert (closed.status_code, opened.status_code) == (403, 303)
    assert [agreed.citizen_id for agreed in matching.told(PlacementAgreed)] == [theirs]


def test_program_brings_lists_by_json_and_waits_for_the_dry_run(matching: ServiceUnderTest) -> None:
    made = matching.call("POST", "/imports", {"content": f"{COMPANY_HEAD}\n{KITCHEN}"}, client="consultant")
    assert made.status_code == 201, made.text
    assert (made.json["state"], made.json["lines"]) == ("trying", [])
    lists.work_on(matching, LISTS)
    at = f"/imports/{made.json['id']}"
    assert [line["verdict"] for line in matching.call("GET", at, client="consultant").json["lines"]] == ["new"]
    assert matching.call("POST", f"{at}/return", client="consultant").status_code == 409
    assert matching.call("POST", f"{at}/commit", {"take": "all"}, client="consultant").status_code == 202
    lists.work_on(matching, LISTS)
    assert matching.call("GET", at, client="consultant").json["state"] == "done"
    assert matching.call("POST", f"{at}/return", client="consultant").status_code == 202
    assert (
        matching.call("POST", "/imports", {"content": "a\nb", "what": "shoes"}, client="consultant").status_code == 422
    )

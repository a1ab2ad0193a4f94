"""The walls: another company's things, another P-number's, and what no company page may ever say."""

import re
from dataclasses import replace
from typing import Any

import pytest

from shared.auth import Principal
from shared.database import new_id
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    CVR_B,
    HERLEV,
    P_NUMBER,
    accepted,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    assessed,
    consented,
    know,
    need_body,
    new_placement,
    placement_body,
    posted,
    registered,
    wishes,
)

OTHER_PLACE = "1099990002"
PLANTED = {
    "CPR number": "010190-1234",
    "diagnosis": "skizofreni",
    "category": "aktivitetsparat",
    "name": "Åse Ærlig",
    "address": "9881",
    "municipality": "0163",
}
# Hexadecimal that chance makes, in which four digits may stand.
CHANCE = re.compile(r'name="csrf" value="[^"]*"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')


@pytest.fixture
def rival(matching: ServiceUnderTest) -> Browser:
    """Somebody of company B, which is known as well."""
    add_company(matching, cvr=CVR_B, name="Rivalen")
    return matching.browser("company_employee", organisation=CVR_B)


def asides(matching: ServiceUnderTest) -> dict[str, str]:
    """The ids of company A's need, match and agreement, and of the citizen."""
    made = new_placement(matching)
    match = matching.call("GET", f"/matches/{made['match_id']}", client="consultant").json
    return {"need": match["need_id"], "match": match["id"], "made": made["id"], "citizen": match["citizen_id"]}


def pages_of(ids: dict[str, str]) -> list[str]:
    return [
        f"/virksomhed/behov/{ids['need']}",
        f"/virksomhed/behov/{ids['need']}/ret",
        f"/virksomhed/forslag/{ids['match']}",
        f"/virksomhed/aftaler/{ids['made']}",
    ]


def acts_of(ids: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    week = {"mon_1.begins": "07:00", "mon_1.ends": "11:00"}
    return [
        (f"/virksomhed/behov/{ids['need']}/ret", week | {"version": "1", "positions": "2"}),
        (f"/virksomhed/behov/{ids['need']}/tilstand", {"state": "closed", "version": "1"}),
        (f"/virksomhed/forslag/{ids['match']}/svar", {"accepted": "true"}),
        (f"/virksomhed/aftaler/{ids['made']}/udtalelse", {"party": "employer", "positive": "true"}),
    ]


def refused_looks(matching: ServiceUnderTest) -> list[tuple[str, list[str]]]:
    rows = matching.connection.exec_driver_sql("SELECT route, subjects FROM lookup WHERE refused ORDER BY seq").all()
    return [(route, [str(one) for one in subjects]) for route, subjects in rows]


def test_company_b_finds_none_of_company_as_things(rival: Browser, matching: ServiceUnderTest) -> None:
    ids = asides(matching)

    assert [rival.get(page).status_code for page in pages_of(ids)] == [404] * 4
    assert [rival.submit(page, body).status_code for page, body in acts_of(ids)] == [404] * 4
    assert "Rengøringsassistent" not in words(rival.get("/virksomhed"))
    assert "Rengøringsassistent" not in words(rival.get("/match/kort/soeg?q=reng"))


def test_company_bs_look_at_a_person_of_company_a_is_on_record(rival: Browser, matching: ServiceUnderTest) -> None:
    ids = asides(matching)
    for page in pages_of(ids)[2:]:
        rival.get(page)
    for page, body in acts_of(ids)[2:]:
        rival.submit(page, body)

    assert refused_looks(matching) == [
        ("/virksomhed/forslag/<uuid:match_id>", [ids["citizen"]]),
        ("/virksomhed/aftaler/<uuid:placement_id>", [ids["citizen"]]),
        ("/virksomhed/forslag/<uuid:match_id>/svar", [ids["citizen"]]),
        ("/virksomhed/aftaler/<uuid:placement_id>/udtalelse", [ids["citizen"]]),
    ]


def test_a_proposal_does_not_exist_before_the_consent(matching: ServiceUnderTest) -> None:
    body = {"need_id": add_need(matching)["id"], "citizen_id": str(add_candidate(matching))}
    match = posted(matching, "/matches", body)
    boss = matching.browser("company_employee", organisation=CVR_A)

    assert boss.get(f"/virksomhed/forslag/{match['id']}").status_code == 404
    assert boss.submit(f"/virksomhed/forslag/{match['id']}/svar", {"accepted": "true"}).status_code == 404


def test_an_employee_of_one_p_number_finds_nothing_of_another(matching: ServiceUnderTest) -> None:
    ids = asides(matching)
    company = matching.call("GET", "/companies", client="consultant").json["items"][0]
    add_workplace(matching, company, p_number=OTHER_PLACE, name="Kantinen i Valby", postal_code="2500")
    narrow = matching.browser("company_employee", organisation=CVR_A, p_numbers=(OTHER_PLACE,))
    home = words(narrow.get("/virksomhed"))

    assert [narrow.get(page).status_code for page in pages_of(ids)] == [404] * 4
    assert [narrow.submit(page, body).status_code for page, body in acts_of(ids)] == [404] * 4
    assert "Kantinen i Valby" in home
    assert not {"Kantinen i Herlev", "Rengøringsassistent", "Virksomhedspraktik"} & set(re.findall(
        "Kantinen i Herlev|Rengøringsassistent|Virksomhedspraktik", home
    ))  # fmt: skip
    assert "Rengøringsassistent" not in words(narrow.get("/match/kort/soeg?q=reng"))


def test_an_employee_of_one_p_number_finds_their_own(matching: ServiceUnderTest) -> None:
    ids = asides(matching)
    narrow = matching.browser("company_employee", organisation=CVR_A, p_numbers=(P_NUMBER,))

    assert [narrow.get(page).status_code for page in pages_of(ids)] == [200] * 4
    assert "Rengøringsassistent" in words(narrow.get("/virksomhed"))


def test_a_need_is_not_posted_for_another_p_number(matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    add_workplace(matching, company, p_number=OTHER_PLACE, name="Kantinen i Valby")
    narrow = matching.browser("company_employee", organisation=CVR_A, p_numbers=(OTHER_PLACE,))
    typed = {
        "p_number": P_NUMBER, "occupation": need_body(company)["occupation"], "employment_form": "small_job",
        "starts_on": "2026-11-09", "positions": "1", "mon_1.begins": "07:00", "mon_1.ends": "11:00",
    }  # fmt: skip

    assert P_NUMBER not in narrow.get("/virksomhed/behov/ny").text
    assert narrow.submit("/virksomhed/behov/ny", typed).status_code == 422
    assert narrow.submit("/virksomhed/behov/ny", typed | {"p_number": OTHER_PLACE}).status_code == 303


def test_the_doors_keep_the_same_border(matching: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = asides(matching)
    paths = [f"/needs/{ids['need']}", f"/company-matches/{ids['match']}", f"/company-placements/{ids['made']}"]
    lists = ["/needs", "/company-matches", "/company-placements"]
    whole = [matching.call("GET", path, client="company-a").status_code for path in paths]
    tokens = matching.app.extensions["tokens"]
    read = tokens.read

    def narrowed(authorization: str | None) -> Principal:
        return replace(read(authorization), p_numbers=(OTHER_PLACE,))

    monkeypatch.setattr(tokens, "read", narrowed)
    assert whole == [200] * 3
    assert [matching.call("GET", path, client="company-a").status_code for path in paths] == [404] * 3
    assert [matching.call("GET", path, client="company-a").json["items"] for path in lists] == [[]] * 3


def test_a24_no_company_page_says_anything_of_who_it_is(matching: ServiceUnderTest) -> None:
    need = add_need(matching, positions=3)
    citizen_id = new_id()
    matching.hear(
        replace(registered(citizen_id, postal_code=PLANTED["address"]), name=PLANTED["name"]),
        assessed(citizen_id, "aktivitetsparat"),
        wishes(citizen_id, postal_code=HERLEV, travel_km_max=500),
    )
    know(matching, citizen_id)
    waiting = consented(matching, need, citizen_id)
    matching.connection.exec_driver_sql("UPDATE match SET proposed_by = '010190-1234 skizofreni'")
    other = accepted(matching, need, add_candidate(matching))
    made = posted(matching, "/placements", placement_body(other))
    boss = matching.browser("company_employee", organisation=CVR_A)
    pages = [*pages_of({"need": need["id"], "match": waiting["id"], "made": made["id"]}), "/virksomhed"]
    pages += ["/virksomhed/behov/ny", "/match/kort/soeg?q=reng"]
    shown = {page: CHANCE.sub("", boss.get(page).text) for page in pages}

    told = [(page, what) for page, text in shown.items() for what, value in PLANTED.items() if value in text]
    assert told == []
    assert [page for page, text in shown.items() if re.search(r"\b[0-9]{6}-[0-9]{4}\b", text)] == []
    assert [page for page, text in shown.items() if str(citizen_id) in text] == []


@pytest.mark.parametrize("role", ["leader", "mentor", "citizen", "partner", "ops", "data_protection_officer"])
def test_cards_for_staff_are_closed_to_others_and_the_look_is_on_record(matching: ServiceUnderTest, role: str) -> None:
    citizen_id = add_candidate(matching)
    browser = matching.browser(role)

    assert browser.get(f"/match/kort/borger/{citizen_id}").status_code == 403
    assert browser.get("/match/kort/soeg?q=kan").status_code == 403
    assert refused_looks(matching)[0] == ("/match/kort/borger/<uuid:citizen_id>", [str(citizen_id)])


def test_citizens_card_shows_matches_and_agreements_and_leaves_the_wishes_to_intake(matching: ServiceUnderTest) -> None:
    ids = asides(matching)
    desk: Any = matching.browser("front_desk").get(f"/match/kort/borger/{ids['citizen']}")

    assert "et roligt sted" not in words(desk)
    assert "Rengøringsassistent, Kantinen ApS Begge har sagt ja" in words(desk)
    assert "Venter på godkendelser" in words(desk)
    assert "<html" not in desk.text
    row = matching.connection.exec_driver_sql(
        "SELECT data, purpose, subjects FROM lookup ORDER BY seq DESC LIMIT 1"
    ).one()
    assert (row.data, row.purpose, [str(one) for one in row.subjects]) == ("placement", "matching", [ids["citizen"]])


def test_every_look_that_shows_functional_needs_is_recorded_as_such(matching: ServiceUnderTest) -> None:
    match = posted(
        matching, "/matches", {"need_id": add_need(matching)["id"], "citizen_id": str(add_candidate(matching))}
    )
    citizen = matching.browser("citizen", subject=match["citizen_id"])
    shown = [citizen.get("/match/kort/mig"), citizen.get(f"/match/samtykke/{match['id']}")]
    matching.browser("adviser").submit(f"/match/forslag/{match['id']}/samtykke", {"given": "true", "how": "phone"})
    rows = matching.connection.exec_driver_sql("SELECT how, data FROM lookup ORDER BY seq DESC LIMIT 3").all()

    assert ["et roligt sted" in page.text for page in shown] == [True, True]
    assert [tuple(row) for row in rows] == [("change", "health_function"), *[("read", "health_function")] * 2]


def test_citizen_whose_id_is_none_of_ours_finds_nothing(matching: ServiceUnderTest) -> None:
    stranger = matching.browser("citizen", subject="no-uuid")

    assert stranger.get("/match/kort/mig").status_code == 404


@pytest.mark.parametrize(
    ("role", "path", "typed"),
    [
        ("adviser", "/match/forslag/{}/samtykke", {"given": "true", "how": "phone"}),
        ("company_consultant", "/match/forslag/{}/svar", {"accepted": "true"}),
        ("company_employee", "/virksomhed/forslag/{}/svar", {"accepted": "true"}),
    ],
)
def test_what_a_party_said_takes_a_sure_sign_in(
    matching: ServiceUnderTest, role: str, path: str, typed: dict[str, str]
) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    asked = {"need_id": need["id"], "citizen_id": str(citizen_id)}
    match = posted(matching, "/matches", asked) if "given" in typed else consented(matching, need, citizen_id)
    weak = matching.browser(role, assurance="low", organisation=CVR_A if role == "company_employee" else None)
    answer = weak.submit(path.format(match["id"]), typed)

    assert answer.status_code == 403
    assert "Beslutninger kræver et login på niveauet Betydelig." in words(answer)
    assert matching.call("GET", f"/matches/{match['id']}", client="consultant").json["state"] == match["state"]


def test_unknown_citizens_card_says_what_that_means(matching: ServiceUnderTest) -> None:
    card = matching.browser("front_desk").get(f"/match/kort/borger/{new_id()}")

    assert "Der er ikke noteret jobønsker endnu." in words(card)


def test_search_finds_companies_and_needs_and_never_by_a_cpr_number(matching: ServiceUnderTest) -> None:
    add_need(matching)
    staff = matching.browser("job_consultant")

    assert "Kantinen ApS CVR-nummer 90000004" in words(staff.get("/match/kort/soeg?q=90000004"))
    assert "Rengøringsassistent, Kantinen ApS Åbent" in words(staff.get("/match/kort/soeg?q=reng"))
    assert "Ingen virksomhed eller intet behov hedder det." in words(staff.get("/match/kort/soeg?q=xyz"))
    assert [staff.get(f"/match/kort/soeg?q={cpr}").status_code for cpr in ("010190-1234", "0101901234")] == [204, 204]

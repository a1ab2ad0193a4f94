"""`python -m demo.story`: one citizen's whole way through four services, over the public API of a running suite.

Ends with `main job: ok` and exit code 0; the first thing that is not as it should be ends it with words and code 1.
"""

import argparse
import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from demo import callers, own_words, post, screen, surroundings
from demo.screen import step
from demo.suite import Suite, expect
from demo.tour import Notebook
from demo.visitor import Visitor
from shared import calendar
from shared.events.codes import NEEDS

DATA = Path(__file__).parent / "data"
PERSONS = {row["cpr"]: row for row in csv.DictReader((DATA / "persons.csv").read_text(encoding="utf-8").splitlines())}
ADS = list(csv.DictReader((DATA / "ads.csv").read_text(encoding="utf-8").splitlines()))
CONSULTANTS = ("Rune Rådvad", "Signe Rådhave", "Karim Rådgaard")
KIRSTEN, MAGNUS, ANDERS = "2911829996", "0504909995", "3103979995"
# Whoever signs in at the desk of Jobbutikken is asked what for before they see Anders.
UNITS = {KIRSTEN: "jobbutikken", MAGNUS: "jobbutikken", ANDERS: "ungeenheden"}
P_NUMBER = "1000000001"
WEEK = ("mon", "tue", "wed", "thu", "fri")


def first_contact(suite: Suite, cpr: str, postal_code: str, phone: str | None) -> dict[str, Any]:
    """A walk-in at the desk."""
    person = PERSONS[cpr]
    mail = person["fornavne"].split()[0].lower()
    return dict(
        suite.call("front-desk", "POST", "intake/first-contacts", {
            "cpr": cpr, "name": f"{person['fornavne']} {person['efternavn']}", "email": f"{mail}@borger.example.dk",
            "phone": phone, "postal_code": postal_code, "municipality_code": "0615",
            "applied_for": "kontanthjaelp", "channel": "desk", "qualifying_education": cpr == KIRSTEN,
            "guidance": {"version": "2026-02", "written": True}, "unit_code": UNITS[cpr],
        })
    )  # fmt: skip


def name_consultants(suite: Suite) -> None:
    """Who holds the talks; the calendars of a new desk have nobody's name."""
    there = suite.call("front-desk", "GET", "intake/consultants")["items"]
    for one, name in zip(there, CONSULTANTS, strict=False):
        path = f"intake/consultants/{one['consultant']['id']}"
        suite.call("front-desk", "PATCH", path, {"name": name}, version=one["consultant"]["version"])


def register(suite: Suite) -> dict[str, dict[str, Any]]:
    """Step 1: known once, both deadlines, a slot."""
    step("Skranken: første kontakt", "The desk: first contact")
    name_consultants(suite)
    contacts: dict[str, dict[str, Any]] = {}
    for cpr, postal_code, phone in ((KIRSTEN, "8700", "20 12 34 56"), (MAGNUS, "8700", None), (ANDERS, "8660", None)):
        contact = contacts[cpr] = first_contact(suite, cpr, postal_code, phone)
        visitation = contact["visitation"]
        expect(visitation is not None, "a visitation slot is held")
        screen.say(f"{PERSONS[cpr]['fornavne']} is registered; visitation {screen.moment(visitation['starts_at'])}")
        screen.detail(f"unit {UNITS[cpr]}: staff of another one say what for before the card opens")
        for name in ("local_goal", "statutory"):
            screen.detail(f"{name.replace('_', ' ')} due {contact[name]['due']}, by {contact[name]['policy']}")
        screen.learned(suite)
    again = first_contact(suite, KIRSTEN, "8700", "20 12 34 56")
    expect(again["known_before"] and again["citizen_id"] == contacts[KIRSTEN]["citizen_id"], "found, not doubled")
    screen.say("Kirsten comes back: the same person is found, nobody is doubled")
    return contacts


KNOWN = {"skills": [9, 37], "transport": "bicycle", "transport_from": "05:30", "danish_level": "everyday"}


def know(suite: Suite, citizen_id: str) -> None:
    """What a consultant has to know of somebody before a company hears of them."""
    door = f"matching/candidates/{citizen_id}/knowledge"
    version = suite.call("consultant", "GET", door)["version"]
    suite.call("consultant", "POST", door, KNOWN | {"version": version})


def wishes(occupation: str, first_hour: str, least: float, most: float) -> dict[str, Any]:
    """What somebody can and wants."""
    return {
        "occupations": [occupation], "forms": ["virksomhedspraktik", "small_job"], "weekly_hours_min": least,
        "weekly_hours_max": most, "availability": [f"{day} {first_hour}-16:00" for day in WEEK], "travel_km_max": 30,
        "needs": ["quiet_place"], "mentor_wanted": True, "consent_to_matching": True,
    }  # fmt: skip


def hold_visitations(suite: Suite, contacts: dict[str, dict[str, Any]], warehouse: str, truck: str) -> None:
    """Step 2: the proposed category, a changed one only with a reason, activation inside the same talk."""
    step("Visitationen: et menneske beslutter", "The visitation: a person decides")
    hosts = suite.call("adviser", "GET", "intake/hosts")["items"]
    if not any(host["code"] == "genbrugspladsen" for host in hosts):
        suite.call("adviser", "POST", "intake/hosts", {
            "code": "genbrugspladsen", "name": "Genbrugspladsen", "public": True, "place_code": "genbrugspladsen",
        })  # fmt: skip
    starts_at = calendar.danish_time(calendar.next_open(screen.today()), 8).isoformat()
    outcome = f"intake/visitations/{contacts[KIRSTEN]['visitation']['id']}/outcome"
    refused = suite.call("adviser", "POST", outcome, {"category": "aktivitetsparat"}, expect=409)
    screen.say(f"another category without a reason: {refused['title']} ({refused['code']})")
    held = suite.call("adviser", "POST", outcome, {
        "referral": {"offer_type": "nytteindsats", "host_code": "genbrugspladsen", "starts_at": starts_at, "weeks": 1},
        "job_wishes": wishes(warehouse, "06:30", 8, 20),
    })  # fmt: skip
    expect(held["category"] == "jobparat", "Kirsten is met as jobparat")
    screen.say(f"Kirsten: {held['category']}, by {held['category_policy']}; starts {screen.moment(starts_at)}")
    screen.learned(suite)
    for cpr, wanted, first_hour in ((MAGNUS, warehouse, "08:00"), (ANDERS, truck, "06:00")):
        path = f"intake/visitations/{contacts[cpr]['visitation']['id']}/outcome"
        held = suite.call("adviser", "POST", path, {"job_wishes": wishes(wanted, first_hour, 10, 25)})
        screen.say(f"{PERSONS[cpr]['fornavne']}: {held['category']}, can be there from {first_hour}")
        screen.learned(suite)


def occupation(suite: Suite, said: str) -> str:
    """What a caller says, as an ESCO-STAR id."""
    found: str = suite.call("consultant", "GET", f"matching/occupations?q={said}")["items"][0]["id"]
    return found


def receive_need(suite: Suite, warehouse: str, monday: date) -> str:
    """Step 3a: a company phones."""
    step("En virksomhed ringer", "A company phones")
    company = suite.call("consultant", "POST", "matching/companies", {
        "cvr": "90000004", "name": "Nordlager Eksempel ApS",
        "contact": {"name": "Tove Eksempel", "email": "tove@nordlager.example.dk", "phone": None},
    })  # fmt: skip
    first = monday.replace(day=1)
    months = [(first - timedelta(days=28 * back + 5)).strftime("%Y-%m") for back in range(6)]
    suite.call("consultant", "POST", f"matching/companies/{company['id']}/workplaces", {
        "p_number": P_NUMBER, "name": f"Nordlager {ADS[0]['city']}", "postal_code": ADS[0]["postal_code"],
        "staff": [{"month": month, "fte": 23.0} for month in sorted(set(months))],
    })  # fmt: skip
    mentor = {"name": "Mette Eksempel", "windows": [f"{day} 07:00-15:00" for day in WEEK], "at_once": 5}
    suite.call("consultant", "POST", f"matching/workplaces/{P_NUMBER}/mentors", mentor)
    need = suite.call("consultant", "POST", "matching/needs", {
        "company_id": company["id"], "p_number": P_NUMBER, "occupation": warehouse,
        "employment_form": "virksomhedspraktik", "weekly_hours_min": 12, "weekly_hours_max": 15,
        "windows": [f"{day} 07:00-12:00" for day in WEEK], "days_required": 3, "adjustments": ["quiet_place"],
        "mentor_offered": True, "starts_on": monday.isoformat(),
    })  # fmt: skip
    screen.say(f"{need['title']} wanted at {company['name']}, there at seven, three days a week, a quiet place offered")
    screen.learned(suite)
    return str(need["id"])


def rank(suite: Suite, need_id: str, contacts: dict[str, dict[str, Any]]) -> str:
    """Step 3b: who fits and why, who does not and why."""
    step("Hvem passer, og hvorfor", "Who fits, and why")
    names = {contact["citizen_id"]: PERSONS[cpr]["fornavne"] for cpr, contact in contacts.items()}
    ranking = suite.call("consultant", "GET", f"matching/needs/{need_id}/candidates?limit=200")
    for candidate in ranking["items"]:
        if candidate["citizen_id"] in names:
            screen.say(f"{names[candidate['citizen_id']]}: {candidate['score']} points")
            for factor in candidate["factors"]:
                points = "?" if factor["points"] is None else factor["points"]
                screen.detail(f"{points:>4} of {factor['weight']:<4} {factor['words_da']} / {factor['words_en']}")
    late = [near for near in ranking["near_misses"] if near["citizen_id"] == contacts[MAGNUS]["citizen_id"]]
    expect(bool(late), "Magnus is kept out by one rule only, and it is told")
    screen.say(f"{names[late[0]['citizen_id']]} is kept out: {late[0]['missed'][0]['words_da']}")
    listed = [candidate["citizen_id"] for candidate in ranking["items"] if candidate["citizen_id"] in names]
    expect(listed[0] == contacts[KIRSTEN]["citizen_id"], "Kirsten is the first of the three")
    return str(listed[0])


def agree(suite: Suite, need_id: str, citizen_id: str, monday: date) -> str:
    """Step 4: proposed, consented, accepted, ratio, statements, agreed."""
    step("Forslag, samtykke, ja, aftale", "Proposed, consented, accepted, agreed")
    know(suite, citizen_id)
    match = suite.call("consultant", "POST", "matching/matches", {"need_id": need_id, "citizen_id": citizen_id})
    early = suite.call("company-a", "POST", f"matching/matches/{match['id']}/answer", {"accepted": True}, expect=404)
    screen.say(f"before the consent the match is not there for the company ({early['code']})")
    suite.call("consultant", "POST", f"matching/matches/{match['id']}/consent", {"given": True, "how": "in_person"})
    seen = suite.call("company-a", "POST", f"matching/matches/{match['id']}/answer", {"accepted": True})
    needs = ", ".join(NEEDS[code].english for code in seen["functional_needs"])
    screen.say(f'the company sees "{needs}" and the hours, no name, and says yes')
    placement = suite.call("consultant", "POST", "matching/placements", {
        "match_id": match["id"], "offer_type": "virksomhedspraktik", "starts_on": monday.isoformat(),
        "ends_on": (monday + timedelta(days=27)).isoformat(), "weekly_hours": 15, "cadence": "handholding",
        "first_day_at": calendar.danish_time(monday, 7).isoformat(), "purpose_code": "train_professional_skills",
        "mentor": {"name": "Mette Eksempel", "email": "mette@nordlager.example.dk"}, "hire_preagreed": True,
        "confirmed": ["not_recently_employed"],
    })  # fmt: skip
    ratio, statements = placement["ratio"], f"matching/placements/{placement['id']}/statements"
    screen.say(f"ratio: {ratio['ordinary_fte']} ordinary, at most {ratio['limit']} supported, by {ratio['policy']}")
    for party in ("employer", "citizen", "employee_representative", "mentor", "municipality"):
        client = "company-a" if party == "employer" else "consultant"
        placement = suite.call(client, "POST", statements, {"party": party, "positive": True})
    expect(placement["state"] == "agreed", "the placement is agreed when everybody has said yes")
    screen.say(f"agreed {placement['starts_on']} to {placement['ends_on']}, {placement['weekly_hours']} hours a week")
    screen.learned(suite)
    found: str = placement["id"]
    return found


def follow_up(suite: Suite, placement_id: str) -> None:
    """Step 5: close at first, then letting go."""
    step("Opfølgning: tæt først, så slippes der", "Follow-up: close at first, then letting go")
    placement = suite.wait(lambda: suite.look("consultant", f"followup/placements/{placement_id}"), "the placement")
    for contact in placement["contacts"]:
        screen.detail(f"{screen.moment(contact['planned_at'])}  {contact['kind']:<10} {contact['form']}")
    kinds = [contact["kind"] for contact in placement["contacts"]]
    expect(kinds.count("daily") >= 4 and kinds[-1] == "end", "daily first, the end last")
    first = placement["contacts"][0]
    due = suite.call("consultant", "GET", f"followup/contacts/due?on={first['planned_at'][:10]}")["items"]
    mine = [item for item in due if item["id"] == first["id"]]
    expect(bool(mine), "the first contact is on the day's list")
    screen.say(f"due that day: {mine[0]['citizen_name']} at {mine[0]['company_name']}, {mine[0]['form']}")
    johanne, case = Visitor(suite.address, "johanne"), f"/opfoelgning/forloeb/{placement_id}"
    expect("Sagen er nu din" in johanne.submit(case, f"{case}/ansvarlig/mig", {}), "the case is Johanne's")


def mentor(suite: Suite, placement_id: str) -> None:
    """Step 6: the mentor signs in with the link and sees the placement, nothing more."""
    step("Mentoren logger ind", "The mentor signs in")
    made = suite.call("consultant", "POST", f"followup/placements/{placement_id}/mentor-invitations")
    mette, link = Visitor(suite.address, "mette"), f"/opfoelgning/mentor?code={made['code']}"
    page = mette.submit(link, "/opfoelgning/mentor", {"code": made["code"]})
    expect("Du er nu mentor" in page, "the link makes Mette the mentor")
    _status, own = mette.get(f"/opfoelgning/forloeb/{placement_id}")
    expect("Mette Eksempel" in own and "/borger/" not in own, "the mentor sees the placement and no way to the case")
    expect(mette.get("/skranken")[0] == 403, "the desk is not the mentor's")
    screen.say("Mette took the link, sees the placement's talks and checklist, and is refused at the desk")
    surroundings.mentor(suite, placement_id, mette)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo.story")
    parser.add_argument("--address", required=True)
    parser.add_argument("--catcher", required=True)
    parser.add_argument("--tour", type=Path, help="where the guided tour finds what was played")
    given = parser.parse_args()
    suite = Suite(given.address, given.catcher)
    suite.forget_mails()
    began = datetime.now(tz=calendar.DENMARK)
    monday = screen.today() + timedelta(days=14 - screen.today().weekday())
    warehouse, truck = (occupation(suite, ad["title"]) for ad in ADS)
    expect([warehouse, truck] == [ad["star_id"] for ad in ADS], "job titles are found as ESCO-STAR knows them")
    notes = Notebook(suite)
    contacts = register(suite)
    first = contacts[KIRSTEN]
    notes.close("arrival", citizen=first["citizen_id"], visitation=first["visitation"]["id"])
    hold_visitations(suite, contacts, warehouse, truck)
    notes.close("visitation")
    need_id = receive_need(suite, warehouse, monday)
    notes.close("call", open_need=callers.another_rings(suite, warehouse, monday))
    citizen_id = rank(suite, need_id, contacts)
    own_words.own_profile(suite)
    notes.close("own words")
    placement_id = agree(suite, need_id, citizen_id, monday)
    notes.close("agreement", placement=placement_id)
    follow_up(suite, placement_id)
    notes.close("plan")
    mentor(suite, placement_id)
    notes.close("mentor")
    post.letters(suite)
    if given.tour:
        notes.write(given.tour)
    seconds = (datetime.now(tz=calendar.DENMARK) - began).total_seconds()
    print(f"\nplayed in {seconds:.1f} s\nmain job: ok")


if __name__ == "__main__":
    main()

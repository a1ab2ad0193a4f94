"""What is known of the story's workplace beyond its need: what a visit showed, standing places, seasons, promises."""

from typing import Any

from demo import screen
from demo.suite import Suite, expect
from shared.retention import years_from

COFFEE = {
    "task": "Kaffemaskiner", "days": ["mon", "wed", "fri"], "begins": "07:00", "hours_a_day": 2,
    "done_by": "lagerets faglærte", "skilled_hours": 6, "known_before": False,
}  # fmt: skip
EVIDENCE = {
    "continuous_places": "Fast aftale om praktik hele året", "fleksjobber": "To fleksjobbere på lageret",
    "individual_agreements": "Skriftlig aftale med hver enkelt", "mentors": "Mette er mentor",
}  # fmt: skip


def known(suite: Suite, placement_id: str) -> None:
    """A visit, a virksomhedscenter with somebody who waits, a season, a score card, and a project."""
    made_there = suite.call("consultant", "GET", f"matching/placements/{placement_id}")
    match = suite.call("consultant", "GET", f"matching/matches/{made_there['match_id']}")
    need = suite.call("consultant", "GET", f"matching/needs/{match['need_id']}")
    place, company = f"matching/workplaces/{need['p_number']}", need["company_id"]
    today = screen.today().isoformat()
    suite.call("consultant", "POST", f"{place}/visits", {"visited_on": today, "tasks": [COFFEE]})
    figures = suite.call("consultant", "GET", "matching/spotted-openings/figures")
    expect(figures["hidden"] == 1, "a need that the company did not know of")
    _centre(suite, place, match["citizen_id"])
    suite.call("consultant", "POST", f"{place}/seasons", {
        "name": "Julehandel", "months": ["11", "12"], "positions": 2, "need_id": need["id"],
    })  # fmt: skip
    card = {"assessed_on": today, "evidence": EVIDENCE}
    made = suite.call("consultant", "POST", f"matching/companies/{company}/responsibility", card)
    project: dict[str, Any] = {
        "name": "Renovering af Prøvebakken", "company_id": company, "starts_on": today,
        "ends_on": years_from(screen.today(), 3).isoformat(), "social_clause": True, "jobs_min": 4, "jobs_max": 6,
        "apprentices_min": 2, "apprentices_max": 4,
    }  # fmt: skip
    suite.call("consultant", "POST", "matching/projects", project)
    screen.say(f"a task seen on a visit, standing places, a season; {made['documented']} of 9 criteria documented")


def _centre(suite: Suite, place: str, citizen_id: str) -> None:
    """Whoever is placed there now waits for a place of a year."""
    suite.call("consultant", "POST", f"{place}/centre", {"role": "last", "prefers_elsewhere": True})
    mornings = [f"{day} 09:00-12:00" for day in ("mon", "tue", "wed", "thu")]
    for name in ("Plads 1", "Plads 2"):
        suite.call("consultant", "POST", f"{place}/centre/places", {"name": name, "windows": mornings})
    waits = {"citizen_id": citizen_id, "windows": ["tue 10:00-11:00"]}
    suite.call("consultant", "POST", f"{place}/centre/stays", waits)

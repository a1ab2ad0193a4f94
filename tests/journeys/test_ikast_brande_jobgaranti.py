"""Ikast-Brande's job guarantee (C4, seed 002; A21): promised from the first day, paid hours grow."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from shared.clock import danish_time
from shared.envelope import wire_type
from shared.events import EmploymentStarted, GuaranteeConcluded
from tests.journeys.placing import by_night, comes, company_of, drafted, placed
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 2, 22)
FIRST, LAST, LONGER = date(2027, 3, 1), date(2027, 5, 30), date(2027, 8, 29)
CPR, NAME = "6105831116", "Dorte Test Opdigtet"
CPR_2, NAME_2 = "6106871112", "Finn Test Opdigtet"
DRAFTED = date(2027, 8, 4)
DEMANDS = ("stability", "efficiency", "quality")
LEAST_MONTHS, MOST_MONTHS = 4, 18


def promised(play: Play, path: str) -> None:
    """A job one can live on, if the three demands are met; the law of the place says by when: 4 to 18 months."""
    play.it_is(danish_time(FIRST, 11))
    play.call("consultant", "POST", f"{path}/guarantee", {"target_hours": 25})
    found = play.call("consultant", "GET", f"{path}/guarantee")["guarantee"]
    assert (found["earliest_end"], found["latest_end"]) == ("2027-07-01", "2028-08-31")
    begun, earliest, latest = (date.fromisoformat(found[name]) for name in ("starts_on", "earliest_end", "latest_end"))
    assert 12 * (earliest.year - begun.year) + earliest.month - begun.month == LEAST_MONTHS
    assert 12 * (latest.year - begun.year) + latest.month - begun.month + 1 == MOST_MONTHS


def hours(play: Play, path: str, since: str, placement_hours: float, paid_hours: float) -> None:
    play.call("consultant", "POST", f"{path}/hours", {
        "from": since, "placement_hours": placement_hours, "paid_hours": paid_hours, "reason_code": "next_step",
        "asked_by": "company",
    })  # fmt: skip


def extended(play: Play, placement: str) -> None:
    """Thirteen weeks were too few: what an extension changes is seen first, and holds when everybody has said yes."""
    play.it_is(danish_time(date(2027, 5, 24), 10))
    company_of(play, date(2027, 5, 24))
    door = f"matching/placements/{placement}"
    wanted: dict[str, Any] = {"kind": "extended", "reason_code": "concrete_assessment", "ends_on": LONGER.isoformat()}
    seen = play.call("consultant", "POST", f"{door}/changes/dry-run", wanted, expect=200)
    assert (seen["ends_before"], seen["ends_after"], seen["extension_no"]) == (LAST.isoformat(), LONGER.isoformat(), 1)
    waits = play.call("consultant", "POST", f"{door}/changes", wanted | {"number": 1})
    assert waits["ends_on"] == LAST.isoformat()
    for party in seen["asks"]:
        client = "company-a" if party == "employer" else "consultant"
        play.call(client, "POST", f"{door}/statements", {"party": party, "positive": True})
    followed = f"followup/placements/{placement}"
    play.wait(
        lambda: play.call("consultant", "GET", followed)["ends_on"] == LONGER.isoformat() or None,
        "the extension to be followed",
    )


def shown_month_by_month(play: Play, placement: str) -> None:
    play.it_is(danish_time(date(2027, 6, 15), 10))
    months = play.call("consultant", "GET", f"followup/placements/{placement}/guarantee")["months"]
    assert [(one["month"], one["placement_hours"], one["paid_hours"]) for one in months] == [
        ("2027-03-01", 20, 0), ("2027-04-01", 15, 5), ("2027-05-01", 10, 12), ("2027-06-01", 0, 25),
    ]  # fmt: skip
    page = play.person("johanne").get(f"/opfoelgning/forloeb/{placement}/jobgaranti")[1]
    assert "jun. 2027" in page


def kept(play: Play, path: str) -> None:
    """Not before four months, and only with all three demands met: then the job is there."""
    play.it_is(danish_time(date(2027, 6, 30), 10))
    play.call("consultant", "POST", f"{path}/guarantee/assessments", dict.fromkeys(DEMANDS, True))
    ends = {"outcome_code": "fulfilled"}
    early = play.call("consultant", "POST", f"{path}/guarantee/conclusion", ends, expect=409)
    assert early["code"] == "too_early"
    play.it_is(danish_time(date(2027, 7, 1), 10))
    play.call("consultant", "POST", f"{path}/guarantee/conclusion", ends)
    trail = play.look("ops", f"followup/trail/{play.correlation}?limit=200")
    wanted = {wire_type(GuaranteeConcluded), wire_type(EmploymentStarted)}
    assert wanted <= {one["type"] for one in (trail or {"items": []})["items"]}


def warned(play: Play) -> int:
    mails = [mail for mail in play.mails() if f"{CPR_2}@borger.example.dk" in mail["to"]]
    return len([mail for mail in mails if mail["subject"] == "En aftale er ved at udløbe"])


def warned_so_often(play: Play, letters: int) -> bool | None:
    return warned(play) >= letters or None


def a_draft_that_not_all_approve(play: Play) -> None:
    """Twelve weeks without everybody's yes: a letter a week and a day before, then it comes to nothing."""
    play.it_is(danish_time(DRAFTED, 9))
    finn = comes(play, DRAFTED, CPR_2, NAME_2, category="aktivitetsparat", least=4, most=20)
    first = DRAFTED + timedelta(days=14)
    door = f"matching/placements/{drafted(play, finn, first, first + timedelta(days=90), hours=10)}"
    last = date.fromisoformat(play.call("consultant", "GET", door)["expires_on"])
    assert last == DRAFTED + timedelta(days=84)
    for days_left, letters in ((7, 1), (1, 2)):
        play.it_is(danish_time(last - timedelta(days=days_left), 10))
        by_night(play, partial(warned_so_often, play, letters), "the warning")
        assert warned(play) == letters
    play.it_is(danish_time(last + timedelta(days=1), 10))
    closed = by_night(play, lambda: play.call("consultant", "GET", door)["closed_code"], "the draft to be closed")
    assert closed == "expired"


def test_ikast_brande_jobgaranti(play: Play) -> None:
    play.it_is(danish_time(BEGINS, 9))
    dorte = comes(play, BEGINS, CPR, NAME, category="aktivitetsparat", least=10, most=25)
    placement = placed(play, dorte, FIRST, LAST, hours=20, hire_preagreed=True)
    path = f"followup/placements/{placement}"
    promised(play, path)
    hours(play, path, "2027-04-01", 15, 5)
    hours(play, path, "2027-05-01", 10, 12)
    extended(play, placement)
    hours(play, path, "2027-06-01", 0, 25)
    shown_month_by_month(play, placement)
    kept(play, path)
    a_draft_that_not_all_approve(play)

"""The front desk while a part of the house is away: what was answered "saved" is saved, and is heard once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import requests

from deploy.local import postgres, rabbitmq
from deploy.local.place import Place
from shared.clock import danish_time
from tests.journeys.playing import Play
from tests.screens.running import Running

pytestmark = pytest.mark.journeys
BEGINS = date(2026, 12, 7)
# One person for each test, as somebody who has a time gets no second one. The third has a replacement number.
SILLE, KAJA, OLGA = "0506889996", "2103009996", "6101021111"
NAMES = {SILLE: "Sille June Test Mosebrygersen", KAJA: "Kaja Test Hansen", OLGA: "Olga Test Opdigtet"}
MONDAY = date(2026, 12, 7)
START_BROKER = """
import sys; from pathlib import Path; from deploy.local import rabbitmq; from deploy.local.place import Place
rabbitmq.start(Place(Path(sys.argv[1])))
"""


@pytest.fixture
def house() -> Running:
    """What can be taken away."""
    return Running.found()


@pytest.fixture(autouse=True)
def morning(play: Play, house: Running) -> None:
    """The desk opens; the slots of the day are there."""
    play.it_is(danish_time(MONDAY, 9))
    play.forget_mails()
    day = f"intake/slots?day={MONDAY}"
    play.wait(lambda: play.call("front-desk", "GET", day)["items"] or None, "slots of the day")


def walk_in(cpr: str) -> dict[str, Any]:
    return {
        "cpr": cpr, "name": NAMES[cpr], "email": f"{cpr}@borger.example.dk", "phone": "20 11 22 33",
        "postal_code": "2730", "municipality_code": "0163", "applied_for": "kontanthjaelp", "channel": "desk",
        "qualifying_education": True, "guidance": {"version": "2026-02", "written": True},
    }  # fmt: skip


@contextmanager
def broker_away(house: Running) -> Iterator[None]:
    rabbitmq.stop(Place(house.run))
    try:
        yield
    finally:
        # A process of its own, so that the broker is nobody's child here.
        subprocess.run([sys.executable, "-c", START_BROKER, str(house.run)], check=True)


@contextmanager
def database_away(house: Running) -> Iterator[None]:
    place = Place(house.run)
    postgres.stop(place)
    try:
        yield
    finally:
        postgres.start(place)


def test_a_walk_in_is_met_while_the_broker_is_away_and_everybody_hears_later_once(play: Play, house: Running) -> None:
    with broker_away(house):
        contact = play.call("front-desk", "POST", "intake/first-contacts", walk_in(SILLE))
        registered = play.correlation
        receipt = play.call("front-desk", "GET", f"intake/first-contacts/{contact['contact_id']}/receipt")
        assert receipt["when"]

    play.wait(lambda: play.heard_all(registered), "every listener to hear what was told meanwhile")
    letters = play.letters_to(f"{SILLE}@borger.example.dk", 1)
    assert len(letters) == 1


def test_a_talk_ends_while_matching_is_away_and_matching_learns_of_it(play: Play, house: Running) -> None:
    contact = play.call("front-desk", "POST", "intake/first-contacts", walk_in(KAJA))
    citizen = contact["citizen_id"]
    play.it_is(danish_time(date(2026, 12, 8), 15))
    rune = play.person("rune")

    with house.without("matching"):
        assert rune.get(f"/match/kort/aabninger/{citizen}")[0] == 503
        assert rune.get(f"/borger/{citizen}/samtalen")[0] == 200
        play.call("adviser", "POST", f"intake/visitations/{contact['visitation']['id']}/outcome", {})
        held = play.correlation

    play.wait(lambda: play.heard_all(held), "matching to hear of the talk")
    assert rune.get(f"/match/kort/aabninger/{citizen}")[0] == 200


def test_the_same_form_sent_again_after_the_database_was_away_is_one_contact(play: Play, house: Running) -> None:
    key, body = str(uuid4()), walk_in(OLGA)
    headers = {"Authorization": f"Bearer {play.token('front-desk')}", "Idempotency-Key": key}
    url = f"{play.address}/api/intake/v1/first-contacts"

    with database_away(house):
        refused = requests.post(url, json=body, headers=headers, timeout=30)
        assert refused.status_code == 503
        assert refused.headers["Retry-After"]

    first = play.wait(lambda: _sent(url, body, headers), "the desk to answer again")
    second = requests.post(url, json=body, headers=headers, timeout=30)
    assert second.json()["contact_id"] == first["contact_id"]


def _sent(url: str, body: dict[str, Any], headers: dict[str, str]) -> Any | None:
    answer = requests.post(url, json=body, headers=headers, timeout=30)
    return answer.json() if answer.status_code == 201 else None


def test_an_import_whose_worker_is_killed_registers_every_line_once(play: Play, house: Running) -> None:
    lines = [f"{cpr};Linje Test {cpr};2730" for cpr in _invented(600)]
    made = play.call("front-desk", "POST", "intake/imports", {"content": "\n".join(["CPR;Navn;Postnr.", *lines])})
    assert [line["verdict"] for line in made["lines"]].count("wrong") == 0, made["lines"][:2]
    path = f"intake/imports/{made['id']}"

    play.call("front-desk", "POST", f"{path}/commit", {"take": "all"}, expect=202)
    under_way = play.wait(lambda: _begun(play, path), "the import to be under way")
    assert under_way["state"] == "ordered"
    os.kill(house.pid("intake-worker"), signal.SIGKILL)

    done = play.wait(lambda: _done(play, path), "the import to be done")
    assert done["done"] == done["total"] == 600
    people = [line["citizen_id"] for line in done["lines"]]
    assert len(set(people)) == 600
    again = play.call("front-desk", "POST", "intake/imports", {"content": "\n".join(["CPR;Navn;Postnr.", *lines])})
    assert {line["verdict"] for line in again["lines"]} == {"known"}


def _invented(count: int) -> list[str]:
    """Replacement numbers of people who would be older than anybody is, each of another birth date."""
    return [f"{61 + one % 28}{1 + one // 28 % 12:02}{one // 336:02}-0000" for one in range(count)]


def _begun(play: Play, path: str) -> Any | None:
    read = play.call("front-desk", "GET", path)
    return read if read["done"] else None


def _done(play: Play, path: str) -> Any | None:
    read = play.call("front-desk", "GET", path)
    assert read["state"] != "failed"
    return read if read["state"] == "done" else None

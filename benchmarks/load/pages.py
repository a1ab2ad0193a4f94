"""Pages at a pace: a hundred municipalities' busiest hour, a burst, a crisis, a noisy neighbour."""

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg

from benchmarks.http import SLOTS, SLOTS_AT_HAND, answers, first_contact, free_port, replacement_numbers
from benchmarks.load.events import asking, workers
from benchmarks.load.house import House
from benchmarks.load.pace import Answers, Ask, centile, keep_pace
from benchmarks.place import Place, wait_until
from shared import auth
from shared.events import INTAKE

PAGES_PER_S, BURST_PER_S, CASES_PER_S, DESK_PER_S = 110, 300, 32, 10
EVENTS_PER_S = 5
# More than the gateway lets wait at the four services together, and as many as it has connections for.
CROWD = 600
# A mean municipality's day of 19,000 pages, seven times, in an hour; and the pace of one that is asked beside it.
NEIGHBOUR_PER_S, QUIET_PER_S = 37, 10


def warm(house: House) -> None:
    """Every page once by each reader's role: nobody's first look is measured."""
    keep_pace(house.page, 20, max(len(house.pages) / 20, 1), callers=4)


def busiest_hour(house: House, seconds: int) -> dict[str, float]:
    """L1, with new cases, and so their events, going on beside it."""
    cases = _cases(house)
    with workers(house.place):
        found = together(lambda: keep_pace(cases, EVENTS_PER_S / 10, seconds, callers=4), house, PAGES_PER_S, seconds)
    return figures("l1", found) | {"l1_page_rules": float(len(house.pages))}


def bare(place: Place, seconds: int) -> dict[str, float]:
    """The same pace at one endpoint of bare Flask: what is the harness's and the machine's."""
    port = free_port()
    command = ("-m", "gunicorn", "--config", "deploy/gunicorn.py", "benchmarks.bare:app")
    body, headers = json.dumps(first_contact("0101019999")), {"Content-Type": "application/json"}
    size = {"WEB_PORT": str(port), "WEB_CONCURRENCY": "1"}
    with place.processes(command, **place.environments[INTAKE], **size):
        wait_until(lambda: answers(port), "gunicorn", 60, 0.1)
        ask = Ask("bare", port, "/bare", headers, "POST", body)
        found = keep_pace(lambda _: ask, PAGES_PER_S, seconds)
    return figures("peer_bare", found)


def burst(house: House, seconds: int) -> dict[str, float]:
    """L2: three times as many; what is refused must be refused at once."""
    found = keep_pace(house.page, BURST_PER_S, seconds, callers=CROWD)
    return figures("l2", found) | {
        "l2_good_per_s": round(len(found.good) / found.seconds),
        "l2_refused_p99_ms": found.ms(0.99, found.refused),
    }


def crisis(house: House, connection: psycopg.Connection[tuple[object, ...]], seconds: int) -> dict[str, float]:
    """L8: 57,000 new cases in half an hour; the desk's own pages beside them, and how far behind the others hear."""
    only = House(house.place, house.port, {INTAKE: house.of[INTAKE]})
    connection.execute(SLOTS, (SLOTS_AT_HAND,))
    began = connection.execute("SELECT clock_timestamp()").fetchone()
    with workers(house.place), asking(only, DESK_PER_S) as meanwhile:
        cases = keep_pace(_cases(house), CASES_PER_S, seconds)
        time.sleep(2)  # what was told last is on its way
        query = """
            SELECT extract(epoch FROM handled_at - recorded_at)::float * 1000
            FROM notifications.inbox JOIN intake.outbox USING (event_id) WHERE recorded_at >= %s
        """
        lags = [float(str(row[0])) for row in connection.execute(query, began)]
    return {
        "l8_cases_per_s": round(len(cases.good) / cases.seconds, 1),
        "l8_case_p95_ms": cases.ms(0.95),
        "l8_wrong": float(len(cases.wrong) + len(meanwhile.wrong)),
        "l8_refused_share": max(cases.refused_share, meanwhile.refused_share),
        "l8_desk_page_p95_ms": meanwhile.ms(0.95),
        "l8_lag_p99_ms": centile(lags, 0.99),
    }


def neighbour(house: House, noisy: House, seconds: int) -> dict[str, float]:
    """L7: two cells on the same servers; the quiet one alone, then beside the noisy one."""
    alone = keep_pace(house.page, QUIET_PER_S, seconds, callers=8)
    beside = together(lambda: keep_pace(noisy.page, NEIGHBOUR_PER_S, seconds), house, QUIET_PER_S, seconds)
    return {
        "l7_alone_p95_ms": alone.ms(0.95),
        "l7_beside_p95_ms": beside.ms(0.95),
        "l7_more": round(beside.ms(0.95) / max(alone.ms(0.95), 0.1) - 1, 2),
        "l7_wrong": float(len(alone.wrong) + len(beside.wrong)),
        "l7_refused_share": max(alone.refused_share, beside.refused_share),
    }


def together(beside: Callable[[], object], house: House, per_second: int, seconds: int) -> Answers:
    """The house's pages at that pace, while something else goes on; raises what that died of."""
    with ThreadPoolExecutor(1) as beside_it:
        other = beside_it.submit(beside)
        found = keep_pace(house.page, per_second, seconds)
    other.result()
    return found


def _cases(house: House) -> Callable[[int], Ask]:
    """A first contact of somebody new, as the desk's program sends it."""
    numbers, lock = replacement_numbers(), threading.Lock()
    token = auth.issue(house.place.settings(INTAKE), "front-desk", house.place.client_secrets["front-desk"])
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def ask(_number: int) -> Ask:
        with lock:
            body = json.dumps(first_contact(next(numbers)))
        own = headers | {"Idempotency-Key": str(uuid4())}
        return Ask("case", house.port, "/api/intake/v1/first-contacts", own, "POST", body)

    return ask


def figures(goal: str, found: Answers) -> dict[str, float]:
    """Milliseconds of the good answers, and how many were not good."""
    return {f"{goal}_p{share * 100:.0f}_ms": found.ms(share) for share in (0.5, 0.95, 0.99)} | {
        f"{goal}_wrong": float(len(found.wrong)),
        f"{goal}_refused_share": found.refused_share,
    }

"""Top 20 with near misses and a vector per factor: our index beside PostgreSQL asked the same, opening by opening."""

import gc
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from random import Random
from typing import Any

import psycopg

from benchmarks import office, ranking_sql
from benchmarks.invented import STAMP, Invented
from benchmarks.place import Place
from services.matching.engine.facts import Opening, Ranking
from services.matching.engine.people import People
from services.matching.engine.points import Scales
from services.matching.engine.ranking import rank, rank_needs
from services.matching.use_cases import POLICY
from services.matching.web import warm
from shared.config import Settings
from shared.database import Database

COUNTRY, TOWN, OPENINGS, PAIRED, MOST = 200_000, 20_000, 400, 60, 20
FRESH_ROUNDS = 200
SCALES = Scales.of(POLICY, date(2026, 11, 2))


def measure(place: Place, connection: psycopg.Connection[Any]) -> dict[str, float]:
    """Figures of an invented country of 200,000 and an invented town of 20,000."""
    invented = Invented(Random(20))
    everybody, openings = invented.candidates(COUNTRY), invented.openings(OPENINGS)
    country = People((one, STAMP) for one in everybody)
    # What the benchmark has drawn is no part of a service, and going through it would count as a list's time.
    gc.collect()
    gc.freeze()
    ranking_sql.fill(connection, everybody, openings, SCALES)
    figures = _ranked(country, openings) | _paired(country, openings, connection)
    figures["matching.needs_for_a_person_p95_ms"] = _needs(everybody, openings)
    figures["matching.bytes_per_person"] = round(country.bytes() / COUNTRY)
    figures["matching.rebuild_s"] = round(_best_of(country.rebuild)[1], 4)
    town = everybody[:TOWN]
    figures["matching.town_p95_ms"] = _percentile(_times(People((one, STAMP) for one in town), openings), 95)
    figures |= office.measure_plan(SCALES) | office.measure_attention(country, SCALES)
    return figures | _lived(place.settings("matching"), connection, town, openings[0])


def _ranked(people: People, openings: list[Opening]) -> dict[str, float]:
    times = _times(people, openings)
    return {"matching.p50_ms": round(statistics.median(times), 2), "matching.p95_ms": _percentile(times, 95)}


def _times(people: People, openings: list[Opening]) -> list[float]:
    """Milliseconds, warm: the first round is not counted."""
    taken = []
    for number in range(3):
        for opening in openings:
            began = time.perf_counter()
            _rank(people, opening)
            if number:
                taken.append((time.perf_counter() - began) * 1000)
    return taken


def _rank(people: People, opening: Opening) -> Ranking:
    return rank(opening, people, SCALES, salt="benchmark", most=MOST)


def _percentile(taken: list[float], percent: int) -> float:
    return round(statistics.quantiles(taken, n=100)[percent - 1], 2)


def _paired(people: People, openings: list[Opening], connection: psycopg.Connection[Any]) -> dict[str, float]:
    """By turns with PostgreSQL, whose answers must be ours: fits, counts by rule, and the points listed."""
    ours, whole, fits_only = list[float](), list[float](), list[float]()
    for opening in openings[:PAIRED]:
        found, seconds = _best_of(lambda one=opening: _rank(people, one))
        ours.append(seconds)
        told, seconds = _best_of(lambda one=opening: ranking_sql.whole_answer(connection, one, SCALES, MOST))
        whole.append(seconds)
        fits, seconds = _best_of(lambda one=opening: ranking_sql.fits_only(connection, one, SCALES, MOST))
        fits_only.append(seconds)
        # PostgreSQL is not asked for those who need two changes.
        nearly = [one for one in found.near_misses if len(one.missed) == 1]
        # Attention says who is listed and not in which order, so the points are put in order for the comparison.
        scores = [sorted((one.score for one in part), reverse=True) for part in (found.fits, nearly)]
        if told != (found.fitting, found.excluded, *scores) or fits != scores[0]:
            raise SystemExit(f"PostgreSQL answers otherwise: {told} {fits}, ours {found}")
    return {
        "matching.times_postgresql": round(statistics.median(whole) / statistics.median(ours)),
        "matching.times_postgresql_fits_only": round(statistics.median(fits_only) / statistics.median(ours)),
        "peer.postgresql_whole_p50_ms": round(statistics.median(whole) * 1000, 1),
        "peer.postgresql_fits_p50_ms": round(statistics.median(fits_only) * 1000, 1),
    }


def _best_of(work: Any) -> tuple[Any, float]:
    """What it gives, and the seconds of the quickest of three: both sides warm, and both without the neighbours."""
    taken = []
    for _round in range(3):
        began = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - began)
    return found, min(taken)


def _needs(everybody: list[Any], openings: list[Opening]) -> float:
    taken = []
    for one in everybody[:OPENINGS]:
        began = time.perf_counter()
        rank_needs(one, openings, SCALES, salt="benchmark", most=MOST)
        taken.append((time.perf_counter() - began) * 1000)
    return _percentile(taken, 95)


def _lived(
    settings: Settings, connection: psycopg.Connection[Any], town: list[Any], opening: Opening
) -> dict[str, float]:
    """In the service: a process begins, and then hears of changes."""
    ranking_sql.settle(connection, town)
    web, worker = Database(settings), Database(settings)
    starts = [_begun(settings, opening) for _round in range(3)]
    ready, first = (min(taken) for taken in zip(*starts, strict=True))
    _first(web, opening)
    taken = [_seen_after(web, worker, opening, number) for number in range(FRESH_ROUNDS)]
    for database in (web, worker):
        database.close()
    return {
        "matching.cold_start_s": round(first, 2), "matching.made_ready_s": round(ready, 2),
        "matching.fresh_p99_ms": _percentile(taken, 99),
    }  # fmt: skip


def _begun(settings: Settings, opening: Opening) -> tuple[float, float]:
    """Seconds that a new machine makes ready before its processes part, and those of a process to its first list."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(_first_of_all, settings, opening).result()


def _first_of_all(settings: Settings, opening: Opening) -> tuple[float, float]:
    web, began = Database(settings), time.perf_counter()
    warm()
    ready = time.perf_counter() - began
    try:
        return ready, _first(web, opening)
    finally:
        web.close()


def _first(web: Database, opening: Opening) -> float:
    began = time.perf_counter()
    ranking_sql.shown(web, opening, SCALES, MOST)
    return time.perf_counter() - began


def _seen_after(web: Database, worker: Database, opening: Opening, number: int) -> float:
    """Milliseconds from the commit of somebody's wishes to a list that knows of them."""
    citizen_id = ranking_sql.tell_of_a_fit(worker, opening, number)
    began = time.perf_counter()
    while citizen_id not in ranking_sql.shown(web, opening, SCALES, 200):
        if time.perf_counter() - began > 5:
            raise SystemExit("a change is not seen")
    return (time.perf_counter() - began) * 1000

"""L9: the same pages over more and more people, and what ten million would cost by the line through what was seen."""

import math
import statistics
from collections.abc import Sequence
from pathlib import Path

import psycopg

from benchmarks.load.house import House, house
from benchmarks.load.pace import centile, keep_pace
from benchmarks.load.pages import warm
from benchmarks.place import prepared
from shared.events import SERVICES

ROUNDS, ASKED_PER_S = 7, 25
EVENTS_EACH, LOOKUPS_EACH, PEOPLE_TO_A_COMPANY = 10, 4, 8
A_COUNTRY, HALF_AS_MUCH_AGAIN = 10_000_000, 1.5
# Told and heard long ago, so that the indexes of what waits have as much to step over as they ever will.
EVENTS = """
    INSERT INTO {service}.outbox (event_id, type, partition_key, body, recorded_at, published_at)
    SELECT gen_random_uuid(), 'dk.jobbutik.benchmark', gen_random_uuid()::text, '{{}}', at, at
    FROM (SELECT now() - n * interval '1 minute' AS at FROM generate_series(1, %s) AS n) AS times
"""
HEARD = "INSERT INTO {service}.inbox (event_id, handled_at) SELECT event_id, recorded_at FROM {service}.outbox"
LOOKUPS = """
    INSERT INTO {service}.lookup
        (seq, id, at, actor, role, kind, purpose, data, how, route, subjects, refused, correlation_id)
    SELECT -n, gen_random_uuid(), now(), 'somebody ' || n %% 1000, 'front_desk', 'staff', 'visitation',
        'identity', 'read', '/x', ARRAY[gen_random_uuid()], false, 'benchmark'
    FROM generate_series(1, %s) AS n
"""


def growth(sizes: Sequence[int]) -> tuple[dict[str, float], dict[int, dict[str, float]]]:
    """The figures, and each size's p50 of each page, ms; the first size is what the others are held against."""
    seen = {people: _at(people) for people in sizes}
    first, last = seen[sizes[0]], seen[sizes[-1]]
    times = {page: last[page] / max(first[page], 1.0) for page in last}
    middle = {people: statistics.median(pages.values()) for people, pages in seen.items()}
    slope = _slope([(math.log10(people), value) for people, value in middle.items()])
    expected = middle[sizes[-1]] + slope * (math.log10(A_COUNTRY) - math.log10(sizes[-1]))
    within = sum(value <= HALF_AS_MUCH_AGAIN for value in times.values()) / len(times)
    return {
        "l9_people": float(sizes[-1]),
        "l9_events": float(sizes[-1] * EVENTS_EACH * len(SERVICES)),
        "l9_page_p50_ms_small": round(middle[sizes[0]], 1),
        "l9_page_p50_ms_large": round(middle[sizes[-1]], 1),
        "l9_pages_within_half_as_much_again": round(within, 3),
        "l9_p95_ms_small": centile(list(first.values()), 0.95),
        "l9_p95_ms_large": centile(list(last.values()), 0.95),
        "l9_extrapolated_p50_ms_10_million": round(expected, 1),
    }, seen


def worst(seen: dict[int, dict[str, float]], most: int = 8) -> list[tuple[str, float, float]]:
    """The pages that grew most: rule, ms at the first size, ms at the last."""
    first, last = seen[min(seen)], seen[max(seen)]
    return sorted(((page, first[page], last[page]) for page in last), key=lambda row: row[1] - row[2])[:most]


def _at(people: int) -> dict[str, float]:
    with prepared() as place, house(place, people, max(people // PEOPLE_TO_A_COMPANY, 1)) as filled:
        with psycopg.connect(place.admin_url, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            for service in SERVICES:
                for query, count in ((EVENTS, EVENTS_EACH), (LOOKUPS, LOOKUPS_EACH)):
                    connection.execute(query.format(service=service).encode(), (people * count,))
                connection.execute(HEARD.format(service=service).encode())
            connection.execute("VACUUM ANALYZE")
        warm(filled)
        return _medians(filled)


def _medians(filled: House) -> dict[str, float]:
    total = len(filled.pages) * ROUNDS
    found = keep_pace(filled.page, ASKED_PER_S, total / ASKED_PER_S, callers=2)
    # A page that was refused has no time, and what was asked of a full house says nothing of its size.
    if bad := found.wrong + found.refused:
        raise SystemExit(f"L9: {len(bad)} answers were wrong or refused: {sorted({one[:2] for one in bad})[:5]}")
    return found.by_name(0.5)


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Milliseconds for ten times as many people, by least squares."""
    if len(points) < 2:
        return 0.0
    x, y = statistics.fmean(p[0] for p in points), statistics.fmean(p[1] for p in points)
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def plot(seen: dict[int, dict[str, float]], file: Path) -> None:
    """Half and 95 of 100 pages within so many ms, by people, as a small picture."""
    width, height, edge = 480, 240, 40
    lines = {share: [(people, centile(list(pages.values()), share)) for people, pages in seen.items()]
             for share in (0.5, 0.95)}  # fmt: skip
    most = max(value for line in lines.values() for _, value in line) or 1.0
    low, high = math.log10(min(seen)), math.log10(max(seen))

    def at(people: int, value: float) -> tuple[float, float]:
        part = (math.log10(people) - low) / max(high - low, 0.1)
        return edge + part * (width - 2 * edge), height - edge - value / most * (height - 2 * edge)

    size = f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size}><title>Milliseconds a page, by people</title>']
    for (share, line), colour in zip(lines.items(), ("#005c8a", "#b34700"), strict=True):
        points = [at(*point) for point in line]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        parts.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{path}"/>')
        parts += [f'<text x="{x:.0f}" y="{y - 6:.0f}" fill="{colour}">{value:g}</text>'
                  for (x, y), (_, value) in zip(points, line, strict=True)]  # fmt: skip
        parts.append(f'<text x="{edge}" y="{14 + 14 * (share > 0.5)}" fill="{colour}">{share:.0%} within, ms</text>')
    parts += [f'<text x="{at(n, 0)[0]:.0f}" y="{height - 16}" text-anchor="middle">{n:,}</text>' for n in seen]
    file.write_text("\n".join([*parts, "</svg>"]) + "\n")

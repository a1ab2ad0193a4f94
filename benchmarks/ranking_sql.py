"""The same people and the same question in PostgreSQL, with the indexes and travel tables that help it most."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import psycopg

from services.matching import queries
from services.matching.engine import places
from services.matching.engine.facts import ASKED, CHECKED, Candidate, Opening
from services.matching.engine.packing import FORM_BITS, KNOWN_BITS, LICENCE_BITS, NEED_BITS, bits, hundredths
from services.matching.engine.people import TITLES, known_bits, title_number
from services.matching.engine.places import number_of, surroundings
from services.matching.engine.points import Scales, nearness_points
from services.matching.engine.sides import HEAVY
from services.matching.engine.times import minutes_in_one_go
from services.matching.rules import catalogue
from services.matching.rules.week import DAYS, clock_time, first_minute, last_minute
from services.matching.use_cases import candidates
from shared import clock
from shared.database import Database, new_id
from shared.envelope import Received, Trace
from shared.events import JobWishesRecorded

WEEK = ", ".join(f"b{day} smallint NOT NULL, e{day} smallint NOT NULL" for day in range(7))
TABLES = f"""
    CREATE SCHEMA peer;
    CREATE TABLE peer.people (id uuid NOT NULL, place smallint NOT NULL, travel smallint NOT NULL,
        least smallint NOT NULL, most smallint NOT NULL, forms integer NOT NULL, licences integer NOT NULL,
        needs bigint NOT NULL, known bigint NOT NULL, planned smallint, hidden boolean NOT NULL, seen boolean NOT NULL,
        begins smallint NOT NULL, ends smallint NOT NULL, occupations smallint[] NOT NULL, skills integer[] NOT NULL,
        {WEEK});
    CREATE TABLE peer.way (origin smallint, place smallint, reach integer, near integer, points smallint);
    CREATE TABLE peer.nearness (title smallint, other smallint, points smallint);
"""
INDEXES = """
    CREATE INDEX ON peer.people (place, travel);
    CREATE UNIQUE INDEX ON peer.way (origin, place);
    CREATE UNIQUE INDEX ON peer.nearness (title, other) INCLUDE (points);
    ANALYZE peer.people; ANALYZE peer.way; ANALYZE peer.nearness;
    SET jit = off; SET work_mem = '64MB'; SET max_parallel_workers_per_gather = 0;
"""


def fill(
    connection: psycopg.Connection[Any], everybody: list[Candidate], openings: list[Opening], scales: Scales
) -> None:
    """Everybody, the ways from the openings' places, and how near the openings' titles are to all."""
    connection.execute(TABLES.encode())
    with connection.cursor() as cursor:
        with cursor.copy("COPY peer.people FROM STDIN") as copy:
            for one in everybody:
                copy.write_row(_row(one))
        with cursor.copy("COPY peer.way FROM STDIN") as copy:
            for place in {one.place for one in openings}:
                around = surroundings(place, 200, 50, 125)
                for number in range(places.UNKNOWN):
                    copy.write_row((
                        number_of(place), number, int(around.limit[number]), int(around.near_limit[number]),
                        int(around.points[number]),
                    ))  # fmt: skip
        with cursor.copy("COPY peer.nearness FROM STDIN") as copy:
            for title in {title_number(one.occupation) for one in openings}:
                table = nearness_points(title, scales.nearness)
                for other in TITLES.values():
                    copy.write_row((title, other, int(table[other])))
    connection.execute(INDEXES.encode())


def _row(one: Candidate) -> tuple[Any, ...]:
    week = [(first_minute(day), last_minute(day)) if day else (1440, 0) for day in one.availability.days]
    return (
        one.citizen_id, number_of(one.place), one.travel_km_max, hundredths(one.weekly_hours_min),
        hundredths(one.weekly_hours_max), bits(one.forms, FORM_BITS), bits(one.licences, LICENCE_BITS),
        bits(one.needs, NEED_BITS), known_bits(one), one.planned_hours and hundredths(one.planned_hours),
        one.place_hidden, one.seen, *one.gets_about, [title_number(o) for o in one.occupations], sorted(one.skills),
        *(minute for stretch in week for minute in stretch),
    )  # fmt: skip


def _conditions(opening: Opening) -> list[str]:
    """Where each rule fails, in the order of CHECKED."""
    licences = bits(opening.licences, LICENCE_BITS)
    refused = bits(NEED_BITS.keys() - opening.adjustments, NEED_BITS)
    least, most = hundredths(opening.weekly_hours_min), hundredths(opening.weekly_hours_max)
    there, about = ("p.b{}", "p.e{}"), ("p.begins", "p.ends")
    both = ("greatest(p.b{}, p.begins)", "least(p.e{}, p.ends)")
    met, alone, together = (_met(opening, when) for when in (there, about, both))
    late = f"{met} < {opening.days_required}"
    days = [day for day in opening.windows.days if day]
    bound = f"p.begins > {min(map(first_minute, days))} OR p.ends < {max(map(last_minute, days))}"
    least_days = opening.days_required
    stranded = f"({bound}) AND ({alone} < {least_days} OR NOT ({late}) AND {together} < {least_days})"
    danish = KNOWN_BITS["danish"].get(opening.danish_level or "", 0)
    return [
        f"p.forms & {FORM_BITS[opening.employment_form]} = 0",
        f"greatest(p.least, {least}) > least(p.most, {most})",
        "w.reach > p.travel",
        f"p.licences & {licences} <> {licences}",
        f"p.needs & {refused} <> 0",
        late,
        stranded,
        f"p.known & {danish} <> 0",
        f"p.needs & {NEED_BITS[HEAVY] * opening.lifting} <> 0",
        f"p.known & {bits(opening.shifts, KNOWN_BITS['shifts'])} <> 0",
        "false",
    ]


def _met(opening: Opening, when: tuple[str, str]) -> str:
    """On how many days somebody is there, of whom `when` names the columns."""
    days = opening.windows.used_days()
    met = (f"({_day(opening, day, when[0].format(day), when[1].format(day))})::int" for day in days)
    return f"({' + '.join(met)})"


def _day(opening: Opening, day: int, since: str, until: str) -> str:
    begins, ends = first_minute(opening.windows.days[day]), last_minute(opening.windows.days[day])
    if minutes := minutes_in_one_go(opening):
        return f"least({until}, {ends}) - greatest({since}, {begins}) >= {minutes}"
    return f"{since} <= {begins} AND {until} >= {ends}"


def _points(opening: Opening, scales: Scales) -> list[str]:
    """By factor; those of `p` and `w`."""
    days = [(day, first_minute(free), last_minute(free)) for day, free in enumerate(opening.windows.days) if free]
    spare = " + ".join(
        f"greatest(p.e{day} - p.b{day}, 0) - greatest(least(p.e{day}, {ends}) - greatest(p.b{day}, {begins}), 0)"
        for day, begins, ends in days
    )
    skills, title = sorted(opening.skills), title_number(opening.occupation)
    least, most = hundredths(opening.weekly_hours_min), hundredths(opening.weekly_hours_max)
    hidden = scales.weight("distance") * scales.hidden_distance_percent.value // 100
    given = [
        f"(SELECT max(n.points) FROM peer.nearness n WHERE n.title = {title} AND n.other = ANY (p.occupations))",
        (
            f"{scales.weight('skills')} * (SELECT count(*) FROM unnest(p.skills) AS s WHERE s = ANY (ARRAY{skills})) "
            f"/ {len(skills)}"
        ),
        f"CASE WHEN p.hidden THEN {hidden} ELSE w.points END",
        f"CASE WHEN greatest(p.least, {least}) <= least(p.most, {most}) THEN {scales.weight('hours')} ELSE 0 END",
        (
            f"least({scales.weight('flexibility')}, {scales.weight('flexibility')} * ({spare}) / "
            f"{60 * scales.flexibility_scale.value})"
        ),
        f"CASE WHEN p.seen THEN 0 ELSE {scales.weight('attention')} END",
        f"CASE WHEN p.planned > 0 THEN {scales.weight('growth')} * least(p.planned, {most}) / p.planned END",
    ]
    return given + [_shared(opening, scales, code) for code in ASKED if code in KNOWN_BITS and opening.asks(code)]


def _shared(opening: Opening, scales: Scales, code: str) -> str:
    """NULL where nothing is known."""
    asked, every = bits(getattr(opening, code), KNOWN_BITS[code]), sum(KNOWN_BITS[code].values())
    met, weight = f"bit_count((p.known & {asked})::bit(64))::int", scales.weight(code)
    found = f"{weight} * least({met}, 1)" if code == "offers" else f"{weight} * {met} / {asked.bit_count()}"
    return f"CASE WHEN p.known & {every} <> 0 THEN {found} END"


def _score(number: int) -> str:
    return " + ".join(f"coalesce(f{one}, 0)" for one in range(number))


def _from(opening: Opening, limit: str) -> str:
    return (
        f"FROM peer.way w JOIN peer.people p ON p.place = w.place AND p.travel >= w.{limit} "
        f"WHERE w.origin = {number_of(opening.place)} AND w.{limit} <= 60"
    )


def fits_only(connection: psycopg.Connection[Any], opening: Opening, scales: Scales, most: int) -> list[int]:
    """The best scores of those who fit, with their points by factor."""
    fails = " AND ".join(f"NOT ({one})" for one in _conditions(opening))
    given = _points(opening, scales)
    parts = ", ".join(f"{part} AS f{number}" for number, part in enumerate(given))
    statement = (
        f"SELECT *, {_score(len(given))} AS score "
        f"FROM (SELECT p.id, {parts} {_from(opening, 'reach')} AND {fails}) AS fits "
        f"ORDER BY score DESC, id LIMIT {most}"
    )
    return [row[-1] for row in connection.execute(statement.encode())]


def whole_answer(connection: psycopg.Connection[Any], opening: Opening, scales: Scales, most: int) -> tuple[Any, ...]:
    """How many fit, how many each rule blocks, and the scores of both lists; without what would help."""
    rules = ", ".join(f"({one})::int AS r{number}" for number, one in enumerate(_conditions(opening)))
    given = _points(opening, scales)
    parts = ", ".join(f"{part} AS f{number}" for number, part in enumerate(given))
    blocked = ", ".join(f"sum(r{number})" for number in range(len(CHECKED)))
    listed = ", ".join([f"f{number}" for number in range(len(given))] + ["0"] * (len(CHECKED) + 1 - len(given)))
    failed = " + ".join(f"r{number}" for number in range(len(CHECKED)))
    lacking = f"bit_count((~p.licences & {bits(opening.licences, LICENCE_BITS)})::bit(64)) <= 2"
    unmet = f"bit_count((p.needs & {bits(NEED_BITS.keys() - opening.adjustments, NEED_BITS)})::bit(64)) <= 2"
    statement = f"""
        WITH reach AS MATERIALIZED (SELECT p.*, w.points, w.reach, {rules} {_from(opening, "near")}),
        judged AS MATERIALIZED (SELECT *, {failed} AS failed FROM reach),
        scored AS MATERIALIZED (
            SELECT p.id, p.failed, {parts} FROM judged p, LATERAL (SELECT p.points, p.reach) AS w
            WHERE p.failed = 0 OR p.failed = 1 AND {lacking} AND {unmet}),
        listed AS (SELECT *, {_score(len(given))} AS score FROM scored)
        SELECT 'counts', (SELECT count(*) FROM peer.people) - count(*), count(*) FILTER (WHERE failed = 0), {blocked}
        FROM judged
        UNION ALL (SELECT 'fits', score, {listed} FROM listed WHERE failed = 0
                   ORDER BY score DESC, id LIMIT {most})
        UNION ALL (SELECT 'near', score, {listed} FROM listed WHERE failed = 1
                   ORDER BY score DESC, id LIMIT {most})
    """
    rows = connection.execute(statement.encode()).fetchall()
    (counts,) = (row[1:] for row in rows if row[0] == "counts")
    blocked_by = dict(zip(CHECKED, (int(number or 0) for number in counts[2:]), strict=True))
    blocked_by["travel"] += counts[0]
    lists = ([row[1] for row in rows if row[0] == part] for part in ("fits", "near"))
    return counts[1], {rule: number for rule, number in sorted(blocked_by.items()) if number}, *lists


def settle(connection: psycopg.Connection[Any], town: Iterable[Candidate]) -> None:
    """These people in the service's own tables, as intake told of them."""
    codes = {place: code for code, place in catalogue.places().items()}
    wishes = [(_told(one, one.citizen_id, codes[one.place]), one.place_hidden) for one in town if one.place]
    with connection.cursor() as cursor:
        columns = "citizen_id, version, protected, postal_code"
        with cursor.copy(f"COPY matching.citizen_copy ({columns}) FROM STDIN".encode()) as copy:
            for told, hidden in wishes:
                copy.write_row((told["citizen_id"], 1, hidden, told["postal_code"]))
        with cursor.copy(f"COPY matching.wishes_copy ({', '.join(wishes[0][0])}, version) FROM STDIN".encode()) as copy:
            for told, _hidden in wishes:
                copy.write_row((*(list(v) if isinstance(v, tuple) else v for v in told.values()), 1))
    connection.execute(b"ANALYZE matching.wishes_copy; ANALYZE matching.citizen_copy")


def _told(one: Candidate, citizen_id: UUID, postal_code: str) -> dict[str, Any]:
    windows = (
        f"{name} {clock_time(first_minute(day))}-{clock_time(last_minute(day))}"
        for name, day in zip(DAYS, one.availability.days, strict=True)
        if day
    )
    return {
        "citizen_id": citizen_id, "occupations": one.occupations, "forms": tuple(one.forms),
        "weekly_hours_min": float(one.weekly_hours_min), "weekly_hours_max": float(one.weekly_hours_max),
        "availability": tuple(windows), "postal_code": postal_code, "travel_km_max": one.travel_km_max,
        "licences": tuple(one.licences), "needs": tuple(one.needs), "mentor_wanted": one.mentor_wanted,
        "consent_to_matching": True,
    }  # fmt: skip


def shown(web: Database, opening: Opening, scales: Scales, most: int) -> set[UUID]:
    """Whom a web process lists."""
    with web.begin(actor="benchmark") as session:
        return set(queries.ranked(session, opening, scales, salt="benchmark", most=most, left_out={})[1])


def tell_of_a_fit(worker: Database, opening: Opening, number: int) -> UUID:
    """Somebody new whom the opening fits best of all is heard of, and committed; who it is."""
    codes = {place: code for code, place in catalogue.places().items()}
    windows = tuple(f"{day} 00:00-24:00" for day in DAYS)
    event = JobWishesRecorded(
        citizen_id=new_id(), occupations=(opening.occupation,), forms=(opening.employment_form,),
        weekly_hours_min=0.0, weekly_hours_max=37.0 + number / 1000, availability=windows,
        postal_code=codes[opening.place], travel_km_max=50, licences=tuple(opening.licences), needs=(),
        mentor_wanted=False, consent_to_matching=True,
    )  # fmt: skip
    received = Received(
        event_id=new_id(), event=event, version=1, time=clock.now(), trace=Trace(correlation_id="benchmark")
    )
    with worker.begin(actor="benchmark") as session:
        candidates.keep_wishes(session, [received])
    return event.citizen_id

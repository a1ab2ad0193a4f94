"""`python -m benchmarks`: ours and the peers' by turns in one run, as a table and as bench.json."""

import json
import statistics
from pathlib import Path

from benchmarks import bare, bus, http, letters, peers, ranking, related, titles
from benchmarks.place import ROOT, Place, prepared

ROUNDS = 3
PEERS = ("celery", "faststream", "pika")


def main() -> None:
    with prepared() as place, place.connect() as connection:
        for tables in (peers.TABLES, bare.TABLES):
            connection.execute(tables.encode())
        ours = bus.Bus(place, connection)
        ours.record()
        figures = measure_bus(place, ours) | measure_http(place, ours) | ranking.measure(place, connection)
        figures |= letters.measure(place, connection)
    figures |= related.measure() | titles.measure()
    show(figures)
    file = Path(ROOT / "bench.json")
    load = json.loads(file.read_text()).get("load", {}) if file.exists() else {}
    file.write_text(json.dumps(figures | {"load": load}, indent=2) + "\n")


def measure_bus(place: Place, ours: bus.Bus) -> dict[str, float]:
    """Throughput by turns, then our latency at a quiet pace."""
    rates: dict[str, list[float]] = {name: [] for name in ("ours", *PEERS)}
    try:
        for number in range(ROUNDS):
            with ours.running():
                ours.throughput(bus.WARM_UP)
                rates["ours"].append(ours.throughput())
                if number == ROUNDS - 1:
                    latencies = ours.latencies_ms()
            for peer in PEERS:
                rates[peer].append(peers.throughput(place, ours.connection, peer))
            print(f"round {number + 1}: " + ", ".join(f"{name} {runs[-1]:,.0f}" for name, runs in rates.items()))
    finally:
        peers.remove_queues(place.amqp_url)
    middle = {name: statistics.median(runs) for name, runs in rates.items()}
    return {
        "bus.events_per_s": round(middle["ours"]),
        "bus.ratio": round(middle["ours"] / max(middle[peer] for peer in PEERS), 2),
        "bus.latency_p50_ms": round(statistics.median(latencies), 1),
        "bus.latency_p99_ms": round(statistics.quantiles(latencies, n=100)[98], 1),
    } | {f"peer.{peer}_events_per_s": round(middle[peer]) for peer in PEERS}


def measure_http(place: Place, ours: bus.Bus) -> dict[str, float]:
    """First contacts beside bare requests."""
    middle = {name: statistics.median(runs) for name, runs in http.measure(place, ours.connection, ROUNDS).items()}
    return {
        "http.first_contact_ratio": round(middle["first_contact"] / middle["bare"], 2),
        "http.first_contact_requests_per_s": round(middle["first_contact"]),
        "http.bare_requests_per_s": round(middle["bare"]),
    }


WORDS = {
    "bus.events_per_s": "outbox to committed effect, events/s, both workers at once",
    "bus.ratio": "times the best peer",
    "bus.latency_p50_ms": f"commit to effect at {bus.PACED_PER_SECOND}/s, half within, ms",
    "bus.latency_p99_ms": "99 of 100 within, ms",
    "peer.celery_events_per_s": "Celery: a confirm each, late acknowledgement, 2 processes",
    "peer.faststream_events_per_s": "FastStream: 8 confirms at a time, 2 processes, pool of 8",
    "peer.pika_events_per_s": "pika, blocking: a confirm each, 2 processes",
    "http.first_contact_ratio": "first contact, times the bare endpoint",
    "http.first_contact_requests_per_s": "POST first contact, requests/s",
    "http.bare_requests_per_s": "bare Flask, two inserts, one commit, requests/s",
    "letters.mails_per_s": "letters written and sent by SMTP over sockets, two processes, a second",
    "letters.mails_cpu_ms": "of a core for a mail, ms",
    "letters.mails_statements": "statements a mail",
    "letters.mails_grown_mib": f"memory of a process from its first to its last of {letters.MAILS:,} in all, MiB",
    "letters.mails_ratio": "times Celery",
    "peer.celery_mails_per_s": "Celery and smtplib: finished words, nothing written down, 2 processes",
    "letters.texts_per_s": "SMS by HTTP over sockets, two processes, a second",
    "letters.texts_cpu_ms": "of a core for a text, ms",
    "letters.texts_statements": "statements a text",
    "letters.texts_grown_mib": f"the same of {letters.TEXTS:,}, MiB",
    "letters.texts_ratio": "times Celery",
    "peer.celery_texts_per_s": "Celery and requests: the same",
    "matching.p50_ms": "top 20 of 200,000 invented people, near misses, points by factor: half within, ms",
    "matching.p95_ms": "95 of 100 within, ms",
    "matching.times_postgresql": "times as fast as PostgreSQL for the same answer",
    "matching.times_postgresql_fits_only": "times as fast as PostgreSQL without near misses and counts",
    "peer.postgresql_whole_p50_ms": "PostgreSQL, the whole answer: half within, ms",
    "peer.postgresql_fits_p50_ms": "PostgreSQL, who fits: half within, ms",
    "matching.needs_for_a_person_p95_ms": "the needs of 400 that fit a person: 95 of 100 within, ms",
    "matching.bytes_per_person": "of the index, all of it",
    "matching.rebuild_s": "the index of 200,000 put in order again, s",
    "matching.town_p95_ms": "the same for 20,000 people: 95 of 100 within, ms",
    "matching.cold_start_s": "a new process with 20,000 people: its first list, s",
    "matching.made_ready_s": "before that, once on a machine before its processes part: titles and their relations, s",
    "matching.plan_optimum_ms": "the best of all plans for 3,000 people and 400 needs with seats, ms",
    "matching.plan_whole_s": "who fits where, and both plans, s",
    "matching.plan_pairs": "pairs that fit",
    "matching.plan_placed": "people with a place in the plan with the most points",
    "matching.plan_placed_most_people": "people with a place where as many as possible have one",
    "matching.plan_points_most_people_share": "of the points, where as many as possible have a place",
    "peer.greedy_placed": "the best pair first: people with a place",
    "peer.greedy_points_share": "of the points, the best pair first",
    "matching.attention_shown": "of those who fit somewhere, on one of 20,000 lists at least, of needs open at once",
    "matching.attention_shown_unplanned": "the same, where the needs come one after the other over fifty days",
    "matching.attention_list_value_unplanned": "and what that costs",
    "matching.attention_list_value": "of the value of lists by score alone",
    "peer.plain_shown": "the same by score alone",
    "matching.fresh_p99_ms": "commit of a change to a list that knows of it: 99 of 100 within, ms",
    "matching.related_auc_random": "related occupations: Sweden's listed pairs above pairs that are not listed",
    "matching.related_auc_across": "the same, pairs without a common ISCO-08 group only",
    "matching.related_auc_siblings": "the same, neighbours only: three digits shared and not four",
    "matching.title_top1": "Danish titles to ESCO, official table off, 10-fold: the right one first",
    "matching.title_top5": "among five",
    "matching.title_top10": "among ten",
    "matching.title_surest_right": "of the surest 45 in 100: right",
    "matching.title_linked_share": "linked without a question",
    "matching.title_linked_right": "of those: right",
    "matching.title_p95_ms": "a title: 95 of 100 within, ms",
    "matching.title_start_s": "the index, once in a process, s",
    "peer.letters_title_top1": "cosine of letters (TF-IDF) on the same titles: the right one first",
    "peer.letters_title_top5": "among five",
    "peer.letters_title_top10": "among ten",
}


def show(figures: dict[str, float]) -> None:
    """The table."""
    for key, words in WORDS.items():
        print(f"  {key:<36}{figures[key]:>10,.6g}   {words}")


if __name__ == "__main__":
    main()

"""`python -m faults`: plays the rows, prints the table, writes faults.json; exit code 1 where a row is broken."""

import argparse
import json
import math
import os
import platform
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from faults import (  # noqa: F401  the rows write themselves down
    backlogs,
    brokers,
    databases,
    messages,
    networks,
    pages,
    wholes,
    workers,
)
from faults.books import Found
from faults.engine import Engine, FaultError
from faults.matrix import FAULTS, Fault
from faults.stage import Stage
from faults.traffic import Traffic

COLUMNS = ("row", "fault", "writes", "lost", "doubled", "gap s", "recovery s", "load", "other", "target")
NAMED = ("unplayed", "gap", "recovery", "writes", "events", "tries", "seconds", "lost", "doubled", "load")
WIDEST = 46


def played(stage: Stage, fault: Fault) -> dict[str, Any]:
    """One row's figures and verdicts."""
    stage.figures, found = {}, Found()
    try:
        stage.begin()
        fault.play(stage)
    except (Exception, FaultError) as error:  # noqa: BLE001  the other rows are worth having
        print(f"    not played to its end: {error}", flush=True)
        stage.figures["unplayed"] = 1
    try:
        found = stage.end()
    except (Exception, FaultError) as error:  # noqa: BLE001  as above
        print(f"    its books stayed closed: {error}", flush=True)
        stage.figures |= {"unplayed": 1, "writes": 0, "gap": 0.0}
    figures = stage.figures | {"lost": len(found.lost), "doubled": len(found.doubled), "dead": found.dead,
                               "load": round(os.getloadavg()[0], 1)}  # fmt: skip
    for words in (*found.lost[:5], *found.doubled[:5]):
        print(f"    {words}", flush=True)
    missed, broken = judged(fault, figures)
    return {"fault": fault.what, **figures, "missed": missed, "broken": broken}


def judged(fault: Fault, figures: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Which targets were missed, and what makes the run fail; what was not measured, or not written, is not well."""
    over = [(one, figures.get(one.figure, math.inf)) for one in fault.targets]
    missed = [f"{one.figure} > {one.most:g}" for one, seen in over if seen > one.most]
    broken = [
        f"{one.figure} {seen:g} > {one.bound:g}" for one, seen in over if one.bound is not None and seen > one.bound
    ]
    broken += [f"{kind} {figures[kind]}" for kind in ("lost", "doubled", "unplayed") if figures.get(kind)]
    return missed, broken + ([] if figures["writes"] else ["writes 0"])


def line(name: str, row: dict[str, Any]) -> tuple[str, ...]:
    """One row of the table."""
    verdict = "BROKEN: " + ", ".join(row["broken"]) if row["broken"] else "missed: " + ", ".join(row["missed"])
    other = {key: value for key, value in row.items() if key not in (*NAMED, "fault", "missed", "broken")}
    return (
        name, row["fault"][:WIDEST], str(row["writes"]), str(row["lost"]), str(row["doubled"]), f"{row['gap']:.1f}",
        f"{row['recovery']:.1f}" if "recovery" in row else "-", f"{row['load']:.0f}",
        " ".join(f"{k}={v}" for k, v in other.items() if v),
        verdict if row["broken"] or row["missed"] else "met",
    )  # fmt: skip


def table(rows: dict[str, dict[str, Any]]) -> str:
    """All rows under their heads."""
    lines = [COLUMNS, *(line(name, row) for name, row in rows.items())]
    widths = [max(len(one[at]) for one in lines) for at in range(len(COLUMNS))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(one, widths, strict=True)) for one in lines)


def chosen(given: argparse.Namespace) -> list[Fault]:
    """As named, or in the matrix's order."""
    unknown = set(given.rows) - set(FAULTS)
    if unknown:
        raise FaultError(f"no such row: {', '.join(sorted(unknown))}; there are {', '.join(sorted(FAULTS))}")
    wanted = given.rows or sorted(name for name, row in FAULTS.items() if row.fast or not given.fast)
    return [FAULTS[name] for name in wanted]


def summary(rows: dict[str, dict[str, Any]], traffic: Traffic, fast: bool) -> dict[str, Any]:
    """What faults.json holds."""
    return {
        "played_at": datetime.now(UTC).isoformat(timespec="seconds"), "fast": fast, "machine": platform.machine(),
        "writes": len(traffic.saved), "kinds": Counter(one.kind for one in traffic.saved),
        "tries": traffic.tries.made, "failed_tries": traffic.tries.failed,
        "refused": len(traffic.refused), "traces_shown": traffic.tries.traces,
        "lost": sum(row["lost"] for row in rows.values()), "doubled": sum(row["doubled"] for row in rows.values()),
        "rows": rows,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m faults")
    parser.add_argument("rows", nargs="*", help="such as F01 F15; all without")
    parser.add_argument("--fast", action="store_true", help="twelve rows in some eight minutes")
    parser.add_argument("--to", type=Path, default=Path("faults.json"))
    given = parser.parse_args()
    faults, engine, rows, began = chosen(given), Engine(), dict[str, dict[str, Any]](), time.monotonic()
    engine.up()
    traffic = Traffic(f"http://127.0.0.1:{engine.port}", engine.clients())
    try:
        traffic.start()
        stage = Stage(engine, traffic, fast=given.fast)
        for fault in faults:
            print(f"{time.monotonic() - began:6.0f} s  {fault.name}  {fault.what}", flush=True)
            rows[fault.name] = played(stage, fault)
            print("        " + "  ".join(line(fault.name, rows[fault.name])[2:]), flush=True)
    except KeyboardInterrupt:
        print("stopped; the rows so far are kept", flush=True)
    finally:
        traffic.stop()
        engine.down()
    report = summary(rows, traffic, given.fast)
    given.to.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\n{table(rows)}\n\n{report['writes']} writes accepted, {report['lost']} lost, {report['doubled']} doubled; "
          f"{report['failed_tries']} of {report['tries']} tries failed and were made again; {given.to}")  # fmt: skip
    print("accepted of each kind: " + ", ".join(f"{kind} {number}" for kind, number in report["kinds"].items()))
    for words in traffic.refused[:5]:
        print(f"refused: {words}")
    if traffic.refused or traffic.tries.traces or any(row["broken"] for row in rows.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()

"""`python -m deploy.indicators`: what the leader's numbers mean, as a document; `--check` compares it with the code."""

import argparse
import sys
from pathlib import Path

from services.followup.rules import indicators as placements
from services.followup.rules import overview
from services.intake.rules import indicators
from shared.indicators import Indicator

FILE = Path(__file__).resolve().parents[1] / "docs/indicators.md"
HEADING = """# The leader's numbers

Made by `python -m deploy.indicators` from `services/intake/rules/indicators.py`; page, interface and file use the same
definitions. Counts from 1 to one below the policy row `counts.hidden_below` are hidden, and whatever they could be
reckoned from (`shared/small_cells.py`). The unit is the one that the citizen belongs to today. Days are
Danish days; a period is made of weeks that are cut where the month changes.
"""


PLACEMENTS = """
# Numbers about placements

From `services/followup/rules/indicators.py`, at `/opfoelgning/tal`, for whole quarters, which do not overlap. Counts
are hidden as above (`shared/small_counts.py`); companies, mentors, forms, lengths and units with few placements stand
together, and a count that could be reckoned from the sum of the others is hidden with them.
"""
OVERVIEW = """
# The leader's overview

From `services/followup/rules/overview.py`, at `/opfoelgning/overblik`, `GET /overview` and as a file, month by month,
counted from what the four services told. Counts of people are hidden as above (`shared/small_cells.py`), settled by the
quarter, so that neither months and quarters nor units and everybody can be subtracted. Rows are the events' names.
"""


def document() -> str:
    """All of it."""
    parts = ((HEADING, indicators.ALL), (PLACEMENTS, placements.ALL), (OVERVIEW, overview.ALL))
    return "".join(heading + "".join(map(_section, numbers)) for heading, numbers in parts)


def _section(one: Indicator) -> str:
    parts = [("Numerator", one.numerator), ("Denominator", one.denominator), ("Owner", one.owner)]
    said = "".join(f"- {what}: {words.danish} / {words.english}\n" for what, words in parts if words)
    return f"\n## {one.name.danish} / {one.name.english} (`{one.code}`)\n\n{said}- Rows: {one.rows}\n"


def main() -> None:
    """Write the document, or with `--check` end with 1 where it is not what the code says."""
    parser = argparse.ArgumentParser(prog="python -m deploy.indicators", description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        sys.exit(0 if FILE.read_text(encoding="utf-8") == document() else "docs/indicators.md is not current")
    FILE.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()

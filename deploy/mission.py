"""`python -m deploy.mission`: the practices, and what does and proves each, as a document; `--check` compares it."""

import argparse
import sys
from pathlib import Path

from services.intake.rules.mission import Practice, practices

FILE = Path(__file__).resolve().parents[1] / "docs/mission.md"
HEADING = """# The mission

Made by `python -m deploy.mission` from `services/intake/mission.toml`, which the page `/praksis` shows too. Each
practice with the figures of its own published description, what does it here, and the journey that plays it over
running services; `tests/test_mission.py` follows every name in this table.

| practice | what it says | its figures | pages | interface | events | journey |
|---|---|---|---|---|---|---|
"""


def document() -> str:
    """All of it."""
    return HEADING + "".join(map(_line, practices()))


def _line(one: Practice) -> str:
    cells = [
        one.name.english,
        one.says.english,
        "; ".join(figure.english for figure in one.figures),
        "<br>".join(f"{page.name.english} `{page.path}`" for page in one.pages),
        "<br>".join(f"`{door}`" for door in one.doors),
        "<br>".join(f"`{event}`" for event in one.events),
        f"[{one.journey}](../tests/journeys/{one.journey})",
    ]
    return f"| {' | '.join(cells)} |\n"


def main() -> None:
    """Write the document, or with `--check` end with 1 where it is not what the file says."""
    parser = argparse.ArgumentParser(prog="python -m deploy.mission", description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        sys.exit(0 if FILE.read_text(encoding="utf-8") == document() else "docs/mission.md is not current")
    FILE.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()

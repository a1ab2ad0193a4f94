"""`python -m demo.town SECRETS --database NAME [--size small]`: plays the town into a database of a suite that rests.

SECRETS is the directory with the services' environments. Exit code 1 where something went wrong: the database is then
of no use, as half a town is none.
"""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from sqlalchemy.engine import make_url

from demo.town import play
from demo.town.bar import Bar
from deploy import envfile
from shared import clock, config
from shared.config import Settings
from shared.events import SERVICES

SIZES = {"full": play.FULL, "small": play.SMALL}


def settings_of(folder: Path, database: str) -> dict[str, Settings]:
    """Each service's, for that database; nobody waits for the disk, as an interrupted play is thrown away."""
    found = {}
    for service in SERVICES:
        settings = config.read(service, envfile.read(folder / f"{service}.env"))
        url = make_url(settings.database_url).set(database=database, query={"options": "-csynchronous_commit=off"})
        found[service] = replace(settings, database_url=url.render_as_string(hide_password=False))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m demo.town", description=__doc__)
    parser.add_argument("secrets", type=Path)
    parser.add_argument("--database", required=True)
    parser.add_argument("--size", choices=SIZES, default="full")
    given = parser.parse_args()
    began, bar = time.monotonic(), Bar(sys.stderr)
    stage = play.town(settings_of(given.secrets, given.database), SIZES[given.size], clock.now(), bar.show)
    bar.end(f"{stage.done:,} acts in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

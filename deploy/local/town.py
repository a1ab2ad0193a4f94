"""The demo's municipality, played beside the suite's database while the suite rests, and then put in its place."""

import subprocess
from pathlib import Path

from deploy.local import postgres, suite
from deploy.local.place import ROOT, Place
from deploy.local.setup import PYTHON
from deploy.local.steps import SetupError, say, step

BESIDE = f"{suite.DATABASE}_town"
SIZES = {"full": "5,000 citizens", "small": "a few hundred citizens"}


def is_there(place: Place) -> bool:
    """Whether this suite has its town."""
    return _played(place).exists()


def fill(place: Place, size: str) -> None:
    """Plays it once. The servers run; whoever interrupts finds the suite's data as they were, and may begin again."""
    if size not in SIZES:
        raise SetupError(f"size is one of {', '.join(SIZES)}")
    with step("the suite rests"):
        suite.down(place)
    with step("a copy of its database"):
        postgres.copy(place, suite.DATABASE, BESIDE)
    say(f"  the town: {SIZES[size]}, two years, day by day")
    command = [str(PYTHON), "-m", "demo.town", str(place.secrets), "--database", BESIDE, "--size", size]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SetupError("the town came to nothing, and the suite's data are as they were; `make up` starts it again")
    postgres.replace(place, suite.DATABASE, BESIDE)
    _played(place).touch()


def _played(place: Place) -> Path:
    return place.run / "town-played"

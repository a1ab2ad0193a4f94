"""Installs what is missing: system packages where we may, and hash-pinned Python packages."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local import assets, postgres, rabbitmq
from deploy.local.place import ROOT, Place, is_root, only_one
from deploy.local.steps import SetupError, call, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
SCRIPT = ROOT / "deploy/local/apt-install"
FONTS = tuple(Path("/usr/share/fonts") / one for one in ("truetype/liberation", "liberation", "liberation-sans"))


def nginx() -> str | None:
    """The gateway's program; sbin is not on an ordinary user's path."""
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def setup(place: Place, requirements: str) -> None:
    """Makes servers, gateway and Python packages available; quick when nothing is missing."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file runs before anything has checked)
        raise SetupError("Python 3.11 or newer is needed; say which with `make PYTHON=python3.12`")
    place.make()
    with only_one(ROOT / ".run/setup.lock"):
        tools = {"nginx-light": bool(nginx()), "gpg": bool(shutil.which("gpg"))}
        # What judges the alert rules comes with the package of the server.
        alerts = {"prometheus": bool(shutil.which("promtool"))} if requirements == DEVELOPMENT else {}
        packages(_servers() | tools | _venv() | _paper() | alerts, place)
        python_packages(place, requirements)
        pages(place, development=requirements == DEVELOPMENT)


def servers(place: Place) -> None:
    """PostgreSQL and RabbitMQ alone; what already runs on the machine is left as it is."""
    packages(_servers(), place)


def browser(place: Place) -> None:
    """What the pages' tests look through; quick when it is there."""
    place.make()
    with only_one(ROOT / ".run/setup.lock"):
        packages({"chromium": bool(shutil.which("chromium"))}, place)


def pages(place: Place, *, development: bool = False) -> None:
    """What the pages load, and their English words; with what checks them where development asks for it."""
    stale = assets.missing()
    if stale or development:
        packages(assets.node(), place)
        assets.npm_packages(place, development=development)
    if stale:
        assets.build(place)
    assets.catalogue(place)


def packages(present: dict[str, bool], place: Place) -> None:
    """Installs the system packages whose presence is false."""
    missing = [name for name, there in present.items() if not there]
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise SetupError(f"install these with your system's package manager, then try again: {' '.join(missing)}")
    sudo = [] if is_root() else ["sudo", "-n"]
    if sudo and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode:
        raise SetupError(f"run this first: sudo apt-get install --no-install-recommends {' '.join(missing)}")
    with step(f"installing {', '.join(missing)}"):
        call([*sudo, "sh", SCRIPT, *missing], place.logs / "setup.log")


def python_packages(place: Place, requirements: str) -> None:
    """Makes the venv and installs exactly what the hash-pinned file lists."""
    if not _works(PYTHON, "import pip"):
        _make_venv(place)
    # The development file holds every line of the other, so it will do for both.
    if any(_is_installed(ROOT / file, VENV / f".{file}.installed") for file in {requirements, DEVELOPMENT}):
        return
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "-r",
        ROOT / requirements,
    ]
    _once(ROOT / requirements, VENV / f".{requirements}.installed", "Python packages", command, place)


def _make_venv(place: Place) -> None:
    # One that another tool made may only lack pip; it is completed, not thrown away.
    make: list[str | Path] = [sys.executable, "-m", "venv", "--clear", VENV]
    complete: list[str | Path] = [PYTHON, "-m", "ensurepip"]
    with step("Python environment"):
        call(complete if _works(PYTHON, "import sys") else make, place.logs / "setup.log")


def _servers() -> dict[str, bool]:
    return {"postgresql": bool(postgres.binaries()), "rabbitmq-server": bool(rabbitmq.program())}


def _venv() -> dict[str, bool]:
    return {"python3-venv": _works(PYTHON, "import pip") or _works(sys.executable, "import ensurepip, venv")}


def _paper() -> dict[str, bool]:
    """What lays out and draws letters and agreements on paper."""
    libraries = {"libpangoft2-1.0-0": "libpangoft2-1.0.so.0", "libharfbuzz-subset0": "libharfbuzz-subset.so.0"}
    there = {name: _works(sys.executable, f"import ctypes; ctypes.CDLL('{file}')") for name, file in libraries.items()}
    return there | {"fonts-liberation": any(map(Path.is_dir, FONTS))}


def _works(python: str | Path, code: str) -> bool:
    try:
        return subprocess.run([python, "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _once(source: Path, stamp: Path, title: str, command: list[str | Path], place: Place) -> None:
    if _is_installed(source, stamp):
        return
    with step(title):
        call(command, place.logs / "setup.log", cwd=ROOT)
        stamp.write_text(_digest(source))


def _is_installed(source: Path, stamp: Path) -> bool:
    return stamp.exists() and stamp.read_text() == _digest(source)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()

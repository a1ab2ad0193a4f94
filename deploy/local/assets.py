"""What the pages load and say besides their own words: style sheet, script, fonts, and the catalogues of words."""

import hashlib
import shutil
from pathlib import Path

from deploy.local.place import ROOT, Place
from deploy.local.steps import call, step

LOCK, MODULES = ROOT / "package-lock.json", ROOT / "node_modules"
SOURCES, BUILT = ROOT / "shared/static/src", ROOT / "shared/static/built"
CATALOGUES = ROOT / "shared/translations"
PYBABEL = ROOT / ".venv/bin/pybabel"
# Which of the locked packages node_modules holds.
ALL, RUNTIME = MODULES / ".installed", MODULES / ".installed-runtime"


def node() -> dict[str, bool]:
    """The system packages that building takes; the pages themselves need neither."""
    return {name: bool(shutil.which(program)) for name, program in (("nodejs", "node"), ("npm", "npm"))}


def missing() -> bool:
    """True where something changed since the last build."""
    return not _stands(BUILT / ".stamp", _sources())


def npm_packages(place: Place, *, development: bool) -> None:
    """Exactly what the lock names; linters and axe only where they are asked for."""
    digest = _digest([LOCK])
    if _stands(ALL, digest) or (not development and _stands(RUNTIME, digest)):
        return
    omit = [] if development else ["--omit=dev"]
    with step("linters" if development else "packages of the pages"):
        call(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", *omit], place.logs / "setup.log", cwd=ROOT)
        (ALL if development else RUNTIME).write_text(digest)


def build(place: Place) -> None:
    """The built folder, with content hashes in the names."""
    with step("style sheet, script and fonts"):
        call(["npm", "run", "--silent", "build"], place.logs / "setup.log", cwd=ROOT)
        (BUILT / ".stamp").write_text(_sources())


def catalogue(place: Place) -> None:
    """English and easy Danish, compiled where they are newer than what lies there."""
    words = list(CATALOGUES.glob("*/LC_MESSAGES/messages.po"))
    if any(not _is_newer(source.with_suffix(".mo"), source) for source in words):
        with step("English and easy Danish words"):
            call([PYBABEL, "compile", "-d", CATALOGUES], place.logs / "setup.log", cwd=ROOT)


def _is_newer(file: Path, than: Path) -> bool:
    return file.exists() and file.stat().st_mtime >= than.stat().st_mtime


def _sources() -> str:
    return _digest([LOCK, *sorted(SOURCES.iterdir())])


def _digest(files: list[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        found.update(file.name.encode() + b"\n" + file.read_bytes())
    return found.hexdigest()


def _stands(stamp: Path, digest: str) -> bool:
    return stamp.exists() and stamp.read_text() == digest

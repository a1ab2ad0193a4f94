"""The database of this machine's suite into encrypted files, and back from them onto a machine that has nothing."""

import os
import re
import secrets
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from deploy import envfile
from deploy.local import postgres, setup, suite
from deploy.local.place import ROOT, Place
from deploy.local.steps import SetupError, say, step

PASSPHRASE = "BACKUP_PASSPHRASE_FILE"  # noqa: S105  a name
# What a listener may have been behind when the back-up was taken.
TELL_AGAIN = timedelta(days=2)


def make(place: Place, folder: str) -> int:
    """Writes both files into `folder`; the passphrase is made where there is none yet."""
    kept = _passphrase(place)
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(32) + "\n")
        say(f"Made a passphrase: keep {kept} and {place.secrets} in a safe place of their own; without both of them")
        say("no back-up can be read.")
    return _backup(place, "make", folder or str(place.run / "backups"))


def rows(place: Place) -> int:
    """Prints each table with its number of rows and their checksum."""
    return _backup(place, "rows")


def restore(place: Place, file: str) -> int:
    """Everything as it was; what the database held before is put aside under another name, not deleted."""
    if place.run.exists() and suite.running(place):
        raise SetupError("the suite runs; end it first: make down")
    made = re.search(r"jobbutik-(\d{8}T\d{6})Z\.dump\.gpg$", file)
    if not made or not Path(file).exists():
        raise SetupError("say which: make restore file=<folder>/jobbutik-<time>.dump.gpg")
    if not _passphrase(place).exists():
        raise SetupError(
            f"the passphrase is missing: put it into {_passphrase(place)}, or name its file in {PASSPHRASE}"
        )
    aside = postgres.put_aside(place, suite.DATABASE)
    if aside:
        say(f"  what was there is kept as the database {aside}")
    postgres.create_database(place, suite.DATABASE)
    if code := _backup(place, "restore", file):
        return code
    with step("database tables"):
        suite.migrate(place)
    since = datetime.strptime(made[1] + "+0000", "%Y%m%dT%H%M%S%z") - TELL_AGAIN
    code = suite.ops(place, ["settle"]) or suite.ops(place, ["replay", "--since", since.isoformat()])
    say("Restored. `make up` starts it; letters that may have been sent wait for a person among those given up.")
    return code


def _passphrase(place: Place) -> Path:
    return Path(os.environ.get(PASSPHRASE) or place.secrets / "backup.passphrase")


def _backup(place: Place, *arguments: str) -> int:
    environment = {**os.environ, **envfile.read(place.secrets / "migrate.env"), PASSPHRASE: str(_passphrase(place))}
    command = [str(setup.PYTHON), "-m", "deploy.backup", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode

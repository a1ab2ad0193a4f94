"""`python -m deploy.locks`: would a migration lock a table that people write to, or take from code what it needs?

Each migration is written out as SQL, without a database, and judged by squawk. Those from before it came have run and
are left alone. One that takes away what no code asks for any longer says so: `CONTRACTS = True`.
"""

import io
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations

ROOT = Path(__file__).resolve().parents[1]
SQUAWK = ROOT / ".venv/bin/squawk"
RAN_BEFORE = {"intake": 19, "matching": 26, "followup": 20, "notifications": 13, "shared": 6}
EXCLUDED = (
    "prefer-bigint-over-int", "prefer-bigint-over-smallint", "prefer-identity", "prefer-robust-stmts",
    # Said once, in shared/migrate.py, for all of them.
    "require-statement-timeout", "require-lock-timeout",
    # A migration is one transaction, all of it or nothing, in which no index can be made concurrently.
    "require-concurrent-index-creation", "require-concurrent-index-deletion",
    "ban-drop-default", "ban-drop-not-null", "ban-drop-constraint",
)  # fmt: skip
CONTRACTING = ("ban-drop-column", "ban-drop-table")


def main() -> int:
    worst = 0
    with tempfile.TemporaryDirectory() as folder:
        for migration in _young():
            known, statements = _written(migration)
            file = Path(folder) / f"{_service(migration)}-{migration.stem}.sql"
            file.write_text(statements)
            rules = [*EXCLUDED, *(CONTRACTING if known.get("CONTRACTS") else ())]
            command = [
                str(SQUAWK),
                "--assume-in-transaction",
                "--pg-version",
                "15",
                "--exclude",
                ",".join(rules),
                str(file),
            ]
            judged = subprocess.run(command, check=False, capture_output=True, text=True)
            if judged.returncode:
                sys.stdout.write(judged.stdout)
            worst = max(worst, judged.returncode)
    return worst


def _young() -> Iterator[Path]:
    for folder in (ROOT / "shared/migrations/versions", *sorted(ROOT.glob("services/*/migrations"))):
        for migration in sorted(folder.glob("[0-9]*.py")):
            if int(migration.name[:4]) > RAN_BEFORE[_service(migration)]:
                yield migration


def _service(migration: Path) -> str:
    return migration.relative_to(ROOT).parts[0 if "versions" in migration.parts else 1]


def _written(migration: Path) -> tuple[dict[str, object], str]:
    """The module's names, and what it would say to a database."""
    output = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": output, "literal_binds": True}
    )
    with Operations.context(context):
        known = runpy.run_path(str(migration))
        try:
            known["upgrade"]()
        except AttributeError as reads:
            sys.exit(f"{migration.relative_to(ROOT)}: reads from the database, so nobody can see its SQL: {reads}")
    return known, output.getvalue()


if __name__ == "__main__":
    sys.exit(main())

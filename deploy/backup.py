"""`python -m deploy.backup`: the whole database in two encrypted files, and back from them, row by row the same.

make FOLDER       jobbutik-<time>.dump.gpg and, of the same moment, jobbutik-<time>.rows.gpg
check FILE        can it be opened, and is it as it was made?
restore FILE      into a database without our schemas; makes the roles, compares every table, then migrates
rows              each table of the database with its number of rows and their checksum

ADMIN_DATABASE_URL names the database, BACKUP_PASSPHRASE_FILE the file with the passphrase, ROLE_PASSWORDS (restore)
the services' passwords. Needs pg_dump, pg_restore and gpg. Nothing is ever written to disk unencrypted.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from deploy.local.place import SERVICES
from shared import migrate
from shared.config import BadSettings, read_migration
from shared.database import engine_for

DUMP, ROWS = ".dump.gpg", ".rows.gpg"
_TABLES = """
    SELECT nspname, relname, relkind = 'S' FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = ANY (%s) AND relkind IN ('r', 'S') ORDER BY 1, 2
"""
# A sum, so that no order is needed and no memory; the text of a row depends on the settings below alone.
_TABLE = """
    SELECT count(*), coalesce(sum(('x' || left(checksum, 16))::bit(64)::bigint), 0)
    FROM (SELECT encode(sha256(convert_to(one::text, 'UTF8')), 'hex') AS checksum FROM {table} AS one) AS checked
"""
_SEQUENCE = "SELECT last_value, is_called::int FROM {table}"
_PLAIN = ("SET LOCAL timezone = 'UTC'", "SET LOCAL datestyle = 'ISO'", "SET LOCAL extra_float_digits = 1",
          "SET LOCAL bytea_output = 'hex'", "SET LOCAL intervalstyle = 'postgres'")  # fmt: skip


class BackupError(SystemExit):
    """Says in one line what is wrong; nothing half done is left behind."""


def rows(connection: psycopg.Connection[Any]) -> list[str]:
    """A line for each table and sequence of the four schemas: its name, its number of rows, their checksum."""
    for setting in _PLAIN:
        connection.execute(setting.encode())
    lines = []
    for schema, name, is_sequence in connection.execute(_TABLES, (list(SERVICES),)).fetchall():
        statement = sql.SQL(_SEQUENCE if is_sequence else _TABLE).format(table=sql.Identifier(schema, name))
        count, checksum = connection.execute(statement).fetchall()[0]
        lines.append(f"{schema}.{name:<40}{count:>12}{checksum:>24}")
    return lines


def make(url: str, passphrase: Path, folder: Path) -> Path:
    """The dump's file; the rows' file stands beside it, taken of the same snapshot."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"jobbutik-{datetime.now(UTC):%Y%m%dT%H%M%SZ}{DUMP}"
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchall()[0][0]
        schemas = [f"--schema={service}" for service in SERVICES]
        dump = ["pg_dump", "--format=custom", "--no-password", f"--snapshot={snapshot}", *schemas]
        with subprocess.Popen(dump, env=_connecting(url), stdout=subprocess.PIPE) as dumping:
            _encrypt(file, passphrase, dumping.stdout)
        if dumping.returncode:
            file.unlink()
            raise BackupError(f"pg_dump failed ({dumping.returncode}); nothing was kept")
        try:
            _encrypt(_rows_of(file), passphrase, "\n".join(rows(connection)).encode())
        except BaseException:
            # Without its rows nothing can say that it is whole.
            file.unlink()
            raise
    return file


def check(passphrase: Path, file: Path) -> list[str]:
    """The lines of `rows` as they were then; raises BackupError where one of the two files is not as it was made."""
    with _decrypting(file, passphrase, subprocess.DEVNULL):
        # What was changed on the way is noticed at the very end, which must not be after a commit.
        pass
    return _decrypted(_rows_of(file), passphrase).decode().splitlines()


def restore(url: str, passwords: dict[str, str], passphrase: Path, file: Path) -> list[str]:
    """Into a database that has none of our schemas; the lines of `rows`, which are those of the back-up's moment."""
    wanted = check(passphrase, file)
    with psycopg.connect(url) as connection:
        there = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname = ANY (%s)", (list(SERVICES),))
        if names := [name for (name,) in there]:
            raise BackupError(f"the database already has {', '.join(names)}; give an empty one")
    engine = engine_for(url)
    with engine.begin() as prepared:
        for service in SERVICES:
            migrate.prepare_roles(prepared, service, passwords[service])
    engine.dispose()
    name = str(conninfo_to_dict(url)["dbname"])
    load = ["pg_restore", "--single-transaction", "--exit-on-error", "--no-password", f"--dbname={name}"]
    with _decrypting(file, passphrase, subprocess.PIPE) as opening:
        if subprocess.run(load, env=_connecting(url), stdin=opening.stdout, check=False).returncode:
            raise BackupError("pg_restore failed; the database is as it was")
    with psycopg.connect(url) as connection:
        found = rows(connection)
    if differing := sorted(set(wanted) ^ set(found)):
        raise BackupError("\n".join(["restored, but these differ (back-up and database):", *differing]))
    return found


def _rows_of(file: Path) -> Path:
    if not file.name.endswith(DUMP) or not file.exists():
        raise BackupError(f"{file} is not there, or does not end in {DUMP}")
    return file.with_name(file.name.removesuffix(DUMP) + ROWS)


def _connecting(url: str) -> dict[str, str]:
    """The way to the database by environment: a command line is for everybody on the machine to read."""
    # pragma: allowlist nextline secret
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    known = conninfo_to_dict(url)
    return {**os.environ, **{env: str(known[name]) for name, env in names.items() if name in known}}


@contextmanager
def _gpg(passphrase: Path) -> Iterator[list[str]]:
    """The command, with a home of its own that ends with it: nobody's keyring is read or written."""
    if not passphrase.exists() or not passphrase.read_text().strip():
        raise BackupError(f"{passphrase} holds no passphrase")
    with tempfile.TemporaryDirectory(prefix="jb-") as home:
        try:
            yield ["gpg", "--homedir", home, "--batch", "--quiet", "--no-tty", "--pinentry-mode", "loopback",
                   "--passphrase-file", str(passphrase)]  # fmt: skip
        finally:
            subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False)


def _encrypt(file: Path, passphrase: Path, content: bytes | IO[bytes] | None) -> None:
    fresh = file.with_name(file.name + ".new")
    fresh.touch(mode=0o600)
    given = {"input": content} if isinstance(content, bytes) else {"stdin": content}
    with _gpg(passphrase) as gpg, fresh.open("wb") as output:
        command = [*gpg, "--symmetric", "--cipher-algo", "AES256", "--compress-algo", "none"]
        done: Any = subprocess.run(command, stdout=output, check=False, **given)
    if done.returncode:
        fresh.unlink()
        raise BackupError(f"gpg failed ({done.returncode}); nothing was kept")
    fresh.rename(file)


@contextmanager
def _decrypting(file: Path, passphrase: Path, output: int) -> Iterator[subprocess.Popen[bytes]]:
    with _gpg(passphrase) as gpg:
        with subprocess.Popen([*gpg, "--decrypt", str(file)], stdout=output, stderr=subprocess.DEVNULL) as opening:
            yield opening
        if opening.returncode:
            raise BackupError(f"{file.name} cannot be opened: another passphrase, or not as it was made")


def _decrypted(file: Path, passphrase: Path) -> bytes:
    with _decrypting(file, passphrase, subprocess.PIPE) as opening:
        return cast("IO[bytes]", opening.stdout).read()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.backup", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("make").add_argument("folder", type=Path)
    commands.add_parser("check").add_argument("file", type=Path)
    commands.add_parser("restore").add_argument("file", type=Path)
    commands.add_parser("rows")
    given = parser.parse_args()
    missing = [name for name in ("ADMIN_DATABASE_URL", "BACKUP_PASSPHRASE_FILE") if not os.environ.get(name)]
    if missing:
        raise BadSettings(f"settings refused (missing: {', '.join(missing)})")
    url, passphrase = os.environ["ADMIN_DATABASE_URL"], Path(os.environ["BACKUP_PASSPHRASE_FILE"])
    match given.command:
        case "make":
            print(make(url, passphrase, given.folder))
        case "check":
            print(f"as it was made: {given.file}, {len(check(passphrase, given.file))} tables and sequences")
        case "restore":
            lines = restore(*read_migration(), passphrase, given.file)
            print("\n".join(lines))
            print(f"restored: {len(lines)} tables and sequences, each as it was", file=sys.stderr)
        case _:
            with psycopg.connect(url) as connection:
                print("\n".join(rows(connection)))


if __name__ == "__main__":
    main()

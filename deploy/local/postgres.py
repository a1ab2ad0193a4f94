"""A private PostgreSQL with the durability of a real one, on loopback only."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from deploy.local.place import Place, is_root
from deploy.local.steps import SetupError, call, step

ADMIN = "postgres"


def binaries() -> list[Path]:
    """The installed versions' binary directories, newest first."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if not found and on_path:
        return [Path(on_path).resolve().parent]
    return sorted(found, key=lambda path: float(path.parts[4]), reverse=True)


def url(place: Place, database: str = "postgres") -> str:
    """The administrator's address of one database."""
    return f"postgresql://{ADMIN}:{place.password('postgres')}@127.0.0.1:{place.port('postgres')}/{database}"


def start(place: Place) -> None:
    """Starts the server unless it already runs."""
    if running(place):
        return
    with step("PostgreSQL"):
        data = _data(place)
        if not (data / "PG_VERSION").exists():
            _initialise(place, data)
        _drop_stale_lock(data)
        port = place.free_port("postgres")
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "300"}
        options = " ".join([f"-p {port}", *(f"-c {name}={value}" for name, value in settings.items())])
        waiting = ["-w", "-t", "60"]
        _call(place, "pg_ctl", "start", *waiting, "-D", data, "-l", data / "server.log", "-o", options)


def stop(place: Place) -> None:
    """Stops the server if it runs; clients are cut off, nothing committed is lost."""
    if running(place):
        with step("PostgreSQL stops"):
            _call(place, "pg_ctl", "stop", "-w", "-m", "fast", "-D", _data(place))


def running(place: Place) -> bool:
    """Whether our own server, not another on that port, accepts connections."""
    if not binaries() or not _server_pid(_data(place)):
        return False
    return _psql(place, "select 1").returncode == 0


def create_database(place: Place, name: str) -> None:
    """Creates the database if it is missing."""
    if name not in _query(place, "select datname from pg_database").split():
        _query(place, f'create database "{name}"')


def put_aside(place: Place, name: str) -> str | None:
    """Renames a database that is there, so that nothing is lost; its new name."""
    if name not in _query(place, "select datname from pg_database").split():
        return None
    aside = f"{name}_before_{datetime.now(UTC):%Y%m%d_%H%M%S}"
    _query(place, f'alter database "{name}" rename to "{aside}"')
    return aside


def copy(place: Place, name: str, to: str) -> None:
    """Makes a database anew as another one is, to which nobody is connected."""
    _query(place, f'drop database if exists "{to}" with (force)')
    _query(place, f'create database "{to}" template "{name}"')


def replace(place: Place, name: str, by: str) -> None:
    """Puts a database in another one's place, which goes."""
    aside = put_aside(place, name)
    _query(place, f'alter database "{by}" rename to "{name}"')
    if aside:
        _query(place, f'drop database "{aside}"')


def erase(place: Place) -> None:
    """Removes the data of a stopped server."""
    shutil.rmtree(_data(place), ignore_errors=True)


def _query(place: Place, statement: str) -> str:
    done = _psql(place, statement)
    if done.returncode:
        raise SetupError(f"PostgreSQL refused: {done.stderr.strip()}")
    return done.stdout.strip()


def _psql(place: Place, statement: str) -> subprocess.CompletedProcess[str]:
    port = str(place.port("postgres"))
    environment = {
        **os.environ, "PGHOST": "127.0.0.1", "PGPORT": port, "PGUSER": ADMIN, "PGDATABASE": "postgres",
        "PGPASSWORD": place.password("postgres"),
    }  # fmt: skip
    command = [str(_bin(place) / "psql"), "-XAtqw", "-c", statement]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", env=environment)


def _bin(place: Place) -> Path:
    version = _data(place) / "PG_VERSION"
    if not version.exists():
        return binaries()[0]
    wanted = version.read_text().strip()
    for path in binaries():
        if f" {wanted}." in _version(path):
            return path
    raise SetupError(f"{version.parent} was made by PostgreSQL {wanted}, which is gone; delete it and try again")


def _version(path: Path) -> str:
    return subprocess.run([path / "postgres", "--version"], capture_output=True, text=True, check=False).stdout


def _owner() -> str | None:
    return "postgres" if is_root() else None


def _data(place: Place) -> Path:
    """PostgreSQL refuses to run as root, and its own user cannot look into a closed folder such as /root."""
    place.make()
    if is_root() and not all(folder.stat().st_mode & 0o001 for folder in (place.run, *place.run.parents)):
        return Path(f"/var/tmp/jobbutik-{place.mark}/postgres")  # noqa: S108  (our own, and it must outlive a boot)
    return place.run / "postgres"


def _initialise(place: Place, data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    data.parent.chmod(0o711 if _owner() else data.parent.stat().st_mode)
    password = data.parent / "initdb.password"
    password.touch(mode=0o600)
    password.write_text(place.password("postgres"))
    if owner := _owner():
        shutil.chown(data, owner, owner)
        shutil.chown(password, owner, owner)
    try:
        how = ["-E", "UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256"]
        _call(place, "initdb", "-D", data, "-U", ADMIN, "--pwfile", password, *how)
    finally:
        password.unlink()


def _call(place: Place, program: str, *arguments: str | Path) -> None:
    call([_bin(place) / program, *arguments], place.logs / "postgres.log", cwd=Path("/"), owner=_owner())


def _server_pid(data: Path) -> int | None:
    """The live server of this data directory; a pid that another program has taken over does not count."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return None
    return pid if os.fsencode(data) in command else None


def _drop_stale_lock(data: Path) -> None:
    if not _server_pid(data):
        (data / "postmaster.pid").unlink(missing_ok=True)

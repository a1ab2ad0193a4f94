"""The suite's own processes: web servers and workers, live boards, mail catcher, demo sign-in and gateway."""

import json
import math
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from deploy import envfile
from deploy.local import gateway, postgres, rabbitmq
from deploy.local.place import ROOT, SERVICES, Place
from deploy.local.setup import PYTHON
from deploy.local.steps import SetupError, call, say, step, tail

DATABASE = "jobbutik"
READY_WITHIN = 90
LIVE = "deploy/gunicorn_live.py"


def up(place: Place) -> None:
    """Starts everything and returns when every service says that it is ready; the servers run already."""
    if not _supervisor_pid(place):
        settle(place)
        with step("database tables"):
            migrate(place)
        _write_processes(place)
        with (place.logs / "supervisor.log").open("wb") as output:
            subprocess.Popen(
                [PYTHON, "-m", "deploy.local.supervisor", str(place.run)], cwd=ROOT, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
    _wait(place)


def down(place: Place) -> None:
    """Ends every process of the suite; a dead supervisor has taken them with it."""
    if pid := _supervisor_pid(place):
        os.kill(pid, signal.SIGTERM)
        while _supervisor_pid(place):
            time.sleep(0.05)
    (place.run / "state.json").unlink(missing_ok=True)


def status(place: Place) -> dict[str, bool]:
    """Whether each process runs and, for a web server, whether its service is ready."""
    file = place.run / "state.json"
    state = json.loads(file.read_text()) if file.exists() and _supervisor_pid(place) else {}
    alive = {name: Path(f"/proc/{entry['pid']}").exists() for name, entry in state.items()}
    ready = {f"{name}, ready": _is_ready(place, name) for name in SERVICES if state}
    return alive | ready


def address(place: Place) -> str:
    """The one address of the suite."""
    return f"http://127.0.0.1:{place.port('gateway')}"


def catcher(place: Place) -> str:
    """Where the mail catcher shows what was sent."""
    return f"http://127.0.0.1:{place.port('catcher-http')}"


def describe(place: Place) -> None:
    """Prints what somebody who sits down at it needs to know."""
    clients = json.loads((place.secrets / "clients.json").read_text())
    print(f"\nJobbutik: {address(place)}, where you may sign in as any of the demo's people")
    print(f"A guided tour of one day: {address(place)}/demo-login/rundtur")
    print(f"Sent mail: {catcher(place)}\n\nAPI documents:")
    for service in SERVICES:
        print(f"  {address(place)}/api/{service}/v1/openapi.json")
    print(f"\nMachine sign-ins (POST {address(place)}/api/intake/v1/token, grant_type=client_credentials):")
    print(f"  {', '.join(clients)}\n  their secrets: {place.secrets / 'clients.json'}\nLogs: {place.logs}")


def settle_in(place: Place) -> None:
    """Plays the story once on a new database, so that nobody who signs in finds an empty house."""
    played = place.run / "story-played"
    if played.exists():
        return
    with step("the demo's story, so that pages have life"):
        call([PYTHON, *story(place)], _fresh_log(place, "story"), env={**os.environ, **_found(place)}, cwd=ROOT)
    played.touch()


def _found(place: Place) -> dict[str, str]:
    return {
        "SUITE_ADDRESS": address(place),
        "CATCHER_ADDRESS": catcher(place),
        "CLIENTS_FILE": str(place.secrets / "clients.json"),
    }


def play(place: Place, command: list[str], settings: dict[str, str]) -> int:
    """Runs Python against the running suite, whose addresses it finds in the environment; the exit code."""
    say()
    environment = {**os.environ, **settings, **_found(place)}
    return subprocess.run([str(PYTHON), *command], cwd=ROOT, env=environment, check=False).returncode


def story(place: Place) -> list[str]:
    """The demo's command; the suite must have its ports by now."""
    return ["-m", "demo.story", "--address", address(place), "--catcher", catcher(place), "--tour", str(_tour(place))]


def _tour(place: Place) -> Path:
    return place.run / "tour.json"


def ops(place: Place, arguments: list[str]) -> int:
    """One operation in the environment of each service in turn; the worst exit code."""
    worst = 0
    for service in SERVICES:
        environment = {**os.environ, **envfile.read(place.secrets / f"{service}.env")}
        command: list[str | Path] = [PYTHON, "-m", "shared.ops", *arguments]
        worst = max(worst, subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)
    return worst


def audit(place: Place, arguments: list[str]) -> int:
    """The trail's check, as the administrator."""
    environment = {**os.environ, **envfile.read(place.secrets / "migrate.env")}
    command: list[str | Path] = [PYTHON, "-m", "shared.audit", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def erase(place: Place) -> None:
    """Removes every trace of a stopped suite, its data included."""
    postgres.erase(place)
    rabbitmq.erase(place)
    for entry in place.run.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name != "lock":
            entry.unlink()
    place.make()


def running(place: Place) -> bool:
    """Whether the suite's processes are kept alive."""
    return _supervisor_pid(place) is not None


def migrate(place: Place) -> None:
    """Roles, schemas and tables as this version wants them."""
    environment = {**os.environ, **envfile.read(place.secrets / "migrate.env")}
    call([PYTHON, "-m", "shared.migrate"], _fresh_log(place, "migrate"), env=environment, cwd=ROOT)


def settle(place: Place) -> None:
    """Ports, an empty database where there is none, and the settings of every process; the servers run already."""
    gateway.choose_port(place)
    for name in (*(f"{service}-web" for service in SERVICES), "intake-live", "demo-login", "catcher-smtp",
                 "catcher-http"):  # fmt: skip
        place.free_port(name)
    postgres.create_database(place, DATABASE)
    with step("settings and secrets"):
        # Anybody on the machine reads a command, nobody else its environment.
        private = {"ADMIN_DATABASE_URL": postgres.url(place, DATABASE), **rabbitmq.passwords(place)}
        call(
            [PYTHON, "-m", "deploy.secrets", place.secrets, "--amqp", rabbitmq.where(place),
             "--database", f"127.0.0.1:{place.port('postgres')}/{DATABASE}",
             "--smtp", f"smtp://127.0.0.1:{place.port('catcher-smtp')}", "--public-url", address(place)],
            place.logs / "setup.log", env={**os.environ, **private}, cwd=ROOT,
        )  # fmt: skip


def _write_processes(place: Place) -> None:
    processes: list[tuple[str, list[str | Path], str | Path]] = []
    for service in SERVICES:
        settings = place.secrets / f"{service}.env"
        processes += [
            _web(place, f"{service}-web", f"services.{service}:create_app()", settings),
            (f"{service}-worker", [PYTHON, "-m", "shared.worker"], settings),
        ]
    mail = place.secrets / "catcher.env"
    ports = {"CATCHER_SMTP_PORT": place.port("catcher-smtp"), "CATCHER_HTTP_PORT": place.port("catcher-http")}
    envfile.write(mail, {name: str(port) for name, port in ports.items()})
    processes += [
        _web(place, "intake-live", "shared.live:create_app()", place.secrets / "intake-live.env", LIVE),
        _web(place, "demo-login", "demo.provider:create_app()", place.secrets / "demo-login.env"),
        ("mailcatcher", [PYTHON, "-m", "demo.mailcatcher"], mail),
        ("gateway", gateway.command(place), ""),
    ]
    entries = [
        {"name": name, "command": [str(part) for part in command], "log": str(_fresh_log(place, name)),
         "settings": str(settings)}
        for name, command, settings in processes
    ]  # fmt: skip
    (place.run / "processes.json").write_text(json.dumps(entries, indent=1))


def _web(
    place: Place, name: str, app: str, settings: Path, size: str = "deploy/gunicorn.py"
) -> tuple[str, list[str | Path], Path]:
    own = place.secrets / f"{name}-process.env"
    known = {"SERVICE": name, **envfile.read(settings)}
    # The codes that are under way are in the provider's memory, so there is one of it.
    alone = {"WEB_CONCURRENCY": "1", "TOUR_FILE": str(_tour(place))} if name == "demo-login" else {}
    envfile.write(own, known | alone | {"WEB_HOST": "127.0.0.1", "WEB_PORT": str(place.port(name))})
    return name, [PYTHON, "-m", "gunicorn", "--config", size, app], own


def _wait(place: Place) -> None:
    began = time.monotonic()
    waiting = [*SERVICES, "demo-login"]
    with step("services ready"):
        while waiting and time.monotonic() < began + READY_WITHIN:
            # By a beat from now: of a worker that has just died, the last one is still young.
            waiting = [one for one in waiting if not _is_ready(place, one, most_beat=time.monotonic() - began)]
            time.sleep(0.2)
        if waiting:
            first = [waiting[0]] if waiting[0] == "demo-login" else [f"{waiting[0]}-web", f"{waiting[0]}-worker"]
            names = [*first, "gateway", "supervisor"]
            ends = "\n".join(f"--- {name}\n{tail(place.logs / f'{name}.log')}" for name in names)
            raise SetupError(f"not ready after {READY_WITHIN} s: {', '.join(waiting)}\n{ends}")


def _is_ready(place: Place, service: str, *, most_beat: float = math.inf) -> bool:
    if service in SERVICES:
        where = f"http://127.0.0.1:{place.port(f'{service}-web')}/readyz"
    else:
        where = f"{address(place)}/{service}/.well-known/openid-configuration"
    try:
        with urllib.request.urlopen(where, timeout=5) as answer:  # noqa: S310
            return service not in SERVICES or json.load(answer)["worker_beat_seconds"] < most_beat
    except (OSError, urllib.error.HTTPError):
        return False


def _supervisor_pid(place: Place) -> int | None:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[1:4] == [b"-m", b"deploy.local.supervisor", os.fsencode(place.run)]:
            return int(folder.name)
    return None


def _fresh_log(place: Place, name: str) -> Path:
    log = place.logs / f"{name}.log"
    log.write_bytes(b"")
    return log

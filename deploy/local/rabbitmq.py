"""A private RabbitMQ: own node name, ports, cookie, files and port mapper, none of the system's."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from deploy.local.place import ROOT, SERVICES, Place
from deploy.local.steps import SetupError, call, step, tail

USER = VHOST = "jobbutik"
_PORTS = ("amqp", "amqp-distribution", "amqp-management", "amqp-prometheus", "amqp-epmd")
_PLUGINS = ROOT / "deploy/broker/enabled_plugins"
_VENV = ROOT / ".venv/bin/python"
_HELLO = b"AMQP\x00\x00\x09\x01"


def program() -> Path | None:
    """The server's own start script; Debian's /usr/sbin one would change user and refuse ordinary ones."""
    direct = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    on_path = shutil.which("rabbitmq-server")
    return direct if direct.exists() else Path(on_path) if on_path else None


def url(place: Place) -> str:
    """The broker's address for its administrator."""
    return f"amqp://{USER}:{place.password('amqp')}@{where(place)}"


def where(place: Place) -> str:
    """The broker's address without a user."""
    return f"127.0.0.1:{place.port('amqp')}/{VHOST}"


def passwords(place: Place) -> dict[str, str]:
    """In the environment, each service's own password as JSON, beside the administrator's."""
    own = {service: place.password(f"amqp-{service}") for service in SERVICES}
    return {"BROKER_PASSWORDS": json.dumps(own), "AMQP_PASSWORD": place.password("amqp")}


def start(place: Place) -> None:
    """Starts the broker unless it already runs, and waits until it takes connections."""
    if running(place):
        return
    with step("RabbitMQ"):
        stop_quietly(place)
        for name in _PORTS:
            place.free_port(name)
        _configure(place)
        log = place.logs / "rabbitmq.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(program())], env=_environment(place), cwd=_home(place), stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + 90
        while not running(place):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SetupError(f"RabbitMQ did not start; the end of {log}:\n{tail(log)}")
            time.sleep(0.2)


def stop(place: Place) -> None:
    """Stops the broker if it runs; durable messages stay on disk."""
    if _node_pid(place):
        with step("RabbitMQ stops"):
            stop_quietly(place)


def stop_quietly(place: Place) -> None:
    """Ends our node and its port mapper, gently first."""
    for sign, seconds in ((signal.SIGTERM, 20), (signal.SIGKILL, 5)):
        deadline = time.monotonic() + seconds
        if pid := _node_pid(place):
            os.kill(pid, sign)
        while _node_pid(place) and time.monotonic() < deadline:
            time.sleep(0.1)
    for pid in _ours(place, b"epmd"):
        os.kill(pid, signal.SIGTERM)


def running(place: Place) -> bool:
    """Whether our own broker speaks AMQP; its listener opens only after users and virtual hosts are there."""
    if not _node_pid(place):
        return False
    try:
        with socket.create_connection(("127.0.0.1", place.port("amqp")), timeout=5) as connection:
            connection.sendall(_HELLO)
            return connection.recv(1) == b"\x01"
    except OSError:
        return False


def erase(place: Place) -> None:
    """Removes the data of a stopped broker."""
    shutil.rmtree(_home(place), ignore_errors=True)


def _home(place: Place) -> Path:
    return place.run / "rabbitmq"


def _configure(place: Place) -> None:
    home = _home(place)
    home.mkdir(parents=True, exist_ok=True)
    settings = {
        "listeners.tcp.1": f"127.0.0.1:{place.port('amqp')}",
        "management.tcp.ip": "127.0.0.1",
        "management.tcp.port": place.port("amqp-management"),
        "prometheus.tcp.ip": "127.0.0.1",
        "prometheus.tcp.port": place.port("amqp-prometheus"),
        "load_definitions": home / "definitions.json",
    }
    python = _VENV if _VENV.exists() else Path(sys.executable)
    command: list[str | Path] = [python, "-m", "deploy.definitions", home / "definitions.json"]
    call(command, place.logs / "setup.log", env={**os.environ, **passwords(place)}, cwd=ROOT)
    config = home / "rabbitmq.conf"
    config.touch(mode=0o600)
    config.write_text("".join(f"{key} = {value}\n" for key, value in settings.items()))


def _environment(place: Place) -> dict[str, str]:
    home = _home(place)
    return {
        "HOME": str(home),
        "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin",
        "LANG": "C.UTF-8",
        "RABBITMQ_NODENAME": f"jobbutik-{place.mark}@localhost",
        "RABBITMQ_DIST_PORT": str(place.port("amqp-distribution")),
        "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"),
        "RABBITMQ_CONFIG_FILES": str(home / "conf.d"),
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(home / "advanced.config"),
        "RABBITMQ_CONF_ENV_FILE": str(home / "env.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(_PLUGINS),
        "RABBITMQ_MNESIA_BASE": str(home / "data"),
        "RABBITMQ_LOG_BASE": str(home / "log"),
        "RABBITMQ_GENERATED_CONFIG_DIR": str(home / "generated"),
        "RABBITMQ_PID_FILE": str(home / "pid"),
        "ERL_EPMD_PORT": str(place.port("amqp-epmd")),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        # Erlang's schedulers spin while idle; on a small machine that takes the processor from the services.
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+sbwt none +sbwtdcpu none +sbwtdio none",
    }


def _node_pid(place: Place) -> int | None:
    return next(iter(_ours(place, b"beam.smp")), None)


def _ours(place: Place, name: bytes) -> list[int]:
    """The processes of that name with our home directory; pid files lie after a crash, /proc does not."""
    mark = b"HOME=" + os.fsencode(_home(place)) + b"\x00"
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if name in (folder / "comm").read_bytes() and mark in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found

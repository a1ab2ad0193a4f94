"""The containers of one compose project, and what can be done to them; needs the engine on this same Linux machine."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from deploy.envfile import read
from shared.events import SERVICES

ROOT = Path(__file__).resolve().parent.parent
TOOLS = "jobbutik-fault-tools"
WORKERS = tuple(f"{service}-worker" for service in SERVICES)
# A project, ports and networks of its own, unless the environment names a suite that is up already.
OWN = {
    "COMPOSE_PROJECT_NAME": "jobbutik-faults",
    "PORT": "18090",
    "CATCHER_PORT": "18035",
    "INNER_SUBNET": "172.30.253.0/24",
    "INNER_RANGE": "172.30.253.128/25",
    "GATEWAY_ADDRESS": "172.30.253.10",
}


class FaultError(SystemExit):
    """The run itself went wrong, so that it says nothing of the suite."""


def run(*command: str, stdin: str | None = None, check: bool = True, environ: Mapping[str, str] | None = None) -> str:
    """What a command says; raises FaultError with its last words."""
    done = subprocess.run(
        command, cwd=ROOT, input=stdin, capture_output=True, text=True, env={**os.environ, **(environ or {})},
        check=False,
    )  # fmt: skip
    if check and done.returncode:
        raise FaultError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-800:]}")
    return done.stdout


class Engine:
    """`project` is the compose project that suffers."""

    def __init__(self) -> None:
        self._environ = {} if os.environ.get("COMPOSE_PROJECT_NAME") else OWN
        self.port = self._environ.get("PORT") or os.environ.get("PORT", "8080")
        self.catcher_port = self._environ.get("CATCHER_PORT") or os.environ.get("CATCHER_PORT", "8025")
        self._made = False
        self._names: dict[str, str] = {}

    def compose(self, *words: str, stdin: str | None = None, check: bool = True) -> str:
        """`docker compose` of the project; its `run` may make a service's container anew."""
        if words[0] == "run":
            self._names.clear()
        return run("docker", "compose", *words, stdin=stdin, check=check, environ=self._environ)

    def up(self) -> None:
        """The suite as it is, or one of our own, which `down` ends; and the tools' image."""
        if not (ROOT / ".env").exists():
            run("make", "env")
        self._made = bool(self._environ)
        if self._made:
            # What a run that was stopped half-way left behind is half a suite.
            self.compose("down", "-v", "--timeout", "5", check=False)
            self.compose("up", "--build", "--wait", "--wait-timeout", "300")
        run("docker", "build", "--quiet", "--tag", TOOLS, "faults")

    def down(self) -> None:
        """Ends what `up` began."""
        if self._made:
            self.compose("down", "-v", "--timeout", "5")

    def container(self, service: str) -> str:
        """Its name for the engine; asked once, as Compose takes a quarter of a second of a core to say."""
        if service not in self._names:
            found = self.compose("ps", "-a", "-q", service).split()
            if not found:
                raise FaultError(f"there is no {service} in this project")
            self._names[service] = found[0]
        return self._names[service]

    def containers(self) -> list[str]:
        """All that run."""
        return self.compose("ps", "-q").split()

    @contextmanager
    def another(self, service: str, *options: str, command: tuple[str, ...] = (), image: str = "") -> Iterator[str]:
        """One more container of a service, beside the one that is there; its name."""
        name = f"{self.container(service)[:12]}-another"
        environ = self._environ | ({"IMAGE": image} if image else {})
        run("docker", "compose", "run", "--rm", "-T", "--no-deps", "--name", name, *options, "-d", service,
            *command, environ=environ)  # fmt: skip
        try:
            yield name
        finally:
            self.end(name)

    def memory(self, service: str) -> int:
        """MB that it holds now."""
        said = run("docker", "stats", "--no-stream", "--format", "{{.MemUsage}}", self.container(service)).split("/")[0]
        return round(float(said.strip()[:-3]) * {"KiB": 1 / 1024, "MiB": 1, "GiB": 1024}[said.strip()[-3:]])

    def address(self, service: str) -> str:
        """On the inner network, which this machine reaches."""
        return self.inspect(service, "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}").split()[0]

    def docker(self, verb: str, *services: str) -> None:
        """kill, start, stop, pause, unpause, restart."""
        if services:
            run("docker", *verb.split(), *(self.container(service) for service in services))

    def inspect(self, service: str, template: str) -> str:
        return run("docker", "inspect", "-f", template, self.container(service)).strip()

    def runs(self, name: str) -> bool:
        """Is this container there and alive?"""
        return run("docker", "inspect", "-f", "{{.State.Running}}", name, check=False).strip() == "true"

    def is_well(self, name: str) -> bool:
        """By its own health check."""
        return run("docker", "inspect", "-f", "{{.State.Health.Status}}", name, check=False).strip() == "healthy"

    def end(self, name: str) -> None:
        """Stops a container politely; `--rm` takes it away."""
        run("docker", "stop", name, check=False)

    def cut(self, service: str, verb: str) -> None:
        """`disconnect` it from the inner network, or `connect` it again."""
        network = next(
            one
            for one in self.inspect(
                service if verb == "disconnect" else "gateway",
                "{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}",
            ).split()
            if one.endswith("_inner")
        )
        run("docker", "network", verb, network, self.container(service))

    def processes(self, service: str, word: str) -> list[str]:
        """Pids inside the container whose command line holds the word, the oldest first."""
        listed = run("docker", "top", self.container(service), "-eo", "pid,args").splitlines()[1:]
        return [line.split(None, 1)[0] for line in listed if word in line]

    def kill_process(self, pid: str, signal: str = "KILL") -> None:
        """As the kernel's own killer does it: the container's own restart policy has to bring it back."""
        run("docker", "run", "--rm", "--pid", "host", "--cap-add", "KILL", TOOLS, "kill", f"-{signal}", pid)

    def beside(self, service: str, *command: str) -> subprocess.Popen[bytes]:
        """A tool that sees the container's processes."""
        return subprocess.Popen(
            ["docker", "run", "--rm", "--init", "--pid", f"container:{self.container(service)}", "--cap-add",
             "SYS_PTRACE", "--security-opt", "seccomp=unconfined", TOOLS, *command],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def in_network_of(self, service: str, *command: str, check: bool = True) -> str:
        """A tool that sees the container's network."""
        network = f"container:{self.container(service)}"
        return run("docker", "run", "--rm", "--network", network, "--cap-add", "NET_ADMIN", TOOLS, *command,
                   check=check)  # fmt: skip

    @contextmanager
    def database(self) -> Iterator[psycopg.Connection[Any]]:
        """The administrator's connection, straight to the container."""
        host = self.address("postgres")
        password = read(ROOT / ".env")["POSTGRES_PASSWORD"]
        with psycopg.connect(
            host=host, user="postgres", password=password, dbname="jobbutik", autocommit=True, connect_timeout=2,
            options="-c statement_timeout=60000", tcp_user_timeout=4000,
        ) as connection:  # fmt: skip
            yield connection

    def clients(self) -> dict[str, str]:
        """The machine clients' secrets."""
        name = os.environ.get("CLIENTS_FILE", ".run/compose/clients.json")
        found: dict[str, str] = json.loads((ROOT / name).read_text(encoding="utf-8"))
        return found


def until(holds: Callable[[], bool], seconds: float, every: float = 0.1) -> bool:
    """Look until it is so; False when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(every)
    return False

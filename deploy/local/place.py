"""Where one run of the suite keeps its files, and the ports and passwords it has chosen once."""

import fcntl
import hashlib
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("intake", "matching", "followup", "notifications")

# Below the kernel's ephemeral range, so that no outgoing connection takes a port between two starts.
_FIRST_PORT, _LAST_PORT = 20000, 32000


@dataclass(frozen=True)
class Place:
    """One run directory: `.run` for `make up` and the tests, `.run/demo` for `make demo`."""

    run: Path

    @property
    def mark(self) -> str:
        """Eight hex digits that are this directory's own among all checkouts of the machine."""
        return hashlib.sha256(str(self.run).encode()).hexdigest()[:8]

    @property
    def logs(self) -> Path:
        return self.run / "logs"

    @property
    def secrets(self) -> Path:
        return self.run / "secrets"

    def make(self) -> None:
        """Creates the directories; the secrets are the owner's alone."""
        for folder in (self.run, self.logs):
            folder.mkdir(parents=True, exist_ok=True)
        self.secrets.mkdir(mode=0o700, exist_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lets one process at a time start or stop what lies here."""
        self.make()
        with only_one(self.run / "lock"):
            yield

    def port(self, name: str) -> int:
        """The port chosen for `name`, chosen now if it is the first time."""
        chosen = self._read("ports.json")
        return chosen[name] if name in chosen else self.new_port(name)

    def free_port(self, name: str) -> int:
        """The port for `name`, another one if a stranger has taken it; only while ours does not run."""
        port = self.port(name)
        return port if is_free(port) else self.new_port(name)

    def new_port(self, name: str) -> int:
        """Chooses a free port for `name` and remembers it."""
        chosen = self._read("ports.json")
        start = int(self.mark, 16) % (_LAST_PORT - _FIRST_PORT)
        for step in range(_LAST_PORT - _FIRST_PORT):
            port = _FIRST_PORT + (start + step) % (_LAST_PORT - _FIRST_PORT)
            if port not in chosen.values() and is_free(port):
                self._write("ports.json", {**chosen, name: port})
                return port
        raise RuntimeError("no free port on 127.0.0.1")

    def keep_port(self, name: str, port: int) -> None:
        """Remembers a port that was chosen elsewhere."""
        self._write("ports.json", {**self._read("ports.json"), name: port})

    def password(self, name: str) -> str:
        """The password chosen for `name`, made now if it is the first time."""
        known = self._read("passwords.json")
        if name not in known:
            known[name] = secrets.token_urlsafe(24)
            self._write("passwords.json", known)
        return str(known[name])

    def _read(self, file: str) -> dict[str, Any]:
        path = self.run / file
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def _write(self, file: str, values: dict[str, Any]) -> None:
        path = self.run / f"{file}.new"
        path.touch(mode=0o600)
        path.write_text(json.dumps(values, indent=1))
        path.rename(self.run / file)


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Waits until no other process holds the lock; it dies with its holder."""
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def is_root() -> bool:
    return os.geteuid() == 0

"""A TCP relay between a worker and the broker that can be cut, and can swallow bytes without a word."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self


class TcpRelay:
    """Listens on this machine, on a free port or as told, and passes bytes to one address, until told otherwise.

    `taken` counts the connections it took.
    """

    def __init__(self, host: str, port: int, near: tuple[str, int] = ("127.0.0.1", 0)) -> None:
        self._target = host, port
        self._listening = socket.create_server(near)
        self.port: int = self._listening.getsockname()[1]
        self._lock = threading.Lock()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._mute: set[socket.socket] = set()
        self._refusing = self._paused = False
        self.taken = 0
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.cut()
        # Closing alone does not wake a thread that waits in accept.
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(5)

    def cut(self) -> None:
        """End every connection and refuse new ones."""
        self._refusing = True
        with self._lock:
            for pair in self._pairs:
                for end in pair:
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)

    def swallow(self) -> None:
        """Let the connections stand but pass nothing more on them, for ever; new ones work."""
        with self._lock:
            for pair in self._pairs:
                self._mute.update(pair)

    def pause(self) -> None:
        """As `swallow`, and what connects meanwhile hears nothing either: a machine that stands still."""
        self._paused = True
        self.swallow()

    def resume(self) -> None:
        """Take connections again, and pass what comes on new ones."""
        self._refusing = self._paused = False

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = None if self._refusing else self._reach()
            if far is None:
                near.close()
                continue
            with self._lock:
                self._pairs.append((near, far))
                self._mute.update((near, far) if self._paused else ())
                self.taken += 1
            for source, sink in ((near, far), (far, near)):
                thread = threading.Thread(target=self._pass, args=(source, sink), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _reach(self) -> socket.socket | None:
        try:
            return socket.create_connection(self._target, timeout=5)
        except OSError:
            return None

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with source, contextlib.suppress(OSError):
            source.settimeout(None)
            while some := source.recv(65536):
                if source not in self._mute:
                    sink.sendall(some)
            if source not in self._mute:
                sink.shutdown(socket.SHUT_WR)

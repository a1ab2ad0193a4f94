"""Boards that move by themselves: a process of its own, a thread for each open board, one listening connection.

A stream says only that something changed; the page then asks for its fragment as the person who is signed in. An
open stream holds a thread, so it must never take one from those who register a citizen.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psycopg
from flask import Flask, Response, request

from shared import clock, config, health
from shared.auth import STAFF, TokenReader
from shared.config import Settings
from shared.database import CONNECT, Database
from shared.logs import kind_and_place
from shared.lookups import NOBODY
from shared.sessions import COOKIE, Sessions

HEARTBEAT_SECONDS = 15.0
LOOK_SECONDS = 1.0
GATHER_SECONDS = 0.2
MOST_SECONDS = 300.0
BOARDS = ("skranken",)
# A stream holds one of the process's threads; some are left for what is answered at once.
THREADS, MOST_STREAMS, MOST_OF_ONE = 300, 280, 6
log = logging.getLogger(__name__)


class Changes:
    """Counts what was told; the streams wait for the count to grow."""

    def __init__(self) -> None:
        self.count = 0
        self.ended: Callable[[], bool] = lambda: False
        self._grown = threading.Condition()

    def more(self) -> None:
        with self._grown:
            self.count += 1
            self._grown.notify_all()

    def wait(self, seen: int) -> int:
        """The count, as soon as it is another than `seen`, or after a moment."""
        with self._grown:
            self._grown.wait_for(lambda: self.count != seen, LOOK_SECONDS)
            return self.count


class Places:
    """How many streams are open, and whose."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, whose: str) -> bool:
        """A place for one more stream; False where that session, or the process, holds as many as it may."""
        with self._lock:
            if self._open[whose] >= MOST_OF_ONE or self._open.total() >= MOST_STREAMS:
                return False
            self._open[whose] += 1
            return True

    def free(self, whose: str) -> None:
        with self._lock:
            self._open[whose] -= 1
            if not self._open[whose]:
                del self._open[whose]


def _listen(settings: Settings, changes: Changes) -> None:
    """Hears every commit that told an event; a lost connection counts as a change, for nobody knows what was missed."""
    while True:
        with suppress(psycopg.OperationalError), _connected(settings) as connection:
            connection.execute(f"LISTEN {settings.service}_outbox")
            changes.more()
            while True:
                if list(connection.notifies(timeout=10.0, stop_after=1)):
                    time.sleep(GATHER_SECONDS)
                    list(connection.notifies(timeout=0))
                    changes.more()
                else:
                    connection.execute("")
        log.warning("the line to the database broke; listening again")
        time.sleep(1)


def _connected(settings: Settings) -> "psycopg.Connection[Any]":
    return psycopg.connect(settings.database_url, autocommit=True, **CONNECT)


def _stream(changes: Changes) -> Iterator[bytes]:
    seen, ends, heard = changes.count, time.monotonic() + MOST_SECONDS, time.monotonic()
    yield b"retry: 3000\n\n"
    while time.monotonic() < ends and not changes.ended():
        count = changes.wait(seen)
        if count != seen:
            seen, heard = count, time.monotonic()
            yield b"event: changed\ndata: \n\n"
        elif time.monotonic() - heard > HEARTBEAT_SECONDS:
            heard = time.monotonic()
            yield b": still here\n\n"


def create_app(settings: Settings | None = None, database: Database | None = None) -> Flask:
    """The streams of one service; settings come from the environment unless given."""
    settings = settings or config.read_live()
    clock.follow(settings.clock_file)
    app, changes, places = Flask("shared.live", static_folder=None), Changes(), Places()
    tokens = TokenReader(settings)
    sessions, database = Sessions(settings, tokens), database or Database(settings)
    app.extensions.update(settings=settings, database=database, tokens=tokens, live=changes)
    health.register(app)

    def live(board: str) -> Response:
        if board not in BOARDS:
            return Response(status=404)
        session = sessions.read(request.cookies.get(COOKIE))
        if session is None or not session.principal.is_staff or not _may_go_on(database, session.principal.access_id):
            return Response(status=403)
        whose = session.principal.access_id
        if not places.take(whose):
            # The page asks for its board every 15 seconds instead.
            return Response(status=429, headers={"Retry-After": "60", "Cache-Control": "no-store"})
        answer = Response(
            _stream(changes),
            content_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        answer.call_on_close(lambda: places.free(whose))
        return answer

    live.allowed_roles, live.about = STAFF, NOBODY  # type: ignore[attr-defined]
    app.add_url_rule("/live/<board>", view_func=live)
    return app


def listen(app: Flask) -> None:
    """Begin to hear what is told; the server says when, as a thread does not live through its fork."""
    told = (app.extensions["settings"], app.extensions["live"])
    threading.Thread(target=_listen, args=told, daemon=True).start()


def _may_go_on(database: Database, access_id: str) -> bool:
    try:
        with database.begin(actor="live", access=access_id):
            return True
    except Exception as error:  # noqa: BLE001  whatever is wrong, the page itself will say it
        log.info("no stream: %s", kind_and_place(error))
        return False

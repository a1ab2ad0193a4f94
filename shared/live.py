"""Boards that move by themselves: a process of its own, a thread for each open board, one listening connection.

A stream says only that something changed; the page then asks for its fragment as the person who is signed in. An
open stream holds a thread, so it must never take one from those who register a citizen.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psycopg
from flask import Flask, Response, request, stream_with_context

from shared import config, health
from shared.auth import TokenReader
from shared.config import Settings
from shared.database import CONNECT, Database
from shared.logs import kind_and_place
from shared.sessions import COOKIE, Sessions

HEARTBEAT_SECONDS = 15.0
LOOK_SECONDS = 1.0
GATHER_SECONDS = 0.2
MOST_SECONDS = 300.0
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
    settings = settings or config.read()
    app, changes = Flask("shared.live", static_folder=None), Changes()
    sessions, database = Sessions(settings, TokenReader(settings)), database or Database(settings)
    app.extensions.update(settings=settings, database=database, live=changes)
    health.register(app)

    def live(board: str) -> Response:
        session = sessions.read(request.cookies.get(COOKIE))
        if session is None or not session.principal.is_staff or not _may_go_on(database, session.principal.access_id):
            return Response(status=403)
        log.debug("a board is open: %s", board)
        return Response(
            stream_with_context(_stream(changes)),
            content_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    live.allowed_roles = "signed in"  # type: ignore[attr-defined]
    app.add_url_rule("/live/<board>", view_func=live)
    threading.Thread(target=_listen, args=(settings, changes), daemon=True).start()
    return app


def _may_go_on(database: Database, access_id: str) -> bool:
    try:
        with database.begin(actor="live", access=access_id):
            return True
    except Exception as error:  # noqa: BLE001  whatever is wrong, the page itself will say it
        log.info("no stream: %s", kind_and_place(error))
        return False

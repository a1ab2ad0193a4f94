"""A mail server that answers slowly or never must not hold up the worker, whose loop keeps the broker's heartbeat."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from services.notifications.use_cases import messages
from services.notifications.use_cases.delivery import PostOffice
from shared import clock
from shared.database import Database
from tests.notifications import story
from tests.notifications.post import NotificationsUnderTest
from tests.notifications.story import MONDAY

MOST_SECONDS = 4.0


def never(_line: socket.socket, ended: threading.Event) -> None:
    """Takes the call and says nothing."""
    ended.wait(8)


def drop_by_drop(line: socket.socket, ended: threading.Event) -> None:
    """Says a letter at a time, and does not end the line before eight seconds are over."""
    for _ in range(27):
        if ended.wait(0.3):
            return
        line.sendall(b"2")


def step_by_step(line: socket.socket, ended: threading.Event) -> None:
    """Answers everything properly, after more than a second each."""
    line.sendall(b"220 slow\r\n")
    while line.recv(4096) and not ended.wait(1.2):
        line.sendall(b"250 yes\r\n")


@contextmanager
def serving(answer: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    ended = threading.Event()

    def take(listener: socket.socket) -> None:
        line, _ = listener.accept()
        with line:
            try:
                answer(line, ended)
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=take, args=(listener,))
        thread.start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
        ended.set()
        thread.join()


@pytest.mark.clocked
@pytest.mark.parametrize("answer", [never, drop_by_drop, step_by_step])
def test_a_slow_server_holds_the_worker_for_four_seconds_at_most(
    post: NotificationsUnderTest, answer: Callable[[socket.socket, threading.Event], None]
) -> None:
    office, more = PostOffice(), True
    with serving(answer) as url, clock.moved_to(MONDAY):
        post.settings = replace(post.settings, smtp_url=url)
        post.database = Database(post.settings, bind=post.connection)
        post.hear(story.citizen(), story.visitation(), story.referral())
        with post.begin() as session:
            messages.find_addresses(session)
        began = time.monotonic()
        while more:
            with post.begin() as session:
                more = office.deliver(session)

        assert time.monotonic() - began < MOST_SECONDS
        assert sorted((m.attempts, m.error_code) for m in post.messages())[1] == (1, "server_unreachable")

"""A worker's line and a broker that takes the call and is slow to say anything: too busy, or half-open."""

import contextlib
import socket
from types import SimpleNamespace

from shared.broker import Loop
from shared.lines import MOST_LOOKS, STALL_LOOKS, Publisher

PATIENCE_SECONDS = 20.0


def _until(loop: Loop, server: socket.socket, taken: list[socket.socket], count: int) -> None:
    """Runs the loop until so many calls have come in."""

    def look() -> None:
        with contextlib.suppress(BlockingIOError):
            taken.append(server.accept()[0])
        if len(taken) >= count:
            loop.stop()
        else:
            loop.call_later(0.05, look)

    overdue = loop.call_later(PATIENCE_SECONDS, loop.stop)
    loop.call_later(0, look)
    loop.start()
    loop.remove_timeout(overdue)
    assert len(taken) == count


def _looks(line: Publisher) -> int:
    """How many looks the line gives this call."""
    calling, looks = line._connection, 0
    while line._connection is calling:
        line.check_stall()
        looks += 1
    return looks


def test_each_call_that_is_not_greeted_gives_the_next_one_longer() -> None:
    loop, taken, patience = Loop(), list[socket.socket](), list[int]()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]
        line = Publisher(loop, f"amqp://nobody:nothing@127.0.0.1:{port}/", 1)  # pragma: allowlist secret
        line.connect()
        for call in range(1, 5):
            _until(loop, server, taken, call)
            patience.append(_looks(line))
        line.close()
        for one in taken:
            one.close()
    assert patience == [STALL_LOOKS, 2 * STALL_LOOKS, MOST_LOOKS, MOST_LOOKS]


def test_line_that_waits_for_its_next_try_is_owed_nothing() -> None:
    line = Publisher(Loop(), "amqp://nobody:nothing@127.0.0.1:1/", 1)  # pragma: allowlist secret
    for _ in range(3 * MOST_LOOKS):
        line.check_stall()
    assert line._silent_looks == 0


def test_confirm_of_a_line_that_was_left_counts_for_nothing_on_the_next_one() -> None:
    line, settled = Publisher(Loop(), "amqp://nobody:nothing@127.0.0.1:1/", 1), []  # pragma: allowlist secret
    line.on_settled = lambda numbers, safe: settled.append((numbers, safe))
    confirm = SimpleNamespace(method=SimpleNamespace(delivery_tag=1, multiple=False))
    former, line._channel = object(), object()
    line._waiting = {1: 7}

    line._on_confirm(former, confirm)
    assert settled == []
    line._on_confirm(line._channel, confirm)
    assert settled == [([7], True)]

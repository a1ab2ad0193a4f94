"""How many messages a worker takes at once, and how often it does what follows them."""

import itertools
import time

import pytest

from shared.broker import Loop
from shared.pace import BATCH, BATCH_SECONDS, NowAndThen, next_size


@pytest.mark.parametrize("each_takes", [0.0001, 0.05, 1.0, 30.0])
def test_size_comes_to_what_fits_and_never_to_none(each_takes: float) -> None:
    size = BATCH
    for _ in range(12):
        size = next_size(size, size, size * each_takes)

    fits = int(2 * BATCH_SECONDS / each_takes)
    assert size == BATCH if fits > BATCH else 1 <= size <= max(fits, 1)


def test_few_messages_say_nothing_of_many() -> None:
    assert next_size(100, 3, 0.01) == 100
    assert next_size(100, 3, BATCH_SECONDS + 1) == 1


def test_slow_spell_passes() -> None:
    size = next_size(BATCH, BATCH, 10 * BATCH_SECONDS)
    assert size == BATCH // 2
    for _ in range(12):
        size = next_size(size, size, 0.1)
    assert size == BATCH


def test_what_follows_is_done_at_once_then_together_and_once_more_after_the_last() -> None:
    every, began, done = 0.1, time.monotonic(), list[float]()
    loop = Loop()
    follow = NowAndThen(loop.call_later, lambda: done.append(time.monotonic() - began), every)

    def batch() -> None:
        follow.ask()
        if time.monotonic() - began < 2.5 * every:
            loop.call_later(0.005, batch)

    loop.call_later(0, batch)
    loop.call_later(6 * every, loop.stop)
    loop.start()

    pauses = [after - before for before, after in itertools.pairwise(done)]
    assert done[0] < every
    assert min(pauses) >= 0.9 * every
    assert 2.5 * every <= done[-1] < 6 * every

"""How many messages a worker takes at once: as many as it handles between two of the broker's heartbeats."""

import pytest

from shared.worker import BATCH, BATCH_SECONDS, next_size


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

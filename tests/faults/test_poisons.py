"""What F27 says of its poisons: each is counted in this run, whatever lay dead before it."""

from typing import Any

import pytest
from sqlalchemy import text

from faults import messages
from faults.matrix import FAULTS
from shared.broker import Delivery
from shared.handling import Handling
from tests.house import ServiceUnderTest


class Played:
    """A stage over followup's own database; its worker hears what was sent but for the last `lost`."""

    def __init__(self, followup: ServiceUnderTest, lost: int) -> None:
        self.figures: dict[str, float] = {}
        self.followup, self.lost = followup, lost

    def sql(self, query: str) -> list[Any]:
        return list(self.followup.connection.execute(text(query)).all())

    def hear(self, bodies: list[bytes]) -> None:
        heard = bodies[: len(bodies) - self.lost]
        Handling(self.followup.database, {}).handle(
            [Delivery(n, False, False, body, {}) for n, body in enumerate(heard)]
        )

    def recovered(self) -> None:
        """At once."""


@pytest.mark.parametrize("lost", [0, 3])
def test_every_poison_of_this_run_is_counted_and_none_of_an_earlier_one(
    followup: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    monkeypatch.setattr(messages, "send", lambda stage, _listener, bodies: stage.hear(bodies))
    monkeypatch.setattr(messages, "until", lambda asked, *_: asked())
    for missing in (0, lost):
        stage: Any = Played(followup, missing)
        FAULTS["F27"].play(stage)

        assert stage.figures["not_dead"] == missing

"""What stands still is seen from outside, by `/readyz`."""

import signal
from typing import Any

import pytest

from services import intake as intake_service
from shared.database import Database
from shared.events import INTAKE
from tests.faults.conftest import Bus, citizen, eventually

pytestmark = pytest.mark.faults


def test_stopped_worker_is_seen_within_half_a_minute_and_named(bus: Bus) -> None:
    settings = bus.world.settings[INTAKE]
    database = Database(settings)
    client = intake_service.create_app(settings=settings, database=database).test_client()

    def health() -> tuple[int, dict[str, Any]]:
        answer = client.get("/readyz")
        return answer.status_code, answer.json or {}

    worker = bus.start(INTAKE, module="shared.worker")
    eventually(lambda: health()[0] == 200, "ready")
    worker.send_signal(signal.SIGSTOP)
    bus.record(citizen())
    assert eventually(lambda: health()[0] == 503, "the alarm", 30) > 5
    status, found = health()
    assert (status, found["checks"]["worker"], found["checks"]["database"]) == (503, False, True)
    assert "Berggren" not in str(found)

    worker.send_signal(signal.SIGCONT)
    eventually(lambda: health()[0] == 200, "ready again", 10)
    database.bind.dispose()  # type: ignore[union-attr]

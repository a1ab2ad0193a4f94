"""What one service may take of the database, and what it says where two wrote at once."""

from uuid import UUID

import pytest
from sqlalchemy import text

from services.intake.models import Room
from shared import config, migrate
from shared.config import BadSettings
from shared.database import engine_for
from shared.errors import PreconditionFailed
from tests.conftest import World
from tests.house import ServiceUnderTest


def test_each_services_role_has_a_limit_where_one_is_set(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, asked = engine_for(world.admin_url), text("SELECT rolconnlimit FROM pg_roles WHERE rolname = 'followup'")
    with engine.connect() as connection:
        for given, limit in (("7", 7), ("", -1)):
            monkeypatch.setenv("ROLE_CONNECTIONS", given)
            migrate.prepare_roles(connection, "followup", "nobody-signs-in-with-this")  # pragma: allowlist secret
            assert connection.scalar(asked) == limit
        connection.rollback()
    engine.dispose()


@pytest.mark.parametrize("given", ["0", "many", "-2"])
def test_a_limit_that_is_none_is_named(given: str) -> None:
    with pytest.raises(BadSettings, match="ROLE_CONNECTIONS"):
        config.read_connection_limit({"ROLE_CONNECTIONS": given})


def test_row_that_somebody_else_wrote_meanwhile_is_a_refusal_and_no_fault(intake: ServiceUnderTest) -> None:
    room = Room(code="x", name="Sal", place_code="jobbutik", places=1, active=True)
    with intake.begin() as session:
        session.add(room)

    with pytest.raises(PreconditionFailed):
        _both_write(intake, room.id)


def _both_write(intake: ServiceUnderTest, room_id: UUID) -> None:
    with intake.begin() as session:
        read = session.get_one(Room, room_id)
        session.execute(text("UPDATE room SET version = version + 1 WHERE id = :id"), {"id": room_id})
        read.places = 2

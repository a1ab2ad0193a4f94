"""One service that runs wild takes no other's connections to the database."""

import pytest
from sqlalchemy import text

from shared import config, migrate
from shared.config import BadSettings
from shared.database import engine_for
from tests.conftest import World


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

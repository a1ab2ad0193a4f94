"""Access that ops end is refused by the other services at once, over the real broker."""

import importlib
from typing import Any
from uuid import UUID

import pytest

from services.intake.use_cases import clients
from shared import auth
from shared.events import FOLLOWUP, INTAKE, MATCHING, NOTIFICATIONS
from tests.faults.conftest import Bus, eventually
from tests.shared.test_auth import HEARD, ops_token

pytestmark = pytest.mark.faults
OTHERS = (MATCHING, FOLLOWUP, NOTIFICATIONS)


def test_s14_ended_client_is_refused_in_every_service_within_seconds(bus: Bus) -> None:
    for service in (INTAKE, *OTHERS):
        bus.start(service, module="shared.worker", SMTP_URL="smtp://127.0.0.1:1", MAIL_FROM="jobbutik@example.dk")
    made = {name: importlib.import_module(f"services.{name}").create_app for name in OTHERS}
    apps = {name: create_app(settings=bus.world.settings[name]) for name, create_app in made.items()}
    portal = {
        "label": "Vagtplan",
        "organisation": "90000004",
        "roles": ["company_employee"],
        "scopes": ["matching:read"],
    }
    client_id = bus.intake.run(
        lambda session: clients.make_client(session, by="ops", **portal)["client"].id, actor="ops"
    )
    token = ops_token(bus.world.settings[INTAKE], cid=auth.client_access_id(client_id))

    def status(app: Any, name: str) -> int:
        path = f"/api/{name}/v1{HEARD}"
        return int(app.test_client().get(path, headers={"Authorization": f"Bearer {token}"}).status_code)

    before = {status(app, name) for name, app in apps.items()}
    bus.intake.run(lambda session: clients.end_client(session, UUID(client_id), by="ops"), actor="ops")
    took = eventually(lambda: {status(app, name) for name, app in apps.items()} == {401}, "refused everywhere")
    for app in apps.values():
        app.extensions["database"].close()

    assert before == {200}
    assert took < 3

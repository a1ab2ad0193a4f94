"""A token that opens every door, so that generated requests reach the code behind them."""

import hashlib
from dataclasses import replace

from shared import auth
from shared.config import ROLES, MachineClient
from shared.events import INTAKE
from tests.conftest import World


def token_of_everybody(world: World) -> str:
    """Every role at once, bound to a company that does not exist."""
    client = MachineClient(hashlib.sha256(b"secret").hexdigest(), ROLES, "90000004")
    return auth.issue(replace(world.settings[INTAKE], machine_clients={"everybody": client}), "everybody", "secret")

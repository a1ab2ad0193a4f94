"""The company side: needs, candidates, matches, lawful agreements."""

from typing import TYPE_CHECKING, Any

from services.matching.models import Base
from services.matching.queries.sealing import OPENS
from services.matching.use_cases import POLICY
from shared.retention import Keeps

if TYPE_CHECKING:
    from flask import Flask

KEEPS = Keeps(Base, POLICY, opens=OPENS)


def create_app(**given: Any) -> "Flask":
    """Matching's web app; settings and database may be given, else they come from the environment."""
    # The worker loads this package too, and starts in half the time without doors and pages.
    from services.matching import web  # noqa: PLC0415

    return web.build(KEEPS, **given)

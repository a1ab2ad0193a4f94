"""The front desk: first contact, visitation, activation at once."""

from typing import TYPE_CHECKING, Any

from services.intake import queries
from services.intake.models import Base
from services.intake.queries.locked import OPENS
from services.intake.use_cases import POLICY
from shared.retention import Keeps

if TYPE_CHECKING:
    from flask import Flask

KEEPS = Keeps(Base, POLICY, queries.due_by_class, OPENS)


def create_app(**given: Any) -> "Flask":
    """Intake's web app; settings and database may be given, else they come from the environment."""
    # The worker loads this package too, and starts in half the time without doors and pages.
    from services.intake import web  # noqa: PLC0415

    return web.build(KEEPS, **given)

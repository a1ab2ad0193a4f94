"""Follow-up: placements under way, their contacts, the first day's checklist, and how the hours grow."""

from typing import TYPE_CHECKING, Any

from services.followup.models import Base
from services.followup.use_cases import POLICY
from shared.retention import Keeps

if TYPE_CHECKING:
    from flask import Flask

KEEPS = Keeps(Base, POLICY)


def create_app(**given: Any) -> "Flask":
    """Follow-up's web app; settings and database may be given, else they come from the environment."""
    # The worker loads this package too, and starts in half the time without doors and pages.
    from services.followup import web  # noqa: PLC0415

    return web.build(KEEPS, **given)

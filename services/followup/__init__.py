"""Follow-up: placements under way, their contacts, the first day's checklist, and how the hours grow."""

from typing import Any

from flask import Flask

from services.followup import pages
from services.followup.api import blueprint
from services.followup.models import Base
from services.followup.use_cases import POLICY
from shared import app
from shared.retention import Keeps

KEEPS = Keeps(Base, POLICY)


def create_app(**given: Any) -> Flask:
    """Follow-up's web app; settings and database may be given, else they come from the environment."""
    return app.build(blueprint, pages.blueprint, title="Jobbutik followup", keeps=KEEPS, **given)

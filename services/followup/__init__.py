"""Follow-up: placements under way, their contacts, the first day's checklist, and how the hours grow."""

from typing import Any

from flask import Flask

from services.followup import pages
from services.followup.api import blueprint
from shared import app


def create_app(**given: Any) -> Flask:
    """Follow-up's web app; settings and database may be given, else they come from the environment."""
    return app.build(blueprint, pages.blueprint, title="Jobbutik followup", **given)

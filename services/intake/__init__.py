"""The front desk: first contact, visitation, activation at once."""

from typing import Any

from flask import Flask

from services.intake import pages
from services.intake.api import blueprint
from shared import app


def create_app(**given: Any) -> Flask:
    """Intake's web app; settings and database may be given, else they come from the environment."""
    return app.build(blueprint, pages.blueprint, title="Jobbutik intake", **given)

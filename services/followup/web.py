"""Doors and pages of followup as one app."""

from typing import Any

from flask import Flask

from services.followup import pages
from services.followup.api import blueprint
from shared import app
from shared.retention import Keeps


def build(keeps: Keeps, **given: Any) -> Flask:
    """What gunicorn serves."""
    return app.build(blueprint, pages.blueprint, title="Jobbutik followup", keeps=keeps, **given)

"""Doors and pages of intake as one app."""

from typing import Any

from flask import Flask

from services.intake import pages
from services.intake.api import blueprint
from services.intake.queries.gauges import gauges
from shared import app
from shared.retention import Keeps


def build(keeps: Keeps, **given: Any) -> Flask:
    """What gunicorn serves."""
    return app.build(blueprint, pages.blueprint, title="Jobbutik intake", keeps=keeps, gauges=gauges, **given)

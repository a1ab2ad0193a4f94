"""Doors and pages of notifications as one app."""

from typing import Any

from flask import Flask

from services.notifications import pages
from services.notifications.api import blueprint
from services.notifications.queries.gauges import gauges
from services.notifications.rules import samples
from shared import app
from shared.retention import Keeps


def build(keeps: Keeps, **given: Any) -> Flask:
    """What gunicorn serves."""
    samples.check()
    return app.build(blueprint, pages.blueprint, title="Jobbutik notifications", keeps=keeps, gauges=gauges, **given)

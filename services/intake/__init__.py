"""The front desk: first contact, visitation, activation at once."""

from typing import Any

from flask import Flask

from services.intake import pages, queries
from services.intake.api import blueprint
from services.intake.models import Base
from services.intake.queries.gauges import gauges
from services.intake.use_cases import POLICY
from shared import app
from shared.retention import Keeps

KEEPS = Keeps(Base, POLICY, queries.due_by_class)


def create_app(**given: Any) -> Flask:
    """Intake's web app; settings and database may be given, else they come from the environment."""
    return app.build(blueprint, pages.blueprint, title="Jobbutik intake", keeps=KEEPS, gauges=gauges, **given)

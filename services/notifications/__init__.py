"""Letters: e-mail, SMS and paper, with calendar files, to citizens, companies and mentors."""

from typing import Any

from flask import Flask

from services.notifications import pages
from services.notifications.api import blueprint
from services.notifications.models import Base
from services.notifications.queries.gauges import gauges
from services.notifications.rules import samples
from services.notifications.use_cases import POLICY
from shared import app
from shared.retention import Keeps

KEEPS = Keeps(Base, POLICY)


def create_app(**given: Any) -> Flask:
    """The web app of notifications; settings and database may be given, else they come from the environment.

    Raises BadTemplate where a letter has a placeholder that nothing fills.
    """
    samples.check()
    return app.build(blueprint, pages.blueprint, title="Jobbutik notifications", keeps=KEEPS, gauges=gauges, **given)

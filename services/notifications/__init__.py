"""Letters: e-mail, SMS and paper, with calendar files, to citizens, companies and mentors."""

from typing import Any

from flask import Flask

from services.notifications import pages
from services.notifications.api import blueprint
from shared import app


def create_app(**given: Any) -> Flask:
    """The web app of notifications; settings and database may be given, else they come from the environment."""
    return app.build(blueprint, pages.blueprint, title="Jobbutik notifications", **given)

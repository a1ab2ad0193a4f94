"""The company side: needs, candidates, matches, lawful agreements."""

from typing import Any

from flask import Flask

from services.matching import pages
from services.matching.api import blueprint
from shared import app


def create_app(**given: Any) -> Flask:
    """Matching's web app; settings and database may be given, else they come from the environment."""
    return app.build(blueprint, pages.blueprint, title="Jobbutik matching", **given)

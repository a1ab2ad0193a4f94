"""The company side: needs, candidates, matches, lawful agreements."""

from typing import Any

from flask import Flask

from services.matching import pages
from services.matching.api import approvals as approvals
from services.matching.api import beside as beside
from services.matching.api import blueprint
from services.matching.api import calls as calls
from services.matching.api import care as care
from services.matching.api import centres as centres
from services.matching.api import changes as changes
from services.matching.api import diary as diary
from services.matching.api import jobbank as jobbank
from services.matching.api import knowledge as knowledge
from services.matching.api import mentors as mentors
from services.matching.api import openings as openings
from services.matching.api import outlooks as outlooks
from services.matching.api import pipeline as pipeline
from services.matching.api import plans as plans
from services.matching.api import portal as portal
from services.matching.api import portal_people as portal_people
from services.matching.api import profiles as profiles
from services.matching.api import responsibility as responsibility
from services.matching.api import searches as searches
from services.matching.api import undoing as undoing
from services.matching.api import wording as wording
from services.matching.models import Base
from services.matching.rules import titles
from services.matching.use_cases import POLICY
from services.matching.vocabulary import related
from shared import app
from shared.retention import Keeps

KEEPS = Keeps(Base, POLICY)


def create_app(**given: Any) -> Flask:
    """Matching's web app; settings and database may be given, else they come from the environment."""
    made = app.build(blueprint, pages.blueprint, title="Jobbutik matching", keeps=KEEPS, **given)
    made.extensions["warm"] = warm
    return made


def warm() -> None:
    """Makes what the first question of a process would else wait for: seconds on a busy machine."""
    related.table()
    titles.choices("medarbejder")

"""Doors and pages of matching as one app."""

from typing import Any

from flask import Flask

from services.matching import pages
from services.matching.api import (  # noqa: F401  the modules put their doors on it
    approvals,
    beside,
    blueprint,
    calls,
    care,
    centres,
    changes,
    company_offers,
    diary,
    forum,
    imports,
    jobbank,
    knowledge,
    mentors,
    openings,
    outlooks,
    pipeline,
    plans,
    portal,
    portal_people,
    profiles,
    responsibility,
    searches,
    undoing,
    wording,
)
from services.matching.rules import titles
from services.matching.vocabulary import related
from shared import app
from shared.retention import Keeps


def build(keeps: Keeps, **given: Any) -> Flask:
    """What gunicorn serves."""
    return app.build(blueprint, pages.blueprint, title="Jobbutik matching", keeps=keeps, **given)


def warm() -> None:
    """Makes what the first question would else wait for, seconds on a busy machine; before the processes part."""
    related.table()
    titles.choices("medarbejder")

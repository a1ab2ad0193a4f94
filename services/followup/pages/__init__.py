"""Follow-up's pages."""

from flask import Blueprint

from services.followup.pages import words
from shared.pages import Pages

blueprint = Blueprint("followup_pages", __name__)
blueprint.context_processor(lambda: {"say": words.say, "choices": words.choices, "tongue": words.tongue})
pages = Pages(blueprint)

from services.followup.pages import board, cards, courses, mentors, placements  # noqa: E402  (they register on the blueprint above)

__all__ = ["board", "cards", "courses", "mentors", "placements"]

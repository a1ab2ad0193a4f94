"""Pages of notifications."""

from flask import Blueprint

from services.notifications.pages import words
from shared.pages import Pages

blueprint = Blueprint("notifications_pages", __name__)
blueprint.context_processor(lambda: {"say": words.say, "choices": words.choices, "tongue": words.tongue})
pages = Pages(blueprint)

from services.notifications.pages import cards, letters, overview, rules  # noqa: E402  (they register on the blueprint above)

__all__ = ["cards", "letters", "overview", "rules"]

"""Pages of notifications."""

from flask import Blueprint

from services.notifications.pages import words
from shared.pages import Pages

blueprint = Blueprint("notifications_pages", __name__)
blueprint.context_processor(lambda: {"say": words.say, "choices": words.choices, "tongue": words.tongue})
pages = Pages(blueprint)

# They register on the blueprint above.
from services.notifications.pages import (  # noqa: E402
    cards,
    choices,
    inbox,
    letters,
    operations,
    overview,
    paper,
    returns,
    rules,
)

__all__ = ["cards", "choices", "inbox", "letters", "operations", "overview", "paper", "returns", "rules"]

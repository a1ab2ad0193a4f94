"""Pages of notifications."""

from flask import Blueprint

from services.notifications.pages import words
from shared.pages import Pages

blueprint = Blueprint("notifications_pages", __name__)
blueprint.context_processor(lambda: {"say": words.say, "choices": words.choices, "tongue": words.tongue})
pages = Pages(blueprint)

# They register on the blueprint above.
from services.notifications.pages import (
    cards,
    choices,
    feeds,
    inbox,
    letters,
    operations,
    overview,
    paper,
    returns,
    rules,
    webhooks,
)

__all__ = [
    "cards", "choices", "feeds", "inbox", "letters", "operations", "overview", "paper", "returns", "rules", "webhooks",
]  # fmt: skip

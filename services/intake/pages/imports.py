"""Lists on screen: persons, rooms and consultants."""

from services.intake.pages import blueprint, pages
from services.intake.use_cases.lists import LISTS
from shared.lists.pages import add_to

add_to(pages, blueprint, LISTS)

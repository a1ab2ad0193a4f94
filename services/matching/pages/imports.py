"""Lists on screen: companies with workplaces, staff by month, placements that run already."""

from services.matching.pages import blueprint, pages
from services.matching.use_cases.lists import LISTS
from shared.lists.pages import add_to

add_to(pages, blueprint, LISTS)

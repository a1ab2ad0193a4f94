"""Lists by program: companies with workplaces, staff by month, placements that run already."""

from services.matching.api import blueprint, doors
from services.matching.use_cases.lists import LISTS
from shared.lists.doors import add_to

add_to(doors, blueprint, LISTS)

"""Lists by program: persons, rooms and consultants."""

from services.intake.api.desk import blueprint, doors
from services.intake.use_cases.lists import LISTS
from shared.lists.doors import add_to

add_to(doors, blueprint, LISTS)

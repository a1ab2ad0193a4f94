"""The lists that intake takes."""

from services.intake.models import ListImport
from services.intake.use_cases.calendar_lists import CONSULTANTS, ROOMS
from services.intake.use_cases.imports import PERSONS
from shared.events import INTAKE
from shared.lists import Lists

LISTS = Lists(
    service=INTAKE,
    model=ListImport,
    kinds={"persons": PERSONS, "rooms": ROOMS, "consultants": CONSULTANTS},
    home="/skranken/import",
    data="identity",
    purpose="visitation",
    roles=("front_desk", "adviser"),
)

"""The screen on the waiting room's wall: numbers and where they are called to, nothing else.

Whoever hangs it up needs no sign-in: it shows what everybody in the room sees, and a screen whose session ends goes
dark in the middle of the day.
"""

from typing import Any

from sqlalchemy.orm import Session

from services.intake.pages import pages
from services.intake.queries import arrivals
from shared import clock, units
from shared.auth import Principal
from shared.fields import Body
from shared.lookups import NOBODY
from shared.pages import PUBLIC, Page

WALL = "/skranken/skaerm"


class WallQuery(Body):
    """Whose numbers; the municipality's first unit where none is named."""

    enhed = units.UnitCode(load_default=None)


def _shown(session: Session, template: str, unit: str | None) -> Page:
    unit = unit or units.codes()[0]
    called = arrivals.on_the_wall(session, unit, clock.today())
    return Page(template, {"called": called, "unit_code": unit, "now": clock.now()})


@pages.get(WALL, roles=PUBLIC, about=NOBODY, query=WallQuery)
def wall(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """The whole screen."""
    return _shown(session, "intake/wall.html", query["enhed"])


@pages.get(f"{WALL}/numre", roles=PUBLIC, about=NOBODY, query=WallQuery, fragment=True)
def wall_part(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """The numbers, fetched every few seconds."""
    return _shown(session, "intake/_wall.html", query["enhed"])

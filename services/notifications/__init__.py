"""Letters: e-mail, SMS and paper, with calendar files, to citizens, companies and mentors."""

from typing import TYPE_CHECKING, Any

from services.notifications.models import Base
from services.notifications.queries.locked import OPENS
from services.notifications.use_cases import POLICY
from shared.retention import Keeps

if TYPE_CHECKING:
    from flask import Flask

KEEPS = Keeps(Base, POLICY, opens=OPENS)


def create_app(**given: Any) -> "Flask":
    """The web app of notifications; settings and database may be given, else they come from the environment.

    Raises BadTemplate where a letter has a placeholder that nothing fills.
    """
    # The worker loads this package too, and starts in half the time without doors and pages.
    from services.notifications import web  # noqa: PLC0415

    return web.build(KEEPS, **given)

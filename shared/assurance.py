"""Decisions about people take a sure sign-in, and one of today; a program answers for itself by its secret."""

from shared import clock
from shared.auth import Principal
from shared.errors import Refused
from shared.house import HOUSE

LEVELS = ("", "low", "substantial", "high")


class StrongerSignInNeeded(Refused):
    """Signed in and in the right role, but not surely or not lately enough for this."""

    status = 403


def require_sure(principal: Principal) -> None:
    """Raises StrongerSignInNeeded unless the person may decide now (S12)."""
    if principal.kind == "machine":
        return
    today, now = clock.today(), clock.now().timestamp()
    level, hours = HOUSE.row("decision.assurance", today), HOUSE.row("decision.signed_in_hours", today)
    if LEVELS.index(principal.assurance) < LEVELS.index(level.value):
        raise StrongerSignInNeeded(
            "stronger_sign_in_needed",
            "Beslutninger kræver et login på niveauet Betydelig. Log ind igen med MitID.",
            "Decisions take a sign-in at the level Substantial. Sign in again with MitID.",
            policy=level.name,
        )
    if now - principal.signed_in_at > hours.value * 3600:
        raise StrongerSignInNeeded(
            "newer_sign_in_needed",
            f"Beslutninger kræver, at du er logget ind inden for {hours.value} timer. Log ind igen.",
            f"Decisions take a sign-in within {hours.value} hours. Sign in again.",
            policy=hours.name,
        )

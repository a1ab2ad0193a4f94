"""The JSON doors of a consultant's calendar."""

from typing import Any

from sqlalchemy.orm import Session

from services.notifications.api import doors
from services.notifications.schemas.feeds import FeedAnswer, NewFeedAnswer
from services.notifications.use_cases import feeds
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY


def _seen(session: Session, who: Principal) -> dict[str, Any]:
    feed = feeds.of(session, who)
    return {"made_at": feed.made_at if feed else None, "off_at": feed.off_at if feed else None}


@doors.get("/calendar-feed", roles=STAFF, about=NOBODY, answer=FeedAnswer)
def read_calendar_feed(session: Session, principal: Principal) -> Any:
    """Whether the caller has a private address for their talks."""
    return _seen(session, principal)


@doors.post("/calendar-feed", roles=STAFF, about=NOBODY, answer=NewFeedAnswer)
def make_calendar_feed(session: Session, principal: Principal) -> Any:
    """A new one, told this once; the one before leads nowhere."""
    address = feeds.make(session, principal)
    return _seen(session, principal) | {"address": address}


@doors.post("/calendar-feed/off", status=200, roles=STAFF, about=NOBODY, answer=FeedAnswer)
def turn_calendar_feed_off(session: Session, principal: Principal) -> Any:
    """It leads nowhere."""
    feeds.turn(session, principal, on=False)
    return _seen(session, principal)


@doors.post("/calendar-feed/on", status=200, roles=STAFF, about=NOBODY, answer=FeedAnswer)
def turn_calendar_feed_on(session: Session, principal: Principal) -> Any:
    """It does again."""
    feeds.turn(session, principal, on=True)
    return _seen(session, principal)

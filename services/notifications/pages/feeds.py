"""A consultant's own calendar at a private address: made, renewed, turned off, and fetched."""

from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.notifications.pages import pages
from services.notifications.queries.feeds import own_calendar
from services.notifications.use_cases import feeds
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY, About
from shared.navigation import INBOX
from shared.pages import PUBLIC, Page, See, Undo

FEED = "/beskeder/kalender"
TALKS = About("placement", how="list", purpose="follow_up")


def _crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Indbakke"), INBOX), *more]


@pages.get(FEED, roles=STAFF, about=NOBODY)
def feed(session: Session, who: Principal, typed: Any = None) -> Page:  # noqa: ARG001
    """Whether there is an address, and what can be done with it."""
    return Page("pages/feed.html", {"feed": feeds.of(session, who), "crumbs": _crumbs((_("Min kalender"), None))})


@pages.post(FEED, roles=STAFF, about=NOBODY, again=feed)
def make(session: Session, who: Principal) -> Page:
    """A new address, shown this once."""
    crumbs = _crumbs((_("Min kalender"), FEED), (_("Adressen"), None))
    return Page("pages/feed_address.html", {"address": feeds.make(session, who), "crumbs": crumbs}, done_at=FEED)


@pages.post(f"{FEED}/sluk", roles=STAFF, about=NOBODY, again=feed)
def turn_off(session: Session, who: Principal) -> See:
    """The address leads nowhere."""
    feeds.turn(session, who, on=False)
    return See(FEED, _("Adressen virker ikke længere."), Undo(f"{FEED}/taend"))


@pages.post(f"{FEED}/taend", roles=STAFF, about=NOBODY, again=feed)
def turn_on(session: Session, who: Principal) -> See:
    """It does again."""
    feeds.turn(session, who, on=True)
    return See(FEED, _("Adressen virker igen."), Undo(f"{FEED}/sluk"))


@pages.get(f"{FEED}/<code>.ics", roles=PUBLIC, about=TALKS)
def calendar(session: Session, _principal: Principal, code: str) -> Response:
    """The talks, for whoever has the address; not sent again while nothing changed."""
    content = own_calendar(session, feeds.owner_of(session, code))
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer

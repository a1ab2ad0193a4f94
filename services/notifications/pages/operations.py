"""Delivery as operations see it: what waits, what fails, a switch for each channel, and who an outage affected."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.notifications import schemas
from services.notifications.api import MESSAGES
from services.notifications.pages import pages, words
from services.notifications.pages.overview import HOME, WITH_OPS, crumbs
from services.notifications.queries import operations
from services.notifications.use_cases import pauses
from shared.auth import Principal
from shared.calendar import DENMARK
from shared.errors import Invalid
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

CHANNELS, AFFECTED = f"{HOME}/kanaler", f"{HOME}/ramte"


@pages.get(CHANNELS, roles=("ops",), about=NOBODY)
def channels(session: Session, _principal: Principal, typed: Any = None) -> Page:
    """Every channel: backlog, age, failures, and whether it is stopped."""
    return Page("pages/channels.html", {
        "channels": operations.channels(session), "typed": typed, "crumbs": crumbs(_("Kanalerne")),
    })  # fmt: skip


@pages.post(f"{CHANNELS}/pause", roles=("ops",), about=NOBODY, body=schemas.ChannelForm, again=channels)
def pause(session: Session, _principal: Principal, body: dict[str, str]) -> See:
    """Stop it."""
    pauses.pause(session, body["channel"])
    said = _("%(channel)s er sat på pause. Intet går tabt.", channel=words.say("channel", body["channel"]))
    return See(CHANNELS, said, Undo(f"{CHANNELS}/fortsaet", body))


@pages.post(f"{CHANNELS}/fortsaet", roles=("ops",), about=NOBODY, body=schemas.ChannelForm, again=channels)
def resume(session: Session, _principal: Principal, body: dict[str, str]) -> See:
    """Let it go on."""
    pauses.resume(session, body["channel"])
    said = _("%(channel)s er i gang igen.", channel=words.say("channel", body["channel"]))
    return See(CHANNELS, said, Undo(f"{CHANNELS}/pause", body))


@pages.get(AFFECTED, roles=WITH_OPS, about=MESSAGES, query=schemas.OutageQuery)
def affected(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """Whose messages an outage held up: which, to what kind of recipient, and what became of each."""
    since, until = query["fra"], query["til"]
    if (since is None) != (until is None) or (since and until and since >= until):
        raise Invalid({"til": "Vælg et tidspunkt efter det første. / Choose a time after the first."})
    found = since and operations.affected(
        session, since=since.replace(tzinfo=DENMARK), until=until.replace(tzinfo=DENMARK)
    )
    return Page("pages/affected.html", {
        "found": found, "since": since and f"{since:%Y-%m-%dT%H:%M}", "until": until and f"{until:%Y-%m-%dT%H:%M}",
        "crumbs": crumbs(_("Hvem blev ramt?")),
    })  # fmt: skip

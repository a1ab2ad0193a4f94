"""Letters for window envelopes, and every letter looked at beforehand."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.notifications import queries
from services.notifications.api import MESSAGE
from services.notifications.pages import pages
from services.notifications.pages.overview import HOME, WITH_OPS, crumbs
from services.notifications.pages.words import say
from services.notifications.queries import paper, templates
from services.notifications.queries.templates import File
from services.notifications.rules.samples import LANGUAGES
from services.notifications.schemas import paper as schemas
from shared.auth import STAFF, Principal
from shared.errors import NotFound
from shared.lookups import NOBODY
from shared.pages import Page, Response

TEMPLATES = f"{HOME}/skabeloner"


@pages.get(f"{HOME}/<uuid:message_id>/pdf", roles=STAFF, about=MESSAGE)
def for_envelope(session: Session, _principal: Principal, message_id: UUID, typed: Any = None) -> Page:
    """What is to stand in the envelope's window."""
    message = queries.message_with_words(session, message_id)
    if message["text"] is None:
        raise NotFound
    return Page("pages/envelope.html", {
        "message": message, "typed": typed, "crumbs": crumbs(_("Brev som PDF")),
        "posting": paper.posting(session, [message])[message_id],
    })  # fmt: skip


@pages.post(f"{HOME}/<uuid:message_id>/pdf", roles=STAFF, about=MESSAGE, body=schemas.AddressForm, again=for_envelope)
def make_pdf(session: Session, _principal: Principal, message_id: UUID, body: dict[str, Any]) -> Response:
    """The letter with these lines, which are kept nowhere."""
    return _handed_out(paper.as_pdf(session, message_id, schemas.AddressForm.lines(body)))


@pages.get(TEMPLATES, roles=WITH_OPS, about=NOBODY, query=schemas.PreviewQuery)
def see_templates(session: Session, _principal: Principal, query: dict[str, str]) -> Page:
    """Every letter, and one of them in every form with invented contents."""
    every = templates.every(session)
    names = [
        (one["name"], f"{say('template', one['template'])} ({say('kind', one['recipient_kind'])})") for one in every
    ]
    tongues = dict(zip(LANGUAGES, (_("Dansk"), _("Engelsk"), _("Let dansk")), strict=True))
    return Page("pages/templates.html", {
        "every": every, "shown": templates.preview(session, **query), "names": names, "tongues": list(tongues.items()),
        "crumbs": crumbs(_("Skabelonerne")),
    })  # fmt: skip


@pages.get(f"{TEMPLATES}/fil", roles=WITH_OPS, about=NOBODY, query=schemas.FileQuery)
def template_file(session: Session, _principal: Principal, query: dict[str, str]) -> Response:
    """It as HTML, as a calendar file or on paper."""
    return _handed_out(templates.file_of(session, **query))


def _handed_out(file: File) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, headers=headers, content_type=file.content_type)

"""The JSON doors to letters on paper and to letters looked at beforehand."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications.api import MESSAGE, doors
from services.notifications.queries import paper, templates
from services.notifications.schemas import paper as schemas
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY


@doors.post("/messages/<uuid:message_id>/pdf", status=200, roles=STAFF, about=MESSAGE, body=schemas.AddressForm,
            answer=schemas.PdfAnswer)  # fmt: skip
def make_letter_pdf(session: Session, _principal: Principal, message_id: UUID, body: dict[str, Any]) -> Any:
    """The letter for a window envelope, as PDF for everybody (PDF/UA-1); the address is kept nowhere."""
    made = paper.as_pdf(session, message_id, schemas.AddressForm.lines(body))
    return {"filename": made.name, "content": b64encode(made.content).decode()}


@doors.get("/message-templates", roles=(*STAFF, "ops"), about=NOBODY, answer=schemas.TemplatesAnswer)
def list_templates(session: Session, _principal: Principal) -> Any:
    """Every letter and the version of its words."""
    return {"items": templates.every(session)}


@doors.get("/message-templates/preview", roles=(*STAFF, "ops"), about=NOBODY, query=schemas.PreviewQuery,
           answer=schemas.PreviewAnswer)  # fmt: skip
def preview_template(session: Session, _principal: Principal, query: dict[str, str]) -> Any:
    """One letter in one language with invented contents."""
    return templates.preview(session, **query)

"""A kind word to who sent files with an answer: they were not taken."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications.models import Message
from services.notifications.rules import drafts
from services.notifications.rules.drafts import Draft
from services.notifications.use_cases import messages, timing
from shared import clock


def no_files(session: Session, message: Message, reply_id: UUID) -> None:
    """The letter's recipient hears by their usual channel, once for each answer."""
    if message.recipient_kind not in drafts.KINDS:
        return
    due = clock.today() + drafts.CORRECTED_WITHIN
    data = {"appointments": [], "due_on": due.isoformat()}
    draft = Draft(template=drafts.NO_FILES, kind=message.recipient_kind, recipient=message.recipient_id, data=data)
    kept = ("cause_event", "correlation_id", "traceparent", "recipient_kind", "recipient_id", "language")
    messages.put(session, [{name: getattr(message, name) for name in kept} | {
        "cause_id": reply_id, "cause_version": 1, "template": draft.template, "data": data,
        "people": [message.recipient_id], "urgency": timing.urgency(draft.template, draft.kind, data),
        "expires_at": draft.expires_at, "state": messages.WAITING, "made_at": clock.now(),
    }])  # fmt: skip

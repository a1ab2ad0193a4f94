"""The inbox's JSON doors."""

from typing import Any

from sqlalchemy.orm import Session

from services.notifications.api import MESSAGES, doors
from services.notifications.queries import notices as found_by
from services.notifications.schemas.inbox import MarkForm, NoticeForm, NoticePage, NoticeQuery, UnreadAnswer
from services.notifications.use_cases import notices
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY

READERS = (*STAFF, "leader", "company_employee", "mentor")


@doors.get("/inbox", roles=READERS, about=MESSAGES, query=NoticeQuery, answer=NoticePage)
def list_notices(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """What waits for the caller, newest first; ids and codes, no words."""
    return found_by.listed(session, principal, **query)


@doors.post("/inbox/marks", status=200, roles=READERS, about=NOBODY, body=MarkForm, answer=UnreadAnswer)
def mark_notices(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """These are read, or unread again."""
    notices.mark(session, principal, body["ids"], read=body["read"])
    return {"unread": found_by.unread(session, principal)}


@doors.post("/inbox/done", status=200, roles=READERS, about=NOBODY, body=NoticeForm, answer=UnreadAnswer)
def finish_notice(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """One that no event will settle is dealt with."""
    notices.finish(session, principal, body["id"])
    return {"unread": found_by.unread(session, principal)}


@doors.post("/inbox/done/undo", status=200, roles=READERS, about=NOBODY, body=NoticeForm, answer=UnreadAnswer)
def reopen_notice(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """It was not dealt with after all."""
    notices.reopen(session, principal, body["id"])
    return {"unread": found_by.unread(session, principal)}

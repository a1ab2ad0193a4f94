"""What a person opened of other units' citizens, and what for: it travels with them, so that no service asks another.

An encrypted cookie that is bound to the session: it ends with it, and another session's opens nothing.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from uuid import UUID

from flask import current_app, g, request
from werkzeug.wrappers import Response

from shared import units
from shared.sessions import OPENED_COOKIE, OpenSession, Sessions


def read() -> dict[UUID, str]:
    """Citizens with the purpose each was opened for, in the order in which they were."""
    session: OpenSession | None = g.get("open_session")
    sessions: Sessions = current_app.extensions["sessions"]
    raw = sessions.reveal(request.cookies.get(OPENED_COOKIE), _use(session)) if session else None
    return units.unpacked(b64decode(raw)) if raw else {}


def keep(answer: Response, what: Mapping[UUID, str]) -> None:
    """From now on the browser brings these."""
    sessions: Sessions = current_app.extensions["sessions"]
    value = sessions.conceal(b64encode(units.packed(what)), _use(g.open_session))
    answer.set_cookie(OPENED_COOKIE, value, secure=True, httponly=True, samesite="Lax")


def _use(session: OpenSession) -> str:
    return f"opened:{session.principal.access_id}"

"""Who may come in at a JSON door: a good token, not too often, in a role and with a scope that the door asks for."""

from functools import wraps
from typing import Any, cast

from flask import Response, current_app, g, request

from shared import clock, limits
from shared.auth import Principal, TokenReader
from shared.errors import Forbidden, OutOfScope
from shared.house import HOUSE
from shared.limits import Limit


def guarded(view: Any, roles: tuple[str, ...]) -> Any:
    """The view, for callers in one of these roles; it finds them in `g.principal`."""

    @wraps(view)
    def inside(**path: Any) -> Response:
        reader: TokenReader = current_app.extensions["tokens"]
        principal = g.principal = reader.read(request.headers.get("Authorization")).acting(roles)
        _require_room(principal)
        if not set(principal.roles) & set(roles):
            raise Forbidden
        _require_scope(principal)
        return cast("Response", view(**path))

    inside.allowed_roles = roles  # type: ignore[attr-defined]
    return inside


def _require_room(principal: Principal) -> None:
    """A company's program may not take the others' turn; the installation's own are trusted."""
    if principal.organisation is not None and not principal.is_staff:
        limit = Limit.of(HOUSE.row("limit.api_per_client", clock.today()))
        limits.hit(current_app.extensions["database"], limit, principal.subject)


def _require_scope(principal: Principal) -> None:
    verb = "read" if request.method == "GET" else "write"
    scope = f"{current_app.extensions['settings'].service}:{verb}"
    if scope not in principal.scopes:
        raise OutOfScope(scope)

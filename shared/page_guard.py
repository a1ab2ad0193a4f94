"""A question that is asked before every page of one kind of people, in a transaction of its own."""

from collections.abc import Callable

from flask import Blueprint, current_app, g, request
from sqlalchemy.orm import Session

from shared import frame
from shared.auth import Principal
from shared.database import Database

Ask = Callable[[Session, Principal, str, bool], None]


def before_pages_of(blueprint: Blueprint, kind: str, ask: Ask) -> None:
    """`ask` is given who it is, the path, and whether something is sent; what it raises is shown for the page."""

    def asked() -> None:
        opened = frame.signed_in()
        if opened is None or opened.principal.kind != kind:
            return
        who = opened.principal
        g.open_session = opened
        database: Database = current_app.extensions["database"]
        with database.begin(actor=who.subject, trace=g.trace, access=who.access_id or None) as session:
            ask(session, who, request.path, request.method == "POST")

    blueprint.before_request(asked)

"""Who looked and what is kept, as each service's own part of the citizen's, the officer's and ops' pages."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, current_app
from marshmallow import fields as marshmallow_fields
from sqlalchemy.orm import Session

from shared import frame, health, keeping, lookups, own_copy
from shared.auth import Principal
from shared.fields import Body, Code, Day, Text
from shared.lookups import DATA, NOBODY, PURPOSES, About
from shared.navigation import HOME_OF_SERVICE
from shared.pages import Page, Pages
from shared.retention import Keeps
from shared.sheets import plain

OFFICER = ("data_protection_officer",)
SHOWN, MOST_EXPORTED = 20, 50_000
COLUMNS = (
    "at", "actor", "actor_name", "role", "kind", "organisation", "purpose", "data", "how", "refused", "route",
    "subjects", "correlation_id",
)  # fmt: skip


class TrailQuery(Body):
    """Which look-ups: all filters may be left out."""

    actor = Text(60, load_default=None)
    name = Text(60, load_default=None)
    subject = marshmallow_fields.UUID(load_default=None)
    since = Day(load_default=None)
    until = Day(load_default=None)
    purpose = Code(*PURPOSES, load_default=None)
    refused = Code("yes", "no", load_default=None)
    cursor = marshmallow_fields.UUID(load_default=None)


class Older(Body):
    """The page before: `cursor` is the last row that was shown."""

    cursor = marshmallow_fields.UUID(load_default=None)


def blueprint_for(service: str, keeps: Keeps) -> Blueprint:
    """A fresh blueprint with the service's parts, under its own address."""
    blueprint = Blueprint(f"{service}_insight", __name__)
    pages, home = Pages(blueprint), HOME_OF_SERVICE[service]
    _officers_parts(pages, home, service)
    own_copy.add_to(pages, home, service, keeps)

    @pages.get(f"{home}/kort/sletning", roles=OFFICER, about=NOBODY, fragment=True)
    def retention_card(session: Session, _principal: Principal) -> Page:
        """How long each class of data is kept, and what the nightly job did and will do; numbers, nobody's data."""
        return Page("retention_card.html", {"kept": keeping.kept(session, keeps), "words": _words})

    @pages.get(f"{home}/kort/mine-opslag", roles=("citizen",), about=NOBODY, query=Older, fragment=True)
    def own_look_ups(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
        """Who has looked at the citizen who asks; looking at one's own log is no look at a person by another."""
        found = lookups.who_looked(session, principal.citizen_id, cursor=query["cursor"], limit=SHOWN)
        return Page("look_ups_own.html", {"found": found, "words": _words, "here": f"{home}/kort/mine-opslag"})

    @pages.get(f"{home}/kort/drift", roles=("ops",), about=NOBODY, fragment=True)
    def health_card(_session: Session, _principal: Principal) -> Page:
        """How the service is; no person's data."""
        return Page(
            "health_card.html", {"state": health.state(current_app.extensions["database"]), "here": f"{home}/drift"}
        )

    return blueprint


def _officers_parts(pages: Pages, home: str, service: str) -> None:
    seen = About("log", how="search", purpose="supervision")

    @pages.get(f"{home}/kort/opslag", roles=OFFICER, about=seen, query=TrailQuery, fragment=True)
    def look_ups(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
        """The look-ups that the officer asks for."""
        found = lookups.search(session, **_filters(session, query), cursor=query["cursor"], limit=SHOWN)
        return Page("look_ups.html", {"found": found, "words": _words, "here": f"{home}/kort/opslag", "query": query})

    exported = About("log", how="export", purpose="supervision")

    @pages.get(f"{home}/opslag.csv", roles=OFFICER, about=exported, query=TrailQuery)
    def export_look_ups(session: Session, _principal: Principal, query: dict[str, Any]) -> Response:
        """The same as a file for a spreadsheet, at most 50,000 rows and then it says so."""
        found = lookups.search(session, **_filters(session, query), limit=MOST_EXPORTED)
        answer = Response("".join(_lines(found)), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="opslag-{service}.csv"'
        return answer


def _filters(session: Session, query: dict[str, Any]) -> dict[str, Any]:
    if query["subject"]:
        lookups.looked(session, query["subject"])
    told = {name: query[name] for name in ("actor", "name", "subject", "purpose")}
    since, until = (frame.day_begins(query[name], after) for name, after in (("since", 0), ("until", 1)))
    refused = {"yes": True, "no": False, None: None}[query["refused"]]
    return told | {"refused": refused, "since": since, "until": until}


def _words(kind: str, code: str) -> str:
    """A purpose or a class of data in the reader's language."""
    found = {"purpose": PURPOSES, "data": DATA}[kind].get(code)
    return frame.chosen(found) if found else code


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield "\ufeff"
    for row in (COLUMNS, *([_cell(item[name]) for name in COLUMNS] for item in found["items"])):
        line = io.StringIO()
        csv.writer(line, delimiter=";").writerow(row)
        yield line.getvalue()
    if found["next"]:
        yield f"# {MOST_EXPORTED} rows; narrow the period for the rest\r\n"


def _cell(value: Any) -> str:
    return plain(",".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value))

"""Pages made up for the tests of what every page does: a form that writes, a page about a person, a fragment."""

from typing import Any
from uuid import UUID

from flask import Blueprint
from sqlalchemy.orm import Session

from shared.auth import Principal
from shared.errors import Invalid, NotFound, Refused
from shared.fields import Body, Text
from shared.lookups import NOBODY, About
from shared.pages import Page, Pages, See, Undo

TEMPLATES = {
    "scratch.html": "{{ flash.message if flash }}|{{ errors or '' }}|{{ refused or '' }}|{{ typed.name if typed }}"
}
KNOWN = UUID("01999999-0000-7000-8000-000000000001")


class Named(Body):
    name = Text(10, required=True)


class Hosts:
    """What the scratch pages wrote."""

    written: list[str] = []  # noqa: RUF012  emptied by the fixture


def scratch_pages() -> Blueprint:
    """A form that writes, a page about a person, a fragment."""
    blueprint = Blueprint("scratch", __name__)
    pages = Pages(blueprint)

    @pages.get("/form", roles=("front_desk",), about=NOBODY)
    def form(_session: Session, _who: Principal, typed: Any = None) -> Page:
        return Page("scratch.html")

    @pages.post("/form", roles=("front_desk",), about=NOBODY, body=Named, again=form)
    def send(session: Session, _who: Principal, body: dict[str, str]) -> See:
        if body["name"] == "taken":
            raise Refused("taken", "Navnet er optaget.", "The name is taken.")
        if body["name"] == "odd":
            raise Invalid({"name": "Ulige. / Odd."})
        Hosts.written.append(body["name"])
        return See("/form", f"Gemt {body['name']}.", Undo("/undo", {"id": "1"}))

    _about_somebody(pages)

    @pages.post("/shown-once", roles=("front_desk",), about=NOBODY, body=Named)
    def show_once(_session: Session, _who: Principal, body: dict[str, str]) -> Page:
        Hosts.written.append(body["name"])
        return Page("scratch.html", done_at="/form")

    @pages.get("/part", roles=("front_desk",), about=NOBODY, fragment=True)
    def part(_session: Session, _who: Principal) -> Page:
        return Page("scratch.html")

    return blueprint


def _about_somebody(pages: Pages) -> None:
    @pages.get(
        "/person/<uuid:citizen_id>", roles=("front_desk",), about=About("case", "citizen_id", purpose="visitation")
    )
    def about_somebody(_session: Session, _who: Principal, citizen_id: UUID, typed: Any = None) -> Page:
        if citizen_id != KNOWN:
            raise NotFound
        return Page("scratch.html")

    @pages.post(
        "/person/<uuid:citizen_id>", roles=("front_desk",), body=Named, again=about_somebody,
        about=About("case", "citizen_id", how="change", purpose="visitation"),
    )  # fmt: skip
    def change_somebody(_session: Session, _who: Principal, citizen_id: UUID, body: dict[str, str]) -> See:
        return See("/form")

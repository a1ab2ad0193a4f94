"""The desk board: who waits, today's visitations, what is free, and the list for a day without power."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries, schemas
from services.intake.pages import pages
from services.intake.pages.listed import listed
from services.intake.queries import arrivals, promise
from services.intake.use_cases import POLICY, contacts
from services.intake.use_cases import waiting as waiting_room
from shared import calendar, clock, frame
from shared.auth import STAFF, Principal
from shared.fields import Count
from shared.lookups import About, looked
from shared.pages import Page, See

HOME = "/skranken"
LIST = About("case", how="list", purpose="visitation")


class BoardQuery(schemas.VisitationQuery):
    """Which day, and which page of those who wait."""

    venter = Count(1, 10_000, load_default=1)


def _closing_days(day: date) -> list[str]:
    found: list[str] = POLICY.row("opening.closing_days", day).value
    return found


def _now(session: Session, query: dict[str, Any]) -> dict[str, Any]:
    """What the board shows; the promise is local: a visitation on the same or the following opening day."""
    today = clock.today()
    day, closing = query["day"] or today, _closing_days(today)
    next_open = calendar.next_open(today, closing)
    waiting, waiting_pages = listed(partial(queries.people_waiting, session, today), HOME, query, "venter")
    numbers = queries.desk_numbers(session, today, next_open)
    everybody, overdue = (waiting[0].everybody, waiting[0].overdue) if waiting else (0, 0)
    return {
        "day": day,
        "waiting": waiting,
        "waiting_pages": waiting_pages,
        "everybody": everybody,
        "talks": queries.talks_on(session, day),
        "numbers": numbers,
        "share": round(100 * numbers.in_time / numbers.came) if numbers.came else None,
        "breaches": overdue + numbers.late,
        "moving": promise.to_move(session)[0] if numbers.to_move else [],
        "next_open": next_open,
        "before": calendar.open_on_or_before(day - timedelta(days=1), closing),
        "after": calendar.next_open(day, closing),
    }


def _board(session: Session, query: dict[str, Any]) -> Page:
    told = {"crumbs": [(_("Skranken"), None)], "venter": query["venter"]}
    return Page("intake/board.html", _now(session, query) | told)


@pages.get(HOME, roles=STAFF, about=LIST, query=BoardQuery)
def desk_board(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """The board."""
    return _board(session, query)


@pages.get("/skranken/tavle", roles=STAFF, about=LIST, query=BoardQuery, fragment=True)
def desk_board_part(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """The part of the board that moves."""
    return Page("intake/_board.html", _now(session, query))


@pages.get("/skranken/dagsliste", roles=STAFF, about=LIST, query=schemas.VisitationQuery)
def desk_day_list(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """A day's visitations on paper, with what is known and room for what is not."""
    day, queue = query["day"] or clock.today(), waiting_room.queue_of(principal)
    crumbs = [(_("Skranken"), "/skranken"), (_("Dagsliste"), None)]
    return Page("intake/day_list.html", {
        "day": day, "talks": queries.talks_on(session, day), "crumbs": crumbs, "now": clock.now(),
        "walk_ins": arrivals.walk_ins(session, queue, day),
        "next_number": arrivals.last_number(session, queue, day) + 1,
    })  # fmt: skip


def _board_again(session: Session, _principal: Principal, typed: Any, **_path: UUID) -> Page:  # noqa: ARG001
    return _board(session, {"day": None, "venter": 1})


@pages.post(
    "/skranken/henvendelser/<uuid:contact_id>/tid",
    roles=STAFF,
    about=About("case", how="change", purpose="visitation"),
    again=_board_again,
    shows="list",
)
def desk_book(session: Session, _principal: Principal, contact_id: UUID) -> See:
    """The soonest free slot for somebody who waits."""
    talk = contacts.book(session, contact_id)
    looked(session, talk.citizen_id)
    name = queries.citizen(session, talk.citizen_id).name
    day, at = frame.day(talk.starts_at), frame.time_of_day(talk.starts_at)
    return See("/skranken", _("%(name)s har fået tid %(day)s kl. %(at)s.", name=name, day=day, at=at))

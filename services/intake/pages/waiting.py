"""The waiting room's board: who waits and since when, who is called where, who is expected; and each step of it."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import fields as marshmallow_fields
from sqlalchemy.orm import Session

from services.intake.models import Arrival
from services.intake.pages import pages, waiting_words, words
from services.intake.queries import arrivals as queries
from services.intake.rules import waiting as rules
from services.intake.use_cases import POLICY, waiting
from shared import clock
from shared.auth import STAFF, Principal
from shared.fields import Body, Code, Text, UndoForm
from shared.lookups import About
from shared.pages import Page, See, Undo

HOME = "/skranken/venterum"
LIST = About("case", how="list", purpose="visitation")
CHANGE = About("case", how="change", purpose="visitation")
BACK = {"venterum": HOME, "skranken": "/skranken", "dagsliste": "/skranken/dagsliste"}


class PlaceQuery(Body):
    """Where the reader sits."""

    plads = Text(60, pattern="[a-z0-9-]+", load_default=None)


class ArrivalForm(Body):
    """For which talk, and where the button stood."""

    visitation_id = marshmallow_fields.UUID(load_default=None)
    fra = Code(*BACK, "borger", load_default="venterum")


class CallForm(Body):
    """Where to."""

    place = Text(60, pattern="[a-z0-9-]+", required=True)


def _now(session: Session, principal: Principal, chosen: str | None) -> dict[str, Any]:
    today, now = clock.today(), clock.now()
    places = waiting.places(session)
    mine = chosen if chosen in places else queries.last_place(session, principal.subject, today)
    queue = waiting.queue_of(principal)
    here = queries.room_on(session, queue, today)
    groups: dict[str, list[queries.Present]] = {state: [] for state in rules.WAITING_STATES}
    for one in here:
        groups[one.arrival.state].append(one)
    since = [one.arrival.arrived_at for one in groups[rules.ARRIVED] if one.arrival.arrived_at]
    waits = rules.waits(since, now)
    return {
        "now": now, "queue": queue, "places": places, "mine": mine if mine in places else None, "waits": waits,
        "waiting": groups[rules.ARRIVED], "inside": groups[rules.CALLED] + groups[rules.IN_TALK],
        "over": groups[rules.DONE] + groups[rules.LEFT] + groups[rules.NO_SHOW],
        "expected": queries.expected(session, today), "long": POLICY.row("waiting.long", today).value,
    }  # fmt: skip


def _board(session: Session, principal: Principal, chosen: str | None = None) -> Page:
    crumbs = [(_("Skranken"), "/skranken"), (_("Venterum"), None)]
    return Page("intake/waiting.html", _now(session, principal, chosen) | {"crumbs": crumbs})


@pages.get(HOME, roles=STAFF, about=LIST, query=PlaceQuery)
def waiting_board(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """The board."""
    return _board(session, principal, query["plads"])


@pages.get(f"{HOME}/tavle", roles=STAFF, about=LIST, query=PlaceQuery, fragment=True)
def waiting_board_part(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """The part of the board that moves."""
    return Page("intake/_waiting.html", _now(session, principal, query["plads"]))


def board_again(session: Session, principal: Principal, typed: Any, **_path: UUID) -> Page:
    return _board(session, principal, typed.get("place"))


def _called(arrival: Arrival) -> str:
    return str(_("Nr. %(number)s", number=arrival.number)) if arrival.number else str(_("Borgeren"))


def _undo(arrival: Arrival) -> Undo:
    return Undo(f"{HOME}/{arrival.id}/fortryd", {"version": str(arrival.version)})


@pages.post("/borger/<uuid:citizen_id>/ankomst", roles=STAFF, body=ArrivalForm, again=board_again, shows="list",
            about=About("case", "citizen_id", "change", purpose="visitation"))  # fmt: skip
def tick_arrival(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """They are here; whoever has no talk today comes without one."""
    arrival = waiting.arrive(
        session, citizen_id, unit_code=waiting.queue_of(principal), visitation_id=body["visitation_id"]
    )
    where = BACK.get(body["fra"], f"/borger/{citizen_id}")
    return See(where, _("Nr. %(number)s er ankommet. Sig nummeret.", number=arrival.number), _undo(arrival))


@pages.post("/skranken/tid/<uuid:visitation_id>/udeblevet", roles=STAFF, about=CHANGE, again=board_again, shows="list")
def tick_no_show(session: Session, principal: Principal, visitation_id: UUID) -> See:
    """Nobody came."""
    arrival = waiting.no_show(session, visitation_id, unit_code=waiting.queue_of(principal))
    said = _("Det er noteret, at ingen kom. Borgeren kan få en ny tid med det samme.")
    return See(HOME, said, _undo(arrival))


@pages.post(f"{HOME}/<uuid:arrival_id>/kald", roles=STAFF, about=CHANGE, body=CallForm, again=board_again, shows="list")
def call_number(session: Session, principal: Principal, arrival_id: UUID, body: dict[str, Any]) -> See:
    """To the desk or room."""
    arrival = waiting.call(session, arrival_id, **body, by=principal.subject)
    place = waiting_words.place(arrival.called_to, waiting.places(session)[body["place"]])
    said = _("Nr. %(number)s er kaldt til %(place)s.", number=arrival.number, place=place)
    return See(f"{HOME}?plads={arrival.called_to}", said, _undo(arrival))


@pages.post(f"{HOME}/<uuid:arrival_id>/samtale", roles=STAFF, about=CHANGE, again=board_again, shows="list")
def talk_begins(session: Session, principal: Principal, arrival_id: UUID) -> See:
    """They sit together."""
    arrival = waiting.begin_talk(session, arrival_id, by=principal.subject)
    return See(HOME, _("%(who)s er i samtale.", who=_called(arrival)), _undo(arrival))


@pages.post(f"{HOME}/<uuid:arrival_id>/faerdig", roles=STAFF, about=CHANGE, again=board_again, shows="list")
def talk_is_over(session: Session, _principal: Principal, arrival_id: UUID) -> See:
    """Done."""
    arrival = waiting.finish(session, arrival_id)
    return See(HOME, _("%(who)s er færdig.", who=_called(arrival)), _undo(arrival))


@pages.post(f"{HOME}/<uuid:arrival_id>/gaaet", roles=STAFF, about=CHANGE, again=board_again, shows="list")
def note_departure(session: Session, _principal: Principal, arrival_id: UUID) -> See:
    """They did not stay for the talk."""
    arrival = waiting.leave(session, arrival_id)
    return See(HOME, _("%(who)s er noteret som gået.", who=_called(arrival)), _undo(arrival))


@pages.post(
    f"{HOME}/<uuid:arrival_id>/fortryd", roles=STAFF, about=CHANGE, body=UndoForm, again=board_again, shows="list"
)
def undo_step(session: Session, _principal: Principal, arrival_id: UUID, body: dict[str, Any]) -> See:
    """One step back."""
    arrival, state = waiting.step_back(session, arrival_id, **body)
    if state is None:
        return See(HOME, _("Ankomsten er taget tilbage.") if arrival.number else _("Udeblivelsen er taget tilbage."))
    said = _("%(who)s: fortrudt. Nu står der „%(state)s“.", who=_called(arrival), state=words.say("arrival", state))
    return See(HOME, said)

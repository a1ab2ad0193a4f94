"""Each service's own page for ops: how it is in detail, what may be done about it, the rules it goes by."""

import csv
import io
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from shared import calendar, clock, frame, health, lookups, steering, wording
from shared.auth import Principal
from shared.errors import Invalid
from shared.events import SERVICES
from shared.events.codes import Words
from shared.fields import Body, Code, Count, Moment
from shared.house import HOUSE
from shared.lookups import NOBODY, About
from shared.navigation import HOME_OF_SERVICE
from shared.pages import Page, Pages, See, Undo
from shared.retention import Keeps

OPS, OFFICER = ("ops",), ("data_protection_officer",)
COLUMNS = ("type", "subject", "events")
WORDS = {
    "service": {
        "intake": Words("Skranken", "Front desk"),
        "matching": Words("Forslag og job", "Proposals and jobs"),
        "followup": Words("Opfølgning", "Follow-up"),
        "notifications": Words("Breve og beskeder", "Letters and messages"),
    },
    "decision": {
        "again": Words("Sendt igen", "Sent again"),
        "handled": Words("Klaret", "Dealt with"),
        "discarded": Words("Kasseret", "Discarded"),
        "reopened": Words("Åbnet igen", "Opened again"),
    },
    "reason": {
        "cause_mended": Words("Fejlen er rettet", "The cause is mended"),
        "done_by_hand": Words("Gjort i hånden", "Done by hand"),
        "no_effect_today": Words("Har ingen virkning mere", "Has no effect any more"),
        "told_anew": Words("Fortalt på ny", "Told anew"),
        "not_ours": Words("Ikke en af vores hændelser", "Not an event of ours"),
        "undone": Words("Fortrudt", "Undone"),
    },
    "sure": {
        "local": Words("Kommunens regel", "Local rule"),
        "H": Words("Læst i kilden", "Read in the source"),
        "M": Words("Rimeligt sikker", "Fairly sure"),
        "L": Words("Usikker", "Unsure"),
    },
}
say, choices = partial(wording.say, WORDS), partial(wording.choices, WORDS)


class DeadQuery(Body):
    """Which page of those that wait, and of those that are settled."""

    doede = Count(1, 10_000, load_default=1)
    afgjorte = Count(1, 10_000, load_default=1)


class DecisionForm(Body):
    """What is to become of a dead letter, and why."""

    decision = Code(steering.AGAIN, steering.HANDLED, steering.DISCARDED, required=True)
    reason_code = Code(*steering.REASONS, required=True)


class ReplayForm(Body):
    """Which listener is to be told again, and since when."""

    listener = Code(*SERVICES, required=True)
    since = Moment(required=True)


class PeriodQuery(Body):
    """From and to; the last day where left out."""

    since = Moment(load_default=None)
    until = Moment(load_default=None)


def blueprint_for(service: str, keeps: Keeps) -> Blueprint:
    """A fresh blueprint with the page under the service's own address, so that it works when the others are away."""
    blueprint = Blueprint(f"{service}_steering", __name__)
    pages, home = Pages(blueprint), f"{HOME_OF_SERVICE[service]}/drift"

    @pages.get(home, roles=OPS, about=NOBODY, query=DeadQuery)
    def steer(session: Session, _principal: Principal, query: dict[str, int]) -> Page:
        """The service in detail, its dead letters and its replays."""
        return _told(session, service, home, query)

    def again(session: Session, _principal: Principal, typed: Any = None) -> Page:  # noqa: ARG001  the frame shows it
        return _told(session, service, home, {"doede": 1, "afgjorte": 1})

    _dead_letters(pages, home, again)
    _replays(pages, home, again)
    _affected(pages, home, service)

    @pages.get(f"{home}/regler", roles=OPS, about=NOBODY)
    def rules(_session: Session, _principal: Principal) -> Page:
        """The dated rows that the service goes by today, and those to come."""
        told = {"rules": steering.rules(keeps.policy, HOUSE), "today": clock.today(), "sure": _sure}
        return Page("steering_rules.html", told | _crumbs(home, service, _("Regler")))

    return blueprint


def _sure(confidence: str) -> str:
    return say("sure", confidence if confidence == "local" else confidence[:1])


def _crumbs(home: str, service: str, here: str = "") -> dict[str, Any]:
    own = [(here, None)] if here else []
    return {"crumbs": [(_("Drift"), "/drift"), (say("service", service), home if here else None), *own], "home": home}


def _pages(home: str, query: dict[str, int], name: str, *, more: bool) -> dict[str, str | None]:
    page = query[name]
    there = {at: f"{home}?{urlencode(query | {name: at})}" for at in (page - 1, page + 1)}
    return {"next": there[page + 1] if more else None, "previous": there[page - 1] if page > 1 else None}


def _told(session: Session, service: str, home: str, query: dict[str, int]) -> Page:
    dead, more_dead = steering.dead(session, settled=False, page=query["doede"])
    settled, more_settled = steering.dead(session, settled=True, page=query["afgjorte"])
    told = {
        "state": health.state(current_app.extensions["database"]),
        "expected": health.expected_versions(service),
        "workers": steering.workers(session),
        "jobs": steering.jobs(session),
        "dead": dead,
        "dead_pages": _pages(home, query, "doede", more=more_dead),
        "settled": settled,
        "settled_pages": _pages(home, query, "afgjorte", more=more_settled),
        "replays": steering.replays(session),
        "listeners": SERVICES,
        "decisions": choices("decision", (steering.AGAIN, steering.HANDLED, steering.DISCARDED)),
        "reasons": choices("reason", steering.REASONS),
        "say": say,
    }
    return Page("steering.html", told | _crumbs(home, service))


def _dead_letters(pages: Pages, home: str, again: Any) -> None:
    def with_wrong(session: Session, principal: Principal, event_id: UUID, typed: Any = None) -> Page:
        shown: Page = again(session, principal, typed=typed)
        return Page(shown.template, shown.context | {"wrong": event_id})

    @pages.post(f"{home}/doede/<uuid:event_id>", roles=OPS, about=NOBODY, body=DecisionForm, again=with_wrong)
    def settle_dead(session: Session, principal: Principal, event_id: UUID, body: dict[str, Any]) -> See:
        """This listener tries once more, or somebody says that there is nothing to do."""
        steering.settle(session, principal, event_id, **body)
        if body["decision"] == steering.AGAIN:
            return See(home, _("Hændelsen bliver prøvet igen, og kun her."))
        return See(home, _("Noteret."), Undo(f"{home}/doede/{event_id}/fortryd", {}))

    @pages.post(f"{home}/doede/<uuid:event_id>/fortryd", roles=OPS, about=NOBODY)
    def reopen_dead(session: Session, principal: Principal, event_id: UUID) -> See:
        """It is on the list again."""
        steering.reopen(session, principal, event_id)
        return See(home, _("Fortrudt. Hændelsen står på listen igen."))


def _replays(pages: Pages, home: str, again: Any) -> None:
    @pages.post(f"{home}/gentag", roles=OPS, about=NOBODY, body=ReplayForm, again=again)
    def order_replay(session: Session, principal: Principal, body: dict[str, Any]) -> See:
        """A listener is told again, and no letter goes out."""
        order_id = steering.order_replay(session, principal, **body)
        return See(home, _("Gentagelsen er bestilt."), Undo(f"{home}/gentag/{order_id}/stop", {}))

    @pages.post(f"{home}/gentag/<uuid:order_id>/stop", roles=OPS, about=NOBODY)
    def stop_replay(session: Session, principal: Principal, order_id: UUID) -> See:
        """The rest is not told."""
        told = steering.stop_replay(session, principal, order_id)
        return See(home, _("Stoppet. %(told)s hændelser nåede at blive fortalt.", told=told))


def _affected(pages: Pages, home: str, service: str) -> None:
    @pages.get(f"{home}/beroerte", roles=OPS + OFFICER, about=NOBODY, query=PeriodQuery)
    def affected(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
        """How many were affected by what the service told in a period; numbers alone."""
        since, until = period(query)
        shown = {"since": since.astimezone(calendar.DENMARK), "until": until.astimezone(calendar.DENMARK)}
        told: dict[str, Any] = {"found": [], **shown}
        try:
            told["found"] = steering.affected(session, since, until)
        except Invalid as wrong:
            told["errors"] = frame.errors_of(wrong)
        is_officer = bool(set(principal.roles) & set(OFFICER))
        page = Page("steering_affected.html", told | {"is_officer": is_officer} | _crumbs(home, service, _("Berørte")))
        if is_officer:
            page.context["crumbs"] = [(_("Opslag"), "/indsigt"), (_("Berørte"), None)]
        return page

    exported = About("log", how="export", purpose="supervision")

    @pages.get(f"{home}/beroerte.csv", roles=OFFICER, about=exported, query=PeriodQuery)
    def affected_subjects(session: Session, _principal: Principal, query: dict[str, Any]) -> Response:
        """Who was affected, by id, so that they can be told; each one is on record as looked at."""
        found = steering.affected_subjects(session, *period(query))
        lookups.looked(session, *{UUID(row["subject"]) for row in found if row["people"]})
        sheet = io.StringIO()
        writer = csv.DictWriter(sheet, COLUMNS, delimiter=";", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(found)
        answer = Response("\ufeff" + sheet.getvalue(), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="beroerte-{service}.csv"'
        return answer


def period(query: dict[str, datetime | None]) -> tuple[datetime, datetime]:
    """From and to as asked; the last day where nothing was."""
    until = query["until"] or clock.now()
    return query["since"] or until - timedelta(days=1), until

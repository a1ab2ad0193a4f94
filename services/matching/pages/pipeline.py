"""From a need to a proposal: the shortlist, people side by side, pools, who has it, and the consultant's own list."""

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import FUNCTION_CHANGE, FUNCTIONS
from services.matching.pages import pages
from services.matching.pages.needs import need_page
from services.matching.rules import catalogue
from services.matching.schemas import pipeline as schemas
from services.matching.use_cases import POLICY, comparing, pipeline
from shared import clock
from shared.auth import CONSULTANTS, Principal
from shared.lookups import NOBODY, About, looked
from shared.pages import Page, See, Undo

MOST_COMPARED = 4
NEED = "/match/behov/<uuid:need_id>"
POOL = About("placement", how="list", purpose="matching")
POOL_CHANGE = About("placement", how="change", purpose="matching")
KEPT = {"kept": "on"}


@pages.post(f"{NEED}/liste", roles=CONSULTANTS, about=FUNCTION_CHANGE, body=schemas.KeptForm, again=need_page,
            shows="list")  # fmt: skip
def keep_in_mind(session: Session, who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """On the need's shortlist, or off it."""
    pipeline.keep_in_mind(session, need_id, body["citizen_id"], kept=body["kept"], by=who.subject)
    back = {"citizen_id": str(body["citizen_id"])} | ({} if body["kept"] else KEPT)
    message = _("Borgeren er på listen.") if body["kept"] else _("Borgeren er taget af listen.")
    return See(f"/match/behov/{need_id}#liste", message, Undo(f"/match/behov/{need_id}/liste", back))


@pages.get(f"{NEED}/sammenlign", roles=CONSULTANTS, about=FUNCTIONS)
def compare(session: Session, _who: Principal, need_id: UUID) -> Page:
    """Two to four people side by side, factor by factor."""
    need = queries.need(session, None, need_id)
    listed = queries.shortlist(session, need_id)
    ticked = {one for one in listed if str(one) in request.args.getlist("borger")}
    chosen = [one for one in listed if one in ticked] or listed[:MOST_COMPARED]
    looked(session, *listed)
    shown = {
        "need": need,
        "listed": listed,
        "chosen": chosen,
        "too_many": len(chosen) > MOST_COMPARED,
        "judged": comparing.side_by_side(session, need, chosen[:MOST_COMPARED]),
        "names": queries.names(session, listed),
        "crumbs": [(_("Behov og match"), "/match"), (need.title, f"/match/behov/{need_id}"), (_("Sammenlign"), None)],
    }
    return Page("matching/compare.html", shown)


@pages.post(f"{NEED}/holder", roles=CONSULTANTS, about=FUNCTIONS, body=schemas.HolderForm, again=need_page)
def hold(session: Session, who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """Take the need, hand it on, or keep it after all."""
    home, version = f"/match/behov/{need_id}", body["version"]
    if body["act"] == "take":
        pipeline.take(session, need_id, version, by=who.subject, name=who.name)
        return See(home, _("Behovet er hos dig nu. Du kan give det videre igen."))
    offered = body["act"] == "offer"
    held = pipeline.hand_on(session, need_id, version or 0, offered=offered, by=who.subject)
    back = Undo(f"{home}/holder", {"act": "keep" if offered else "offer", "version": str(held.version)})
    message = _("Behovet venter på en kollega. Du har det, indtil en tager imod.")
    return See(home, message if offered else _("Behovet er stadig hos dig."), back)


@pages.get("/match/puljer", roles=CONSULTANTS, about=POOL, query=schemas.PoolQuery)
def pool(session: Session, _who: Principal, query: dict[str, Any]) -> Page:
    """Who is kept in mind for the next need of an occupation."""
    return _pool(session, str(query["stilling"] or ""))


def _pool(session: Session, chosen: str) -> Page:
    people = queries.pool_of(session, chosen) if chosen else []
    looked(session, *people)
    shown = {
        "chosen": chosen,
        "pools": queries.pools(session),
        "people": people,
        "names": queries.names(session, people),
        "crumbs": [(_("Behov og match"), "/match"), (_("Puljer"), None)],
    }
    return Page("matching/pool.html", shown)


def _pool_again(session: Session, _who: Principal, typed: Any) -> Page:
    return _pool(session, typed.get("occupation", ""))


@pages.post("/match/puljer", roles=CONSULTANTS, about=POOL_CHANGE, body=schemas.PoolForm, again=_pool_again,
            shows="list")  # fmt: skip
def keep_in_pool(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """In the pool of an occupation, or out of it."""
    occupation = str(body["occupation"])
    pipeline.keep_in_pool(session, occupation, body["citizen_id"], kept=body["kept"], by=who.subject)
    back = {"occupation": occupation, "citizen_id": str(body["citizen_id"])} | ({} if body["kept"] else KEPT)
    title = catalogue.occupation(occupation).title
    message = _("Borgeren er i puljen %(title)s.", title=title) if body["kept"] else _("Borgeren er ude af puljen.")
    return See(f"/match/puljer?stilling={occupation}", message, Undo("/match/puljer", back))


@pages.get("/match/mine", roles=CONSULTANTS, about=NOBODY)
def own_list(session: Session, who: Principal, typed: Any = None) -> Page:  # noqa: ARG001  (the frame shows it)
    """What a consultant is told, has, and could take over."""
    shown = {
        "notices": queries.notices(session, who.subject),
        "held": queries.held_by(session, who.subject),
        "handed_on": queries.handed_on(session),
        "days": {side: POLICY.find("match.answer_days", clock.today(), side) for side in ("citizen", "company")},
        "me": who.subject,
        "crumbs": [(_("Behov og match"), "/match"), (_("Min liste"), None)],
    }
    return Page("matching/mine.html", shown)


@pages.post("/match/mine/kvitter", roles=CONSULTANTS, about=NOBODY, body=schemas.SeenForm, again=own_list)
def mark_seen(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Read, or not read after all."""
    pipeline.mark_seen(session, body["notice_id"], seen=body["seen"], by=who.subject)
    back = {"notice_id": str(body["notice_id"])} | ({} if body["seen"] else {"seen": "on"})
    message = _("Beskeden er læst.") if body["seen"] else _("Beskeden er ulæst igen.")
    return See("/match/mine", message, Undo("/match/mine/kvitter", back))

"""The closed forum for companies, citizens and consultants: posts, events with sign-up, and what is taken down."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company
from services.matching.pages import pages
from services.matching.queries import forum as reads
from services.matching.queries import own_company
from services.matching.schemas.forms import AfterQuery
from services.matching.schemas.forum import KINDS, HideBody, JobPostBody, PostBody, SeatBody
from services.matching.use_cases import forum
from shared import clock
from shared.auth import CONSULTANTS, Principal
from shared.lookups import NOBODY, About, looked
from shared.pages import Page, See, Undo

COMPANYS, MEMBERS = "/virksomhed/forum", "/match/forum"
COMING = About("wishes", how="list", purpose="matching")
COMPANY, CITIZEN = ("company_employee",), ("citizen",)
OWN = About("wishes", purpose="own_access")
OWN_CHANGE = About("wishes", how="change", purpose="own_access")


def _shown(home: str, crumb: tuple[str, str], listed: dict[str, Any], typed: Any, **more: Any) -> Page:
    crumbs = [crumb, (_("Forum"), None)]
    shown = (
        {
            "home": home,
            "crumbs": crumbs,
            "typed": typed,
            "company": None,
            "kinds": (),
            "coming": {},
        }
        | listed
        | more
    )
    return Page("matching/forum.html", shown)


def _listed(session: Session, query: dict[str, Any] | None, **whose: Any) -> dict[str, Any]:
    after = query["after"] if query else None
    found, onward = reads.posts(session, clock.now(), cursor=after, limit=reads.MOST, **whose)
    return {"posts": found, "after": after, "onward": onward}


@pages.get(COMPANYS, roles=COMPANY, about=NOBODY, query=AfterQuery)
def company_forum(session: Session, who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """Jobs, articles, videos and events, and the company's own job post."""
    company = own_company(session, who)
    listed = _listed(session, query, company_id=company.id)
    ways = [(_("Profiler"), "/virksomhed/profiler"), (_("Samtaler"), f"{COMPANYS}/samtaler")]
    crumb = (_("Jeres Jobbutik"), "/virksomhed")
    return _shown(COMPANYS, crumb, listed, typed, company=company, kinds=("job",), ways=ways)


@pages.get(MEMBERS, roles=CONSULTANTS, about=COMING, query=AfterQuery)
def staff_forum(session: Session, _who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """The same for consultants, who post for the municipality, take down what cannot stand, and see who comes."""
    listed, crumb = _listed(session, query), (_("Behov og match"), "/match")
    coming = reads.coming_to(session, [one.post.id for one in listed["posts"] if one.post.kind == "event"])
    ways = [(_("Profiler"), "/match/profiler"), (_("Samtaler"), "/match/dialog")]
    names = queries.names(session, [citizen for people in coming.values() for citizen, _company in people if citizen])
    return _shown(MEMBERS, crumb, listed, typed, kinds=KINDS, coming=coming, names=names, ways=ways)


@pages.get("/match/mit-forum", roles=CITIZEN, about=OWN, query=AfterQuery)
def own_forum(session: Session, who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """The same for a citizen, who signs up for events."""
    looked(session, who.citizen_id)
    listed = _listed(session, query, citizen_id=who.citizen_id)
    ways = [(_("Min profil"), "/match/min-profil"), (_("Samtaler med virksomheder"), "/match/min-dialog")]
    return _shown("/match/mit-forum", (_("Min side"), "/min-side"), listed, typed, ways=ways)


def _posted(home: str, made: Any) -> See:
    return See(home, _("Opslaget er sat op."), Undo(f"{home}/skjul", {"post_id": str(made.id), "hidden": "on"}))


@pages.post(f"{COMPANYS}/opslag", roles=COMPANY, about=NOBODY, body=JobPostBody, again=company_forum)
def post_own_job(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """A job of the company's own."""
    return _posted(COMPANYS, forum.post(session, who, own_company(session, who), **body))


@pages.post(f"{MEMBERS}/opslag", roles=CONSULTANTS, about=COMING, body=PostBody, again=staff_forum)
def post_for_all(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """An article, a video, an event or a job, by the municipality."""
    return _posted(MEMBERS, forum.post(session, who, None, **body))


def _hidden(session: Session, company: Company | None, home: str, body: dict[str, Any]) -> See:
    row = forum.hide(session, company, **body)
    back = {"post_id": str(row.id)} | ({} if body["hidden"] else {"hidden": "on"})
    told = _("Opslaget er taget ned.") if body["hidden"] else _("Opslaget er sat op igen.")
    return See(home, told, Undo(f"{home}/skjul", back))


@pages.post(f"{COMPANYS}/skjul", roles=COMPANY, about=NOBODY, body=HideBody, again=company_forum)
def hide_own_post(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Taken down, or up again."""
    return _hidden(session, own_company(session, who), COMPANYS, body)


@pages.post(f"{MEMBERS}/skjul", roles=CONSULTANTS, about=COMING, body=HideBody, again=staff_forum)
def hide_post(session: Session, _who: Principal, body: dict[str, Any]) -> See:
    """The same for any post."""
    return _hidden(session, None, MEMBERS, body)


def _seated(home: str, post_id: Any, *, seat: bool) -> See:
    told = _("Du er tilmeldt.") if seat else _("Alle pladser er taget. Du står på ventelisten.")
    return See(home, told, Undo(f"{home}/afmeld", {"post_id": str(post_id)}))


def _left(home: str, post_id: Any) -> See:
    told = _("Du er meldt fra. Pladsen går til den næste, som får besked.")
    return See(home, told, Undo(f"{home}/tilmeld", {"post_id": str(post_id)}))


@pages.post(f"{COMPANYS}/tilmeld", roles=COMPANY, about=NOBODY, body=SeatBody, again=company_forum)
def sign_company_up(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """The company comes to an event, or waits for a seat."""
    seat = forum.sign_up(session, body["post_id"], company=own_company(session, who))
    return _seated(COMPANYS, body["post_id"], seat=seat)


@pages.post(f"{COMPANYS}/afmeld", roles=COMPANY, about=NOBODY, body=SeatBody, again=company_forum)
def sign_company_off(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """It does not come."""
    forum.cancel(session, body["post_id"], company=own_company(session, who))
    return _left(COMPANYS, body["post_id"])


@pages.post("/match/mit-forum/tilmeld", roles=CITIZEN, about=OWN_CHANGE, body=SeatBody, again=own_forum)
def sign_up(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """The citizen comes to an event, or waits for a seat."""
    looked(session, who.citizen_id)
    seat = forum.sign_up(session, body["post_id"], citizen_id=who.citizen_id)
    return _seated("/match/mit-forum", body["post_id"], seat=seat)


@pages.post("/match/mit-forum/afmeld", roles=CITIZEN, about=OWN_CHANGE, body=SeatBody, again=own_forum)
def sign_off(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """The citizen does not come."""
    looked(session, who.citizen_id)
    forum.cancel(session, body["post_id"], citizen_id=who.citizen_id)
    return _left("/match/mit-forum", body["post_id"])

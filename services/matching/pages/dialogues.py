"""The dialogue of a company and whoever is behind a profile, which runs through the municipality."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.pages import pages
from services.matching.queries import forum as reads
from services.matching.queries import own_company
from services.matching.schemas.forms import AfterQuery
from services.matching.schemas.forum import DecisionBody, ForumLineBody, OlderQuery, OwnLineBody
from services.matching.use_cases import forum
from shared.auth import CONSULTANTS, Principal
from shared.lookups import About, looked
from shared.pages import Page, See, Undo

COMPANYS, OURS, MINE = "/virksomhed/forum/samtaler", "/match/dialog", "/match/min-dialog"
LINES = About("wishes", how="list", purpose="matching")
DECIDED = About("wishes", how="change", purpose="matching")
OWN = About("wishes", purpose="own_access")
OWN_CHANGE = About("wishes", how="change", purpose="own_access")


@pages.get(COMPANYS, roles=("company_employee",), about=LINES, query=OlderQuery)
def company_dialogues(session: Session, who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """What the company wrote to profiles, and what came back through the municipality; the newest, or those before."""
    found: list[Any]
    found, older = reads.lines_of_company(session, own_company(session, who).id, limit=reads.MOST, **(query or {}))
    if typed is not None:
        # A line that was refused stands by the profile it is for, and by no other; it may be the first one there.
        asked = typed.get("profile_id", "")
        found = [one for one in found if str(one[0]) == asked] or [(asked, True, [])]
    crumbs = [(_("Jeres Jobbutik"), "/virksomhed"), (_("Profiler"), "/virksomhed/profiler"), (_("Samtaler"), None)]
    shown = {"found": found, "older": older, "crumbs": crumbs, "typed": typed}
    return Page("matching/company_dialogues.html", shown)


@pages.post(
    COMPANYS, roles=("company_employee",), about=LINES, body=ForumLineBody, again=company_dialogues, shows="list"
)
def write_to_profile(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """A line that a consultant reads first."""
    forum.write_to_profile(session, own_company(session, who), **body)
    return See(COMPANYS, _("Beskeden er sendt til Jobbutikken, som giver den videre."))


@pages.get(OURS, roles=CONSULTANTS, about=LINES, query=AfterQuery)
def lines_to_decide(session: Session, who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """Lines that wait for somebody to pass them on."""
    after = query["after"] if query else None
    found, onward = reads.to_decide(session, who, cursor=after, limit=reads.MOST)
    shown = {
        "found": found,
        "after": after,
        "onward": onward,
        "names": queries.names(session, [line.citizen_id for line, _company in found]),
        "crumbs": [(_("Behov og match"), "/match"), (_("Samtaler"), None)],
        "typed": typed,
    }
    return Page("matching/dialogues.html", shown)


@pages.post(OURS, roles=CONSULTANTS, about=DECIDED, body=DecisionBody, again=lines_to_decide, shows="list")
def decide_line(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Passed on, stopped, or back to waiting."""
    row = forum.decide(session, who, **body)
    told = {
        "passed": _("Beskeden er givet videre."),
        "stopped": _("Beskeden er stoppet. Ring til afsenderen."),
        "waiting": _("Beskeden venter igen."),
    }
    back = {"line_id": str(row.id), "state": "waiting", "version": str(row.version)}
    return See(OURS, told[row.state], None if row.state == "waiting" else Undo(OURS, back))


@pages.get(MINE, roles=("citizen",), about=OWN, query=OlderQuery)
def own_dialogues(session: Session, who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """What companies wrote to one's profile, and the answers; the newest, or those before."""
    looked(session, who.citizen_id)
    crumbs = [(_("Min side"), "/min-side"), (_("Min profil"), "/match/min-profil"), (_("Samtaler"), None)]
    # An answer that was refused stands by the company it is for, and by no other.
    only = {} if typed is None else {"only": typed.get("company_id", "")}
    found, older = reads.lines_of_citizen(session, who.citizen_id, limit=reads.MOST, **(query or {}), **only)
    shown = {"found": found, "older": older, "crumbs": crumbs, "typed": typed}
    return Page("matching/own_dialogues.html", shown)


@pages.post(MINE, roles=("citizen",), about=OWN_CHANGE, body=OwnLineBody, again=own_dialogues)
def answer_company_line(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """An answer that a consultant reads first."""
    looked(session, who.citizen_id)
    forum.answer_company(session, who.citizen_id, **body)
    return See(MINE, _("Dit svar er sendt til os. Vi giver det videre uden dit navn."))

"""A citizen's own profile, what companies read of it, and whose it is for staff who match."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Profile, WishesCopy
from services.matching.pages import pages, said
from services.matching.queries import own_company
from services.matching.queries import profiles as reads
from services.matching.schemas.forms import AfterQuery
from services.matching.schemas.profiles import KeptProfileBody, ProfileBody, ProfilesQuery, ShownBody
from services.matching.use_cases import profiles
from shared.auth import CONSULTANTS, Principal
from shared.lookups import About, looked
from shared.pages import Page, See, Undo

OWN = About("wishes", purpose="own_access")
OWN_CHANGE = About("wishes", how="change", purpose="own_access")
READ = About("health_function", how="list", purpose="matching")
MINE, COMPANYS = "/match/min-profil", "/virksomhed/profiler"


@pages.get(MINE, roles=("citizen",), about=OWN)
def own_profile(session: Session, who: Principal, typed: Any = None) -> Page:
    """What a citizen tells companies in their own words, and exactly what companies read."""
    looked(session, who.citizen_id)
    wishes, row = queries.wishes(session, who.citizen_id), reads.profile_of(session, who.citizen_id)
    shown = {
        "row": row,
        "taking_part": wishes is not None and wishes.consent_to_matching,
        "hidden": not reads.is_visible(session, who.citizen_id),
        "seen": _preview(row, wishes),
        "crumbs": [(_("Min side"), "/min-side"), (_("Min profil"), None)],
        "typed": typed,
    }
    return Page("matching/own_profile.html", shown)


def _preview(row: Profile | None, wishes: WishesCopy | None) -> reads.Shown | None:
    return reads.as_shown(row, wishes) if row and wishes and wishes.consent_to_matching else None


@pages.post(MINE, roles=("citizen",), about=OWN_CHANGE, body=ProfileBody, again=own_profile)
def write_own_profile(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Save it, shown or not."""
    looked(session, who.citizen_id)
    row = profiles.write(session, who.citizen_id, body.pop("version"), **body)
    undo = Undo(f"{MINE}/vis", {"version": str(row.version)}) if row.shown else None
    told = _("Din profil er gemt. Virksomheder kan se den nu.")
    return See(MINE, told if row.shown else _("Din profil er gemt. Ingen virksomhed kan se den."), undo)


@pages.post(f"{MINE}/vis", roles=("citizen",), about=OWN_CHANGE, body=ShownBody, again=own_profile)
def show_own_profile(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Gone from every company at once, or back."""
    looked(session, who.citizen_id)
    row = profiles.show(session, who.citizen_id, **body)
    back = {"version": str(row.version)} | ({} if row.shown else {"shown": "on"})
    told = _("Din profil er væk. Ingen virksomhed kan se den.")
    return See(MINE, _("Virksomheder kan se din profil igen.") if row.shown else told, Undo(f"{MINE}/vis", back))


@pages.get(COMPANYS, roles=("company_employee",), about=READ, query=ProfilesQuery)
def company_profiles(session: Session, who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """People who have chosen to tell companies of themselves, without who they are."""
    company, asked = queries.company_of(session, who.organisation or ""), query or ProfilesQuery().load({})
    if company is None:
        return Page("matching/portal_unknown.html", {"cvr": who.organisation})
    searched = {"words": asked["q"], "weekly_hours": asked["timer"], "cursor": asked["after"]}
    found, onward = reads.shown_profiles(session, **searched, limit=reads.MOST)
    kept, kept_onward = reads.kept(session, company.id, cursor=asked["husket"], limit=reads.MOST)
    shown = {
        "found": [one for _citizen_id, one in found],
        "onward": onward,
        "kept": kept,
        "kept_onward": kept_onward,
        "kept_ids": reads.kept_among(session, company.id, [one.id for _citizen_id, one in found]),
        **asked,
        "crumbs": [(_("Jeres Jobbutik"), "/virksomhed"), (_("Profiler"), None)],
        "typed": typed,
    }
    return Page("matching/company_profiles.html", shown)


@pages.post(
    f"{COMPANYS}/husk", roles=("company_employee",), about=READ, body=KeptProfileBody, again=company_profiles,
    shows="list")  # fmt: skip
def keep_profile(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Keep one in mind, or no more."""
    profiles.keep(session, own_company(session, who), body["profile_id"], kept=body["kept"])
    back = {"profile_id": str(body["profile_id"])} | ({} if body["kept"] else {"kept": "on"})
    number = said.number_of(body["profile_id"])
    told = _("Profil %(number)s er husket.", number=number) if body["kept"] else None
    return See(COMPANYS, told or _("Profil %(number)s er glemt igen.", number=number), Undo(f"{COMPANYS}/husk", back))


@pages.get("/match/profiler", roles=CONSULTANTS, about=READ, query=AfterQuery)
def staff_profiles(session: Session, _who: Principal, query: dict[str, Any]) -> Page:
    """Whose the profiles are, for when a company rings with a number."""
    found, onward = reads.shown_profiles(session, cursor=query["after"], limit=reads.MOST)
    shown = {
        "found": found,
        "after": query["after"],
        "onward": onward,
        "names": queries.names(session, [citizen_id for citizen_id, _shown in found]),
        "crumbs": [(_("Behov og match"), "/match"), (_("Profiler"), None)],
    }
    return Page("matching/staff_profiles.html", shown)

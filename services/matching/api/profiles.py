"""JSON doors to citizens' own profiles: their own, as companies read them, and whose they are."""

from typing import Any

from sqlalchemy.orm import Session

from services.matching.api import CONSULTANTS, doors
from services.matching.queries import own_company
from services.matching.queries import profiles as reads
from services.matching.schemas import profiles as schemas
from services.matching.use_cases import profiles
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import About, looked
from shared.paging import PageQuery

OWN = About("wishes", purpose="own_access")
OWN_CHANGE = About("wishes", how="change", purpose="own_access")
READ = About("health_function", how="list", purpose="matching")
COMPANY = ("company_employee",)


@doors.get("/own-profile", roles=("citizen",), about=OWN, answer=schemas.ProfileAnswer)
def read_own_profile(session: Session, principal: Principal) -> Any:
    """A citizen's own profile, shown or not."""
    looked(session, principal.citizen_id)
    row = reads.profile_of(session, principal.citizen_id)
    if row is None:
        raise NotFound
    return row


@doors.post(
    "/own-profile", roles=("citizen",), about=OWN_CHANGE, body=schemas.ProfileBody, answer=schemas.ProfileAnswer
)
def write_own_profile(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Write it anew, shown to companies or not."""
    looked(session, principal.citizen_id)
    return profiles.write(session, principal.citizen_id, body.pop("version"), **body)


@doors.post(
    "/own-profile/shown", roles=("citizen",), about=OWN_CHANGE, body=schemas.ShownBody, answer=schemas.ProfileAnswer
)
def show_own_profile(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Gone from every company at once, or back."""
    looked(session, principal.citizen_id)
    return profiles.show(session, principal.citizen_id, **body)


@doors.get(
    "/company-profiles",
    roles=COMPANY,
    about=READ,
    query=schemas.CompanyProfilesQuery,
    answer=schemas.CompanyProfilesAnswer,
)
def list_company_profiles(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """People who have chosen to tell companies of themselves, without who they are."""
    own_company(session, principal)
    found, onward = reads.shown_profiles(session, **query)
    return {"items": [shown for _citizen_id, shown in found], "next": onward}


@doors.get("/kept-profiles", roles=COMPANY, about=READ, query=PageQuery, answer=schemas.KeptProfilesAnswer)
def list_kept_profiles(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """A page of what the company keeps in mind; nothing of who has withdrawn since."""
    kept, onward = reads.kept(session, own_company(session, principal).id, **query)
    return {"items": [{"profile_id": one, "profile": shown} for one, shown in kept], "next": onward}


@doors.post(
    "/kept-profiles",
    roles=COMPANY,
    about=READ,
    body=schemas.KeptProfileBody,
    answer=schemas.KeptProfilesAnswer,
)
def keep_profile(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Keep one in mind, or no more; twice is once."""
    profiles.keep(session, own_company(session, principal), body["profile_id"], kept=body["kept"])
    return list_kept_profiles(session, principal, PageQuery().load({}))


@doors.get("/profiles", roles=CONSULTANTS, about=READ, query=PageQuery, answer=schemas.StaffProfilesAnswer)
def list_profiles(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """A page of whose the profiles are that companies may read, newest first."""
    found, onward = reads.shown_profiles(session, **query)
    return {"items": [{"id": shown.id, "citizen_id": one} for one, shown in found], "next": onward}

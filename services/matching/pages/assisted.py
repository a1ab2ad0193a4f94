"""A profile that a consultant writes down with somebody who is not at home with IT, with their yes."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.pages import pages, said
from services.matching.queries import profiles as reads
from services.matching.schemas.forum import AssistedBody
from services.matching.schemas.profiles import ShownBody
from services.matching.use_cases import assisted
from shared import merges
from shared.auth import CONSULTANTS, Principal
from shared.lookups import About, looked
from shared.pages import Page, See, Undo

WITH = About("wishes", "citizen_id", purpose="matching")
WITH_CHANGE = About("wishes", "citizen_id", how="change", purpose="matching")


@pages.get("/match/borger/<uuid:citizen_id>/profil", roles=CONSULTANTS, about=WITH)
def assisted_profile(session: Session, _who: Principal, citizen_id: UUID, typed: Any = None) -> Page:
    """The profile as it stands; one that the citizen writes alone is theirs alone."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    wishes = queries.wishes(session, citizen_id)
    name = said.called(citizen_id, queries.names(session, [citizen_id]))
    shown = {
        "citizen_id": citizen_id,
        "name": name,
        "row": reads.profile_of(session, citizen_id),
        "taking_part": wishes is not None and wishes.consent_to_matching,
        "crumbs": [(name, f"/borger/{citizen_id}"), (_("Profil"), None)],
        "typed": typed,
    }
    return Page("matching/assisted_profile.html", shown)


@pages.post(
    "/match/borger/<uuid:citizen_id>/profil", roles=CONSULTANTS, about=WITH_CHANGE, body=AssistedBody,
    again=assisted_profile)  # fmt: skip
def write_assisted_profile(session: Session, who: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Written down with the citizen, who can take it over or away on their own page."""
    citizen_id = merges.survivor(session, citizen_id)
    row = assisted.write(session, who, citizen_id, **body)
    home = f"/match/borger/{citizen_id}/profil"
    undo = Undo(f"{home}/vis", {"version": str(row.version)}) if row.shown else None
    return See(home, _("Profilen er gemt. Borgeren kan rette den eller fjerne den på sin egen side."), undo)


@pages.post(
    "/match/borger/<uuid:citizen_id>/profil/vis", roles=CONSULTANTS, about=WITH_CHANGE, body=ShownBody,
    again=assisted_profile)  # fmt: skip
def show_assisted_profile(session: Session, _who: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Gone from every company at once when the citizen says so to us, or back."""
    row = assisted.show(session, citizen_id := merges.survivor(session, citizen_id), **body)
    home = f"/match/borger/{citizen_id}/profil"
    told = _("Profilen vises igen.") if row.shown else _("Profilen er væk. Ingen virksomhed kan se den.")
    back = {"version": str(row.version)} | ({} if row.shown else {"shown": "on"})
    return See(home, told, Undo(f"{home}/vis", back) if row.assisted_by else None)

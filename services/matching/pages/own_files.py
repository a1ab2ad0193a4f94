"""A company's own needs and agreements as files that a spreadsheet opens."""

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.pages import pages, said
from services.matching.pages.portal import COMPANY
from services.matching.pages.sheets import sheet
from services.matching.queries import portal as reads
from shared.auth import Principal
from shared.lookups import NOBODY, About
from shared.pages import Response

EXPORT = About("placement", how="export", purpose="agreement")


@pages.get("/virksomhed/behov.csv", roles=COMPANY, about=NOBODY)
def own_needs_file(session: Session, who: Principal) -> Response:
    """Every need of one's own."""
    heads = ("id", "p_number", "title", "state", "form", "hours_min", "hours_max", "positions", "taken", "starts_on")
    return sheet("behov", [heads, *(
        (one.id, one.p_number, one.title, one.shown_state, one.employment_form, one.weekly_hours_min,
         one.weekly_hours_max, one.positions, one.taken, one.starts_on)
        for one in reads.all_needs(session, queries.own(who))
    )])  # fmt: skip


@pages.get("/virksomhed/aftaler.csv", roles=COMPANY, about=EXPORT)
def own_agreements_file(session: Session, who: Principal) -> Response:
    """Every agreement of one's own; the proposal's number is the only name in it."""
    heads = ("id", "proposal", "p_number", "state", "offer", "job", "starts_on", "ends_on", "weekly_hours", "mentor")
    return sheet("aftaler", [heads, *(
        (one.id, said.number_of(one.match_id), one.p_number, one.state, one.offer_type,
         said.occupation(one.occupation), one.starts_on, one.ends_on, one.weekly_hours, one.mentor_name)
        for one in reads.all_placements(session, queries.own(who))
    )])  # fmt: skip

"""The lists that matching takes."""

from services.matching.models import ListImport
from services.matching.use_cases.company_lists import COMPANIES, STAFF_MONTHS
from services.matching.use_cases.placement_list import PLACEMENTS
from shared.auth import CONSULTANTS
from shared.events import MATCHING
from shared.lists import Lists

LISTS = Lists(
    service=MATCHING,
    model=ListImport,
    kinds={"companies": COMPANIES, "staff": STAFF_MONTHS, "placements": PLACEMENTS},
    home="/virksomheder/import",
    data="placement",
    purpose="agreement",
    roles=CONSULTANTS,
)

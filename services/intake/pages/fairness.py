"""Put forward and placed, by age, sex and time known: counted here, as no other service may know either."""

from itertools import pairwise

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from services.intake.pages import pages
from services.intake.queries import fairness
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY
from shared.pages import Page


@pages.get("/skranken/tal/fordeling", roles=("leader", *STAFF), about=NOBODY)
def fairness_counts(session: Session, _principal: Principal) -> Page:
    """Counts only; a small one is left out, and so is what would give it away."""
    told = fairness.tables(session)
    age, known = told["age"], told["weeks_known"]
    sexes = [_("kvinder"), _("mænd"), _("ikke noteret")]
    tables = [
        (_("Efter alder"), _("Alder"), list(zip(_ages(age["limits"]), age["groups"], strict=True))),
        *([(_("Efter køn"), _("Køn"), list(zip(sexes, told["sex"], strict=True)))] if told["sex"] else []),
        (_("Efter ventetid"), _("Kendt i Jobbutikken"),
         list(zip(_weeks(known["limits"]), known["groups"], strict=True))),
    ]  # fmt: skip
    crumbs = [(_("Tal fra skranken"), "/skranken/tal"), (_("Fordeling"), None)]
    context = {"tables": tables, "least": told["least"], "by_sex": bool(told["sex"]), "crumbs": crumbs}
    return Page("intake/fairness.html", context)


def _ages(limits: list[int]) -> list[str]:
    between = [_("%(first)s–%(last)s år", first=one, last=two - 1) for one, two in pairwise(limits)]
    return [_("under %(years)s år", years=limits[0]), *between, _("%(years)s år og derover", years=limits[-1])]


def _weeks(limits: list[int]) -> list[str]:
    under = [ngettext("under %(num)s uge", "under %(num)s uger", limit) for limit in limits]
    return [*under[:1], *(_("%(first)s–%(last)s uger", first=one, last=two - 1)
                          for one, two in pairwise(limits)),
            _("%(weeks)s uger og derover", weeks=limits[-1])]  # fmt: skip

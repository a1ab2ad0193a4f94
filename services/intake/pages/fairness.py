"""Put forward and placed, by age, sex and time known: counted here, as no other service may know either."""

from itertools import pairwise

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from services.intake.pages import pages
from services.intake.queries import fairness
from services.intake.queries.fairness import Group
from services.intake.rules.fairness import shown
from services.intake.use_cases import POLICY
from shared import clock
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY
from shared.pages import Page


@pages.get("/skranken/tal/fordeling", roles=("leader", *STAFF), about=NOBODY)
def fairness_counts(session: Session, _principal: Principal) -> Page:
    """Counts only; a small one is left out, and so is what would give it away."""
    today = clock.today()
    ages, weeks = (POLICY.row(f"fairness.{name}", today).value for name in ("age_limits", "week_limits"))
    least = POLICY.row("counts.hidden_below", today).value
    sexes = [_("kvinder"), _("mænd"), _("ikke noteret")]
    by_sex = POLICY.find("fairness.count_sex", today) is not None
    tables = [
        (_("Efter alder"), _("Alder"), _named(_ages(ages), fairness.by_age(session, today, ages), least)),
        *([(_("Efter køn"), _("Køn"), _named(sexes, fairness.by_sex(session), least))] if by_sex else []),
        (_("Efter ventetid"), _("Kendt i Jobbutikken"),
         _named(_weeks(weeks), fairness.by_time_known(session, today, weeks), least)),
    ]  # fmt: skip
    crumbs = [(_("Tal fra skranken"), "/skranken/tal"), (_("Fordeling"), None)]
    return Page("intake/fairness.html", {"tables": tables, "least": least, "by_sex": by_sex, "crumbs": crumbs})


def _named(labels: list[str], groups: list[Group], least: int) -> list[tuple[str, list[int | None]]]:
    return [(label, shown(group[1:], least)) for label, group in zip(labels, groups, strict=True)]


def _ages(limits: list[int]) -> list[str]:
    between = [_("%(first)s–%(last)s år", first=one, last=two - 1) for one, two in pairwise(limits)]
    return [_("under %(years)s år", years=limits[0]), *between, _("%(years)s år og derover", years=limits[-1])]


def _weeks(limits: list[int]) -> list[str]:
    under = [ngettext("under %(num)s uge", "under %(num)s uger", limit) for limit in limits]
    return [*under[:1], *(_("%(first)s–%(last)s uger", first=one, last=two - 1)
                          for one, two in pairwise(limits)),
            _("%(weeks)s uger og derover", weeks=limits[-1])]  # fmt: skip

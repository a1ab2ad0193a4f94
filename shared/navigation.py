"""Which page is where, and for whom: every service draws the same frame, so the table stands in one place."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from shared.auth import CONSULTANTS, STAFF, Principal
from shared.events import FOLLOWUP, INTAKE, MATCHING, NOTIFICATIONS

HOME_OF_SERVICE = {INTAKE: "/skranken", MATCHING: "/match", FOLLOWUP: "/opfoelgning", NOTIFICATIONS: "/beskeder"}


@dataclass(frozen=True)
class Entry:
    """A line of the navigation; `key` is pressed after g."""

    label: str
    path: str
    roles: tuple[str, ...]
    key: str
    current: bool = False


INBOX = "/beskeder/indbakke"
TABLE = (
    Entry(_("Skranken"), "/skranken", STAFF, "s"),
    Entry(_("Virksomheder"), "/virksomheder", STAFF, "v"),
    Entry(_("Behov og match"), "/match", CONSULTANTS, "m"),
    Entry(_("Opfølgning"), "/opfoelgning", (*CONSULTANTS, "mentor"), "o"),
    Entry(_("Hold"), "/opfoelgning/hold", ("mentor",), "h"),
    Entry(_("Min virksomhed"), "/virksomhed", ("company_employee",), "v"),
    Entry(_("Min side"), "/min-side", ("citizen",), "m"),
    Entry(_("Opslag"), "/indsigt", ("data_protection_officer",), "i"),
    Entry(_("Tal fra skranken"), "/skranken/tal", ("leader", "partner"), "t"),
    Entry(_("Overblik"), "/opfoelgning/overblik", ("leader",), "o"),
    Entry(_("Tal fra forløb"), "/opfoelgning/tal", ("leader",), "f"),
    Entry(_("Områder"), "/opfoelgning/omraader", ("partner", "leader"), "r"),
    Entry(_("Løfter til virksomheder"), "/virksomheder/lovet/tal", ("leader",), "l"),
    Entry(_("Alarmer og brud"), "/skranken/tal/loefter", ("leader",), "a"),
    Entry(_("Drift"), "/drift", ("ops",), "d"),
    Entry(_("Indbakke"), INBOX, (*STAFF, "leader", "company_employee", "mentor"), "n"),
    Entry(_("Beskeder"), "/beskeder", (*STAFF, "ops"), "b"),
    Entry(_("Programadgange"), "/drift/klienter", ("ops",), "a"),
    Entry(_("Komponenter"), "/drift/komponenter", ("ops",), "k"),
)


def entries(who: Principal | None, path: str) -> list[Entry]:
    """The lines for somebody's roles; the most exact one that the path lies under is current."""
    own = [entry for entry in TABLE if who and set(entry.roles) & set(who.roles)]
    under = [entry.path for entry in own if path == entry.path or path.startswith(f"{entry.path}/")]
    here = max(under, key=len, default="")
    return [Entry(e.label, e.path, e.roles, e.key, current=e.path == here) for e in own]


def home(who: Principal) -> str:
    """Where somebody's day begins."""
    own = entries(who, "")
    return own[0].path if own else "/"

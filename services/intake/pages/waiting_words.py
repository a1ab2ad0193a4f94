"""What the waiting room's codes are called on screen."""

from flask_babel import gettext as _

from services.intake.rules.waiting import DESK
from shared.events.codes import Words

TABLES: dict[str, dict[str, Words]] = {
    "arrival": {
        "arrived": Words("venter", "waiting"),
        "called": Words("kaldt ind", "called in"),
        "in_talk": Words("i samtale", "in a talk"),
        "done": Words("færdig", "done"),
        "left": Words("gået før samtalen", "left before the talk"),
        "no_show": Words("udeblevet", "no-show"),
    },
    "hand_over_reason": {
        "language": Words("taler borgerens sprog", "speaks the citizen's language"),
        "knows_the_field": Words("kender området", "knows the field"),
        "knows_the_citizen": Words("kender borgeren", "knows the citizen"),
        "many_waiting": Words("der er mange, der venter", "many are waiting"),
        "break": Words("vagtskifte eller pause", "change of shift or break"),
        "disqualified": Words("medarbejderen er inhabil", "the member of staff is disqualified"),
    },
}


def place(code: str | None, name: str | None = None) -> str:
    """ "skranke 2", or a room by its name; one that is no more is only a room."""
    if code is None:
        return ""
    if code.startswith(DESK):
        return str(_("skranke %(number)s", number=code.removeprefix(DESK)))
    return name or str(_("et lokale"))

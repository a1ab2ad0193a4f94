"""The activation receipt: when, where, whom to ask for, what begins, and which guidance was given.

Its words are the citizen's, not the desk's: they follow the citizen's language, whatever language the screen is in.
"""

from datetime import datetime
from typing import Any

from babel import dates
from sqlalchemy.orm import Session

from services.intake import queries
from services.intake.models import Citizen, FirstContact
from services.intake.queries import promise
from services.intake.rules.promise import EASY, ENGLISH, PLAIN
from services.intake.use_cases import POLICY, slots
from shared import calendar, clock
from shared.events.codes import EASY_DANISH

_PATTERNS = {
    PLAIN: ("da", "EEEE 'den' d. MMMM y 'kl.' H.mm"),
    EASY: ("da", "EEEE 'den' d. MMMM. 'Klokken er' H.mm"),
    ENGLISH: ("en", "EEEE d MMMM y 'at' H:mm"),
}


def _spoken(moment: datetime, text: str) -> str:
    locale, pattern = _PATTERNS[text]
    return dates.format_datetime(moment.astimezone(calendar.DENMARK), pattern, locale=locale)


def _place(code: str, text: str) -> str | None:
    row = POLICY.find("place.words", clock.today(), code)
    return str(row.value[text]) if row else None


def receipt(session: Session, contact: FirstContact, citizen: Citizen, chosen: str | None) -> dict[str, Any]:
    """The talk to come and the start that was referred to in this contact's talk, in the words of one text.

    Without a choice it is the citizen's language; `without_text` says that there is none in it, and Danish is given.
    """
    text = chosen or {ENGLISH: ENGLISH, EASY_DANISH: EASY}.get(citizen.language, PLAIN)
    talk = slots.booked_already(session, citizen.id, clock.now())
    own = [row for row in queries.talks_of(session, citizen_id=citizen.id) if row.Visitation.contact_id == contact.id]
    begin = next((row for row in own if row.Referral is not None), None)
    whom = promise.where_and_whom(session, talk.id) if talk else None
    return {
        "talk": talk,
        "text": text,
        "without_text": citizen.language not in (PLAIN, ENGLISH, EASY_DANISH),
        "when": _spoken(talk.starts_at, text) if talk else None,
        "where": _place(talk.place_code, text) if talk else None,
        "room": whom.room if whom else None,
        "consultant": whom.consultant if whom else None,
        "begins": _spoken(begin.Referral.starts_at, text) if begin else None,
        "begins_at": (_place(begin.Host.place_code, text) or begin.Host.name) if begin else None,
        "guidance_version": contact.guidance_version,
        "guidance_written": contact.guidance_written,
    }

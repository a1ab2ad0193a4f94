"""The activation receipt: when, where, whom to ask for, what to bring, and which guidance was given.

Its words are the citizen's, not the desk's: they follow the citizen's language, whatever language the screen is in.
"""

from datetime import datetime
from typing import Any

from babel import dates
from sqlalchemy.orm import Session

from services.intake import queries
from services.intake.models import Citizen, FirstContact, Visitation
from services.intake.queries import promise
from services.intake.use_cases import POLICY
from shared import calendar, clock
from shared.fields import Body, Code

PLAIN, EASY, ENGLISH = TEXTS = ("da", "let", "en")
PATTERNS = {
    PLAIN: ("da", "EEEE 'den' d. MMMM y 'kl.' H.mm"),
    EASY: ("da", "EEEE 'den' d. MMMM. 'Klokken er' H.mm"),
    ENGLISH: ("en", "EEEE d MMMM y 'at' H:mm"),
}


class ReceiptQuery(Body):
    """Which words; the citizen's own language where none are chosen."""

    tekst = Code(*TEXTS, load_default=None)


def spoken(moment: datetime, text: str) -> str:
    """Day and time as that text says them."""
    locale, pattern = PATTERNS[text]
    return dates.format_datetime(moment.astimezone(calendar.DENMARK), pattern, locale=locale)


def place(code: str, text: str) -> str:
    """How to find a place, empty where nobody has said."""
    row = POLICY.find("place.words", clock.today(), code)
    return str(row.value[text]) if row else ""


def context(
    session: Session, contact: FirstContact, talk: Visitation | None, citizen: Citizen, chosen: str | None
) -> dict[str, Any]:
    """What the receipt tells: the talk to come and the start that was referred to in this contact's talk."""
    text = chosen or (ENGLISH if citizen.language == "en" else PLAIN)
    own = [row for row in queries.talks_of(session, citizen_id=citizen.id) if row.Visitation.contact_id == contact.id]
    begin = next((row for row in own if row.Referral is not None), None)
    return {
        "text": text,
        "texts": TEXTS,
        # No text in the citizen's own language yet: the page says so, and gives Danish.
        "without_text": citizen.language not in ("da", "en"),
        "when": talk and spoken(talk.starts_at, text),
        "where": talk and place(talk.place_code, text),
        "whom": talk and promise.where_and_whom(session, talk.id),
        "begins": begin and spoken(begin.Referral.starts_at, text),
        "begins_at": begin and (place(begin.Host.place_code, text) or begin.Host.name),
    }

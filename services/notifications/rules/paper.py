"""A letter on paper, and the few words of a NemSMS."""

import re
from collections.abc import Sequence
from datetime import date

from services.notifications.rules.letters import Letter, day, page
from services.notifications.rules.memo import MOST_NOTIFICATION
from services.notifications.rules.subjects import DANISH, ENGLISH
from shared.authority import Authority

MOST_LINES = 6
# Sentences about the calendar file that a mail has with it: on paper and in Digital Post there is none.
_FILE = re.compile(r"[^.\n]*(?:den vedhæftede|flytter filen|attached (?:calendar )?file|the file moves)[^.\n]*\.")
ASK = {DANISH: "Kontakt: {}", ENGLISH: "Contact: {}"}
AT = {DANISH: "{when}. Sted: {place}.", ENGLISH: "{when}. Place: {place}."}
OFF = {DANISH: "Aflyst: {}", ENGLISH: "Cancelled: {}"}
NO_TIME = {DANISH: "Læs din besked på Min side.", ENGLISH: "Read your message on My page."}


def on_paper(letter: Letter, sender: Authority, on: date, to: Sequence[str] = ()) -> str:
    """HTML of one letter, with the recipient's lines where a window envelope (M65) shows them."""
    language = letter.parts[0][0]
    parts = [(one, [left for words in told if (left := _FILE.sub("", words).strip())]) for one, told in letter.parts]
    return page("paper.html", {
        "subject": letter.subject, "parts": parts, "language": language, "sender": sender,
        "to": to[:MOST_LINES], "date": day(on.isoformat(), language),
    })  # fmt: skip


def nem_sms(letter: Letter, sender: Authority) -> str:
    """When, where and whom to ask, or that it is off, and nothing else, in as many letters as a NemSMS holds."""
    language = letter.parts[0][0]
    when, place = letter.meetings[0] if letter.meetings else ("", None)
    if letter.cancelled:
        when, place = OFF[language].format(when), None
    told = AT[language].format(when=when, place=place) if place else f"{when}." if when else NO_TIME[language]
    for contact in (f"{sender.name} {sender.phone}".strip(), sender.phone, "Jobbutikken"):
        words = f"{told} {ASK[language].format(contact)}"
        if contact and len(words) <= MOST_NOTIFICATION:
            return words
    return f"{when}. {ASK[language].format(sender.phone or 'Jobbutikken')}"[:MOST_NOTIFICATION]

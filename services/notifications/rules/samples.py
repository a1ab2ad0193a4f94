"""Every letter with invented contents: what staff look at, and what finds a placeholder that nothing fills."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from services.notifications.rules import drafts, letters, table
from services.notifications.rules.letters import Letter, Person, Sketch
from services.notifications.rules.subjects import SPOKEN
from services.notifications.rules.table import Rule
from shared.authority import Authority
from shared.calendar import danish_time
from shared.events import InterviewCalledOff, MatchMeetingCancelled, MatchMeetingSet, VisitationCancelled
from shared.events.codes import EASY_DANISH

LANGUAGES = (*SPOKEN, EASY_DANISH)
_CITIZEN, _COMPANY, _MENTOR, _UNIT = (UUID(int=number) for number in range(1, 5))
_RECIPIENTS = {drafts.CITIZEN: _CITIZEN, drafts.COMPANY: _COMPANY, drafts.MENTOR: _MENTOR, drafts.UNIT: _UNIT}
_PLACE, _CLEANER = "jobbutik", "d2434f11-086d-4706-be95-cee4a4a46665"
PLACES: Mapping[str, Mapping[str, str]] = {
    _PLACE: {"da": "Jobbutikken i rådhuset, stuen", "en": "the Jobbutik in the town hall, ground floor"}
}
OURS = Authority(
    name="Prøveby Kommune", phone="00 00 00 00", email="jobbutik@example.dk", address="Prøvegade 1, 0000 Prøveby"
)

WINDOW = ("Prøve Person", "Prøvegade 7", "0000 Prøveby")


class BadTemplate(RuntimeError):
    """A letter names something that nothing fills, or it is missing."""


@dataclass
class _Somebody:
    name: str | None
    organisation: str | None = None
    protected: bool = False


_MEETING = {*table.APPOINTING, VisitationCancelled, InterviewCalledOff, MatchMeetingSet, MatchMeetingCancelled}
_BOOK: dict[UUID, Person] = {
    _CITIZEN: _Somebody("Prøve Person"), _COMPANY: _Somebody("Kontakt Person", "Prøvefirma ApS"),
    _MENTOR: _Somebody("Mentor Person"), _UNIT: _Somebody(None),
}  # fmt: skip


def rule_named(name: str) -> Rule | None:
    """The row that is called so, "visitation_booked.citizen"."""
    return next((rule for rule in table.RULES if rule.name == name), None)


def letter(rule: Rule, language: str, now: datetime, sender: Authority = OURS) -> Letter:
    """The letter of a row as it would be written now, to somebody who was invented."""
    link = lambda _subject, _until: "https://jobbutik.example/kort/proeve"  # noqa: E731
    return letters.write(Sketch(
        template=rule.template, kind=rule.kind, recipient_id=_RECIPIENTS[rule.kind], data=_data(rule, now),
        language=language, minutes=30, sequence=1, moved={}, now=now, sender=sender, link=link,
        reminds=rule.template in table.REMINDERS,
        decline="https://jobbutik.example/nej-tak" if rule.optional else None,
    ), _BOOK, PLACES.get)  # fmt: skip


def _data(rule: Rule, now: datetime) -> dict[str, Any]:
    begins = now + timedelta(days=1)
    meets = bool(_MEETING & set(rule.events)) or rule.template == drafts.REMINDER_ASKED
    meeting = {"id": str(_UNIT), "starts_at": begins.isoformat(), "ends_at": None, "place": _PLACE, "form": None}
    told: dict[str, Any] = {
        "appointments": [meeting] if meets else [], "job": "Kok, Café Prøve", "weekly_hours": 12.5, "count": 3,
        "guidance": "2026-02", "began_at": now.isoformat(), "told_at": now.isoformat(), "answer_id": str(_UNIT),
        "ends_at": begins.isoformat(), "citizen_id": str(_CITIZEN), "company_id": str(_COMPANY),
        "mentor_id": str(_MENTOR), "place": _PLACE,
    }  # fmt: skip
    if rule.template == drafts.READ_BACK:
        told |= {"positions": 2, "hours": [10.0, 15.0], "occupation": _CLEANER, "starts_on": told["ends_at"][:10]}
    return told if meets else told | {"due_on": begins.date().isoformat()}


@cache
def check() -> int:
    """Write every letter in every language; how many. Raises BadTemplate naming the first that cannot be written."""
    now = danish_time(date(2026, 11, 2), 10)
    for rule in table.RULES:
        for language in LANGUAGES:
            try:
                letter(rule, language, now)
            except Exception as error:
                raise BadTemplate(f"{rule.name}.{language}: {error}") from error
    return len(table.RULES) * len(LANGUAGES)

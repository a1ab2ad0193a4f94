"""Letters as staff look at them beforehand: every template, its versions, and its words with invented contents."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notifications.models.templates import TemplateVersion
from services.notifications.rules import samples, sms, table, versions
from services.notifications.rules.calendars import calendar_file
from services.notifications.rules.letters import Letter
from services.notifications.rules.paper import nem_sms, on_paper
from services.notifications.rules.table import Rule
from shared import clock, pdf
from shared.errors import NotFound

HTML, CALENDAR, PDF = FORMS = ("html", "ics", "pdf")
TYPES = {HTML: "text/html; charset=utf-8", CALENDAR: "text/calendar; charset=utf-8", PDF: "application/pdf"}


@dataclass(frozen=True)
class File:
    """What is handed out of a letter."""

    name: str
    content_type: str
    content: bytes


def every(session: Session) -> list[dict[str, Any]]:
    """All letters: since when the words are these, and how many versions came before, as far as was seen."""
    seen: dict[str, dict[str, Any]] = {}
    for row in session.scalars(select(TemplateVersion)):
        seen.setdefault(row.name, {})[row.version] = row.first_seen_at
    return [_told(rule, seen.get(rule.name, {})) for rule in table.RULES]


def _told(rule: Rule, seen: dict[str, Any]) -> dict[str, Any]:
    version = versions.version_of(rule.template, rule.kind)
    return {
        "name": rule.name, "template": rule.template, "recipient_kind": rule.kind, "version": version,
        "since": seen.get(version), "earlier": len(seen.keys() - {version}),
    }  # fmt: skip


def preview(session: Session, *, name: str, language: str) -> dict[str, Any]:
    """One letter as mail, text and NemSMS, with its length as SMS and its versions; raises NotFound."""
    rule, letter = _written(session, name, language)
    seen = session.scalars(
        select(TemplateVersion).where(TemplateVersion.name == name).order_by(TemplateVersion.first_seen_at.desc())
    ).all()
    size = sms.size(letter.sms)
    return _told(rule, {row.version: row.first_seen_at for row in seen}) | {
        "language": language, "subject": letter.subject, "text": letter.text, "sms": letter.sms,
        "sms_letters": size.units, "sms_parts": size.parts, "nemsms": nem_sms(letter, _sender(session)),
        "has_calendar": bool(letter.appointments), "versions": [
            {"version": row.version, "since": row.first_seen_at} for row in seen
        ],
    }  # fmt: skip


def file_of(session: Session, *, name: str, language: str, form: str) -> File:
    """The letter as it is sent or printed; raises NotFound, also where it has no calendar."""
    _rule, letter = _written(session, name, language)
    if form == CALENDAR and not letter.appointments:
        raise NotFound
    return File(f"{name}.{language}.{form}", TYPES[form], _made(session, letter, form))


def _made(session: Session, letter: Letter, form: str) -> bytes:
    if form == CALENDAR:
        return calendar_file(letter.appointments, stamp=clock.now(), cancelled=letter.cancelled).encode()
    if form == PDF:
        return pdf.render(on_paper(letter, _sender(session), clock.today(), samples.WINDOW))
    return letter.html.encode()


def _written(session: Session, name: str, language: str) -> tuple[Rule, Letter]:
    rule = samples.rule_named(name)
    if rule is None:
        raise NotFound
    return rule, samples.letter(rule, language, clock.now(), _sender(session))


def _sender(session: Session) -> Any:
    ours = session.info["settings"].authority
    return ours if ours.name else samples.OURS

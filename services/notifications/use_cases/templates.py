"""The words of letters as they are in use, noted when the service first has them."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notifications.models.templates import TemplateVersion
from services.notifications.rules import table, versions
from shared import clock


def note(session: Session) -> None:
    """Write down the version of every letter that was not seen before."""
    now = clock.now()
    rows = [
        {"name": rule.name, "version": versions.version_of(rule.template, rule.kind), "first_seen_at": now}
        for rule in table.RULES
    ]
    session.execute(insert(TemplateVersion).values(rows).on_conflict_do_nothing())

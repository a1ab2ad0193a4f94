"""The table of messages as it is in force today."""

from typing import Any

from services.notifications.rules import table
from services.notifications.rules.channels import EMAIL, SMS
from services.notifications.rules.drafts import UNOPENED
from services.notifications.rules.table import Rule
from services.notifications.use_cases import POLICY
from shared import clock


def message_rules() -> list[dict[str, Any]]:
    """Each row with its channels in order, by the event that starts it."""
    today = clock.today()
    return [
        {
            "events": [event.__name__ for event in rule.events], "template": rule.template,
            "recipient_kind": rule.kind, "before_minutes": _before(rule),
            "channels": POLICY.row("channel.order", today, rule.order_row).value,
            "urgency": rule.urgency, "merges": rule.merges, "quiet": rule.quiet, "optional": rule.optional,
            "topic": rule.topic,
        }
        for rule in table.RULES
    ]  # fmt: skip


def _before(rule: Rule) -> int | None:
    """How many minutes before what it is about, negative for after the letter; None where at once."""
    today = clock.today()
    if rule.before == UNOPENED:
        return -60 * int(POLICY.row("reminder.unopened_hours", today).value)
    return int(POLICY.row("reminder.before", today, rule.before).value) if rule.before else None


def times() -> dict[str, Any]:
    """The hours and pauses in force today."""
    today = clock.today()
    return {
        "hours": {channel: POLICY.row("hours.decent", today, channel).value for channel in (EMAIL, SMS)},
        "gather_seconds": POLICY.row("merge.gather_seconds", today).value,
        "calm_minutes": POLICY.row("merge.calm_minutes", today).value,
        "pause_hours": POLICY.row("reminder.pause_hours", today).value,
        "urgent_hours": POLICY.row("urgent.hours", today).value,
    }

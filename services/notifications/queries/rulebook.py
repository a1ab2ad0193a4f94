"""The table of messages as it is in force today."""

from typing import Any

from services.notifications.rules import table
from services.notifications.rules.channels import EMAIL, SMS
from services.notifications.use_cases import POLICY
from shared import clock


def message_rules() -> list[dict[str, Any]]:
    """Each row with its channels in order, by the event that starts it."""
    order = POLICY.row("channel.order", clock.today()).value
    return [
        {
            "event": rule.event.__name__, "template": rule.template, "recipient_kind": rule.kind, "channels": order,
            "urgency": rule.urgency, "merges": rule.merges, "quiet": rule.quiet,
        }
        for rule in table.RULES
    ]  # fmt: skip


def times() -> dict[str, Any]:
    """The hours and pauses in force today."""
    today = clock.today()
    return {
        "hours": {channel: POLICY.row("hours.decent", today, channel).value for channel in (EMAIL, SMS)},
        "gather_seconds": POLICY.row("merge.gather_seconds", today).value,
        "calm_minutes": POLICY.row("merge.calm_minutes", today).value,
        "urgent_hours": POLICY.row("urgent.hours", today).value,
    }

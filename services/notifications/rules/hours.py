"""Decent hours: when a message may leave, and when it has to although the hour is not decent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from shared.calendar import DENMARK


@dataclass(frozen=True)
class Hours:
    """From when until when, Danish time, and how long before an appointment the recipient must know of it."""

    opens: time
    closes: time
    notice: timedelta

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "Hours":
        """As the row `hours.decent` has them."""
        return cls(
            time.fromisoformat(value["from"]), time.fromisoformat(value["to"]),
            timedelta(minutes=value["notice_minutes"]),
        )  # fmt: skip


def decent(moment: datetime, hours: Hours, begins_at: datetime) -> datetime:
    """`moment` where it is decent, else when the hours next begin; `moment` all the same where that is too late."""
    local = moment.astimezone(DENMARK)
    if hours.opens <= local.time() < hours.closes:
        return moment
    day = local.date() if local.time() < hours.opens else local.date() + timedelta(days=1)
    opens = datetime.combine(day, hours.opens, DENMARK)
    return moment if opens + hours.notice > begins_at else opens

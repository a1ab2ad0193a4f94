"""How delivery goes: what waits on each channel and how long, what fails, and who was affected by an outage."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from services.notifications import queries
from services.notifications.models import ChannelPause, Line, Message
from services.notifications.rules.channels import CHANNELS, POSTED, SMS
from services.notifications.use_cases.gateways import suppliers
from services.notifications.use_cases.messages import FAILED, QUEUED, SENT, SUPPRESSED, TO_PRINT
from services.notifications.use_cases.pauses import STOPPABLE
from shared import clock

DAY, MOST_SHOWN = timedelta(days=1), 200


def channels(session: Session) -> list[dict[str, Any]]:
    """Each channel: what is due and since when, what waits for its time, and the last day's sent and given up."""
    now = clock.now()
    due = or_(Message.state == TO_PRINT, Message.next_try_at <= now)
    waiting = select(
        Message.channel, func.count().filter(due).label("due"), func.count().filter(~due).label("later"),
        func.min(func.coalesce(Message.next_try_at, Message.made_at)).filter(due).label("oldest"),
    ).where(Message.state.in_((QUEUED, TO_PRINT))).group_by(Message.channel)  # fmt: skip
    sent = select(Message.channel, func.count()).where(Message.sent_at > now - DAY).group_by(Message.channel)
    failed = select(Message.channel, func.count()).where(Message.state == FAILED, Message.made_at > now - DAY)
    stands = {row.channel: row for row in session.execute(waiting)}
    went = {row[0]: row[1] for row in session.execute(sent)}
    lost = {row[0]: row[1] for row in session.execute(failed.group_by(Message.channel))}
    pauses = {row.channel: row.paused_at for row in session.scalars(select(ChannelPause))}
    resting = list(session.execute(select(Line.channel, Line.rests_until).where(Line.rests_until > now)))
    return [
        {
            "channel": one, "due": stands[one].due if one in stands else 0,
            "later": stands[one].later if one in stands else 0,
            "oldest": stands[one].oldest if one in stands else None,
            "sent": went.get(one, 0), "failed": lost.get(one, 0),
            "failed_percent": _share(lost.get(one, 0), went.get(one, 0)),
            "configured": _configured(session, one), "paused_at": pauses.get(one), "stoppable": one in STOPPABLE,
            "resting": [line.channel for line in resting if line.channel.partition(":")[0] == one],
        }
        for one in CHANNELS
    ]  # fmt: skip


def _configured(session: Session, channel: str) -> bool:
    settings = session.info["settings"]
    if channel in POSTED:
        return settings.digital_post is not None
    return channel != SMS or bool(suppliers(settings, clock.today()))


def _share(failed: int, sent: int) -> int:
    return round(100 * failed / (failed + sent)) if failed + sent else 0


def affected(session: Session, *, since: datetime, until: datetime) -> dict[str, Any]:
    """Messages written in that time that had not left by its end, and what became of them; no name, no words."""
    held_up = select(Message).where(
        Message.made_at >= since, Message.made_at < until, Message.state != queries.PLANNED,
        or_(Message.sent_at.is_(None), Message.sent_at >= until),
    )  # fmt: skip
    found = list(session.scalars(held_up.order_by(Message.made_at).limit(MOST_SHOWN + 1)))
    seen = queries.seen(session, found[:MOST_SHOWN])
    lost = [one for one in seen if one["state"] in (FAILED, SUPPRESSED)]
    return {
        "items": seen, "more": len(found) > MOST_SHOWN, "late": sum(one["state"] == SENT for one in seen),
        "lost": len(lost), "open": len(seen) - len(lost) - sum(one["state"] == SENT for one in seen),
    }  # fmt: skip

"""What notifications is watched by from outside: letters by state, nobody in them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.notifications.models import Message, ReturnedMail
from services.notifications.rules.returns import PUT_ASIDE
from shared import clock
from shared.metrics import Figure

TO_GO = ("waiting_for_address", "queued", "to_print", "failed")


def gauges(session: Session) -> list[Figure]:
    """Letters that have not gone out and are still of use, and how long the oldest of each state has waited."""
    now = clock.now()
    of_use = Message.state.in_(TO_GO), Message.expires_at > now
    rows = session.execute(
        select(Message.state, func.count(), func.min(Message.made_at)).where(*of_use).group_by(Message.state)
    )
    found = {state: (count, (now - oldest).total_seconds()) for state, count, oldest in rows}
    return [
        Figure("jobbutik_letters", "letters that have not gone out and are still of use",
               [({"state": state}, found.get(state, (0, 0))[0]) for state in TO_GO]),
        Figure("jobbutik_letters_oldest_seconds", "how long the oldest of them has waited",
               [({"state": state}, found.get(state, (0, 0))[1]) for state in TO_GO]),
        Figure("jobbutik_returned_mails_put_aside", "mails that came back and could not be dealt with",
               [({}, session.scalar(select(func.count()).where(ReturnedMail.kind == PUT_ASIDE)) or 0)]),
    ]  # fmt: skip

"""What notifications is watched by from outside: letters by state, nobody in them."""

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from services.notifications.models import Message, ReturnedMail
from services.notifications.rules.returns import PUT_ASIDE
from shared import clock
from shared.metrics import Figure

TO_GO = ("waiting_for_address", "queued", "to_print", "failed")


def gauges(session: Session) -> list[Figure]:
    """Letters that have not gone out and are still of use, and how long the oldest of each state has waited.

    One that rests until the morning, or that gathers, does not wait; one that was tried in vain does.
    """
    now = clock.now()
    of_use = Message.state.in_(TO_GO), Message.expires_at > now
    untried = and_(Message.state == "queued", Message.attempts == 0)
    waits_since = case((untried, Message.next_try_at), else_=Message.made_at)
    rows = session.execute(
        select(Message.state, func.count(), func.min(waits_since)).where(*of_use).group_by(Message.state)
    )
    found = {state: (count, max((now - oldest).total_seconds(), 0)) for state, count, oldest in rows}
    return [
        Figure("jobbutik_letters", "letters that have not gone out and are still of use",
               [({"state": state}, found.get(state, (0, 0))[0]) for state in TO_GO]),
        Figure("jobbutik_letters_oldest_seconds", "how long the oldest of them has waited since it was due",
               [({"state": state}, found.get(state, (0, 0))[1]) for state in TO_GO]),
        Figure("jobbutik_returned_mails_put_aside", "mails that came back and could not be dealt with",
               [({}, session.scalar(select(func.count()).where(ReturnedMail.kind == PUT_ASIDE)) or 0)]),
    ]  # fmt: skip

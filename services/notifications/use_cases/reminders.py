"""Reminders: planned with the letter, dropped where what they are about moved, ended or was seen."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from services.notifications import queries
from services.notifications.models import Message, Receipt
from services.notifications.rules import drafts, interview_drafts, table
from services.notifications.rules.drafts import Draft
from services.notifications.use_cases import POLICY, messages, timing
from shared import clock
from shared.envelope import Received
from shared.errors import Refused
from shared.events import JobReferralFollowedUp, JobReferralReasonGiven

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
AT_ONCE = 200
# What gives a talk or a meeting its time; drafts.OFF takes it away, and a newer one gives it again.
TIMED = (*drafts.TIMES, drafts.MATCH_MEETING, *interview_drafts.TIMED)


def plan(session: Session, letters: Iterable[tuple[Received[Any], Draft]]) -> None:
    """What reminds of these letters, at its time; what was planned of the same before gives way.

    An older word that is heard late changes nothing: the newer stands, by the second it was told.
    """
    rows = [
        row
        for received, letter in letters
        if not received.trace.replayed and messages.is_told(received, letter)
        for draft in drafts.reminders(letter)
        if (row := _row(received, draft)) is not None
    ]
    drop(session, {row["cause_id"]: row["cause_version"] for row in rows})
    messages.put(session, [row for row in rows if clock.now() < row["next_try_at"] < row["expires_at"]])


def _row(received: Received[Any], draft: Draft) -> dict[str, Any] | None:
    rule = table.called_for(type(received.event), draft.template, draft.kind)
    if rule is None:
        return None
    now, today = clock.now(), clock.today()
    if rule.before == drafts.UNOPENED:
        at = now + timedelta(hours=POLICY.row("reminder.unopened_hours", today).value)
    else:
        at = draft.expires_at - timedelta(minutes=POLICY.row("reminder.before", today, rule.before).value)
    return messages.row_of(received, draft, now) | {
        "cause_id": draft.cause or getattr(received.event, received.event.subject),
        "cause_version": seconds(received.time), "state": messages.PLANNED, "next_try_at": at,
    }  # fmt: skip


def seconds(moment: datetime) -> int:
    """The order of what was told of one appointment, whoever counted its versions."""
    return int((moment - EPOCH).total_seconds())


def drop(session: Session, causes: Mapping[UUID, int]) -> None:
    """No reminder of these that has not left ever does, as far as it is older; each with the second it was told."""
    if not causes:
        return
    older = or_(*(and_(Message.cause_id == one, Message.cause_version < told) for one, told in causes.items()))
    gone = delete(Message).where(older, Message.template.in_(table.REMINDERS), Message.state.in_(messages.TO_GO))
    session.execute(gone.execution_options(synchronize_session=False))


def over(session: Session, told: Iterable[tuple[Received[Any], UUID]]) -> None:
    """These are held, cancelled or done: nothing reminds of them any more."""
    drop(session, {about: seconds(received.time) + 1 for received, about in told})


def job_over(session: Session, batch: Iterable[Received[JobReferralFollowedUp]]) -> None:
    """Nothing reminds of these jobs any more, nor of why one was not applied for."""
    told = [(one, about) for one in batch for about in (one.event.job_referral_id, one.event.reason_request_id)]
    over(session, [(received, about) for received, about in told if about])


def on_reason_given(session: Session, batch: Sequence[Received[JobReferralReasonGiven]]) -> None:
    """They have said why: nothing reminds of the question any more."""
    over(session, [(received, received.event.reason_request_id) for received in batch])


def drop_talks(session: Session, placement_id: UUID, citizen_id: UUID, *, but: Collection[UUID] = ()) -> None:
    """No reminder of an agreement's talks, but of these, nor where it is concluded of its first day; to anybody."""
    waiting = select(Message.cause_id, Message.cause_version).where(
        Message.recipient_id == citizen_id, Message.template.in_(table.REMINDERS), Message.state == messages.PLANNED,
        Message.data["placement_id"].astext == str(placement_id), Message.cause_id.notin_(but),
    )  # fmt: skip
    drop(session, {row.cause_id: row.cause_version + 1 for row in session.execute(waiting)})


def wake(session: Session) -> bool:
    """Those whose time has come are addressed like any message, unless they have lost their point; True for more."""
    due = select(Message).where(Message.state == messages.PLANNED, Message.next_try_at <= clock.now())
    found = session.scalars(due.order_by(Message.next_try_at).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    moved = queries.moved_appointments(session, found)
    settled = _settled(session, found)
    for message in found:
        told = message.data["appointments"]
        newest = [moved.get(one["id"], one)["starts_at"] for one in told]
        over = message.expires_at <= clock.now() or (message.cause_id, message.template) in settled
        if over or newest != [one["starts_at"] for one in told]:
            session.delete(message)
        else:
            message.state, message.next_try_at = messages.WAITING, None
    return len(found) == AT_ONCE


def _settled(session: Session, found: Sequence[Message]) -> set[tuple[UUID, str]]:
    """Cancelled talks and meetings, and letters that were seen or never left: nothing to remind of."""
    causes = {message.cause_id for message in found}
    newest = select(Message.cause_id, Message.template).ext(distinct_on(Message.cause_id)).where(
        Message.cause_id.in_(causes), Message.template.in_((*TIMED, *drafts.OFF))
    )  # fmt: skip
    last = session.execute(newest.order_by(Message.cause_id, Message.cause_version.desc()))
    off = {row.cause_id for row in last if row.template in drafts.OFF}
    seen = select(Receipt.id).where(Receipt.message_id == Message.id).exists()
    lying = set(session.scalars(select(Message.cause_id).where(
        Message.cause_id.in_(causes), Message.template.notin_(table.REMINDERS), Message.state == messages.SENT, ~seen
    )))  # fmt: skip
    return {
        (message.cause_id, message.template)
        for message in found
        if message.cause_id in off or (message.template == drafts.UNOPENED and message.cause_id not in lying)
    }


def may_be_asked(session: Session, message_id: UUID) -> bool:
    """Whether there is something to come that its recipient could be reminded of."""
    message = session.get(Message, message_id)
    return (
        message is not None and message.state == messages.SENT and message.recipient_kind in drafts.KINDS
        and drafts.begins_at(message.data, clock.now()) > clock.now()
    )  # fmt: skip


def ask(session: Session, message_id: UUID) -> Message:
    """Somebody among staff has the recipient reminded now; raises Refused within the pause, or where it is too late."""
    message, now = messages.held(session, message_id), clock.now()
    if message.state != messages.SENT or message.recipient_kind not in drafts.KINDS:
        raise Refused("not_sent", "Beskeden er ikke sendt endnu.", "This message has not been sent yet.")
    begins = drafts.begins_at(message.data, now)
    if begins <= now:
        raise messages.appointment_past()
    told = [one for one in message.data["appointments"] if datetime.fromisoformat(one["starts_at"]) == begins]
    about = UUID(told[0]["id"]) if told else message.cause_id
    _require_pause(session, about, message.recipient_id)
    data = message.data | {"appointments": told, "told_at": now.isoformat()}
    kept = ("cause_event", "correlation_id", "traceparent", "recipient_kind", "recipient_id", "people", "language")
    messages.put(session, [{name: getattr(message, name) for name in kept} | {
        "cause_id": about, "cause_version": seconds(now), "template": drafts.REMINDER_ASKED, "data": data,
        "urgency": timing.urgency(drafts.REMINDER_ASKED, message.recipient_kind, data), "expires_at": begins,
        "state": messages.WAITING, "made_at": now,
    }])  # fmt: skip
    return message


def _require_pause(session: Session, about: UUID, recipient_id: UUID) -> None:
    row = POLICY.row("reminder.pause_hours", clock.today())
    since = clock.now() - timedelta(hours=row.value)
    lately = select(Message.id).where(
        Message.cause_id == about, Message.recipient_id == recipient_id, Message.template.in_(table.REMINDERS),
        or_(Message.sent_at > since, Message.state.in_((messages.WAITING, messages.QUEUED))),
    )  # fmt: skip
    if session.scalar(lately.limit(1)):
        raise Refused(
            "reminded_lately", f"Modtageren er mindet om det inden for {row.value} timer.",
            f"The recipient was reminded within {row.value} hours.", policy=row.name,
        )  # fmt: skip

"""Which messages a lane may take now: what its servers, its pauses and its share of the suppliers leave it.

Several workers take from a lane at once, each what is for other mailboxes than the others': whoever reads one gets
things in order, and what goes in one mail is never in two hands.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, String, cast, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import BIT
from sqlalchemy.orm import Session

from services.notifications.models import Address, Line, Message
from services.notifications.rules.channels import EMAIL, POSTED, SMS
from services.notifications.use_cases import POLICY, handovers, messages, pauses
from services.notifications.use_cases.gateways import Suppliers
from shared import clock


class Lines:
    """The servers that did not answer lately: read once, and told to every lane at once as they answer or fail."""

    def __init__(self, session: Session) -> None:
        self._database = session.info["database"]
        self._known = {one.channel: (one.failures, one.rests_until) for one in session.scalars(select(Line))}

    def resting(self) -> set[str]:
        """Suppliers and servers that are left alone for now, by their own names."""
        now = clock.now()
        return {name.removeprefix(f"{SMS}:") for name, (_, until) in self._known.items() if until > now}

    def failed(self, name: str) -> None:
        """It rests, the longer the more often it failed."""
        failures = self._known.get(name, (0, None))[0] + 1
        pauses: list[int] = POLICY.row("line.pauses", clock.today()).value
        until = clock.now() + timedelta(seconds=pauses[min(failures, len(pauses)) - 1])
        self._known[name] = failures, until
        self._database.alone(_FAILED, {"name": name, "failures": failures, "until": until})

    def answers(self, name: str) -> None:
        """It works."""
        if self._known.pop(name, None) is not None:
            self._database.alone(_ANSWERS, {"name": name})


_FAILED = text("""
    INSERT INTO line (channel, failures, rests_until) VALUES (:name, :failures, :until)
    ON CONFLICT (channel) DO UPDATE SET failures = excluded.failures, rests_until = excluded.rests_until RETURNING 1
""")
_ANSWERS = text("WITH gone AS (DELETE FROM line WHERE channel = :name RETURNING 1) SELECT count(*) FROM gone")


SHARES, LOOKS_AHEAD, LOOKS = 8, 400, 3
_SHARE = func.hashtext(func.coalesce(Address.email, cast(Message.recipient_id, String))).bitwise_and(SHARES - 1)
_MINE = text("""
    SELECT share FROM unnest(cast(:shares AS integer[])) AS one(share)
    WHERE pg_try_advisory_xact_lock(hashtext(current_schema() || :lane), share) LIMIT 1
""")


def line_of(supplier: str) -> str:
    """The line of an SMS supplier; the mail server's is the channel itself."""
    return f"{SMS}:{supplier}"


def take(
    session: Session, found: Suppliers, lines: Lines, lane: Collection[str], *, supplier: str | None, most: int
) -> Sequence[Message]:  # fmt: skip
    """The most urgent messages that are due, of these the ones due longest; locked, and nobody else's."""
    resting, stopped = lines.resting(), pauses.paused(session)
    shares = found.shares(resting)
    awake = {EMAIL: EMAIL not in resting, SMS: bool(shares) and supplier in (None, *shares)}
    posts = session.info["settings"].digital_post is not None
    awake |= {one: posts and one not in resting for one in POSTED}
    channels = [one for one, works in awake.items() if works and one in lane and one not in stopped]
    if not channels:
        return ()
    now = clock.now()
    due = select(Message).outerjoin(Address, Address.id == Message.recipient_id).where(
        Message.state == messages.QUEUED, Message.next_try_at <= now, Message.expires_at > now,
        Message.channel.in_(channels), ~handovers.noted(),
    )  # fmt: skip
    if supplier is not None:
        due = due.where(_in_share(shares, supplier))
    due = due.order_by(Message.urgency, Message.next_try_at, Message.id)
    name = ".".join((supplier or "", *sorted(lane)))
    # What was seen may have been sent by the share's last holder before the share became ours: look again, not later.
    for _ in range(LOOKS):
        own = _own(session, due, name, most)
        wanted = due.where(Message.id.in_(own)).with_for_update(skip_locked=True, of=Message)
        taken = session.scalars(wanted).all() if own else ()
        if taken or not own:
            return taken
    return ()


def _own(session: Session, due: Select[Message], lane: str, most: int) -> list[UUID]:
    """What is due in a share that is no other worker's until the transaction ends.

    The share with what is most urgent, and of that as much as is as urgent: another's next waits for no calm batch.
    Asked for by their ids afterwards: how many are in a share the database cannot guess, and would read all that wait.
    """
    ahead = session.execute(due.with_only_columns(Message.id, _SHARE, Message.urgency).limit(LOOKS_AHEAD)).all()
    shares = list(dict.fromkeys(share for _, share, _ in ahead))
    mine = session.scalar(_MINE, {"lane": lane, "shares": shares}) if shares else None
    own = [(one, urgency) for one, share, urgency in ahead if share == mine]
    return [one for one, urgency in own if urgency == own[0][1]][:most]


def _in_share(shares: dict[str, range], supplier: str) -> ColumnElement[bool]:
    """Whether a text is this supplier's to try first, as rules/sms.py counts it."""
    named = func.md5(func.concat(Message.id, ".", Message.attempts))
    point = cast(cast(func.concat("x", func.substr(named, 1, 7)), BIT(28)), Integer)
    own, whole = shares[supplier], sum(map(len, shares.values()))
    at = point % literal(whole)
    return or_(Message.channel != SMS, at.between(own.start, own.stop - 1))

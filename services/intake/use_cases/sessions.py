"""People's sessions: made at sign-in, never carried over, ended here and told to all."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import SignIn
from services.intake.use_cases import POLICY, citizens
from shared import access, calendar, clock
from shared.auth import Principal
from shared.crypto import Vault
from shared.database import new_id
from shared.errors import Invalid, NotFound
from shared.identity import Identity, NoAccess
from shared.outbox import record


def sign_in(session: Session, identity: Identity, replaces: str | None) -> tuple[Principal, rules.SessionLength]:
    """A session of its own for everybody who signs in; the one that this browser had before ends."""
    now = clock.now()
    length = rules.session_length(identity.kind, calendar.danish_day(now), POLICY)
    if replaces:
        _end(session, _of(session, UUID(replaces)), "replaced", now)
    row = SignIn(
        id=new_id(),
        subject=_subject(session, identity),
        kind=identity.kind,
        organisation=identity.organisation,
        roles=list(identity.roles),
        assurance=identity.assurance,
        started_at=now,
        ends_at=now + timedelta(seconds=length.absolute_seconds),
    )
    session.add(row)
    session.flush()
    principal = Principal(
        subject=row.subject,
        roles=identity.roles,
        organisation=identity.organisation,
        kind=identity.kind,
        name=identity.name,
        p_numbers=identity.p_numbers,
        assurance=identity.assurance,
        signed_in_at=identity.signed_in_at,
        access_id=str(row.id),
    )
    return principal, length


def sign_out(session: Session, principal: Principal) -> None:
    """This session ends."""
    _end(session, _of(session, UUID(principal.access_id)), "signed_out", clock.now())


def end_own(session: Session, principal: Principal, sign_in_id: UUID) -> None:
    """One of one's own sessions ends; raises NotFound for anybody else's."""
    row = _of(session, sign_in_id)
    if row is None or row.subject != principal.subject:
        raise NotFound
    _end(session, row, "ended_by_owner", clock.now())


def end_all(session: Session, subject: str, *, reason: str = "ended_by_owner", but: str = "") -> int:
    """Every open session of somebody ends, except the one named; how many there were."""
    now = clock.now()
    rows = [row for row in own_sessions(session, subject) if str(row.id) != but]
    for row in rows:
        _end(session, row, reason, now)
    return len(rows)


def own_sessions(session: Session, subject: str) -> Sequence[SignIn]:
    """Somebody's open sessions, the newest first."""
    still_open = select(SignIn).where(
        SignIn.subject == subject, SignIn.ended_at.is_(None), SignIn.ends_at > clock.now()
    )
    return session.scalars(still_open.order_by(SignIn.started_at.desc(), SignIn.id.desc())).all()


def _of(session: Session, sign_in_id: UUID) -> SignIn | None:
    return session.get(SignIn, sign_in_id, with_for_update=True)


def _end(session: Session, row: SignIn | None, reason: str, now: datetime) -> None:
    if row is None or row.ended_at is not None:
        return
    row.ended_at, row.end_reason = now, reason
    record(session, access.end(session, row.id, now, row.ends_at))


def _subject(session: Session, identity: Identity) -> str:
    """A citizen is who the CPR number says, as the desk knows them; everybody else is whom the provider says."""
    if identity.cpr is None:
        return identity.own_id
    settings = session.info["settings"]
    try:
        digits = rules.read_cpr(identity.cpr, clock.today()).digits
    except Invalid:
        raise NoAccess(
            "unreadable_sign_in", "Dit login har intet gyldigt CPR-nummer.", "Your sign-in has no valid CPR number."
        ) from None
    index = Vault(settings.cpr_keys, settings.cpr_index_key).blind_index(digits)
    known = citizens.by_index(session, index)
    return str(known.id if known else identity.own_id)

"""Machine clients: the programs of companies and partners, and the secrets that they ask for tokens with."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session
from stdnum.dk import cvr as cvr_number
from stdnum.exceptions import ValidationError

from services.intake.models import ClientSecret, MachineClient
from shared import access, auth, clock
from shared.auth import SECRETS_AT_ONCE, TOKEN_SECONDS, Client
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.outbox import record

SECRET_BYTES = 32
# Twice a token's life: one may have been signed while the client was being ended.
TOKENS_ARE_OVER = timedelta(seconds=2 * TOKEN_SECONDS)
USE_NOTED_EVERY = timedelta(hours=1)
_BY_ID = (
    select(MachineClient.roles, MachineClient.organisation, MachineClient.scopes, ClientSecret.secret_hash)
    .join(ClientSecret, ClientSecret.client_id == MachineClient.id)
    .where(MachineClient.id == bindparam("client"), MachineClient.ended_at.is_(None))
    .where(or_(ClientSecret.ends_at.is_(None), ClientSecret.ends_at > bindparam("now")))
)


def token(session: Session, client_id: str, secret: str, scope: str) -> str:
    """A short-lived token for a client of the installation's or of the table's; raises Unauthenticated."""
    now = clock.now()
    stored = _stored(session, client_id, now)
    issued = auth.issue(session.info["settings"], client_id, secret, stored=stored, scope=scope)
    if stored is not None:
        _note_use(session, client_id, secret, now)
    return issued


def _stored(session: Session, client_id: str, now: datetime) -> Client | None:
    try:
        known_as = str(UUID(client_id))
    except ValueError:
        return None
    rows = session.execute(_BY_ID, {"client": known_as, "now": now}).all()
    if not rows or known_as != client_id:
        return None
    first = rows[0]
    hashes = tuple(row.secret_hash for row in rows)
    return Client(client_id, hashes, tuple(first.roles), first.organisation, tuple(first.scopes))


def _note_use(session: Session, client_id: str, secret: str, now: datetime) -> None:
    """So that ops see when the old secret is no longer used."""
    session.execute(
        update(ClientSecret)
        .where(ClientSecret.client_id == client_id, ClientSecret.secret_hash == auth.secret_hash(secret))
        .where(or_(ClientSecret.last_used_at.is_(None), ClientSecret.last_used_at < now - USE_NOTED_EVERY))
        .values(last_used_at=now)
        .execution_options(synchronize_session=False)
    )


def make_client(
    session: Session, *, by: str, label: str, organisation: str, roles: list[str], scopes: list[str]
) -> dict[str, Any]:
    """A client bound to a CVR, with its first secret, which is told this once."""
    client = MachineClient(
        id=str(new_id()),
        label=label,
        organisation=_read_cvr(organisation),
        roles=sorted(set(roles)),
        scopes=sorted(set(scopes)),
        made_at=clock.now(),
        made_by=by,
    )
    session.add(client)
    session.flush()
    return _new_secret(session, client)


def add_secret(session: Session, client_id: UUID) -> dict[str, Any]:
    """A second secret beside the first; both hold until one is retired."""
    client = _standing(session, client_id)
    if len(_valid(client)) >= SECRETS_AT_ONCE:
        raise Refused(
            "secrets_at_once",
            "Programmet har allerede to hemmeligheder. Spær den gamle først.",
            "The program has two secrets already. Revoke the old one first.",
        )
    return _new_secret(session, client)


def retire_secret(session: Session, client_id: UUID, secret_id: UUID) -> MachineClient:
    """From now on no token is given for this secret; tokens that it got live out their ten minutes."""
    client = _standing(session, client_id)
    valid = _valid(client)
    secret = next((one for one in valid if one.id == secret_id), None)
    if secret is None:
        raise NotFound
    if len(valid) == 1:
        raise Refused(
            "last_secret",
            "Det er programmets eneste hemmelighed. Tilføj en ny først, eller luk adgangen.",
            "This is the program's only secret. Add a new one first, or end the access.",
        )
    secret.ends_at = clock.now()
    session.flush()
    return client


def end_client(session: Session, client_id: UUID, *, by: str) -> MachineClient:
    """The client gets no more tokens, and those that it has are refused by every service."""
    client = _standing(session, client_id)
    now = client.ended_at = clock.now()
    client.ended_by = by
    access_id = UUID(auth.client_access_id(client.id))
    record(session, access.end(session, access_id, now, now + TOKENS_ARE_OVER), client)
    return client


def _standing(session: Session, client_id: UUID) -> MachineClient:
    client = session.get(MachineClient, str(client_id), with_for_update=True)
    if client is None or client.ended_at is not None:
        raise NotFound
    return client


def _valid(client: MachineClient) -> list[ClientSecret]:
    now = clock.now()
    return [one for one in client.secrets if one.ends_at is None or one.ends_at > now]


def _new_secret(session: Session, client: MachineClient) -> dict[str, Any]:
    clear = secrets.token_urlsafe(SECRET_BYTES)
    row = ClientSecret(client_id=client.id, secret_hash=auth.secret_hash(clear), made_at=clock.now())
    session.add(row)
    session.flush()
    session.expire(client, ["secrets"])
    return {"client": client, "secret_id": row.id, "secret": clear}


def _read_cvr(typed: str) -> str:
    try:
        return str(cvr_number.validate(typed))
    except ValidationError:
        raise Invalid({"organisation": "CVR-nummeret er ikke gyldigt. / This is not a CVR number."}) from None

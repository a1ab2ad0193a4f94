"""One engine per process, one transaction per door: opened here, committed here, nowhere deeper.

A service's login role has its own schema, and nothing else, in its search path, so table names carry no schema.
"""

import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import orjson
import psycopg
import uuid_utils.compat
from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Row,
    TextClause,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from shared.config import Settings
from shared.envelope import Trace
from shared.errors import CannotUndo, PreconditionFailed, Refused, TryAgain, Unauthenticated

T = TypeVar("T")
CONNECT: dict[str, Any] = {
    "connect_timeout": 2,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# Lock and statement time-outs and serialization are OperationalErrors too, but the server is there.
REFUSALS = {"40001", "40P01", "55P03", "57014"}
UNIQUE_VIOLATION = "23505"
PING_AFTER_SECONDS = 1.0
NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
}


def new_id() -> UUID:
    """A UUIDv7: opaque, and in the order of making."""
    made: UUID = uuid_utils.compat.uuid7()
    return made


class ServiceBase(DeclarativeBase):
    """What every service's models start from; each service derives one Base with `service_metadata()`."""

    __abstract__ = True
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: DateTime(timezone=True)}


class Versioned:
    """A row whose changes are counted: the count is the ETag, and the subject version of its events."""

    version: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  SQLAlchemy passes the class
        return {"version_id_col": cls.version}

    def require_untouched(self, version: int) -> None:
        """Raises CannotUndo where it is no longer as the act left it that is to be taken back."""
        if self.version != version:
            raise CannotUndo


def service_metadata() -> MetaData:
    """Metadata with the naming convention that constraint names are looked up by."""
    return MetaData(naming_convention=NAMES)


def engine_for(url: str, **options: Any) -> Engine:
    """An engine that finds out within seconds when the server is gone, and checks a connection before use."""
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        connect_args=CONNECT,
        pool_use_lifo=True,
        hide_parameters=True,
        **options,
    )
    event.listen(engine, "checkin", _note_the_time)
    event.listen(engine, "checkout", _look_before_use)
    return engine


def _note_the_time(_connection: Any, record: Any) -> None:
    record.info["used_at"] = time.monotonic()


def _look_before_use(connection: Any, record: Any, _proxy: Any) -> None:
    """A server that left has said so on the socket, which costs nothing to see; after a pause it is asked as well."""
    try:
        if select.select([connection.fileno()], [], [], 0)[0]:
            raise DisconnectionError
        if time.monotonic() - record.info.get("used_at", 0.0) > PING_AFTER_SECONDS:
            connection.execute("")
            connection.rollback()
    except psycopg.OperationalError as gone:
        raise DisconnectionError from gone


def unreachable(error: BaseException) -> bool:
    """True where the server did not answer, is going down or dropped us; not for a statement that it refused."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, psycopg.OperationalError) and getattr(cause, "sqlstate", None) not in REFUSALS


def refusal_of(error: DBAPIError) -> Refused | None:
    """What the database's no means to a caller; None where it is our own mistake."""
    sqlstate = getattr(error.orig, "sqlstate", None)
    if sqlstate == UNIQUE_VIOLATION:
        return Refused("conflict", "Det findes allerede.", "This is there already.")
    if sqlstate in REFUSALS:
        return Refused("in_progress", "Det er allerede i gang.", "This is already under way.")
    return TryAgain() if unreachable(error) else None


@contextmanager
def _first() -> Iterator[None]:
    try:
        yield
    except StaleDataError:
        raise PreconditionFailed from None


class Database:
    """A service's way to its schema."""

    def __init__(self, settings: Settings, bind: Engine | Connection | None = None) -> None:
        self.settings = settings
        self.bind = bind or engine_for(settings.database_url, pool_size=8, max_overflow=8)

    @contextmanager
    def begin(
        self, *, actor: str, trace: Trace | None = None, key: str | None = None, access: str | None = None
    ) -> Iterator[Session]:
        """A session in a transaction that commits when the block ends and rolls back when it raises.

        `actor` lands in the audit rows; `trace` ties what is recorded to its cause; `key` is an idempotency key
        to claim first (the session's info then says under "claimed" whether it was new). `access` is the caller's
        session or client: raises Unauthenticated where it was ended. Raises PreconditionFailed where somebody else
        wrote a versioned row that was read here without a lock.
        """
        with Session(self.bind, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            session.info["database"], session.info["settings"] = self, self.settings
            session.info["trace"] = trace or Trace(correlation_id=str(new_id()))
            session.info["told"] = []
            with _first(), session.begin():
                session.info["claimed"] = _open(session, actor, key, access)
                yield session
                _tell(session)

    def run(self, work: Callable[[Session], T], *, actor: str, trace: Trace | None = None) -> T:
        """What `work` gives, in a transaction of its own: for a door that has no caller yet."""
        with self.begin(actor=actor, trace=trace) as session:
            return work(session)

    def alone(self, statement: TextClause, values: dict[str, Any]) -> Row[Any]:
        """One statement's one row, in one round trip; it stands whatever becomes of the caller's transaction."""
        if isinstance(self.bind, Connection):
            return self.bind.execute(statement, values).one()
        with self.bind.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return connection.execute(statement, values).one()

    def close(self) -> None:
        """Let the pooled connections go."""
        if isinstance(self.bind, Engine):
            self.bind.dispose()


# One round trip for all three: who, whether the key is new, and whether the access still stands.
_ACTOR = text(
    "SELECT set_config('jb.actor', :actor, true), true AS claimed, "
    "EXISTS (SELECT FROM ended_access WHERE id = :access) AS ended"
)
_ACTOR_AND_KEY = text(
    "WITH claim AS (INSERT INTO idempotency (key) VALUES (:key) ON CONFLICT DO NOTHING RETURNING 1) "
    "SELECT set_config('jb.actor', :actor, true), EXISTS (SELECT FROM claim) AS claimed, "
    "EXISTS (SELECT FROM ended_access WHERE id = :access) AS ended"
)

_TELL = text(
    "INSERT INTO outbox (event_id, type, partition_key, body) "
    "SELECT * FROM json_to_recordset(cast(:told AS json)) AS told(event_id uuid, type text, key text, body text)"
)


def _tell(session: Session) -> None:
    if session.info["told"]:
        session.execute(_TELL, {"told": orjson.dumps(session.info["told"]).decode()})


def _open(session: Session, actor: str, key: str | None, access: str | None) -> bool:
    statement = _ACTOR if key is None else _ACTOR_AND_KEY
    opened = session.execute(statement, {"actor": actor, "key": key, "access": access}).one()
    if opened.ended:
        raise Unauthenticated
    return bool(opened.claimed)

"""One engine per process, one transaction per door: opened here, committed here, nowhere deeper.

A service's login role has its own schema, and nothing else, in its search path, so table names carry no schema.
"""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import orjson
import psycopg
import uuid_utils.compat
from sqlalchemy import Connection, DateTime, Engine, Integer, MetaData, create_engine, event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column

from shared.config import Settings
from shared.envelope import Trace

CONNECT: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# Lock and statement time-outs and serialization are OperationalErrors too, but the server is there.
REFUSALS = {"40001", "40P01", "55P03", "57014"}
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


class Database:
    """A service's way to its schema."""

    def __init__(self, settings: Settings, bind: Engine | Connection | None = None) -> None:
        self.settings = settings
        self.bind = bind or engine_for(settings.database_url, pool_size=8, max_overflow=8)

    @contextmanager
    def begin(self, *, actor: str, trace: Trace | None = None, key: str | None = None) -> Iterator[Session]:
        """A session in a transaction that commits when the block ends and rolls back when it raises.

        `actor` lands in the audit rows; `trace` ties what is recorded to its cause; `key` is an idempotency key
        to claim first (the session's info then says under "claimed" whether it was new).
        """
        with Session(self.bind, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            session.info["settings"] = self.settings
            session.info["trace"] = trace or Trace(correlation_id=str(new_id()))
            session.info["told"] = []
            with session.begin():
                session.info["claimed"] = _open(session, actor, key)
                yield session
                _tell(session)

    def close(self) -> None:
        """Let the pooled connections go."""
        if isinstance(self.bind, Engine):
            self.bind.dispose()


_ACTOR = text("SELECT set_config('jb.actor', :actor, true)")
_ACTOR_AND_KEY = text(
    "WITH claim AS (INSERT INTO idempotency (key) VALUES (:key) ON CONFLICT DO NOTHING RETURNING 1) "
    "SELECT set_config('jb.actor', :actor, true), EXISTS (SELECT FROM claim)"
)

_TELL = text(
    "INSERT INTO outbox (event_id, type, partition_key, body) "
    "SELECT * FROM json_to_recordset(cast(:told AS json)) AS told(event_id uuid, type text, key text, body text)"
)


def _tell(session: Session) -> None:
    if session.info["told"]:
        session.execute(_TELL, {"told": orjson.dumps(session.info["told"]).decode()})


def _open(session: Session, actor: str, key: str | None) -> bool:
    if key is None:
        session.execute(_ACTOR, {"actor": actor})
        return True
    return bool(session.execute(_ACTOR_AND_KEY, {"actor": actor, "key": key}).one()[1])

"""`python -m shared.migrate`: roles, schemas and tables of the services; safe to run again and again.

Two roles per service: `<service>_owner` (no login) owns the schema and everything in it, `<service>` logs in at
run time and may read and write rows of its own schema, nothing else. A role that owned its tables could drop
its audit trail, whatever was revoked.
"""

import argparse
import importlib
import re
import sys
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import Connection, text

from shared.config import read_connection_limit, read_migration
from shared.database import engine_for
from shared.events import SERVICES

ROOT = Path(__file__).resolve().parent.parent
LOCK = 7_305_112_026
SHARED_TABLES = {
    "alembic_version",
    "anchor",
    "attempt",
    "audit",
    "citizen_unit",
    "dead_decision",
    "ended_access",
    "failed_delivery",
    "idempotency",
    "inbox",
    "job_run",
    "lookup",
    "nightly",
    "outbox",
    "replay_order",
    "seal",
    "sealing",
    "started_delivery",
    "worker_beat",
}
ROLE_SETTINGS = {
    "search_path": "{service}",
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
}
GRANTS = """
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
REVOKE INSERT, UPDATE, DELETE ON {schema}.audit, {schema}.seal, {schema}.sealing, {schema}.alembic_version FROM {role};
REVOKE UPDATE, DELETE ON {schema}.lookup, {schema}.anchor FROM {role};
REVOKE UPDATE ON {schema}.ended_access FROM {role};
"""


def _statement(connection: Connection, template: str, **names: Any) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(sql.SQL(template).format(**names))


def prepare_roles(connection: Connection, service: str, password: str) -> None:
    """The service's two roles, which belong to the whole server and are in no back-up."""
    owner = f"{service}_owner"
    for role in (owner, service):
        if not connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}):
            _statement(connection, "CREATE ROLE {role} NOLOGIN", role=sql.Identifier(role))
    names = {
        "role": sql.Identifier(service),
        "owner": sql.Identifier(owner),
        "password": sql.Literal(password),
    }
    _statement(connection, "ALTER ROLE {role} LOGIN PASSWORD {password}", **names)
    limit = sql.Literal(read_connection_limit())
    _statement(connection, "ALTER ROLE {role} CONNECTION LIMIT {limit}", limit=limit, **names)
    _statement(connection, "GRANT {owner} TO CURRENT_USER", **names)
    for setting, value in ROLE_SETTINGS.items():
        _statement(
            connection,
            "ALTER ROLE {role} SET {setting} = {value}",
            role=sql.Identifier(service),
            setting=sql.Identifier(setting),
            value=sql.Literal(value.format(service=service)),
        )


def alembic_config(connection: Connection, service: str) -> Config:
    """One environment for all services: version folders of the house and of the service, tables of its schema."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "shared/migrations"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option(
        "version_locations",
        "\n".join([str(ROOT / "shared/migrations/versions"), str(ROOT / f"services/{service}/migrations")]),
    )
    models = importlib.import_module(f"services.{service}.models")
    config.attributes.update(
        connection=connection,
        metadata=models.Base.metadata,
        schema=service,
        include_name=lambda name, kind, _: kind != "table" or name not in SHARED_TABLES,
    )
    return config


def migrate(connection: Connection, service: str, password: str) -> None:
    """Bring one service's roles, schema and tables to the newest state, in the caller's transaction."""
    prepare_roles(connection, service, password)
    names = {
        "schema": sql.Identifier(service),
        "role": sql.Identifier(service),
        "owner": sql.Identifier(f"{service}_owner"),
    }
    _statement(connection, "CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {owner}", **names)
    _statement(connection, "SET LOCAL ROLE {owner}", **names)
    # What cannot have its lock at once gives up and is started again, so that nobody queues up behind it.
    _statement(connection, "SET LOCAL lock_timeout = '5s'", **names)
    _statement(connection, "SET LOCAL search_path = {schema}", **names)
    command.upgrade(alembic_config(connection, service), "heads")
    _statement(connection, GRANTS, **names)
    _statement(connection, "RESET ROLE", **names)


def write_revision(connection: Connection, service: str, message: str) -> None:
    """A new numbered migration from what the models have and the tables have not."""
    folder = ROOT / f"services/{service}/migrations"
    number = len(list(folder.glob("[0-9]*.py"))) + 1
    made: Any = command.revision(
        alembic_config(connection, service),
        message=message,
        autogenerate=True,
        head=f"{service}@head" if number > 1 else "base",
        branch_label=None if number > 1 else service,
        version_path=str(folder),
        rev_id=f"{service}_{number:04d}",
    )
    written = Path(made.path)
    written.rename(folder / f"{number:04d}_{re.sub('[^a-z0-9]+', '_', message.lower())}.py")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m shared.migrate")
    parser.add_argument("what", nargs="?", choices=("upgrade", "check", "revision"), default="upgrade")
    parser.add_argument("--service", choices=SERVICES)
    parser.add_argument("--message")
    given = parser.parse_args()
    url, passwords = read_migration()
    engine = engine_for(url)
    for service in SERVICES:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            migrate(connection, service, passwords[service])
        with engine.begin() as connection:
            _statement(connection, "SET LOCAL search_path = {schema}", schema=sql.Identifier(service))
            if given.what == "check":
                command.check(alembic_config(connection, service))
            if given.what == "revision" and service == given.service:
                write_revision(connection, service, given.message)
    engine.dispose()
    sys.stdout.write(f"migrated: {', '.join(SERVICES)}\n")


if __name__ == "__main__":
    main()

"""Faults of the database: nobody can save while it is away, and everything is as it was when it is back."""

import threading
import time

import psycopg

from faults.books import CHECKS
from faults.engine import until
from faults.matrix import Target, fault
from faults.stage import Stage
from shared.events import SERVICES

DATABASE, DATA = "postgres", "/var/lib/postgresql/data"
TRACES = Target("traces", 0, 0)


@fault("F15", "the database killed three times, and once restarted politely", Target("recovery", 3, 60),
       Target("gap", 4, 60), TRACES, fast=True)  # fmt: skip
def killed(stage: Stage) -> None:
    for _ in range(3):
        stage.engine.docker("kill", DATABASE)
        time.sleep(2)
        stage.engine.docker("start", DATABASE)
        stage.recovered()
    stage.engine.docker("restart", DATABASE)
    stage.recovered()


@fault("F16", "one backend killed -9, so that the whole server recovers", Target("recovery", 5, 60),
       Target("gap", 1.5, 60), TRACES)  # fmt: skip
def backend_killed(stage: Stage) -> None:
    stage.engine.kill_process(stage.engine.processes(DATABASE, "postgres: intake")[0])
    stage.recovered()


@fault("F17", "all connections of the services cut, six times", Target("recovery", 5, 60), TRACES)
def connections_cut(stage: Stage) -> None:
    for _ in range(6):
        stage.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> 'postgres'"
                  " AND backend_type = 'client backend' AND pid <> pg_backend_pid()")  # fmt: skip
        time.sleep(1.5)
    stage.recovered()


@fault("F18", "the database paused for twelve seconds", Target("recovery", 3, 60), TRACES, fast=True)
def paused(stage: Stage) -> None:
    stage.engine.docker("pause", DATABASE)
    time.sleep(12)
    stage.engine.docker("unpause", DATABASE)
    stage.recovered()


@fault("F19", "somebody else takes every connection for ten seconds", Target("gap", 1, 60), Target("recovery", 5, 60))
def exhausted(stage: Stage) -> None:
    """As a role of its own, which the reserved places are not for."""
    password = "of-a-role-that-ends-with-this-fault"  # pragma: allowlist secret  # noqa: S105
    stage.sql(f"CREATE ROLE somebody_else LOGIN PASSWORD '{password}'")
    host = stage.engine.inspect(DATABASE, "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}")
    taken = list[psycopg.Connection[tuple[object, ...]]]()
    try:
        while len(taken) < 400:
            taken.append(psycopg.connect(host=host, user="somebody_else", password=password, dbname="jobbutik"))
    except psycopg.OperationalError:
        stage.figures["taken"] = len(taken)
    time.sleep(10)
    for one in taken:
        one.close()
    stage.recovered()
    stage.sql("DROP ROLE somebody_else")


@fault("F20", "a table locked for ten seconds, as a careless migration does", Target("gap", 2, 60),
       Target("recovery", 5, 60), TRACES)  # fmt: skip
def locked(stage: Stage) -> None:
    def hold() -> None:
        with stage.engine.database() as connection, connection.transaction():
            connection.execute("LOCK TABLE intake.first_contact IN ACCESS EXCLUSIVE MODE")
            time.sleep(10)

    holder = threading.Thread(target=hold)
    holder.start()
    holder.join()
    stage.recovered()


@fault("F23", "the database's fsync fails once (strace)", Target("recovery", 5, 60), Target("gap", 5, 60), TRACES,
       Target("not_panicked", 0), fast=True)  # fmt: skip
def fsync_fails(stage: Stage) -> None:
    """PANIC and recovery from the log: PostgreSQL never tries a failed fsync again."""
    script = (
        "exec strace -qq -f $(for p in $(pgrep postgres); do echo -p $p; done) -e trace=fdatasync,fsync "
        "-e inject=fdatasync:error=EIO:when=2 -o /dev/null"
    )
    tracer = stage.engine.beside(DATABASE, "sh", "-c", script)
    crashed = until(lambda: "database system was interrupted" in stage.log(DATABASE), 20, 0.3)
    tracer.terminate()
    tracer.wait()
    stage.recovered()
    stage.figures["not_panicked"] = 0 if crashed else 1


def _no_space(stage: Stage, paths: list[str], seconds: float) -> None:
    """Whatever is written to these files of the server finds the disk full."""
    calls, places = "pwrite64,pwritev,pwritev2,fallocate", " ".join(f"-P {DATA}/{path}" for path in paths)
    tracer = stage.engine.beside(DATABASE, "sh", "-c",
        f"exec strace -qq -f $(for p in $(pgrep postgres); do echo -p $p; done) {places} -e trace={calls} "
        f"-e inject={calls}:error=ENOSPC -o /dev/null")  # fmt: skip
    time.sleep(seconds)
    tracer.terminate()
    tracer.wait()
    stage.figures["not_full"] = 0 if "No space left" in stage.log(DATABASE) else 1


@fault("F21", "no space for data for fifteen seconds (strace: ENOSPC)", Target("recovery", 5, 90), TRACES,
       Target("not_full", 0, 0))  # fmt: skip
def data_full(stage: Stage) -> None:
    """The files of the tables that the traffic writes, and their indexes."""
    tables = sorted({check.table for check in CHECKS} | {f"{service}.outbox" for service in SERVICES})
    named = ", ".join(f"'{table}'::regclass" for table in tables)
    found = stage.sql(f"SELECT pg_relation_filepath(c.oid) FROM pg_class c WHERE c.oid IN ({named})"
                      f" OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid IN ({named}))")  # fmt: skip
    _no_space(stage, [row[0] for row in found], 15)
    stage.recovered()


@fault("F22", "no space for the write-ahead log (strace: ENOSPC)", Target("recovery", 10, 90), TRACES,
       Target("not_full", 0, 0))  # fmt: skip
def log_full(stage: Stage) -> None:
    """PANIC; the server ends, and its container starts it again."""
    segment = stage.sql("SELECT pg_walfile_name(pg_current_wal_lsn())")[0][0]
    _no_space(stage, [f"pg_wal/{segment}"], 10)
    stage.recovered()


@fault("F25", "a query that eats the memory of the database's container", Target("recovery", 10, 90), TRACES,
       Target("survived", 0))  # fmt: skip
def hungry(stage: Stage) -> None:
    """As the administrator, whom no limit holds; the kernel kills it, and the server recovers."""
    try:
        with stage.engine.database() as connection:
            connection.execute("SET work_mem = '8GB'")
            connection.execute("SET max_parallel_workers_per_gather = 0")
            connection.execute("SELECT count(*) FROM (SELECT repeat(n::text, 200) AS word FROM"
                               " generate_series(1, 4000000) AS n ORDER BY 1 OFFSET 1) AS sorted")  # fmt: skip
        stage.figures["survived"] = 1
    except psycopg.OperationalError:
        stage.figures["survived"] = 0
    stage.recovered()


@fault("F24", "the database starved to a twentieth of a core for ten seconds", Target("recovery", 10, 60), TRACES)
def starved(stage: Stage) -> None:
    stage.engine.docker("update --cpus 0.05", DATABASE)
    time.sleep(10)
    stage.engine.docker("update --cpus 2", DATABASE)
    stage.recovered()

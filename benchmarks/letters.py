"""How fast letters leave, through real sockets to stand-ins on this machine, beside Celery with smtplib and requests.

Ours writes the letter from a row, sends, notes, marks and tells. Celery is given the finished words, and writes nothing
down. Both have two processes and begin with everything waiting; a rate is that of what arrives.
`python -m benchmarks.letters email|sms` sends what waits, with the settings in the environment.
"""

import asyncio
import contextlib
import os
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import psycopg
from sqlalchemy import Engine, event, text

from benchmarks.place import Place, wait_until
from services.notifications.use_cases.delivery import PostOffice
from services.notifications.use_cases.gateways import GatewayApi, Suppliers
from shared import broker, clock, config
from shared.calendar import danish_time
from shared.database import Database, new_id
from shared.suppliers import GATEWAYAPI, SmsAccount

MAILS, TEXTS, PEER_LETTERS, PEOPLE = 5_000, 100_000, 2_000, 1_000
EMAIL, SMS = "email", "sms"
PROCESSES, QUEUE, EACH = 2, "bench.letters", 10_000
MIB = 2**20


class StandIns(threading.Thread):
    """A mail server and an SMS supplier that take everything; `came` says when, by channel."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.came: dict[str, list[float]] = {EMAIL: [], SMS: []}
        self.ports: dict[str, int] = {}
        self._ready = threading.Event()
        self.start()
        self._ready.wait(10)

    def per_s(self, channel: str, count: int) -> float:
        """The pace of so many that came, which are all; the next begin anew."""
        came = self.came[channel]
        assert len(came) == count, len(came)
        pace = (count - 1) / (came[-1] - came[0])
        came.clear()
        return pace

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        talks = {EMAIL: self._mail, SMS: self._text}
        servers = {name: await asyncio.start_server(talk, "127.0.0.1", 0) for name, talk in talks.items()}
        self.ports = {name: server.sockets[0].getsockname()[1] for name, server in servers.items()}
        self._ready.set()
        await asyncio.gather(*(server.serve_forever() for server in servers.values()))

    async def _mail(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 bench\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                self.came[EMAIL].append(time.perf_counter())
            writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 yes\r\n")
            if verb == b"QUIT":
                break
        writer.close()

    async def _text(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = b'{"ids":[421332671]}'
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                size = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                await reader.readexactly(int(size.split(b":")[1]))
                self.came[SMS].append(time.perf_counter())
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        writer.close()


def measure(place: Place, connection: psycopg.Connection[Any]) -> dict[str, float]:
    """Letters a second of ours and Celery's, our statements a letter, and how our memory grew."""
    away = StandIns()
    _people(connection)
    figures: dict[str, float] = {}
    for channel, name, count in ((EMAIL, "mails", MAILS), (SMS, "texts", TEXTS)):
        _waiting(connection, channel, count)
        told = _ours(place, away, channel, count)
        sent = connection.execute("SELECT count(*) FROM notifications.message WHERE state = 'sent'").fetchone()
        assert sent == (count,), sent
        peer = _celery(place, away, channel)
        print(f"  {name}: ours {told['per_s']:,.0f}, Celery {peer:,.0f} a second")
        figures |= {
            f"letters.{name}_per_s": round(told["per_s"]), f"letters.{name}_ratio": round(told["per_s"] / peer, 2),
            f"letters.{name}_cpu_ms": told["cpu_ms"], f"letters.{name}_statements": told["statements"],
            f"letters.{name}_grown_mib": told["grown_mib"], f"peer.celery_{name}_per_s": round(peer),
        }  # fmt: skip
    return figures


def _ours(place: Place, away: StandIns, channel: str, count: int) -> dict[str, float]:
    environ = dict(place.environments["notifications"]) | {
        "SMTP_URL": f"smtp://127.0.0.1:{away.ports[EMAIL]}", "BENCH_SMS": str(away.ports[SMS]),
    }  # fmt: skip
    command = ("-m", "benchmarks.letters", channel)
    with contextlib.ExitStack() as stack:
        senders = [stack.enter_context(place.finite(*command, **environ)) for _ in range(PROCESSES)]
        told = [orjson.loads(one.read().splitlines()[-1]) for one in senders]
    for one in told:
        print(f"  {channel}: memory at each {EACH:,}, MiB: {', '.join(f'{mib:.0f}' for mib in one['memory'])}")
    per_s = away.per_s(channel, count)
    cpu_ms, statements = (round(sum(one[name] for one in told) / count, 2) for name in ("cpu_ms", "statements"))
    grown = max(one["memory"][-1] - one["memory"][0] for one in told)
    return {"per_s": per_s, "cpu_ms": cpu_ms, "statements": statements, "grown_mib": round(grown, 1)}


def _people(connection: psycopg.Connection[Any]) -> None:
    connection.execute(
        "INSERT INTO notifications.address (id, kind, version, name, email, phone, language, digital_post_exempt,"
        " protected) SELECT gen_random_uuid(), 'citizen', 1, 'Prøve Person', 'proeve' || number || '@example.dk',"
        " '+4520123456', 'da', false, false FROM generate_series(1, %s) AS number",
        (PEOPLE,),
    )


def _waiting(connection: psycopg.Connection[Any], channel: str, count: int) -> None:
    begins = danish_time(clock.today(), 12) + timedelta(hours=20)
    noon = begins - timedelta(hours=21)
    meeting = {"id": str(new_id()), "starts_at": begins.isoformat(), "ends_at": None, "place": "jobbutik", "form": None}
    data = orjson.dumps({"appointments": [meeting], "guidance": None}).decode()
    connection.execute("TRUNCATE notifications.message, notifications.handover, notifications.outbox CASCADE")
    connection.execute(
        "INSERT INTO notifications.message (id, version, cause_id, cause_version, cause_event, correlation_id,"
        " template, recipient_kind, recipient_id, round, people, data, urgency, expires_at, state, channel, language,"
        " made_at, attempts, next_try_at) SELECT gen_random_uuid(), 1, gen_random_uuid(), 1, gen_random_uuid(),"
        " 'bench', 'visitation_booked', 'citizen', person, 0, ARRAY[person], %s::jsonb, 0, %s, 'queued', %s, 'da', %s,"
        " 0, %s FROM generate_series(1, %s) AS number"
        " JOIN (SELECT id, row_number() OVER () AS place FROM notifications.address) AS known (person, place)"
        " ON place = number %% %s + 1",
        (data, begins, channel, noon, noon, count, PEOPLE),
    )
    connection.execute("ANALYZE notifications.message, notifications.address")


def _celery(place: Place, away: StandIns, channel: str) -> float:
    environ = {"AMQP_URL": place.amqp_url, "BENCH_PORT": str(away.ports[channel])}
    worker = ("-m", "celery", "-A", "benchmarks.peer_letters", "worker", "-c", str(PROCESSES), "-l", "error")
    with _queue_of_its_own(place.amqp_url):
        with place.finite("-m", "benchmarks.peer_letters", channel, str(PEER_LETTERS), **environ):
            pass
        with place.processes(worker, **environ):
            wait_until(lambda: len(away.came[channel]) >= PEER_LETTERS, "Celery's letters", 240)
    return away.per_s(channel, PEER_LETTERS)


@contextlib.contextmanager
def _queue_of_its_own(amqp_url: str) -> Iterator[None]:
    try:
        yield
    finally:
        with broker.blocking_channel(amqp_url) as channel:
            channel.queue_delete(QUEUE)
            channel.exchange_delete(QUEUE)


def send(channel: str) -> None:
    """Until nothing waits; says with how many statements, how much of a core, and the memory now and then."""
    settings = config.read()
    words = secrets.token_urlsafe(), secrets.token_urlsafe()
    account = SmsAccount(url=f"http://127.0.0.1:{os.environ['BENCH_SMS']}", secret=words[0], receipt_secret=words[1])
    found = Suppliers({GATEWAYAPI: 1}, {GATEWAYAPI: GatewayApi(account, settings.public_url)})
    office, database = PostOffice(found, (channel,)), Database(settings)
    statements = _counted(database.bind)
    memory, sent, more, began = list[float](), 0, True, time.process_time()
    # Texts wait for the day, whatever the hour of the measurement.
    with clock.moved_to(danish_time(clock.today(), 12)):
        while more or _waits(database):
            with database.begin(actor="benchmark") as session:
                more = office.deliver(session)
                sent += len(session.info["told"])
            if sent >= EACH * (len(memory) + 1) or not memory:
                memory.append(_resident())
    memory.append(_resident())
    cpu_ms = (time.process_time() - began) * 1000
    print(orjson.dumps({"cpu_ms": cpu_ms, "statements": statements.total(), "memory": memory}).decode())


def _waits(database: Database) -> bool:
    with database.begin(actor="benchmark") as session:
        return bool(session.scalar(text("SELECT EXISTS (SELECT FROM message WHERE state = 'queued')")))


def _counted(engine: Any) -> Counter[str]:
    made: Counter[str] = Counter()
    assert isinstance(engine, Engine)
    event.listen(engine, "before_cursor_execute", lambda *_: made.update(["statements"]))
    return made


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MIB


if __name__ == "__main__":
    send(*sys.argv[1:])

"""The same work by others: each event published with a confirm, and an inbox row and a copy committed one by one.

Producer and consumers run at once, as ours do; a peer has two consumer processes, which acknowledge after their
commit, on a quorum queue, with the very envelopes that our outbox holds.
`python -m benchmarks.peers celery|faststream|pika consume|produce`
"""

import asyncio
import os
import sys
import time
from typing import Any

import orjson
import pika
import psycopg

from benchmarks.place import Place, wait_until
from shared import broker

EVENTS = 2_000
PROCESSES = 2
POOL = 8
QUEUES = {"celery": "bench.celery", "faststream": "bench.faststream", "pika": "bench.pika"}
TABLES = """
    CREATE TABLE IF NOT EXISTS matching.peer_inbox (
        event_id uuid PRIMARY KEY, handled_at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    CREATE TABLE IF NOT EXISTS matching.peer_copy (
        citizen_id uuid PRIMARY KEY, version integer NOT NULL, protected boolean NOT NULL, postal_code text
    );
    GRANT ALL ON matching.peer_inbox, matching.peer_copy TO matching;
"""
CLAIM = "INSERT INTO peer_inbox (event_id) VALUES (%s) ON CONFLICT DO NOTHING RETURNING event_id"
KEEP = (
    "INSERT INTO peer_copy (citizen_id, version, protected, postal_code) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (citizen_id) DO UPDATE SET version = excluded.version, protected = excluded.protected,"
    " postal_code = excluded.postal_code WHERE peer_copy.version <= excluded.version"
)


def parameters(envelope: dict[str, Any]) -> tuple[Any, ...]:
    """What the effect keeps of an event."""
    data = envelope["data"]
    return data["citizen_id"], envelope["subjectversion"], data["protected"], data["postal_code"]


def take_effect(connection: psycopg.Connection[Any], envelope: dict[str, Any]) -> None:
    """One event, one transaction."""
    with connection.transaction():
        if connection.execute(CLAIM, (envelope["id"],), prepare=True).fetchone():
            connection.execute(KEEP, parameters(envelope), prepare=True)


def throughput(place: Place, connection: psycopg.Connection[Any], peer: str) -> float:
    """Events a second, from the first publish to the last effect; the consumers wait ready before."""
    connection.execute("TRUNCATE matching.peer_inbox, matching.peer_copy")
    _fresh_queue(place.amqp_url, peer)
    environ = {"DATABASE_URL": place.environments["matching"]["DATABASE_URL"], "AMQP_URL": place.amqp_url}
    consumers: list[tuple[str, ...]] = [("-m", "benchmarks.peers", peer, "consume")] * PROCESSES
    if peer == "celery":
        consumers = [("-W", "ignore", "-m", "celery", "-A", "benchmarks.peer_celery", "worker", "--loglevel", "ERROR")]

    def handled() -> int:
        row = connection.execute("SELECT count(*) FROM matching.peer_inbox").fetchone()
        return int(row[0]) if row else 0

    with place.processes(*consumers, **environ):
        wait_until(lambda: _listeners(place.amqp_url, peer) >= len(consumers), f"{peer} listens", 60, 0.2)
        producer = environ | {"DATABASE_URL": place.environments["intake"]["DATABASE_URL"]}
        with place.finite("-m", "benchmarks.peers", peer, "produce", **producer) as output:
            started = float(output.readline())
            wait_until(lambda: handled() >= EVENTS, f"{peer}'s every effect")
            return EVENTS / (time.time() - started)


def _fresh_queue(amqp_url: str, peer: str) -> None:
    with broker.blocking_channel(amqp_url) as channel:
        channel.queue_delete(QUEUES[peer])
        channel.queue_declare(QUEUES[peer], durable=True, arguments={"x-queue-type": "quorum"})


def _listeners(amqp_url: str, peer: str) -> int:
    with broker.blocking_channel(amqp_url) as channel:
        return int(channel.queue_declare(QUEUES[peer], passive=True).method.consumer_count)


def committed() -> list[bytes]:
    """The envelopes, from rows that intake committed."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        rows = connection.execute("SELECT body FROM bench_outbox LIMIT %s", (EVENTS,))
        return [body.encode() for (body,) in rows]


def say_when() -> None:
    """The moment of the first publish, for the one who measures."""
    print(repr(time.time()), flush=True)


def remove_queues(amqp_url: str) -> None:
    """Nothing of the peers stays on the broker."""
    with broker.blocking_channel(amqp_url) as channel:
        for queue in QUEUES.values():
            channel.queue_delete(queue)


def pika_consume() -> None:
    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    channel = pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"])).channel()
    channel.basic_qos(prefetch_count=100)

    def on_message(_channel: Any, method: Any, _properties: Any, body: bytes) -> None:
        take_effect(connection, orjson.loads(body))
        channel.basic_ack(method.delivery_tag)

    channel.basic_consume(QUEUES["pika"], on_message)
    channel.start_consuming()


def pika_produce(bodies: list[bytes]) -> None:
    channel = pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"])).channel()
    channel.confirm_delivery()
    say_when()
    for body in bodies:
        channel.basic_publish("", QUEUES["pika"], body, pika.BasicProperties(delivery_mode=2), mandatory=True)


def faststream_consume() -> None:
    from faststream import AckPolicy, FastStream  # noqa: PLC0415  only this peer's processes load it
    from faststream.rabbit import Channel, QueueType, RabbitBroker, RabbitQueue  # noqa: PLC0415  as above

    own = RabbitBroker(os.environ["AMQP_URL"], default_channel=Channel(prefetch_count=100), logger=None)
    queue = RabbitQueue(QUEUES["faststream"], queue_type=QueueType.QUORUM, durable=True, declare=False)
    pool: asyncio.Queue[psycopg.AsyncConnection[Any]] = asyncio.Queue()

    @own.subscriber(queue, ack_policy=AckPolicy.NACK_ON_ERROR)
    async def handle(body: dict[str, Any]) -> None:
        connection = await pool.get()
        try:
            async with connection.transaction():
                cursor = await connection.execute(CLAIM, (body["id"],), prepare=True)
                if await cursor.fetchone():
                    await connection.execute(KEEP, parameters(body), prepare=True)
        finally:
            pool.put_nowait(connection)

    async def run() -> None:
        for _ in range(POOL):
            pool.put_nowait(await psycopg.AsyncConnection.connect(os.environ["DATABASE_URL"], autocommit=True))
        await FastStream(own, logger=None).run()

    asyncio.run(run())


def faststream_produce(bodies: list[bytes]) -> None:
    from faststream.rabbit import RabbitBroker  # noqa: PLC0415  only this peer's processes load it

    async def run() -> None:
        async with RabbitBroker(os.environ["AMQP_URL"], logger=None) as own:
            say_when()
            for start in range(0, len(bodies), POOL):
                await asyncio.gather(
                    *(
                        own.publish(
                            body, QUEUES["faststream"], persist=True, mandatory=True, content_type="application/json"
                        )
                        for body in bodies[start : start + POOL]
                    )
                )

    asyncio.run(run())


def celery_produce(bodies: list[bytes]) -> None:
    from benchmarks.peer_celery import app, handle  # noqa: PLC0415  reads its settings from the environment

    with app.producer_pool.acquire(block=True) as producer:
        say_when()
        for body in bodies:
            handle.apply_async(args=[orjson.loads(body)], producer=producer)


def main() -> None:
    peer, role = sys.argv[1:]
    if role == "consume":
        {"pika": pika_consume, "faststream": faststream_consume}[peer]()
    else:
        {"celery": celery_produce, "faststream": faststream_produce, "pika": pika_produce}[peer](committed())


if __name__ == "__main__":
    main()

"""Services played day by day: acts under a moved clock, and each event heard the same day.

What an act tells is recorded as ever, and marked as published with the time of the story, so that no broker carries it;
the listeners' own handlers take it. What lies in the past is told as replayed, so that no letter of it goes out.
"""

import heapq
import importlib
import itertools
import logging
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from demo.people import find
from demo.town.post import Post, deliveries
from shared import clock, envelope
from shared.auth import Principal
from shared.calendar import danish_day, danish_time
from shared.config import Settings
from shared.database import Database, new_id
from shared.envelope import TYPE_PREFIX, Trace
from shared.errors import Refused
from shared.events import BY_KIND, FOLLOWUP, INTAKE, MATCHING, NOTIFICATIONS, SUBSCRIPTIONS, Event
from shared.handling import PAUSES, Handling

ACTOR = "demo-town"
# Who hears whom within a day; what is told against the order is heard on the next.
ORDER = (INTAKE, MATCHING, FOLLOWUP)
LEFT_OPEN = timedelta(days=16)
Do = Callable[[Session], Any]
_TOLD = text("""
    INSERT INTO outbox (event_id, type, partition_key, body, recorded_at, published_at)
    SELECT told.*, cast(:at AS timestamptz), cast(:at AS timestamptz)
    FROM json_to_recordset(cast(:told AS json)) AS told(event_id uuid, type text, key text, body text)
""")
# What the handlers recorded themselves.
_TAKE = text("""
    UPDATE outbox SET published_at = :at, recorded_at = :at WHERE published_at IS NULL
    RETURNING seq, type, partition_key, body
""")


class Told(NamedTuple):
    """An event as it lies in the outbox; those of one key are heard in their order."""

    type: str
    key: str
    body: bytes


def together(told: Iterable[Told]) -> Iterator[Told]:
    """The same kinds one after another as far as each key's order allows, as handlers take many of a kind at once."""
    waiting: dict[str, deque[Told]] = defaultdict(deque)
    for one in told:
        waiting[one.key].append(one)
    while waiting:
        ((kind, _count),) = Counter(mine[0].type for mine in waiting.values()).most_common(1)
        for key, mine in list(waiting.items()):
            while mine and mine[0].type == kind:
                yield mine.popleft()
            if not mine:
                del waiting[key]


@dataclass(order=True)
class Act:
    """Something that somebody does at a moment."""

    at: datetime
    number: int
    do: Do = field(compare=False)


class Stage:
    """Acts are planned for a moment and a service; `live` runs a day's in their order.

    It has the services whose settings it is given, and may leave acts of one of them to another process.
    """

    def __init__(self, settings: Mapping[str, Settings], now: datetime, letters_from: datetime) -> None:
        self.now, self._letters_from = now, letters_from
        self.databases = {service: Database(settings[service]) for service in settings}
        self._issuer = settings[INTAKE].oidc_issuer
        self._handling = {
            service: Handling(database, importlib.import_module(f"services.{service}.consumer").HANDLERS)
            for service, database in self.databases.items()
        }
        self._acts: dict[date, dict[str, list[Act]]] = defaultdict(lambda: defaultdict(list))
        self._letters: list[Act] = []
        self._unheard: dict[str, list[Told]] = defaultdict(list)
        self._post = Post(settings[NOTIFICATIONS]) if NOTIFICATIONS in settings else None
        self._number = itertools.count()
        self._today = date.min
        self.refused: Counter[str] = Counter()
        self.done = 0

    def who(self, sub: str) -> str:
        """The subject that one of the demo's people signs in as."""
        return str(uuid5(NAMESPACE_URL, f"{self._issuer}|{sub}"))

    def principal(self, sub: str) -> Principal:
        """One of the demo's people, signed in."""
        one = find(sub)
        if one is None:
            raise ValueError(sub)
        return Principal(self.who(sub), one.roles, one.claims.get("unit"), kind="staff", name=one.name)

    def left_open(self) -> bool:
        """Whether something of this moment may be open still: what is older has been seen to by somebody."""
        return clock.now() > self.now - LEFT_OPEN

    def plan(self, at: datetime, service: str, do: Do) -> None:
        """Let it be done then; what would be after now is not done."""
        if at < self.now:
            heapq.heappush(self._acts[max(danish_day(at), self._today)][service], Act(at, next(self._number), do))

    def live(self, day: date, jobs: Mapping[str, Iterable[Do]]) -> None:
        """One day, later than those before; `jobs` are what each service does by itself that morning."""
        self._today = day
        for service in ORDER:
            self._hear(service, day)
            for job in jobs.get(service, ()):
                self.plan(danish_time(day, 5), service, job)
            self._act(service, day)
        self._hear(NOTIFICATIONS, day)
        acts = self._acts.pop(day, {})
        self._letters += acts.pop(NOTIFICATIONS, [])
        # What a later service planned for today is done tomorrow, what the post does when all is heard.
        for service, left in acts.items():
            for act in left:
                heapq.heappush(self._acts[day + timedelta(days=1)][service], act)

    def end(self) -> None:
        """The last letters, and all that is still to be heard."""
        today = danish_day(self.now)
        if self._post:
            self._post.end()
        self._acts[today][NOTIFICATIONS] = self._letters
        self._act(NOTIFICATIONS, today)
        self._take_told(NOTIFICATIONS, self.now)
        while any(self._unheard.values()):
            for service in (*ORDER, NOTIFICATIONS):
                self._hear(service, today)

    def take_unheard(self) -> dict[str, list[Told]]:
        """What was told since the last time, by listener, for another stage to hear."""
        taken, self._unheard = dict(self._unheard), defaultdict(list)
        return taken

    def to_hear(self, told: Mapping[str, Iterable[Told]]) -> None:
        """What another stage has told, by listener."""
        for listener, events in told.items():
            self._unheard[listener] += events

    def give_up(self, service: str, event: Event, since: datetime) -> None:
        """An event that its listener cannot handle, tried anew after each pause until it is dead."""
        settings, trace = self.databases[service].settings, Trace(correlation_id=str(new_id()))
        # It is meant to fail, and whoever watches would take the words for a mishap.
        logging.disable(logging.ERROR)
        with clock.moved_to(since):
            _id, body = envelope.write(event, version=2, trace=trace, seals=settings.seal_public_keys)
            self._handling[service].handle(deliveries([body]))
        for pause in PAUSES:
            since += timedelta(seconds=pause + 1)
            with clock.moved_to(since):
                self._handling[service].retry_due()
        logging.disable(logging.NOTSET)

    def close(self) -> None:
        """Let the connections go, and the other process."""
        if self._post:
            self._post.stop()
        for database in self.databases.values():
            database.close()

    def _act(self, service: str, day: date) -> None:
        acts = self._acts[day][service]
        if not acts:
            return
        with self._transaction(service) as session:
            _by_hand(session, "SAVEPOINT act")
            while acts:
                act = heapq.heappop(acts)
                self._one(session, act)
        self._acts[day].pop(service)

    def _one(self, session: Session, act: Act) -> None:
        told = session.info["told"]
        before = len(told)
        session.info["trace"] = Trace(correlation_id=str(new_id()), replayed=act.at < self._letters_from)
        with clock.moved_to(act.at):
            try:
                act.do(session)
                session.flush()
                self.done += 1
                _by_hand(session, "RELEASE SAVEPOINT act; SAVEPOINT act")
            except Refused as refused:
                del told[before:]
                self.refused[refused.code] += 1
                _by_hand(session, "ROLLBACK TO SAVEPOINT act")
                session.expunge_all()

    @contextmanager
    def _transaction(self, service: str) -> Any:
        with self.databases[service].begin(actor=ACTOR) as session:
            yield session
            session.flush()
            told, session.info["told"] = session.info["told"], []
            if told:
                at = min(danish_time(self._today, 23), self.now)
                session.execute(_TOLD, {"told": orjson.dumps(told).decode(), "at": at})
        for one in told:
            self._tell(Told(one["type"], one["key"], one["body"].encode()))

    def _tell(self, told: Told) -> None:
        for listener in SUBSCRIPTIONS[BY_KIND[told.type.removeprefix(TYPE_PREFIX)]]:
            self._unheard[listener].append(told)

    def _hear(self, service: str, day: date) -> None:
        if service not in self.databases or not self._unheard.get(service):
            return
        bodies = [one.body for one in together(self._unheard.pop(service))]
        at = min(danish_time(day, 18), self.now)
        if service == NOTIFICATIONS and self._post and self._post.hears:
            self._post.hear(at, bodies)
            return
        with clock.moved_to(at):
            self._handling[service].handle(deliveries(bodies))
        self._take_told(service, at)

    def _take_told(self, service: str, at: datetime) -> None:
        with self.databases[service].begin(actor=ACTOR) as session:
            told = session.execute(_TAKE, {"at": at}).all()
        for one in sorted(told):
            self._tell(Told(one.type, one.partition_key, one.body.encode()))


def _by_hand(session: Session, statement: str) -> None:
    """In one round trip: the session's own savepoints take three times as long, a tenth of the play."""
    driver: Any = session.connection().connection.driver_connection
    driver.execute(statement, prepare=False)

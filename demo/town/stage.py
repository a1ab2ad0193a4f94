"""The four services in one process, played day by day: acts under a moved clock, each event heard the same day.

What an act tells is recorded as ever, and marked as published with the time of the story, so that no broker carries it;
the listeners' own handlers take it. What lies in the past is told as replayed, so that no letter of it goes out.
"""

import heapq
import importlib
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
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
LATE = timedelta(hours=2)
Do = Callable[[Session], Any]
_TOLD = text("""
    INSERT INTO outbox (event_id, type, partition_key, body, recorded_at, published_at)
    SELECT told.*, cast(:at AS timestamptz), cast(:at AS timestamptz)
    FROM json_to_recordset(cast(:told AS json)) AS told(event_id uuid, type text, key text, body text)
""")
# What the handlers recorded themselves.
_TAKE = text("""
    UPDATE outbox SET published_at = :at, recorded_at = :at WHERE published_at IS NULL RETURNING seq, type, body
""")


@dataclass(order=True)
class Act:
    """Something that somebody does at a moment."""

    at: datetime
    number: int
    do: Do = field(compare=False)


class Stage:
    """Acts are planned for a moment and a service; `play` runs them in their order until `now`."""

    def __init__(self, settings: Mapping[str, Settings], now: datetime, letters_from: datetime) -> None:
        self.now, self._letters_from = now, letters_from
        self.databases = {service: Database(settings[service]) for service in settings}
        self._issuer = settings[INTAKE].oidc_issuer
        self._handling = {
            service: Handling(database, importlib.import_module(f"services.{service}.consumer").HANDLERS)
            for service, database in self.databases.items()
        }
        self._acts: dict[date, dict[str, list[Act]]] = defaultdict(lambda: defaultdict(list))
        self._unheard: dict[str, list[bytes]] = defaultdict(list)
        self._post = Post(settings[NOTIFICATIONS])
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

    def plan(self, at: datetime, service: str, do: Do) -> None:
        """Let it be done then; what would be after now is not done."""
        if at < self.now:
            heapq.heappush(self._acts[max(danish_day(at), self._today)][service], Act(at, next(self._number), do))

    def play(self, jobs: Callable[[date], Mapping[str, Iterable[Do]]], each_day: Callable[[date], None]) -> None:
        """Every day that has something, in order; `jobs` are what each service does by itself that morning."""
        letters: list[Act] = []
        while self._acts:
            day = self._today = min(self._acts)
            for service in ORDER:
                self._hear(service, day)
                for job in jobs(day).get(service, ()):
                    self.plan(danish_time(day, 5), service, job)
                self._act(service, day)
            # Acts planned for today by a later service are done tomorrow, those of the post when all is heard.
            self._hear(NOTIFICATIONS, day)
            letters += self._acts[day].pop(NOTIFICATIONS, [])
            left = self._acts.pop(day)
            for service, acts in left.items():
                for act in acts:
                    heapq.heappush(self._acts[day + timedelta(days=1)][service], act)
            each_day(day)
        self._post.end()
        self._acts[danish_day(self.now)][NOTIFICATIONS] = letters
        self._act(NOTIFICATIONS, danish_day(self.now))
        self._take_told(NOTIFICATIONS, self.now)
        while any(self._unheard.values()):
            for service in (*ORDER, NOTIFICATIONS):
                self._hear(service, danish_day(self.now))

    def give_up(self, service: str, event: Event, since: datetime) -> None:
        """An event that its listener cannot handle, tried anew after each pause until it is dead."""
        settings, trace = self.databases[service].settings, Trace(correlation_id=str(new_id()))
        with clock.moved_to(since):
            _id, body = envelope.write(event, version=2, trace=trace, seals=settings.seal_public_keys)
            self._handling[service].handle(deliveries([body]))
        for pause in PAUSES:
            since += timedelta(seconds=pause + 1)
            with clock.moved_to(since):
                self._handling[service].retry_due()

    def close(self) -> None:
        """Let the connections go, and the other process."""
        self._post.stop()
        for database in self.databases.values():
            database.close()

    def _act(self, service: str, day: date) -> None:
        acts = self._acts[day][service]
        if not acts:
            return
        with self._transaction(service) as session:
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
                with session.begin_nested():
                    act.do(session)
                self.done += 1
            except Refused as refused:
                del told[before:]
                self.refused[refused.code] += 1
                session.expire_all()

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
            self._tell(one["type"], one["body"])

    def _tell(self, wire_type: str, body: str) -> None:
        for listener in SUBSCRIPTIONS[BY_KIND[wire_type.removeprefix(TYPE_PREFIX)]]:
            self._unheard[listener].append(body.encode())

    def _hear(self, service: str, day: date) -> None:
        bodies = self._unheard.pop(service, [])
        if not bodies:
            return
        at = min(danish_time(day, 18), self.now)
        if service == NOTIFICATIONS and self._post.hears:
            self._post.hear(at, bodies)
            return
        with clock.moved_to(at):
            self._handling[service].handle(deliveries(bodies))
        self._take_told(service, at)

    def _take_told(self, service: str, at: datetime) -> None:
        with self.databases[service].begin(actor=ACTOR) as session:
            told = session.execute(_TAKE, {"at": at}).all()
        for one in sorted(told):
            self._tell(one.type, one.body)

"""The index of candidates that each web process keeps of its own database, brought up to date by every request.

No row is missed: what a transaction changes bears its number, and whatever was not yet visible when we last looked
has a number from the oldest transaction then under way on. A restored database may hold numbers above the present
ones; such rows were read when the process began, and are numbered anew when they change.
"""

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import BigInteger, Integer, String, cast, func, literal, select, true, union
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.matching.engine.facts import Candidate, Opening, Ranking, Stamp
from services.matching.engine.people import People
from services.matching.engine.points import Scales
from services.matching.engine.ranking import LeftOut, rank
from services.matching.models import Attention, CandidateRemoval, CitizenCopy, Knowledge, WishesCopy
from services.matching.queries import attention
from services.matching.rules import catalogue
from services.matching.rules.week import minute_of, read_week
from shared.database import Database
from shared.errors import NotFound

TRIES = 3
_SETS = ("skills", "shifts", "languages", "strengths", "soft_wishes", "months")
T = TypeVar("T")
Told = dict[UUID, tuple[Candidate, Stamp]]

# The columns are named one by one, so that no name is ever read where people are ranked, and thousands of rows need
# no object of their own. Until intake has told, an address counts as protected.
_COLUMNS = (
    WishesCopy.citizen_id, WishesCopy.occupations, WishesCopy.forms, WishesCopy.weekly_hours_min,
    WishesCopy.weekly_hours_max, WishesCopy.availability, WishesCopy.travel_km_max, WishesCopy.licences,
    WishesCopy.needs, WishesCopy.mentor_wanted, WishesCopy.consent_to_matching,
    func.coalesce(CitizenCopy.protected, true()).label("place_hidden"),
    func.coalesce(CitizenCopy.postal_code, WishesCopy.postal_code).label("postal_code"),
    func.coalesce(Knowledge.skills, literal([], ARRAY(Integer))).label("skills"), Knowledge.danish_level,
    Knowledge.transport, Knowledge.transport_from, Knowledge.transport_until, Knowledge.travel_minutes_max,
    *(func.coalesce(column, literal([], ARRAY(String))).label(column.key) for column in (
        Knowledge.shifts, Knowledge.languages, Knowledge.strengths, Knowledge.soft_wishes, Knowledge.months,
        Knowledge.hour_steps)),
    (WishesCopy.version + func.coalesce(Knowledge.version, 0)).label("wishes_version"),
    func.coalesce(CitizenCopy.version, 0).label("citizen_version"),
    attention.SEEN.label("seen"),
)  # fmt: skip
_WISHES = (
    select(*_COLUMNS)
    .outerjoin(CitizenCopy, CitizenCopy.citizen_id == WishesCopy.citizen_id)
    .outerjoin(Knowledge, Knowledge.citizen_id == WishesCopy.citizen_id)
    .outerjoin(Attention, Attention.citizen_id == WishesCopy.citizen_id)
)


def _number(moment: Any) -> Any:
    return cast(cast(moment, String), BigInteger)


_SNAPSHOT = func.pg_current_snapshot()
_MARK = select(
    _number(func.pg_snapshot_xmin(_SNAPSHOT)).label("mark"),
    select(CandidateRemoval.changed).scalar_subquery().label("removed"),
).subquery()


def _with_mark(rows: Any) -> Any:
    found = rows.subquery()
    return select(_MARK, found).select_from(_MARK.outerjoin(found, true()))


def _since(since: int) -> Any:
    newest = func.greatest(_number(func.pg_snapshot_xmax(_SNAPSHOT)), _number(func.pg_current_xact_id_if_assigned()))
    changed = [
        select(copy.citizen_id).where(copy.changed >= since, copy.changed <= newest)
        for copy in (WishesCopy, CitizenCopy, Knowledge)
    ]
    return _with_mark(_WISHES.where(WishesCopy.citizen_id.in_(union(*changed))))


class Pool:
    """One database's candidates. Everything happens under the lock."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.people = People()
        self._seen, self._removed = 0, -1
        self._lately: tuple[date, date] | None = None

    def refresh(self, session: Session, scales: Scales) -> None:
        """Read what was committed since; everything, the first time and after somebody went."""
        told, days = session.connection(), attention.days(scales)
        news = told.execute(_since(self._seen), days).all() if self._removed >= 0 else []
        if not news or news[0].removed != self._removed:
            with _no_collecting():
                news = told.execute(_with_mark(_WISHES.where(WishesCopy.consent_to_matching)), days).all()
                self.people = People(_told(row) for row in news if row.citizen_id)
        else:
            self.people.put(_told(row) for row in news if row.citizen_id)
        self._seen, self._removed = news[0].mark, news[0].removed
        if self._lately != scales.lately:
            self.people.see(attention.seen(session, scales))
            self._lately = scales.lately


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Going through everything again and again while it only grows takes longer than the reading itself."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


_POOLS: WeakKeyDictionary[Database, Pool] = WeakKeyDictionary()
_NEW = Lock()


def _pool(session: Session) -> Pool:
    with _NEW:
        return _POOLS.setdefault(session.info["database"], Pool())


def ranked(
    session: Session, opening: Opening, scales: Scales, *, salt: str, most: int, left_out: LeftOut
) -> tuple[Ranking, dict[UUID, Candidate]]:
    """The list for a need with those who stand on it, each confirmed to consent and to be as they were ranked."""
    pool = _pool(session)
    for _try in range(TRIES):
        with pool.lock:
            pool.refresh(session, scales)
            found = rank(opening, pool.people, scales, salt=salt, most=most, left_out=left_out)
            shown = [one.key for one in (*found.fits, *found.near_misses)]
            stamps = pool.people.stamps(shown)
        told = confirmed(session, shown, scales)
        sure = {key: one for key, (one, stamp) in told.items() if stamps.get(key) == stamp}
        if len(sure) == len(shown):
            break
    fits, near = (tuple(one for one in part if one.key in sure) for part in (found.fits, found.near_misses))
    return Ranking(found.fitting, fits, near, found.excluded), sure


def with_people(session: Session, scales: Scales, work: Callable[[People], T]) -> T:
    """What `work` gives of everybody who takes part, while nobody else in this process ranks."""
    pool = _pool(session)
    with pool.lock:
        pool.refresh(session, scales)
        return work(pool.people)


def confirmed(session: Session, people: Collection[UUID], scales: Scales) -> Told:
    """Those of them who consent, as they are now."""
    asked = _WISHES.where(WishesCopy.citizen_id.in_(people), WishesCopy.consent_to_matching)
    rows = session.execute(asked, attention.days(scales))
    return {row.citizen_id: _told(row) for row in rows}


def candidate(session: Session, citizen_id: UUID, scales: Scales) -> Candidate:
    """One citizen as the rules see them; raises NotFound where no wishes are known."""
    row = session.execute(_WISHES.where(WishesCopy.citizen_id == citizen_id), attention.days(scales)).one_or_none()
    if row is None:
        raise NotFound
    return _told(row)[0]


def _told(row: Any) -> tuple[Candidate, Stamp]:
    one = Candidate(
        citizen_id=row.citizen_id,
        occupations=tuple(row.occupations),
        forms=frozenset(row.forms),
        weekly_hours_min=row.weekly_hours_min,
        weekly_hours_max=row.weekly_hours_max,
        availability=read_week(tuple(row.availability)),
        place=catalogue.find_place(row.postal_code),
        place_hidden=row.place_hidden,
        travel_km_max=row.travel_km_max,
        licences=frozenset(row.licences),
        needs=frozenset(row.needs),
        mentor_wanted=row.mentor_wanted,
        consent=row.consent_to_matching,
        seen=row.seen,
        danish_level=row.danish_level,
        transport=row.transport,
        gets_about=(minute_of(row.transport_from or "00:00"), minute_of(row.transport_until or "24:00")),
        travel_minutes_max=row.travel_minutes_max,
        hour_steps=tuple(row.hour_steps),
        **{name: frozenset(getattr(row, name)) for name in _SETS},
    )
    return one, Stamp(row.wishes_version, row.citizen_version)

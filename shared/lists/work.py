"""The worker's part of a list: try it, register the chosen lines in one transaction, take them back; let files go."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from shared import clock, lookups
from shared.database import unreachable
from shared.errors import Refused
from shared.handling import Job
from shared.lists import keeping, reading
from shared.lists.keeping import AT_WORK, CHECKED, DONE, FAILED, ORDERED, RETURNED, RETURNING, TRYING
from shared.lists.kinds import KNOWN, WRONG, Line, Lists
from shared.lists.models import ListImportRow
from shared.logs import kind_and_place
from shared.lookups import About

log = logging.getLogger(__name__)
EACH = 100
_ACTOR = text("SELECT set_config('jb.actor', :actor, true)")
_PROGRESS = text("UPDATE list_import SET done = :done WHERE id = :id AND state = :state RETURNING id")
_FAILED = text("UPDATE list_import SET state = :state, done = 0 WHERE id = :id")


class Overtaken(Exception):
    """A line that was good when it was chosen is so no more."""


def job(lists: Lists) -> Job:
    """A list is worked on within a second of being ordered."""
    return Job(every=1, run=lambda session: run(session, lists))


def run(session: Session, lists: Lists) -> bool:
    """Forget files whose hour is over, then work on one list; True while there may be more."""
    model = lists.model
    session.execute(delete(model).where(model.expires_at <= clock.now()))
    # Not locked: progress is told meanwhile by another connection, and whoever discards the list ends the work.
    one: ListImportRow | None = session.scalar(
        select(model).where(model.state.in_(AT_WORK)).order_by(model.made_at, model.id).limit(1)
    )
    if one is None:
        return False
    told, session.info["looked"], ordered = len(session.info["told"]), set(), one.state
    session.execute(_ACTOR, {"actor": one.made_by})
    try:
        with session.begin_nested():
            _WORK[ordered](session, lists, one)
    except Exception as error:
        if unreachable(error):
            raise
        log.error("list %s failed: %s", one.id, kind_and_place(error))  # noqa: TRY400  the text may name a person
        del session.info["told"][told:]
        # A list that is done with no line gone through is one that could not be taken back; the pages say so.
        session.execute(_FAILED, {"id": one.id, "state": DONE if ordered == RETURNING else FAILED})
        return True
    how = "search" if ordered == TRYING else "change"
    # The unit's border was kept when the list was ordered, by what the person had opened; none of that is known here.
    about = About(lists.data, how=how, purpose=lists.purpose, any_unit=True)
    lookups.write(session, one.who(), about, "import")
    return True


def _try(session: Session, lists: Lists, one: ListImportRow) -> None:
    """Every line as it would be registered after those before it, and then nothing of it."""
    kind, lines, told = lists.kind(one), _read(session, lists, one), len(session.info["told"])
    trial = session.begin_nested()
    for count, line in enumerate(lines, 1):
        if line.verdict != WRONG:
            _attempt(session, line, partial(kind.take, session, one, line))
        _tell_progress(session, one, count)
    trial.rollback()
    del session.info["told"][told:]
    one.state = CHECKED
    gone = {line.known_id for line in lines if line.verdict != KNOWN}
    for line in lines:
        line.before, line.known_id = None, None if line.known_id in gone else line.known_id
    keeping.keep_report(session, lists, one, lines)
    session.flush()


def _attempt(session: Session, line: Line, act: Callable[[], object]) -> None:
    told = len(session.info["told"])
    try:
        with session.begin_nested():
            act()
            session.flush()
    except Refused as refused:
        del session.info["told"][told:]
        line.wrong(why(refused))


def why(refused: Refused) -> dict[str, str]:
    """What a refusal says of a line."""
    return refused.fields or {"line": f"{refused.danish} / {refused.english}"}


def _register(session: Session, lists: Lists, one: ListImportRow) -> None:
    kind, lines, table = lists.kind(one), _read(session, lists, one), keeping.table_of(session, one)
    chosen = {line["line"] for line in keeping.report_of(session, one)
              if line["verdict"] in keeping.TAKEN[one.take or ""]}  # fmt: skip
    for count, line in enumerate(lines, 1):
        line.taken = line.number in chosen
        if line.taken:
            if line.verdict == WRONG:
                raise Overtaken
            kind.take(session, one, line)
        _tell_progress(session, one, count)
    left_out = {line.number for line in lines if not line.taken}
    one.state, one.done = DONE, len(lines)
    keeping.keep_report(session, lists, one, lines)
    if left_out:
        kept = (cells for number, cells in table.lines if number in left_out)
        keeping.keep_content(session, lists, one, reading.lines_as_csv(table.headings, kept))
    else:
        one.content = None
    session.flush()


def _return(session: Session, lists: Lists, one: ListImportRow) -> None:
    """The last line first; what has been built upon stays, and the report says so."""
    undo, told = lists.kind(one).undo, keeping.report_of(session, one)
    for count, row in enumerate(reversed(told), 1):
        if undo is not None and row["before"] is not None:
            line = Line(row["line"])
            _attempt(session, line, partial(undo, session, one, row["before"]))
            row["problems"], row["verdict"] = line.problems, WRONG if line.problems else row["verdict"]
        _tell_progress(session, one, count)
    one.state, one.done = RETURNED, len(told)
    keeping.write_report(session, lists, one, told)
    session.flush()


def _read(session: Session, lists: Lists, one: ListImportRow) -> list[Line]:
    return lists.kind(one).read(session, keeping.table_of(session, one), keeping.columns_of(one))


def _tell_progress(session: Session, one: ListImportRow, count: int) -> None:
    if count % EACH == 0:
        session.info["database"].alone(_PROGRESS, {"id": one.id, "done": count, "state": one.state})


_WORK: dict[str, Callable[[Session, Lists, ListImportRow], Any]] = {
    TRYING: _try, ORDERED: _register, RETURNING: _return,
}  # fmt: skip

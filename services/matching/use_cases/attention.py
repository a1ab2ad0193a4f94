"""The night's look over all open needs: whom attention brings forward at which of them tomorrow."""

from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from services.matching.engine.attention import Listed, brought_forward
from services.matching.engine.packing import Ints
from services.matching.engine.people import SEEN, People
from services.matching.engine.plan import Vacancy
from services.matching.engine.points import Scales
from services.matching.engine.ranking import fitting
from services.matching.models import AttentionNeed, AttentionPlace
from services.matching.queries import plans, pool
from services.matching.use_cases import POLICY
from shared import clock

SHOWN = 20
"""As many as a list shows unless it is asked for more."""


def share(session: Session) -> None:
    """In place of the night before's; needs that come after it bring everybody forward who is long unseen."""
    today = clock.today()
    scales, percent = Scales.of(POLICY, today), POLICY.row("match.attention_percent", today).value
    vacancies = plans.open_vacancies(session, today)
    found = pool.with_people(session, scales, lambda people: _found(vacancies, people, scales, percent))
    session.execute(delete(AttentionPlace))
    session.execute(delete(AttentionNeed))
    if vacancies:
        session.execute(insert(AttentionNeed), [{"need_id": one.opening.need_id} for one in vacancies])
    if found:
        session.execute(insert(AttentionPlace), found)


def _found(vacancies: list[Vacancy], people: People, scales: Scales, percent: float) -> list[dict[str, Any]]:
    """Who is brought forward where, by their ids."""
    flags = people.columns["flags"][: people.held]
    lists = []
    for one in vacancies:
        among = flags > 0
        among[people.rows_of(one.left_out)] = False
        # Whoever is brought forward nowhere has no points for attention.
        rows, points = fitting(replace(one.opening, brought=frozenset()), people, scales, among)
        lists.append(Listed(rows, points))
    seen: Ints = (flags & SEEN) > 0
    brought = brought_forward(lists, seen, most=SHOWN, weight=scales.attention_planned.value, percent=percent)
    return [
        {"need_id": vacancy.opening.need_id, "citizen_id": citizen_id}
        for vacancy, rows in zip(vacancies, brought, strict=True)
        for citizen_id in map(people.id_of, rows.tolist())
    ]

"""Doors of the leader's numbers."""

from typing import Any

from sqlalchemy.orm import Session

from services.intake.api.desk import doors
from services.intake.queries import fairness
from services.intake.queries import figures as queries
from services.intake.schemas import figures as schemas
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY

READERS = ("leader", "partner", *STAFF)


def is_outsider(principal: Principal) -> bool:
    """Partners see everybody's numbers of periods that are over, and no unit's."""
    return "partner" in principal.roles


@doors.get("/figures", roles=READERS, about=NOBODY, query=schemas.FiguresQuery, answer=schemas.FiguresAnswer)
def read_figures(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """The leader's numbers with their definitions, for a period and the one before it."""
    outside = is_outsider(principal)
    found = queries.report(session, schemas.asked(query, only_past=outside), None if outside else query["unit"])
    return {
        "period": found.period, "before": found.before, "unit": found.unit, "least": found.least,
        "hours": [
            dict(zip(("hour", "median", "ninth_decile"), (one.hour, *(one.minutes or (None, None))), strict=True))
            for one in found.hours
        ],
        "lines": found.lines, "causes": [{"cause": cause, "count": count} for cause, count in found.causes],
    }  # fmt: skip


@doors.get("/figures/fairness", roles=("leader", *STAFF), about=NOBODY, answer=schemas.FairnessAnswer)
def read_fairness(session: Session, _principal: Principal) -> Any:
    """Who takes part, is put forward and is placed, by age, sex and time known; time on benefit is not known."""
    told = fairness.tables(session)
    for name in ("age", "weeks_known"):
        told[name]["groups"] = [_counts(group) for group in told[name]["groups"]]
    sexes = zip(("female", "male", "not_noted"), told["sex"] or (), strict=False)
    return told | {"sex": {name: _counts(group) for name, group in sexes} or None}


def _counts(group: list[int | None]) -> dict[str, int | None]:
    return dict(zip(("taking_part", "proposed", "placed"), group, strict=True))

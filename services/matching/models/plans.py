"""A suggestion for the whole office: who goes where, line by line, until people have decided on each."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import new_id
from shared.retention import Holds


class Plan(Base):
    """What one calculation came to, with the sums of both aims, and the rows and the salt it went by."""

    __tablename__ = "plan"
    holds = Holds(technical="id made_at made_by aim needs seats candidates best_people best_points most_people "
                  "most_points salt policies")  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    aim: Mapped[str]
    needs: Mapped[int]
    seats: Mapped[int]
    candidates: Mapped[int]
    best_people: Mapped[int]
    best_points: Mapped[int]
    most_people: Mapped[int]
    most_points: Mapped[int]
    salt: Mapped[str]
    policies: Mapped[list[str]] = mapped_column(ARRAY(String))


class PlanLine(Base):
    """One person at one need; `match_id` is the proposal that somebody made of it."""

    __tablename__ = "plan_line"
    holds = Holds(person="citizen_id", identity="citizen_id", placement="id plan_id place need_id score boost match_id")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), index=True)
    place: Mapped[int]
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"))
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    score: Mapped[int]
    boost: Mapped[int]
    match_id: Mapped[UUID | None] = mapped_column(ForeignKey("match.id"))

"""The placements that are followed, with their contacts, the first day's checklist and their hours."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from services.followup.models.base import Base
from services.followup.models.copies import Citizen, Company
from shared.database import Versioned, new_id
from shared.retention import Holds


class Placement(Versioned, Base):
    """A placement that is followed; `version` counts what follow-up did with it, not matching's versions.

    `ends_on` is the last day as things stand, `agreed_ends_on` the one it began with. `hours_hidden`: no hours on the
    citizen's own pages, where counting them is a strain (C8). `sustainable_hours`: the level that lasts (A23).
    `owner`: whose case it is, None where nobody has taken it.
    """

    __tablename__ = "placement"
    holds = Holds(
        person="citizen_id", identity="citizen_id", health_function="purpose_code", technical="version",
        placement="id company_id p_number offer_type occupation cadence cadence_policy hire_preagreed starts_on "
        "ends_on agreed_ends_on first_day_at place_rule replanned_at sustainable_hours sustainable_from",
        case="hours_hidden owner",
        company="mentor_id mentor_name",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    company_id: Mapped[UUID] = mapped_column(index=True)
    mentor_id: Mapped[UUID] = mapped_column(index=True)
    mentor_name: Mapped[str | None]
    p_number: Mapped[str]
    offer_type: Mapped[str]
    occupation: Mapped[str]
    purpose_code: Mapped[str]
    cadence: Mapped[str]
    cadence_policy: Mapped[str]
    hire_preagreed: Mapped[bool]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    agreed_ends_on: Mapped[date]
    first_day_at: Mapped[datetime]
    place_rule: Mapped[str]
    replanned_at: Mapped[datetime | None]
    hours_hidden: Mapped[bool]
    sustainable_hours: Mapped[float | None]
    sustainable_from: Mapped[date | None]
    owner: Mapped[str | None] = mapped_column(index=True)

    citizen: Mapped[Citizen | None] = relationship(
        primaryjoin=lambda: foreign(Placement.citizen_id) == Citizen.id, viewonly=True, lazy="joined"
    )
    company: Mapped[Company | None] = relationship(
        primaryjoin=lambda: foreign(Placement.company_id) == Company.id, viewonly=True, lazy="joined"
    )


class Contact(Versioned, Base):
    """One contact: planned, then held. `due_on` is the day it belongs to, `planned_at` when people meet.

    `moved_from` is when they met before the last move, until that is taken back. `why_code` is the risk that asked for
    it; one that the course no longer asks for is withdrawn, and comes back under its id when it is asked for again.
    `note` is what was said; it is copied nowhere.
    """

    __tablename__ = "contact"
    holds = Holds(
        person="placement_id",
        placement="id placement_id kind form due_on planned_at policy moved_reason_code moved_from "
        "moved_from_reason_code held_at held_by recorded_at outcome_code next_step_code why_code withdrawn_at "
        "moved_from_form interpreter_booked_at interpreter_booked_by",
        health_function="note",
        technical="version",
    )
    __table_args__ = (
        UniqueConstraint("placement_id", "kind", "due_on"),
        Index("ix_contact_open", "planned_at", "id", postgresql_where="held_at IS NULL AND withdrawn_at IS NULL"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    kind: Mapped[str]
    form: Mapped[str]
    due_on: Mapped[date]
    planned_at: Mapped[datetime]
    policy: Mapped[str]
    moved_reason_code: Mapped[str | None]
    moved_from: Mapped[datetime | None]
    moved_from_reason_code: Mapped[str | None]
    held_at: Mapped[datetime | None]
    held_by: Mapped[str | None]
    recorded_at: Mapped[datetime | None]
    outcome_code: Mapped[str | None]
    next_step_code: Mapped[str | None]
    why_code: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    moved_from_form: Mapped[str | None]
    note: Mapped[str | None]
    interpreter_booked_at: Mapped[datetime | None]
    interpreter_booked_by: Mapped[str | None]

    placement: Mapped[Placement] = relationship(viewonly=True, lazy="joined", innerjoin=True)


class CourseChange(Versioned, Base):
    """What became of a course: longer, shorter, paused, resumed, another rhythm, or tighter for a risk's sake.

    `until_on` is the new last day or the last paused one; `code` is the rhythm or the risk.
    """

    __tablename__ = "course_change"
    holds = Holds(
        person="placement_id",
        placement="id placement_id kind on_day until_on code asked_by made_by made_at taken_back_at",
        technical="version",
    )
    __table_args__ = (Index("ix_course_change_placement_id", "placement_id", "made_at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    kind: Mapped[str]
    on_day: Mapped[date]
    until_on: Mapped[date | None]
    code: Mapped[str | None]
    asked_by: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class ChecklistItem(Base):
    """One thing to see to around the first day or on a day of the course (its mentor's starter kit), and who ticked it.

    `day_number` counts the days of the course, the first being 1.
    """

    __tablename__ = "checklist_item"
    holds = Holds(
        person="placement_id", placement="id placement_id kit code position day_number policy done_at done_by"
    )
    __table_args__ = (UniqueConstraint("placement_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    kit: Mapped[str]
    code: Mapped[str]
    position: Mapped[int]
    day_number: Mapped[int]
    policy: Mapped[str]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]


class HourAgreement(Versioned, Base):
    """Weekly hours from a day on, placement hours and paid hours apart (A20).

    `before` is what was agreed for the same day until this was. A step that was taken back stays, so that one agreed
    for its day later goes on from its version; nobody is shown it.
    """

    __tablename__ = "hour_agreement"
    holds = Holds(
        person="placement_id",
        placement="id placement_id starts_on placement_hours paid_hours reason_code asked_by agreed_at before "
        "taken_back_at",
        technical="version",
    )
    __table_args__ = (UniqueConstraint("placement_id", "starts_on"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    starts_on: Mapped[date]
    placement_hours: Mapped[float]
    paid_hours: Mapped[float]
    reason_code: Mapped[str]
    asked_by: Mapped[str]
    agreed_at: Mapped[datetime]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    taken_back_at: Mapped[datetime | None]

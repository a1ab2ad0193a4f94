"""The register of mentors, what they have room for, their meetings, their direct line, and hours bought free."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Mentor(Versioned, Base):
    """Somebody who is a mentor, whoever they are one for just now; `line_*` is their fixed contact at the municipality.

    Placements name them by `id`, or by the id that an agreement gave them (`MentorAlias`).
    """

    __tablename__ = "mentor"
    holds = Holds(
        company="id kind company_id name email phone trained_on line_name line_phone left_on registered_at",
        technical="registered_by version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    company_id: Mapped[UUID | None]
    name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    trained_on: Mapped[date | None]
    line_name: Mapped[str | None]
    line_phone: Mapped[str | None]
    left_on: Mapped[date | None]
    registered_by: Mapped[str]
    registered_at: Mapped[datetime]


class MentorAlias(Versioned, Base):
    """The mentor that an agreement named, by the id it gave them, is this one of the register, or none after all."""

    __tablename__ = "mentor_alias"
    __table_args__ = (Index("ix_mentor_alias_mentor_id", "mentor_id"),)
    holds = Holds(company="id mentor_id", technical="linked_by linked_at version")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    mentor_id: Mapped[UUID | None] = mapped_column(ForeignKey("mentor.id"))
    linked_by: Mapped[str]
    linked_at: Mapped[datetime]


class MentorPlaces(Versioned, Base):
    """How many a mentor can take at a time from a day on; a row that was taken back stays and counts for nothing."""

    __tablename__ = "mentor_places"
    __table_args__ = (UniqueConstraint("mentor_id", "since"),)
    holds = Holds(company="id mentor_id since places set_at taken_back_at", technical="set_by version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("mentor.id"))
    since: Mapped[date]
    places: Mapped[int]
    set_by: Mapped[str]
    set_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class MentorChange(Versioned, Base):
    """A placement got another mentor; `former_*` is who it was until then."""

    __tablename__ = "mentor_change"
    __table_args__ = (Index("ix_mentor_change_placement_id", "placement_id", "made_at"),)
    holds = Holds(
        person="placement_id", placement="id placement_id made_at taken_back_at",
        company="mentor_id former_id former_name", technical="made_by version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    mentor_id: Mapped[UUID]
    former_id: Mapped[UUID]
    former_name: Mapped[str | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class MentorSupport(Versioned, Base):
    """Hours bought free for a colleague who is a mentor, for a time; `policies` are the rows it was judged by."""

    __tablename__ = "mentor_support"
    __table_args__ = (Index("ix_mentor_support_placement_id", "placement_id"),)
    holds = Holds(
        person="placement_id",
        case="id placement_id weekly_hours starts_on ends_on policies granted_at taken_back_at",
        company="mentor_id", technical="granted_by version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    mentor_id: Mapped[UUID]
    weekly_hours: Mapped[float]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    policies: Mapped[str]
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class MentorCall(Versioned, Base):
    """A mentor asks to be rung up about a placement: the direct line."""

    __tablename__ = "mentor_call"
    __table_args__ = (
        Index("ix_mentor_call_open", "asked_at", postgresql_where="answered_at IS NULL AND withdrawn_at IS NULL"),
        Index("ix_mentor_call_placement_id", "placement_id"),
    )
    holds = Holds(
        person="placement_id", placement="id placement_id urgency asked_at withdrawn_at answered_at answered_by",
        technical="asked_by version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    urgency: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]


class NetworkMeeting(Versioned, Base):
    """Mentors met; the minutes name no citizen and are copied nowhere."""

    __tablename__ = "network_meeting"
    holds = Holds(company="id held_on minutes noted_at", technical="noted_by version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    held_on: Mapped[date]
    minutes: Mapped[str | None]
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]


class NetworkAttendance(Base):
    """This mentor was at that meeting."""

    __tablename__ = "network_attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "mentor_id"),)
    holds = Holds(company="id meeting_id mentor_id")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("network_meeting.id"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("mentor.id"))

"""One plan of a family across departments: milestones, actions, meetings, consents and what was granted early (C6)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from services.followup.models.base import Base
from services.followup.models.copies import Citizen
from shared.database import Versioned, new_id
from shared.retention import Holds


class Family(Versioned, Base):
    """A plan, under the grown-up it began with, and the one person who leads the team; its words are copied nowhere."""

    __tablename__ = "family"
    holds = Holds(
        person="citizen_id", identity="citizen_id", wishes="dream next_dream",
        case="id children lead_name lead_department made_by made_at", technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    dream: Mapped[str | None]
    next_dream: Mapped[str | None]
    children: Mapped[int]
    lead_name: Mapped[str]
    lead_department: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]


class FamilyMember(Versioned, Base):
    """A grown-up whom the plan is about."""

    __tablename__ = "family_member"
    __table_args__ = (Index("ix_family_member_family_id", "family_id"),)
    holds = Holds(person="citizen_id", identity="citizen_id", case="id family_id added_at left_at", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id"))
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    added_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    citizen: Mapped[Citizen | None] = relationship(
        primaryjoin=lambda: foreign(FamilyMember.citizen_id) == Citizen.id, viewonly=True, lazy="joined"
    )


class FamilyMilestone(Versioned, Base):
    """Something that has to be in place, and since when it is."""

    __tablename__ = "family_milestone"
    __table_args__ = (UniqueConstraint("family_id", "code"),)
    holds = Holds(person="family_id", case="id family_id code reached_on reached_by", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id"))
    code: Mapped[str]
    reached_on: Mapped[date | None]
    reached_by: Mapped[str | None]


class FamilyAction(Versioned, Base):
    """What one person of one department does, perhaps not before a milestone; its words are copied nowhere."""

    __tablename__ = "family_action"
    __table_args__ = (Index("ix_family_action_family_id", "family_id"),)
    holds = Holds(
        person="family_id", health_function="what",
        case="id family_id department responsible due_on after_code done_at done_by withdrawn_at made_at",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id"))
    what: Mapped[str | None]
    department: Mapped[str]
    responsible: Mapped[str]
    due_on: Mapped[date | None]
    after_code: Mapped[str | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    made_at: Mapped[datetime]


class FamilyForum(Versioned, Base):
    """Professionals, family and network at one table; what was said is copied nowhere."""

    __tablename__ = "family_forum"
    __table_args__ = (Index("ix_family_forum_family_id", "family_id"),)
    holds = Holds(
        person="family_id", case="id family_id held_on noted_by noted_at", health_function="decisions",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id"))
    held_on: Mapped[date]
    decisions: Mapped[str | None]
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]


class ForumAttendance(Base):
    """Somebody was at the meeting, from a department, the family or its network."""

    __tablename__ = "forum_attendance"
    holds = Holds(person="forum_id", case="id forum_id side name")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    forum_id: Mapped[UUID] = mapped_column(ForeignKey("family_forum.id"), index=True)
    side: Mapped[str]
    name: Mapped[str]


class FamilyConsent(Versioned, Base):
    """One of the family says that a department may see the whole plan, until they take it back."""

    __tablename__ = "family_consent"
    __table_args__ = (Index("ix_family_consent_member_id", "member_id", "department"),)
    holds = Holds(
        person="member_id", case="id member_id department given_at heard_by withdrawn_at", technical="version"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("family_member.id"))
    department: Mapped[str]
    given_at: Mapped[datetime]
    heard_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None]


class FamilyGrant(Versioned, Base):
    """Help that was applied for, granted early, and waits beside: waiting does not begin before it is granted."""

    __tablename__ = "family_grant"
    __table_args__ = (UniqueConstraint("family_id", "kind"),)
    holds = Holds(
        person="family_id", case="id family_id kind department applied_on granted_on begun_on", technical="version"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id"))
    kind: Mapped[str]
    department: Mapped[str]
    applied_on: Mapped[date]
    granted_on: Mapped[date | None]
    begun_on: Mapped[date | None]

"""Follow-up's own copies of people and companies.

They have no foreign keys between them: an event about a placement may arrive before the company's own.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.merges import Merge
from shared.retention import Holds


class Citizen(Base):
    """Copy of a person as intake last told; no name where the address is protected."""

    __tablename__ = "citizen"
    holds = Holds(person="id", identity="id name language interpreter", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    language: Mapped[str]
    interpreter: Mapped[bool]
    version: Mapped[int]


class Company(Base):
    """Copy of a company as matching last told."""

    __tablename__ = "company"
    holds = Holds(company="id name contact_name", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    contact_name: Mapped[str | None]
    version: Mapped[int]


class FirstContact(Base):
    """Copy of a first contact, where a person's story begins."""

    __tablename__ = "first_contact"
    holds = Holds(
        person="citizen_id", identity="citizen_id", case="id at channel statutory_due local_goal_due",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime]
    channel: Mapped[str]
    statutory_due: Mapped[date | None]
    local_goal_due: Mapped[date | None]
    version: Mapped[int]


class DoorEnding(Base):
    """Whether the first contact `id` has ended at the door, with whatever; what with is the desk's."""

    __tablename__ = "door_ending"
    holds = Holds(person="citizen_id", identity="citizen_id", case="id ended", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    ended: Mapped[bool]
    version: Mapped[int]


class Guidance(Base):
    """Guidance given at the first contact `id`; without a written one nothing can be proposed (LAS § 35(1))."""

    __tablename__ = "guidance"
    holds = Holds(
        person="citizen_id", identity="citizen_id", case="id guidance_version written given_at", technical="version"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    guidance_version: Mapped[str]
    written: Mapped[bool]
    given_at: Mapped[datetime]
    version: Mapped[int]


class Visitation(Base):
    """Copy of a triage talk that was held."""

    __tablename__ = "visitation"
    holds = Holds(person="citizen_id", identity="citizen_id", case="id held_at", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    held_at: Mapped[datetime]
    version: Mapped[int]


class MissedTalk(Base):
    """The desk noted that nobody came to the talk that began then; None where it was noted by mistake."""

    __tablename__ = "missed_talk"
    holds = Holds(person="citizen_id", identity="citizen_id", case="id began_at", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    began_at: Mapped[datetime | None]
    version: Mapped[int]


class Readiness(Base):
    """The category of the citizen `id` as decided last; `version` is the citizen's own in intake."""

    __tablename__ = "readiness"
    holds = Holds(person="id", identity="id", case="category policy assessed_at", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    category: Mapped[str]
    policy: Mapped[str]
    assessed_at: Mapped[datetime]
    version: Mapped[int]


class CitizenMerge(Merge, Base):
    """Two records were one person's."""

    holds = Holds(person="id", identity="id into_id", log="at dropped")

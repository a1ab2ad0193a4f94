"""Intake's tables: citizens, first contacts, slots, visitations, what was referred and what is wished for.

First contacts and visitations outlive their citizen under a random id, so nothing holds them to a row there.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.intake.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Citizen(Versioned, Base):
    """A person known to the desk. The CPR number is ciphertext bound to this row, found by a keyed index.

    `sex` is written down for counting alone, where a dated row says so; it is in no event.
    """

    __tablename__ = "citizen"
    __table_args__ = (Index("ix_citizen_born", "birth_date", "name_sort"),)
    holds = Holds(
        person="id",
        identity="id cpr_secret cpr_index birth_date sex name name_sort language interpreter digital_post_exempt "
        "protected municipality_code",
        contact="email phone postal_code",
        case="category",
        technical="registered_at changed_at version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cpr_secret: Mapped[str]
    cpr_index: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    birth_date: Mapped[date]
    sex: Mapped[str | None]
    name: Mapped[str]
    name_sort: Mapped[str] = mapped_column(String(collation="C"))
    email: Mapped[str | None]
    phone: Mapped[str | None]
    language: Mapped[str]
    interpreter: Mapped[bool]
    digital_post_exempt: Mapped[bool]
    protected: Mapped[bool]
    postal_code: Mapped[str]
    municipality_code: Mapped[str]
    category: Mapped[str | None]
    registered_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class CitizenName(Base):
    """A word of a citizen's name, spelt out and by its sound (name_sound() in the database, which keeps these from
    `name_sort`, so that none is missing)."""

    __tablename__ = "citizen_name"
    __table_args__ = (
        Index("ix_citizen_name_part", "part", "whole", "citizen_id"),
        Index("ix_citizen_name_sound", "sound", "citizen_id"),
    )
    holds = Holds(person="citizen_id", identity="citizen_id part whole sound")
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(String(collation="C"), primary_key=True)
    whole: Mapped[str] = mapped_column(String(collation="C"))
    sound: Mapped[str] = mapped_column(String(collation="C"))


class FirstContact(Versioned, Base):
    """One time somebody came about help, with both deadlines and the rows they were judged by."""

    __tablename__ = "first_contact"
    holds = Holds(
        person="citizen_id",
        identity="citizen_id",
        case="id at channel applied_for guidance_version guidance_written qualifying_education local_goal_due "
        "local_goal_policy statutory_due statutory_policy urgency application",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    channel: Mapped[str]
    applied_for: Mapped[str]
    guidance_version: Mapped[str]
    guidance_written: Mapped[bool]
    qualifying_education: Mapped[bool]
    local_goal_due: Mapped[date]
    local_goal_policy: Mapped[str]
    statutory_due: Mapped[date | None] = mapped_column(index=True)
    statutory_policy: Mapped[str | None]
    urgency: Mapped[str]
    application: Mapped[str | None]


class Visitation(Versioned, Base):
    """The triage talk: booked, perhaps moved or cancelled (by "citizen" or "staff"), held with a person's decision.

    `first_starts_at` is the time first given; None where it was moved before that was kept.
    """

    __tablename__ = "visitation"
    holds = Holds(
        person="citizen_id",
        identity="citizen_id",
        case="id contact_id state starts_at first_starts_at ends_at place_code within_local_goal held_at "
        "default_category category category_policy override_reason_code decided_by moved_by cancelled_at cancelled_by",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("first_contact.id"), unique=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place_code: Mapped[str]
    within_local_goal: Mapped[bool]
    held_at: Mapped[datetime | None] = mapped_column(index=True)
    default_category: Mapped[str | None]
    category: Mapped[str | None]
    category_policy: Mapped[str | None]
    override_reason_code: Mapped[str | None]
    decided_by: Mapped[str | None]
    moved_by: Mapped[str | None]
    first_starts_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]

    referral: Mapped["Referral | None"] = relationship(lambda: Referral, viewonly=True, uselist=False)
    contact: Mapped[FirstContact] = relationship(viewonly=True)


class Host(Base):
    """A workplace that activation at once can be referred to; `places` are by weekday from Monday, None: not set up."""

    __tablename__ = "host"
    holds = Holds(company="id code name public place_code places closed_days")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    public: Mapped[bool]
    place_code: Mapped[str]
    places: Mapped[list[int] | None] = mapped_column(ARRAY(Integer))
    closed_days: Mapped[list[date]] = mapped_column(ARRAY(Date), default=list, server_default="{}")


class Referral(Base):
    """Activation at once, given inside the visitation."""

    __tablename__ = "referral"
    holds = Holds(
        person="visitation_id",
        case="id visitation_id offer_type host_code starts_at weeks policy "
        "first_choice_code choice_reason_code provider_reason_code",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visitation_id: Mapped[UUID] = mapped_column(ForeignKey("visitation.id"), unique=True)
    offer_type: Mapped[str]
    host_code: Mapped[str] = mapped_column(ForeignKey("host.code"))
    starts_at: Mapped[datetime]
    weeks: Mapped[int]
    policy: Mapped[str | None]
    first_choice_code: Mapped[str | None]
    choice_reason_code: Mapped[str | None]
    provider_reason_code: Mapped[str | None]


class JobWishes(Versioned, Base):
    """What the citizen can and wants, in codes; needs are functional, never a reason for them."""

    __tablename__ = "job_wishes"
    holds = Holds(
        person="citizen_id",
        identity="citizen_id",
        wishes="id occupations forms weekly_hours_min weekly_hours_max availability travel_km_max licences "
        "mentor_wanted consent_to_matching",
        health_function="needs",
        technical="changes recorded_at version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"), unique=True)
    occupations: Mapped[list[str]] = mapped_column(ARRAY(String))
    forms: Mapped[list[str]] = mapped_column(ARRAY(String))
    weekly_hours_min: Mapped[float]
    weekly_hours_max: Mapped[float]
    availability: Mapped[list[str]] = mapped_column(ARRAY(String))
    travel_km_max: Mapped[int]
    licences: Mapped[list[str]] = mapped_column(ARRAY(String))
    needs: Mapped[list[str]] = mapped_column(ARRAY(String))
    mentor_wanted: Mapped[bool]
    changes: Mapped[int] = mapped_column(default=0)
    consent_to_matching: Mapped[bool]
    recorded_at: Mapped[datetime]


class SignIn(Base):
    """One session of a person: its id is what the cookie names, and what is ended."""

    __tablename__ = "sign_in"
    holds = Holds(
        person="subject",
        aged_by="ends_at",
        identity="subject",
        log="id kind organisation roles assurance started_at ends_at ended_at end_reason",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subject: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    organisation: Mapped[str | None]
    roles: Mapped[list[str]] = mapped_column(ARRAY(String))
    assurance: Mapped[str]
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]


class MachineClient(Versioned, Base):
    """A program that may ask for tokens: what it may do, and the CVR it is bound to."""

    __tablename__ = "machine_client"
    holds = Holds(technical="id label organisation roles scopes made_at made_by ended_at ended_by version")
    id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    organisation: Mapped[str | None]
    roles: Mapped[list[str]] = mapped_column(ARRAY(String))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String))
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]

    secrets: Mapped[list["ClientSecret"]] = relationship(
        lambda: ClientSecret, viewonly=True, order_by=lambda: ClientSecret.made_at
    )


class ClientSecret(Base):
    """One of a client's secrets, kept as its hash. Two may hold at once, so that one is changed without a pause."""

    __tablename__ = "client_secret"
    holds = Holds(technical="id client_id secret_hash made_at ends_at last_used_at")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    client_id: Mapped[str] = mapped_column(ForeignKey("machine_client.id"), index=True)
    secret_hash: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

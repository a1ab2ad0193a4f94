"""Matching's copies of the candidates, as intake tells them."""

from uuid import UUID

from sqlalchemy import BigInteger, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import ServiceBase, service_metadata
from shared.retention import Holds


class Base(ServiceBase):
    """Matching's own metadata."""

    __abstract__ = True
    metadata = service_metadata()


# The transaction that changed a row last; a trigger sets it (migration 0006).
CHANGED = text("pg_current_xact_id()::text::bigint")


class CitizenCopy(Base):
    """Who a citizen is and where they live, unless that is protected. Newest version of what intake told.

    Nobody gets the name who does not ask for that column: those who are ranked are read without it.
    """

    __tablename__ = "citizen_copy"
    holds = Holds(
        person="citizen_id", identity="citizen_id name protected", contact="postal_code", technical="version changed"
    )
    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    changed: Mapped[int] = mapped_column(BigInteger, server_default=CHANGED, index=True)
    protected: Mapped[bool]
    postal_code: Mapped[str | None]
    name: Mapped[str | None] = mapped_column(deferred=True, deferred_raiseload=True)


class ReadinessCopy(Base):
    """A citizen's readiness category. Newest version of what intake told."""

    __tablename__ = "readiness_copy"
    holds = Holds(person="citizen_id", identity="citizen_id", case="category", technical="version")
    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    category: Mapped[str]


class WishesCopy(Base):
    """What a citizen can and wants, in codes. Newest version of what intake told."""

    __tablename__ = "wishes_copy"
    holds = Holds(
        person="citizen_id", identity="citizen_id", contact="postal_code", health_function="needs",
        technical="version changed",
        wishes="occupations forms weekly_hours_min weekly_hours_max availability travel_km_max licences mentor_wanted "
        "consent_to_matching",
    )  # fmt: skip
    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    changed: Mapped[int] = mapped_column(BigInteger, server_default=CHANGED, index=True)
    occupations: Mapped[list[str]] = mapped_column(ARRAY(String))
    forms: Mapped[list[str]] = mapped_column(ARRAY(String))
    weekly_hours_min: Mapped[float]
    weekly_hours_max: Mapped[float]
    availability: Mapped[list[str]] = mapped_column(ARRAY(String))
    postal_code: Mapped[str | None]
    travel_km_max: Mapped[int]
    licences: Mapped[list[str]] = mapped_column(ARRAY(String))
    needs: Mapped[list[str]] = mapped_column(ARRAY(String))
    mentor_wanted: Mapped[bool]
    consent_to_matching: Mapped[bool]


class CandidateRemoval(Base):
    """When a candidate's copy went last, in the one row there is; whose it was stands nowhere."""

    __tablename__ = "candidate_removal"
    holds = Holds(technical="changed")
    changed: Mapped[int] = mapped_column(BigInteger, primary_key=True)

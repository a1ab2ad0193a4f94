"""What matching's own people write down of both sides, beyond what intake tells and what a need must have."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Integer, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import CHANGED, Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Knowledge(Versioned, Base):
    """What is known of a candidate, in codes. `skills` are numbers of ESCO skills; `hour_steps` hold "2027-01-11 15".

    `transport_from` and `transport_until` are the hours between which somebody gets about, `strengths` what they bring
    that companies wish for, `months` ("03") those in which they can work most. Who is `paused` takes part, and is not
    put forward for now.
    """

    __tablename__ = "knowledge"
    holds = Holds(
        person="citizen_id", identity="citizen_id", technical="version changed",
        wishes="id skills languages danish_level transport transport_from transport_until travel_minutes_max "
        "hour_steps soft_wishes shifts strengths months paused known_at known_by",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(unique=True)
    changed: Mapped[int] = mapped_column(BigInteger, server_default=CHANGED, index=True)
    skills: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    languages: Mapped[list[str]] = mapped_column(ARRAY(String))
    danish_level: Mapped[str | None]
    transport: Mapped[str | None]
    transport_from: Mapped[str | None]
    transport_until: Mapped[str | None]
    travel_minutes_max: Mapped[int | None]
    hour_steps: Mapped[list[str]] = mapped_column(ARRAY(String))
    soft_wishes: Mapped[list[str]] = mapped_column(ARRAY(String))
    shifts: Mapped[list[str]] = mapped_column(ARRAY(String))
    strengths: Mapped[list[str]] = mapped_column(ARRAY(String))
    months: Mapped[list[str]] = mapped_column(ARRAY(String))
    paused: Mapped[bool]
    known_at: Mapped[datetime]
    known_by: Mapped[str]


class NeedProfile(Versioned, Base):
    """What a need asks for beyond its hours: skills, hard demands and soft wishes. `learnable` are among `skills`.

    `season` are months ("03") in which there is most to do, none where it is the same all year. `languages` are asked
    for beside Danish, `offers` the soft wishes of citizens that the place meets.
    """

    __tablename__ = "need_profile"
    holds = Holds(
        company="need_id skills learnable danish_level lifting_kg soft_wishes season shifts languages offers",
        technical="version",
    )  # fmt: skip
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), primary_key=True)
    skills: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    learnable: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    danish_level: Mapped[str | None]
    lifting_kg: Mapped[int | None]
    soft_wishes: Mapped[list[str]] = mapped_column(ARRAY(String))
    season: Mapped[list[str]] = mapped_column(ARRAY(String))
    shifts: Mapped[list[str]] = mapped_column(ARRAY(String))
    languages: Mapped[list[str]] = mapped_column(ARRAY(String))
    offers: Mapped[list[str]] = mapped_column(ARRAY(String))

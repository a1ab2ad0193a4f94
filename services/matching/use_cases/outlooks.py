"""What the calculator says of a workplace before anybody agrees on anything; nothing is kept, no place is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, PlacementHours, Workplace
from services.matching.queries import Own
from services.matching.rules.agreements import months_later
from services.matching.rules.outlook import NetExtra, Outlook, net_extra, outlook
from services.matching.rules.ratio import Supported, Verdict
from services.matching.use_cases import POLICY, ratios
from shared import clock
from shared.envelope import Received
from shared.errors import Invalid, NotFound, Refused
from shared.events import HoursChanged
from shared.inbox import keep_newest

SUBSIDISED = "loentilskud"


@dataclass(frozen=True)
class Calculation:
    """`outlook` is None where the offer is not counted, or the person exempt; `net_extra` is for a wage subsidy.

    `net_extra_refused` says why the net extra cannot be told.
    """

    verdict: Verdict
    outlook: Outlook | None
    net_extra: NetExtra | None
    net_extra_refused: Refused | None


def calculate(
    session: Session, border: Own | None, p_number: str, *, ratio_exemption: str | None, **offer: Any
) -> Calculation:
    """The sum for one more such stay: what is left, when the next comes free, and the rows used (A13 to A16, A22)."""
    place = queries.find_workplace(session, p_number)
    if place is None:
        raise NotFound
    company = queries.company(session, border, place.company_id)
    if border is not None:
        queries.require_place(border, p_number)
    offer["starts_on"] = offer["starts_on"] or clock.today()
    offer["ends_on"] = offer["ends_on"] or months_later(offer["starts_on"], 1) - timedelta(days=1)
    if offer["ends_on"] < offer["starts_on"]:
        raise Invalid({"ends_on": "Før starten. / Before the start."})
    new = Supported(**offer)
    verdict = ratios.weigh_ratio(session, p_number, ratio_exemption=ratio_exemption, **offer)
    seen = None
    if verdict.limit is not None:
        seen = outlook(
            new,
            queries.staff_of(session, [place.id])[place.id],
            queries.supported_at(session, p_number, new.starts_on),
            elsewhere_fte=place.supported_elsewhere_fte,
            policy=POLICY,
        )
    if new.offer_type != SUBSIDISED:
        return Calculation(verdict, seen, None, None)
    try:
        return Calculation(verdict, seen, extra_of(session, company, place, new.starts_on), None)
    except Refused as refused:
        return Calculation(verdict, seen, None, refused)


def extra_of(session: Session, company: Company, place: Workplace, starts_on: Any) -> NetExtra:
    """The net extra of a company or workplace; raises Refused or NotConfigured where it cannot be told."""
    ids = queries.workplace_ids(session, company.id)
    staff = queries.staff_of(session, ids)
    levels = {"cvr": [staff[one] for one in ids], "p_number": [staff[place.id]]}
    return net_extra(levels, starts_on, public=company.public, policy=POLICY)


def keep_hours(session: Session, batch: Sequence[Received[HoursChanged]]) -> None:
    """Follow-up agreed other hours: from that day on the ratio counts those of placement only (A20)."""
    keep_newest(session, PlacementHours, [
        {
            "id": one.event.agreement_id, "placement_id": one.event.placement_id, "citizen_id": one.event.citizen_id,
            "starts_on": one.event.starts_on, "placement_hours": one.event.placement_hours,
            "paid_hours": one.event.paid_hours, "version": one.version,
        }
        for one in batch
    ])  # fmt: skip

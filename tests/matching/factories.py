"""A company with a need, a candidate that fits it, and the steps from there to an agreement."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared.calendar import danish_time
from shared.database import new_id
from shared.events import CitizenRegistered, JobWishesRecorded, ReadinessAssessed
from tests.house import ServiceUnderTest

MONDAY = danish_time(datetime(2026, 11, 2, tzinfo=UTC).date(), 10)
CVR_A, CVR_B = "90000004", "90000012"
P_NUMBER = "1099990001"
CLEANER = "d2434f11-086d-4706-be95-cee4a4a46665"
HOTEL_CLEANER = "f33860bc-64fd-400a-91a9-64792d86c067"
OFFICER = "88f9ea64-3b98-4a98-b0a9-dde1208e1768"
HERLEV, AALBORG = "2730", "9000"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
FULL_STAFF = [{"month": f"2026-{month:02d}", "fte": 40, "subsidised_fte": 0} for month in (7, 8, 9, 10)]


YEAR = [
    {"month": f"{2025 + (n + 10) // 12}-{(n + 10) % 12 + 1:02d}", "fte": 40, "subsidised_fte": 0} for n in range(12)
]


def days(hours: str, *which: str) -> list[str]:
    """The same window on several days, all weekdays where none are named."""
    return [f"{day} {hours}" for day in which or WEEKDAYS]


def posted(matching: ServiceUnderTest, path: str, body: dict[str, Any], client: str = "consultant") -> Any:
    """The JSON of a POST that must succeed."""
    answer = matching.call("POST", path, body, client=client)
    assert answer.status_code == 201, answer.text
    return answer.json


def add_company(matching: ServiceUnderTest, cvr: str = CVR_A, **changed: Any) -> Any:
    """A company as somebody phones it in."""
    contact = {"name": "Vera Vagn", "email": "vera@firma.example", "phone": "20123456"}
    return posted(matching, "/companies", {"cvr": cvr, "name": "Kantinen ApS", "contact": contact} | changed)


def add_workplace(matching: ServiceUnderTest, company: Any, p_number: str = P_NUMBER, **changed: Any) -> Any:
    """A P-number in Herlev with 40 ordinary FTE."""
    told = {"p_number": p_number, "name": "Kantinen i Herlev", "postal_code": HERLEV, "staff": FULL_STAFF}
    return posted(matching, f"/companies/{company['id']}/workplaces", told | changed)


def need_body(company: Any, **changed: Any) -> dict[str, Any]:
    """Cleaning, mornings, 8 to 20 hours, quiet can be had."""
    return {
        "company_id": company["id"],
        "p_number": P_NUMBER,
        "occupation": CLEANER,
        "employment_form": "virksomhedspraktik",
        "weekly_hours_min": 8,
        "weekly_hours_max": 20,
        "windows": days("07:00-11:00"),
        "adjustments": ["quiet_place", "extra_breaks"],
        "mentor_offered": True,
        "starts_on": "2026-11-09",
    } | changed


def add_need(matching: ServiceUnderTest, **changed: Any) -> Any:
    """A need of company A at its workplace in Herlev."""
    company = add_company(matching)
    add_workplace(matching, company)
    return posted(matching, "/needs", need_body(company, **changed))


def wishes(citizen_id: UUID, **changed: Any) -> JobWishesRecorded:
    """Somebody in Herlev who wants to clean, 10 to 20 hours, from six to three."""
    told: dict[str, Any] = {
        "citizen_id": citizen_id,
        "occupations": (CLEANER,),
        "forms": ("virksomhedspraktik", "small_job"),
        "weekly_hours_min": 10.0,
        "weekly_hours_max": 20.0,
        "availability": tuple(days("06:00-15:00")),
        "postal_code": HERLEV,
        "travel_km_max": 20,
        "licences": (),
        "needs": ("quiet_place",),
        "mentor_wanted": False,
        "consent_to_matching": True,
    }
    return JobWishesRecorded(**(told | changed))


def registered(citizen_id: UUID, *, protected: bool = False, postal_code: str = HERLEV) -> CitizenRegistered:
    """What intake tells of a new citizen."""
    return CitizenRegistered(
        citizen_id=citizen_id,
        municipality_code="0163",
        language="da",
        interpreter=False,
        digital_post_exempt=False,
        protected=protected,
        postal_code=None if protected else postal_code,
    )


def assessed(citizen_id: UUID, category: str, visitation_id: UUID | None = None) -> ReadinessAssessed:
    """What intake tells of a decision on readiness."""
    return ReadinessAssessed(
        citizen_id=citizen_id,
        visitation_id=visitation_id or new_id(),
        category=category,
        default_used=True,
        policy="intake.default_category@2019-06-01",
        decided_by="adviser",
    )


KNOWN: dict[str, Any] = {"skills": [9], "transport": "bicycle", "danish_level": "everyday"}


def know(matching: ServiceUnderTest, citizen_id: UUID | str, **changed: Any) -> None:
    """What staff write down of a candidate, enough for the gate."""
    posted(matching, f"/candidates/{citizen_id}/knowledge", KNOWN | changed)


def add_candidate(
    matching: ServiceUnderTest,
    category: str = "jobparat",
    *,
    protected: bool = False,
    known: bool = True,
    **changed: Any,
) -> UUID:
    """A citizen whom intake has told everything of, and of whom enough is `known`."""
    citizen_id = new_id()
    told = wishes(citizen_id, **changed)
    first = registered(citizen_id, protected=protected, postal_code=told.postal_code)
    matching.hear(first, assessed(citizen_id, category), told)
    if known and told.consent_to_matching:
        know(matching, citizen_id)
    return citizen_id


def withdraw(matching: ServiceUnderTest, citizen_id: UUID, version: int = 2) -> None:
    """The citizen takes part in matching no more."""
    matching.hear(wishes(citizen_id, consent_to_matching=False), version=version)


def consented(matching: ServiceUnderTest, need: Any, citizen_id: UUID) -> Any:
    """A match that the candidate said yes to."""
    match = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(citizen_id)})
    return posted(matching, f"/matches/{match['id']}/consent", {"given": True, "how": "in_person"})


def accepted(matching: ServiceUnderTest, need: Any, citizen_id: UUID) -> Any:
    """A match that both sides said yes to."""
    match = consented(matching, need, citizen_id)
    return posted(matching, f"/matches/{match['id']}/answer", {"accepted": True}, "company-a")


def placement_body(match: Any, **changed: Any) -> dict[str, Any]:
    """Four weeks of placement from Monday 9 November."""
    return {
        "match_id": match["id"],
        "offer_type": "virksomhedspraktik",
        "starts_on": "2026-11-09",
        "ends_on": "2026-12-06",
        "first_day_at": "2026-11-09T07:00:00+01:00",
        "weekly_hours": 15,
        "purpose_code": "clarify_job_goal",
        "confirmed": ["not_recently_employed", "prior_benefit"],
        "mentor": {"name": "Mona Mentor", "email": "mona@firma.example", "phone": "20654321"},
    } | changed


RETAINED = {
    "purpose_code": "retain_job",
    "ratio_exemption": "own_workplace_group_7",
    "document_reference": "DOK-20261102",
}


EVERYBODY = ("citizen", "employer", "employee_representative", "mentor", "municipality")


def approved(matching: ServiceUnderTest, placement: Any, *parties: str) -> Any:
    """The yes of these parties, noted by staff, and the agreement then."""
    said: Any = placement
    for party in parties:
        said = posted(matching, f"/placements/{placement['id']}/statements", {"party": party, "positive": True})
    return said


def stated(matching: ServiceUnderTest, placement: Any) -> None:
    """Everybody's yes, so that the placement is agreed."""
    for party in EVERYBODY:
        posted(matching, f"/placements/{placement['id']}/statements", {"party": party, "positive": True})


def new_placement(matching: ServiceUnderTest, **changed: Any) -> Any:
    """An agreement that waits for its statements."""
    match = accepted(matching, add_need(matching), add_candidate(matching))
    return posted(matching, "/placements", placement_body(match, **changed))


def ranking(matching: ServiceUnderTest, need: Any) -> Any:
    """The staff's list for a need."""
    answer = matching.call("GET", f"/needs/{need['id']}/candidates", client="consultant")
    assert answer.status_code == 200, answer.text
    return answer.json


def listed(found: Any, part: str = "items") -> list[str]:
    """The citizens on a list, in order."""
    return [item["citizen_id"] for item in found[part]]

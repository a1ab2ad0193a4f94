"""The evidence pack: what must be on file before anybody may think of consequences. Code never decides.

Each element has a dated row with its source. An element that no row names is shown as not configured, and while there
is one the pack is not whole: what is unknown is not taken for granted.
"""

from dataclasses import dataclass
from datetime import date, datetime

from shared.policy import Policy, Row

JOB_LETTER, REASON_LETTER = "job_referred", "reason_asked"
REQUIRED, NOT_REQUIRED = "required", "not_required"
ELEMENTS = (
    "guidance_announced", "guidance_written", "referral_sent", "referral_delivered", "deadline_passed",
    "personal_contact", "reason_asked", "reason_delivered", "heard",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What is on file; a moment where it has happened. `heard_until` is the last day the person may answer."""

    guidance_version: str | None
    guidance_at: datetime | None
    guidance_written: bool
    category: str | None
    due_on: date
    result_code: str | None
    contacted_at: datetime | None
    letters: dict[tuple[str, str], datetime]
    reason_answered_at: datetime | None
    heard_until: date | None


@dataclass(frozen=True)
class Element:
    """One element: when it happened, or None; the row that asks for it, None where none is set up."""

    code: str
    at: datetime | date | None
    row: Row | None

    @property
    def state(self) -> str:
        """present, missing, not_required or not_configured."""
        if self.row is None:
            return "not_configured"
        if self.at is not None:
            return "present"
        return "missing" if self.row.value == REQUIRED else NOT_REQUIRED


def pack(filed: Filed, made_on: date, today: date, policy: Policy) -> list[Element]:
    """Every element, judged by the rows in force on the day of the referral."""
    letters, applied = filed.letters, filed.result_code in APPLIED
    passed = filed.due_on if filed.due_on < today and not applied else None
    over = filed.heard_until if filed.heard_until is not None and filed.heard_until < today else None
    found: dict[str, datetime | date | None] = {
        "guidance_announced": filed.guidance_at if filed.guidance_version else None,
        "guidance_written": filed.guidance_at if filed.guidance_written else None,
        "referral_sent": letters.get((JOB_LETTER, "sent")),
        "referral_delivered": letters.get((JOB_LETTER, "delivered")),
        "deadline_passed": passed,
        "personal_contact": filed.contacted_at,
        "reason_asked": letters.get((REASON_LETTER, "sent")),
        "reason_delivered": letters.get((REASON_LETTER, "delivered")),
        "heard": filed.reason_answered_at or over,
    }
    return [Element(code, found[code], policy.find(f"evidence.{code}", made_on, filed.category)) for code in ELEMENTS]


APPLIED = ("applied", "interview", "hired")
RESULTS = (*APPLIED, "opening_gone", "could_not", "other")
FOLLOW_UPS = (*RESULTS, "no_answer", "withdrawn")
GROUNDS = ("in_work", "other_appointment", "family", "transport", "not_received", "other")
CONTACTS = ("talked", "no_answer")


def is_whole(elements: list[Element]) -> bool:
    """True where nothing is missing and nothing is unknown."""
    return all(one.state in ("present", NOT_REQUIRED) for one in elements)


def missing(elements: list[Element]) -> list[str]:
    """The codes of what is missing or not configured."""
    return [one.code for one in elements if one.state in ("missing", "not_configured")]

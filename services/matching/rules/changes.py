"""Longer, shorter or not at all: which changes of an agreement may be made, why, and who is asked again."""

from datetime import date, timedelta

from services.matching.rules.agreements import check_period
from services.matching.rules.words import WEEKS, counted, said_day
from shared.errors import Invalid, Refused
from shared.policy import Policy, Row

TERMS, EXTENDED, SHORTENED, ANNULLED = KINDS = ("terms", "extended", "shortened", "annulled")
ASSESSED, SPECIAL = "concrete_assessment", "special_need"
REASONS = {
    TERMS: ("agreed_with_both_sides", "companys_hours_changed", "gradual_start", "mistake"),
    EXTENDED: (ASSESSED, SPECIAL, "goal_not_reached"),
    SHORTENED: (
        "found_work",
        "other_offer",
        "goal_reached",
        "cannot_take_part",
        "companys_situation",
        "agreed_to_stop",
    ),
    ANNULLED: ("found_work", "other_offer", "did_not_come", "cannot_take_part", "companys_situation", "mistake"),
}
ALL_REASONS = tuple(dict.fromkeys(code for codes in REASONS.values() for code in codes))


def check_kind(kind: str, reason_code: str, state: str, *, waiting: bool) -> None:
    """Raises unless an agreement in that state may change so, for one of the kind's reasons."""
    if reason_code not in REASONS[kind]:
        raise Invalid({"reason_code": "Ikke en grund til den ændring. / No reason for this change."})
    if state == "refused":
        raise Refused("agreement_over", "Aftalen er ikke gældende mere.", "The agreement is over.")
    if waiting and kind in (EXTENDED, TERMS) and state == "agreed":
        raise Refused(
            "change_waits",
            "En ændring venter allerede på godkendelse. Træk den tilbage først.",
            "A change is waiting for approval already. Take it back first.",
        )
    if (kind in (TERMS, ANNULLED)) != (state == "awaiting_statements") and kind != ANNULLED:
        raise Refused(
            "change_not_now",
            "Et udkast får nye vilkår; en aftale bliver længere, kortere eller annulleret.",
            "A draft gets new terms; an agreement gets longer, shorter or is annulled.",
        )


def check_length(
    offer_type: str,
    category: str | None,
    reason_code: str,
    *,
    public: bool,
    starts_on: date,
    ends_on: date,
    new_end: date,
    extension_no: int,
    exception_ground: str | None,
    policy: Policy,
) -> Row:
    """The row that lets an extension stand (LAB § 61(2); A18); raises Refused naming it, or NotConfigured."""
    if new_end <= ends_on:
        raise Invalid({"ends_on": "Skal være efter den nuværende sidste dag. / Must be after the present last day."})
    if offer_type != "virksomhedspraktik":
        return check_period(
            offer_type, category, public=public, starts_on=starts_on, ends_on=new_end,
            exception_ground=exception_ground, policy=policy,
        )  # fmt: skip
    return _check_extension(reason_code, starts_on, ends_on, new_end, first=extension_no == 1, policy=policy)


def _check_extension(
    reason_code: str, starts_on: date, ends_on: date, new_end: date, *, first: bool, policy: Policy
) -> Row:
    row = policy.row("praktik.extension_first_weeks" if first else "praktik.extension_more_weeks", starts_on)
    needed = ASSESSED if first else SPECIAL
    if reason_code != needed:
        raise Refused(
            "extension_ground",
            "Første forlængelse kræver en konkret vurdering."
            if first
            else "Endnu en forlængelse kræver et ganske særligt behov.",
            "A first extension takes a concrete assessment." if first else "Another extension takes a special need.",
            fields={"reason_code": "Vælg den grund, loven kræver. / Choose the ground that the law asks for."},
            policy=row.name,
        )
    last = (starts_on if first else ends_on + timedelta(days=1)) + timedelta(weeks=row.value, days=-1)
    if new_end > last:
        said, length = said_day(last), counted(row.value, WEEKS)
        raise Refused(
            "too_long",
            f"Højst {length.danish}: senest den {said.danish}.",
            f"{length.english} at most: {said.english} at the latest.",
            fields={"ends_on": f"Senest den {said.danish}. / {said.english} at the latest."},
            policy=row.name,
        )
    return row


def check_shorter(new_end: date, *, starts_on: date, ends_on: date) -> None:
    """A new last day within the agreement."""
    if not starts_on <= new_end < ends_on:
        raise Invalid({"ends_on": "Skal ligge inden for aftalen. / Must lie within the agreement."})


def touched(kind: str, needed: list[str], on: date, policy: Policy) -> tuple[list[str], Row]:
    """Whose approval the change takes, of those the agreement has, and the row that says so."""
    row = policy.row("approvals.touched", on, kind)
    return [party for party in needed if party in row.value], row

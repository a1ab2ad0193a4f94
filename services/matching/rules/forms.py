"""Each form's own demands: host, category, hours, how long, what staff confirm, and what may run beside it."""

from collections.abc import Collection
from datetime import date, timedelta

from services.matching.rules.agreed import TERMS
from services.matching.rules.words import HOURS, OR, WEEKS, counted, listed, said_day
from shared.errors import Refused
from shared.policy import Policy, Row

PRAKTIK, SUBSIDISED = "virksomhedspraktik", "loentilskud"
OFFERS = (
    PRAKTIK, SUBSIDISED, "nytteindsats", "ordinary", "small_job", "fleksjob", "minifleksjob", "voksenlaerling", "igu",
)  # fmt: skip
# The form that was said yes to, where the agreement names a kind of it.
CONSENTED_AS = {"minifleksjob": "fleksjob", "igu": "ordinary"}
CONDITIONS = tuple(TERMS["condition"])


def check_length(offer_type: str, starts_on: date, ends_on: date, policy: Policy) -> Row:
    """How long it may be; raises Refused or NotConfigured."""
    row = policy.row("form.max_weeks", starts_on, offer_type)
    last = starts_on + timedelta(weeks=row.value, days=-1)
    if row.value and ends_on > last:
        day, length = said_day(last), counted(row.value, WEEKS)
        raise Refused(
            "too_long",
            f"Højst {length.danish}: senest den {day.danish}.",
            f"{length.english} at most: {day.english} at the latest.",
            fields={"ends_on": f"Senest den {day.danish}. / {day.english} at the latest."},
            policy=row.name,
        )
    return row


def check_form(
    offer_type: str, category: str | None, *, public: bool, on: date, weekly_hours: float,
    confirmed: Collection[str], policy: Policy,
) -> list[str]:  # fmt: skip
    """The names of the rows that were met; raises Refused naming the first that was not."""
    hosts = policy.row("form.public_host", on)
    if offer_type in hosts.value and not public:
        raise Refused(
            "public_host_needed", "Det kan kun være hos en offentlig arbejdsgiver.", "At a public employer only.",
            policy=hosts.name,
        )  # fmt: skip
    used = [hosts.name] if offer_type in hosts.value else []
    categories = policy.find("form.category", on, offer_type)
    if categories is not None and category not in categories.value:
        raise Refused(
            "category_not_allowed", "Borgeren er ikke visiteret til det.", "The citizen is not assessed for it.",
            policy=categories.name,
        )  # fmt: skip
    limits = [_check_hours(offer_type, weekly_hours, on, policy, key) for key in ("form.max_hours", "form.min_hours")]
    conditions = _check_conditions(offer_type, on, confirmed, policy)
    return used + [row.name for row in (categories, *limits, conditions) if row is not None]


def _check_hours(offer_type: str, weekly_hours: float, on: date, policy: Policy, key: str) -> Row | None:
    row = policy.find(key, on, offer_type)
    if row is None:
        return None
    most = key == "form.max_hours"
    if weekly_hours > row.value if most else weekly_hours < row.value:
        hours = counted(row.value, HOURS)
        danish = f"{'Højst' if most else 'Mindst'} {hours.danish} om ugen."
        english = f"{hours.english} a week at {'most' if most else 'least'}."
        raise Refused("hours_not_allowed", danish, english, fields={"weekly_hours": f"{danish} / {english}"},
                      policy=row.name)  # fmt: skip
    return row


def _check_conditions(offer_type: str, on: date, confirmed: Collection[str], policy: Policy) -> Row | None:
    row = policy.find("form.conditions", on, offer_type)
    if row is None:
        return None
    for one in row.value:
        ways = one.split("|")
        if not set(ways) & set(confirmed):
            words = listed([TERMS["condition"][way] for way in ways], OR)
            raise Refused(
                "condition_not_confirmed",
                f"Undersøg og bekræft: {words.danish}.",
                f"Look into and confirm: {words.english}.",
                fields={"confirmed": f"Mangler: {words.danish}. / Missing: {words.english}."},
                policy=row.name,
            )
    return row


def check_overlap(offer_type: str, others: Collection[str], on: date, policy: Policy) -> None:
    """Two placements at once only where one of them is paid (A20); `others` are the forms in force meanwhile."""
    row = policy.row("overlap.may_combine", on)
    if offer_type not in row.value and any(other not in row.value for other in others):
        raise Refused(
            "overlaps",
            "Borgeren er i et andet forløb i perioden. Afkort det først, eller vælg andre dage.",
            "The citizen is in another course then. Shorten that one first, or choose other days.",
            fields={"starts_on": "Overlapper et andet forløb. / Overlaps another course."},
            policy=row.name,
        )

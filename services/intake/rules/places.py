"""Whether a workplace has room on every day that it is asked for, and who may be referred to what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared import calendar
from shared.errors import Refused
from shared.policy import Policy

CHOICE_REASONS = ("full", "distance", "hours", "tasks", "citizen_wish")
PROVIDER_REASONS = (
    "daily_structure",
    "language",
    "digital_skills",
    "work_tasks_to_be_clarified",
    "no_public_place_fits",
)
OFFERS = ("nytteindsats", "private_provider")


@dataclass(frozen=True)
class Stay:
    """First and last day."""

    first: date
    last: date

    @classmethod
    def of(cls, first: date, weeks: int) -> "Stay":
        """So many weeks from a day."""
        return cls(first, first + timedelta(days=7 * weeks - 1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Room:
    """A workplace's places by weekday from Monday, and the days it is closed; None where nobody has set them up."""

    places: Sequence[int] | None
    closed: Collection[date]

    def on(self, day: date) -> int:
        """How many people can be there on a day."""
        shut = day in self.closed or (day.weekday() < 5 and not calendar.is_open(day))
        return 0 if shut or self.places is None else self.places[day.weekday()]


def has_room(room: Room, wanted: Stay, taken: Sequence[Stay]) -> bool:
    """A place on the first day, and on every later day that the workplace is open; always where none are set up."""
    if room.places is None:
        return True
    if not room.on(wanted.first):
        return False
    days = (wanted.first + timedelta(days=offset) for offset in range((wanted.last - wanted.first).days + 1))
    return all(sum(day in stay for stay in taken) < room.on(day) for day in days if room.on(day))


def first_day_with_room(room: Room, wanted: Stay, taken: Sequence[Stay], within_days: int) -> date | None:
    """The soonest later start for a stay of the same length; None where there is none so soon."""
    length = (wanted.last - wanted.first).days
    for offset in range(1, within_days + 1):
        first = wanted.first + timedelta(days=offset)
        if has_room(room, Stay(first, first + timedelta(days=length)), taken):
            return first
    return None


def check_choice(host_code: str, first_choice: str | None, reason_code: str | None) -> None:
    """Another place than the first choice has a reason code; the first choice has none."""
    differs = first_choice is not None and first_choice != host_code
    if differs and reason_code is None:
        raise Refused(
            "choice_reason_missing",
            "Vælg, hvorfor det ikke blev førstevalget.",
            "Choose why it was not the first choice.",
            fields={"choice_reason_code": "Mangler. / Missing."},
        )


def check_provider(offer_type: str, reason_code: str | None, on: date, policy: Policy) -> None:
    """A private provider only where there are special challenges, said as a code (Herlev's Jobbutik)."""
    if offer_type == "private_provider" and reason_code is None:
        row = policy.row("private_provider.reason", on)
        raise Refused(
            "provider_reason_missing",
            "Vælg den særlige udfordring, der er grund til en privat udbyder.",
            "Choose the special challenge that is the reason for a private provider.",
            fields={"provider_reason_code": "Mangler. / Missing."},
            policy=row.name,
        )


def check_group(applied_for: str, on: date, policy: Policy) -> None:
    """Activation at once is for the groups of the row in force; refugees in the introduktionsprogram are among them."""
    row = policy.row("straksaktivering.groups", on)
    if applied_for not in row.value:
        raise Refused(
            "group_not_included",
            "Straksaktivering er ikke sat op for den ydelse, der søges om.",
            "Activation at once is not configured for what is applied for.",
            policy=row.name,
        )

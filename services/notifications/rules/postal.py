"""How long a letter on paper is on its way, and when it counts as there."""

from datetime import date

from shared.calendar import next_open, open_on_or_before


def counts_from(handed_in: date, days: int) -> date:
    """The day on which a letter that was handed in then counts as there: so many weekdays later, no holidays."""
    on = handed_in
    for _day in range(days):
        on = next_open(on)
    return on


def last_posting_day(needed_by: date, days: int) -> date:
    """The last weekday on which a letter may be handed in to be there on a day."""
    on = open_on_or_before(needed_by)
    for _day in range(days):
        on = open_on_or_before(date.fromordinal(on.toordinal() - 1))
    return on

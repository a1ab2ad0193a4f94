"""The words for mentors, cohorts, families and areas."""

from shared.events.codes import Words

PEOPLE = {
    "mentor_kind": {
        "company": Words("Ansat i en virksomhed", "Employee of a company"),
        "school": Words("Ansat på en skole", "Employee of a school"),
        "municipality": Words("Ansat i kommunen", "Employee of the municipality"),
        "external": Words("Ekstern", "External"),
    },
    "urgency": {
        "now": Words("Nu, hvis I kan", "Now, if you can"),
        "today": Words("I dag", "Today"),
        "this_week": Words("I denne uge", "This week"),
    },
}

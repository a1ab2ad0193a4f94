"""The words for mentors, cohorts, families and areas."""

from shared.events.codes import Words

PEOPLE = {
    "mentor_kind": {
        "company": Words("Ansat i en virksomhed", "Employee of a company"),
        "school": Words("Ansat på en skole", "Employee of a school"),
        "municipality": Words("Ansat i kommunen", "Employee of the municipality"),
        "external": Words("Ekstern", "External"),
    },
    "track": {
        "food": Words("Fødevarer", "Food"),
        "building": Words("Bygge og anlæg", "Building"),
        "auto_metal": Words("Auto og metal", "Cars and metal"),
        "care": Words("Omsorg og sundhed", "Care and health"),
        "trade": Words("Butik og kontor", "Shop and office"),
    },
    "cohort_day": {
        "present": Words("Mødt", "Came"),
        "late": Words("Kom senere", "Came later"),
        "away_told": Words("Meldt fra", "Told that they could not"),
        "no_show": Words("Kom ikke", "Did not come"),
    },
    "cohort_outcome": {
        "education_su": Words("Uddannelse på SU", "Education on a state grant"),
        "education_apprentice": Words("Uddannelse med elevløn", "Education on apprentice pay"),
        "job": Words("Job", "A job"),
        "other_offer": Words("Et andet tilbud", "Another offer"),
        "left_early": Words("Stoppede undervejs", "Left on the way"),
    },
    "urgency": {
        "now": Words("Nu, hvis I kan", "Now, if you can"),
        "today": Words("I dag", "Today"),
        "this_week": Words("I denne uge", "This week"),
    },
}

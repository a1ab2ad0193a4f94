"""What each of the numbers about placements means: one definition for page, interface, file and document."""

from services.followup.rules.long_courses import CLARIFIED as FOUND
from shared.events.codes import Words
from shared.indicators import Indicator

HIRED, NEXT, NOTHING, OPEN = OUTCOMES = ("hired", "next", "nothing", "open")
"""How a placement ended: a job, the next area or place, nothing agreed, or nobody has concluded yet."""
OUTCOME_OF = {"hire": HIRED, "next_area": NEXT, "next_place": NEXT, "nothing": NOTHING}
TO_A_JOB, UNKNOWN = "job", "unknown"
CAUSES = (TO_A_JOB, "citizen", "company", "mentor", "consultant", UNKNOWN)
"""Why a placement ended early: a job, or else who asked for it, or nobody noted."""
FORM, COMPANY, MENTOR, DURATION, UNIT, AREA, ROLE = GROUPINGS = (
    "form", "company", "mentor", "duration", "unit", "area", "role",
)  # fmt: skip
NOT_NOTED = "not_noted"
CLARIFIED = (*FOUND, NOT_NOTED)
"""What people found at the end of longer courses, or that nobody has noted it."""
ROWS = {
    "placement": Words("forløb", "placements"),
    "conclusion": Words("konklusioner", "conclusions"),
    "course_change": Words("ændringer af forløb", "changes of courses"),
    "long_course": Words("lange forløb", "longer courses"),
    "contact": Words("samtaler i forløb", "contacts of placements"),
    "hour_agreement": Words("aftalte timer", "agreed hours"),
}
ENDED = Words(
    "Forløb, hvis sidste dag ligger i perioden og er passeret.",
    "Placements whose last day lies in the period and has passed.",
)


def _outcome(code: str, name: Words, what: Words) -> Indicator:
    return Indicator(code, name, what, ENDED, code, "ended", rows="placement, conclusion")


ALL = (
    Indicator("ended", Words("Afsluttede forløb", "Placements that ended"), ENDED, None, "ended", rows="placement"),
    _outcome(
        HIRED,
        Words("Endte i job", "Ended in a job"),
        Words(
            "De forløb, hvor konklusionen er ansættelse. En konklusion, der er taget tilbage, tæller ikke.",
            "Those whose conclusion is that the citizen is hired. One that was taken back does not count.",
        ),
    ),
    _outcome(
        NEXT,
        Words("Gik videre til næste sted", "Went on to the next place"),
        Words(
            "De forløb, hvor konklusionen er et nyt arbejdsområde eller et nyt sted.",
            "Those whose conclusion is another area of work or another place.",
        ),
    ),
    _outcome(
        NOTHING,
        Words("Intet aftalt bagefter", "Nothing agreed afterwards"),
        Words("De forløb, hvor konklusionen er, at intet følger.", "Those whose conclusion is that nothing follows."),
    ),
    _outcome(
        OPEN,
        Words("Ikke konkluderet", "Not concluded"),
        Words(
            "De forløb, hvor ingen har konkluderet endnu. Det er ikke et dårligt udfald, men et ukendt.",
            "Those that nobody has concluded yet. That is no bad outcome, but an unknown one.",
        ),
    ),
    Indicator(
        "early",
        Words("Sluttede før tid", "Ended early"),
        Words(
            "De forløb, hvis sidste dag ligger før den, der blev aftalt fra begyndelsen. Årsagen er „job“, når "
            "forløbet endte i job, og ellers, hvem der bad om den kortere tid.",
            'Those whose last day lies before the one agreed at the beginning. The cause is "a job" where the '
            "placement ended in one, and else who asked for the shorter time.",
        ),
        ENDED,
        "early",
        "ended",
        rows="placement, conclusion, course_change",
    ),
    Indicator(
        "long",
        Words("Del af et langt forløb", "Part of a longer course"),
        Words(
            "De forløb, der er det første eller det sidste sted i et langt forløb. Hvad de afklarede, er det, som "
            "mennesker har noteret ved slutningen; fleksjob og førtidspension afgøres ikke her.",
            "Those that are the first or the last place of a longer course. What they made clear is what people noted "
            "at the end; fleksjob and førtidspension are not decided here.",
        ),
        ENDED,
        "long",
        "ended",
        rows="placement, long_course",
    ),
    Indicator(
        "contacts_in_time",
        Words("Samtaler holdt til tiden", "Contacts held in time"),
        Words(
            "De samtaler, der er holdt senest på den danske dag, de var sat til. En samtale, der er flyttet, skal "
            "holdes på sin nye dag.",
            "Those held by the Danish day they were set to. One that was moved is to be held on its new day.",
        ),
        Words(
            "Samtaler i forløb, der var sat til en dag i perioden, som er passeret; uden dem, som forløbet ikke "
            "længere kræver.",
            "Contacts set to a day of the period that has passed; without those the course no longer asks for.",
        ),
        "in_time",
        "contacts",
        rows="contact, placement",
    ),
    Indicator(
        "paid_share",
        Words("Andel lønnede timer", "Share of paid hours"),
        Words(
            "Aftalte lønnede timer om ugen, lagt sammen, på periodens sidste dag, eller i dag, hvis den ikke er slut.",
            "Agreed paid hours a week, added up, on the period's last day, or today where it is not over.",
        ),
        Words(
            "Alle aftalte timer om ugen i de forløb, der er i gang den dag; antallet er forløb med aftalte timer.",
            "All agreed hours a week of the placements under way that day; the number is of those with agreed hours.",
        ),
        "with_hours",
        rows="hour_agreement, placement",
    ),
)
BY_CODE = {one.code: one for one in ALL}

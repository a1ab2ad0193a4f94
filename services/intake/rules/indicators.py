"""What each of the leader's numbers means: one definition for the page, the interface, the file and the document."""

from services.intake.rules.promise import CAUSES
from shared.events.codes import Words
from shared.indicators import FIRST_CONTACTS, Indicator

OWN_WISH = "citizen_asked_later"
# What remains of the broken promises, "another cause or none chosen", is not shown, so that no cause can be reckoned.
SHOWN_CAUSES = tuple(cause for cause in CAUSES if cause not in (OWN_WISH, "other"))
ENDS = ("withdrawn", "job", "education", "self_supporting", "referred_on")
# A number that is a part of another; what is left of the whole must not be small either.
WHOLES = {
    "goal_kept": "goal_decided",
    "goal_broken": "goal_decided",
    **{f"cause_{cause}": "goal_broken" for cause in SHOWN_CAUSES},
    "law_broken": "law_decided",
    **{f"end_{end}": "contacts" for end in ENDS},
    "missed": "talks_over",
}
HOURS = range(24)
ROWS = {
    "first_contact": Words("første henvendelser", "first contacts"),
    "visitation": Words("samtaler", "talks"),
    "door_outcome": Words("udfald ved skranken", "outcomes at the desk"),
    "breach_cause": Words("årsager til brud", "causes of breaches"),
    "referral": Words("henvisninger til straksaktivering", "referrals to activation at once"),
    "arrival": Words("ankomster i venterummet", "arrivals in the waiting room"),
}
"""What people call the tables that are counted from."""
CAME = FIRST_CONTACTS.numerator


def _ended(code: str, name: Words, what: Words) -> Indicator:
    said = Words(
        f"De henvendelser, som ved skranken er sluttet med „{what.danish}“. Det er før en afgørelse om hjælp; "
        "afgørelsen selv kender vi ikke.",
        f'Those contacts that ended at the desk with "{what.english}". That is before a decision on help; the decision '
        "itself is not known to us.",
    )
    return Indicator(code, name, said, CAME, f"end_{code}", "contacts", rows="first_contact, door_outcome")


ALL = (
    FIRST_CONTACTS,
    Indicator(
        "goal_kept",
        Words("Samtale samme eller næste åbningsdag", "Talk on the same or next opening day"),
        Words(
            "Henvendelser, hvor borgeren har haft en samtale senest på kommunens måldag.",
            "Contacts whose citizen had a talk by the day of the municipality's goal.",
        ),
        Words(
            "Første henvendelser i perioden, hvor det er afgjort: holdt eller brudt. Ikke med er de, der venter endnu, "
            "de, der er sluttet senest på måldagen uden samtale, og de, hvor borgeren selv ville have en senere tid.",
            "First contacts of the period that are settled: kept or broken. Left out are those that still wait, those "
            "that ended by the day of the goal without a talk, and those where the citizen wanted a later time.",
        ),
        "goal_kept",
        "goal_decided",
        rows="first_contact, visitation, door_outcome, breach_cause",
    ),
    Indicator(
        "goal_broken",
        Words("Brud på kommunens mål", "Breaches of the municipality's goal"),
        Words(
            "Henvendelser uden samtale senest på måldagen. En tid efter måldagen er et brud, så snart den er booket. "
            "Det er også et brud, når borgeren ikke kom. Det er ikke et brud, når borgeren fik en tid inden for målet "
            "og selv flyttede eller aflyste den, eller når årsagen er valgt til, at borgeren bad om en senere tid.",
            "Contacts without a talk by the day of the goal. A time after it is a breach as soon as it is booked. So "
            "is a citizen who did not come. It is none where the citizen was given a time within the goal and moved or "
            "cancelled it, or where the chosen cause is that the citizen asked for a later time.",
        ),
        Words("De samme som ovenfor: holdt eller brudt.", "The same as above: kept or broken."),
        "goal_broken",
        "goal_decided",
        rows="first_contact, visitation, door_outcome, breach_cause",
    ),
    Indicator(
        "law_broken",
        Words("Brud på lovens frist", "Breaches of the legal limit"),
        Words(
            "Henvendelser uden samtale senest på lovens dag (LAB § 31), også når borgeren selv ville senere.",
            "Contacts without a talk by the legal day (LAB § 31), also where the citizen wanted to come later.",
        ),
        Words(
            "Første henvendelser i perioden med en frist i loven, hvor det er afgjort; uden dem, der er sluttet inden "
            "fristen.",
            "First contacts of the period with a limit by law that are settled; without those that ended before it.",
        ),
        "law_broken",
        "law_decided",
        rows="first_contact, visitation, door_outcome",
    ),
    Indicator(
        "days_to_offer",
        Words("Dage til første tilbud", "Days to the first offer"),
        Words(
            "Kalenderdage fra henvendelsen til den dag, det første aktiveringstilbud begynder: median og den niende "
            "decil (90 procent ventede højst så længe).",
            "Calendar days from the contact to the day that the first activation offer begins: median and ninth decile "
            "(90 per cent waited no longer).",
        ),
        Words(
            "Første henvendelser i perioden, hvor et tilbud er givet i samtalen.",
            "First contacts of the period where an offer was given in the talk.",
        ),
        "offers",
        median="days",
        rows="first_contact, visitation, referral",
    ),
    _ended(
        "withdrawn",
        Words("Trukket tilbage før afgørelse", "Withdrawn before decision"),
        Words("ansøgningen er trukket tilbage", "the application is withdrawn"),
    ),
    _ended("job", Words("I job før afgørelse", "In a job before decision"), Words("job", "a job")),
    _ended(
        "education",
        Words("I uddannelse før afgørelse", "In education before decision"),
        Words("uddannelse", "an education"),
    ),
    _ended(
        "self_supporting",
        Words("Selvforsørgende før afgørelse", "Self-supporting before decision"),
        Words("forsørger sig selv", "self-supporting"),
    ),
    _ended(
        "referred_on",
        Words("Henvist til andre", "Referred on"),
        Words("henvist til andre", "referred on"),
    ),
    Indicator(
        "no_shows",
        Words("Udeblivelser", "No-shows"),
        Words(
            "Samtaler i perioden, hvor borgeren er noteret som udeblevet, uanset hvornår de blev booket.",
            "Talks of the period to which the citizen is noted not to have come, whenever they were booked.",
        ),
        Words(
            "Samtaler, der er holdt efter den danske dag de var sat til, og udeblivelserne.",
            "Talks that were held, by the Danish day they were set to, and the no-shows.",
        ),
        "missed",
        "talks_over",
        rows="arrival, visitation",
    ),
    Indicator(
        "waiting",
        Words("Ventetid i minutter", "Waiting time in minutes"),
        Words(
            "Minutter fra ankomst til kald: median og den niende decil (90 procent ventede højst så længe). Timen er "
            "den danske time for ankomsten.",
            "Minutes from arrival to call: median and ninth decile (90 per cent waited no longer). The hour is the "
            "Danish hour of the arrival.",
        ),
        Words(
            "Ankomster på periodens dage, hvor både ankomst og kald er noteret.",
            "Arrivals on the period's days of which both arrival and call are noted.",
        ),
        "waits",
        median="minutes",
        rows="arrival",
    ),
)
BY_CODE = {one.code: one for one in ALL}
